//! `cargo xtask bench calls`: calls through a generated client against the same calls by hand.
//!
//! In: options. Out: a Markdown table, printed and kept in `target/bench/calls.md`. One program makes each call in both
//! ways in turn, over a transport in memory; by hand are an `http::Request` and serde's derives. Never: a number from two
//! ways that send different requests, which the program refuses.

use std::fmt::Write as _;
use std::path::Path;

use super::scratch::{Build, Code, SERDE, Scratch};

/// How to use the command.
const USAGE: &str = "\
usage: cargo xtask bench calls [options]
  --quick   short rounds: proves that everything works, measures little";

/// The program.
const MAIN: &str = include_str!("templates/calls.rs");

/// How many times as long as the one by hand a call may take.
const MOST: f64 = 1.1;

/// Milliseconds of one round in one way, as the arguments have it.
pub(super) fn options(arguments: impl Iterator<Item = String>) -> Result<u32, String> {
    let mut time = 20;
    for argument in arguments {
        match argument.as_str() {
            "--quick" => time = 1,
            _ => return Err(format!("`{argument}` is not known\n{USAGE}")),
        }
    }
    Ok(time)
}

/// Builds the program and runs it.
pub(super) fn run(time: u32, root: &Path, machine: &str, say: &dyn Fn(&str)) -> Result<String, String> {
    let scratch = Scratch::new(root.join("target/bench/calls"), root)?;
    let dependencies = format!(
        "allo = {{ path = \"{}\", default-features = false }}\npercent-encoding = \"2\"\n\
         chrono = {{ version = \"0.4\", default-features = false, features = [\"std\", \"serde\"] }}\n{SERDE}",
        root.join("crates/clients/allo").display(),
    );
    let code = Code { name: "calls", lib: "", main: MAIN, dependencies: &dependencies };
    let package = scratch.package(&code, root)?;
    say("building the program");
    scratch.build(&package, Build::Release)?;
    say("making calls");
    let report = print(machine, &scratch.run(&package, &[time.to_string().as_ref()])?)?;
    let file = root.join("target/bench/calls.md");
    std::fs::write(&file, &report).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(report)
}

/// The table, from what the program prints: a line for each call, its columns separated by tabs.
fn print(machine: &str, printed: &str) -> Result<String, String> {
    let mut text = format!(
        "{machine}; medians of interleaved rounds. A call may take {MOST} times as long as the one by hand.\n\n\
         | call | answer, bytes | by hand, ns | generated, ns | times the one by hand |\n|---|---|---|---|---|\n"
    );
    for line in printed.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let ratio = cells.last().and_then(|ratio| ratio.parse::<f64>().ok());
        let ratio = ratio.ok_or_else(|| format!("the program printed {line:?}"))?;
        let over = if ratio > MOST { " **over**" } else { "" };
        let _ = writeln!(text, "| {}{over} |", cells.join(" | "));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_too_long_is_marked() {
        let table = print("a machine", "get\t10\t100\t105\t1.050\nput\t10\t100\t120\t1.200\n").unwrap();
        assert!(table.ends_with("| get | 10 | 100 | 105 | 1.050 |\n| put | 10 | 100 | 120 | 1.200 **over** |\n"));
        assert!(print("a machine", "get\n").is_err());
    }
}
