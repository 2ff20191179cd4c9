//! Values that would leave their place if they could.
//!
//! In: texts with line ends, quotes, percent signs, dots, separators of everything, and none. Out: the same text read there
//! by decoders of others, or a refusal before anything is sent. Never: a second header, another path, another pair.

use clientwright_tests::Recorded;

use super::values_in_places::{IN_MEDIA_TYPES, Place, SIMPLE};
use super::{places, server};

/// A long one is made beside these.
pub(crate) const HOSTILE: &[&str] = &[
    "",
    " ",
    "a b+c",
    "a\r\nX-Evil: 1",
    "a\nb",
    "a\rb",
    "\0",
    "\u{7f}",
    "\t",
    "\"quoted\" and 'quoted'",
    "%",
    "%41%2e%2E%zz",
    "..",
    ".",
    "../../etc/passwd",
    "/",
    "?text=evil",
    "#fragment",
    "a&text=evil",
    "a;text=evil",
    "a,b|c",
    "a=b",
    "{text}",
    "[0]",
    "é漢字🎉",
    "\u{202e}evil\u{feff}",
    "--boundary--",
    "<a>&amp;</a>",
    "null",
    "\\u0000",
];

/// A text of many kilobytes; a URL holds no more than 64.
pub(crate) fn long() -> String {
    "é %".repeat(3_000)
}

#[test]
fn texts_stay_in_their_place() {
    let long = long();
    for place in SIMPLE.iter().chain(IN_MEDIA_TYPES) {
        let server = server();
        let client = places(&server);
        for text in HOSTILE.iter().copied().chain([long.as_str()]) {
            let before = server.requests().len();
            match place.send(&server, &client, text) {
                Ok(request) => {
                    is_one(&request);
                    let expected = expected(place, text);
                    assert_eq!(place.read(&request).as_deref(), Some(&*expected), "{}: {text:?}", place.name);
                    assert!(may_stand(place, text), "{}: {text:?} is sent", place.name);
                }
                Err(error) => {
                    assert_eq!(server.requests().len(), before, "{}: {text:?}: {error}", place.name);
                    assert!(!may_stand(place, text), "{}: {text:?} is refused: {error}", place.name);
                }
            }
        }
    }
}

/// Nothing of a value became a header or a line of its own.
fn is_one(request: &Recorded) {
    assert_eq!(request.header("x-evil"), None, "{request:?}");
    assert!(request.target.bytes().all(|byte| byte.is_ascii_graphic()), "{}", request.target);
    assert!(!request.target.contains('#'), "{}", request.target);
    let evil = request.headers.iter().any(|(name, _)| name.contains("evil"));
    assert!(!evil, "{request:?}");
}

/// What is read: `%XX` passes where reserved characters are allowed, and the ends of a header are no part of it.
fn expected(place: &Place, text: &str) -> String {
    if place.name.contains("allowReserved") {
        return text.replace("%41%2e%2E", "A..");
    }
    if matches!(place.name, "header" | "cookie, `style: cookie`") {
        text.trim_matches([' ', '\t']).to_owned()
    } else {
        text.to_owned()
    }
}

/// Whether a text can stand in a place at all.
fn may_stand(place: &Place, text: &str) -> bool {
    let control = |character: char| character.is_ascii_control() && character != '\t';
    match place.name {
        "path" | "path, `allowReserved`" => !matches!(text, "" | "." | ".."),
        "header" => !text.contains(control),
        "cookie, `style: cookie`" => !text.contains(|character: char| character.is_control() || character == ';'),
        _ => true,
    }
}
