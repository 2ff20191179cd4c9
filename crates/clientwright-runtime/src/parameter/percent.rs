//! Percent-encoding (RFC 3986, section 2).
//!
//! In: any text. Out: ASCII that cannot end the place it is written to. Never happens: an unreserved character encoded,
//! or a `%` that was meant literally left to be decoded (unless reserved characters are allowed).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters (RFC 3986, section 2.3).
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Reserved characters that no place gives a meaning to within a value.
const RESERVED: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',');

/// Reserved characters allowed in a query: not `[ ] # & = +`, nor `'`, which WHATWG URL encodes there, and a transport with it.
const RESERVED_QUERY: &AsciiSet = &RESERVED.remove(b';').remove(b'/').remove(b'?').add(b'\'');

/// Reserved characters allowed in a path segment: not `/ ? # [ ]`.
const RESERVED_PATH: &AsciiSet = &RESERVED.remove(b';').remove(b'&').remove(b'=').remove(b'+');

/// What a literal part of a path template keeps: all that RFC 3986 allows in a path, and `%`.
const LITERAL: &AsciiSet = &RESERVED_PATH.remove(b'/').remove(b'%');

/// What a literal query keeps.
const LITERAL_QUERY: &AsciiSet = &LITERAL.remove(b'?');

/// The place that text is written to, for what it allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// Unreserved characters only.
    Unreserved,
    /// Reserved ones too, in a path segment.
    InPath,
    /// Reserved ones too, in a query.
    InQuery,
    /// Reserved ones too, in a cookie.
    InCookie,
    /// Nothing is encoded: headers, and cookies of style `cookie`.
    Everything,
}

/// Encodes all but the unreserved characters.
pub(crate) fn strict(text: &str) -> String {
    utf8_percent_encode(text, STRICT).to_string()
}

/// The same for the name of a parameter, in which there is seldom anything to encode.
pub(crate) fn strict_name(name: &str) -> Cow<'_, str> {
    utf8_percent_encode(name, STRICT).into()
}

/// Encodes a literal part of a path template.
pub(crate) fn literal(text: &str) -> String {
    utf8_percent_encode(text, LITERAL).to_string()
}

/// The same at the end of what there is.
pub(crate) fn push_literal(path: &mut String, text: &str) {
    if text.bytes().all(is_unreserved) {
        return path.push_str(text);
    }
    path.extend(utf8_percent_encode(text, LITERAL));
}

/// Encodes the literal query of a path template.
pub(crate) fn literal_query(text: &str) -> String {
    utf8_percent_encode(text, LITERAL_QUERY).to_string()
}

/// Encodes text for the place it is written to; where reserved characters are allowed, `%XX` is kept as it is.
pub(crate) fn encode(text: &str, allowed: Allowed) -> String {
    let set = match allowed {
        Allowed::Unreserved => return strict(text),
        Allowed::Everything => return text.to_owned(),
        Allowed::InPath => RESERVED_PATH,
        Allowed::InQuery => RESERVED_QUERY,
        Allowed::InCookie => RESERVED,
    };
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, set));
        encoded.push_str(if is_triple(after) { "%" } else { "%25" });
        rest = after;
    }
    encoded.extend(utf8_percent_encode(rest, set));
    encoded
}

/// The same of a text that nobody else needs: it stays what it is where nothing in it has to be encoded.
pub(crate) fn encoded(text: String, allowed: Allowed) -> String {
    if allowed == Allowed::Everything || text.bytes().all(is_unreserved) { text } else { encode(&text, allowed) }
}

/// The body of a form (WHATWG URL, "application/x-www-form-urlencoded serializing"): `+` for a space, `~` encoded.
pub(crate) fn form(text: &str) -> String {
    const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b' ');
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// Whether no place encodes a byte (RFC 3986, section 2.3).
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

fn is_triple(after: &str) -> bool {
    let bytes = after.as_bytes();
    matches!((bytes.first(), bytes.get(1)), (Some(a), Some(b)) if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}
