//! The types that every way states in its own manner.
//!
//! In: nothing. Out: structs, open enumerations and tagged unions, which refer to one another by their place in the
//! [`Model`]. Never: anything of a way, or of Rust beyond the names.

/// The types of one shape.
pub(super) struct Model {
    /// All types; what refers to one does so by its place here.
    pub(super) items: Vec<Item>,
}

impl Model {
    /// The type at a place.
    pub(super) fn item(&self, index: usize) -> Option<&Item> {
        self.items.get(index)
    }

    /// The types that are read and written by themselves: all but the variants of unions, which are met within those
    /// (a derived variant does not know its own tag).
    pub(super) fn documents(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !matches!(item, Item::Struct(Struct { tag: Some(_), .. })))
    }

    /// The name of the type at a place.
    pub(super) fn name(&self, index: usize) -> &str {
        self.item(index).map_or("()", Item::name)
    }
}

/// A type with a name.
pub(super) enum Item {
    /// An object.
    Struct(Struct),
    /// Texts, of which more may come.
    Enum(TextEnum),
    /// One of several objects.
    Union(Union),
}

impl Item {
    /// The name in Rust.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
        }
    }
}

/// An object with declared members, and perhaps a map beside them.
pub(super) struct Struct {
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
    /// What the map beside the members holds.
    pub(super) rest: Option<Type>,
    /// The union's tag, if this is one of its variants: key and text.
    pub(super) tag: Option<(String, String)>,
}

/// A member.
pub(super) struct Field {
    /// The key on the wire; the name in Rust is the same in snake case.
    pub(super) key: String,
    pub(super) of: Type,
    pub(super) presence: Presence,
    /// The words of its documentation, if it has any.
    pub(super) doc: Option<String>,
}

impl Field {
    /// The name in Rust.
    pub(super) fn name(&self) -> String {
        snake(&self.key)
    }
}

/// Whether a member is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Always.
    Required,
    /// There or not.
    Optional,
    /// There, there as null, or not.
    Nullable,
}

/// The type of a member.
#[derive(Clone)]
pub(super) enum Type {
    Text,
    Integer,
    Number,
    Boolean,
    List(Box<Type>),
    Map(Box<Type>),
    /// A type with a name.
    Item(usize),
    /// A type with a name, boxed since it closes a cycle.
    Boxed(usize),
}

/// An open enumeration.
pub(super) struct TextEnum {
    pub(super) name: String,
    /// The texts; the variants in Rust are the same in Pascal case.
    pub(super) values: Vec<String>,
}

/// A union told apart by a tag.
pub(super) struct Union {
    pub(super) name: String,
    /// The key of the tag.
    pub(super) tag: String,
    /// Text of the tag, and the struct it stands for.
    pub(super) variants: Vec<(String, usize)>,
}

/// `camelCase` or `kebab-case` in snake case.
fn snake(text: &str) -> String {
    let mut name = String::new();
    for character in text.chars() {
        if character.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(if character == '-' { '_' } else { character.to_ascii_lowercase() });
    }
    name
}

/// `kebab-case` in Pascal case.
pub(super) fn pascal(text: &str) -> String {
    text.split('-')
        .flat_map(|word| word.chars().take(1).map(|first| first.to_ascii_uppercase()).chain(word.chars().skip(1)))
        .collect()
}
