//! The project's own commands.

use std::process::ExitCode;

mod bench;

#[allow(clippy::print_stdout, clippy::print_stderr)] // what these commands are for
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match arguments.next().as_deref() {
        Some("bench") => bench::run(arguments),
        _ => Err("usage: cargo xtask bench wire".to_owned()),
    };
    match done {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
