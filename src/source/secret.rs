//! What an address carries to let its bearer in, told from what says which page is meant.
//!
//! Must never leave out an ordinary parameter: without it the address leads elsewhere. Invariant: an address without a secret
//! stays as it is, but for its fragment.

use std::borrow::Cow;

use url::Url;

/// Words of a parameter's name that say that its value lets its bearer in, or who that is.
const SECRET: [&str; 33] = [
    "assertion",
    "auth",
    "authorization",
    "bearer",
    "credential",
    "credentials",
    "csrf",
    "email",
    "hmac",
    "jwt",
    "key",
    "magiclink",
    "nonce",
    "oauth",
    "otp",
    "pass",
    "passcode",
    "passkey",
    "passphrase",
    "passwd",
    "password",
    "pwd",
    "saml",
    "secret",
    "sess",
    "session",
    "sid",
    "sig",
    "signature",
    "tkn",
    "token",
    "totp",
    "xsrf",
];

/// Parts that say the same wherever they stand in a word.
const SECRET_PART: [&str; 8] = ["token", "sessid", "sessionid", "passw", "secret", "signature", "credential", "hmac"];

/// Words that say so where they are the whole name, or stand beside a word that grants: a code may also be a country's.
const AMBIGUOUS: [&str; 6] = ["code", "gift", "hash", "magic", "st", "ticket"];

/// Words that say that something is opened for somebody.
const GRANTING: [&str; 26] = [
    "access",
    "activation",
    "confirm",
    "confirmation",
    "gift",
    "guest",
    "invitation",
    "invite",
    "login",
    "magic",
    "member",
    "onetime",
    "private",
    "reset",
    "security",
    "share",
    "shared",
    "sharing",
    "signin",
    "subscriber",
    "subscription",
    "unlock",
    "unlocked",
    "user",
    "verification",
    "verify",
];

/// What else names of that sort are put together of, without a gap: `jsessionid`, `apikey`.
const BESIDE: [&str; 15] = [
    "address", "api", "app", "asp", "client", "consumer", "id", "j", "my", "net", "php", "refresh", "site", "sms", "x",
];

/// How deep addresses are looked for inside the values of others.
const DEEPEST: u8 = 4;

/// An address without name, password and fragment.
pub(super) fn without_name(url: &Url) -> Url {
    let mut url = url.clone();
    drop_name(&mut url);
    url.set_fragment(None);
    url
}

fn drop_name(url: &mut Url) {
    // Both fail only for addresses that cannot have any.
    let _ = url.set_username("");
    let _ = url.set_password(None);
}

/// An address as it may be shown and kept: also without the parameters that let its bearer in, and without those of the
/// addresses inside it.
pub(super) fn shown(url: &Url) -> Url {
    const OFTEN: usize = 8;
    let mut url = without_name(url);
    for _ in 0..OFTEN {
        let before = url.clone();
        clean(&mut url, DEEPEST);
        // What is left of one secret may be the name of another.
        if url == before {
            break;
        }
    }
    url
}

fn clean(url: &mut Url, depth: u8) {
    drop_name(url);
    if let Some(path) = path(url.path(), depth) {
        url.set_path(&path);
    }
    if let Some(query) = url.query().and_then(|query| parameters(query, depth)) {
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    }
    if let Some(fragment) = url.fragment().and_then(|fragment| inside(fragment, depth)) {
        url.set_fragment(Some(fragment.as_str()).filter(|fragment| !fragment.is_empty()));
    }
}

/// A query without its secrets; `None` where it has none.
fn parameters(query: &str, depth: u8) -> Option<String> {
    let parts: Vec<&str> = query.split(['&', ';']).collect();
    let kept: Vec<Cow<str>> = parts.iter().filter_map(|part| parameter(part, depth)).collect();
    let same = kept.len() == parts.len() && kept.iter().zip(&parts).all(|(kept, part)| kept == part);
    (!same).then(|| kept.join("&"))
}

/// `name=value` without a secret; `None` where that is all it is.
fn parameter(part: &str, depth: u8) -> Option<Cow<'_, str>> {
    let Some((name, value)) = part.split_once('=') else {
        return Some(self::value(part, depth).map_or(Cow::Borrowed(part), Cow::Owned));
    };
    if is_secret(name) {
        return None;
    }
    Some(self::value(value, depth).map_or(Cow::Borrowed(part), |value| Cow::Owned(format!("{name}={value}"))))
}

/// A path without its secrets; `None` where it has none.
fn path(path: &str, depth: u8) -> Option<String> {
    if let Some(at) = address_in(path) {
        return inside(&path[at..], depth).map(|address| format!("{}{address}", &path[..at]));
    }
    let segment = |segment: &str| {
        let kept: Vec<Cow<str>> = segment.split(';').filter_map(|part| parameter(part, depth)).collect();
        kept.join(";")
    };
    let cleaned: Vec<String> = path.split('/').map(segment).collect();
    Some(cleaned.join("/")).filter(|cleaned| cleaned != path)
}

/// A value without the secrets of an address in it, however often that is encoded; `None` where it has none.
fn value(value: &str, depth: u8) -> Option<String> {
    const OFTEN: usize = 3;
    let mut text = Cow::Borrowed(value);
    for _ in 0..OFTEN {
        if let Some(cleaned) = inside(&text, depth) {
            let encoded = || url::form_urlencoded::byte_serialize(cleaned.as_bytes()).collect::<String>();
            // What it writes for a blank means another thing in a path.
            return Some(if text == value { cleaned } else { encoded().replace('+', "%20") });
        }
        let decoded = percent_decoded(&text);
        if decoded == text {
            return None;
        }
        text = Cow::Owned(decoded);
    }
    // Nobody encodes so often what need not be hidden.
    Some(String::new())
}

/// A text that may be an address, whole or the end of one, without its secrets; `None` where it has none.
fn inside(text: &str, depth: u8) -> Option<String> {
    if depth == 0 {
        return text.contains(['=', '@']).then(String::new);
    }
    let depth = depth - 1;
    let (before, text) = text.split_at(address_in(text).unwrap_or(0));
    let cleaned = if let Some(rest) = text.strip_prefix("//") {
        whole(&format!("http://{rest}"), depth)?.map(|address| address["http:".len()..].to_owned())
    } else if let Some(cleaned) = whole(text, depth) {
        cleaned
    } else if let Some((head, query)) = text.split_once('?') {
        let (bare, query) = (path(head, depth), parameters(query, depth));
        (bare.is_some() || query.is_some()).then(|| {
            let query = query.unwrap_or_else(|| text[head.len() + 1..].to_owned());
            format!("{}?{query}", bare.as_deref().unwrap_or(head))
        })
    } else if let Some(bare) = without_password(text) {
        Some(bare.to_owned())
    } else if text.contains('=') {
        parameters(text, depth)
    } else {
        None
    };
    cleaned.map(|cleaned| format!("{before}{cleaned}"))
}

/// An address with a host, without its secrets; `None` where it is no such address, `Some(None)` where it has no secret.
fn whole(text: &str, depth: u8) -> Option<Option<String>> {
    let url = Url::parse(text.trim()).ok().filter(Url::has_host)?;
    let mut cleaned = url.clone();
    clean(&mut cleaned, depth);
    Some((cleaned != url).then(|| cleaned.into()))
}

/// Where an address with a scheme begins inside a text.
fn address_in(text: &str) -> Option<usize> {
    let at = text.find("://")?;
    let scheme = text[..at].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    (scheme > 0).then_some(at - scheme)
}

/// `host/path` of `name:password@host/path`.
fn without_password(text: &str) -> Option<&str> {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (name, host) = text[..end].rsplit_once('@')?;
    let (first, _) = name.split_once(':')?;
    (!first.eq_ignore_ascii_case("mailto") && !name.contains(char::is_whitespace) && !host.is_empty())
        .then(|| &text[name.len() + 1..])
}

/// What a word of a name says.
#[derive(Debug, Clone, Copy, Default)]
struct Tells {
    secret: bool,
    ambiguous: bool,
    grants: bool,
}

impl Tells {
    /// What a word says; `None` for one that says nothing.
    fn of(word: &str) -> Option<Self> {
        let known = Self {
            secret: SECRET.contains(&word),
            ambiguous: AMBIGUOUS.contains(&word),
            grants: GRANTING.contains(&word),
        };
        (known.secret || known.ambiguous || known.grants || BESIDE.contains(&word)).then_some(known)
    }

    /// The same for the words that a word is wholly put together of, the longest first.
    fn of_parts(word: &str) -> Vec<Self> {
        const LONGEST: usize = 13;
        if SECRET_PART.iter().any(|part| word.contains(part)) && !word.contains("secretar") {
            return vec![Self { secret: true, ..Self::default() }];
        }
        let (mut rest, mut all) = (word, Vec::new());
        while !rest.is_empty() {
            let parts = (1..=rest.len().min(LONGEST)).rev().filter_map(|length| rest.split_at_checked(length));
            let Some((tells, after)) = parts.filter_map(|(part, after)| Some((Self::of(part)?, after))).next() else {
                return Vec::new();
            };
            all.push(tells);
            rest = after;
        }
        all
    }
}

/// Whether the value of a parameter with this name lets its bearer in, or says who that is.
fn is_secret(name: &str) -> bool {
    let words = words(&percent_decoded(name));
    if let [only] = words.as_slice()
        && AMBIGUOUS.contains(&only.as_str())
    {
        return true;
    }
    let tells: Vec<Tells> = words.iter().flat_map(|word| Tells::of_parts(word)).collect();
    let granted = |at: usize| tells.iter().enumerate().any(|(other, tells)| other != at && tells.grants);
    tells.iter().enumerate().any(|(at, tells)| tells.secret || tells.ambiguous && granted(at))
}

/// The words of a name in small letters, without the numbers at their ends: `X-Amz-Signature`, `accessToken`, `user_password2`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = 'A';
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && before.is_lowercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    let bare = |word: String| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    words.into_iter().map(bare).filter(|word| !word.is_empty()).collect()
}

/// A text without its percent signs; what they stand for that is no UTF-8 is replaced.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_what_lets_in_are_told_from_ordinary_ones() {
        for name in
            "PHPSESSID jsessionid sharetoken unlocked_article_code unlockedArticleCode code authkey hmac otp ticket \
            privatekey assertion nonce magic passcode tkn gift hash st email access_token X-Amz-Security-Token apikey \
            accesscode verification-code user%5Bpassword%5D key2 userEmail giftCode shareHash idtoken sid client_secret"
                .split_whitespace()
        {
            assert!(is_secret(name), "{name}");
        }
        for name in "id page article lang keyword author design passage country country_code countryCode zipcode state \
            story section hashtag sessions secretary signal passport gift_guide ticket_id language-code monkey start \
            q utm_source user share article_id compass site tag date"
            .split_whitespace()
        {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn secrets_are_cut_from_paths_and_from_addresses_inside_and_all_else_stays() {
        let table = [
            ("a;jsessionid=s3cret?id=3", "a?id=3"),
            ("a;v=1;JSESSIONID=s3cret/b", "a;v=1/b"),
            ("a?next=http%3A%2F%2Fann%3As3cret%40h%2Fb&id=3", "a?next=http%3A%2F%2Fh%2Fb&id=3"),
            ("a?next=http://ann:s3cret@h/b", "a?next=http://h/b"),
            ("a?next=%2Fb%3Ftoken%3Ds3cret%26id%3D3", "a?next=%2Fb%3Fid%3D3"),
            ("a?next=http%253A%252F%252Fann%253As3cret%2540h", "a?next=http%3A%2F%2Fh%2F"),
            ("a?next=%2F%2Fann%3As3cret%40h%2F", "a?next=%2F%2Fh%2F"),
            ("a?next=ann%3As3cret%40h", "a?next=h"),
            ("a?next=http%3A%2F%2Fh%2F%23access_token%3Ds3cret", "a?next=http%3A%2F%2Fh%2F"),
            (
                "a?u=http%3A%2F%2Fh%2F%3Fu%3Dhttp%253A%252F%252Fann%253As3cret%2540h",
                "a?u=http%3A%2F%2Fh%2F%3Fu%3Dhttp%253A%252F%252Fh%252F",
            ),
            ("web/2020/http://ann:s3cret@h/b?token=s3cret", "web/2020/http://h/b"),
            ("proxy/http%3A%2F%2Fann%3As3cret%40h%2Fb", "proxy/http%3A%2F%2Fh%2Fb"),
            (
                "a?next=http%3A%2F%2Fh%2Fb%3Fid%3D3%23part&x=a%20b+c",
                "a?next=http%3A%2F%2Fh%2Fb%3Fid%3D3%23part&x=a%20b+c",
            ),
            ("a?q=time%3A%20ten&at=10:30", "a?q=time%3A%20ten&at=10:30"),
            ("token=http://token=@?", "?"),
        ];
        for (given, expected) in table {
            let url = Url::parse(&format!("https://news.example/{given}")).unwrap();
            assert_eq!(shown(&url).as_str(), format!("https://news.example/{expected}"), "{given}");
        }
    }

    proptest! {
        #[test]
        fn what_was_cleaned_once_stays_as_it_is(rest in r"([a-z]{1,5}|token|;|=|&|\?|/|:|@|%3A|%2F|%40|%25|#|//|http://){0,24}") {
            let url = Url::parse(&format!("https://news.example/{rest}")).unwrap();
            let once = shown(&url);
            prop_assert_eq!(shown(&once), once);
        }
    }
}
