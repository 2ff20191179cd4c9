//! The project's own commands.
//!
//! In: the words after `cargo xtask`. Out: what a command has to say, and whether it succeeded.
//! Never: anything that a user of clientwright needs; that is in the `clientwright` crates.

mod bench;
mod codegen;
mod conformance;
mod contract;
mod corpus;
mod cost;
mod specs;

use std::process::ExitCode;

/// What a command has to say.
struct Said {
    /// For standard output.
    output: String,
    /// For standard error.
    errors: String,
    /// Whether it did what it was asked for.
    succeeded: bool,
}

const HELP: &str = "\
usage: cargo xtask COMMAND

  codegen [--check] [--strict] [CLIENT…]   generate the clients of clientwright.toml, or those named
                                           --check   write nothing; fail where something differs
                                           --strict  fail on warnings too
  bench clients FOLDER [options]           measure what the clients of real documents cost: lines, generating,
                                           checking and building, also against another revision
  bench calls [--quick]                    measure calls through a generated client against calls by hand
  bench wire [options]                     compare the ways in which types can meet the wire
  corpus FOLDER [options]                  generate every document of a folder and check what comes out
  conformance FOLDER [options]             read and write the instances of the JSON Schema test suite, or
                                           generate from the documents of the OpenAPI Specification's tests
  contract [prism] [spector]               call servers that check each request; they are Node packages
  specs                                    check the descriptions of specs/, and count what they say
  help                                     this text
";

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "this is the one place that prints")]
fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let said = match arguments.next().as_deref() {
        None | Some("help" | "--help" | "-h") => Said::output(HELP),
        Some("codegen") => codegen::run(arguments),
        Some("conformance") => conformance::run(arguments),
        Some("contract") => contract::run(arguments),
        Some("corpus") => corpus::run(arguments),
        Some(corpus::CHILD) => corpus::child(arguments),
        Some("specs") => specs::run(),
        Some("bench") => bench::run(arguments).into(),
        Some(unknown) => Said::error(format!("there is no command `{unknown}`\n\n{HELP}")),
    };
    print!("{}", said.output);
    eprint!("{}", said.errors);
    if said.succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Said {
    fn output(output: impl Into<String>) -> Self {
        Self { output: output.into(), errors: String::new(), succeeded: true }
    }

    fn error(errors: impl Into<String>) -> Self {
        Self { output: String::new(), errors: errors.into(), succeeded: false }
    }
}

impl From<Result<String, String>> for Said {
    fn from(result: Result<String, String>) -> Self {
        result.map_or_else(|error| Self::error(error + "\n"), Self::output)
    }
}
