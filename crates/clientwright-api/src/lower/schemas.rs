//! The schemas of a document, and those that lowering makes of them.
//!
//! In: a document. Out: schemas by their ids, whoever wrote them. Never happens: a schema of the document changed; two
//! schemas made for the same parts.

use std::collections::BTreeMap;

use clientwright_document::model::{Document, Id as _, Schema, SchemaId};

/// Schemas by id.
pub(super) struct Schemas<'a> {
    document: &'a Document,
    /// Those that were made; their ids follow the document's.
    made: Vec<Schema>,
    /// What was made of which parts.
    of_parts: BTreeMap<Vec<SchemaId>, SchemaId>,
    /// How many more parts are merged. What a long chain of `allOf` inherits grows with the square of its length; no
    /// sensible document comes near.
    parts_left: usize,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let parts_left = document.schemas.len().saturating_mul(20).saturating_add(20_000);
        Self { document, made: Vec::new(), of_parts: BTreeMap::new(), parts_left }
    }

    /// Counts a part that is merged; false where there were too many.
    pub(super) fn may_merge(&mut self) -> bool {
        self.parts_left = self.parts_left.saturating_sub(1);
        !self.has_too_many_parts()
    }

    /// Whether parts were left out because there were too many.
    pub(super) fn has_too_many_parts(&self) -> bool {
        self.parts_left == 0
    }

    pub(super) fn get(&self, id: SchemaId) -> &Schema {
        match id.index().checked_sub(self.document.schemas.len()).and_then(|index| self.made.get(index)) {
            Some(made) => made,
            None => &self.document.schemas[id],
        }
    }

    /// Adds a schema that no document states.
    pub(super) fn add(&mut self, schema: Schema) -> SchemaId {
        let index = self.document.schemas.len() + self.made.len();
        self.made.push(schema);
        SchemaId::from_index(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The schema that is all of some parts, made once however often it is asked for. `None` where so many were made
    /// that the document can only mean harm: parts of parts can be combined without end.
    pub(super) fn all_of(&mut self, parts: Vec<SchemaId>, like: impl FnOnce() -> Schema) -> Option<SchemaId> {
        let mut key = parts.clone();
        key.sort_unstable();
        key.dedup();
        if let Some(&known) = self.of_parts.get(&key) {
            return Some(known);
        }
        if self.made.len() > self.document.schemas.len().saturating_mul(4).saturating_add(1000) {
            return None;
        }
        let made = self.add(Schema { all_of: parts, ..like() });
        self.of_parts.insert(key, made);
        Some(made)
    }

    /// The schema that a chain of references leads to, whatever stands beside them.
    pub(super) fn end(&self, mut id: SchemaId) -> SchemaId {
        while let Some(reference) = &self.get(id).reference {
            id = reference.target;
        }
        id
    }
}
