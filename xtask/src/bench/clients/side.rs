//! A revision of the project that is measured.
//!
//! In: this workspace, or the name of a revision. Out: its command, built with optimization, and a workspace for the
//! crates that it generates, with its own runtime and lock file. Never: a file of this checkout changed; two revisions
//! that share a target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::super::scratch::{Build, Scratch, output, remove};
use crate::corpus::{Crate, Document};
use crate::cost::{self, Cost};

/// A revision, ready to generate.
pub(super) struct Side {
    /// The checkout.
    root: PathBuf,
    /// The command `clientwright`.
    command: PathBuf,
    /// Where the crates are.
    folder: PathBuf,
    scratch: Scratch,
}

impl Side {
    /// What this checkout holds.
    pub(super) fn this(root: &Path, say: &dyn Fn(&str)) -> Result<Self, String> {
        Self::new(root.to_owned(), root.join("target/bench/clients/this"), say)
    }

    /// Another revision, in a checkout of its own.
    pub(super) fn of(revision: &str, root: &Path, say: &dyn Fn(&str)) -> Result<Self, String> {
        let git = |folder: &Path| {
            let mut command = Command::new("git");
            command.arg("-C").arg(folder);
            command
        };
        let commit = output(git(root).args(["rev-parse", "--verify", &format!("{revision}^{{commit}}")]))?;
        let checkout = root.join("target/bench/against");
        if checkout.join(".git").exists() {
            output(git(&checkout).args(["checkout", "--quiet", "--force", "--detach", commit.trim()]))?;
        } else {
            output(git(root).args(["worktree", "prune"]))?;
            output(git(root).args(["worktree", "add", "--quiet", "--detach"]).arg(&checkout).arg(commit.trim()))?;
        }
        Self::new(checkout, root.join("target/bench/clients/against"), say)
    }

    fn new(root: PathBuf, folder: PathBuf, say: &dyn Fn(&str)) -> Result<Self, String> {
        say(&format!("building the command of {}", root.display()));
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--quiet", "--release", "--package", "clientwright-cli", "--target-dir", "target"]);
        cargo.current_dir(&root).env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR");
        output(&mut cargo)?;
        let scratch = Scratch::new(folder.clone(), &root)?;
        let command = root.join("target/release/clientwright").with_extension(std::env::consts::EXE_EXTENSION);
        Ok(Self { root, command, folder, scratch })
    }

    /// Generates the crate of a document anew.
    pub(super) fn generate(&self, document: &Document) -> Result<Cost, String> {
        let package = self.scratch.place(&document.name);
        remove(package.folder())?;
        let client = Crate {
            package: &document.name,
            spec: &document.path,
            files: &document.files,
            output: &format!("crates/{}", document.name),
            runtime: None,
        };
        let configuration = self.scratch.write("clientwright.toml", &client.configuration())?;
        let report = self.folder.join("generation");
        output(cost::measured(&report).arg(&self.command).args(["generate", "--config"]).arg(configuration))?;
        self.use_runtime(package.folder())?;
        cost::read(&report)
    }

    /// Has a crate depend on this revision's runtime in place of one that was published.
    fn use_runtime(&self, package: &Path) -> Result<(), String> {
        let (file, runtime) = (package.join("Cargo.toml"), self.root.join("crates/clientwright-runtime"));
        let wrong = |error: std::io::Error| format!("{}: {error}", file.display());
        let manifest = fs::read_to_string(&file).map_err(wrong)?;
        let (before, after) = manifest
            .split_once("clientwright-runtime = { ")
            .ok_or_else(|| format!("{} does not depend on the runtime", file.display()))?;
        let manifest = format!("{before}clientwright-runtime = {{ path = \"{}\", {after}", runtime.display());
        fs::write(&file, manifest).map_err(wrong)
    }

    /// Builds the crate of a document.
    pub(super) fn build(&self, document: &Document, build: Build) -> Result<Cost, String> {
        self.scratch.build(&self.scratch.place(&document.name), build)
    }

    /// Lines of the crate of a document.
    pub(super) fn lines(&self, document: &Document) -> usize {
        self.scratch.place(&document.name).lines()
    }
}
