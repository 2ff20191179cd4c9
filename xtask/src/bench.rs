//! `cargo xtask bench`: what the project's decisions cost, measured.
//!
//! In: which benchmark, and its options. Out: Markdown tables, printed and kept below `target/bench`. Never: a file
//! outside of the target folder; a number from a program that gets something wrong.
//!
//! - `wire` compares the ways in which types can meet the wire (`--quick` proves in a minute or two that it works); what
//!   was concluded is in `docs/wire-form.md`. Each program first shows that all its samples come back equal.
//! - `clients` measures what the clients of real documents cost those who generate and compile them.
//! - `calls` makes calls through a generated client and by hand, over a transport in memory.

mod calls;
mod clients;
mod measure;
mod model;
mod operations;
mod options;
mod pieces;
mod print;
mod random;
mod report;
mod sample;
mod scratch;
mod shapes;

use std::path::Path;
use std::process::Command;

use self::measure::Bench;
use self::options::Options;
use self::pieces::Piece;
use self::scratch::Scratch;

/// Runs the benchmark that the arguments after `bench` name, and gives its report.
pub(crate) fn run(mut arguments: impl Iterator<Item = String>) -> Result<String, String> {
    match arguments.next().as_deref() {
        Some("wire") => wire(&Options::parse(arguments)?, root()?),
        Some("clients") => clients::run(&clients::Options::parse(arguments)?, root()?, &machine()?, &say),
        Some("calls") => calls::run(calls::options(arguments)?, root()?, &machine()?, &say),
        _ => Err("usage: cargo xtask bench wire|clients|calls [options]".to_owned()),
    }
}

/// The workspace of this project.
fn root() -> Result<&'static Path, String> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or_else(|| "no workspace around xtask".to_owned())
}

fn wire(options: &Options, root: &Path) -> Result<String, String> {
    let target = root.join("target/bench");
    let scratch = Scratch::new(target.join("wire"), root)?;
    let bench = Bench { options, scratch: &scratch, root, say: &say };
    let mut rows = Vec::new();
    for &shape in &options.shapes {
        rows.extend(bench.shape(shape)?);
    }
    let pieces = if options.pieces { &Piece::ALL[..] } else { &[] };
    let pieces = pieces.iter().map(|&piece| bench.piece(piece)).collect::<Result<Vec<_>, _>>()?;
    let report = report::print_report(&machine()?, options, &rows, &pieces);
    let file = target.join("wire.md");
    std::fs::write(&file, &report).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(report)
}

/// Says what is being done, beside the report.
#[allow(clippy::print_stderr)] // a run takes minutes; whoever waits sees where it is
fn say(text: &str) {
    eprintln!("{text}");
}

/// Processor, cores and compiler.
fn machine() -> Result<String, String> {
    let rustc = scratch::output(Command::new("rustc").arg("--version"))?;
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("a processor that does not say its name", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(format!("{model}, {cores} cores, {}, {}", std::env::consts::OS, rustc.trim()))
}
