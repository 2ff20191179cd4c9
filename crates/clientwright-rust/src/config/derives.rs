//! Derives that a person adds to generated types.
//!
//! In: the name of a trait, or its path. Out: what is derived. Never happens: a derive that would change what a type means,
//! such as a default for what is required.

use clientwright_document::diagnostic::Setting;

use super::TypePath;

/// The derives of a person: for each type, by its name in the document, or for all (`*`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Derives(pub Vec<(Setting<String>, Vec<Setting<Derive>>)>);

/// A trait that is derived.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derive {
    /// A trait of the standard library.
    Known(KnownTrait),
    /// A trait of another crate, whose macro says whether it can be derived.
    Path(TypePath),
    /// What every generated type has, by the name it was asked for: `Clone`, serde's traits.
    Had(&'static str),
}

/// A trait of the standard library that some types can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownTrait {
    /// `Eq`
    Eq,
    /// `Hash`
    Hash,
    /// `PartialOrd`
    PartialOrd,
    /// `Ord`, with which come `Eq` and `PartialOrd`
    Ord,
    /// `Copy`
    Copy,
}

/// What every generated type has.
const HAD: &[&str] = &["Clone", "Debug", "PartialEq", "serde::Serialize", "serde::Deserialize"];

impl Derive {
    /// Reads the name of a trait of the standard library, or the path of any other.
    ///
    /// # Errors
    ///
    /// What would have been right.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(had) = HAD.iter().find(|had| **had == text) {
            return Ok(Self::Had(had));
        }
        if let Some(known) = KnownTrait::ALL.iter().find(|known| known.as_str() == text) {
            return Ok(Self::Known(*known));
        }
        match TypePath::parse(text) {
            Some(path) => Ok(Self::Path(path)),
            None if text == "Default" => {
                Err("`Default` is derived where nothing is required, and nowhere else".to_owned())
            }
            None => {
                let known: Vec<String> = KnownTrait::ALL.iter().map(|known| format!("`{}`", known.as_str())).collect();
                Err(format!("expected {} or the path of a trait, like `schemars::JsonSchema`", known.join(", ")))
            }
        }
    }
}

impl KnownTrait {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Eq, Self::Hash, Self::PartialOrd, Self::Ord, Self::Copy];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::PartialOrd => "PartialOrd",
            Self::Ord => "Ord",
            Self::Copy => "Copy",
        }
    }

    /// The trait, and those that it needs.
    #[must_use]
    pub const fn with_needed(self) -> &'static [Self] {
        match self {
            Self::Eq => &[Self::Eq],
            Self::Hash => &[Self::Hash],
            Self::PartialOrd => &[Self::PartialOrd],
            Self::Ord => &[Self::Eq, Self::PartialOrd, Self::Ord],
            Self::Copy => &[Self::Copy],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derive_is_a_known_trait_or_a_path() {
        assert_eq!(Derive::parse("Ord"), Ok(Derive::Known(KnownTrait::Ord)));
        assert_eq!(Derive::parse("serde::Serialize"), Ok(Derive::Had("serde::Serialize")));
        assert!(matches!(Derive::parse("schemars::JsonSchema"), Ok(Derive::Path(_))));
        for text in ["Default", "JsonSchema", "eq", "", "a::b, c::d", "Eq)] struct X; #[derive(Eq"] {
            assert!(Derive::parse(text).is_err(), "{text}");
        }
    }
}
