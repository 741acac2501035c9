//! Addresses of sources: an absolute path in memory, a `file:` URL (RFC 8089) in the file; an address of the web without what
//! would let others in; every other address as it is.

use std::fmt::Write;

use serde_json::Value;

use crate::source::without_secrets;

/// The IRI that the file holds for an address.
pub(super) fn to_iri(address: &str) -> String {
    let path = address.replace('\\', "/");
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    if drive {
        format!("file:///{}", encode(&path))
    } else if address.starts_with('/') {
        format!("file://{}", encode(address))
    } else {
        address.to_owned()
    }
}

/// The address that an IRI of the file stands for.
pub(super) fn from_iri(iri: &str) -> String {
    let Some(path) = iri.strip_prefix("file://") else { return without_secrets(iri) };
    let Some(path) = decode(path) else { return iri.to_owned() };
    let drive = path.as_bytes().get(2) == Some(&b':') && path.starts_with('/');
    if drive { path[1..].to_owned() } else { path }
}

/// Takes what would let others in out of the addresses of sources in annotations, wherever they stand. Answers whether there
/// was any.
pub(in crate::notes) fn clean(value: &mut Value) -> bool {
    const ADDRESSES: [&str; 4] = ["source", "id", "canonical", "via"];
    let mut any = false;
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| any |= clean(item)),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                match member {
                    Value::String(text) if ADDRESSES.contains(&name.as_str()) => {
                        let bare = without_secrets(text);
                        any |= bare != *text;
                        *text = bare;
                    }
                    member => any |= clean(member),
                }
            }
        }
        _ => {}
    }
    any
}

fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The bytes that a percent-encoded path stands for; `None` where it is no UTF-8 or wrongly encoded.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
