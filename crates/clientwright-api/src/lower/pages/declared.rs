//! Reads what a document says of its pages: `x-clientwright-pages`.
//!
//! In: the value of the key, and the operation it stands at. Out: how the operation gives its list. Never happens: a
//! parameter or a member that is not there; each is reported, and the operation then gives one page.

use clientwright_document::source::Value;
use indexmap::IndexMap;

use super::members::{self, answer};
use crate::lower::{Lowering, extensions};
use crate::model::{Api, Location, NextPage, Operation, Paging, Path, Place};

/// The keys that may be said.
const KEYS: &[&str] = &[
    "items",
    "number",
    "offset",
    "cursor",
    "after",
    "next",
    "id",
    "link",
    "more",
    "total",
    "last",
    "limit",
    "from-zero",
];

/// How an operation gives its list; none where it says `false`, or something that is not understood.
pub(super) fn read(lowering: &mut Lowering<'_>, api: &Api, operation: &Operation, said: &Value) -> Option<Paging> {
    let reading = Reading { api, operation };
    let read = match said {
        Value::Bool(false) => return None,
        Value::Object(members) => reading.paging(members),
        Value::Null | Value::Bool(true) | Value::Number(_) | Value::String(_) | Value::List(_) => {
            Err(format!("expected an object or `false`, found {}", said.kind_name()))
        }
    };
    read.map_err(|problem| extensions::report(lowering, operation.at, extensions::PAGES, &problem)).ok()
}

struct Reading<'a> {
    api: &'a Api,
    operation: &'a Operation,
}

type Members = IndexMap<String, Value>;

impl Reading<'_> {
    fn paging(&self, said: &Members) -> Result<Paging, String> {
        if let Some(unknown) = said.keys().find(|key| !KEYS.contains(&key.as_str())) {
            return Err(format!("found `{unknown}`, expected {}", KEYS.join(", ")));
        }
        let items = self.member(said, "items")?.unwrap_or_default();
        let value = answer(self.operation).and_then(|answer| members::at(self.api, answer, &items));
        if value.and_then(|value| members::list(self.api, value)).is_none() {
            return Err("expected `items` to name a list of the answer".to_owned());
        }
        Ok(Paging {
            next: self.next(said)?,
            items,
            more: self.member(said, "more")?,
            total: self.member(said, "total")?,
            last: self.member(said, "last")?,
            limit: self.place(said, "limit")?,
            from_zero: said.get("from-zero") == Some(&Value::Bool(true)),
        })
    }

    fn next(&self, said: &Members) -> Result<NextPage, String> {
        let next = self.member(said, "next")?;
        if let Some(place) = self.place(said, "number")? {
            return Ok(NextPage::Number(place));
        }
        if let Some(place) = self.place(said, "offset")? {
            return Ok(NextPage::Offset(place));
        }
        if let Some(place) = self.place(said, "cursor")? {
            let from = next.ok_or("expected `next` beside `cursor`: where an answer gives the cursor")?;
            return Ok(NextPage::Cursor(place, from));
        }
        if let Some(place) = self.place(said, "after")? {
            let id = said.get("id").and_then(path).unwrap_or_else(|| vec!["id".to_owned()]);
            return Ok(NextPage::LastItem(place, id));
        }
        match (next, said.get("link")) {
            (Some(link), _) => Ok(NextPage::LinkIn(link)),
            (None, Some(Value::Bool(true))) => Ok(NextPage::LinkHeader),
            (None, _) => Err("expected `number`, `offset`, `cursor`, `after`, `next` or `link: true`".to_owned()),
        }
    }

    /// A member of the answer.
    fn member(&self, said: &Members, key: &str) -> Result<Option<Path>, String> {
        let Some(value) = said.get(key) else { return Ok(None) };
        let wrong = || format!("expected `{key}` to name a member of the answer");
        let path = path(value).ok_or_else(wrong)?;
        let found = answer(self.operation).and_then(|answer| members::at(self.api, answer, &path));
        // What has no type cannot be looked into.
        if found.is_some() { Ok(Some(path)) } else { Err(wrong()) }
    }

    /// A parameter, or a member of the body.
    fn place(&self, said: &Members, key: &str) -> Result<Option<Place>, String> {
        let Some(value) = said.get(key) else { return Ok(None) };
        let wrong =
            || format!("expected `{key}` to name a parameter in the query or a header, or a member of the body");
        let name = value.as_str().unwrap_or_default();
        let mut parameters = self.operation.parameters.iter();
        if let Some(found) = parameters.find(|one| one.name == name) {
            match found.location {
                Location::Query => return Ok(Some(Place::Query(name.to_owned()))),
                Location::Header => return Ok(Some(Place::Header(name.to_owned()))),
                Location::Path | Location::Cookie | Location::QueryString => {}
            }
        }
        let path = path(value).ok_or_else(wrong)?;
        let first = path.first().map(String::as_str);
        let body = members::sent(self.api, self.operation);
        let known = body.is_some_and(|body| body.properties.iter().any(|member| Some(member.key.as_str()) == first));
        if known { Ok(Some(Place::Body(path))) } else { Err(wrong()) }
    }
}

/// Keys between dots, or a list of keys.
pub(in crate::lower) fn path(value: &Value) -> Option<Path> {
    match value {
        Value::String(text) => Some(text.split('.').map(str::to_owned).collect()),
        Value::List(keys) => keys.iter().map(|key| key.as_str().map(str::to_owned)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}
