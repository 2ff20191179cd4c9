//! The Node packages of `tests/contract`, in `target/contract/node`.
//!
//! In: `package.json`, the lock file, the settings of npm and our own scripts. Out: the packages that are locked, and how a
//! program of theirs is started. Never: a package that the lock file does not name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::Place;
use super::process::run;

/// What is beside the packages; the settings come first, because npm reads them.
const FILES: [&str; 5] = [".npmrc", "package.json", "package-lock.json", "documents.mjs", "loopback.mjs"];

/// How long npm may take.
const INSTALL: Duration = Duration::from_secs(300);

/// Installs the packages, unless those of this lock file are there.
pub(super) fn install(place: &Place) -> Result<(), String> {
    let folder = folder(place);
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(&folder).map_err(wrong)?;
    let lock = fs::read(place.tests.join("package-lock.json")).map_err(wrong)?;
    let stamp = folder.join("installed");
    for file in FILES {
        fs::copy(place.tests.join(file), folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
    }
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(Command::new(npm).arg("ci").current_dir(&folder), INSTALL, &log(place, "npm"))
        .map_err(|error| format!("the packages cannot be installed, for which Node 20 and npm are needed: {error}"))?;
    repository(place, &folder)?;
    fs::write(stamp, lock).map_err(wrong)
}

/// Spector asks git which commit it serves, and does not start without one.
fn repository(place: &Place, folder: &Path) -> Result<(), String> {
    let git = |words: &[&str]| {
        let mut command = Command::new("git");
        run(command.args(words).current_dir(folder), Duration::from_secs(30), &log(place, "git"))
    };
    if git(&["rev-parse", "--verify", "HEAD"]).is_ok() {
        return Ok(());
    }
    git(&["init", "--quiet", "."])?;
    let author = ["-c", "user.name=contract", "-c", "user.email=contract@localhost"];
    git(&[&author[..], &["commit", "--quiet", "--allow-empty", "--message", "Nothing"]].concat())
}

/// Where the packages are.
pub(super) fn folder(place: &Place) -> PathBuf {
    place.target.join("node")
}

/// A script of a package or of our own, in the folder of the packages.
pub(super) fn script(place: &Place, path: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(path).current_dir(folder(place));
    command
}

/// The same for a server, which listens on the loopback interface alone and ends with this program.
pub(super) fn server(place: &Place, path: &str) -> Command {
    let mut command = Command::new("node");
    command.args(["--import", "./loopback.mjs", path]).current_dir(folder(place));
    command
}

/// Where a program says what it does.
pub(super) fn log(place: &Place, name: &str) -> PathBuf {
    place.target.join("logs").join(format!("{name}.txt"))
}
