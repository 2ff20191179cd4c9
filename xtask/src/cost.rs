//! What a command takes of the machine.
//!
//! In: a command. Out: its seconds of processor time and its most memory. Never: a guess where the command did not run.

use std::fs;
use std::path::Path;
use std::process::Command;

/// What one command took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Seconds of processor time of all processes.
    pub(crate) seconds: f64,
    /// Most memory of one process, in MB.
    pub(crate) megabytes: f64,
}

/// What GNU `time` is asked to report.
pub(crate) const FORMAT: &str = "%U %S %M";

/// A command that runs another and writes its cost to `report`. The standard library does not tell what a child has
/// used, and what would needs `unsafe` code or a crate for it.
pub(crate) fn measured(report: &Path) -> Command {
    let mut command = Command::new("/usr/bin/time");
    command.args(["--quiet", "--format", FORMAT, "--output"]).arg(report);
    command
}

/// The cost that a measured command left behind.
pub(crate) fn read(report: &Path) -> Result<Cost, String> {
    let text = fs::read_to_string(report).map_err(|error| format!("the report of `time`: {error}"))?;
    let last = text.lines().last().unwrap_or_default();
    let numbers: Vec<f64> = last.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [user, system, kilobytes] => Ok(Cost { seconds: user + system, megabytes: kilobytes / 1024.0 }),
        _ => Err(format!("`time` printed {text:?}")),
    }
}
