//! What a command takes of the machine.
//!
//! In: a command, or a crate that cargo compiles. Out: its seconds of processor time and its most memory. Never: a guess
//! where the command did not run; what cargo itself and the dependencies of a crate take.

use std::fs;
use std::path::{Path, PathBuf};
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
const FORMAT: &str = "%U %S %M";

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

/// What cargo runs in place of the compiler for the crates of a workspace, so that the cost of each can be told.
pub(crate) struct Compiler {
    script: PathBuf,
    /// Holds a report for each library, and one for each program.
    reports: PathBuf,
}

impl Compiler {
    /// Writes the script to the folder of a workspace.
    pub(crate) fn new(folder: &Path) -> Result<Self, String> {
        let compiler = Self { script: folder.join("measured.sh"), reports: folder.join("cost") };
        let text = format!(
            "#!/bin/sh\nexec /usr/bin/time --quiet --format '{FORMAT}' --output \
             '{}'/\"${{CARGO_PKG_NAME:-rustc}}${{CARGO_BIN_NAME:+.program}}\" \"$@\"\n",
            compiler.reports.display()
        );
        let written = fs::create_dir_all(&compiler.reports).and_then(|()| fs::write(&compiler.script, text));
        written.map_err(|error| format!("{}: {error}", compiler.script.display()))?;
        make_executable(&compiler.script)?;
        Ok(compiler)
    }

    /// Has a run of cargo measured.
    pub(crate) fn measure(&self, cargo: &mut Command) {
        cargo.env("RUSTC_WORKSPACE_WRAPPER", &self.script);
    }

    /// What compiling a package took when it was compiled last: its library, and its program if it has one.
    pub(crate) fn cost(&self, package: &str) -> Result<Cost, String> {
        let library = read(&self.reports.join(package))?;
        let program = read(&self.reports.join(format!("{package}.program"))).unwrap_or_default();
        let megabytes = library.megabytes.max(program.megabytes);
        Ok(Cost { seconds: library.seconds + program.seconds, megabytes })
    }
}

#[cfg(unix)]
fn make_executable(script: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(script, fs::Permissions::from_mode(0o755)).map_err(|error| error.to_string())
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<(), String> {
    Err("what compiling takes is measured with GNU `time`, which this system does not have".to_owned())
}
