//! Lowers a document: types first, then the operations that use them.
//!
//! In: a [`Document`]. Out: an [`Api`] and everything that was found on the way. Never happens: recursion along
//! references; what a reference names is put on a list, so that cycles of any shape end.

mod alias;
mod bodies;
mod choice;
mod enumeration;
mod envelopes;
pub(crate) mod extensions;
mod files;
mod homes;
mod media;
mod merge;
mod merge_patch;
mod nesting;
mod not_expressed;
mod null;
mod object;
mod operation;
mod pages;
mod parameters;
mod parts;
mod paths;
mod responses;
mod schema;
mod schemas;
mod security;
mod server;
mod streams;
mod subtypes;
mod tags;
mod union;
mod usage;
mod views;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use clientwright_document::model::{Document, Id as _, Schema, SchemaId};
use clientwright_document::source::At;
use clientwright_document::{Code, Diagnostic, Outcome};

use self::schemas::Schemas;
use crate::model::{Api, Docs, Limits, Name, Origin, Type, TypeId};

/// Lowers a document into the model that knows no `OpenAPI`.
///
/// The outcome always has a value: what cannot be expressed is left out or widened, with a diagnostic.
pub fn lower(document: &Document) -> Outcome<Api> {
    lower_again(document, &|_| None)
}

/// Lowers a document of which callers have relied on something: `settled` says of a type that is sent whether it is a view
/// of its own, `PetInput` beside `Pet`, and nothing of types that are new.
///
/// The outcome always has a value: what cannot be expressed is left out or widened, with a diagnostic.
pub fn lower_again(document: &Document, settled: &dyn Fn(&Name) -> Option<bool>) -> Outcome<Api> {
    let mut lowering = Lowering::new(document);
    for (name, &id) in &document.named_schemas {
        lowering.component(name, id);
        lowering.finish_components();
    }
    not_expressed::report(&mut lowering);
    let mut operations = operation::lower_all(&mut lowering);
    let security_schemes = security::schemes(&mut lowering);
    let servers = server::lower_all(&mut lowering);
    let mut types = std::mem::take(&mut lowering.types.done);
    files::mark(&mut types, &mut operations);
    usage::mark(&mut types, &operations);
    views::split(&mut types, &mut operations, settled);
    lowering.diagnostics.extend(merge_patch::open(&mut types, &operations));
    xml::settle(&mut lowering, &mut types, &operations);
    let opened = alias::open_cycles(&mut types);
    let mut api = Api {
        info: document.info.clone(),
        servers,
        security_schemes,
        tags: document
            .tags
            .iter()
            .map(|tag| (tag.name.clone(), tag.description.clone().or(tag.summary.clone())))
            .collect(),
        operations,
        delivers: delivers(document),
        types,
    };
    for at in opened {
        lowering.unsupported(
            at,
            "a list or map that contains itself, with no object on the way,",
            "becomes untyped JSON",
        );
    }
    if lowering.schemas.has_too_many_parts() {
        let label = "what the parts say that came last is left out";
        lowering.unsupported(document.at, "`allOf` of so many parts of parts", label);
    }
    pages::find(&mut lowering, &mut api);
    envelopes::open(&mut lowering, &mut api);
    streams::find_switches(&mut api);
    let nested = nesting::report(&api);
    lowering.diagnostics.extend(nested);
    Outcome::new(api, lowering.diagnostics)
}

/// What is known while a document is lowered.
struct Lowering<'a> {
    document: &'a Document,
    schemas: Schemas<'a>,
    /// What schemas within components are called.
    homes: BTreeMap<usize, Name>,
    subtypes: subtypes::Subtypes,
    types: Types,
    /// What is known of schemas, and what they demand, where it took more than a look at them.
    facts: BTreeMap<usize, choice::Facts>,
    limits: BTreeMap<usize, Limits>,
    diagnostics: Vec<Diagnostic>,
    /// Responses that several operations refer to, and of which it was told that some media types are not asked for, or
    /// that the one which is asked for is not read as its schema says.
    told: BTreeSet<At>,
    told_unread: BTreeSet<At>,
}

/// The types, made and promised.
#[derive(Default)]
struct Types {
    done: Vec<Type>,
    /// Which type a schema became or will become.
    of_schema: BTreeMap<usize, TypeId>,
    /// Schemas without a name that are being looked at, what they will be called, and whether they were met again
    /// meanwhile.
    open: BTreeMap<usize, (Name, bool)>,
    /// Components that were promised a type and have not been looked at.
    pending: Vec<(SchemaId, TypeId)>,
}

impl<'a> Lowering<'a> {
    fn new(document: &'a Document) -> Self {
        Self {
            document,
            schemas: Schemas::new(document),
            homes: homes::homes(document),
            subtypes: subtypes::Subtypes::new(document),
            types: Types::default(),
            facts: BTreeMap::new(),
            limits: BTreeMap::new(),
            diagnostics: Vec::new(),
            told: BTreeSet::new(),
            told_unread: BTreeSet::new(),
        }
    }

    fn schema(&self, id: SchemaId) -> &Schema {
        self.schemas.get(id)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a keyword or a combination of them that has no type yet.
    fn unsupported(&mut self, at: At, what: &str, instead: &str) {
        let title = format!("{what} cannot be expressed yet");
        self.report(Diagnostic::new(Code::UnsupportedSchema, title).at(at, instead).help(
            "the value stays reachable as untyped JSON; describe it with a type, properties or an enum of texts for more",
        ));
    }

    /// The type of a component, promised where it is not made yet.
    fn component(&mut self, name: &str, id: SchemaId) -> TypeId {
        if let Some(&known) = self.types.of_schema.get(&id.index()) {
            return known;
        }
        let name = Name { origin: Origin::Component(name.to_owned()), path: Vec::new() };
        let promised = self.promise(id, name);
        self.types.pending.push((id, promised));
        promised
    }

    /// Makes a place for the type of a schema, so that the type may contain itself.
    fn promise(&mut self, id: SchemaId, name: Name) -> TypeId {
        let schema = self.schema(id);
        let placeholder = Type {
            at: schema.at,
            name,
            docs: docs(schema),
            deprecated: schema.deprecated,
            sent: false,
            received: false,
            kind: crate::model::TypeKind::Object(crate::model::Object::default()),
            view_of: None,
        };
        let promised = TypeId(u32::try_from(self.types.done.len()).unwrap_or(u32::MAX));
        self.types.done.push(placeholder);
        self.types.of_schema.insert(id.index(), promised);
        promised
    }

    /// Makes the types of all components that were promised one.
    fn finish_components(&mut self) {
        while let Some((schema, promised)) = self.types.pending.pop() {
            let Some(name) = self.types.done.get(promised.0 as usize).map(|made| made.name.clone()) else { continue };
            let kind = self.kind(schema, &name);
            if let Some(made) = self.types.done.get_mut(promised.0 as usize) {
                made.kind = kind;
            }
        }
    }
}

/// Whether a server makes requests of its own.
fn delivers(document: &Document) -> bool {
    !document.webhooks.is_empty() || document.operations.iter().any(|(_, operation)| operation.callbacks > 0)
}

/// What a schema says about itself.
fn docs(schema: &Schema) -> Docs {
    Docs { summary: schema.title.clone(), description: schema.description.clone() }
}
