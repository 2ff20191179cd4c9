//! What became of a client, in the words that every way in has in common.
//!
//! In: a client, how it was generated, and the command that generates it. Out: lines for a person.
//! Never: the diagnostics, which are the report's; prints.

use std::error::Error as _;
use std::fmt::Write as _;

use clientwright_document::Severity;

use crate::codegen::{Failure, Mode, Options, Run};
use crate::configuration::Client;
use crate::output::{Change, ChangeKind};
use crate::report::Report;

/// What became of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Lines for a person, each with its end.
    pub text: String,
    /// Whether anything differed.
    pub changed: bool,
    /// Whether the client now is as it should be, or was found to be.
    pub succeeded: bool,
}

impl Summary {
    /// Tells what [`codegen`](crate::codegen()) gave for a client. Where a check found differences,
    /// the command is named that mends them.
    #[must_use]
    pub fn new(client: &Client, options: Options, result: &Result<Run, Box<Failure>>, command: &str) -> Self {
        let name = &client.name;
        match result {
            Ok(run) if run.changes.is_empty() => {
                Self { text: format!("{name}: up to date\n"), changed: false, succeeded: true }
            }
            Ok(run) => {
                let text = match options.mode {
                    Mode::Write => written(client, &run.changes),
                    Mode::Check => differing(client, &run.changes, command),
                };
                Self { text, changed: true, succeeded: options.mode == Mode::Write }
            }
            Err(failure) => Self { text: failed(name, options, failure), changed: false, succeeded: false },
        }
    }
}

fn written(client: &Client, changes: &[Change]) -> String {
    let files = counted(changes);
    let mut text = format!("{}: {files} in {}\n", client.name, client.output);
    for change in changes {
        let done = match change.kind {
            ChangeKind::Missing => "new    ",
            ChangeKind::Differs { .. } => "changed",
            ChangeKind::Stale => "deleted",
        };
        let _ = writeln!(text, "  {done} {}", change.path);
    }
    text
}

fn differing(client: &Client, changes: &[Change], command: &str) -> String {
    let verb = if changes.len() == 1 { "is not as it" } else { "are not as they" };
    let mut text = format!("{}: {} {verb} would be generated\n", client.name, counted(changes));
    for change in changes {
        let _ = writeln!(text, "  {}/{change}", client.output);
    }
    let _ = writeln!(text, "run `{command}`");
    text
}

fn counted(changes: &[Change]) -> String {
    if changes.len() == 1 { "1 file".to_owned() } else { format!("{} files", changes.len()) }
}

fn failed(name: &str, options: Options, failure: &Failure) -> String {
    let nothing = match options.mode {
        Mode::Write => "nothing was written",
        Mode::Check => "nothing was compared",
    };
    match failure {
        Failure::Document(report) => format!("{name}: {nothing}: {}\n", too_bad(report)),
        Failure::Output(_, error) => {
            let reason = error.source().map(|source| format!(": {source}")).unwrap_or_default();
            format!("{name}: {error}{reason}\n")
        }
    }
}

/// Why a document is not good enough.
fn too_bad(report: &Report) -> String {
    let counts = report.counts();
    if report.worst() == Some(Severity::Error) { counts } else { format!("{counts}, and warnings count as failures") }
}

#[cfg(test)]
mod tests {
    use clientwright_document::{Code, Diagnostic, Sources};

    use super::*;
    use crate::configuration::{Configuration, FILE_NAME};
    use crate::output::{OutputError, OutputProblem};
    use crate::pipeline::Contents;

    fn told(mode: Mode, result: Result<Vec<Change>, Failure>) -> Summary {
        let text = "[client.pets]\nspec = 'pets.yaml'\noutput = 'crates/pets'\n";
        let configuration = Configuration::parse("".as_ref(), FILE_NAME, text).unwrap();
        let run = |changes| Run {
            asked: std::collections::BTreeSet::new(),
            report: Report::default(),
            contents: Contents::default(),
            output: "crates/pets".into(),
            changes,
        };
        let options = Options { mode, strict: false };
        Summary::new(&configuration.clients[0], options, &result.map(run).map_err(Box::new), "make pets")
    }

    fn change(path: &str, kind: ChangeKind) -> Change {
        Change { path: path.to_owned(), kind }
    }

    #[test]
    fn names_every_file_and_the_command() {
        let changes = vec![
            change("Cargo.toml", ChangeKind::Missing),
            change("src/lib.rs", ChangeKind::Differs { line: 3 }),
            change("src/old.rs", ChangeKind::Stale),
        ];
        let summary = told(Mode::Write, Ok(changes.clone()));
        let text = "pets: 3 files in crates/pets\n  new     Cargo.toml\n  changed src/lib.rs\n  deleted src/old.rs\n";
        assert_eq!(summary, Summary { text: text.to_owned(), changed: true, succeeded: true });
        let summary = told(Mode::Check, Ok(changes));
        let text = "pets: 3 files are not as they would be generated\n  crates/pets/Cargo.toml is missing\n  \
                    crates/pets/src/lib.rs differs from line 3 on\n  crates/pets/src/old.rs is not generated any \
                    more\nrun `make pets`\n";
        assert_eq!(summary, Summary { text: text.to_owned(), changed: true, succeeded: false });
        let summary = told(Mode::Check, Ok(Vec::new()));
        assert_eq!(summary, Summary { text: "pets: up to date\n".to_owned(), changed: false, succeeded: true });
    }

    #[test]
    fn says_why_nothing_was_done() {
        let report = |codes: &[Code]| {
            let diagnostics = codes.iter().map(|code| Diagnostic::new(*code, "title")).collect();
            Report::new(Sources::new(), diagnostics)
        };
        let failure = Failure::Document(report(&[Code::SyntaxError, Code::MergeKey, Code::NotFinite]));
        assert_eq!(told(Mode::Write, Err(failure)).text, "pets: nothing was written: 1 error, 2 warnings\n");
        let failure = Failure::Document(report(&[Code::MergeKey]));
        let text = "pets: nothing was compared: 1 warning, and warnings count as failures\n";
        assert_eq!(told(Mode::Check, Err(failure)).text, text);
        let denied = std::io::Error::other("no");
        let failure = Failure::Output(report(&[]), OutputError::new("a", OutputProblem::System(denied)));
        assert_eq!(told(Mode::Write, Err(failure)).text, "pets: cannot read or write a: no\n");
    }
}
