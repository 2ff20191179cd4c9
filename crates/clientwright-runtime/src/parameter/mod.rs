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
use crate::wire::{Encode, PathSegment, WireError};

pub(crate) use self::collect::{Collected, collect};

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

/// Writes an object as `application/x-www-form-urlencoded`; arrays repeat their key.
pub(crate) fn form(value: &dyn Encode) -> Result<String, WireError> {
    let Collected::Object(members) = collect(value)? else {
        return Err(WireError::new("an object", "another value"));
    };
    let mut pairs = Vec::with_capacity(members.len());
    for (key, member) in members {
        let items = match member {
            Collected::Array(items) => items,
            item @ (Collected::Null | Collected::Text(_) | Collected::Object(_)) => vec![item],
        };
        for item in items {
            let text = item.scalar(PathSegment::Key(key.clone()))?;
            pairs.extend(text.map(|text| format!("{}={}", percent::form(&key), percent::form(&text))));
        }
    }
    Ok(pairs.join("&"))
}

fn json(parameter: &Parameter, value: &dyn Encode) -> Result<Encoded, WireError> {
    let bytes = crate::wire::json::to_vec(value)?;
    let text = String::from_utf8(bytes).map_err(|_| WireError::new("text in UTF-8", "other bytes"))?;
    Ok(match parameter.location {
        Location::Path => Encoded::Text(percent::strict(&text)),
        Location::Header => Encoded::Text(text),
        Location::Query | Location::Cookie => {
            Encoded::Pairs(vec![format!("{}={}", percent::strict(parameter.name), percent::strict(&text))])
        }
    })
}
