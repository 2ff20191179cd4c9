//! Whether anything changed since the clients were generated last.
//!
//! In: the files that a run read and those it left. Out: a stamp in the target folder, and whether it still holds. Never: a
//! run skipped whose program, configuration, documents or crates differ from what they were, by length or time of the last
//! change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The first line of a stamp; another form has another.
const FORM: &str = "codegen 1";

/// What a run read, what it left, and what it said.
pub(super) struct Stamp {
    file: PathBuf,
    /// Whether what is said is coloured.
    coloured: bool,
}

impl Stamp {
    /// The stamp of a workspace.
    pub(super) fn of(workspace: &Path, coloured: bool) -> Self {
        Self { file: workspace.join("target/codegen.stamp"), coloured }
    }

    fn form(&self) -> String {
        format!("{FORM}{}", if self.coloured { " coloured" } else { "" })
    }

    /// What the last run said, where everything is as it left it.
    pub(super) fn said(&self) -> Option<(String, String)> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (head, said) = text.split_once("\n\n")?;
        let mut lines = head.lines();
        let holds = lines.next() == Some(&self.form())
            && lines.all(|line| line.rsplit_once('\t').is_some_and(|(path, was)| state(Path::new(path)) == was));
        let (output, errors) = said.split_once('\0')?;
        holds.then(|| (output.to_owned(), errors.to_owned()))
    }

    /// Remembers a run: the files it read and the folders it left; without effect where that cannot be written.
    pub(super) fn remember(&self, read: &BTreeSet<PathBuf>, left: &[PathBuf], output: &str, errors: &str) {
        let mut paths = read.clone();
        paths.extend(std::env::current_exe().ok());
        for folder in left {
            collect(folder, &mut paths);
        }
        let mut text = self.form();
        for path in paths {
            let Some(name) = path.to_str().filter(|name| !name.contains(['\n', '\t'])) else { return };
            text.extend(["\n", name, "\t", &state(&path)]);
        }
        text.extend(["\n\n", output, "\0", errors]);
        // A stamp that cannot be kept costs the next run its time, and nothing else.
        let _ = fs::write(&self.file, text);
    }
}

/// A folder with all that is in it, so that what is added there is a change too.
fn collect(folder: &Path, paths: &mut BTreeSet<PathBuf>) {
    paths.insert(folder.to_owned());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|found| found.is_dir()) {
            collect(&path, paths);
        } else {
            paths.insert(path);
        }
    }
}

/// The length of a file and the time of its last change, or that it is not there.
fn state(path: &Path) -> String {
    let Ok(found) = fs::metadata(path) else { return "none".to_owned() };
    let changed = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("{} {}", found.len(), changed.map_or(0, |since| since.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_holds_until_something_changes() {
        let folder = std::env::temp_dir().join(format!("clientwright-stamp-{}", std::process::id()));
        fs::create_dir_all(folder.join("crate/src")).unwrap();
        let (read, left) = (folder.join("spec.yaml"), folder.join("crate"));
        fs::write(&read, "a").unwrap();
        fs::write(left.join("src/lib.rs"), "b").unwrap();
        let stamp = Stamp { file: folder.join("stamp"), coloured: false };
        let remember = || {
            let read = [read.clone(), folder.join("not-there.yaml")].into();
            stamp.remember(&read, std::slice::from_ref(&left), "out\n\nput\n", "errors");
        };
        assert_eq!(stamp.said(), None);
        remember();
        assert_eq!(stamp.said(), Some(("out\n\nput\n".to_owned(), "errors".to_owned())));

        let changes: [&dyn Fn(); 4] = [
            &|| fs::write(&read, "longer").unwrap(),
            &|| fs::write(folder.join("not-there.yaml"), "now").unwrap(),
            &|| fs::write(left.join("src/new.rs"), "c").unwrap(),
            &|| fs::remove_file(left.join("src/lib.rs")).unwrap(),
        ];
        for change in changes {
            remember();
            assert!(stamp.said().is_some());
            change();
            assert_eq!(stamp.said(), None);
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
