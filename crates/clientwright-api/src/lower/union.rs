//! Lowers `oneOf` and `anyOf`: decides what tells the shapes apart.
//!
//! In: schemas of which one holds. Out: a union whose shapes have tests: a tag (`discriminator`, or a property with one
//! value in each), the kind of value, members that only one shape has, or else an order of trying. Texts of several kinds
//! become one open enumeration. Never happens: shapes tried in an order without a note that says so.

use std::collections::BTreeSet;

use clientwright_document::model::{Discriminator, JsonType, Schema, SchemaId};
use clientwright_document::source::Value;
use clientwright_document::{Code, Diagnostic};

use super::schema::Form;
use super::{Lowering, merge};
use crate::model::{Choice, Name, Shape, Test, TextEnum, TextFormat, TypeKind, TypeRef, Union, Variant};

/// What is known of a shape before it is decided how it is told from the others.
struct Candidate {
    schema: SchemaId,
    words: String,
    value: TypeRef,
    test: Test,
    /// Its members, where it is an object: key, whether it is required, the texts it is limited to.
    members: Vec<(String, bool, Vec<String>)>,
}

impl Lowering<'_> {
    /// What a schema with several choices is.
    pub(super) fn union(&mut self, schema: &Schema, name: &Name) -> Form {
        if !schema.all_of.is_empty() || !schema.properties.is_empty() {
            self.unsupported(schema.at, "a choice beside properties or `allOf`", "becomes untyped JSON");
            return Form::Plain(Shape::Any);
        }
        let choices = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        let mut targets: Vec<SchemaId> = Vec::new();
        for &choice in choices {
            let (target, _) = self.target(choice);
            if !is_null(self.schema(target)) && !targets.contains(&target) {
                targets.push(target);
            }
        }
        if let Some(form) = self.same_kind(&targets) {
            return form;
        }
        let mut candidates: Vec<Candidate> = targets.into_iter().map(|target| self.candidate(target, name)).collect();
        self.tell_apart(schema, &mut candidates);
        let variants = candidates.into_iter();
        let variants = variants.map(|Candidate { words, value, test, .. }| Choice { words, value, test });
        Form::Typed(TypeKind::Union(Union { variants: variants.collect() }))
    }

    /// Whether the choices of a schema only demand something of what it describes itself, and describe nothing more.
    pub(super) fn only_demands(&self, schema: &Schema) -> bool {
        let mut choices = schema.one_of.iter().chain(&schema.any_of).map(|&id| self.schema(id));
        choices.all(|choice| {
            let types = choice.types.without(JsonType::Object);
            choice.reference.is_none()
                && types.is_empty()
                && choice.properties.keys().all(|key| schema.properties.contains_key(key))
                && choice.all_of.is_empty()
                && choice.one_of.is_empty()
                && choice.any_of.is_empty()
        })
    }

    fn candidate(&mut self, target: SchemaId, name: &Name) -> Candidate {
        let schema = self.schema(target).clone();
        let kind = self.kind_of(target);
        let words =
            schema.component.clone().or_else(|| schema.title.clone()).unwrap_or_else(|| kind_words(kind).to_owned());
        let value = self.type_ref(target, &name.within(&words));
        let merged = merge::all_of(self.document, target).schema;
        let members = merged
            .properties
            .iter()
            .map(|(key, &property)| (key.clone(), merged.required.contains(key), self.texts(property)));
        let members = members.collect();
        let test = Test { kind, ..Test::default() };
        Candidate { schema: target, words, value: TypeRef { nullable: false, ..value }, test, members }
    }

    /// The one kind of value that a schema allows.
    pub(super) fn kind_of(&self, id: SchemaId) -> Option<JsonType> {
        let schema = self.schema(id);
        let types = schema.types.without(JsonType::Null);
        let merged = merge::all_of(self.document, id).schema;
        let object = !merged.properties.is_empty() || merged.types.contains(JsonType::Object);
        match types.iter().next() {
            Some(JsonType::Integer) if types.len() == 1 => Some(JsonType::Number),
            Some(only) if types.len() == 1 => Some(only),
            None if object => Some(JsonType::Object),
            None if schema.items.is_some() => Some(JsonType::Array),
            None => {
                let values = schema.enum_values.iter().flatten().chain(&schema.constant);
                let texts = values.clone().count() > 0 && values.clone().all(|value| value.value.as_str().is_some());
                texts.then_some(JsonType::String)
            }
            Some(_) => None,
        }
    }

    /// The texts that a member is limited to, as a tag would show them.
    fn texts(&self, id: SchemaId) -> Vec<String> {
        let schema = self.schema(self.target(id).0);
        let values = schema.enum_values.iter().flatten().chain(&schema.constant);
        values
            .filter_map(|value| match &value.value {
                Value::String(text) => Some(text.clone()),
                Value::Bool(value) => Some(value.to_string()),
                Value::Number(number) => Some(number.to_string()),
                Value::Null | Value::List(_) | Value::Object(_) => None,
            })
            .collect()
    }

    /// Texts of several kinds are one open enumeration; integers and numbers are numbers.
    fn same_kind(&self, targets: &[SchemaId]) -> Option<Form> {
        let text = |&id: &SchemaId| self.schema(id).format.is_none() && self.kind_of(id) == Some(JsonType::String);
        if targets.iter().all(text) {
            let mut variants: Vec<Variant> = Vec::new();
            for literal in targets.iter().flat_map(|&id| self.schema(id).enum_values.iter().flatten()) {
                if let Value::String(text) = &literal.value
                    && !variants.iter().any(|known| known.text == *text)
                {
                    variants.push(Variant { at: literal.at, text: text.clone() });
                }
            }
            return Some(if variants.is_empty() {
                Form::Plain(Shape::Text(TextFormat::Plain))
            } else {
                Form::Typed(TypeKind::TextEnum(TextEnum { variants }))
            });
        }
        let number =
            |&id: &SchemaId| self.kind_of(id) == Some(JsonType::Number) && self.schema(id).enum_values.is_none();
        targets.iter().all(number).then_some(Form::Plain(Shape::Number { single: false }))
    }

    /// Adds to the tests what tells objects from one another, and reports what nothing tells apart.
    fn tell_apart(&mut self, schema: &Schema, candidates: &mut [Candidate]) {
        let several = candidates.iter().filter(|candidate| candidate.is_object()).count() > 1;
        let tags = self.tags(schema, candidates);
        let own: Vec<Vec<String>> = candidates.iter().map(|candidate| own_keys(candidates, candidate)).collect();
        let by_tag = tags.iter().any(Option::is_some);
        for ((candidate, tag), own) in candidates.iter_mut().zip(tags).zip(own) {
            candidate.test.tag = tag;
            if several && !by_tag && candidate.is_object() {
                candidate.test.keys = own;
            }
        }
        let untold = |candidate: &Candidate| {
            candidate.is_object() && candidate.test.tag.is_none() && candidate.test.keys.is_empty()
        };
        // One object that nothing names may stand beside those that something names.
        let guessed = several && candidates.iter().filter(|candidate| untold(candidate)).count() > 1;
        if guessed {
            for candidate in candidates.iter_mut().filter(|candidate| untold(candidate)) {
                candidate.test.known = candidate.members.iter().map(|(key, ..)| key.clone()).collect();
            }
        }
        if guessed || kinds_meet(candidates) {
            self.report(
                Diagnostic::new(Code::AmbiguousUnion, "nothing tells some of these choices apart")
                    .at(schema.at, "they are tried, first those that know most of the members, then in this order")
                    .help("add a `discriminator`, or a property with one value in each of them"),
            );
        }
    }

    /// The tag of each candidate: the discriminator's, or that of a property which has other values in each.
    fn tags(&mut self, schema: &Schema, candidates: &[Candidate]) -> Vec<Option<(String, Vec<String>)>> {
        let Some(discriminator) = &schema.discriminator else { return inferred_tags(candidates) };
        let mut tags = Vec::new();
        for candidate in candidates {
            let means = |id: SchemaId| self.target(id).0 == candidate.schema;
            let mut texts: Vec<String> =
                discriminator.mapping.iter().filter(|(_, id)| means(**id)).map(|(text, _)| text.clone()).collect();
            let mapped = !texts.is_empty();
            if let Some(component) = &self.schema(candidate.schema).component
                && !discriminator.mapping.contains_key(component)
            {
                texts.push(component.clone());
            }
            match candidate.members.iter().find(|(key, ..)| *key == discriminator.property) {
                // The name of the schema stands for it where nothing is mapped to it; so do the values it is limited to.
                Some((_, _, limited)) if !mapped => texts.extend(limited.iter().cloned()),
                Some(_) => {}
                None => self.undeclared_tag(discriminator, candidate),
            }
            tags.push(Some((discriminator.property.clone(), texts)));
        }
        tags
    }

    fn undeclared_tag(&mut self, discriminator: &Discriminator, candidate: &Candidate) {
        let title = format!("`{}` does not declare the discriminator `{}`", candidate.words, discriminator.property);
        let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title)
            .at(self.schema(candidate.schema).at, "its tag is read, but not written")
            .also(discriminator.at, "the discriminator")
            .help("declare the property, required, with the value that names this schema");
        self.report(diagnostic);
    }
}

impl Candidate {
    fn is_object(&self) -> bool {
        self.test.kind == Some(JsonType::Object)
    }
}

/// The property that every object has, with values that no other has.
fn inferred_tags(candidates: &[Candidate]) -> Vec<Option<(String, Vec<String>)>> {
    let objects: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.is_object()).collect();
    let first = objects.first().filter(|_| objects.len() > 1);
    for (key, ..) in first.iter().flat_map(|first| &first.members) {
        let texts = |candidate: &Candidate| {
            let member = candidate.members.iter().find(|(known, required, _)| known == key && *required);
            member.map(|(.., texts)| texts.clone()).filter(|texts| !texts.is_empty())
        };
        let Some(found) = objects.iter().map(|candidate| texts(candidate)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let all: BTreeSet<&String> = found.iter().flatten().collect();
        if all.len() == found.iter().map(Vec::len).sum::<usize>() {
            let tag = |candidate: &Candidate| Some((key.clone(), texts(candidate).filter(|_| candidate.is_object())?));
            return candidates.iter().map(tag).collect();
        }
    }
    candidates.iter().map(|_| None).collect()
}

/// The members that a candidate always has and no other knows; two are enough.
fn own_keys(candidates: &[Candidate], candidate: &Candidate) -> Vec<String> {
    let others = || candidates.iter().filter(|other| other.schema != candidate.schema);
    let unknown = |key: &String| !others().any(|other| other.members.iter().any(|(known, ..)| known == key));
    let required = candidate.members.iter().filter(|(_, required, _)| *required).map(|(key, ..)| key);
    required.filter(|key| unknown(key)).take(2).cloned().collect()
}

/// Whether two choices, objects apart, may be the same kind of value.
fn kinds_meet(candidates: &[Candidate]) -> bool {
    let mut kinds: Vec<JsonType> = Vec::new();
    candidates.iter().filter(|candidate| !candidate.is_object()).any(|candidate| match candidate.test.kind {
        None => true,
        Some(kind) => {
            kinds.contains(&kind) || {
                kinds.push(kind);
                false
            }
        }
    })
}

fn is_null(schema: &Schema) -> bool {
    merge::is_null(schema)
}

const fn kind_words(kind: Option<JsonType>) -> &'static str {
    match kind {
        Some(JsonType::Null) | None => "value",
        Some(JsonType::Boolean) => "boolean",
        Some(JsonType::Integer | JsonType::Number) => "number",
        Some(JsonType::String) => "text",
        Some(JsonType::Array) => "list",
        Some(JsonType::Object) => "object",
    }
}
