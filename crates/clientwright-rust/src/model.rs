//! A Rust crate before a token of it is printed: every name and every type decided.
//!
//! In: what planning decided. Out: what printing spells, which asks nothing further. Contract: names are alone in their
//! scopes; documentation is fit for `///`; types are finite (boxed where a cycle closes).

mod answer;
mod body;
mod client;
mod encoding;
mod first_call;
mod pages;
mod stream;

pub use self::answer::{
    ErrorType, HeaderField, HeaderView, OtherAnswer, SharedError, StatusEnum, StatusVariant, Success,
};
pub use self::body::{Body, BodyEncoder, BodyMediaType};
pub use self::client::{
    Client, Credential, CredentialKind, KeyLocation, Server, ServerChoice, ServerValues, ServerVariable,
};
pub use self::encoding::{ParameterEncoding, ParameterMediaType, Part, Styled};
pub use self::first_call::{FailingCall, FirstCall, Guide};
pub use self::pages::{Pages, Step};
pub use self::stream::Stream;
use crate::config::{Derive, OwnType};
use crate::lock::Lock;
use crate::manifest::Manifest;
pub use crate::names::Ident;
pub use clientwright_api::model::{JsonType, Test, XmlKind, XmlNode};

/// A crate.
#[derive(Clone, Debug, Default)]
pub struct Crate {
    /// What its manifest says.
    pub manifest: Manifest,
    /// What the API is, for the crate's documentation.
    pub docs: Docs,
    /// The API's title, as one line of plain text.
    pub title: String,
    /// The version of the document's API, as one line of plain text.
    pub api_version: String,
    /// How clients are made.
    pub client: Client,
    /// The modules of types.
    pub types: Vec<TypeModule>,
    /// The modules of operations, one for each tag.
    pub operations: Vec<OperationModule>,
    /// The calls that its documentation shows.
    pub first_calls: Vec<FirstCall>,
    /// The calls that show errors, pages and retries.
    pub guide: Guide,
    /// The names that callers may write, to be given again.
    pub lock: Lock,
}

/// Lines of documentation.
pub type Docs = Vec<String>;

/// The types of components, or of operations, whose names begin alike: themselves and the inline types that belong to them.
#[derive(Clone, Debug)]
pub struct TypeModule {
    /// The module, under `types`.
    pub name: Ident,
    /// The types.
    pub items: Vec<Item>,
}

/// A type.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name.
    pub name: Ident,
    /// What is said about it.
    pub docs: Docs,
    /// Whether users should stop using it.
    pub deprecated: bool,
    /// What it is.
    pub kind: ItemKind,
    /// Which ways it travels.
    pub travels: Travels,
    /// What it derives besides what every type of its kind does.
    pub derives: Vec<Derive>,
    /// The type that is received where this one is sent, if this one can be made of it.
    pub view_of: Option<View>,
}

impl Item {
    /// The generated type of which it is nothing but a further name.
    #[must_use]
    pub fn named(&self) -> Option<&Ident> {
        match &self.kind {
            ItemKind::Alias(RustType::Named { name, outside: false, .. })
                if self.docs.is_empty() && !self.deprecated =>
            {
                Some(name)
            }
            ItemKind::Alias(_)
            | ItemKind::Struct(_)
            | ItemKind::TextEnum(_)
            | ItemKind::IntegerEnum(..)
            | ItemKind::Union(_) => None,
        }
    }
}

/// Which ways a type travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travels {
    /// Both, or none that the document knows.
    Both,
    /// To the server.
    Sent,
    /// From the server.
    Received,
}

/// How what is sent is made of what was received.
#[derive(Clone, Debug)]
pub struct View {
    /// The type that is received.
    pub name: Ident,
    /// For each field, or each variant, of what is sent: its name, and that and the type of the one it is made of; none
    /// where only callers send it.
    pub parts: Vec<(Ident, Option<(Ident, RustType)>)>,
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// A struct.
    Struct(Struct),
    /// An open enumeration of texts.
    TextEnum(Vec<Variant>),
    /// An open enumeration of integers: their type, and the variants with their numbers.
    IntegerEnum(&'static str, Vec<(Ident, i128)>),
    /// One of several types.
    Union(Vec<UnionVariant>),
    /// Another name.
    Alias(RustType),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The fields in document order.
    pub fields: Vec<Field>,
    /// The map of members that the document does not name: its field and the type of its values.
    pub rest: Option<(Ident, RustType)>,
    /// Whether it has setters.
    pub setters: bool,
    /// How it is made.
    pub constructor: Constructor,
    /// The fields that the constructor takes, by their places among all, in its order: those that are required, and those
    /// that once were.
    pub arguments: Vec<usize>,
}

/// How a struct is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constructor {
    /// In no way but from the wire: callers receive it.
    None,
    /// `new()`: it takes nothing, and the struct has a default.
    Default,
    /// `new(a, b)`.
    Arguments,
    /// `new(PersonRequired { … })`: what it takes, in a struct of this name.
    Struct(Ident),
}

/// A field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, and that of its setter.
    pub name: Ident,
    /// Its key on the wire.
    pub key: String,
    /// What is said about it.
    pub docs: Docs,
    /// What the document says about it, in a sentence.
    pub summary: Option<String>,
    /// Whether users should stop using it.
    pub deprecated: bool,
    /// Whether the member is always there.
    pub required: bool,
    /// Its type, with [`RustType::Option`] or [`RustType::Field`] where it may be absent.
    pub rust_type: RustType,
    /// How it stands in XML, where something is to be said of that.
    pub xml: Option<XmlNode>,
    /// What the server assumes where it is absent, and the method that gives it.
    pub default: Option<(Ident, DefaultValue)>,
}

impl Field {
    /// What a constructor is given for it: what it holds, not the option of leaving it out.
    #[must_use]
    pub fn given(&self) -> RustType {
        if let RustType::Field(held) = &self.rust_type {
            return RustType::Option(held.clone());
        }
        if let (RustType::Option(held), false) = (&self.rust_type, self.required) {
            return (**held).clone();
        }
        self.rust_type.clone()
    }
}

/// The value of a member that is absent.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// `true` or `false`.
    Boolean(bool),
    /// An integer that its type can hold.
    Integer(i128),
    /// A number of 64 bits.
    Number(f64),
    /// Text.
    Text(String),
    /// A variant of the enumeration that the member has as its type.
    Variant(Ident),
}

/// A variant of an enumeration of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name.
    pub name: Ident,
    /// The text on the wire.
    pub text: String,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name.
    pub name: Ident,
    /// What it holds.
    pub rust_type: RustType,
    /// Whether it is the only variant that holds this type, so that one can be made of it.
    pub from: bool,
    /// How it is told from the others.
    pub test: Test,
}

/// What a generated type can be made of with `Into`, besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MadeOf {
    /// Nothing else.
    Itself,
    /// Text.
    Text,
    /// What one of its variants holds.
    Variants,
    /// Bytes.
    Bytes,
}

/// A type in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RustType {
    /// `bool`, `i64`, `f64` …
    Primitive(&'static str),
    /// `String`
    String,
    /// `Bytes`
    Bytes,
    /// A type that the runtime gives: `Value`, `DateTime<FixedOffset>` …
    Runtime(RuntimeType),
    /// `Vec<T>`
    List(Box<RustType>),
    /// `BTreeMap<String, T>`
    Map(Box<RustType>),
    /// `Option<T>`
    Option(Box<RustType>),
    /// `Field<T>`
    Field(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
    /// A generated type.
    Named {
        /// Its name.
        name: Ident,
        /// What it can be made of.
        made_of: MadeOf,
        /// Whether it is named from outside of the module of types, as `types::T`, so that it may be called like
        /// whatever else stands there.
        outside: bool,
    },
    /// A type of a person's own.
    Own(OwnType),
    /// `()`
    Unit,
}

impl RustType {
    /// The same type, named from outside of the module of types.
    #[must_use]
    pub fn outside(self) -> Self {
        let inner = |inner: Box<Self>| Box::new(inner.outside());
        match self {
            Self::List(item) => Self::List(inner(item)),
            Self::Map(item) => Self::Map(inner(item)),
            Self::Option(item) => Self::Option(inner(item)),
            Self::Field(item) => Self::Field(inner(item)),
            Self::Boxed(item) => Self::Boxed(inner(item)),
            Self::Named { name, made_of, .. } => Self::Named { name, made_of, outside: true },
            plain
            @ (Self::Primitive(_) | Self::String | Self::Bytes | Self::Runtime(_) | Self::Own(_) | Self::Unit) => plain,
        }
    }
}

/// A type that the runtime gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuntimeType {
    /// `Value`: untyped JSON.
    Value,
    /// `DateTime<FixedOffset>`
    DateTime,
    /// `NaiveDateTime`
    LocalDateTime,
    /// `NaiveDate`
    Date,
    /// `FilePart`
    File,
    /// `Upload`: the bytes of a body, which need not be in memory.
    Upload,
    /// `Uuid`
    Uuid,
    /// `Base64`: bytes as text.
    Base64,
    /// `Base64Url`: bytes as text that may stand in a URL.
    Base64Url,
    /// `BooleanNumber`: a boolean as a number.
    BooleanNumber,
    /// `Decimal`: a number as text.
    Decimal,
    /// `DecimalNumber`: the same as a number.
    DecimalNumber,
}

impl RuntimeType {
    /// The feature of the runtime that gives it, if it needs one.
    #[must_use]
    pub const fn feature(self) -> Option<&'static str> {
        match self {
            Self::Value | Self::File | Self::Upload | Self::Base64 | Self::Base64Url | Self::BooleanNumber => None,
            Self::DateTime | Self::LocalDateTime | Self::Date => Some("chrono"),
            Self::Uuid => Some("uuid"),
            Self::Decimal | Self::DecimalNumber => Some("decimal"),
        }
    }
}

/// The operations of one tag.
#[derive(Clone, Debug)]
pub struct OperationModule {
    /// The module, under `operations`.
    pub name: Ident,
    /// What is said about the tag.
    pub docs: Docs,
    /// The operations in document order.
    pub operations: Vec<Operation>,
    /// The enumerations of their errors, and of successes of several kinds.
    pub answers: Vec<StatusEnum>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The `operationId`, or method and path.
    pub identity: String,
    /// The method on the client.
    pub method: Ident,
    /// The request type.
    pub request: Ident,
    /// The static description.
    pub constant: Ident,
    /// What is said about it.
    pub docs: Docs,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// The HTTP method: `GET`.
    pub http_method: String,
    /// The path's template.
    pub path: String,
    /// The parameters in document order.
    pub parameters: Vec<Parameter>,
    /// The parameters that the method takes, by their places among all, in its order.
    pub arguments: Vec<usize>,
    /// The ways in which its body can be sent, the preferred one first; none where it has no body.
    pub bodies: Vec<Body>,
    /// The alternatives of which one authorizes it.
    pub security: Vec<Vec<String>>,
    /// The description of the server that it has for itself.
    pub server: Option<Ident>,
    /// Whether it may be repeated, where its method does not say.
    pub repeatable: Option<bool>,
    /// The header by which the server knows a repeated request.
    pub idempotency_key: Option<String>,
    /// The way to the member of an answer that is taken for the answer; empty where there is none.
    pub envelope: Vec<String>,
    /// How it gives its list page by page.
    pub pages: Option<Pages>,
    /// The media types it asks for.
    pub accept: Vec<String>,
    /// The documented redirects, which are answers and not followed.
    pub redirects: Vec<String>,
    /// What a success gives.
    pub success: Success,
    /// The other forms in which its answer can be asked for.
    pub other_answers: Vec<OtherAnswer>,
    /// What it gives piece by piece.
    pub stream: Option<Stream>,
    /// The view of headers that is made beside it.
    pub headers: Option<HeaderView>,
    /// The type of its documented errors.
    pub error: ErrorType,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its argument or setter.
    pub ident: Ident,
    /// Its name on the wire.
    pub name: String,
    /// How and where it is written.
    pub encoding: ParameterEncoding,
    /// Whether it is an argument of the method; it has a setter where it is not.
    pub argument: bool,
    /// Whether callers should stop using it.
    pub deprecated: bool,
    /// What is said about it.
    pub docs: Docs,
    /// Its type, without the option of being left out.
    pub rust_type: RustType,
}
