//! What is on the disk.
//!
//! In: an output and the files that should be in it. Out: what differs. Never: writes, follows a
//! symbolic link below the base, or reads anything but files.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use clientwright_rust::Files;

use super::{ChangeKind, MARKER, Output, OutputError, OutputProblem};

/// The text of a file of the output, if it is there. Bytes that are not UTF-8 become `�`.
pub(crate) fn existing_text(output: Output<'_>, path: &str) -> Result<Option<String>, OutputError> {
    Ok(existing(output, path)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
}

/// How a file differs from what it should be.
pub(super) fn difference(output: Output<'_>, path: &str, text: &str) -> Result<Option<ChangeKind>, OutputError> {
    let Some(found) = existing(output, path)? else { return Ok(Some(ChangeKind::Missing)) };
    if found == text.as_bytes() {
        return Ok(None);
    }
    if is_generated(text.as_bytes()) && !is_generated(&found) {
        // A README that a person wrote in place of the generated one stays.
        if path == "README.md" {
            return Ok(None);
        }
        return Err(OutputError::new(output.path(path), OutputProblem::NotOurs));
    }
    let is_same = |(left, right): &(&[u8], &[u8])| left == right;
    let line = |text: &[u8]| text.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (found, wanted) = (line(&found), line(text.as_bytes()));
    let pairs = found.iter().map(Vec::as_slice).zip(wanted.iter().map(Vec::as_slice));
    Ok(Some(ChangeKind::Differs { line: pairs.take_while(is_same).count() + 1 }))
}

/// Files that were generated once and are not any more.
pub(super) fn stale(output: Output<'_>, files: &Files) -> Result<Vec<String>, OutputError> {
    let mut stale = Vec::new();
    if is_folder(output, output.sources)? {
        collect(output, output.sources, files, &mut stale)?;
    }
    Ok(stale)
}

/// The kind of what stands at a path of the output, no link on the way having been followed.
pub(super) fn facts(output: Output<'_>, path: &str) -> Result<Option<fs::Metadata>, OutputError> {
    let mut place = output.base.to_owned();
    let mut facts = None;
    let mut names = output.names(path).peekable();
    while let Some(name) = names.next() {
        place.push(name);
        let found = match fs::symlink_metadata(&place) {
            Ok(found) => found,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OutputError::system(&place)(error)),
        };
        if found.is_symlink() {
            return Err(OutputError::new(place, OutputProblem::Link));
        }
        if names.peek().is_some() && !found.is_dir() {
            return Err(OutputError::new(place, OutputProblem::NotAFile));
        }
        facts = Some(found);
    }
    Ok(facts)
}

fn existing(output: Output<'_>, path: &str) -> Result<Option<Vec<u8>>, OutputError> {
    let Some(facts) = facts(output, path)? else { return Ok(None) };
    let place = output.path(path);
    if !facts.is_file() {
        return Err(OutputError::new(place, OutputProblem::NotAFile));
    }
    fs::read(&place).map(Some).map_err(OutputError::system(&place))
}

fn is_folder(output: Output<'_>, path: &str) -> Result<bool, OutputError> {
    let place = output.path(path);
    // Without any name below the base there is nothing to inspect but the base.
    if place == output.base {
        return Ok(place.is_dir());
    }
    Ok(facts(output, path)?.is_some_and(|facts| facts.is_dir()))
}

fn collect(output: Output<'_>, folder: &str, files: &Files, stale: &mut Vec<String>) -> Result<(), OutputError> {
    let place = output.path(folder);
    for entry in fs::read_dir(&place).map_err(OutputError::system(&place))? {
        let entry = entry.map_err(OutputError::system(&place))?;
        let kind = entry.file_type().map_err(OutputError::system(&place))?;
        // Names that are not UTF-8 are none of ours.
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if kind.is_dir() {
            collect(output, &path, files, stale)?;
        } else if kind.is_file() && !files.contains_key(&path) && is_generated_source(&entry.path())? {
            stale.push(path);
        }
    }
    Ok(())
}

fn is_generated_source(path: &Path) -> Result<bool, OutputError> {
    let is_rust = path.extension().is_some_and(|extension| extension == "rs");
    Ok(is_rust && is_generated(&fs::read(path).map_err(OutputError::system(path))?))
}

/// Whether the first line of a file says that it was generated.
fn is_generated(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    first.windows(MARKER.len()).any(|window| window == MARKER.as_bytes())
}
