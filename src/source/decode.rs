//! Bytes become text, or the reason why they are none.
//!
//! Must never replace or guess a character: what is not UTF-8 is refused, so that offsets hold. Invariant: the text is the bytes
//! themselves, a byte order mark left out.

use super::error::Problem;

/// First bytes, what they are the mark of, and what to do with it.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF document", "take the text out first: pdftotext"),
    (b"{\\rtf", "a rich text document (RTF)", "save it as plain text"),
    (b"\xD0\xCF\x11\xE0", "an old Office document", "save it as plain text"),
    (b"\x89PNG", "a picture (PNG)", "only text can be compared"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)", "only text can be compared"),
    (b"GIF8", "a picture (GIF)", "only text can be compared"),
    (b"\x1F\x8B", "a gzip archive", "unpack it first: gunzip"),
    (b"BZh", "a bzip2 archive", "unpack it first: bunzip2"),
    (b"\xFD7zXZ\0", "an xz archive", "unpack it first: unxz"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive", "unpack it first: unzstd"),
    (b"7z\xBC\xAF", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"\x7FELF", "a program", "only text can be compared"),
    (b"SQLite format 3\0", "a database (SQLite)", "only text can be compared"),
    (b"OggS", "a sound or film (Ogg)", "only text can be compared"),
    (b"ID3", "a sound (MP3)", "only text can be compared"),
    (b"fLaC", "a sound (FLAC)", "only text can be compared"),
    (b"RIFF", "a picture, sound or film (RIFF)", "only text can be compared"),
];

/// How many bytes are looked at to tell a format.
const HEAD: usize = 8192;

/// The text of a source. `name` is for the command that an error proposes.
///
/// # Errors
/// When the bytes are not UTF-8 text, or nothing but white space.
pub(super) fn decode(bytes: Vec<u8>, name: &str) -> Result<String, Problem> {
    if let Some(encoding) = wide_encoding(&bytes) {
        return Err(Problem::WideText { encoding, name: quoted(name) });
    }
    if let Some(problem) = binary(&bytes) {
        return Err(problem);
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
        Problem::NotUtf8 { byte, offset, name: quoted(name) }
    })?;
    text.drain(..mark);
    if text.contains('\0') {
        return Err(UNKNOWN);
    }
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Problem::Empty);
    }
    Ok(text)
}

const UNKNOWN: Problem =
    Problem::Binary { what: "binary data (it has NUL bytes)", advice: "only text can be compared" };

/// The encoding of text in units of two or four bytes: by its mark, or by a NUL in every other byte.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(HEAD)];
    match head {
        [0xFF, 0xFE, 0, 0, ..] => return Some("UTF-32LE"),
        [0, 0, 0xFE, 0xFF, ..] => return Some("UTF-32BE"),
        [0xFF, 0xFE, ..] => return Some("UTF-16LE"),
        [0xFE, 0xFF, ..] => return Some("UTF-16BE"),
        _ => {}
    }
    let nuls = |first: usize| head.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    let most = head.len() * 2 / 5;
    match () {
        () if head.len() < 8 => None,
        () if odd > most && even == 0 => Some("UTF-16LE"),
        () if even > most && odd == 0 => Some("UTF-16BE"),
        () => None,
    }
}

/// A format that is not text, by its first bytes or by NUL bytes.
fn binary(bytes: &[u8]) -> Option<Problem> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(packed(bytes));
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Problem::Binary { what: "a film (MP4)", advice: "only text can be compared" });
    }
    // Some signatures are letters, which text can begin with: they count only where something unprintable follows.
    let head = &bytes[..bytes.len().min(HEAD)];
    let unprintable = head.iter().any(|&byte| byte < 9 || (14..32).contains(&byte) && byte != 0x1B);
    let known = SIGNATURES.iter().find(|(mark, ..)| {
        let sure = mark.iter().any(|byte| !byte.is_ascii_alphanumeric()) && mark.len() > 4;
        bytes.starts_with(mark) && (sure || unprintable || mark.iter().any(|byte| !byte.is_ascii()))
    });
    match known {
        Some(&(_, what, advice)) => Some(Problem::Binary { what, advice }),
        None if head.contains(&0) => Some(UNKNOWN),
        None => None,
    }
}

/// A ZIP archive, or one of the documents that are kept in one.
fn packed(bytes: &[u8]) -> Problem {
    let head = &bytes[..bytes.len().min(HEAD)];
    let holds = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    let (what, advice) = if holds(b"word/") {
        ("a Word document (DOCX)", "save it as plain text")
    } else if holds(b"application/epub") {
        ("an EPUB book", "save it as plain text")
    } else if holds(b"opendocument") {
        ("an OpenDocument file", "save it as plain text")
    } else {
        ("a ZIP archive", "unpack it first: unzip")
    };
    Problem::Binary { what, advice }
}

/// A file name as a shell takes it.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-' | '_' | '~' | ',' | '+' | '=' | ':' | '@');
    if !name.is_empty() && name.chars().all(plain) {
        name.to_owned()
    } else {
        format!("'{}'", name.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(bytes: &[u8]) -> String {
        decode(bytes.to_vec(), "a b.txt").unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_text_is_named() {
        let cases: [(&[u8], &str); 12] = [
            (b"%PDF-1.7\n\xE2\xE3", "a PDF document"),
            (b"PK\x03\x04\x14\0word/document.xml", "a Word document"),
            (b"PK\x03\x04\x14\0mimetypeapplication/epub+zip", "an EPUB book"),
            (b"PK\x03\x04\x14\0other", "a ZIP archive"),
            (b"\x89PNG\r\n\x1A\n", "a picture (PNG)"),
            (b"\x1F\x8B\x08\0", "a gzip archive"),
            (b"{\\rtf1 Hello}", "a rich text document"),
            (b"abc\0def", "NUL bytes"),
            (b"\xFF\xFEa\0b\0", "UTF-16LE"),
            (b"\0a\0b\0c\0d\0e", "UTF-16BE"),
            (b"a\0b\0c\0d\0e\0", "UTF-16LE"),
            (b"  \n\t\xC2\xA0", "is empty"),
        ];
        for (bytes, expected) in cases {
            assert!(refused(bytes).contains(expected), "{expected}: {}", refused(bytes));
        }
    }

    #[test]
    fn bytes_of_another_encoding_are_placed_and_a_remedy_named() {
        let message = refused(b"The caf\xE9 was shut.");
        assert!(message.contains("byte 0xE9 at offset 7"), "{message}");
        assert!(message.contains("iconv -f WINDOWS-1252 -t UTF-8 'a b.txt'"), "{message}");
    }

    #[test]
    fn text_that_begins_like_a_signature_is_text() {
        for text in [
            "BZh is short for it.",
            "GIF8 is a mark.",
            "RIFFs were played.",
            "Rar! they cried.",
            "ID3 tags hold names.",
        ] {
            assert_eq!(decode(text.as_bytes().to_vec(), "x").unwrap(), text);
        }
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        assert_eq!(decode(b"\xEF\xBB\xBFOne.".to_vec(), "x").unwrap(), "One.");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_stop_and_text_comes_back_unchanged(bytes in any::<Vec<u8>>(), text in r"[a-z]\PC{0,40}") {
            let _ = decode(bytes, "x");
            prop_assert_eq!(decode(text.clone().into_bytes(), "x").unwrap(), text);
        }
    }
}
