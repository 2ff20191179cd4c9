//! Says of a document what it does not say itself: its `x-clientwright-…` keys, written elsewhere.
//!
//! In: a document, and statements about it, its operations, parameters, schemas and security schemes. Out: the same
//! document with the keys in their places, so that lowering finds them there. Never happens: a statement about what is not
//! there, or with a key that has no meaning there, that is passed over.

use clientwright_document::diagnostic::{Setting, nearest};
use clientwright_document::model::{Document, Extensions, OperationId, ParameterId, ParameterValue, SchemaId};
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic, Outcome, Severity};

use crate::lower::extensions;
use crate::select::{Selector, unused};

/// What a person says of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Of the whole.
    pub document: Vec<Statement>,
    /// Of operations, by what selects them.
    pub operations: Vec<(Setting<Selector>, Vec<Statement>)>,
    /// Of parameters: `listPets.sold`.
    pub parameters: Vec<(Setting<String>, Vec<Statement>)>,
    /// Of schemas: `Pet`, and `Pet.sold` for what is described within it.
    pub schemas: Vec<(Setting<String>, Vec<Statement>)>,
    /// Of security schemes.
    pub security: Vec<(Setting<String>, Vec<Statement>)>,
}

/// A key without `x-clientwright-`, and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The key.
    pub key: Setting<String>,
    /// Its value.
    pub value: SaidValue,
}

/// The value of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaidValue {
    /// `true` or `false`.
    Flag(bool),
    /// A text.
    Text(String),
    /// Values one after the other.
    List(Vec<SaidValue>),
    /// Values by keys.
    Table(Vec<(String, SaidValue)>),
}

impl From<bool> for SaidValue {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<&str> for SaidValue {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl<V: Into<SaidValue>, const N: usize> From<[(&str, V); N]> for SaidValue {
    fn from(members: [(&str, V); N]) -> Self {
        Self::Table(members.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect())
    }
}

impl SaidValue {
    fn in_document(&self) -> Value {
        match self {
            Self::Flag(value) => Value::Bool(*value),
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => Value::List(items.iter().map(Self::in_document).collect()),
            Self::Table(members) => {
                Value::Object(members.iter().map(|(key, value)| (key.clone(), value.in_document())).collect())
            }
        }
    }
}

/// Puts statements into a document.
///
/// The outcome always has a value: a statement that has no place is reported as an error.
pub fn say(mut document: Document, said: &Said) -> Outcome<Document> {
    let mut diagnostics = Vec::new();
    put(&mut document.extensions, &said.document, extensions::OF_DOCUMENT, &mut diagnostics);
    let documented: Vec<OperationId> = document.paths.iter().flat_map(|item| item.operations.clone()).collect();
    for (selector, statements) in &said.operations {
        let found: Vec<OperationId> =
            documented.iter().copied().filter(|&id| selector.value.matches(&document.operations[id])).collect();
        if found.is_empty() {
            let all: Vec<_> = documented.iter().map(|&id| &document.operations[id]).collect();
            diagnostics.extend(unused(selector, &all));
        }
        for (place, id) in found.into_iter().enumerate() {
            let mut once = Vec::new();
            put(&mut document.operations[id].extensions, statements, extensions::OF_OPERATION, &mut once);
            diagnostics.extend(if place == 0 { once } else { Vec::new() });
        }
    }
    let known: Vec<String> = document.security_schemes.keys().cloned().collect();
    for (name, statements) in &said.security {
        match document.security_schemes.get_mut(&name.value) {
            Some(scheme) => put(&mut scheme.extensions, statements, extensions::OF_KEY, &mut diagnostics),
            None => diagnostics.push(missing(name, "security scheme", &known)),
        }
    }
    let known: Vec<String> = document.named_schemas.keys().cloned().collect();
    for (name, statements) in &said.schemas {
        match schema(&document, &name.value) {
            Some(id) => put(&mut document.schemas[id].extensions, statements, extensions::OF_SCHEMA, &mut diagnostics),
            None => diagnostics.push(missing(name, "schema", &known)),
        }
    }
    let known: Vec<(String, ParameterId)> = parameters(&document).collect();
    for (name, statements) in &said.parameters {
        if let Some(&(_, id)) = known.iter().find(|(known, _)| *known == name.value) {
            say_of_parameter(&mut document, id, statements, &mut diagnostics);
        } else {
            let known: Vec<String> = known.iter().map(|(name, _)| name.clone()).collect();
            diagnostics.push(missing(name, "parameter", &known));
        }
    }
    Outcome::new(document, diagnostics)
}

/// Puts statements in their place, in that of the document's own.
fn put(place: &mut Extensions, statements: &[Statement], known: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    for Statement { key, value } in statements {
        let name = format!("{}{}", extensions::PREFIX, key.value);
        if known.contains(&name.as_str()) {
            place.insert(name, value.in_document());
            continue;
        }
        let known: Vec<&str> = known.iter().filter_map(|known| known.strip_prefix(extensions::PREFIX)).collect();
        let title = format!("`{}` has no meaning here", key.value);
        let label = format!("expected {}", known.join(", "));
        diagnostics.push(Diagnostic::new(Code::UnusedSetting, title).severity(Severity::Error).set(key, label));
    }
}

fn missing(name: &Setting<String>, what: &str, known: &[String]) -> Diagnostic {
    let title = format!("the document has no {what} `{}`", name.value);
    let diagnostic = Diagnostic::new(Code::UnusedSetting, title).severity(Severity::Error).set(name, "matches nothing");
    match nearest(&name.value, known.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("write it as the document does"),
    }
}

/// Puts statements about a parameter into it, or into its schema where they are about its value.
fn say_of_parameter(
    document: &mut Document,
    id: ParameterId,
    statements: &[Statement],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let is_own = |statement: &&Statement| {
        let own = extensions::OF_PARAMETER.iter().filter_map(|known| known.strip_prefix(extensions::PREFIX));
        own.into_iter().any(|known| known == statement.key.value)
    };
    let (own, of_schema): (Vec<&Statement>, Vec<&Statement>) = statements.iter().partition(is_own);
    let own: Vec<Statement> = own.into_iter().cloned().collect();
    let of_schema: Vec<Statement> = of_schema.into_iter().cloned().collect();
    let parameter = &mut document.parameters[id];
    put(&mut parameter.extensions, &own, extensions::OF_PARAMETER, diagnostics);
    let schema = match &parameter.value {
        ParameterValue::Schema(schema) => Some(*schema),
        ParameterValue::Content(content) => content.schema,
        ParameterValue::Unspecified => None,
    };
    match schema {
        Some(schema) => {
            // What is the parameter's own is not among these any more, but may be what was meant.
            let known = [extensions::OF_PARAMETER, extensions::OF_SCHEMA].concat();
            put(&mut document.schemas[schema].extensions, &of_schema, &known, diagnostics);
        }
        None => put(&mut Extensions::new(), &of_schema, extensions::OF_PARAMETER, diagnostics),
    }
}

/// The parameters of operations, each by its operation's identity and its name.
fn parameters(document: &Document) -> impl Iterator<Item = (String, ParameterId)> {
    document.paths.iter().flat_map(move |item| {
        item.operations.iter().flat_map(move |&id| {
            let operation = &document.operations[id];
            let identity =
                operation.operation_id.clone().unwrap_or_else(|| format!("{} {}", operation.method, operation.path));
            let parameters = item.parameters.iter().chain(&operation.parameters);
            parameters.map(move |&id| (format!("{identity}.{}", document.parameters[id].name), id))
        })
    })
}

/// The schema of a name, and the way down from there.
fn schema(document: &Document, name: &str) -> Option<SchemaId> {
    let below = |component: &str| {
        let rest = name.strip_prefix(component)?;
        if rest.is_empty() { Some("") } else { rest.strip_prefix('.') }
    };
    let mut found = document.named_schemas.iter().filter_map(|(component, &id)| Some((id, below(component)?)));
    found.find_map(|(id, way)| {
        way.split('.').filter(|key| !key.is_empty()).try_fold(id, |id, key| member(document, id, key))
    })
}

/// How many references and parts are looked through for a member.
const MOST_STEPS: usize = 64;

/// The member of an object, or of what a list holds; references and parts are looked through.
fn member(document: &Document, id: SchemaId, key: &str) -> Option<SchemaId> {
    let mut list = vec![id];
    for place in 0..MOST_STEPS {
        let schema = &document.schemas[*list.get(place)?];
        if let Some(&found) = schema.properties.get(key) {
            return Some(found);
        }
        list.extend(schema.reference.iter().map(|reference| reference.target));
        list.extend(schema.all_of.iter().chain(&schema.items).copied());
    }
    None
}
