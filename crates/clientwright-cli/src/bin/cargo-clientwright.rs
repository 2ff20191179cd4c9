//! `cargo clientwright`, which cargo finds by the name of this file.
//!
//! In: the words of the command line, of which cargo puts its own command first. Out: an exit
//! code. Never: anything else; see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<_> = std::env::args_os().collect();
    // `cargo clientwright check` calls `cargo-clientwright clientwright check`.
    if arguments.get(1).is_some_and(|first| first == "clientwright") {
        arguments.remove(1);
    }
    clientwright_cli::run("cargo clientwright", arguments)
}
