//! The commands `clientwright` and `cargo clientwright`.
//!
//! In: the words of a command line. Out: what the library `clientwright` does and has to say, for
//! a terminal or a log, and an exit code. Never: a decision about what is generated, or a file
//! written but by that library and `clientwright.toml` by `init`.
//!
//! ```text
//! arguments  words → a command         help texts stand here
//! locate     a folder → clientwright.toml
//! generate   a configuration → files   and `check`, which compares
//! lock       a document → clientwright.lock, for crates with a build script
//! init       a document → an entry of clientwright.toml
//! explain    a code → its page
//! terminal   text → a terminal         colours, progress
//! ```
//!
//! This library has one function, for the two programs; it is no interface for others. They want
//! the crate [`clientwright`].

mod arguments;
mod explain;
mod generate;
mod init;
mod locate;
mod lock;
mod progress;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::Command;
use terminal::Terminal;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It did what it was asked for.
    Done,
    /// A document, a configuration or a file is at fault, or something differs.
    Failed,
    /// The command line asks for what is not there.
    Misused,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        match end {
            End::Done => Self::SUCCESS,
            End::Failed => Self::from(1),
            End::Misused => Self::from(2),
        }
    }
}

/// Does what the words of a command line ask for, the first of which is the program. The command
/// is what a person types to call it.
pub fn run(command: &str, words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match arguments::read(command, words) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and versions are such errors too. Where nobody listens, nobody can be told.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let terminal = Terminal::new(command);
    let end = match arguments {
        Command::Init(request) => init::run(&request, &terminal),
        Command::Generate(request) => generate::run(&request, clientwright::Mode::Write, &terminal),
        Command::Check(request) => generate::run(&request, clientwright::Mode::Check, &terminal),
        Command::Lock(request) => lock::run(&request, &terminal),
        Command::Explain(request) => explain::run(&request, &terminal),
    };
    end.into()
}
