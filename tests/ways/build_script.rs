//! The crate whose client a build script generates, built by cargo.
//!
//! In: `golden/build-script`. Out: what cargo says about a build, and what the build script wrote. Never: a change to the
//! crate itself: it is built in a copy, with a target folder that all copies and all runs of the tests share.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use clientwright_tests::workspace;
use serde_json::Value;

use super::support::{self, Source, cargo, run};

/// A copy of the crate. Its path is the same in every run, so that what it depends on is built once; so there is one at a
/// time.
pub(super) struct Copy {
    folder: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

/// A build that succeeded.
pub(super) struct Built {
    /// Whether there was nothing to do.
    pub(super) fresh: bool,
    /// Where the client is.
    folder: PathBuf,
}

impl Copy {
    /// Copies the crate, in the place of an older copy.
    pub(super) fn new() -> Self {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let (root, to) = (workspace(), Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script"));
        let from = root.join("tests/golden/build-script");
        // What is not there need not be removed.
        let _ = fs::remove_dir_all(&to);
        copy(&from, &to);
        fs::copy(root.join("Cargo.lock"), to.join("Cargo.lock")).unwrap();
        let copy = Self { folder: to, _alone: alone };
        copy.replace("Cargo.toml", "../../../crates", &root.join("crates").to_string_lossy().replace('\\', "/"));
        copy
    }

    /// Builds the crate.
    pub(super) fn build(&self) -> Built {
        let said = run(self.cargo().args(["build", "--message-format=json-render-diagnostics"]));
        let messages: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |reason: &'static str| messages.iter().filter(move |message| message["reason"] == reason);
        let is_ours = |message: &&Value| message["package_id"].as_str().unwrap().contains("petshop");
        let library = |message: &&Value| is_ours(message) && message["target"]["kind"][0] == "lib";
        let fresh = of("compiler-artifact").find(library).unwrap()["fresh"].as_bool().unwrap();
        let out_dir = &of("build-script-executed").find(is_ours).unwrap()["out_dir"];
        Built { fresh, folder: Path::new(out_dir.as_str().unwrap()).join("petshop") }
    }

    /// Runs the crate's own tests.
    pub(super) fn test(&self) {
        let said = run(self.cargo().args(["test", "--quiet"]));
        assert!(said.contains("1 passed"), "{said}");
    }

    /// Runs the code in the crate's documentation.
    pub(super) fn test_documentation(&self) {
        run(self.cargo().args(["test", "--quiet", "--doc"]));
    }

    /// The paths of all its files.
    pub(super) fn files(&self) -> Vec<String> {
        support::below(&self.folder)
    }

    /// Where a file of it is, or would be.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    /// Replaces a text that has to be there.
    pub(super) fn replace(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.folder.join(name)).unwrap();
        assert!(text.contains(from), "{name} has no `{from}`");
        self.write(name, &text.replace(from, to));
    }

    fn cargo(&self) -> Command {
        let mut command = Command::new(cargo());
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-script-target");
        command.current_dir(&self.folder).env("CARGO_NET_OFFLINE", "true").env("CARGO_TARGET_DIR", target);
        // What cargo sets for these tests is not said of that crate.
        command.env_remove("CARGO_MANIFEST_DIR").env_remove("OUT_DIR");
        command
    }
}

impl Built {
    /// What the build script wrote.
    pub(super) fn sources(&self) -> Vec<Source> {
        support::sources(&self.folder)
    }

    /// One file of it.
    pub(super) fn source(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
