//! Writing and deleting, a file at a time.
//!
//! In: a file of the output that differs. Out: the file as it should be. Never: a file that is
//! seen half written: it is written under another name beside its place, and then takes it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use super::{Output, OutputError, OutputProblem, inspect};

/// Puts a text in the place of a file, and makes the folders that it needs.
pub(super) fn replace(output: Output<'_>, path: &str, text: &str) -> Result<(), OutputError> {
    // Looked at once more: what was compared may have changed since.
    if inspect::facts(output, path)?.is_some_and(|facts| !facts.is_file()) {
        return Err(OutputError::new(output.path(path), OutputProblem::NotAFile));
    }
    let place = output.path(path);
    let folder = place.parent().unwrap_or(output.base);
    fs::create_dir_all(folder).map_err(OutputError::system(folder))?;
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    let aside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_new(&aside, text).and_then(|()| fs::rename(&aside, &place));
    written.map_err(|error| {
        // What could not take its place must not stay either.
        let _ = fs::remove_file(&aside);
        OutputError::new(&place, OutputProblem::System(error))
    })
}

/// Deletes a file, and the folders that it leaves empty.
pub(super) fn delete(output: Output<'_>, path: &str) -> Result<(), OutputError> {
    let place = output.path(path);
    if !inspect::facts(output, path)?.is_some_and(|facts| facts.is_file()) {
        return Ok(());
    }
    fs::remove_file(&place).map_err(OutputError::system(&place))?;
    let top = output.path(output.sources);
    for folder in place.ancestors().skip(1).take_while(|folder| *folder != top) {
        // Fails where something is left in it, and that is right.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    // A file of that name is left from a run that was killed.
    let _ = fs::remove_file(path);
    // `create_new` does not follow a link.
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
