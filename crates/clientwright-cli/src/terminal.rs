//! Where the commands speak.
//!
//! In: text. Out: the same on standard output or standard error. Never: a colour or a line that
//! is taken back, where nobody sits before a terminal or where they asked for none; a failure
//! because the reader has gone.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};

use clientwright::{Code, Report};

use crate::arguments::Format;

/// Where a command speaks, and as whom.
#[derive(Debug)]
pub(crate) struct Terminal {
    /// What a person types to call this program.
    pub(crate) command: String,
    /// Whether errors are coloured.
    coloured: bool,
    /// Whether lines can be taken back.
    pub(crate) live: bool,
}

impl Terminal {
    /// Looks at what this process was given.
    pub(crate) fn new(command: &str) -> Self {
        let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        let live = io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self { command: command.to_owned(), coloured: live && !is_set("NO_COLOR"), live }
    }

    /// Says why it cannot be done.
    pub(crate) fn error(&self, text: &str) {
        let word = if self.coloured { "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m" } else { "error:" };
        remark(&format!("{word} {text}\n"));
    }

    /// Shows a report.
    pub(crate) fn report(&self, report: &Report, format: Format) {
        match format {
            Format::Human => remark(&report.render(self.coloured)),
            Format::Short => remark(&report.render_short()),
        }
    }
    /// Tells those who were shown a code with a report how to learn more.
    pub(crate) fn hint(&self, code: Option<Code>, format: Format) {
        if let (Some(code), Format::Human) = (code, format) {
            remark(&format!("more about a code in brackets: `{} explain {code}`\n", self.command));
        }
    }
}

/// Says what was asked for.
pub(crate) fn say(text: &str) {
    // Such as `| head`: who has read enough is not to be bothered.
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Says what belongs beside it.
pub(crate) fn remark(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// The code of the worst that a report tells.
pub(crate) fn worst(report: &Report) -> Option<Code> {
    let worst = report.diagnostics().iter().rev().max_by_key(|diagnostic| diagnostic.severity);
    worst.map(|diagnostic| diagnostic.code)
}
