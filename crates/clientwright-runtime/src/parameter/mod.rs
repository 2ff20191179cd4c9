//! How values of parameters are written: styles, percent-encoding, JSON.
//!
//! In: a value and its [`Parameter`]. Out: text for a path segment or a header, or the pairs of a query or a cookie.
//! Never happens: a byte that could end a segment, a pair or a header left unencoded (headers and cookies, which have no
//! encoding, refuse such values); a nested value flattened by guess.

mod collect;
pub(crate) mod percent;
mod style;
#[cfg(test)]
mod tests;

use crate::operation::{Location, Parameter};
use crate::wire::{Encode, WireError};

pub(crate) use self::collect::{Collected, collect, collect_files};

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
    if parameter.json {
        return json(parameter, value).map(Some);
    }
    style::write(parameter, collect(value)?)
}

/// Writes a member of a form as a parameter of a query.
pub(crate) fn styled(parameter: &Parameter, value: Collected) -> Result<Option<Encoded>, WireError> {
    style::write(parameter, value)
}

fn json(parameter: &Parameter, value: &dyn Encode) -> Result<Encoded, WireError> {
    let text = crate::wire::json::to_string(value)?;
    Ok(match parameter.location {
        Location::Path => Encoded::Text(percent::strict(&text)),
        Location::Header => Encoded::Text(text),
        Location::Query | Location::Cookie => {
            Encoded::Pairs(vec![format!("{}={}", percent::strict(parameter.name), percent::strict(&text))])
        }
    })
}
