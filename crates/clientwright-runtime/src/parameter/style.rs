//! The table of styles (the `OpenAPI` Specification 3.0.4, 3.1.1 and 3.2, "Style Examples"; RFC 6570).
//!
//! In: a collected value. Out: its text. Where the texts of the specification differ, the newer one decides for all
//! versions: `label` joins with commas, delimiters and brackets are encoded. Never happens: an empty array or object
//! written as if it were an empty string.

use std::borrow::Cow;

use super::percent::{Allowed, encode, encoded, strict, strict_name};
use super::{Collected, Encoded};
use crate::operation::{Lists, Location, Parameter, Style};
use crate::wire::{PathSegment, Result, WireError};

/// Lays a value out; `None` where RFC 6570, section 2.3 counts it as undefined.
pub(super) fn write(parameter: &Parameter, value: Collected) -> Result<Option<Encoded>> {
    let layout = Layout::of(parameter);
    match parameter.style {
        Style::DeepObject => {
            let mut pairs = Vec::new();
            deep(&strict(parameter.name), value, parameter.lists, &|key| format!("%5B{}%5D", strict(key)), &mut pairs)?;
            let pairs: Vec<_> =
                pairs.into_iter().map(|(name, text)| format!("{name}={}", layout.encode(&text))).collect();
            return Ok((!pairs.is_empty()).then_some(Encoded::Pairs(pairs)));
        }
        Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::TabDelimited
        | Style::Cookie => {}
    }
    Ok(layout.flat(value)?.map(|flat| layout.write(flat)))
}

/// A value without nesting, already encoded, with nothing undefined in it.
enum Flat {
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(String, String)>),
}

struct Layout<'a> {
    parameter: &'a Parameter,
    allowed: Allowed,
}

impl<'a> Layout<'a> {
    fn of(parameter: &'a Parameter) -> Self {
        let allowed = match (parameter.location, parameter.style, parameter.reserved) {
            (Location::Header, ..) | (Location::Cookie, Style::Cookie, _) => Allowed::Everything,
            (.., false) => Allowed::Unreserved,
            (Location::Path, ..) => Allowed::InPath,
            (Location::Query | Location::QueryString, ..) => Allowed::InQuery,
            (Location::Cookie, ..) => Allowed::InCookie,
        };
        Self { parameter, allowed }
    }

    fn encode(&self, text: &str) -> String {
        encode(text, self.allowed)
    }

    fn name(&self) -> Cow<'static, str> {
        let name = self.parameter.name;
        if self.allowed == Allowed::Everything { Cow::Borrowed(name) } else { strict_name(name) }
    }

    fn flat(&self, value: Collected) -> Result<Option<Flat>> {
        Ok(match value {
            // Parameters and forms collect a file as its text.
            Collected::Null | Collected::File(_) => None,
            Collected::Text(text) | Collected::Literal(text) => Some(Flat::Scalar(encoded(text, self.allowed))),
            Collected::Array(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for (index, item) in items.into_iter().enumerate() {
                    texts.extend(item.scalar(Some(PathSegment::Index(index)))?.map(|text| self.encode(&text)));
                }
                (!texts.is_empty()).then_some(Flat::Array(texts))
            }
            Collected::Object(members) => {
                let mut pairs = Vec::with_capacity(members.len());
                for (key, member) in members {
                    let text = member.scalar(Some(PathSegment::Key(key.clone())))?;
                    pairs.extend(text.map(|text| (self.encode(&key), self.encode(&text))));
                }
                (!pairs.is_empty()).then_some(Flat::Object(pairs))
            }
        })
    }

    fn write(&self, value: Flat) -> Encoded {
        let explode = self.parameter.explode;
        match self.parameter.style {
            Style::Simple => Encoded::Text(joined(value, explode, ",", ",")),
            Style::Label => Encoded::Text(format!(".{}", joined(value, explode, if explode { "." } else { "," }, ","))),
            Style::Matrix => {
                let expanded = self.expanded(value, ",", "");
                Encoded::Text(expanded.iter().fold(String::new(), |text, pair| text + ";" + pair))
            }
            Style::SpaceDelimited => self.delimited(value, ' '),
            Style::PipeDelimited => self.delimited(value, '|'),
            Style::TabDelimited => self.delimited(value, '\t'),
            Style::Form | Style::DeepObject | Style::Cookie => Encoded::Pairs(self.expanded(value, ",", "=")),
        }
    }

    /// Elements between delimiters that the place encodes as it encodes them in a value.
    fn delimited(&self, value: Flat, delimiter: char) -> Encoded {
        let delimiter = self.encode(delimiter.encode_utf8(&mut [0; 4]));
        match self.parameter.location {
            Location::Path | Location::Header => Encoded::Text(joined(value, false, &delimiter, &delimiter)),
            Location::Query | Location::QueryString | Location::Cookie => {
                Encoded::Pairs(self.expanded(value, &delimiter, "="))
            }
        }
    }

    /// `name=value` once, or for each element or member; `empty` follows a name whose value is the empty string.
    fn expanded(&self, value: Flat, delimiter: &str, empty: &str) -> Vec<String> {
        let name = self.name();
        let pair = |name: &str, text: &str| match text {
            "" => [name, empty].concat(),
            text => [name, "=", text].concat(),
        };
        match value {
            Flat::Array(items) if self.parameter.explode => items.iter().map(|item| pair(&name, item)).collect(),
            Flat::Object(members) if self.parameter.explode => {
                members.iter().map(|(key, text)| pair(key, text)).collect()
            }
            Flat::Scalar(_) | Flat::Array(_) | Flat::Object(_) => {
                vec![pair(&name, &joined(value, false, delimiter, delimiter))]
            }
        }
    }
}

/// `name[key]` and the value, for each value within; where the specification is silent, members of members get one more
/// bracket each, and `lists` says what the items of lists get. `bracket` writes a key between brackets.
pub(crate) fn deep(
    name: &str,
    value: Collected,
    lists: Lists,
    bracket: &dyn Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) -> Result<()> {
    match value {
        Collected::Null => {}
        Collected::File(_) => return Err(WireError::new("a value that a style can write", "a file")),
        Collected::Text(text) | Collected::Literal(text) => pairs.push((name.to_owned(), text)),
        Collected::Array(items) => {
            for (index, item) in items.into_iter().enumerate() {
                let inner = match lists {
                    Lists::Repeat => String::new(),
                    Lists::Brackets => bracket(""),
                    Lists::Indices => bracket(&index.to_string()),
                };
                deep(&format!("{name}{inner}"), item, lists, bracket, pairs)
                    .map_err(|error| error.within(PathSegment::Index(index)))?;
            }
        }
        Collected::Object(members) => {
            for (key, member) in members {
                deep(&format!("{name}{}", bracket(&key)), member, lists, bracket, pairs)
                    .map_err(|error| error.within(PathSegment::Key(key)))?;
            }
        }
    }
    Ok(())
}

/// The elements or members between `separator`s; key and value are joined with `=` if exploded, else with `inner`.
fn joined(value: Flat, explode: bool, separator: &str, inner: &str) -> String {
    match value {
        Flat::Scalar(text) => text,
        Flat::Array(items) => items.join(separator),
        Flat::Object(members) => {
            let inner = if explode { "=" } else { inner };
            let members: Vec<_> = members.iter().map(|(key, text)| format!("{key}{inner}{text}")).collect();
            members.join(separator)
        }
    }
}
