//! What every file written by hand is like.
//!
//! In: the sources of the workspace. Out: a failure for each file that is too long, or that does
//! not begin by saying what it is. Never: a look at generated files.

use std::fs;
use std::path::{Path, PathBuf};

use clientwright_tests::workspace;

/// A file has fewer lines than this.
const MOST_LINES: usize = 500;

/// The heading in `ARCHITECTURE.md` below which longer files stand, each with its reason:
/// ``- `crates/a/src/table.rs`: one row for each code.``
const EXCEPTIONS: &str = "## Files of 500 lines and more";

#[test]
fn files_are_short() {
    let exceptions = exceptions();
    let mut long = Vec::new();
    for path in written_by_hand() {
        let lines = fs::read_to_string(workspace().join(&path)).unwrap().lines().count();
        if lines >= MOST_LINES {
            long.push((path, lines));
        }
    }
    for (path, lines) in &long {
        let known = exceptions.contains(path);
        assert!(known, "{path} has {lines} lines: split it, or give the reason in ARCHITECTURE.md, `{EXCEPTIONS}`");
    }
    for path in exceptions {
        let still_long = long.iter().any(|(known, _)| *known == path);
        assert!(still_long, "{path} is not long any more: remove it from ARCHITECTURE.md, `{EXCEPTIONS}`");
    }
}

#[test]
fn files_begin_by_saying_what_they_are() {
    for path in written_by_hand().into_iter().filter(|path| !path.contains("/templates/")) {
        let text = fs::read_to_string(workspace().join(&path)).unwrap();
        assert!(text.starts_with("//! "), "{path} does not begin with `//! ` and a sentence about what it is");
    }
}

#[test]
fn every_snapshot_has_its_case() {
    let tests = workspace().join("tests");
    let snapshots = tests.join("snapshots");
    // What insta leaves of a failure is `.snap.new`, and git ignores it.
    let is_snapshot = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "snap");
    for path in below(&snapshots).into_iter().filter(is_snapshot) {
        let case = tests.join("cases").join(path.strip_prefix(&snapshots).unwrap());
        let found = ["yaml", "json", "toml"].iter().any(|extension| case.with_extension(extension).exists());
        assert!(found, "no case belongs to {}: delete it", path.display());
    }
}

/// The Rust sources below a folder, in the order of their paths.
pub(crate) fn sources_below(folder: &Path) -> Vec<PathBuf> {
    let is_source = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    below(folder).into_iter().filter(is_source).collect()
}

/// The sources of the workspace but generated ones, relative to it, with slashes.
fn written_by_hand() -> Vec<String> {
    let root = workspace();
    let relative = |path: &PathBuf| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let sources = ["crates", "tests", "xtask"].iter().flat_map(|folder| sources_below(&root.join(folder)));
    let paths: Vec<String> = sources.map(|path| relative(&path)).collect();
    let is_ours = |path: &String| !path.starts_with("crates/clients/");
    paths.into_iter().filter(is_ours).collect()
}

/// The files below a folder; of the tests' goldens and of build output, none.
pub(crate) fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.map(Result::unwrap) {
            let path = entry.path();
            let skipped = path.file_name().is_some_and(|name| name == "target" || name == "golden");
            if !path.is_dir() {
                found.push(path);
            } else if !skipped {
                folders.push(path);
            }
        }
    }
    found.sort();
    found
}

fn exceptions() -> Vec<String> {
    let text = fs::read_to_string(workspace().join("ARCHITECTURE.md")).unwrap_or_default();
    let section = text.split_once(EXCEPTIONS).map_or("", |(_, section)| section);
    let section = section.split("\n#").next().unwrap_or_default();
    let path = |line: &str| line.strip_prefix("- `")?.split_once("`: ").map(|(path, _)| path.to_owned());
    section.lines().filter_map(path).collect()
}
