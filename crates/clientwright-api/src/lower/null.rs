//! Where null may stand.
//!
//! In: a schema. Out: whether it allows null, by itself or through what it refers to. Never happens: endless work.

use clientwright_document::model::{Id as _, JsonType, Schema, SchemaId};
use clientwright_document::source::Value;

use super::{Lowering, merge};

impl Lowering<'_> {
    /// Whether null may stand where this schema does. Other names for a shape do not carry null; each place does.
    pub(super) fn allows_null(&self, id: SchemaId) -> bool {
        self.null_within(id, &mut Vec::new())
    }

    fn null_within(&self, id: SchemaId, seen: &mut Vec<usize>) -> bool {
        let schema = self.schema(id);
        if states_null(schema) {
            return true;
        }
        if seen.contains(&id.index()) || seen.len() > 100 {
            return false;
        }
        seen.push(id.index());
        let has_types = !schema.types.is_empty() || schema.enum_values.is_some() || schema.constant.is_some();
        let reference = schema.reference.as_ref().map(|reference| reference.target);
        if let Some(target) = reference.filter(|_| !has_types || merge::is_plain_reference(schema)) {
            return self.null_within(target, seen);
        }
        let mut options = schema.one_of.iter().chain(&schema.any_of);
        if options.any(|&option| self.null_within(option, seen)) {
            return true;
        }
        // All parts have to allow it; those that say nothing of types do.
        let mut parts = schema.all_of.iter().filter(|&&part| self.says_type(part)).peekable();
        !has_types && parts.peek().is_some() && parts.all(|&part| self.null_within(part, seen))
    }

    fn says_type(&self, id: SchemaId) -> bool {
        let schema = self.schema(id);
        !schema.types.is_empty()
            || schema.reference.is_some()
            || !schema.properties.is_empty()
            || schema.enum_values.is_some()
            || schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).next().is_some()
    }
}

/// Whether a schema says itself that null is allowed.
fn states_null(schema: &Schema) -> bool {
    let mut values = schema.enum_values.iter().flatten().chain(&schema.constant);
    schema.nullable || schema.types.contains(JsonType::Null) || values.any(|value| value.value == Value::Null)
}
