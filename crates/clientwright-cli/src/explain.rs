//! `explain`: what a diagnostic's code is about.
//!
//! In: a code. Out: its page; or all codes with a sentence about each. Never: a page that is not
//! the code's own.

use std::fmt::Write as _;

use clientwright::{Code, nearest};

use crate::End;
use crate::arguments::Explain;
use crate::terminal::{Terminal, say};

/// Explains a code, or lists them.
pub(crate) fn run(request: &Explain, terminal: &Terminal) -> End {
    let Some(asked) = &request.code else {
        say(&list());
        return End::Done;
    };
    let name = bare(asked);
    if let Some(code) = Code::from_name(&name) {
        say(code.explain());
        return End::Done;
    }
    let near = nearest(&name, Code::ALL.iter().map(|code| code.as_str()));
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let command = &terminal.command;
    terminal.error(&format!("there is no code `{}`{near}\n`{command} explain --list` lists them", name.escape_debug()));
    End::Misused
}

/// The code as it stands in the table, where it was copied with what is around it:
/// `warning[unknown-key]:`.
fn bare(asked: &str) -> String {
    let inner = asked.split_once('[').map_or(asked, |(_, rest)| rest);
    let inner = inner.split_once(']').map_or(inner, |(inner, _)| inner);
    inner.trim().to_lowercase().replace('_', "-")
}

fn list() -> String {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or_default();
    let mut text = String::new();
    for code in Code::ALL {
        let (name, severity) = (code.as_str(), code.severity().as_str());
        let _ = writeln!(text, "{name:width$}  {severity:7}  {}", sentence(*code));
    }
    text
}

/// The first paragraph of a page, which is a sentence.
fn sentence(code: Code) -> &'static str {
    code.explain().lines().skip(1).find(|line| !line.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_code_as_it_is_copied() {
        for asked in ["unknown-key", "warning[unknown-key]:", "[unknown-key]", " Unknown_Key "] {
            assert_eq!(bare(asked), "unknown-key", "{asked}");
        }
    }

    #[test]
    fn lists_every_code_on_a_line_with_a_sentence() {
        let list = list();
        assert_eq!(list.lines().count(), Code::ALL.len());
        assert!(list.lines().all(|line| line.ends_with(['.', ')'])), "{list}");
    }
}
