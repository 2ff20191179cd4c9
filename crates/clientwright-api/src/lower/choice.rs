//! Lowers choices: what a schema is of which one of several others holds.
//!
//! In: a schema with `oneOf` or `anyOf`, its parts merged, or with several types. Out: the shapes of which one is there,
//! each complete. What stands beside a choice belongs to each of its shapes. Never happens: a choice dropped without a
//! report, or a member lost because it stands beside one.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_document::model::{Discriminator, Id as _, JsonType, Schema, SchemaId, TypeSet};
use clientwright_document::source::At;
use clientwright_document::{Code, Diagnostic, Severity};

use super::merge::{Choices, Merged};
use super::schema::{Form, has_members};
use super::{Lowering, merge};
use crate::model::{Name, Shape};

/// More shapes than this are not made out of several choices at the same time.
const MOST_SHAPES: usize = 64;

/// One shape of several.
#[derive(Clone, Debug)]
pub(super) struct Chosen {
    /// The schema of all that holds for it.
    pub(super) schema: SchemaId,
    /// The schemas of the document that were chosen.
    pub(super) chosen: Vec<SchemaId>,
}

/// What stands beside choices.
struct Beside {
    /// The schema of the document with the choices.
    schema: SchemaId,
    /// It without the choices.
    base: SchemaId,
    /// What that says of values of one kind, where it states none.
    of_kind: BTreeMap<JsonType, SchemaId>,
}

impl Lowering<'_> {
    /// What a schema with choices is.
    pub(super) fn choices(&mut self, id: SchemaId, merged: Merged, name: &Name) -> Form {
        let Merged { schema: base, choices, .. } = merged;
        let (mut lists, mut discriminator): (Vec<(SchemaId, Vec<SchemaId>)>, Option<Discriminator>) =
            (Vec::new(), None);
        for Choices { owner, of, discriminator: stated } in choices {
            let options = self.options(&of);
            if options.is_empty() {
                continue;
            }
            if options.iter().all(|&option| self.only_demands(option, &base)) {
                self.report_demands(owner);
                continue;
            }
            discriminator = discriminator.or(stated);
            lists.push((owner, options));
        }
        match lists.as_slice() {
            [] => self.plain(&base, name),
            [(_, options)] if self.stand_alone(options, &base) => {
                let options: Vec<Chosen> = options.iter().map(|&id| Chosen { schema: id, chosen: vec![id] }).collect();
                self.union(base.at, options, discriminator.as_ref(), name)
            }
            _ => self.distribute(id, &base, &lists, discriminator.as_ref(), name),
        }
    }

    /// The schemas of a choice, each once, without null.
    pub(super) fn options(&self, of: &[SchemaId]) -> Vec<SchemaId> {
        let mut options: Vec<SchemaId> = Vec::new();
        for &choice in of {
            let target = self.target(choice);
            if !merge::is_null(self.schema(target)) && !options.contains(&target) {
                options.push(target);
            }
        }
        options
    }

    /// Whether nothing stands beside a choice that its options do not say themselves.
    fn stand_alone(&mut self, options: &[SchemaId], base: &Schema) -> bool {
        let types = base.types.without(JsonType::Null);
        let says_kind =
            |lowering: &mut Self, id: SchemaId| lowering.facts(id).kind.is_some() || lowering.facts(id).has_choices;
        !has_members(base)
            && base.items.is_none()
            && base.prefix_items.is_empty()
            && (types.is_empty() || options.iter().all(|&option| says_kind(self, option)))
    }

    /// Whether an option only demands something of what a schema describes itself, and describes nothing more.
    fn only_demands(&self, option: SchemaId, base: &Schema) -> bool {
        let option = self.schema(option);
        let described = !base.types.without(JsonType::Null).is_empty() || has_members(base) || base.items.is_some();
        let members = option.properties.keys().all(|key| base.properties.contains_key(key));
        let plain = Schema { properties: indexmap::IndexMap::default(), ..option.clone() };
        described
            && members
            && option.component.is_none()
            && merge::is_plain_reference(&Schema { required: Vec::new(), ..plain })
            && option.reference.is_none()
            && option.types.iter().all(|json_type| base.types.contains(json_type) || json_type == JsonType::Object)
            && (option.types.is_empty() || base.types.without(JsonType::Null).len() <= 1)
    }

    fn report_demands(&mut self, owner: SchemaId) {
        let title = "a choice between demands is not expressed in the type";
        let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title).severity(Severity::Note);
        let at = self.schema(owner).at;
        self.report(diagnostic.at(at, "values are not checked against it").help("the server checks what it receives"));
    }

    /// Puts what stands beside choices into each of their options; of several choices, each with each.
    fn distribute(
        &mut self,
        id: SchemaId,
        base: &Schema,
        lists: &[(SchemaId, Vec<SchemaId>)],
        discriminator: Option<&Discriminator>,
        name: &Name,
    ) -> Form {
        let at = base.at;
        let shapes = lists.iter().map(|(_, options)| options.len()).try_fold(1_usize, usize::checked_mul);
        if shapes.is_none_or(|shapes| shapes > MOST_SHAPES) {
            self.unsupported(at, "several choices at the same time", "members of the choices are kept untyped");
            return self.open(base, name);
        }
        let plain = Schema { component: None, title: None, description: None, ..base.clone() };
        let mut beside = Beside { schema: id, base: self.schemas.add(plain), of_kind: BTreeMap::new() };
        let mut shapes = vec![Chosen { schema: beside.base, chosen: Vec::new() }];
        for (owner, options) in lists {
            let mut next = Vec::new();
            for shape in &shapes {
                for &option in options {
                    next.extend(self.combined(at, shape, option, *owner, &mut beside));
                }
            }
            shapes = next;
        }
        for (owner, options) in lists {
            let is_lost = |option: &&SchemaId| !shapes.iter().any(|shape| shape.chosen.contains(option));
            options.iter().filter(is_lost).for_each(|&option| self.report_excluded(option, *owner));
        }
        match shapes.as_slice() {
            [] => {
                self.unsupported(at, "a choice of which nothing fits what stands beside it", "the choice is left out");
                self.plain(base, name)
            }
            [only] => self.form(only.schema, name),
            _ => self.union(at, shapes, discriminator, name),
        }
    }

    /// What a shape becomes with one more option; `None` where the two exclude one another.
    fn combined(
        &mut self,
        at: At,
        shape: &Chosen,
        option: SchemaId,
        owner: SchemaId,
        beside: &mut Beside,
    ) -> Option<Chosen> {
        let mut chosen = shape.chosen.clone();
        chosen.push(option);
        let is_first = shape.schema == beside.base;
        // What extends the schema holds all of it already.
        let parts = merge::merge(&mut self.schemas, option);
        if is_first && (parts.has_part(beside.schema) || parts.has_part(owner) && beside.schema == owner) {
            return Some(Chosen { schema: option, chosen });
        }
        let (one, other) = (self.facts(shape.schema).kind, self.facts(option).kind);
        let mut with = shape.schema;
        if let (Some(one), Some(other)) = (one, other)
            && one != other
        {
            // What only describes members or items says nothing of values that have none.
            let says_type = !self.schema(beside.base).types.without(JsonType::Null).is_empty();
            if !is_first || says_type {
                return None;
            }
            with = *beside.of_kind.entry(other).or_insert_with(|| {
                let of_kind = of_type(self.schemas.get(beside.base), other);
                self.schemas.add(of_kind)
            });
        }
        let title = self.words_of(option);
        let schema = self.schemas.all_of(vec![with, option], || Schema { at, title, ..Schema::default() })?;
        Some(Chosen { schema, chosen })
    }

    /// Reports an option that fits nothing it may stand with.
    fn report_excluded(&mut self, option: SchemaId, owner: SchemaId) {
        let title = "one of several choices excludes what stands beside them";
        let at = self.schema(option).at;
        let diagnostic = Diagnostic::new(Code::ConflictingProperty, title).at(at, "this choice is left out");
        let diagnostic = diagnostic.also(self.schema(owner).at, "beside this");
        self.report(diagnostic.help("move the choices to their own place"));
    }

    /// What a document calls an option: by its component's name or its title.
    pub(super) fn words_of(&self, id: SchemaId) -> Option<String> {
        let schema = self.schema(id);
        schema.component.clone().or_else(|| schema.title.clone())
    }

    /// An object whose further members are kept, whatever they are.
    fn open(&mut self, base: &Schema, name: &Name) -> Form {
        if schema_kind(base) != Some(JsonType::Object) {
            return Form::Plain(Shape::Any);
        }
        let additional_properties = clientwright_document::model::AdditionalProperties::Allowed;
        self.plain(&Schema { additional_properties, ..base.clone() }, name)
    }

    /// What a schema of several types is: a choice between them.
    pub(super) fn several_types(&mut self, schema: &Schema, types: TypeSet, name: &Name) -> Form {
        let all = [JsonType::Boolean, JsonType::Number, JsonType::String, JsonType::Array, JsonType::Object];
        if all.iter().all(|json_type| types.contains(*json_type)) && !has_members(schema) && schema.items.is_none() {
            return Form::Plain(Shape::Any);
        }
        let mut options = Vec::new();
        for json_type in types.iter() {
            let id = self.schemas.add(of_type(schema, json_type));
            options.push(Chosen { schema: id, chosen: vec![id] });
        }
        self.union(schema.at, options, None, name)
    }

    /// What is known of a schema, its parts and choices looked through.
    pub(super) fn facts(&mut self, id: SchemaId) -> Facts {
        let target = self.target(id);
        if let Some(&known) = self.facts.get(&target.index()) {
            return known;
        }
        // Until it is known, what leads back to it says nothing.
        self.facts.insert(target.index(), Facts::default());
        let merged = merge::merge(&mut self.schemas, target);
        let mut facts = Facts { kind: schema_kind(&merged.schema), has_choices: false };
        for choices in &merged.choices {
            let options = self.options(&choices.of);
            if options.is_empty() || options.iter().all(|&option| self.only_demands(option, &merged.schema)) {
                continue;
            }
            facts.has_choices = true;
            let kinds: BTreeSet<Option<JsonType>> = options.iter().map(|&option| self.facts(option).kind).collect();
            if facts.kind.is_none() && kinds.len() == 1 {
                facts.kind = kinds.into_iter().next().flatten();
            }
        }
        self.facts.insert(target.index(), facts);
        facts
    }

    /// Whether a schema becomes an object with members of its own, rather than a choice or another name.
    pub(super) fn is_structure(&mut self, id: SchemaId) -> bool {
        let facts = self.facts(id);
        facts.kind == Some(JsonType::Object) && !facts.has_choices
    }
}

/// What is known of a schema, its parts and choices looked through.
#[derive(Clone, Copy, Default)]
pub(super) struct Facts {
    /// The one kind of value that it allows.
    pub(super) kind: Option<JsonType>,
    /// Whether it has choices that are more than demands.
    pub(super) has_choices: bool,
}

/// What a schema of several types says about one of them.
pub(super) fn of_type(schema: &Schema, json_type: JsonType) -> Schema {
    let mut one = Schema { component: None, title: None, description: None, ..schema.clone() };
    one.types = [json_type].into_iter().collect();
    one.nullable = false;
    // What a keyword says about values of another type, it does not say.
    if json_type != JsonType::Object {
        one.properties.clear();
        one.pattern_properties.clear();
        one.required.clear();
        one.additional_properties = clientwright_document::model::AdditionalProperties::Unspecified;
    }
    if json_type != JsonType::Array {
        one.items = None;
        one.prefix_items.clear();
    }
    let is_text = json_type == JsonType::String;
    if !is_text && schema.types.contains(JsonType::String) {
        one.format = None;
    }
    one
}

/// The one kind of value that a merged schema allows, its choices apart. Integers are numbers.
fn schema_kind(schema: &Schema) -> Option<JsonType> {
    let mut types = schema.types.without(JsonType::Null);
    if types.contains(JsonType::Integer) {
        types = types.without(JsonType::Integer);
        types.insert(JsonType::Number);
    }
    match types.iter().next() {
        Some(only) => (types.len() == 1).then_some(only),
        None if has_members(schema) => Some(JsonType::Object),
        None if schema.items.is_some() || !schema.prefix_items.is_empty() => Some(JsonType::Array),
        None => {
            let values = schema.enum_values.iter().flatten();
            let kinds: BTreeSet<JsonType> = values.filter_map(|value| super::enumeration::kind(&value.value)).collect();
            kinds.first().copied().filter(|_| kinds.len() == 1)
        }
    }
}
