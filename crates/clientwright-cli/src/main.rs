//! `clientwright`.
//!
//! In: the words of the command line. Out: an exit code. Never: anything else; see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    clientwright_cli::run("clientwright", std::env::args_os())
}
