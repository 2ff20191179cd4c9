//! `cargo xtask contract`: generated clients against servers that somebody else wrote.
//!
//! In: the Node packages that `tests/contract` pins. Out: a table of what Prism says of each request that the clients of
//! `specs/` make, and Spector of each of its scenarios; a failure where one is refused and no list names it, or the other way
//! round. Never: a server that outlives the command, or that listens to anything but the loopback interface.

mod exceptions;
mod node;
mod prism;
mod process;
mod spector;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::Said;
use exceptions::Exceptions;

const USAGE: &str = "usage: cargo xtask contract [prism] [spector]";

/// The folders of a run.
struct Place {
    /// The workspace.
    root: PathBuf,
    /// `tests/contract`.
    tests: PathBuf,
    /// `target/contract`.
    target: PathBuf,
}

/// What became of one thing that was tried.
struct Tried {
    /// What it was tried on: a description, or a version of OpenAPI.
    on: String,
    /// Its name there: `GET /pets`, or a scenario.
    name: String,
    /// Why it did not pass.
    failure: Option<String>,
}

/// Runs what is asked for, or both.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Said {
    contract(&arguments.collect::<Vec<_>>()).into()
}

fn contract(asked: &[String]) -> Result<String, String> {
    if asked.iter().any(|one| one != "prism" && one != "spector") {
        return Err(USAGE.to_owned());
    }
    let is_asked = |name: &str| asked.is_empty() || asked.iter().any(|one| one == name);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace around xtask")?.to_owned();
    let place = Place { tests: root.join("tests/contract"), target: root.join("target/contract"), root };
    node::install(&place)?;
    let mut said = String::new();
    let mut wrong = Vec::new();
    for (name, what, try_all) in [
        ("prism", "operations", prism::run_all as fn(&Place) -> Result<Vec<Tried>, String>),
        ("spector", "scenarios", spector::run_all),
    ] {
        if is_asked(name) {
            let tried = try_all(&place)?;
            let exceptions = Exceptions::read(&place.tests.join(format!("{name}.tsv")))?;
            said.push_str(&table(name, what, &tried, &exceptions));
            wrong.extend(exceptions.compare(&tried));
        }
    }
    if wrong.is_empty() { Ok(said) } else { Err(format!("{said}\n{}", wrong.join("\n"))) }
}

/// A row for each of what was tried on, with its counts.
fn table(name: &str, what: &str, tried: &[Tried], exceptions: &Exceptions) -> String {
    let mut places: Vec<&str> = tried.iter().map(|one| one.on.as_str()).collect();
    places.dedup();
    places.sort_unstable();
    places.dedup();
    let mut text = format!("| {name} | {what} | passed | excepted | failed |\n|---|---|---|---|---|\n");
    for place in places {
        let of = |is: &dyn Fn(&Tried) -> bool| tried.iter().filter(|one| one.on == place && is(one)).count();
        let excepted = of(&|one| one.failure.is_some() && exceptions.reason(one).is_some());
        let failed = of(&|one| one.failure.is_some()) - excepted;
        let all = of(&|_| true);
        let _ = writeln!(text, "| {place} | {all} | {} | {excepted} | {failed} |", all - excepted - failed);
    }
    text.push('\n');
    text
}
