//! Documents in a form in which two can be compared.
//!
//! In: a document. Out: each of its parts as text, by a name that does not depend on the order in
//! which it was read: ids are replaced by what they stand for, places are left out. Never: a
//! reference followed, so that circles end.

use std::collections::BTreeMap;
use std::fmt::Debug;

use clientwright_document::Document;
use clientwright_document::model::{HeaderId, Id as _, ParameterId, RequestBodyId, ResponseId, SchemaId};

/// The parts of a document by their names.
pub(super) fn normal(document: &Document) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    let mut add = |name: String, part: &dyn Debug| {
        parts.insert(name, Writer { document, text: String::new() }.debug(part));
    };
    add("info".to_owned(), &document.info);
    add("servers".to_owned(), &document.servers);
    add("tags".to_owned(), &document.tags);
    add("security".to_owned(), &document.security);
    add("externalDocs".to_owned(), &document.external_docs);
    add("extensions".to_owned(), &document.extensions);
    for (name, scheme) in &document.security_schemes {
        add(format!("scheme {name}"), scheme);
    }
    for (name, id) in &document.named_schemas {
        add(format!("schema {name}"), &document.schemas[*id]);
    }
    for item in &document.paths {
        for operation in item.operations.iter().map(|id| &document.operations[*id]) {
            add(format!("{} {}", operation.method, operation.path), operation);
        }
        let mut item = item.clone();
        item.operations.clear();
        add(format!("path {}", item.path), &item);
    }
    parts
}

/// Writes values as `Debug` does, and what their ids mean in place of these.
struct Writer<'d> {
    document: &'d Document,
    text: String,
}

impl Writer<'_> {
    fn debug(mut self, value: &dyn Debug) -> String {
        self.write(value);
        self.text
    }

    fn write(&mut self, value: &dyn Debug) {
        let written = format!("{value:?}");
        let mut rest = written.as_str();
        let mut word = "";
        while !rest.is_empty() {
            let (token, after) = rest.split_at(end_of_token(rest));
            let inner = after.strip_prefix('(').and_then(|inner| inner.split_once(')'));
            rest = match inner {
                Some((number, behind)) if self.replace(token, number, word == "target") => behind,
                Some(_) | None => {
                    self.text.push_str(token);
                    after
                }
            };
            word = if token.starts_with(char::is_alphanumeric) { token } else { word };
        }
    }

    /// Writes what an id means, or a number in the one form that all numbers have.
    fn replace(&mut self, word: &str, number: &str, is_target: bool) -> bool {
        let Ok(value) = number.parse::<f64>() else { return false };
        let id = number.parse().unwrap_or_default();
        let document = self.document;
        match word {
            "At" => {}
            // A reference says what it means by its text.
            "SchemaId" if is_target => {}
            "SchemaId" => self.schema(SchemaId::from_index(id)),
            "ParameterId" => self.write(&document.parameters[ParameterId::from_index(id)]),
            "RequestBodyId" => self.write(&document.request_bodies[RequestBodyId::from_index(id)]),
            "ResponseId" => self.write(&document.responses[ResponseId::from_index(id)]),
            "HeaderId" => self.write(&document.headers[HeaderId::from_index(id)]),
            "Unsigned" | "Signed" | "Float" => self.text.push_str(&value.to_string()),
            _ => return false,
        }
        true
    }

    /// A schema without a name; one with a name is a part of its own.
    fn schema(&mut self, id: SchemaId) {
        let schema = &self.document.schemas[id];
        match &schema.component {
            Some(name) => self.text.push_str(name),
            None => self.write(schema),
        }
    }
}

/// Where a text in quotes ends, or a word, or a single character of anything else.
fn end_of_token(rest: &str) -> usize {
    if !rest.starts_with('"') {
        let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
        return end.max(rest.chars().next().map_or(0, char::len_utf8));
    }
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(index, _)| index + 1)
}
