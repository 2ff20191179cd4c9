//! Texts.
//!
//! In: what is asked of a text. Out: one: in its format, matching its pattern, or any, of a length that is allowed.
//! Never: a format invented; of one that is not known here, any text.

use regex_syntax::Parser;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Map, Value};

use crate::json::Json;
use crate::random::Random;

/// Texts that stand anywhere.
const WORDS: &[&str] = &[
    "",
    "a",
    "word",
    "two words",
    "quo\"te \\ and / slash",
    "line\nbreak\ttab",
    "Grüße, 世界 🦀",
    "null",
    "12",
    "\u{1}\u{7f}\u{2028}",
    " spaces ",
    "<b>&amp;</b>",
];

/// Texts of the formats that have a grammar.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "date-time",
        &[
            "2026-04-28T10:30:00Z",
            "2026-04-28T10:30:00.5+02:00",
            "1999-12-31T23:59:59.123456789-08:00",
            "2024-02-29t00:00:00z",
            "2026-04-28T10:30:00.120Z",
        ],
    ),
    ("date-time-local", &["2026-04-28T10:30:00", "2026-04-28T10:30:00.250"]),
    ("date", &["2026-04-28", "2024-02-29", "0001-01-01"]),
    ("time", &["10:30:00Z", "23:59:59.5+02:00"]),
    ("duration", &["P1D", "PT36H", "P3Y6M4DT12H30M5S"]),
    ("uuid", &["6f1c7a1e-52a5-4d59-9f0a-2c2f5f9c7a10", "00000000-0000-0000-0000-000000000000"]),
    ("byte", &["", "aGVsbG8=", "/+8=", "AAECAwQ="]),
    ("base64url", &["", "aGVsbG8", "_-8", "AAECAwQ"]),
    ("email", &["a@example.com", "first.last+tag@example.org"]),
    ("idn-email", &["a@example.com"]),
    ("hostname", &["example.com", "a-b.example"]),
    ("idn-hostname", &["example.com"]),
    ("ipv4", &["192.0.2.1", "255.255.255.255"]),
    ("ipv6", &["2001:db8::1", "::1"]),
    ("uri", &["https://example.com/a?b=c#d", "urn:example:a"]),
    ("uri-reference", &["/a/b?c", "https://example.com/"]),
    ("iri-reference", &["/ü"]),
    ("iri", &["https://example.com/ü"]),
    ("uri-template", &["/a/{b}"]),
    ("json-pointer", &["/a/b~1c", ""]),
    ("relative-json-pointer", &["1/a"]),
    ("regex", &["^a+$"]),
    ("decimal", &["12.50", "-0.10", "0", "1234567890123456789012345678"]),
    ("float", &["1.5", "0"]),
    ("double", &["1.5", "0"]),
    ("int32", &["12"]),
    ("int64", &["12", "9223372036854775807"]),
    ("uint64", &["18446744073709551615"]),
    ("ipv4-cidr", &["192.0.2.0/24"]),
    ("base64", &["aGVsbG8="]),
    ("binary", &["bytes"]),
];

/// How often something that may be repeated is repeated beyond what it has to be: few times, unless more is asked for.
const MOST: &[u32] = &[3, 3, 3, 10, 40, 200];

/// A word of any kind.
pub(crate) fn word(random: &mut Random) -> &'static str {
    random.pick(WORDS).unwrap_or("a")
}

/// A text.
pub(crate) fn text(random: &mut Random, asked: &[&Map<String, Value>]) -> Option<Json> {
    let stated = |key: &'static str| asked.iter().filter_map(move |one| one.get(key)?.as_str());
    let limit = |key: &'static str| asked.iter().filter_map(move |one| usize::try_from(one.get(key)?.as_u64()?).ok());
    let (least, most) = (limit("minLength").max().unwrap_or(0), limit("maxLength").min().unwrap_or(usize::MAX));
    if let Some(found) = stated("pattern").find_map(|pattern| matching(random, pattern)) {
        // The shortest of some tries where there is a limit, and the longest where more is asked for.
        let mut best = found;
        for (pattern, most_repeated) in stated("pattern").take(1).cycle().zip(MOST) {
            let length = best.chars().count();
            if (least..=most).contains(&length) {
                break;
            }
            best = repeated(random, pattern, *most_repeated)?;
        }
        return Some(Json::Text(best));
    }
    for format in stated("format") {
        if let Some((_, texts)) = FORMATS.iter().find(|(name, _)| *name == format) {
            return random.pick(texts).map(|text| Json::Text(text.to_owned()));
        }
    }
    Some(Json::Text(fitted(word(random), least, most, random)))
}

/// A text with as many characters as are allowed.
fn fitted(word: &str, least: usize, most: usize, random: &mut Random) -> String {
    let mut text: String = word.chars().take(most).collect();
    let missing = least.min(100_000).saturating_sub(text.chars().count());
    if missing > 0 {
        text.extend(std::iter::repeat_n('m', missing));
    } else if random.chance(2) && most > 3000 {
        text.push_str(&"long ".repeat(500));
    }
    text
}

/// Whether a key is one of those that a pattern describes; of patterns that are not simple, as far as can be told.
pub(crate) fn matches(pattern: &str, key: &str) -> bool {
    let schema = serde_json::json!({"pattern": pattern});
    jsonschema::options().build(&schema).is_ok_and(|validator| validator.is_valid(&key.into()))
}

/// A text that a pattern matches, but for where it looks around itself: that the validator judges.
pub(crate) fn matching(random: &mut Random, pattern: &str) -> Option<String> {
    repeated(random, pattern, 3)
}

fn repeated(random: &mut Random, pattern: &str, most: u32) -> Option<String> {
    let parsed = Parser::new().parse(&without_looks(pattern)).ok()?;
    let mut text = String::new();
    write(random, &parsed, most, &mut text);
    Some(text)
}

/// A pattern without its groups that only look: `(?!…)`, `(?=…)`, `(?<!…)`, `(?<=…)`.
fn without_looks(pattern: &str) -> String {
    let mut kept = String::new();
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, character) in pattern.char_indices() {
        let rest = pattern.get(at..).unwrap_or_default();
        let looks = ["(?!", "(?=", "(?<!", "(?<="].iter().any(|start| rest.starts_with(start));
        match character {
            _ if escaped => {}
            '(' if depth > 0 || looks => depth += 1,
            ')' if depth == 1 => {
                depth = 0;
                continue;
            }
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = character == '\\' && !escaped;
        if depth == 0 {
            kept.push(character);
        }
    }
    kept
}

fn write(random: &mut Random, part: &Hir, most: u32, text: &mut String) {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(class) => text.extend(character(random, class)),
        HirKind::Repetition(repetition) => {
            let highest = repetition.max.unwrap_or(u32::MAX).min(repetition.min.saturating_add(most));
            let more = usize::try_from(highest.saturating_sub(repetition.min)).unwrap_or_default();
            let count = usize::try_from(repetition.min).unwrap_or_default() + random.below(more + 1);
            (0..count.min(5000)).for_each(|_| write(random, &repetition.sub, most, text));
        }
        HirKind::Capture(capture) => write(random, &capture.sub, most, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(random, part, most, text)),
        HirKind::Alternation(parts) => {
            if let Some(part) = parts.get(random.below(parts.len())) {
                write(random, part, most, text);
            }
        }
    }
}

/// A character of a class, a plain one where there is one.
fn character(random: &mut Random, class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.ranges().iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => {
            class.ranges().iter().map(|range| (char::from(range.start()), char::from(range.end()))).collect()
        }
    };
    let plain = (' '..='~').filter(|one| ranges.iter().any(|(start, end)| start <= one && one <= end));
    let plain: Vec<char> = plain.collect();
    let odd = random.chance(5) || plain.is_empty();
    if odd {
        ranges.get(random.below(ranges.len())).map(|range| range.0)
    } else {
        plain.get(random.below(plain.len())).copied()
    }
}
