//! Text of strangers, made fit for a terminal.
//!
//! In: any text. Out: the same with every character that would steer a terminal or turn the
//! reading direction replaced by a visible escape. Never: a line end, unless it was asked for.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Escapes control characters, bidirectional controls and invisible format characters:
/// `\u{202e}`.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_unsafe(character) {
            // Writing to a string cannot fail.
            let _ = write!(cleaned, "\\u{{{:x}}}", u32::from(character));
        } else {
            cleaned.push(character);
        }
    }
    Cow::Owned(cleaned)
}

/// Like [`clean`], but one character wide for each, so that columns stay where they are.
pub(super) fn clean_in_place(character: char) -> char {
    match character {
        '\t' => ' ',
        _ if is_unsafe(character) => '\u{fffd}',
        _ => character,
    }
}

/// A text in quotes for a title or a label, cleaned and cut to a sensible length.
pub(crate) fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{}`", clean(&short))
}

fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_steers_a_terminal() {
        assert_eq!(clean("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(clean("a\u{202e}b\u{7f}"), "a\\u{202e}b\\u{7f}");
        assert_eq!(clean("grüße 日本"), "grüße 日本");
    }

    #[test]
    fn cuts_long_quotes() {
        assert!(quoted(&"x".repeat(1_000_000)).chars().count() < 90);
    }
}
