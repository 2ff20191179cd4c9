//! Types of a person's own, by their paths.
//!
//! In: text. Out: the words of a path. Never happens: text that is more than a path: no generics, no lifetimes, no macros,
//! no raw identifiers, nothing that Rust reads as anything but a name.

use std::fmt;

/// The path of a type or of a trait: `my_crate::Money`, `crate::money::Money`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypePath(Vec<String>);

/// A type of a person's own, which stands in place of a generated one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnType {
    /// Where it is.
    pub path: TypePath,
    /// Whether its form on the wire is the one of its serde traits. It has the runtime's `Encode` and `Decode` otherwise.
    pub serde: bool,
}

/// The longest path, in bytes.
const LONGEST: usize = 200;

impl TypePath {
    /// Reads a path: the name of a crate, or `crate`, and at least one more name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.strip_prefix("::").unwrap_or(text).split("::").collect();
        let (first, rest) = words.split_first()?;
        let is_root = is_name(first) || (*first == "crate" && !text.starts_with("::"));
        let sound = text.len() <= LONGEST && is_root && !rest.is_empty() && rest.iter().all(|word| is_name(word));
        sound.then(|| Self(words.into_iter().map(str::to_owned).collect()))
    }

    /// The names of the path.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether it begins in the crate that the generated code is part of.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.0.first().is_some_and(|word| word == "crate")
    }
}

impl fmt::Display for TypePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.join("::"))
    }
}

/// Whether a text is an identifier of ASCII, and no keyword.
fn is_name(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    plain && text != "_" && syn::parse_str::<syn::Ident>(text).is_ok_and(|ident| ident == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_names_alone() {
        for text in ["crate::Person", "my_crate::money::Money", "::std::net::IpAddr", "a::_b1"] {
            let path = TypePath::parse(text).unwrap();
            assert_eq!(path.to_string(), text.trim_start_matches("::"));
        }
        let refused = [
            "",
            "Person",
            "::",
            "::Person",
            "crate",
            "crate::",
            "crate::crate::A",
            "::crate::A",
            "self::A",
            "super::A",
            "Self::A",
            "a::fn",
            "a::b<c>",
            "a::<b>",
            "a::b ",
            " a::b",
            "a:: b",
            "a::b\n",
            "a::r#type",
            "a::b!",
            "a::1",
            "a::é",
            "a::b;",
            "a::b{}",
            "a/b::c",
            "a::'b",
            "a::_",
            "a:::b",
            "a::b/*",
            "a::b//",
            "&a::b",
            "dyn a::b",
            "a::b+c::d",
            "async::a",
        ];
        for text in refused {
            assert_eq!(TypePath::parse(text), None, "{text}");
        }
        assert_eq!(TypePath::parse(&format!("a::{}", "b".repeat(LONGEST))), None);
    }
}
