//! How every object is read: its keys against a table, its values by type.
//!
//! In: nodes. Out: their values, and a diagnostic where one is missing or of another type.
//! Never: a value that is not in the document.

use std::collections::{HashMap, HashSet};

use super::bodies_2_0::BodyPart;
use super::files::Files;
use super::media_types::MediaTypes;
use super::names::Names;
use super::shapes::Shape;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Severity, nearest, quoted};
use crate::model::{
    Document, Example, Extensions, HeaderId, Literal, MediaType, ParameterId, RequestBodyId, ResponseId, SchemaId,
};
use crate::source::{At, Kind, NodeRef, Number, Sources};

/// Reads one document.
pub(super) struct Reader<'a> {
    pub(super) sources: &'a Sources,
    pub(super) files: Files,
    pub(super) root: NodeRef<'a>,
    pub(super) document: Document,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was read already, by its node; `None` where it could not be read.
    pub(super) read: Memo,
    pub(super) names: Names,
    /// Schemas that have an id and wait to be read, so that depth costs no stack.
    pub(super) waiting: Vec<(SchemaId, NodeRef<'a>, &'static Shape)>,
    /// The media types that 2.0 states for bodies which do not state their own.
    pub(super) media_types: MediaTypes,
    /// Where each operation id stands first.
    pub(super) operation_ids: HashMap<&'a str, At>,
    /// What is read but not generated from: the first place, and how many there are.
    pub(super) links: Option<(At, usize)>,
    pub(super) callbacks: Option<(At, usize)>,
    pub(super) webhooks: Option<(At, usize)>,
    /// Where `allowReserved: false` has no meaning and no effect: the first place, and how many there are.
    pub(super) needless_allow_reserved: Option<(At, usize)>,
}

/// Entities by their nodes.
#[derive(Default)]
pub(super) struct Memo {
    pub(super) schemas: HashMap<At, Option<SchemaId>>,
    pub(super) parameters: HashMap<At, Option<ParameterId>>,
    pub(super) request_bodies: HashMap<At, Option<RequestBodyId>>,
    /// With the place of the media types that apply, where they do not stand in the response.
    pub(super) responses: HashMap<(At, At), Option<ResponseId>>,
    pub(super) media_types: HashMap<At, Option<MediaType>>,
    pub(super) body_parts: HashMap<At, Option<BodyPart>>,
    pub(super) headers: HashMap<At, Option<HeaderId>>,
    pub(super) examples: HashMap<At, Option<Example>>,
    /// Links and path items, of which nothing is kept here.
    pub(super) links: HashSet<At>,
    pub(super) path_items: HashSet<At>,
}

/// An object whose keys were checked.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
    pub(super) node: NodeRef<'a>,
    pub(super) shape: &'static Shape,
}

impl<'a> Object<'a> {
    pub(super) fn at(self) -> At {
        self.node.at()
    }

    /// The value under a key. A null says as much as no key at all; `value` reports it.
    pub(super) fn get(self, key: &str) -> Option<NodeRef<'a>> {
        self.node.get(key).filter(|value| value.kind() != Kind::Null)
    }
}

impl<'a> Reader<'a> {
    pub(super) fn new(sources: &'a Sources, files: Files, root: NodeRef<'a>) -> Self {
        Self {
            sources,
            files,
            root,
            document: Document::default(),
            diagnostics: Vec::new(),
            read: Memo::default(),
            names: Names::default(),
            waiting: Vec::new(),
            media_types: MediaTypes::default(),
            operation_ids: HashMap::new(),
            links: None,
            callbacks: None,
            webhooks: None,
            needless_allow_reserved: None,
        }
    }

    /// The version by which a node is read.
    pub(super) fn version(&self, node: NodeRef<'a>) -> Version {
        self.files.version(self.sources, node.at())
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Checks that a node is an object and that its keys are those of its shape. A reference is
    /// followed, also where the specification has none.
    pub(super) fn object(&mut self, node: NodeRef<'a>, shape: &'static Shape) -> Option<Object<'a>> {
        let node = if shape.keys.contains(&"$ref") { node } else { self.follow_misplaced(node, shape.name)? };
        if node.kind() != Kind::Object {
            self.wrong_type(node, "an object");
            return None;
        }
        let version = self.version(node);
        for (key, value) in node.entries() {
            if !key.starts_with("x-") && !shape.keys_in(version).any(|known| known == key) {
                self.unknown_key(key, value.at(), shape, version);
            }
        }
        Some(Object { node, shape })
    }

    /// The object under a key.
    pub(super) fn object_under(&mut self, object: Object<'a>, key: &str, shape: &'static Shape) -> Option<Object<'a>> {
        let node = self.value(object, key)?;
        self.object(node, shape)
    }

    /// A text. Scalars without quotes are taken as they are written.
    pub(super) fn string(&mut self, object: Object<'a>, key: &str) -> Option<String> {
        let node = self.value(object, key)?;
        self.text(node)
    }

    /// A text that has to be there.
    pub(super) fn required_string(&mut self, object: Object<'a>, key: &'static str) -> Option<String> {
        if object.get(key).is_none() {
            self.missing(object, key);
            return None;
        }
        self.string(object, key)
    }

    /// The text of a node.
    pub(super) fn text(&mut self, node: NodeRef<'a>) -> Option<String> {
        let node = self.follow_misplaced(node, "text")?;
        match node.kind() {
            Kind::String => node.as_str().map(str::to_owned),
            Kind::Number | Kind::Boolean => {
                let written = self.sources.written(node.at()).map(str::to_owned);
                let text = written.unwrap_or_else(|| node.to_json().to_string());
                let title = format!("expected a string, found {}", node.kind().name());
                let help = format!("put it in quotes: \"{text}\"");
                let label = format!("read as the text {}", quoted(&text));
                self.report(Diagnostic::new(Code::NotQuoted, title).at(node.at(), label).help(help));
                Some(text)
            }
            Kind::Null | Kind::List | Kind::Object => {
                self.wrong_type(node, "a string");
                None
            }
        }
    }

    /// A boolean; false where it is absent.
    pub(super) fn flag(&mut self, object: Object<'a>, key: &str) -> bool {
        self.boolean(object, key).unwrap_or_default()
    }

    /// A boolean.
    pub(super) fn boolean(&mut self, object: Object<'a>, key: &str) -> Option<bool> {
        let node = self.value(object, key)?;
        let repaired = match node.as_str() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) | None => None,
        };
        if let Some(value) = repaired {
            self.repaired(node, "a boolean", &value.to_string());
            return Some(value);
        }
        if node.as_bool().is_none() {
            self.wrong_type(node, "a boolean");
        }
        node.as_bool()
    }

    /// A number.
    pub(super) fn number(&mut self, object: Object<'a>, key: &str) -> Option<Number> {
        let node = self.value(object, key)?;
        let from_text = node.as_str().and_then(number_in);
        if let Some(number) = from_text {
            self.repaired(node, "a number", &number.to_string());
            return Some(number);
        }
        let number = node.as_number();
        if number.is_none() {
            self.wrong_type(node, "a number");
        }
        number
    }

    /// A whole number from 0.
    pub(super) fn count(&mut self, object: Object<'a>, key: &str) -> Option<u64> {
        let count = self.number(object, key)?.as_u64();
        if count.is_none()
            && let Some(node) = object.get(key)
        {
            self.report(
                Diagnostic::new(Code::InvalidValue, format!("{} has to be a whole number from 0", quoted(key)))
                    .at(node.at(), "left out")
                    .help("write a whole number, such as `1`"),
            );
        }
        count
    }

    /// One of a closed set of texts.
    pub(super) fn choice<T: Copy>(
        &mut self,
        object: Object<'a>,
        key: &str,
        choices: &[(&'static str, T)],
    ) -> Option<T> {
        let node = self.value(object, key)?;
        let text = self.text(node)?;
        if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text) {
            return Some(*value);
        }
        self.invalid_choice(key, node, &text, choices.iter().map(|(name, _)| *name));
        None
    }

    /// One of a set of texts that grew with the versions. One of a later version is read all the same, and reported.
    pub(super) fn choice_since<T: Copy>(
        &mut self,
        object: Object<'a>,
        key: &str,
        choices: &[(&'static str, T, Version)],
    ) -> Option<T> {
        let node = self.value(object, key)?;
        let text = self.text(node)?;
        let version = self.version(node);
        let Some((name, value, since)) = choices.iter().find(|(name, ..)| *name == text) else {
            let known = choices.iter().filter(|(.., since)| *since <= version).map(|(name, ..)| *name);
            self.invalid_choice(key, node, &text, known);
            return None;
        };
        if version < *since {
            let (since, version) = (since.as_str(), version.as_str());
            self.report(
                Diagnostic::new(Code::InvalidValue, format!("{} is of OpenAPI {since}", quoted(name)))
                    .severity(Severity::Note)
                    .at(node.at(), format!("expected a value of OpenAPI {version}; read all the same"))
                    .help("state a later version, or write another value"),
            );
        }
        Some(*value)
    }

    /// The members of an object under a key, such as `properties`.
    pub(super) fn members(&mut self, object: Object<'a>, key: &str) -> Vec<(&'a str, NodeRef<'a>)> {
        let Some(node) = self.value(object, key) else { return Vec::new() };
        if node.kind() != Kind::Object {
            self.wrong_type(node, "an object");
        }
        let is_reference = node.get("$ref").is_some_and(|reference| reference.kind() == Kind::String);
        let node = if is_reference { self.follow_misplaced(node, "map") } else { Some(node) };
        node.into_iter().flat_map(NodeRef::entries).collect()
    }

    /// The items of a list under a key.
    pub(super) fn items(&mut self, object: Object<'a>, key: &str) -> Vec<NodeRef<'a>> {
        let Some(node) = self.value(object, key) else { return Vec::new() };
        if node.kind() != Kind::List {
            self.wrong_type(node, "a list");
        }
        node.items().collect()
    }

    /// The texts of a list under a key.
    pub(super) fn strings(&mut self, object: Object<'a>, key: &str) -> Vec<String> {
        self.items(object, key).into_iter().filter_map(|item| self.text(item)).collect()
    }

    /// The `x-…` members.
    pub(super) fn extensions(object: Object<'a>) -> Extensions {
        let extensions = object.node.entries().filter(|(key, _)| key.starts_with("x-"));
        extensions.map(|(key, value)| (key.to_owned(), value.to_value())).collect()
    }

    /// The value under a key, reported where it is null.
    pub(super) fn value(&mut self, object: Object<'a>, key: &str) -> Option<NodeRef<'a>> {
        let node = object.node.get(key)?;
        if node.kind() != Kind::Null {
            return Some(node);
        }
        let diagnostic = Diagnostic::new(Code::WrongType, format!("{} has no value", quoted(key)));
        self.report(
            diagnostic
                .severity(Severity::Note)
                .at(node.at().key(), "expected a value, found null; read as if the key were not there")
                .help("write a value, or remove the key"),
        );
        None
    }

    pub(super) fn wrong_type(&mut self, node: NodeRef<'a>, expected: &str) {
        let found = node.kind().name();
        let title = match node.key() {
            Some(key) => format!("{} has a value of the wrong type", quoted(key)),
            None => "the value is of the wrong type".to_owned(),
        };
        let label = format!("expected {expected}, found {found}; left out");
        let help = format!("write {expected} here");
        self.report(Diagnostic::new(Code::WrongType, title).at(node.at(), label).help(help));
    }

    /// Reports two keys of which only one may stand in an object: the one that counts, and what becomes of the other.
    pub(super) fn check_exclusive(&mut self, object: Object<'a>, keys: (&str, &str), severity: Severity, fate: &str) {
        let (counts, other) = keys;
        let (Some(first), Some(second)) = (object.node.get(counts), object.node.get(other)) else { return };
        self.report(
            Diagnostic::new(Code::InvalidValue, format!("{} and {} exclude each other", quoted(counts), quoted(other)))
                .severity(severity)
                .at(second.at().key(), format!("expected one of the two, found both; {fate}"))
                .also(first.at().key(), "the other one")
                .help("remove one of the two"),
        );
    }

    /// Reports an enumeration of nothing.
    pub(super) fn report_no_values(&mut self, node: NodeRef<'a>) {
        self.report(
            Diagnostic::new(Code::InvalidValue, "`enum` has no values")
                .at(node.at(), "expected a list of at least one value; left out")
                .help("list the values, or remove the key"),
        );
    }

    pub(super) fn missing(&mut self, object: Object<'a>, key: &'static str) {
        let diagnostic = self.missing_diagnostic(object, key);
        self.report(diagnostic);
    }

    /// A missing key, for which a default is taken.
    pub(super) fn missing_with_default(&mut self, object: Object<'a>, key: &'static str, default: &str) {
        let diagnostic = self.missing_diagnostic(object, key).severity(Severity::Note);
        self.report(diagnostic.note(format!("read as {default}")));
    }

    #[expect(clippy::unused_self, reason = "a diagnostic belongs to a reader")]
    fn missing_diagnostic(&self, object: Object<'a>, key: &'static str) -> Diagnostic {
        let name = object.shape.name;
        Diagnostic::new(Code::MissingKey, format!("{} is missing", quoted(key)))
            .at(object.at(), format!("expected {} in this {name}, found none", quoted(key)))
            .help(format!("add {}", quoted(key)))
    }

    fn repaired(&mut self, node: NodeRef<'a>, expected: &str, value: &str) {
        self.report(
            Diagnostic::new(Code::WrongType, format!("expected {expected}, found a string"))
                .severity(Severity::Note)
                .at(node.at(), format!("read as {value}"))
                .help(format!("remove the quotes: {value}")),
        );
    }

    pub(super) fn invalid_choice(
        &mut self,
        key: &str,
        node: NodeRef<'a>,
        found: &str,
        choices: impl Iterator<Item = &'static str> + Clone,
    ) {
        let allowed = choices.clone().map(quoted).collect::<Vec<_>>().join(", ");
        let help = match nearest(found, choices) {
            Some(near) => format!("did you mean {}?", quoted(near)),
            None => format!("write one of {allowed}"),
        };
        self.report(
            Diagnostic::new(Code::InvalidValue, format!("{} is not a value of {}", quoted(found), quoted(key)))
                .at(node.at(), format!("expected one of {allowed}"))
                .help(help),
        );
    }

    fn unknown_key(&mut self, key: &str, at: At, shape: &'static Shape, version: Version) {
        let name = shape.name;
        let diagnostic = if shape.knows(key) {
            let version = version.as_str();
            Diagnostic::new(Code::UnknownKey, format!("{} is of a later version of OpenAPI", quoted(key)))
                .at(
                    at.key(),
                    format!("OpenAPI {version} has no such key in a {name}; read by the later rules, where possible"),
                )
                .help("state a later version, or remove the key")
        } else if shape.had(key) {
            Diagnostic::new(Code::UnknownKey, format!("{} is of OpenAPI 2.0", quoted(key)))
                .at(at.key(), format!("OpenAPI {} has no such key in a {name}; ignored", version.as_str()))
                .help("write what took its place in 3.0, or remove the key")
        } else {
            let help = match nearest(key, shape.keys_in(version)) {
                Some(near) => format!("did you mean {}?", quoted(near)),
                None => "remove the key, or let it begin with `x-`".to_owned(),
            };
            Diagnostic::new(Code::UnknownKey, format!("{} has no meaning here", quoted(key)))
                .at(at.key(), format!("expected a key of the {name}; ignored"))
                .help(help)
        };
        self.report(diagnostic);
    }
}

/// A node as a value with its place.
pub(super) fn literal(node: NodeRef<'_>) -> Literal {
    Literal { at: node.at(), value: node.to_value() }
}

/// A number in quotes.
fn number_in(text: &str) -> Option<Number> {
    if let Ok(value) = text.parse() {
        return Some(Number::Unsigned(value));
    }
    if let Ok(value) = text.parse() {
        return Some(Number::Signed(value));
    }
    let starts_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    let value = text.parse::<f64>().ok().filter(|value| starts_number && value.is_finite())?;
    Some(Number::Float(value))
}
