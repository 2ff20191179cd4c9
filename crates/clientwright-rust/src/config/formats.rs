//! How the formats of a document become types.
//!
//! In: the name of a format, and a word or a path. Out: the type that stands for it. Never happens: a type that cannot
//! stand for what the format describes, such as text for a number.

use clientwright_document::diagnostic::Setting;

use super::{OwnType, TypePath};

/// What a person decided about formats; the others become what the README lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats(Vec<(Setting<String>, FormatType)>);

/// The type that stands for a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatType {
    /// The type that the runtime has for it.
    Typed,
    /// Text as it stands on the wire; for `decimal` also a plain number.
    Plain,
    /// An integer or a number of another width: `u64`, `f64`.
    Number(&'static str),
    /// A type of a person's own.
    Own(OwnType),
}

/// The formats that have a type of their own, and the word for it.
const TYPED: &[(&str, &str)] = &[
    ("date-time", "chrono"),
    ("date-time-local", "chrono"),
    ("date", "chrono"),
    ("uuid", "uuid"),
    ("byte", "base64"),
    ("base64url", "base64url"),
    ("decimal", "rust_decimal"),
];

/// Formats of text that stay text, unless a person has a type for them.
const TEXTS: &[&str] = &["binary", "uri"];

/// The formats of integers; `int64` is also what an integer without a format is, and `int128` one whose bounds need it.
const INTEGERS: &[&str] = &["int8", "int16", "int32", "int64", "int128", "uint8", "uint16", "uint32", "uint64"];
/// What an integer can become.
const INTEGER_TYPES: &[&str] = &["i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64"];
/// The formats of numbers; `double` is also what a number without a format is.
const NUMBERS: &[&str] = &["float", "double"];
/// What a number can become.
const NUMBER_TYPES: &[&str] = &["f32", "f64"];

impl Formats {
    /// Adds a decision; the last one about a format holds.
    pub fn set(&mut self, format: Setting<String>, becomes: FormatType) {
        self.0.retain(|(known, _)| known.value != format.value);
        self.0.push((format, becomes));
    }

    /// What was decided about a format.
    #[must_use]
    pub fn get(&self, format: &str) -> Option<&FormatType> {
        self.0.iter().find(|(known, _)| known.value == format).map(|(_, becomes)| becomes)
    }

    /// The decisions that have to apply to something: those about formats that only this document has, and types of a
    /// person's own. That dates are text is a policy, which holds also where there is no date.
    pub(crate) fn demanding(&self) -> impl Iterator<Item = &Setting<String>> {
        let is_known = |format: &str| FormatType::known().any(|known| known == format);
        let demands = move |(format, becomes): &&(Setting<String>, FormatType)| {
            matches!(becomes, FormatType::Own(_)) || !is_known(&format.value)
        };
        self.0.iter().filter(demands).map(|(format, _)| format)
    }
}

impl FormatType {
    /// The formats that are known; there may be any others.
    pub fn known() -> impl Iterator<Item = &'static str> {
        let typed = TYPED.iter().map(|(format, _)| *format);
        typed.chain([TEXTS, INTEGERS, NUMBERS].into_iter().flatten().copied())
    }

    /// Reads what a format shall become: a word or a path.
    ///
    /// # Errors
    ///
    /// What would have been right.
    pub fn parse(format: &str, text: &str) -> Result<Self, String> {
        let words = Self::words(format);
        match text {
            _ if text.contains("::") => match TypePath::parse(text) {
                Some(path) => Ok(Self::Own(OwnType { path, serde: false })),
                None => Err("expected the path of a type: names with `::` between them, and nothing else".to_owned()),
            },
            _ if !words.contains(&text) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                Err(format!("expected {} or a type of your own, like `my_crate::Money`", words.join(", ")))
            }
            "string" => Ok(Self::Plain),
            number => {
                let types = INTEGER_TYPES.iter().chain(NUMBER_TYPES);
                Ok(types.copied().find(|known| *known == number).map_or(Self::Typed, Self::Number))
            }
        }
    }

    /// The words that a format can become.
    fn words(format: &str) -> Vec<&'static str> {
        if INTEGERS.contains(&format) {
            return INTEGER_TYPES.to_vec();
        }
        if NUMBERS.contains(&format) {
            return NUMBER_TYPES.to_vec();
        }
        let typed = TYPED.iter().find(|(known, _)| *known == format).map(|(_, word)| *word);
        typed.into_iter().chain(["string"]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_becomes_what_can_stand_for_it() {
        let parse = FormatType::parse;
        assert_eq!(parse("uuid", "uuid"), Ok(FormatType::Typed));
        assert_eq!(parse("uuid", "string"), Ok(FormatType::Plain));
        assert_eq!(parse("email", "string"), Ok(FormatType::Plain));
        assert_eq!(parse("int32", "i64"), Ok(FormatType::Number("i64")));
        let Ok(FormatType::Own(own)) = parse("email", "crate::Email") else { panic!("no type") };
        assert_eq!((own.path.to_string().as_str(), own.serde), ("crate::Email", false));
        for (format, text) in
            [("uuid", "chrono"), ("int32", "string"), ("int64", "f64"), ("double", "i64"), ("email", "x")]
        {
            assert!(parse(format, text).is_err(), "{format} {text}");
        }
        let expected = "expected `chrono`, `string` or a type of your own, like `my_crate::Money`";
        assert_eq!(parse("date", "time"), Err(expected.to_owned()));
        assert!(parse("date", "a::b<c>").is_err());
    }

    #[test]
    fn a_policy_need_not_apply_and_a_type_must() {
        let mut formats = Formats::default();
        formats.set(Setting::new("date".to_owned()), FormatType::Plain);
        formats.set(Setting::new("email".to_owned()), FormatType::Plain);
        formats.set(Setting::new("uuid".to_owned()), FormatType::parse("uuid", "a::B").unwrap());
        let demanding: Vec<&str> = formats.demanding().map(|format| format.value.as_str()).collect();
        assert_eq!(demanding, ["email", "uuid"]);
    }
}
