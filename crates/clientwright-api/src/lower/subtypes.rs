//! Lowers schemas that others extend, where a discriminator tells which of them a value is.
//!
//! In: a schema with a `discriminator` and no choice of its own, and the named schemas that have it as a part of their
//! `allOf`, directly or through others. Out: a choice between these and the schema itself. Never happens: a choice made of a
//! schema that extends another; it is a part of what it extends, and has its members.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_document::model::{Document, Id as _, Schema, SchemaId};

use super::Lowering;
use super::choice::Chosen;
use super::schema::Form;
use crate::model::{Name, Origin};

/// The schemas that extend others, by those that tell them apart.
#[derive(Default)]
pub(super) struct Subtypes {
    /// In the order of the document.
    of: BTreeMap<usize, Vec<SchemaId>>,
    /// The schemas themselves, as one of their own choices.
    itself: BTreeMap<usize, SchemaId>,
}

impl Subtypes {
    pub(super) fn new(document: &Document) -> Self {
        let mut of: BTreeMap<usize, Vec<SchemaId>> = BTreeMap::new();
        for &id in document.named_schemas.values() {
            for extended in extended_by(document, id) {
                let schema = &document.schemas[extended];
                let has_choice = !schema.one_of.is_empty() || !schema.any_of.is_empty();
                if schema.discriminator.is_some() && schema.component.is_some() && !has_choice {
                    of.entry(extended.index()).or_default().push(id);
                }
            }
        }
        Self { of, itself: BTreeMap::new() }
    }

    /// The schemas that extend one, where it tells them apart.
    pub(super) fn of(&self, id: SchemaId) -> &[SchemaId] {
        self.of.get(&id.index()).map_or(&[], Vec::as_slice)
    }
}

/// The schemas that one has as parts of its `allOf`, and those that they have.
fn extended_by(document: &Document, id: SchemaId) -> Vec<SchemaId> {
    let (mut seen, mut found) = (BTreeSet::from([id.index()]), Vec::new());
    let mut list = document.schemas[id].all_of.clone();
    while let Some(part) = list.pop() {
        let schema = &document.schemas[part];
        if seen.insert(part.index()) {
            list.extend(schema.reference.as_ref().map(|reference| reference.target));
            list.extend(&schema.all_of);
            found.push(part);
        }
    }
    found
}

impl Lowering<'_> {
    /// What a schema is that others extend: one of them, or itself.
    pub(super) fn extended(&mut self, id: SchemaId, name: &Name) -> Option<Form> {
        let subtypes = self.subtypes.of(id).to_vec();
        if subtypes.is_empty() {
            return None;
        }
        let schema = self.schema(id);
        let (at, discriminator) = (schema.at, schema.discriminator.clone());
        let mapped = discriminator.iter().flat_map(|found| found.mapping.values()).copied();
        let mut options: Vec<SchemaId> = Vec::new();
        for option in subtypes.into_iter().chain(mapped.map(|option| self.target(option)).collect::<Vec<_>>()) {
            if option != id && !options.contains(&option) {
                options.push(option);
            }
        }
        options.push(id);
        let chosen = options.into_iter().map(|id| Chosen { schema: self.itself(id), chosen: vec![id] });
        let chosen = chosen.collect();
        Some(self.union(at, chosen, discriminator.as_ref(), name))
    }

    /// A schema as one choice of several: where it is a choice itself, what it says apart from that.
    fn itself(&mut self, id: SchemaId) -> SchemaId {
        if self.subtypes.of(id).is_empty() {
            return id;
        }
        if let Some(&known) = self.subtypes.itself.get(&id.index()) {
            return known;
        }
        let schema = self.schema(id).clone();
        let home = schema
            .component
            .clone()
            .map(|component| Name { origin: Origin::Component(component), path: vec!["base".to_owned()] });
        let made = self.schemas.add(Schema { component: None, discriminator: None, ..schema });
        self.homes.extend(home.map(|home| (made.index(), home)));
        self.subtypes.itself.insert(id.index(), made);
        made
    }
}
