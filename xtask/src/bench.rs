//! `cargo xtask bench wire`: the ways in which types can meet the wire, compared by what they cost.
//!
//! In: options (`--quick` proves in a minute or two that it works). Out: Markdown tables, printed and kept in
//! `target/bench/wire.md`; what was concluded from them is in `docs/wire-form.md`. Never: a file outside the target
//! folder, or a number from a program that loses anything: each first shows that all its samples come back equal.

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
        Some("wire") => wire(&Options::parse(arguments)?),
        _ => Err("usage: cargo xtask bench wire [options]".to_owned()),
    }
}

fn wire(options: &Options) -> Result<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no workspace around xtask")?;
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
