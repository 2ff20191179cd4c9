//! Tries the types of a client with values, and says what became of them.
//!
//! In: a document, a table of the client's types, and a program that reads a line for each value (the number of the type,
//! a tab, JSON) and writes what it read, or `!` and an error. Out: counts as JSON. Never: a value that the program was not
//! asked about counted.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use clientwright_sampler::{Document, Settings, Trial, rows};

const USAGE: &str = "usage: clientwright-sampler DOCUMENT TABLE PROGRAM SEED SAMPLES";

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "this is what it is for")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<String, String> {
    let [document, table, program, seed, samples] = arguments else { return Err(USAGE.to_owned()) };
    let number = |text: &str| text.parse::<u64>().map_err(|error| format!("{text}: {error}"));
    let settings = Settings { seed: number(seed)?, samples: usize::try_from(number(samples)?).unwrap_or(usize::MAX) };
    let text = fs::read_to_string(table).map_err(|error| format!("{table}: {error}"))?;
    let rows = rows(&text);
    let document = Document::read(Path::new(document))?;
    let trial = Trial::new(&document, &rows, settings)?;
    let lines: Vec<String> = trial.cases.iter().map(|case| format!("{}\t{}\n", case.row, case.value)).collect();
    let file = format!("{table}.values");
    fs::write(&file, lines.concat()).map_err(|error| format!("{file}: {error}"))?;
    let output = Command::new(program).arg(&file).output().map_err(|error| format!("{program}: {error}"))?;
    Ok(trial.report(&rows, &String::from_utf8_lossy(&output.stdout)).to_string())
}
