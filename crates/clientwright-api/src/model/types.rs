//! Types: objects, enumerations of texts, and other names for shapes.
//!
//! In: what lowering decided of a schema. Out: a type with a name made of what the document calls it. Never happens: a
//! name that only one language could bear.

use std::fmt;

use clientwright_document::model::{Bound, JsonType, Literal};
use clientwright_document::source::{At, Number};

use super::{Docs, XmlNode};

/// A type of an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) u32);

/// A type that has a name.
#[derive(Clone, Debug)]
pub struct Type {
    /// The schema it was made of.
    pub at: At,
    /// What it is called.
    pub name: Name,
    /// What the document says about it.
    pub docs: Docs,
    /// Whether users should stop using it.
    pub deprecated: bool,
    /// Whether a request may carry it.
    pub sent: bool,
    /// Whether a response may carry it.
    pub received: bool,
    /// What it is.
    pub kind: TypeKind,
    /// The type that is received where this one is sent in its place, because some members travel one way only.
    pub view_of: Option<TypeId>,
}

/// What a type is called: whose it is, and the way from there down to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Whose it is.
    pub origin: Origin,
    /// The keys of the properties on the way; for operations first `body`, `response` or the parameter. Empty for a
    /// component itself.
    pub path: Vec<String>,
}

/// What has a name of its own in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A schema of the components.
    Component(String),
    /// An operation, by its `operationId`, or by method and path where it has none.
    Operation(String),
}

/// What the name of a type that is sent in place of another ends with.
pub const VIEW: &str = "input";

impl Name {
    /// The name of something within this.
    #[must_use]
    pub fn within(&self, key: &str) -> Self {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        Self { origin: self.origin.clone(), path }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Origin::Component(origin) | Origin::Operation(origin)) = &self.origin;
        formatter.write_str(origin)?;
        self.path.iter().try_for_each(|key| write!(formatter, ".{key}"))
    }
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// Members with keys.
    Object(Object),
    /// One of several texts, or one that the API gained since.
    TextEnum(TextEnum),
    /// One of several integers, or one that the API gained since.
    IntegerEnum(IntegerEnum),
    /// One of several shapes, or one that the API gained since.
    Union(Union),
    /// Another name for a shape.
    Alias(TypeRef),
}

impl TypeKind {
    /// The values that it holds directly.
    #[must_use]
    pub fn values(&self) -> Vec<&TypeRef> {
        match self {
            Self::Alias(value) => vec![value],
            Self::TextEnum(_) | Self::IntegerEnum(_) => Vec::new(),
            Self::Union(union) => union.variants.iter().map(|choice| &choice.value).collect(),
            Self::Object(object) => {
                let kept = match &object.additional {
                    Additional::Kept(value) => Some(value),
                    Additional::Ignored => None,
                };
                object.properties.iter().map(|property| &property.value).chain(kept).collect()
            }
        }
    }
}

/// Members with keys.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// The members that the document names, in its order.
    pub properties: Vec<Property>,
    /// The others.
    pub additional: Additional,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its schema.
    pub at: At,
    /// Its key on the wire.
    pub key: String,
    /// What the document says about it.
    pub docs: Docs,
    /// Whether users should stop using it.
    pub deprecated: bool,
    /// Which way it travels. Types that travel one way hold only what travels that way.
    pub access: Access,
    /// Whether it is always there.
    pub required: bool,
    /// Its value.
    pub value: TypeRef,
    /// What else the document demands of the value.
    pub limits: Limits,
    /// How it stands in XML, where its type travels so and that is no element called by its key.
    pub xml: Option<XmlNode>,
    /// The value that the server assumes where it is not sent.
    pub default: Option<Literal>,
}

/// Which way a member travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Both.
    #[default]
    Both,
    /// From the server (`readOnly`).
    ReadOnly,
    /// To the server (`writeOnly`).
    WriteOnly,
}

/// The members of an object that the document does not name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Additional {
    /// They say nothing to a user of this API, and are passed over.
    #[default]
    Ignored,
    /// They are kept, each with a value like this.
    Kept(TypeRef),
}

/// A shape in one place, where it may also be null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRef {
    /// What stands there.
    pub shape: Shape,
    /// Whether null may stand there too.
    pub nullable: bool,
}

impl TypeRef {
    /// The type with a name that stands there, or that a list or map there holds.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        match &self.shape {
            Shape::Named(id) => Some(*id),
            Shape::List(inner) | Shape::Map(inner) => inner.named(),
            Shape::Any
            | Shape::Boolean
            | Shape::BooleanNumber
            | Shape::Integer(_)
            | Shape::Number { .. }
            | Shape::Decimal
            | Shape::Text(_)
            | Shape::File => None,
        }
    }

    /// Whether an object or a map stands there.
    #[must_use]
    pub fn is_object(&self, api: &super::Api) -> bool {
        match &self.shape {
            Shape::Map(_) => true,
            Shape::Named(id) => match api.get(*id).map(|found| &found.kind) {
                Some(TypeKind::Object(_)) => true,
                // Names for names end, because no alias contains itself.
                Some(TypeKind::Alias(target)) => target.is_object(api),
                Some(TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_)) | None => false,
            },
            Shape::Any
            | Shape::Boolean
            | Shape::BooleanNumber
            | Shape::Integer(_)
            | Shape::Number { .. }
            | Shape::Decimal
            | Shape::Text(_)
            | Shape::File
            | Shape::List(_) => false,
        }
    }

    /// The same, to be replaced.
    pub fn named_mut(&mut self) -> Option<&mut TypeId> {
        match &mut self.shape {
            Shape::Named(id) => Some(id),
            Shape::List(inner) | Shape::Map(inner) => inner.named_mut(),
            Shape::Any
            | Shape::Boolean
            | Shape::BooleanNumber
            | Shape::Integer(_)
            | Shape::Number { .. }
            | Shape::Decimal
            | Shape::Text(_)
            | Shape::File => None,
        }
    }
}

/// What a value looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Anything.
    Any,
    /// `true` or `false`.
    Boolean,
    /// The same, written as `1` or `0`.
    BooleanNumber,
    /// A number without a fraction.
    Integer(IntegerWidth),
    /// A number of 64 bits, or of 32 where the format is `float`.
    Number {
        /// Whether it is one of 32 bits.
        single: bool,
    },
    /// A number in which no digit may be lost.
    Decimal,
    /// Text.
    Text(TextFormat),
    /// A file in a body of several parts.
    File,
    /// A list.
    List(Box<TypeRef>),
    /// Members whose keys the document does not name.
    Map(Box<TypeRef>),
    /// A type with a name.
    Named(TypeId),
}

/// How wide an integer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerWidth {
    /// Signed, 8 bits.
    I8,
    /// Signed, 16 bits.
    I16,
    /// Signed, 32 bits.
    I32,
    /// Signed, 64 bits; where the document does not say.
    I64,
    /// Signed, 128 bits; where the document says that 64 are too few.
    I128,
    /// Unsigned, 8 bits.
    U8,
    /// Unsigned, 16 bits.
    U16,
    /// Unsigned, 32 bits.
    U32,
    /// Unsigned, 64 bits.
    U64,
}

/// What form text has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextFormat {
    /// Any text.
    Plain,
    /// `date-time`: RFC 3339, with an offset.
    DateTime,
    /// `date-time-local`: the same without an offset.
    LocalDateTime,
    /// `date`: RFC 3339's `full-date`.
    Date,
    /// `uuid`: RFC 9562.
    Uuid,
    /// `byte`: bytes in Base64 (RFC 4648).
    Base64,
    /// `base64url`: the same in the alphabet for URLs, without padding.
    Base64Url,
    /// `decimal`: a number as text, in which no digit may be lost.
    Decimal,
    /// A format that says nothing to this model, by its name: `email`.
    Other(String),
}

impl TextFormat {
    /// The format of a name.
    #[must_use]
    pub fn of(name: Option<&str>) -> Self {
        match name {
            None => Self::Plain,
            Some("date-time") => Self::DateTime,
            Some("date-time-local") => Self::LocalDateTime,
            Some("date") => Self::Date,
            Some("uuid") => Self::Uuid,
            Some("byte") => Self::Base64,
            Some("base64url") => Self::Base64Url,
            Some("decimal") => Self::Decimal,
            Some(other) => Self::Other(other.to_owned()),
        }
    }

    /// Its name in a document.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Plain => None,
            Self::DateTime => Some("date-time"),
            Self::LocalDateTime => Some("date-time-local"),
            Self::Date => Some("date"),
            Self::Uuid => Some("uuid"),
            Self::Base64 => Some("byte"),
            Self::Base64Url => Some("base64url"),
            Self::Decimal => Some("decimal"),
            Self::Other(name) => Some(name),
        }
    }

    /// Whether it may be any text, as far as this model knows.
    #[must_use]
    pub const fn is_any_text(&self) -> bool {
        matches!(self, Self::Plain | Self::Other(_))
    }
}

/// One of several texts.
#[derive(Clone, Debug)]
pub struct TextEnum {
    /// The texts, without repetition, in document order.
    pub variants: Vec<Variant>,
}

/// One text of an enumeration.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Where it stands.
    pub at: At,
    /// The text on the wire.
    pub text: String,
}

/// One of several integers.
#[derive(Clone, Debug)]
pub struct IntegerEnum {
    /// How wide they are.
    pub width: IntegerWidth,
    /// The integers, without repetition, in document order, each with the name that the document gives it
    /// (`x-enum-varnames`).
    pub variants: Vec<(i128, Option<String>)>,
}

/// One of several shapes.
#[derive(Clone, Debug)]
pub struct Union {
    /// The shapes, in document order.
    pub variants: Vec<Choice>,
}

/// One shape of several.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it is called: the component's name, the title, or the kind of value it is.
    pub words: String,
    /// The shape. Never nullable: a union with null is a nullable union.
    pub value: TypeRef,
    /// How it is told from the others.
    pub test: Test,
}

/// What a value must be like to be taken for one shape of several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Test {
    /// The kind of value it is; any where it may be several.
    pub kind: Option<JsonType>,
    /// The member that tells, and the texts that name this shape; numbers and booleans as their JSON text.
    pub tag: Option<(String, Vec<String>)>,
    /// Members that it always has, and that no other shape knows.
    pub keys: Vec<String>,
    /// The members that it knows, where nothing else tells it from another object.
    pub known: Vec<String>,
}

/// What a document demands of a value besides its shape. Documented, never a reason to refuse a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    /// The smallest number.
    pub minimum: Option<Bound>,
    /// The largest number.
    pub maximum: Option<Bound>,
    /// Numbers are multiples of this.
    pub multiple_of: Option<Number>,
    /// The shortest text, in characters.
    pub min_length: Option<u64>,
    /// The longest text, in characters.
    pub max_length: Option<u64>,
    /// An ECMA-262 pattern.
    pub pattern: Option<String>,
    /// The format of text that has no type of its own: `email`.
    pub format: Option<String>,
    /// The fewest items.
    pub min_items: Option<u64>,
    /// The most items.
    pub max_items: Option<u64>,
    /// Whether no item stands twice.
    pub unique_items: bool,
    /// The fewest members.
    pub min_properties: Option<u64>,
    /// The most members.
    pub max_properties: Option<u64>,
}
