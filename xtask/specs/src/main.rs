//! `cargo xtask specs`: how complete the descriptions are, and whether what they show is right.
//!
//! In: the folder `specs/` of the workspace. Out: a table, what is wrong, and whether nothing is. Never: a change.

use std::path::Path;
use std::process::ExitCode;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "this is what prints")]
fn main() -> ExitCode {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let specs = package.ancestors().nth(2).unwrap_or(package).join("specs");
    let checked = match xtask_specs::check(&specs) {
        Ok(checked) => checked,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    println!(
        "{:<12} {:>10} {:>5} {:>8} {:>9} {:>6}",
        "description", "operations", "of", "schemas", "examples", "valid"
    );
    for one in &checked {
        println!(
            "{:<12} {:>10} {:>5} {:>8} {:>9} {:>6}",
            one.name, one.operations, one.known, one.schemas, one.examples, one.valid
        );
    }
    for one in &checked {
        for fault in &one.faults {
            eprintln!("{}: {fault}", one.name);
        }
    }
    if checked.iter().all(|one| one.faults.is_empty()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
