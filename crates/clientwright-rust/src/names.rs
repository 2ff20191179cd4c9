//! Every Rust identifier that is made from a document's words is made here.
//!
//! In: any text, and the scope it must be alone in. Out: an [`Ident`]: valid, no keyword, of the case its place asks
//! for, and different from any the scope gave before. Never happens: an empty name, a raw identifier, a name that
//! depends on the order of a hash map.

use std::collections::BTreeSet;
use std::fmt;

use crate::lock::Given;

use heck::{ToPascalCase as _, ToShoutySnakeCase as _, ToSnakeCase as _};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt as _};
use unicode_normalization::UnicodeNormalization as _;

/// A Rust identifier, made by the one namer: valid, no keyword, and alone in its scope.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(String);

impl Ident {
    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // Valid by construction: `spell` lets only identifiers through.
        tokens.append(proc_macro2::Ident::new(&self.0, Span::call_site()));
    }
}

/// The case that a place asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// `PersonName`: types and variants.
    Pascal,
    /// `person_name`: fields, methods.
    Snake,
    /// `person_name` in ASCII: modules, which are files.
    Module,
    /// `PERSON_NAME`: statics.
    Shouty,
}

/// Identifiers that must differ from one another.
#[derive(Debug)]
pub(crate) struct Scope {
    case: Case,
    taken: BTreeSet<String>,
    /// The names that were given before, by key, as long as nobody came for them.
    given: Given,
    /// The names that have a key.
    made: Given,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub(crate) fn new(case: Case, reserved: &[&str]) -> Self {
        // The one keyword in Pascal case is told apart by a word like any other name that is taken.
        let taken = reserved.iter().chain(&["Self"]).map(|&name| name.to_owned()).collect();
        Self { case, taken, given: Given::new(), made: Given::new() }
    }

    /// The same scope, with names that were given before: they are kept for what has their keys. A name that is none, or
    /// is taken from the start, is given anew.
    pub(crate) fn keeping(mut self, given: impl IntoIterator<Item = (String, String)>) -> Self {
        for (key, name) in given {
            if is_name(&name, self.case) && self.taken.insert(name.clone()) {
                self.given.insert(key, name);
            }
        }
        self
    }

    /// The names that have a key.
    pub(crate) fn made(self) -> Given {
        self.made
    }

    /// Takes a name from the scope that another scope gave.
    pub(crate) fn reserve(&mut self, name: &Ident) {
        self.taken.insert(name.0.clone());
    }

    /// The scope of modules that stand side by side: no name is one of a device, which Windows lets no file have.
    pub(crate) fn modules() -> Self {
        let numbered = (1..=9).flat_map(|number| [format!("com{number}"), format!("lpt{number}")]);
        let devices = ["aux", "con", "nul", "prn"].into_iter().map(str::to_owned).chain(numbered);
        Self { taken: devices.collect(), ..Self::new(Case::Module, &[]) }
    }

    /// Names for all that stand side by side, each with its key and its words. Each keeps the name it was given before;
    /// of the others, what is already spelled as a name keeps its spelling, wherever it stands in the document.
    pub(crate) fn name_all(&mut self, all: &[Wanted<'_>], distinction: &str) -> Vec<Ident> {
        let mut names: Vec<Option<Ident>> = all.iter().map(|wanted| self.again(wanted.key)).collect();
        for exact in [true, false] {
            for (wanted, name) in all.iter().zip(&mut names) {
                let as_it_is = || !self.taken.contains(wanted.words) && spell(wanted.words, self.case) == wanted.words;
                if name.is_none() && (!exact || as_it_is()) {
                    *name = Some(self.name_for(wanted.key, wanted.words, distinction));
                }
            }
        }
        names.into_iter().flatten().collect()
    }

    /// The name that a key was given before, or one for its words.
    pub(crate) fn name_for(&mut self, key: &str, words: &str, distinction: &str) -> Ident {
        if let Some(again) = self.again(key) {
            return again;
        }
        let name = self.name(words, distinction);
        self.made.entry(key.to_owned()).or_insert_with(|| name.0.clone());
        name
    }

    /// The name that a key was given before, to the first that comes for it.
    fn again(&mut self, key: &str) -> Option<Ident> {
        let name = self.given.remove(key)?;
        self.made.insert(key.to_owned(), name.clone());
        Some(Ident(name))
    }

    /// A name for what a document calls `words`; where it is taken, for `words` and `distinction`, a word that tells
    /// the two apart; a number only where that is taken too.
    pub(crate) fn name(&mut self, words: &str, distinction: &str) -> Ident {
        let case = self.case;
        // `tags.id[]` beside `tags.id` is how many APIs call a list of what the other is one of.
        let list = || words.strip_suffix("[]").map(|one| spell(&format!("{one} list"), case));
        let distinct = || spell(&format!("{} {distinction}", spelled_out(words)), case);
        let separator = if case == Case::Pascal { "" } else { "_" };
        // Each is spelled when those before it are taken; most often the first is free.
        let free = std::iter::once_with(|| Some(spell(words, case)))
            .chain(std::iter::once_with(list))
            .chain(std::iter::once_with(|| Some(spell(&spelled_out(words), case))))
            .flatten()
            .chain(std::iter::once_with(distinct))
            .chain((2..u32::MAX).map(|number| format!("{}{separator}{number}", distinct())))
            .find(|name| !self.taken.contains(name));
        let name = free.unwrap_or_else(distinct);
        self.taken.insert(name.clone());
        Ident(name)
    }
}

/// Something that wants a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// What it is known by in the document, whatever it is called in Rust.
    pub(crate) key: &'a str,
    /// What the document calls it.
    pub(crate) words: &'a str,
}

/// Words that the language keeps for itself (Rust Reference, "Keywords", edition 2024).
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether a text is an identifier in the case of its place, and no keyword.
pub(crate) fn is_name(text: &str, case: Case) -> bool {
    let is_cased = match case {
        Case::Pascal => text.starts_with(char::is_uppercase) && !text.contains('_'),
        Case::Snake => !text.contains(char::is_uppercase),
        Case::Module => !text.contains(|c: char| c.is_uppercase() || !c.is_ascii()),
        Case::Shouty => !text.contains(char::is_lowercase),
    };
    is_cased && !text.starts_with('_') && !KEYWORDS.contains(&text) && syn::parse_str::<syn::Ident>(text).is_ok()
}

/// An identifier out of any text: `_` after a keyword, a letter before a digit.
pub(crate) fn spell(words: &str, case: Case) -> String {
    let letter = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    // The compiler takes names for the same that are equal in the form NFC, which ASCII always has.
    let readable: String =
        if words.is_ascii() { words.chars().map(letter).collect() } else { words.nfc().map(letter).collect() };
    let readable = if readable.trim().is_empty() { spelled_out(words) } else { readable };
    let readable = if case == Case::Module { in_ascii(&readable) } else { readable };
    let cased = match case {
        Case::Pascal => readable.to_pascal_case(),
        Case::Snake | Case::Module => readable.to_snake_case(),
        Case::Shouty => readable.to_shouty_snake_case(),
    };
    // What Unicode lets stand in identifiers is less than what it calls alphanumeric: superscripts, circled letters.
    let is_left = |c: char| c == '_' || is_continue(c);
    let mut name: String = if cased.is_ascii() { cased } else { cased.chars().filter(|&c| is_left(c)).collect() };
    if !name.starts_with(|c: char| c != '_' && is_start(c)) {
        let prefix = match case {
            Case::Pascal | Case::Shouty => "N",
            Case::Snake | Case::Module => "n",
        };
        name.insert_str(0, prefix);
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push('_');
    }
    name
}

/// The text with other letters as their numbers: the compiler finds no module whose name is not ASCII (E0754).
fn in_ascii(text: &str) -> String {
    let mut ascii = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            ascii.extend([" u", &format!("{:x}", u32::from(character)), " "]);
        }
    }
    ascii
}

fn is_start(character: char) -> bool {
    character.is_ascii_alphabetic()
        || (!character.is_ascii() && syn::parse_str::<syn::Ident>(&format!("{character}a")).is_ok())
}

fn is_continue(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || (!character.is_ascii() && syn::parse_str::<syn::Ident>(&format!("a{character}")).is_ok())
}

/// The text with its symbols as words: `+1` is `plus 1`, `a<b` is `a less b`.
fn spelled_out(words: &str) -> String {
    let mut text = String::new();
    for (index, character) in words.chars().enumerate() {
        match symbol(character) {
            _ if character.is_alphanumeric() => text.push(character),
            _ if character == '-' && index == 0 => text.push_str(" minus "),
            Some(word) => text.extend([" ", word, " "]),
            None if character.is_ascii() => text.push(' '),
            None => text.extend([" u", &format!("{:x}", u32::from(character)), " "]),
        }
    }
    if text.trim().is_empty() { "empty".to_owned() } else { text }
}

fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '@' => "at",
        '$' => "dollar",
        '#' => "number",
        '%' => "percent",
        '&' => "and",
        '*' => "star",
        '<' => "less",
        '>' => "greater",
        '=' => "equals",
        '!' => "not",
        '~' => "about",
        '?' => "question",
        '/' => "slash",
        '|' => "or",
        '^' => "caret",
        '[' => "bracket",
        '.' => "dot",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_a_person_would_write() {
        let cases = [
            ("createPerson", "create_person", "CreatePerson"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("order[familyName]", "order_family_name", "OrderFamilyName"),
            ("type", "type_", "Type"),
            ("Self", "self_", "Self"),
            ("gen", "gen_", "Gen"),
            ("400", "n400", "N400"),
            ("@id", "id", "Id"),
            ("", "empty", "Empty"),
            ("_", "empty", "Empty"),
            ("😀", "u1f600", "U1f600"),
            ("naïve", "naïve", "Naïve"),
            ("x²", "x", "X"),
            ("nai\u{308}ve", "naïve", "Naïve"),
            ("\u{212b}ngstro\u{308}m", "ångström", "Ångström"),
        ];
        for (text, snake, pascal) in cases {
            assert_eq!(spell(text, Case::Snake), snake, "{text}");
            assert_eq!(spell(text, Case::Pascal), pascal, "{text}");
        }
    }

    #[test]
    fn words_tell_colliding_names_apart() {
        let mut scope = Scope::new(Case::Snake, &["send"]);
        let mut name = |text: &str| scope.name(text, "parameter").to_string();
        assert_eq!(name("+1"), "n1");
        assert_eq!(name("-1"), "minus_1");
        assert_eq!(name("id"), "id");
        assert_eq!(name("@id"), "at_id");
        assert_eq!(name("tags.id"), "tags_id");
        assert_eq!(name("tags.id[]"), "tags_id_list");
        assert_eq!(name("send"), "send_parameter");
        assert_eq!(name("fooBar"), "foo_bar");
        assert_eq!(name("foo_bar"), "foo_bar_parameter");
        assert_eq!(name("foo-bar"), "foo_bar_parameter_2");
    }

    #[test]
    fn what_is_spelled_as_a_name_keeps_it() {
        let mut scope = Scope::new(Case::Snake, &["new"]);
        let names = name_all(&mut scope, &["@id", "fooBar", "id", "foo_bar", "new"]);
        assert_eq!(names, ["at_id", "foo_bar_member", "id", "foo_bar", "new_member"]);
    }

    #[test]
    fn what_has_a_name_keeps_it() {
        let given =
            |names: &[(&str, &str)]| names.iter().map(|&(k, n)| (k.to_owned(), n.to_owned())).collect::<Given>();
        let mut scope = Scope::new(Case::Snake, &["new"]).keeping(given(&[("fooBar", "foo_bar"), ("gone", "id")]));
        assert_eq!(name_all(&mut scope, &["foo_bar", "fooBar", "id"]), ["foo_bar_member", "foo_bar", "id_member"]);
        assert_eq!(scope.made(), given(&[("fooBar", "foo_bar"), ("foo_bar", "foo_bar_member"), ("id", "id_member")]));

        let hostile =
            given(&[("a", "new"), ("b", "x; fn y() {}"), ("c", "type"), ("d", "D"), ("e", "same"), ("f", "same")]);
        let mut scope = Scope::new(Case::Snake, &["new"]).keeping(hostile);
        let names = name_all(&mut scope, &["a", "b", "c", "d", "e", "f"]);
        assert_eq!(names, ["a", "b", "c", "d", "same", "f"]);
    }

    fn name_all(scope: &mut Scope, keys: &[&str]) -> Vec<String> {
        let wanted: Vec<Wanted<'_>> = keys.iter().map(|&key| Wanted { key, words: key }).collect();
        scope.name_all(&wanted, "member").iter().map(Ident::to_string).collect()
    }

    #[test]
    fn any_text_gives_a_valid_name() {
        let mut scope = Scope::new(Case::Pascal, &[]);
        for code in (0..0x2_ffff_u32).step_by(7) {
            let Some(character) = char::from_u32(code) else { continue };
            for text in [character.to_string(), format!("a{character}"), format!("{character}1")] {
                let name = scope.name(&text, "Type");
                assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{text:?} gave {name}");
            }
        }
    }
}
