//! The reader against `serde_json`: the same texts accepted, the same values read.

use serde_json::Value;

use crate::wire::json::{from_slice, to_vec};

fn agree(text: &[u8]) {
    let ours = from_slice::<Value>(text);
    match (&ours, serde_json::from_slice::<Value>(text)) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, &theirs, "{}", String::from_utf8_lossy(text)),
        (Err(_), Err(_)) => {}
        // serde_json lets the last of equal keys win; nothing is lost in silence here.
        (Err(error), Ok(_)) if error.expected() == "each key once" => {}
        (ours, theirs) => panic!("{}: {ours:?} but serde_json {theirs:?}", String::from_utf8_lossy(text)),
    }
    if let Ok(value) = ours {
        assert_eq!(to_vec(&value).unwrap(), serde_json::to_vec(&value).unwrap());
    }
}

/// Every piece of the grammar, sound and broken.
const PIECES: &[&str] = &[
    "",
    " ",
    "\n\t\r ",
    "null",
    "nul",
    "nulll",
    "true",
    "false",
    "tru",
    "True",
    "NaN",
    "Infinity",
    "-Infinity",
    "0",
    "-0",
    "00",
    "01",
    "-",
    "--1",
    "+1",
    "1",
    "-1",
    "12.5",
    "1.",
    ".5",
    "1.e3",
    "1e",
    "1e+",
    "1e5",
    "1E-5",
    "1e+05",
    "0x10",
    "1_000",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "1e308",
    "0.1",
    "-1.5e-10",
    r#""""#,
    r#""a""#,
    r#""a"#,
    r#"a""#,
    r#""\"""#,
    r#""\\""#,
    r#""\/\b\f\n\r\t""#,
    r#""\a""#,
    r#""\u0041""#,
    r#""\u00e9""#,
    r#""\ud83d\ude00""#,
    r#""\ud83d""#,
    r#""\ude00""#,
    r#""\ud83d\u0041""#,
    r#""\u12""#,
    r#""\u+123""#,
    r#""\uD83D\n""#,
    "\"\u{1}\"",
    "\"\u{7f}\"",
    "\"é😀 twelve bytes and more\"",
    "\"a long string with a \\n newline in its middle\"",
    "'a'",
    "[]",
    "[ ]",
    "[1]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1,2",
    "[1,[2,[3]]]",
    "[",
    "]",
    "{}",
    "{ }",
    r#"{"a":1}"#,
    r#"{"a":1,}"#,
    r#"{"a" : 1 , "b":[{}]}"#,
    "{a:1}",
    r#"{"a"1}"#,
    r#"{"a":}"#,
    r#"{"a":1 "b":2}"#,
    "{,}",
    r#"{"a":1"#,
    "{]",
    "[}",
    "1 1",
    "[] []",
    "/* */ 1",
    "1 // x",
    "\u{feff}1",
    "\u{a0}1",
];

#[test]
fn every_piece_is_judged_as_serde_json_judges_it() {
    for piece in PIECES {
        agree(piece.as_bytes());
        agree(format!(" {piece}\n").as_bytes());
        agree(format!("[{piece}]").as_bytes());
        agree(format!("{{\"k\":{piece}}}").as_bytes());
        for second in PIECES {
            agree(format!("[{piece},{second}]").as_bytes());
            agree(format!("[{{\"k\":{piece}}} , {second}]").as_bytes());
        }
    }
}

/// Texts made by changing a sound one, with a fixed sequence of choices.
#[test]
fn mutations_are_judged_as_serde_json_judges_them() {
    let sound =
        r#"{"id":"per-abc123","n":[1,-2.5e3,true,null],"é":{"x":"a\"b\\c\u00e9\ud83d\ude00"},"empty":{},"l":[]}"#;
    let bytes = "{}[]\",:\\u0129-+.eEtfn \u{1}é".as_bytes();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % bound as u64).unwrap()
    };
    for _ in 0..50_000 {
        let mut text = sound.as_bytes().to_vec();
        for _ in 0..=below(3) {
            let at = below(text.len());
            match below(3) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, bytes[below(bytes.len())]),
                _ => text[at] = bytes[below(bytes.len())],
            }
        }
        agree(&text);
    }
}

#[test]
fn every_truncation_fails() {
    let sound = r#"{"id":"per-abc123","n":[1,-2.5e3,true,null],"x":"a\"bé"}"#;
    for (end, _) in sound.char_indices() {
        assert!(from_slice::<Value>(&sound.as_bytes()[..end]).is_err(), "{end}");
    }
    assert!(from_slice::<Value>(b"\"\xff\"").unwrap_err().expected().contains("UTF-8"));
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(from_slice::<Value>(nested(128).as_bytes()).is_ok());
    assert!(from_slice::<Value>(nested(129).as_bytes()).is_err());
    for text in ["[".repeat(1_000_000), "{\"a\":".repeat(1_000_000)] {
        assert!(from_slice::<Value>(text.as_bytes()).is_err());
    }
}

#[test]
fn errors_say_what_was_expected_and_where() {
    let error = from_slice::<Vec<String>>(b"[\"a\", 5]").unwrap_err();
    assert_eq!(error.to_string(), "[1]: expected a string, found the number 5");
    let error = from_slice::<Vec<bool>>(b"[true, {}]").unwrap_err();
    assert_eq!(error.to_string(), "[1]: expected a boolean, found an object");
    let error = from_slice::<Vec<bool>>(b"[true; false]").unwrap_err();
    assert_eq!(error.to_string(), "expected `,` or `]`, found ';' at byte 5");
    let error = from_slice::<Vec<bool>>(b"<html>").unwrap_err();
    assert_eq!(error.to_string(), "expected an array, found '<' at byte 0");
}
