//! Where a case expects its diagnostics.
//!
//! In: texts with marks in their comments, and what was reported about them. Out: places with codes, `file:line:column
//! code`, of the one and of the other. Never: a judgement about words; the snapshot shows those.

use std::collections::BTreeSet;

/// The places that the marks of a text name, and their codes.
///
/// A mark is a comment of its own line. It points at the line above it, other marks skipped: with `^` at what stands
/// above the first of them, or with `<-` at what stands above its `#`, which reaches the first column too.
///
/// ```yaml
/// in: querry
/// #   ^^^^^^ invalid-value
/// servrs: []
/// #<- unknown-key
/// ```
#[must_use]
pub fn expected(name: &str, text: &str) -> BTreeSet<String> {
    let mut expected = BTreeSet::new();
    let mut marked = 0;
    for (index, line) in text.lines().enumerate() {
        match mark(line) {
            Some((column, code)) => {
                expected.insert(format!("{name}:{marked}:{column} {code}"));
            }
            None => marked = index + 1,
        }
    }
    expected
}

/// The places of a report with one line for each diagnostic, and their codes.
#[must_use]
pub fn reported(short: &str) -> BTreeSet<String> {
    let place_and_code = |line: &str| {
        let (before, _) = line.split_once(']').unwrap_or((line, ""));
        let (before, code) = before.split_once('[').unwrap_or((before, ""));
        let place = before.rsplit_once(": ").map_or("", |(place, _severity)| place);
        format!("{place} {code}")
    };
    short.lines().map(place_and_code).collect()
}

/// The codes that the marks of a text name.
pub fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(mark).map(|(_, code)| code)
}

/// What a person is told where marks and report differ.
#[must_use]
pub fn difference(expected: &BTreeSet<String>, reported: &BTreeSet<String>) -> Option<String> {
    let list = |title: &str, places: Vec<&String>| {
        let lines = places.iter().map(|place| format!("\n  {place}"));
        if places.is_empty() { String::new() } else { format!("\n{title}:{}", lines.collect::<String>()) }
    };
    let unmarked = list("reported, but not marked in the case", reported.difference(expected).collect());
    let missing = list("marked in the case, but not reported", expected.difference(reported).collect());
    (expected != reported).then(|| unmarked + &missing)
}

/// The column, from 1, and the code of a line that is a mark.
fn mark(line: &str) -> Option<(usize, &str)> {
    let comment = line.trim_start().strip_prefix('#')?;
    let indentation = line.len() - comment.len() - 1;
    if let Some(code) = comment.strip_prefix("<-") {
        return Some((indentation + 1, code.trim()));
    }
    let (blanks, rest) = comment.split_at(comment.len() - comment.trim_start().len());
    let code = rest.trim_start_matches('^');
    (code.len() < rest.len()).then(|| (indentation + 1 + blanks.chars().count() + 1, code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_point_upwards() {
        let text = "a: 1\n#  ^ one\n#<- two\n  b: c # no mark\n  #<- three\n    # ^^^ four\n# a comment";
        let places = ["x:1:1 two", "x:1:4 one", "x:4:3 three", "x:4:7 four"];
        assert_eq!(expected("x", text), places.map(str::to_owned).into());
        assert_eq!(codes(text).collect::<Vec<_>>(), ["one", "two", "three", "four"]);
    }

    #[test]
    fn reports_have_places() {
        let short = "a.yaml:12:5: warning[unknown-key]: `x[]` has no meaning: here\nerror[file-not-found]: none\n";
        let places = ["a.yaml:12:5 unknown-key", " file-not-found"];
        assert_eq!(reported(short), places.map(str::to_owned).into());
    }

    #[test]
    fn differences_are_told_both_ways() {
        let (one, two) = (BTreeSet::from(["a".to_owned()]), BTreeSet::from(["b".to_owned()]));
        let told = "\nreported, but not marked in the case:\n  b\nmarked in the case, but not reported:\n  a";
        assert_eq!(difference(&one, &two).as_deref(), Some(told));
        assert_eq!(difference(&one, &one), None);
    }
}
