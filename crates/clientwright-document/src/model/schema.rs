//! Schemas in the shape of JSON Schema, whichever dialect they were written in.
//!
//! In: Schema Objects of `OpenAPI` 2.0 and 3.0, JSON Schemas of 3.1 and 3.2. Out: one set of
//! keywords. Differences end here: `nullable` is a type, a boolean `exclusiveMinimum` is a bound,
//! one `example` is a list of them. Never: `allOf` merged or a reference followed; that is
//! lowering.

use std::fmt;

use indexmap::IndexMap;

use super::{Example, Extensions, ExternalDocs, Literal, SchemaId};
use crate::source::{At, Number};

/// A schema. Every keyword that is absent from the document is empty here.
#[expect(clippy::struct_excessive_bools, reason = "they are the field's own flags")]
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// The Schema Object, or the boolean.
    pub at: At,
    /// Its name, where it was declared: in the components, in `$defs`, or in a file of its own.
    /// No two schemas of a document have the same.
    pub component: Option<String>,
    /// `true` or `false` in place of an object (3.1 and later): everything, or nothing, is valid.
    pub boolean: Option<bool>,
    /// `$ref`, or a `$dynamicRef` that can mean one schema only.
    ///
    /// In 3.0 the fields beside it hold only what is harmless or obvious there (documentation,
    /// `nullable`, `readOnly`, `writeOnly`, `deprecated`, `default`, examples). From 3.1 on they
    /// hold everything that stands beside it, and all of it applies: such a schema means the same
    /// as one with the fields and `all_of` with the reference as one more part, and that is how it
    /// is to be lowered, unless only documentation stands beside the reference.
    pub reference: Option<Reference>,
    /// The types that are allowed; empty when all are. `nullable` beside a type adds null.
    pub types: TypeSet,
    /// `nullable: true` with no type beside it: null is meant to be allowed besides what
    /// `reference`, `all_of`, `any_of` or `one_of` allow.
    pub nullable: bool,
    /// A short name in prose.
    pub title: Option<String>,
    /// Prose about it, in `CommonMark`.
    pub description: Option<String>,
    /// A finer type: `int64`, `date-time`, or any other text.
    pub format: Option<String>,
    /// The values that are allowed; `None` when every value is.
    pub enum_values: Option<Vec<Literal>>,
    /// The one value that is allowed (3.1 and later).
    pub constant: Option<Literal>,
    /// The value the server assumes.
    pub default: Option<Literal>,
    /// Examples; `example` and `examples` alike.
    pub examples: Vec<Example>,
    /// Whether users should stop using it.
    pub deprecated: bool,
    /// Sent by the server only.
    pub read_only: bool,
    /// Sent by the client only.
    pub write_only: bool,
    /// The properties in document order.
    pub properties: IndexMap<String, SchemaId>,
    /// The names of properties that must be there, without repetition, in document order.
    pub required: Vec<String>,
    /// Properties that are not named.
    pub additional_properties: AdditionalProperties,
    /// Properties whose names match an ECMA-262 pattern (3.1 and later).
    pub pattern_properties: IndexMap<String, SchemaId>,
    /// What the names of properties must look like (3.1 and later).
    pub property_names: Option<SchemaId>,
    /// The items of a list, after `prefix_items`.
    pub items: Option<SchemaId>,
    /// The first items of a list, each with a schema of its own (3.1 and later).
    pub prefix_items: Vec<SchemaId>,
    /// All of these hold.
    pub all_of: Vec<SchemaId>,
    /// At least one of these holds.
    pub any_of: Vec<SchemaId>,
    /// Exactly one of these holds.
    pub one_of: Vec<SchemaId>,
    /// This does not hold.
    pub not: Option<SchemaId>,
    /// What holds under a condition: `then`, `else` and `dependentSchemas` (3.1 and later).
    pub conditional: Vec<SchemaId>,
    /// The property that tells which of several schemas applies.
    pub discriminator: Option<Discriminator>,
    /// The smallest number.
    pub minimum: Option<Bound>,
    /// The largest number.
    pub maximum: Option<Bound>,
    /// Numbers are multiples of this.
    pub multiple_of: Option<Number>,
    /// The shortest text, in Unicode characters.
    pub min_length: Option<u64>,
    /// The longest text, in Unicode characters.
    pub max_length: Option<u64>,
    /// An ECMA-262 pattern, not anchored.
    pub pattern: Option<String>,
    /// The fewest items.
    pub min_items: Option<u64>,
    /// The most items.
    pub max_items: Option<u64>,
    /// Whether no item stands twice.
    pub unique_items: bool,
    /// The fewest properties.
    pub min_properties: Option<u64>,
    /// The most properties.
    pub max_properties: Option<u64>,
    /// How bytes are written as text: `base64` (3.1 and later).
    pub content_encoding: Option<String>,
    /// What the text or the bytes contain (3.1 and later).
    pub content_media_type: Option<String>,
    /// The schema of what the text contains (3.1 and later).
    pub content_schema: Option<SchemaId>,
    /// How it is written in XML.
    pub xml: Option<Xml>,
    /// Where more is written.
    pub external_docs: Option<ExternalDocs>,
    /// Keywords that say something about values but have no field here (`if`, `contains` …), with
    /// their places, so that lowering can report what it does not express. What only
    /// names places (`$id`, `$anchor`, `$schema` …) is dealt with when references are followed.
    pub other_keywords: IndexMap<String, At>,
    /// `x-…` keys.
    pub extensions: Extensions,
}

/// A `$ref` that was found.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Where the `$ref` stands.
    pub at: At,
    /// Its text: `#/components/schemas/Pet`.
    pub text: String,
    /// The schema it means. Chains end: following references from here comes to a schema without
    /// one, because pure cycles are reported and left out.
    pub target: SchemaId,
}

/// Which properties are allowed besides the named ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AdditionalProperties {
    /// The document does not say; JSON Schema then allows all.
    #[default]
    Unspecified,
    /// `false`.
    Forbidden,
    /// `true`.
    Allowed,
    /// Those that are valid against a schema.
    Schema(SchemaId),
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// The bound.
    pub value: Number,
    /// Whether the bound itself is not allowed.
    pub exclusive: bool,
}

/// The property that tells which of several schemas applies.
#[derive(Clone, Debug, Default)]
pub struct Discriminator {
    /// The Discriminator Object.
    pub at: At,
    /// The name of the property.
    pub property: String,
    /// Values of the property, each with the schema it stands for. A value that is not listed
    /// stands for the schema of that name.
    pub mapping: IndexMap<String, SchemaId>,
    /// The schema where the property is missing or has another value (3.2).
    pub default_mapping: Option<SchemaId>,
}

/// How a schema is written in XML.
#[derive(Clone, Debug, Default)]
pub struct Xml {
    /// The XML Object.
    pub at: At,
    /// The name of the element or attribute.
    pub name: Option<String>,
    /// Its namespace.
    pub namespace: Option<String>,
    /// The prefix of its name.
    pub prefix: Option<String>,
    /// What it is written as; `attribute: true` and `wrapped: true` of older versions included.
    pub node_type: Option<XmlNodeType>,
    /// Whether a list stands in an element of its own (`wrapped`).
    pub wrapped: bool,
}

/// What a schema is written as in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlNodeType {
    /// An element.
    Element,
    /// An attribute.
    Attribute,
    /// Text.
    Text,
    /// A CDATA section.
    Cdata,
    /// Nothing of its own: its children stand in its parent.
    None,
}

/// A type of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `boolean`.
    Boolean,
    /// `integer`.
    Integer,
    /// `number`.
    Number,
    /// `string`.
    String,
    /// `array`.
    Array,
    /// `object`.
    Object,
}

impl JsonType {
    /// All types, in the order in which a [`TypeSet`] gives them.
    pub const ALL: [Self; 7] =
        [Self::Null, Self::Boolean, Self::Integer, Self::Number, Self::String, Self::Array, Self::Object];

    /// The name in a document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A set of types.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TypeSet(u8);

impl TypeSet {
    /// The set without a type, which in a schema allows all.
    pub const EMPTY: Self = Self(0);

    /// Adds a type.
    pub fn insert(&mut self, json_type: JsonType) {
        self.0 |= 1 << json_type as u8;
    }

    /// Whether a type is in the set.
    #[must_use]
    pub const fn contains(self, json_type: JsonType) -> bool {
        self.0 & (1 << json_type as u8) != 0
    }

    /// Whether there is no type in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many types are in the set.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The same set without a type.
    #[must_use]
    pub const fn without(self, json_type: JsonType) -> Self {
        Self(self.0 & !(1 << json_type as u8))
    }

    /// The types, in the order of [`JsonType::ALL`].
    pub fn iter(self) -> impl Iterator<Item = JsonType> {
        JsonType::ALL.into_iter().filter(move |json_type| self.contains(*json_type))
    }
}

impl FromIterator<JsonType> for TypeSet {
    fn from_iter<T: IntoIterator<Item = JsonType>>(types: T) -> Self {
        let mut set = Self::EMPTY;
        types.into_iter().for_each(|json_type| set.insert(json_type));
        set
    }
}

impl fmt::Debug for TypeSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.iter()).finish()
    }
}

impl Extend<JsonType> for TypeSet {
    fn extend<T: IntoIterator<Item = JsonType>>(&mut self, types: T) {
        types.into_iter().for_each(|json_type| self.insert(json_type));
    }
}
