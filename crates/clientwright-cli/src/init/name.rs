//! A name for a client, from what its document says.
//!
//! In: the title of an API, and the document's path. Out: a name that a package may have. Never:
//! words that every API could have in its name, unless there are no others.

use clientwright::configuration::is_package_name;

/// Words that do not tell one API from another.
const COMMON: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "for",
    "and",
    "to",
    "api",
    "apis",
    "rest",
    "restful",
    "http",
    "json",
    "openapi",
    "swagger",
    "oas",
    "spec",
    "specs",
    "specification",
    "schema",
    "definition",
    "document",
    "documentation",
    "docs",
    "reference",
    "public",
    "web",
    "service",
    "services",
    "version",
];
/// Names that cargo or the compiler keeps for itself, among those that an API could have.
const TAKEN: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "core",
    "crate",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "proc-macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "build",
    "deps",
    "examples",
    "incremental",
    "clientwright-runtime",
];
/// A name of more words is no name any more.
const MOST_WORDS: usize = 3;

/// A name from a title such as `Swagger Petstore - OpenAPI 3.0`, or from the file's, or some name.
pub(super) fn from_document(title: &str, path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let name = from_words(title).or_else(|| from_words(stem)).unwrap_or_else(|| "api".to_owned());
    if TAKEN.contains(&name.as_str()) || name == "api" { format!("{name}-client") } else { name }
}

/// The words of a text that tell it from others, in lower case, with hyphens between.
fn from_words(text: &str) -> Option<String> {
    let text = fold(text);
    let is_between = |character: char| !character.is_ascii_alphanumeric() && character != '.';
    let words = text.split(is_between).filter(|word| !is_version(word));
    let words = words.flat_map(|word| word.split('.')).filter(|word| !word.is_empty() && !is_version(word));
    let words = words.filter(|word| !COMMON.contains(word)).skip_while(|word| !begins_with_letter(word));
    let name = words.take(MOST_WORDS).collect::<Vec<_>>().join("-");
    is_package_name(&name).then_some(name)
}

/// Lower case, apostrophes left out, and letters with marks without them. Other letters that are
/// not ASCII stay, and end a word.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    folded
}

/// What a letter is written as without its marks, where it has any.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        // Marks can stand by themselves, after their letter.
        '\'' | '’' | '\u{300}'..='\u{36f}' => "",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// `3.0`, `v2`, `v1beta1`; but not `365`.
fn is_version(word: &str) -> bool {
    let begins_with_digit = |word: &str| word.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let is_numbers = word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let numbers = begins_with_digit(word) && word.contains('.') && is_numbers;
    numbers || word.strip_prefix('v').is_some_and(begins_with_digit)
}

fn begins_with_letter(word: &str) -> bool {
    word.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names() {
        for (title, name) in [
            ("Allo", "allo"),
            ("Swagger Petstore - OpenAPI 3.0", "petstore"),
            ("GitHub v3 REST API", "github"),
            ("The Vendor's API (v1beta1)", "vendors"),
            ("Google Cloud Storage JSON API", "google-cloud-storage"),
            ("Pokémon Übersicht", "pokemon-ubersicht"),
            ("Cloudflare.com", "cloudflare-com"),
            ("Office 365 Service", "office-365"),
            ("3Scale / 2 Billing", "billing"),
            ("Match API", "match-client"),
            ("Test", "test-client"),
        ] {
            assert_eq!(from_document(title, "specs/file.yaml"), name, "{title}");
        }
    }

    #[test]
    fn a_file_names_what_its_title_does_not() {
        for title in ["", "REST API v2", "日本語"] {
            assert_eq!(from_document(title, "specs/pet-shop.v2.yaml"), "pet-shop", "{title}");
            assert_eq!(from_document(title, "openapi.json"), "api-client", "{title}");
        }
    }

    #[test]
    fn every_name_is_one() {
        for title in ["x".repeat(500), "a-b.c'd".to_owned(), "\u{202e}\0 1 2 3".to_owned(), "İstanbul".to_owned()] {
            let name = from_document(&title, "é.yaml");
            assert!(is_package_name(&name), "{title:?}: {name}");
        }
    }
}
