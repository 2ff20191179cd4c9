//! Lowers the shapes of a choice: decides what tells them apart.
//!
//! In: schemas of which one holds. Out: a union whose shapes have tests: a tag (`discriminator`, or a property with one
//! value in each), the kind of value, members that only one shape has, or else an order of trying. Texts of several kinds
//! become one open enumeration. Never happens: shapes tried in an order without a note that says so.

use clientwright_document::model::{Discriminator, JsonType, Schema, SchemaId};
use clientwright_document::source::{At, Value};
use clientwright_document::{Code, Diagnostic, Severity};

use super::choice::Chosen;
use super::schema::{Form, has_members, text_format};
use super::tags::{inferred_tags, kinds_meet, own_keys};
use super::{Lowering, merge};
use crate::model::{Choice, IntegerWidth, Name, Shape, Test, TextEnum, TextFormat, TypeKind, Union, Variant};

/// What is known of a shape before it is decided how it is told from the others.
pub(super) struct Candidate {
    pub(super) chosen: Chosen,
    /// What it says, its parts in one.
    schema: Schema,
    pub(super) test: Test,
    /// Its members, where it is an object.
    pub(super) members: Vec<Member>,
}

/// A member of an object, as far as it may tell the object from others.
#[derive(Clone)]
pub(super) struct Member {
    pub(super) key: String,
    /// Whether it is always there.
    pub(super) required: bool,
    /// The texts that it is limited to, as a tag would show them.
    pub(super) texts: Vec<String>,
}

impl Lowering<'_> {
    /// What a schema is of which one of several shapes holds.
    pub(super) fn union(
        &mut self,
        at: At,
        options: Vec<Chosen>,
        discriminator: Option<&Discriminator>,
        name: &Name,
    ) -> Form {
        let mut candidates = Vec::new();
        let mut anything = None;
        for option in self.flattened(options) {
            let schema = merge::merge(&mut self.schemas, option.schema).schema;
            let facts = self.facts(option.schema);
            let is_shaped =
                facts.kind.is_some() || facts.has_choices || has_members(&schema) || !schema.types.is_empty();
            let test = Test { kind: facts.kind, ..Test::default() };
            let candidate = Candidate { chosen: option, schema, test, members: Vec::new() };
            if is_shaped { candidates.push(candidate) } else { anything = Some(candidate) }
        }
        if candidates.is_empty() {
            return Form::Plain(Shape::Any);
        }
        // What may be anything is tried when nothing else fits.
        candidates.extend(anything);
        if let Some(form) = same_kind(&candidates) {
            return form;
        }
        for candidate in &mut candidates {
            candidate.members = self.members(candidate.chosen.schema, 0);
        }
        self.tell_apart(at, discriminator, &mut candidates);
        let words = self.words(&candidates);
        let mut variants = Vec::new();
        for (candidate, words) in candidates.into_iter().zip(words) {
            let mut value = self.type_ref(candidate.chosen.schema, &name.within(&words));
            value.nullable = false;
            variants.push(Choice { words, value, test: candidate.test });
        }
        Form::Typed(TypeKind::Union(Union { variants }))
    }

    /// The options, those of unnamed choices within them in their place.
    fn flattened(&mut self, options: Vec<Chosen>) -> Vec<Chosen> {
        let mut flat: Vec<Chosen> = Vec::new();
        let mut list: Vec<(Chosen, u8)> = options.into_iter().rev().map(|option| (option, 0)).collect();
        while let Some((option, depth)) = list.pop() {
            let inner = self.unnamed_choice(option.schema).filter(|_| depth < 8);
            match inner {
                Some(inner) => {
                    let inner = inner.into_iter().rev().map(|id| (Chosen { schema: id, chosen: vec![id] }, depth + 1));
                    list.extend(inner);
                }
                None if flat.iter().any(|known| known.schema == option.schema) => {}
                None => flat.push(option),
            }
        }
        flat
    }

    /// The options of a schema that has no name and is nothing but a choice.
    fn unnamed_choice(&self, id: SchemaId) -> Option<Vec<SchemaId>> {
        let schema = self.schema(self.target(id));
        let of = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        let rest = Schema { one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() };
        let alone = merge::is_plain_reference(&rest) && schema.reference.is_none() && schema.discriminator.is_none();
        let alone = alone && (schema.one_of.is_empty() || schema.any_of.is_empty()) && schema.types.is_empty();
        (alone && schema.component.is_none() && !of.is_empty()).then(|| self.options(of))
    }

    /// The members of an object; of a choice between objects, those that all of them have.
    fn members(&mut self, id: SchemaId, depth: u8) -> Vec<Member> {
        let merged = merge::merge(&mut self.schemas, id);
        let mut members = Vec::new();
        for (key, &property) in &merged.schema.properties {
            let required = merged.schema.required.contains(key);
            members.push(Member { key: key.clone(), required, texts: self.texts(property) });
        }
        for choices in merged.choices.iter().filter(|_| depth < 4) {
            let options = self.options(&choices.of);
            let mut common: Option<Vec<Member>> = None;
            for option in options {
                let found = self.members(option, depth + 1);
                common = Some(common.map_or_else(|| found.clone(), |common| in_both(&common, &found)));
            }
            let new = common.into_iter().flatten();
            let new: Vec<Member> = new.filter(|new| !members.iter().any(|known| known.key == new.key)).collect();
            members.extend(new);
        }
        members
    }

    /// The texts that a member is limited to, as a tag would show them.
    fn texts(&mut self, id: SchemaId) -> Vec<String> {
        let target = self.target(id);
        let schema = self.schema(target);
        let merged = (!schema.all_of.is_empty() || schema.reference.is_some())
            .then(|| merge::merge(&mut self.schemas, target).schema);
        let schema = merged.as_ref().unwrap_or_else(|| self.schema(target));
        let values = schema.constant.as_ref().map_or_else(
            || schema.enum_values.as_deref().unwrap_or_default(),
            |constant| std::slice::from_ref(constant),
        );
        values
            .iter()
            .filter_map(|value| match &value.value {
                Value::String(text) => Some(text.clone()),
                Value::Bool(value) => Some(value.to_string()),
                Value::Number(number) => Some(number.to_string()),
                Value::Null | Value::List(_) | Value::Object(_) => None,
            })
            .collect()
    }

    /// Adds to the tests what tells objects from one another, and reports what nothing tells apart.
    fn tell_apart(&mut self, at: At, discriminator: Option<&Discriminator>, candidates: &mut [Candidate]) {
        let several = candidates.iter().filter(|candidate| candidate.is_object()).count() > 1;
        let tags = match discriminator {
            Some(discriminator) => self.stated_tags(discriminator, candidates),
            None => inferred_tags(candidates),
        };
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
                candidate.test.known = candidate.members.iter().map(|member| member.key.clone()).collect();
            }
        }
        if guessed || kinds_meet(candidates) {
            self.report(
                Diagnostic::new(Code::AmbiguousUnion, "nothing tells some of these choices apart")
                    .at(at, "they are tried, first those that know most of the members, then in this order")
                    .help("add a `discriminator`, or a property with one value in each of them"),
            );
        }
    }

    /// The discriminator's tag of each candidate.
    fn stated_tags(
        &mut self,
        discriminator: &Discriminator,
        candidates: &mut [Candidate],
    ) -> Vec<Option<(String, Vec<String>)>> {
        let mut tags = Vec::new();
        for candidate in candidates {
            let mut leaves: Vec<SchemaId> =
                candidate.chosen.chosen.clone().into_iter().flat_map(|id| self.leaves(id)).collect();
            leaves.extend(self.subtypes.of(self.target(candidate.chosen.schema)));
            let means = |id: &SchemaId| leaves.contains(&self.target(*id));
            let mut texts: Vec<String> =
                discriminator.mapping.iter().filter(|(_, id)| means(id)).map(|(text, _)| text.clone()).collect();
            let mapped = !texts.is_empty();
            for &leaf in &leaves {
                if let Some(component) = &self.schema(leaf).component
                    && !discriminator.mapping.contains_key(component)
                {
                    texts.push(component.clone());
                }
            }
            match candidate.members.iter().find(|member| member.key == discriminator.property) {
                // The name of the schema stands for it where nothing is mapped to it; so do the values it is limited to.
                Some(member) if !mapped => texts.extend(member.texts.iter().cloned()),
                Some(_) => {}
                None => self.add_tag(discriminator, candidate, &texts),
            }
            texts.dedup();
            // What no other tag names is this one: an object without a test of its own.
            let is_default =
                discriminator.default_mapping.is_some_and(|default| leaves.contains(&self.target(default)));
            tags.push(Some((discriminator.property.clone(), texts)).filter(|_| !is_default));
        }
        tags
    }

    /// The schemas that an option comes to, choices within it looked through.
    fn leaves(&mut self, id: SchemaId) -> Vec<SchemaId> {
        let mut leaves = Vec::new();
        let mut list = vec![self.target(id)];
        while let Some(id) = list.pop() {
            if leaves.contains(&id) || leaves.len() > 1000 {
                continue;
            }
            leaves.push(id);
            if self.facts(id).has_choices {
                let merged = merge::merge(&mut self.schemas, id);
                list.extend(merged.choices.iter().rev().flat_map(|choices| self.options(&choices.of)));
            }
        }
        leaves
    }

    /// Puts the discriminator into an object that does not describe it, so that it is read and written like any member.
    fn add_tag(&mut self, discriminator: &Discriminator, candidate: &mut Candidate, texts: &[String]) {
        let at = self.schema(candidate.chosen.schema).at;
        let key = &discriminator.property;
        let words = self.words_of(candidate.chosen.schema).unwrap_or_else(|| "a choice".to_owned());
        let title = format!("`{words}` does not describe the discriminator `{key}`");
        let diagnostic = Diagnostic::new(Code::UndescribedProperty, title).severity(Severity::Note);
        let diagnostic = diagnostic.at(at, "the member is added where this is one of a choice");
        let help = "describe the property, required, with the value that names this schema";
        self.report(diagnostic.also(discriminator.at, "the discriminator").help(help));
        if !candidate.is_object() || self.facts(candidate.chosen.schema).has_choices {
            return;
        }
        let literal = |text: &String| clientwright_document::model::Literal {
            at: discriminator.at,
            value: Value::String(text.clone()),
        };
        let types = [JsonType::String].into_iter().collect();
        let values: Vec<_> = texts.iter().map(literal).collect();
        let enum_values = (!values.is_empty()).then_some(values);
        let tag = self.schemas.add(Schema { at: discriminator.at, types, enum_values, ..Schema::default() });
        let properties = [(key.clone(), tag)].into_iter().collect();
        let required = vec![key.clone()];
        let tagged = self.schemas.add(Schema { at, properties, required, ..Schema::default() });
        let title = self.words_of(candidate.chosen.schema);
        let parts = vec![tagged, candidate.chosen.schema];
        candidate.chosen.schema = self.schemas.add(Schema { at, title, all_of: parts, ..Schema::default() });
    }

    /// What each shape is called: what the document calls it, or else what tells it from the others.
    fn words(&self, candidates: &[Candidate]) -> Vec<String> {
        let several = |kind: Option<JsonType>| candidates.iter().filter(|other| other.test.kind == kind).count() > 1;
        let words = candidates.iter().map(|candidate| {
            let called: Vec<String> = candidate.chosen.chosen.iter().filter_map(|&id| self.words_of(id)).collect();
            if !called.is_empty() {
                return called.join(" ");
            }
            let kind = candidate.test.kind;
            let plain = kind_words(kind).to_owned();
            match kind {
                Some(JsonType::Object) => of_object(candidates, candidate).unwrap_or(plain),
                Some(JsonType::Array) if several(kind) => format!("{} list", self.item_words(&candidate.schema)),
                Some(JsonType::String) if several(kind) => candidate.schema.format.clone().unwrap_or(plain),
                _ => plain,
            }
        });
        words.collect()
    }

    /// What the items of a list are called.
    fn item_words(&self, list: &Schema) -> String {
        let Some(items) = list.items.map(|items| self.target(items)) else { return "value".to_owned() };
        let schema = self.schema(items);
        let kind = schema.types.without(JsonType::Null).iter().next();
        self.words_of(items).unwrap_or_else(|| kind_words(kind).to_owned())
    }
}

impl Candidate {
    pub(super) fn is_object(&self) -> bool {
        self.test.kind == Some(JsonType::Object)
    }
}

/// What an object is called after that no component or title names: its tag, or a member that no other shape has.
fn of_object(candidates: &[Candidate], candidate: &Candidate) -> Option<String> {
    if let Some((_, texts)) = &candidate.test.tag {
        return texts.first().cloned();
    }
    let others = || candidates.iter().filter(|other| other.chosen.schema != candidate.chosen.schema);
    others().any(Candidate::is_object).then_some(())?;
    let is_own = |member: &&Member| !others().any(|other| other.members.iter().any(|known| known.key == member.key));
    let own = candidate.members.iter().filter(is_own);
    let own = own.clone().find(|member| member.required).or_else(|| own.clone().next());
    own.map(|member| format!("with {}", member.key))
}

/// The members that two objects have in common.
fn in_both(one: &[Member], other: &[Member]) -> Vec<Member> {
    let both = one.iter().filter_map(|member| {
        let twin = other.iter().find(|twin| twin.key == member.key)?;
        let mut texts = member.texts.clone();
        if texts.is_empty() || twin.texts.is_empty() {
            texts.clear();
        } else {
            texts.extend(twin.texts.iter().filter(|text| !member.texts.contains(text)).cloned());
        }
        Some(Member { key: member.key.clone(), required: member.required && twin.required, texts })
    });
    both.collect()
}

/// Texts of several kinds are one open enumeration; integers and numbers are numbers.
fn same_kind(candidates: &[Candidate]) -> Option<Form> {
    let all = |is: &dyn Fn(&Candidate) -> bool| candidates.iter().all(is);
    let kind = |wanted: JsonType| move |candidate: &Candidate| candidate.test.kind == Some(wanted);
    let format = |candidate: &Candidate| text_format(&candidate.schema);
    if all(&|candidate| kind(JsonType::String)(candidate) && format(candidate) == TextFormat::Plain) {
        let mut variants: Vec<Variant> = Vec::new();
        for literal in candidates.iter().flat_map(|candidate| candidate.schema.enum_values.iter().flatten()) {
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
    if all(&kind(JsonType::Boolean)) {
        return Some(Form::Plain(Shape::Boolean));
    }
    let is_integer = |candidate: &Candidate| !candidate.schema.types.contains(JsonType::Number);
    let plain = all(&|candidate| candidate.schema.enum_values.is_none()) && all(&kind(JsonType::Number));
    let shape = if all(&is_integer) { Shape::Integer(IntegerWidth::I64) } else { Shape::Number { single: false } };
    plain.then_some(Form::Plain(shape))
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
