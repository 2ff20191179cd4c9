//! The way from one folder to a file.
//!
//! In: paths relative to the current folder, or absolute. Out: the one as seen from the other,
//! names between slashes. Never: a look at the disk; links are names like others.

use std::path::{Component, Path, PathBuf, absolute};

/// The way from a folder to a file, both relative to the current folder; none where there is no
/// such way, or where it is no text. Empty where they are the same.
pub(super) fn relative(folder: &Path, file: &Path) -> Option<String> {
    // The empty path is the current folder here, and nothing to the system.
    let folder = resolved(&Path::new(".").join(folder))?;
    let file = resolved(file)?;
    let common = folder.components().zip(file.components()).take_while(|(left, right)| left == right).count();
    if common == 0 {
        return None;
    }
    let up = folder.components().skip(common).map(|_| Some(".."));
    let down = file.components().skip(common).map(|part| part.as_os_str().to_str());
    let names: Option<Vec<&str>> = up.chain(down).collect();
    names.map(|names| names.join("/"))
}

/// An absolute path without `.` and `..`.
fn resolved(path: &Path) -> Option<PathBuf> {
    let mut resolved = PathBuf::new();
    for part in absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => resolved.push(part),
        }
    }
    Some(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(folder: &str, file: &str) -> String {
        relative(Path::new(folder), Path::new(file)).unwrap()
    }

    #[test]
    fn finds_the_way() {
        assert_eq!(way("", "specs/pets.yaml"), "specs/pets.yaml");
        assert_eq!(way("a", "./a/b/../pets.yaml"), "pets.yaml");
        assert_eq!(way("a/b", "a/specs/pets.yaml"), "../specs/pets.yaml");
        assert_eq!(way("a/../b", "b"), "");
        let name = std::env::current_dir().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(way("..", "pets.yaml"), format!("{name}/pets.yaml"));
    }
}
