//! Makes the prose of strangers fit for Rust's documentation.
//!
//! In: text of a document, in `CommonMark`, hostile until proven otherwise. Out: lines for `///`, that render as the
//! author meant.
//!
//! Never happens: a code block that `cargo test` would run, a comment that ends early, HTML, a control character or
//! one that turns the reading direction, a link that rustdoc takes for a path and does not find.

use clientwright_api::model::{Docs, Limits};
use clientwright_document::model::Bound;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// The lines of a document's prose: its summary, a blank line, its description. Empty where it says nothing.
pub(crate) fn lines(docs: &Docs) -> Vec<String> {
    let mut lines = docs.summary.as_deref().map(clean).unwrap_or_default();
    let description = docs.description.as_deref().map(clean).unwrap_or_default();
    if description != lines {
        paragraph(&mut lines, description);
    }
    lines
}

/// Adds a paragraph, a blank line before it.
pub(crate) fn paragraph(lines: &mut Vec<String>, more: Vec<String>) {
    if !lines.is_empty() && !more.is_empty() {
        lines.push(String::new());
    }
    lines.extend(more);
}

/// Adds what is to be said besides: to a last paragraph of one sentence or more in that line, else as a paragraph.
pub(crate) fn add(lines: &mut Vec<String>, sentences: &[String]) {
    if sentences.is_empty() {
        return;
    }
    let said = sentences.join(" ");
    let begins = lines.len() < 2 || lines.iter().rev().nth(1).is_some_and(String::is_empty);
    match lines.last_mut() {
        Some(last) if begins && is_prose(last) => *last = format!("{} {said}", ended(last)),
        _ => paragraph(lines, vec![said]),
    }
}

/// Whether a line is a sentence that another one can follow: no heading, no item of a list, no row of a table.
fn is_prose(line: &str) -> bool {
    let ends = |last: char| last.is_alphanumeric() || ['.', '!', '?', ')', '`', '"'].contains(&last);
    line.starts_with(char::is_alphabetic) && line.ends_with(ends)
}

/// A sentence, with the sign at its end.
pub(crate) fn ended(sentence: &str) -> String {
    if sentence.ends_with(['.', '!', '?', ':', '…']) { sentence.to_owned() } else { format!("{sentence}.") }
}

/// The first sentence of some lines, for places that have one line.
pub(crate) fn sentence(lines: &[String]) -> Option<String> {
    let paragraph: Vec<&str> = lines.iter().map(String::as_str).take_while(|line| !line.is_empty()).collect();
    let text = paragraph.join(" ");
    let end = text.find(". ").map_or(text.len(), |end| end + 1);
    let sentence = text.get(..end)?.trim();
    let plain = !sentence.is_empty() && sentence.len() <= 100 && !sentence.starts_with(['#', '-', '*', '|', '`', '>']);
    (plain && sentence.matches('`').count() % 2 == 0).then(|| sentence.to_owned())
}

/// What a document demands of a value, in a sentence each.
pub(crate) fn limits(limits: &Limits) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(numbers(limits));
    said.extend(limits.multiple_of.as_ref().map(|factor| format!("A multiple of {factor}.")));
    said.extend(range(limits.min_length, limits.max_length, "character"));
    said.extend(range(limits.min_items, limits.max_items, "item"));
    said.extend(range(limits.min_properties, limits.max_properties, "member"));
    if limits.unique_items {
        said.push("No item stands twice.".to_owned());
    }
    said.extend(limits.format.as_deref().map(|format| format!("Format: {}.", code(format))));
    said.extend(limits.pattern.as_deref().map(|pattern| format!("Pattern: {}.", code(pattern))));
    said
}

fn numbers(limits: &Limits) -> Option<String> {
    let least =
        |bound: &Bound| if bound.exclusive { format!("more than {}", bound.value) } else { bound.value.to_string() };
    let most =
        |bound: &Bound| if bound.exclusive { format!("less than {}", bound.value) } else { bound.value.to_string() };
    match (&limits.minimum, &limits.maximum) {
        (None, None) => None,
        (Some(minimum), None) if minimum.exclusive => Some(format!("More than {}.", minimum.value)),
        (Some(minimum), None) => Some(format!("At least {}.", minimum.value)),
        (None, Some(maximum)) if maximum.exclusive => Some(format!("Less than {}.", maximum.value)),
        (None, Some(maximum)) => Some(format!("At most {}.", maximum.value)),
        (Some(minimum), Some(maximum)) => Some(format!("From {} to {}.", least(minimum), most(maximum))),
    }
}

fn range(least: Option<u64>, most: Option<u64>, what: &str) -> Option<String> {
    let plural = |count: u64| if count == 1 { what.to_owned() } else { format!("{what}s") };
    match (least.filter(|&least| least > 0), most) {
        (None, None) => None,
        (Some(least), None) => Some(format!("At least {least} {}.", plural(least))),
        (None, Some(most)) => Some(format!("At most {most} {}.", plural(most))),
        (Some(least), Some(most)) if least == most => Some(format!("Exactly {least} {}.", plural(least))),
        (Some(least), Some(most)) => Some(format!("From {least} to {most} {}.", plural(most))),
    }
}

/// Text as a code span, whatever it holds.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let text: String = text.chars().filter(|&c| !is_control(c) && c != '\n').collect();
    let mut ticks = "`".to_owned();
    while text.contains(&ticks) {
        ticks.push('`');
    }
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{space}{text}{space}{ticks}")
}

/// One line of plain text, without its Markdown meaning.
pub(crate) fn line(text: &str) -> String {
    clean(text).join(" ")
}

/// Most lines of one description; more is cut, and said to be.
const LONGEST: usize = 400;

/// Rewrites prose so that rustdoc renders it and runs none of it.
///
/// The rewriting keeps what is common; rustdoc's own parser then has the last word, and prose in which it still finds
/// code that would run, or HTML, becomes plain text.
fn clean(text: &str) -> Vec<String> {
    let lines = rewritten(text);
    if is_harmless(&lines.join("\n")) { lines } else { plain(text) }
}

/// Whether all code is marked as text, and there is no HTML.
#[expect(clippy::wildcard_enum_match_arm, reason = "only these kinds of event run or render as HTML")]
fn is_harmless(text: &str) -> bool {
    // The extensions that rustdoc turns on, as far as they could hide a block.
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    Parser::new_ext(text, options).all(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => &*language == "text",
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented) | Tag::HtmlBlock)
        | Event::Html(_)
        | Event::InlineHtml(_) => false,
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => is_url(&dest_url),
        _ => true,
    })
}

/// The words alone: every character that Markdown could take for more is escaped, and nothing is indented.
fn plain(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines: Vec<String> = Vec::new();
    for raw in text.trim().lines().take(LONGEST) {
        let mut line = String::new();
        for character in raw.trim().chars().filter(|&character| !is_control(character)) {
            if character.is_ascii_punctuation() && !matches!(character, ',' | ';' | '?' | '\'' | '/' | '%') {
                line.push('\\');
            }
            line.push(character);
        }
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines
}

/// Rewrites prose, line by line.
fn rewritten(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    for raw in text.trim().lines() {
        let line: String = raw.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(|&c| !is_control(c)).collect();
        let line = line.trim_end();
        if lines.len() >= LONGEST {
            lines.extend(fence.take());
            lines.push("…".to_owned());
            return lines;
        }
        match (&fence, fence_of(line)) {
            (Some(open), _) if line.trim() == open => {
                lines.extend(fence.take());
            }
            (Some(_), _) => lines.push(line.to_owned()),
            (None, Some(mark)) => {
                lines.push(format!("{mark}text"));
                fence = Some(mark);
            }
            (None, None) if line.trim().is_empty() => {
                if lines.last().is_some_and(|last| !last.is_empty()) {
                    lines.push(String::new());
                }
            }
            (None, None) => lines.push(prose(line, lines.last())),
        }
    }
    lines.extend(fence);
    lines
}

/// The mark of a line that opens or closes a code block.
fn fence_of(line: &str) -> Option<String> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|&c| c == '`' || c == '~')?;
    let length = line.chars().take_while(|&c| c == mark).count();
    let rest = line.get(length..)?;
    (length >= 3 && !(mark == '`' && rest.contains('`'))).then(|| mark.to_string().repeat(length))
}

/// One line outside of a code block. Indentation that would make it one is taken back, unless it continues a list.
fn prose(line: &str, previous: Option<&String>) -> String {
    let indent = line.len() - line.trim_start().len();
    let within_list = previous.is_some_and(|last| last.starts_with(' ') || is_list_item(last.trim_start()));
    let kept = if indent >= 4 && !within_list { 0 } else { indent.min(3) };
    let mut out = " ".repeat(kept);
    let mut rest = line.trim_start();
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            '`' => span(rest),
            '<' => autolink(rest),
            '[' => link(rest),
            'h' if word_starts(&out) => url(rest),
            _ => None,
        };
        let (text, length) = taken.unwrap_or_else(|| literal(rest, character));
        out.push_str(&text);
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// A character that means itself; what is escaped already stays so.
fn literal(text: &str, character: char) -> (String, usize) {
    let escaped = text.chars().nth(1).filter(|next| character == '\\' && next.is_ascii_punctuation());
    match (character, escaped) {
        (_, Some(next)) => (format!("{character}{next}"), 1 + next.len_utf8()),
        ('<' | '[' | ']' | '`', None) => (format!("\\{character}"), 1),
        (_, None) => (character.to_string(), character.len_utf8()),
    }
}

fn is_list_item(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("+ ")
        || (digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") ")))
}

fn word_starts(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '/')
}

/// A code span, as it stands.
fn span(text: &str) -> Option<(String, usize)> {
    let ticks = text.chars().take_while(|&c| c == '`').count();
    let mark = text.get(..ticks)?;
    let inner = text.get(ticks..)?;
    let end = inner.match_indices(mark).map(|(at, _)| at).find(|&at| {
        !inner.get(at + ticks..).is_some_and(|rest| rest.starts_with('`'))
            && !inner.get(..at).is_some_and(|b| b.ends_with('`'))
    })?;
    let length = end + 2 * ticks;
    Some((text.get(..length)?.to_owned(), length))
}

/// `<https://…>`, as it stands.
fn autolink(text: &str) -> Option<(String, usize)> {
    let end = text.find('>')?;
    let inner = text.get(1..end)?;
    (is_url(inner) && !inner.contains([' ', '<'])).then(|| (format!("<{inner}>"), end + 1))
}

/// `[text](https://…)`, with the text made plain.
fn link(text: &str) -> Option<(String, usize)> {
    let middle = text.find("](")?;
    let end = middle + text.get(middle..)?.find(')')?;
    let (label, target) = (text.get(1..middle)?, text.get(middle + 2..end)?);
    let sound = is_url(target) && !target.contains([' ', '<', '>']) && !label.contains(['[', ']', '<', '`', '\\']);
    sound.then(|| (format!("[{label}]({target})"), end + 1))
}

/// A bare address becomes a link.
fn url(text: &str) -> Option<(String, usize)> {
    let end = text.find(|c: char| c.is_whitespace() || "<>[]()`\"'|\\".contains(c)).unwrap_or(text.len());
    let address = text.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    is_url(address).then(|| (format!("<{address}>"), address.len()))
}

fn is_url(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
}

/// Control characters, and those that turn the reading direction or hide themselves.
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        clean(text).join("\n")
    }

    #[test]
    fn code_is_never_run() {
        assert_eq!(cleaned("a\n\n    std::process::exit(1)\n"), "a\n\nstd::process::exit(1)");
        assert_eq!(cleaned("```\nfn x() {}\n```"), "```text\nfn x() {}\n```");
        assert_eq!(cleaned("~~~rust\nx\n~~~"), "~~~text\nx\n~~~");
        assert_eq!(cleaned("```rust\nnever closed"), "```text\nnever closed\n```");
        assert_eq!(cleaned("\tx"), "x");
        assert_eq!(cleaned("- item\n\n      code in it"), "- item\n\ncode in it");
    }

    #[test]
    fn what_hides_code_becomes_plain() {
        for hostile in [
            "```\nx\n````\n\n~~~\nstd::process::exit(1)\n~~~",
            "> ~~~\n> std::process::exit(1)\n> ~~~",
            ">      std::process::exit(1)",
            "-     std::process::exit(1)",
            "1)      std::process::exit(1)",
            "- ~~~\n  std::process::exit(1)\n  ~~~",
            "* a\n\n      std::process::exit(1)",
            "[x]: javascript:alert(1)\n\n[x]",
        ] {
            let lines = cleaned(hostile);
            assert!(is_harmless(&lines), "{hostile:?} became {lines:?}");
        }
        assert!(!is_harmless("> ~~~\n> x\n> ~~~") && !is_harmless("a <b>c</b>") && is_harmless("- a\n- `b`\n\n1. c"));
    }

    #[test]
    fn html_and_controls_are_defused() {
        assert_eq!(cleaned("<script>x</script> a<b"), "\\<script>x\\</script> a\\<b");
        assert_eq!(cleaned("a\u{202e}b\u{0}c\rd"), "abc\nd");
        assert_eq!(cleaned("`a<b>` [x] */ /*"), "`a<b>` \\[x\\] */ /*");
        assert_eq!(cleaned("`open"), "\\`open");
    }

    #[test]
    fn links_work_and_paths_are_no_links() {
        assert_eq!(cleaned("see https://a.example/x?y=1."), "see <https://a.example/x?y=1>.");
        assert_eq!(cleaned("[docs](https://a.example)"), "[docs](https://a.example)");
        assert_eq!(cleaned("[docs](javascript:alert)"), "\\[docs\\](javascript:alert)");
        assert_eq!(cleaned("[Person] and <https://a.example>"), "\\[Person\\] and <https://a.example>");
        assert_eq!(cleaned("[x]: https://a.example"), "\\[x\\]: <https://a.example>");
    }

    #[test]
    fn what_is_to_be_said_besides_follows_a_sentence() {
        let added = |lines: &[&str]| {
            let mut lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            add(&mut lines, &["At least 1.".to_owned(), "No item stands twice.".to_owned()]);
            lines.join("/")
        };
        assert_eq!(added(&["How many."]), "How many. At least 1. No item stands twice.");
        assert_eq!(
            added(&["First.", "", "How many (of all)"]),
            "First.//How many (of all). At least 1. No item stands twice."
        );
        assert_eq!(added(&["- How many."]), "- How many.//At least 1. No item stands twice.");
        assert_eq!(added(&["One", "two."]), "One/two.//At least 1. No item stands twice.");
        assert_eq!(added(&[]), "At least 1. No item stands twice.");
    }

    #[test]
    fn sentences_and_code_spans() {
        assert_eq!(sentence(&["First name. More.".into()]).as_deref(), Some("First name."));
        assert_eq!(sentence(&[]), None);
        assert_eq!(code("a`b"), "``a`b``");
    }
}
