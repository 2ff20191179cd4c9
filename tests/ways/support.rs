//! Sources of a client, and commands.
//!
//! In: folders and command lines. Out: texts. Never: a command that fails without what it said.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A source of the client: its path below `src`, and its text.
pub(super) type Source = (String, String);

/// The files below a folder but its root module, in the order of their paths.
pub(super) fn sources(folder: &Path) -> Vec<Source> {
    let names = below(folder).into_iter().filter(|name| name != "lib.rs" && name != "mod.rs");
    names.map(|name| (name.clone(), fs::read_to_string(folder.join(name)).unwrap())).collect()
}

/// The paths of all files below a folder, with slashes, in their order.
pub(super) fn below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// The paths alone, which tell more than all texts where a file is too many.
pub(super) fn names(sources: &[Source]) -> Vec<&str> {
    sources.iter().map(|(name, _)| name.as_str()).collect()
}

pub(super) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Runs a command to its good end; gives what it said on standard output.
pub(super) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
