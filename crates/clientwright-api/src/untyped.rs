//! Where a client meets untyped JSON, and why.
//!
//! In: a document, and the API that was made of it. Out: each place where anything may stand, with the reason that the
//! document gives for it. Never happens: a question to lowering. The schemas are looked at once more, so that a type
//! which lowering loses is seen here.

mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use clientwright_document::diagnostic::Place;
use clientwright_document::model::{Document, ParameterValue, SchemaId};
use clientwright_document::source::At;
use clientwright_document::{Diagnostic, Severity};

use self::said::Said;
use crate::model::{Additional, Api, BodyForm, Shape, Type, TypeKind, TypeRef};

/// A place where anything may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untyped {
    /// The property, type, parameter or body that it is in.
    pub at: At,
    /// Why.
    pub reason: Reason,
    /// The schemas that are meant, where a diagnostic about it may stand.
    pub schemas: Vec<At>,
}

/// Why anything may stand in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// JSON without a schema.
    NoSchema,
    /// The schema says nothing about the kind of value: `{}`, `true`, a description.
    NothingSaid,
    /// The schema demands something of values, such as a `pattern`, and says nothing about their kind.
    OnlyDemands,
    /// Null is the only value that the schema names.
    OnlyNull,
    /// All kinds of values are named.
    EveryKind,
    /// An object of which no member is described.
    Members,
    /// The members of an object besides those that are described.
    MoreMembers,
    /// The items of a list that describes none, or those after the ones it describes.
    Items,
    /// One choice of several says nothing about the kind of value.
    Choice,
    /// The schema says what kind of value stands there. Each of these has a line in the report.
    Stated,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 10] = [
        Self::NoSchema,
        Self::NothingSaid,
        Self::OnlyDemands,
        Self::OnlyNull,
        Self::EveryKind,
        Self::Members,
        Self::MoreMembers,
        Self::Items,
        Self::Choice,
        Self::Stated,
    ];
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoSchema => "JSON without a schema",
            Self::NothingSaid => "a schema that says nothing of the kind of value",
            Self::OnlyDemands => "a schema that only demands something of values of any kind",
            Self::OnlyNull => "a schema that names null alone",
            Self::EveryKind => "a schema that names all kinds of values",
            Self::Members => "the members of an object that describes none",
            Self::MoreMembers => "the further members of an object that permits any",
            Self::Items => "the items of a list that does not describe them",
            Self::Choice => "a choice that says nothing of the kind of value",
            Self::Stated => "a schema with a type that is not expressed",
        })
    }
}

/// Every place where anything may stand, in the order of the API.
#[must_use]
pub fn untyped(document: &Document, api: &Api) -> Vec<Untyped> {
    let schemas = document.schemas.iter().map(|(id, schema)| (schema.at, id)).collect();
    let mut audit = Audit { said: Said::new(document), schemas, found: Vec::new() };
    // A view holds what the type holds that it is one of.
    for (_, found) in api.types().filter(|(_, found)| found.view_of.is_none()) {
        audit.of_type(found);
    }
    audit.of_operations(document, api);
    audit.found
}

/// Those of some places of which the document says what stands there, and no warning that this is lost.
#[must_use]
pub fn untold<'u>(untyped: &'u [Untyped], diagnostics: &[Diagnostic]) -> Vec<&'u Untyped> {
    let warnings = diagnostics.iter().filter(|found| found.severity > Severity::Note);
    let told: BTreeSet<At> = warnings
        .flat_map(|found| &found.labels)
        .filter_map(|label| match label.place {
            Place::Node(at) => Some(at.value()),
            Place::Span(..) => None,
        })
        .collect();
    let is_told = |found: &Untyped| found.schemas.iter().chain([&found.at]).any(|at| told.contains(at));
    untyped.iter().filter(|found| found.reason == Reason::Stated && !is_told(found)).collect()
}

struct Audit<'a> {
    said: Said<'a>,
    /// The schemas of the document by their places.
    schemas: BTreeMap<At, SchemaId>,
    found: Vec<Untyped>,
}

impl Audit<'_> {
    fn of_type(&mut self, found: &Type) {
        let own: Vec<SchemaId> = self.schemas.get(&found.at).copied().into_iter().collect();
        match &found.kind {
            TypeKind::Alias(value) => self.of_value(value, found.at, &own),
            TypeKind::Object(object) => {
                for property in &object.properties {
                    // What all parts say of a property holds; what a choice says of it stands at its own place.
                    let mut of_property = self.said.property(&own, &property.key);
                    of_property.extend(self.schemas.get(&property.at));
                    self.of_value(&property.value, property.at, &of_property);
                }
                if let Additional::Kept(value) = &object.additional
                    && holds_any(value)
                {
                    self.of_members(value, found.at, &own, Reason::MoreMembers);
                }
            }
            TypeKind::Union(union) => {
                for choice in &union.variants {
                    self.of_choice(&choice.value, found.at, &own);
                }
            }
            TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) => {}
        }
    }

    fn of_operations(&mut self, document: &Document, api: &Api) {
        let parameters: BTreeMap<At, &ParameterValue> =
            document.parameters.iter().map(|(_, read)| (read.at, &read.value)).collect();
        let bodies = document.request_bodies.iter().flat_map(|(_, read)| &read.content);
        let bodies: BTreeMap<At, Option<SchemaId>> = bodies.map(|media| (media.at, media.schema)).collect();
        let responses = document.responses.iter().flat_map(|(_, read)| {
            read.content.iter().map(|media| ((read.at, media.media_type.as_str()), media.schema))
        });
        let responses: BTreeMap<(At, &str), Option<SchemaId>> = responses.collect();
        for operation in &api.operations {
            for parameter in &operation.parameters {
                let schema = parameters.get(&parameter.at).and_then(|value| match value {
                    ParameterValue::Schema(id) => Some(*id),
                    ParameterValue::Content(content) => content.schema,
                    ParameterValue::Unspecified => None,
                });
                self.of_value(&parameter.value, parameter.at, &Vec::from_iter(schema));
            }
            for sent in operation.body.iter().flat_map(|body| &body.representations) {
                if let BodyForm::Lines(TypeRef { shape: Shape::List(record), .. }, schema) = &sent.form {
                    self.of_value(record, sent.at, &Vec::from_iter(*schema));
                } else if let Some(value) = sent.form.value() {
                    let schema = bodies.get(&sent.at).copied().flatten();
                    self.of_value(value, sent.at, &Vec::from_iter(schema));
                }
            }
            if let Some(stream) = &operation.stream
                && let Some(value) = stream.item.value()
            {
                self.of_value(value, stream.at, &Vec::from_iter(stream.schema));
            }
            for response in &operation.responses {
                let used = response.media_type.as_deref().unwrap_or_default();
                let others = response.others.iter().map(|other| (other.media_type.as_str(), &other.content));
                for (media_type, content) in std::iter::once((used, &response.content)).chain(others) {
                    if let Some(value) = content.value() {
                        let schema = responses.get(&(response.at, media_type)).copied().flatten();
                        self.of_value(value, response.at, &Vec::from_iter(schema));
                    }
                }
            }
        }
    }

    /// A value of which all these schemas hold.
    fn of_value(&mut self, value: &TypeRef, at: At, schemas: &[SchemaId]) {
        match &value.shape {
            Shape::Any => self.tell(at, self.said.why(schemas), schemas),
            Shape::List(item) if holds_any(item) => self.of_items(item, at, schemas),
            Shape::Map(member) if holds_any(member) => self.of_members(member, at, schemas, Reason::Members),
            Shape::List(_)
            | Shape::Map(_)
            | Shape::Boolean
            | Shape::BooleanNumber
            | Shape::Integer(_)
            | Shape::Number { .. }
            | Shape::Decimal
            | Shape::Text(_)
            | Shape::File
            | Shape::Named(_) => {}
        }
    }

    fn of_items(&mut self, item: &TypeRef, at: At, list: &[SchemaId]) {
        let described = self.said.items(list);
        match described.as_slice() {
            [] => {
                let reason = if self.said.may_be_list(list) { Reason::Items } else { Reason::Stated };
                self.tell(at, reason, list);
            }
            [all] => self.of_value(item, at, all),
            several => self.of_one(item, at, several, Reason::Items),
        }
    }

    fn of_members(&mut self, member: &TypeRef, at: At, object: &[SchemaId], open: Reason) {
        let described = self.said.members(object);
        if self.said.is_open(object) || described.is_empty() {
            let is_lost = open == Reason::Members && self.said.has_properties(object);
            let reason = if self.said.may_be_object(object) && !is_lost { open } else { Reason::Stated };
            return self.tell(at, reason, object);
        }
        match described.as_slice() {
            [all] => self.of_value(member, at, all),
            several => self.of_one(member, at, several, Reason::Choice),
        }
    }

    /// The value of a choice: that of one of the alternatives that the schemas leave.
    fn of_choice(&mut self, value: &TypeRef, at: At, schemas: &[SchemaId]) {
        if !holds_any(value) {
            return;
        }
        // The items of a list, or the members of an object, are a choice too where several schemas describe them.
        if value.shape == Shape::Any && self.said.goes_on(schemas) {
            return self.tell(at, Reason::Items, schemas);
        }
        let mut alternatives = self.said.alternatives(schemas);
        alternatives.extend(self.said.items(schemas));
        alternatives.extend(self.said.members(schemas));
        self.of_one(value, at, &alternatives, Reason::Choice);
    }

    /// A value of one of several alternatives: the first that explains it.
    fn of_one(&mut self, value: &TypeRef, at: At, alternatives: &[Vec<SchemaId>], instead: Reason) {
        let before = self.found.len();
        for alternative in alternatives {
            self.of_value(value, at, alternative);
            let explained = self.found.get(before).is_some_and(|found| found.reason != Reason::Stated);
            if explained {
                if let Some(found) = self.found.get_mut(before).filter(|found| found.reason == Reason::NothingSaid) {
                    found.reason = instead;
                }
                return;
            }
            self.found.truncate(before);
        }
        self.tell(at, Reason::Stated, &alternatives.concat());
    }

    fn tell(&mut self, at: At, reason: Reason, schemas: &[SchemaId]) {
        let schemas = self.said.places(schemas);
        self.found.push(Untyped { at, reason, schemas });
    }
}

fn holds_any(value: &TypeRef) -> bool {
    match &value.shape {
        Shape::Any => true,
        Shape::List(inner) | Shape::Map(inner) => holds_any(inner),
        Shape::Boolean
        | Shape::BooleanNumber
        | Shape::Integer(_)
        | Shape::Number { .. }
        | Shape::Decimal
        | Shape::Text(_)
        | Shape::File
        | Shape::Named(_) => false,
    }
}
