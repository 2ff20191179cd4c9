//! Plans request bodies: what takes each of the ways in which a body can be sent.
//!
//! In: the body of an operation. Out: for each way the method or setter that takes it, its type and how it is written.
//! The preferred way is the method of the operation's own name; others have a word more, so that one more way changes
//! no call. Never happens: an argument for a body that may be left out.

use clientwright_api::model::{self as api, BodyForm, Representation};

use super::{Planning, encodings, words};
use crate::docs;
use crate::lock::{self, Lock};
use crate::model::{Body, BodyEncoder, BodyMediaType, Ident, Part, RuntimeType, RustType};
use crate::names::Scope;

/// What follows the key of an operation in the key of a method that takes its body in another way.
pub(super) const METHOD_KEY: &str = "/body:";

/// The ways in which the body of an operation can be sent, the preferred one first.
pub(super) struct Ways<'a> {
    body: &'a api::Body,
    representations: Vec<&'a Representation>,
    /// Whether the method takes it.
    pub(super) required: bool,
}

impl<'a> Ways<'a> {
    /// The ways of an operation that has a body. What was preferred before still is, and what was an argument or a setter
    /// as well.
    pub(super) fn new(given: &Lock, operation: &'a api::Operation) -> Option<Self> {
        let body = operation.body.as_ref()?;
        let identity = operation.identity();
        let mut representations: Vec<&Representation> = body.representations.iter().collect();
        let names = given.parameters.get(&identity);
        let preferred =
            |way: &&Representation| names.and_then(|names| names.get(&key(way))).is_some_and(|name| name == "body");
        let before = representations.iter().position(preferred);
        let mut required = body.required;
        if let Some(place) = before {
            let way = representations.remove(place);
            required = given.arguments.get(&identity).is_some_and(|before| before.contains(&key(way)));
            representations.insert(0, way);
        }
        Some(Self { body, representations, required })
    }

    /// What the ways are known by.
    pub(super) fn keys(&self) -> impl Iterator<Item = String> {
        self.representations.iter().map(|way| key(way))
    }

    /// What the preferred way is known by.
    pub(super) fn preferred(&self) -> String {
        self.keys().next().unwrap_or_default()
    }
}

/// What a way to send a body is known by.
fn key(way: &Representation) -> String {
    lock::body_key(&way.media_type)
}

/// The names that bodies of one operation get.
pub(super) struct Names<'a> {
    /// What the operation is known by.
    pub(super) operation: &'a str,
    /// The operation's method.
    pub(super) method: &'a Ident,
    /// The argument or setter of a body.
    pub(super) body: &'a Ident,
    /// All methods of the client.
    pub(super) methods: &'a mut Scope,
    /// The arguments and setters of the operation.
    pub(super) parameters: &'a mut Scope,
}

impl Names<'_> {
    /// What takes a body: the preferred one, or another that a word tells from it.
    fn taking(&mut self, way: &Representation, required: bool, word: Option<&str>) -> Ident {
        match (required, word) {
            (true, None) => self.method.clone(),
            (false, None) => self.body.clone(),
            (true, Some(word)) => {
                let key = format!("{}{METHOD_KEY}{}", self.operation, way.media_type);
                self.methods.name_for(&key, &format!("{} {word}", self.method), "body")
            }
            (false, Some(word)) => self.parameters.name_for(&key(way), &format!("body {word}"), "body"),
        }
    }
}

/// Plans the body of an operation.
pub(super) fn plan(planning: &mut Planning<'_>, ways: &Ways<'_>, mut names: Names<'_>) -> Vec<Body> {
    let lines = docs::lines(&api::Docs { summary: None, description: ways.body.docs.description.clone() });
    let mut planned: Vec<Body> = Vec::new();
    for &representation in &ways.representations {
        let (rust_type, encoder) = written(planning, representation);
        let has_json = planned.iter().any(|known| known.encoder == BodyEncoder::Json);
        let word = (!planned.is_empty()).then(|| word(representation));
        planned.push(Body {
            method: names.taking(representation, ways.required, word.as_deref()),
            media_type: media_type(representation, names.parameters),
            also: representation.also.clone(),
            required: ways.required,
            docs: lines.clone(),
            rust_type,
            encoder: if has_json && encoder == BodyEncoder::Json { BodyEncoder::JsonAs } else { encoder },
            parts: parts(&representation.form),
            root: match &representation.form {
                BodyForm::Xml(_, root) => Some(root.clone()),
                BodyForm::Json(_)
                | BodyForm::Form(..)
                | BodyForm::Multipart(..)
                | BodyForm::Lines(..)
                | BodyForm::Text
                | BodyForm::Bytes => None,
            },
        });
    }
    planned
}

fn media_type(representation: &Representation, scope: &mut Scope) -> BodyMediaType {
    let stated = representation.media_type.clone();
    if stated.contains('*') {
        BodyMediaType::Asked(scope.name_for("(media type)", "media type", "body"), stated)
    } else {
        BodyMediaType::Known(stated)
    }
}

/// What tells a way in which a body can be sent from the preferred one.
fn word(representation: &Representation) -> String {
    match &representation.form {
        BodyForm::Form(..) => return "form".to_owned(),
        BodyForm::Multipart(..) => return "multipart".to_owned(),
        BodyForm::Bytes => return "bytes".to_owned(),
        BodyForm::Xml(..) => return "xml".to_owned(),
        BodyForm::Json(_) | BodyForm::Lines(..) | BodyForm::Text => {}
    }
    words::of_media_type(&representation.media_type)
}

fn written(planning: &mut Planning<'_>, way: &Representation) -> (RustType, BodyEncoder) {
    match &way.form {
        BodyForm::Json(value) => (planning.rust_type(value).outside(), BodyEncoder::Json),
        BodyForm::Xml(value, _) => {
            planning.xml = true;
            (planning.rust_type(value).outside(), BodyEncoder::Xml)
        }
        BodyForm::Form(value, _) => (planning.rust_type(value).outside(), BodyEncoder::Form),
        BodyForm::Multipart(value, ..) => {
            let is_form = way.media_type == "multipart/form-data";
            let encoder = if is_form { BodyEncoder::Multipart } else { BodyEncoder::MultipartAs };
            (planning.rust_type(value).outside(), encoder)
        }
        BodyForm::Lines(records, _) => (planning.rust_type(records).outside(), BodyEncoder::Lines),
        BodyForm::Text => (RustType::String, BodyEncoder::Bytes),
        BodyForm::Bytes => (RustType::Runtime(RuntimeType::Upload), BodyEncoder::Bytes),
    }
}

fn parts(form: &BodyForm) -> Vec<Part> {
    let (BodyForm::Form(_, parts) | BodyForm::Multipart(_, parts, _)) = form else { return Vec::new() };
    encodings::parts(parts)
}
