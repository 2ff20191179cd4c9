//! Forms: `application/x-www-form-urlencoded`.
//!
//! In: an object, and what is special about its members. Out: the text of the body. A member is written as WHATWG URL
//! says, arrays with their key repeated and what is nested as JSON; or, where the document gives it a style, as a
//! parameter of a query (RFC 6570). Never happens: a byte that could end a pair left unencoded.

use crate::parameter::{Collected, Encoded, collect, percent, styled};
use crate::part::Part;
use crate::wire::{Encode, PathSegment, Result, WireError, json};

/// Writes an object as a form.
pub(crate) fn write(value: &dyn Encode, parts: &[Part]) -> Result<String> {
    let Collected::Object(members) = collect(value)? else {
        return Err(WireError::new("an object", "another value"));
    };
    let mut pairs = Vec::with_capacity(members.len());
    for (key, member) in members {
        let part = Part::find(parts, &key);
        let written = match part.as_parameter() {
            Some(parameter) => styled(&parameter, member).map(|encoded| match encoded {
                Some(Encoded::Pairs(pairs)) => pairs,
                Some(Encoded::Text(text)) => vec![text],
                None => Vec::new(),
            }),
            None => plain(&key, member, part),
        };
        pairs.extend(written.map_err(|error| error.within(PathSegment::Key(key)))?);
    }
    Ok(pairs.join("&"))
}

fn plain(key: &str, member: Collected, part: Part) -> Result<Vec<String>> {
    let mut pairs = Vec::new();
    for item in member.into_items() {
        let text = match item {
            Collected::Null => continue,
            Collected::Text(text) | Collected::Literal(text) if part.json().is_none() => text,
            Collected::Text(_)
            | Collected::Literal(_)
            | Collected::File(_)
            | Collected::Array(_)
            | Collected::Object(_) => json::to_string(&item)?,
        };
        pairs.push(format!("{}={}", percent::form(key), percent::form(&text)));
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::operation::Style;
    use crate::wire::{Field, FilePart, Writer};

    struct Body;

    impl Encode for Body {
        fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
            let address: BTreeMap<String, String> = [("a b".to_owned(), "c&d".to_owned())].into();
            let members: [(&str, &dyn Encode); 6] = [
                ("na me", &"Zoë ~*&=+%".to_owned()),
                ("tags", &vec!["a b".to_owned(), "c".to_owned()]),
                ("address", &address),
                ("lines", &vec![vec![1_i64]]),
                ("nothing", &Field::<String>::Null),
                ("photo", &FilePart::new("text")),
            ];
            writer.begin_object()?;
            for (key, value) in members {
                writer.key(key)?;
                value.encode(writer)?;
            }
            writer.end_object()
        }
    }

    #[test]
    fn members_are_encoded_as_whatwg_says() {
        let expected = "na+me=Zo%C3%AB+%7E*%26%3D%2B%25&tags=a+b&tags=c\
            &address=%7B%22a+b%22%3A%22c%26d%22%7D&lines=%5B1%5D&photo=text";
        assert_eq!(write(&Body, &[]).unwrap(), expected);
    }

    #[test]
    fn members_with_a_style_are_encoded_as_parameters() {
        let stated = [
            Part::new("tags").style(Style::Form).explode(false),
            Part::each(&["owner", "address"]).style(Style::DeepObject),
            Part::new("lines").media_type("application/json"),
        ];
        let expected = "na+me=Zo%C3%AB+%7E*%26%3D%2B%25&tags=a%20b,c&address%5Ba%20b%5D=c%26d&lines=%5B1%5D&photo=text";
        assert_eq!(write(&Body, &stated).unwrap(), expected);
        let reserved = [Part::new("na me").style(Style::Form).allow_reserved()];
        assert!(write(&Body, &reserved).unwrap().starts_with("na%20me=Zo%C3%AB%20~*%26%3D%2B%25&"));
        let nested = write(&Body, &[Part::new("lines").style(Style::Form)]).unwrap_err();
        assert_eq!(nested.path(), "lines[0]");
    }

    #[test]
    fn only_objects_are_forms() {
        assert!(write(&5_i64, &[]).is_err());
    }
}
