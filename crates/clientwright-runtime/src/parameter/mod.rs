//! How values of parameters are written: styles, percent-encoding, media types.
//!
//! In: a value and its [`Parameter`]. Out: text for a path segment or a header, or the pairs of a query or a cookie.
//! Never happens: a byte that could end a segment, a pair or a header left unencoded (headers and cookies, which have no
//! encoding, refuse such values); a nested value flattened by guess.

mod collect;
pub(crate) mod percent;
mod style;
#[cfg(test)]
mod tests;

use crate::operation::{Location, MediaType, Parameter};
use crate::part::Part;
use crate::wire::{Encode, WireError};

pub(crate) use self::collect::{Collected, collect, collect_files};
pub(crate) use self::style::deep;

/// A parameter's value as it stands in the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Encoded {
    /// What replaces `{name}` in the path, or a header's value.
    Text(String),
    /// `name=value` pairs of the query or the `Cookie` header, ready to be joined.
    Pairs(Vec<String>),
}

/// Writes `value` as `parameter` says; `None` where there is nothing to write (absent, null, an empty array or object).
pub(crate) fn encode(parameter: &Parameter, value: &dyn Encode) -> Result<Option<Encoded>, WireError> {
    if value.is_absent() {
        return Ok(None);
    }
    match parameter.media_type {
        None => style::write(parameter, collect(value)?),
        Some(MediaType::Json) => {
            let text = crate::wire::json::to_string(value)?;
            let text = if parameter.location == Location::Header { ascii(&text) } else { text };
            Ok(Some(placed(parameter, &text)))
        }
        Some(MediaType::Form(members)) => form(parameter, value, members),
        Some(MediaType::Text) => Ok(collect(value)?.scalar(None)?.map(|text| placed(parameter, &text))),
    }
}

/// Writes a member of a form as a parameter of a query.
pub(crate) fn styled(parameter: &Parameter, value: Collected) -> Result<Option<Encoded>, WireError> {
    style::write(parameter, value)
}

/// Writes the query as a form, whose pairs are ready.
fn form(parameter: &Parameter, value: &dyn Encode, members: &[Part]) -> Result<Option<Encoded>, WireError> {
    let text = crate::form::write(value, members)?;
    Ok((!text.is_empty()).then(|| match parameter.location {
        Location::QueryString => Encoded::Pairs(vec![text]),
        Location::Path | Location::Header | Location::Query | Location::Cookie => placed(parameter, &text),
    }))
}

/// JSON for a header, which holds only what is printed in ASCII; anything else stands within the strings, where JSON has an
/// escape for it.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            text.push(character);
        } else {
            text.extend(character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    text
}

/// A text in a media type, in the place where it stands.
fn placed(parameter: &Parameter, text: &str) -> Encoded {
    match parameter.location {
        Location::Path => Encoded::Text(percent::strict(text)),
        Location::Header => Encoded::Text(text.to_owned()),
        Location::Query | Location::Cookie => {
            Encoded::Pairs(vec![format!("{}={}", percent::strict(parameter.name), percent::strict(text))])
        }
        Location::QueryString => Encoded::Pairs(vec![percent::strict(text)]),
    }
}
