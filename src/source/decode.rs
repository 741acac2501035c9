//! Bytes become text, or the reason why they are none.
//!
//! Must never guess unsaid: an encoding that nothing names is told with the text. Invariant: the text of what is UTF-8 is the
//! bytes themselves, a byte order mark left out.

use std::string::FromUtf8Error;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

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

/// Text, and how it was found out which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, a byte order mark left out.
    pub(super) text: String,
    /// The encoding's name where nothing in the source says it.
    pub(super) guessed: Option<&'static str>,
    /// How many bytes of it are no UTF-8, where all others are; a mark stands for them.
    pub(super) damaged: usize,
}

impl Decoded {
    fn sure(text: String) -> Self {
        Self { text, guessed: None, damaged: 0 }
    }
}

/// What else is known about the bytes of a source.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hint<'a> {
    /// The encoding that a server says.
    pub(super) charset: Option<&'a str>,
    /// Whether it is a page, which may name its encoding and is read with what is broken in it replaced.
    pub(super) page: bool,
}

/// The text of a source: by its byte order mark, as UTF-8 where it is valid or all but valid, by what the server or the page
/// says, else by its look. UTF-8 goes before a declaration, because text in another encoding hardly ever looks like it by
/// chance and wrong declarations are common. `name` is for the command that an error proposes.
///
/// # Errors
/// When the bytes are not text, or nothing but white space.
pub(super) fn decode(bytes: Vec<u8>, name: &str, hint: Hint) -> Result<Decoded, Problem> {
    if let Some(encoding) = wide_encoding(&bytes) {
        return wide(&bytes, encoding, name);
    }
    if let Some(problem) = binary(&bytes) {
        return Err(problem);
    }
    let mark = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let decoded = match String::from_utf8(bytes) {
        Ok(mut text) => {
            text.drain(..mark);
            Decoded::sure(seven_bits(&text, hint).unwrap_or(text))
        }
        Err(error) => other_encoding(error, name, hint)?,
    };
    if decoded.text.contains('\0') {
        return Err(UNKNOWN);
    }
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Problem::Empty);
    }
    Ok(decoded)
}

/// Text that is no valid UTF-8.
fn other_encoding(error: FromUtf8Error, name: &str, hint: Hint) -> Result<Decoded, Problem> {
    let offset = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let said = declarations(&bytes, hint);
    let damage = Damage::of(&bytes);
    if damage.is_slight() || said.contains(&Some(UTF_8)) && damage.whole >= damage.places {
        let text = String::from_utf8_lossy(&bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned();
        return Ok(Decoded { damaged: damage.bytes, ..Decoded::sure(text) });
    }
    for encoding in said.into_iter().flatten().filter(|encoding| *encoding != UTF_8) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes);
        if !broken {
            return Ok(Decoded::sure(text.into_owned()));
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, broken) = encoding.decode_without_bom_handling(&bytes);
    // Control characters show that it is none of the encodings people write in.
    let odd = text.chars().any(|c| c.is_control() && !c.is_whitespace());
    if !broken && !odd {
        return Ok(Decoded { guessed: Some(encoding.name()), ..Decoded::sure(text.into_owned()) });
    }
    if hint.page {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        return Ok(Decoded { guessed: Some(UTF_8.name()), damaged: damage.bytes, ..Decoded::sure(text) });
    }
    let byte = bytes.get(offset).copied().unwrap_or_default();
    Err(Problem::NotUtf8 { byte, offset, name: quoted(name) })
}

/// What is wrong with a text that is no valid UTF-8.
#[derive(Debug, Default)]
struct Damage {
    /// Bytes that do not belong, and places where such stand.
    bytes: usize,
    places: usize,
    /// Whole characters past ASCII.
    whole: usize,
}

impl Damage {
    fn of(bytes: &[u8]) -> Self {
        bytes.utf8_chunks().fold(Self::default(), |damage, chunk| Self {
            bytes: damage.bytes + chunk.invalid().len(),
            places: damage.places + usize::from(!chunk.invalid().is_empty()),
            whole: damage.whole + chunk.valid().chars().filter(|c| !c.is_ascii()).count(),
        })
    }

    /// Whether so much is whole that it cannot be by chance.
    fn is_slight(&self) -> bool {
        const WHOLE: usize = 8;
        self.whole >= self.places.saturating_mul(WHOLE)
    }
}

/// The encodings that the server and the page say.
fn declarations(bytes: &[u8], hint: Hint) -> [Option<&'static Encoding>; 2] {
    let header = hint.charset.map(str::as_bytes).and_then(Encoding::for_label);
    [header, if hint.page { declared(bytes) } else { None }]
}

/// Text in the one encoding that is made of ASCII alone, where the source says it is that and it can be.
fn seven_bits(text: &str, hint: Hint) -> Option<String> {
    let escapes = text.is_ascii() && text.contains('\u{1b}');
    if !escapes || !declarations(text.as_bytes(), hint).contains(&Some(ISO_2022_JP)) {
        return None;
    }
    let (decoded, broken) = ISO_2022_JP.decode_without_bom_handling(text.as_bytes());
    (!broken).then(|| decoded.into_owned())
}

/// The encoding that a page names in its first bytes (HTML, 13.2.3.2, in short).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let meta = head.windows(5).position(|window| window == b"<meta" || window == b"<?xml")?;
    let rest = &head[meta..];
    let find = |word: &[u8]| rest.windows(word.len()).position(|window| window == word).map(|at| at + word.len());
    let after = find(b"charset").or_else(|| find(b"encoding"))?;
    let label: Vec<u8> = rest[after..]
        .iter()
        .copied()
        .skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\''))
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.' | b'+'))
        .collect();
    Encoding::for_label(&label)
}

/// Text in units of two bytes; in units of four there is none in the wild.
fn wide(bytes: &[u8], name: &'static str, file: &str) -> Result<Decoded, Problem> {
    let encoding = match name {
        "UTF-16LE" => UTF_16LE,
        "UTF-16BE" => UTF_16BE,
        _ => return Err(Problem::WideText { encoding: name, name: quoted(file) }),
    };
    let (text, broken) = encoding.decode_with_bom_removal(bytes);
    if broken || text.contains('\0') {
        return Err(Problem::WideText { encoding: name, name: quoted(file) });
    }
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    Ok(Decoded::sure(text.into_owned()))
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
        decode(bytes.to_vec(), "a b.txt", Hint::default()).unwrap_err().to_string()
    }

    fn text(bytes: &[u8], hint: Hint) -> (String, Option<&'static str>) {
        let decoded = decode(bytes.to_vec(), "x", hint).unwrap();
        (decoded.text, decoded.guessed)
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
            (b"\xFF\xFE\0\0a\0\0\0", "UTF-32LE"),
            (b"\xFF\xFEa\0b\0\0\xD8", "UTF-16LE"),
            (b"caf\x01\xE9", "byte 0xE9 at offset 4"),
            (b"  \n\t\xC2\xA0", "is empty"),
        ];
        for (bytes, expected) in cases {
            assert!(refused(bytes).contains(expected), "{expected}: {}", refused(bytes));
        }
    }

    #[test]
    fn an_encoding_is_found_by_mark_validity_declaration_and_look() {
        let page = |charset| Hint { charset, page: true };
        let latin = b"<meta charset=iso-8859-1><p>The caf\xE9 was shut.";
        for (bytes, hint, expected, guessed) in [
            (&b"\xFF\xFEa\0b\0"[..], Hint::default(), "ab", None),
            (b"\0a\0b\0c\0d\0e", Hint::default(), "abcde", None),
            (b"a\0b\0c\0d\0e\0", Hint::default(), "abcde", None),
            ("Café".as_bytes(), page(Some("iso-8859-1")), "Café", None),
            (b"Caf\xE9", page(Some("windows-1252")), "Café", None),
            (latin, page(None), "<meta charset=iso-8859-1><p>The café was shut.", None),
            (latin, page(Some("utf-8")), "<meta charset=iso-8859-1><p>The café was shut.", None),
            (b"The caf\xE9 was shut.", Hint::default(), "The café was shut.", Some("windows-1252")),
            (b"\x82\xBB\x82\xCC\x8B\xB4\x82\xCD", Hint::default(), "その橋は", Some("Shift_JIS")),
        ] {
            assert_eq!(text(bytes, hint), (expected.to_owned(), guessed), "{bytes:?}");
        }
    }

    #[test]
    fn a_few_bad_bytes_make_no_other_encoding_of_utf_8_and_are_counted() {
        let bad =
            ["Le marché inondé à Southmère, où l’été a été détruit.".as_bytes(), b" Fin de l'\xE9dition."].concat();
        let page = |charset| Hint { charset, page: true };
        let few = [&b"<meta charset=utf-8>"[..], "caf\u{e9} ".as_bytes(), b"l'\xE9t\xC3"].concat();
        for (bytes, hint, damaged) in [
            (&bad, Hint::default(), 1),
            (&bad, page(Some("windows-1252")), 1),
            (&bad, page(Some("utf-8")), 1),
            (&[&few[..], "\u{e9}".as_bytes()].concat(), page(None), 2),
        ] {
            let decoded = decode(bytes.clone(), "x", hint).unwrap();
            assert_eq!((decoded.guessed, decoded.damaged), (None, damaged), "{}", decoded.text);
            assert!(decoded.text.contains('é') && decoded.text.contains("l'\u{fffd}"), "{}", decoded.text);
        }
    }

    #[test]
    fn japanese_in_seven_bits_is_read_where_it_is_said_and_there_alone() {
        let text = b"\x1b$B66\x1b(B at noon";
        let page = [&b"<meta charset=iso-2022-jp>"[..], text].concat();
        let hint = Hint { charset: None, page: true };
        assert_eq!(self::text(&page, hint).0, "<meta charset=iso-2022-jp>橋 at noon");
        assert_eq!(self::text(text, Hint { charset: Some("ISO-2022-JP"), page: false }).0, "橋 at noon");
        assert_eq!(self::text(text, Hint::default()).0.as_bytes(), text);
        let broken = b"\x1b[2J\x1b$B6";
        assert_eq!(self::text(broken, Hint { charset: Some("iso-2022-jp"), page: false }).0.as_bytes(), broken);
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
            assert_eq!(self::text(text.as_bytes(), Hint::default()).0, text);
        }
    }

    #[test]
    fn a_byte_order_mark_is_left_out() {
        assert_eq!(text(b"\xEF\xBB\xBFOne.", Hint::default()).0, "One.");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_stop_and_text_comes_back_unchanged(bytes in any::<Vec<u8>>(), text in r"[a-z]\PC{0,40}") {
            let _ = decode(bytes.clone(), "x", Hint::default());
            let _ = decode(bytes, "x", Hint { charset: Some("utf-8"), page: true });
            prop_assert_eq!(self::text(text.as_bytes(), Hint::default()).0, text);
        }
    }
}
