//! What a value of a document is, as far as references and examples are concerned.
//!
//! In: what holds a value, and the key it stands under. Out: its kind. Never: a word of an example taken for a keyword.

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A schema.
    Schema,
    /// Schemas by name.
    Schemas,
    /// A value that means itself.
    Literal,
    /// A discriminator.
    Mapping,
    /// Any other object, or a list or a map of them.
    Other,
}

impl Kind {
    /// What stands under a key.
    pub(crate) fn of(self, key: &str) -> Self {
        match self {
            Self::Schemas => Self::Schema,
            Self::Literal | Self::Mapping => Self::Literal,
            Self::Schema => match key {
                "properties" | "patternProperties" | "$defs" | "dependentSchemas" => Self::Schemas,
                "allOf"
                | "anyOf"
                | "oneOf"
                | "prefixItems"
                | "items"
                | "additionalProperties"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "propertyNames"
                | "unevaluatedProperties"
                | "unevaluatedItems" => Self::Schema,
                "discriminator" => Self::Mapping,
                _ => Self::Literal,
            },
            Self::Other => match key {
                "schema" => Self::Schema,
                "schemas" => Self::Schemas,
                // Those of an object with several examples stand under `value`.
                "example" | "value" => Self::Literal,
                key if key.starts_with("x-") => Self::Literal,
                _ => Self::Other,
            },
        }
    }
}
