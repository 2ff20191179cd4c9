//! Documents from the disk.
//!
//! In: the path of a root document, which its user chose. Out: that file, files beside or
//! below it, and those that a person named for URLs. Never: a file elsewhere, whether by `..`, by an absolute path or through a symbolic
//! link; a directory, a device or a pipe; more than the document crate's limit of bytes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};

use clientwright_document::source::{LoadError, MAX_FILE_BYTES, Urls};
use clientwright_document::{Diagnostic, Loader};

/// Reads a root document and the files in its folder.
#[derive(Debug)]
pub(crate) struct Disk {
    /// The root document's name, by which diagnostics call it.
    name: String,
    /// Where it is.
    root: PathBuf,
    /// What the names of files begin with that it may refer to, and their folders.
    files: Vec<(String, PathBuf)>,
    /// The files and folders that stand for URLs, and the URLs that were asked for.
    urls: Urls,
    asked_urls: RefCell<BTreeSet<String>>,
    /// What is in it, where nothing is to be read for that.
    text: Option<String>,
    /// Every file that somebody asked for, whether or not it was there.
    asked: RefCell<BTreeSet<PathBuf>>,
}

impl Disk {
    /// A root document by its path relative to a folder. Its user may choose any file.
    pub(crate) fn new(folder: &Path, name: &str) -> Self {
        let own = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        Self {
            name: name.to_owned(),
            root: folder.join(name),
            files: vec![(own.to_owned(), folder.join(own))],
            urls: Urls::default(),
            asked_urls: RefCell::default(),
            text: None,
            asked: RefCell::default(),
        }
    }

    /// The same, where its user permits another folder, relative to the same, whose files it may refer to.
    pub(crate) fn permitting(mut self, folder: &Path, files: Option<&str>) -> Self {
        if let Some(files) = files.map(|files| files.trim_end_matches('/')) {
            self.files = vec![(files.to_owned(), folder.join(files))];
        }
        self
    }

    /// The same with files, relative to the same folder, that stand for URLs. They may be read wherever they are.
    pub(crate) fn with_urls(mut self, folder: &Path, urls: &Urls) -> Self {
        self.files.extend(urls.paths().map(|path| (path.to_owned(), folder.join(path))));
        self.urls.clone_from(urls);
        self
    }

    /// The decisions about URLs to which no reference leads.
    pub(crate) fn unused_urls(&self) -> Vec<Diagnostic> {
        self.urls.unused(&self.asked_urls.borrow())
    }

    /// A root document that is in memory, as if it were a file of this name in a folder. Other files
    /// are read from that folder.
    #[cfg(feature = "openapiv3")]
    pub(crate) fn with_text(folder: &Path, name: &str, text: String) -> Self {
        Self { text: Some(text), ..Self::new(folder, name) }
    }

    /// The root document's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Every file that was asked for so far.
    pub(crate) fn asked(&self) -> BTreeSet<PathBuf> {
        self.asked.borrow().clone()
    }

    /// Where a file is that the root document names, or one named by it in turn.
    fn locate(&self, name: &str) -> Result<PathBuf, LoadError> {
        if name == self.name {
            return Ok(self.root.clone());
        }
        let found = self.files.iter().find_map(|(known, path)| match known.as_str() {
            "" => is_below(name).then(|| path.join(name)),
            _ if known == name => Some(path.clone()),
            known => {
                let below = name.strip_prefix(known)?.strip_prefix('/')?;
                is_below(below).then(|| path.join(below))
            }
        });
        found.ok_or_else(outside)
    }

    /// Whether a file is in one of the permitted folders once its links are followed, or is itself permitted.
    fn check(&self, path: &Path) -> Result<(), LoadError> {
        let file = path.canonicalize().map_err(|error| failure(&error))?;
        let is_within = |folder: &Path| {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            folder.canonicalize().is_ok_and(|folder| file.starts_with(folder))
        };
        let is_permitted = path == self.root || self.files.iter().any(|(_, folder)| is_within(folder));
        if is_permitted { Ok(()) } else { Err(outside()) }
    }
}

impl Loader for Disk {
    fn file_for(&self, url: &str) -> Option<String> {
        self.asked_urls.borrow_mut().insert(url.to_owned());
        self.urls.file_for(url)
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        if let Some(text) = self.text.as_ref().filter(|_| path == self.name) {
            return Ok(text.clone().into_bytes());
        }
        let path = self.locate(path)?;
        self.asked.borrow_mut().insert(path.clone());
        self.check(&path)?;
        let facts = fs::metadata(&path).map_err(|error| failure(&error))?;
        if facts.is_dir() {
            return Err(LoadError::IsDirectory);
        }
        // Opening a pipe would wait for its other end.
        if !facts.is_file() {
            return Err(LoadError::NotPermitted("it is not an ordinary file".to_owned()));
        }
        let mut bytes = Vec::new();
        let most = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX);
        // A file may grow between the look at its length and the reading.
        File::open(&path)
            .and_then(|file| file.take(most + 1).read_to_end(&mut bytes))
            .map_err(|error| failure(&error))?;
        if bytes.len() > MAX_FILE_BYTES { Err(LoadError::TooLarge) } else { Ok(bytes) }
    }
}

/// Whether a relative path leads nowhere but down.
fn is_below(path: &str) -> bool {
    let only_names = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    // Paths are told to cargo a line each, so none may hold a line end.
    let is_odd = |character: char| matches!(character, '\\' | ':') || character.is_control();
    !path.is_empty() && only_names && !path.contains(is_odd)
}

fn outside() -> LoadError {
    LoadError::NotPermitted("it lies outside of the root document's folder".to_owned())
}

fn failure(error: &io::Error) -> LoadError {
    if error.kind() == ErrorKind::NotFound {
        LoadError::NotFound
    } else if error.kind() == ErrorKind::PermissionDenied {
        LoadError::NotPermitted("the system does not permit it".to_owned())
    } else {
        LoadError::Other(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    fn is_refused(result: &Result<Vec<u8>, LoadError>) -> bool {
        matches!(result, Err(LoadError::NotPermitted(_)))
    }

    #[test]
    fn reads_the_root_and_what_is_below_its_folder() {
        let scratch = Scratch::new();
        scratch.write("specs/api.yaml", "root");
        scratch.write("specs/parts/pet.yaml", "pet");
        let disk = Disk::new(scratch.path(), "specs/api.yaml");
        assert_eq!(disk.load("specs/api.yaml").unwrap(), b"root");
        assert_eq!(disk.load("specs/parts/pet.yaml").unwrap(), b"pet");
        assert_eq!(disk.load("specs/none.yaml"), Err(LoadError::NotFound));
        assert_eq!(disk.load("specs/parts"), Err(LoadError::IsDirectory));
        assert_eq!(disk.asked().len(), 4);
    }

    #[test]
    fn reads_nothing_elsewhere() {
        let scratch = Scratch::new();
        scratch.write("specs/api.yaml", "root");
        scratch.write("secret", "secret");
        scratch.write("specs-of-another/secret", "secret");
        let disk = Disk::new(scratch.path(), "specs/api.yaml");
        let absolute = scratch.path().join("secret");
        for path in [
            "secret",
            "../secret",
            "specs/../secret",
            "specs/../../secret",
            "specs//etc/passwd/../../secret",
            "specs-of-another/secret",
            "/etc/passwd",
            "file:///etc/passwd",
            "specs/file:secret",
            "specs\\..\\secret",
            "specs/a\ncargo::rustc-env=A=b",
            "",
            "specs/",
            absolute.to_str().unwrap(),
        ] {
            assert!(is_refused(&disk.load(path)), "{path}: {:?}", disk.load(path));
        }
        assert!(disk.asked().is_empty());
    }

    #[test]
    fn a_root_without_a_folder_has_the_folder_it_is_in() {
        let scratch = Scratch::new();
        scratch.write("api.yaml", "root");
        scratch.write("pet.yaml", "pet");
        let disk = Disk::new(scratch.path(), "api.yaml");
        assert_eq!(disk.load("pet.yaml").unwrap(), b"pet");
        assert!(is_refused(&disk.load("/pet.yaml")));
    }

    #[test]
    fn a_person_may_permit_another_folder() {
        let scratch = Scratch::new();
        scratch.write("specs/roots/api.yaml", "root");
        scratch.write("specs/parts/pet.yaml", "pet");
        scratch.write("secret", "secret");
        let disk = Disk::new(scratch.path(), "specs/roots/api.yaml");
        assert!(is_refused(&disk.load("specs/parts/pet.yaml")));
        let disk = disk.permitting(scratch.path(), Some("specs"));
        assert_eq!(disk.load("specs/roots/api.yaml").unwrap(), b"root");
        assert_eq!(disk.load("specs/parts/pet.yaml").unwrap(), b"pet");
        assert!(is_refused(&disk.load("secret")) && is_refused(&disk.load("specs/../secret")));
    }

    #[cfg(unix)]
    #[test]
    fn follows_no_link_out_of_the_folder() {
        let scratch = Scratch::new();
        scratch.write("secret", "secret");
        scratch.write("elsewhere/api.yaml", "root");
        scratch.write("specs/pet.yaml", "pet");
        let link = |target: &str, name: &str| {
            std::os::unix::fs::symlink(scratch.path().join(target), scratch.path().join(name)).unwrap();
        };
        link("secret", "specs/link.yaml");
        link("elsewhere", "specs/folder");
        link("specs/pet.yaml", "specs/same.yaml");
        link("elsewhere/api.yaml", "specs/api.yaml");
        let disk = Disk::new(scratch.path(), "specs/api.yaml");
        assert!(is_refused(&disk.load("specs/link.yaml")));
        assert!(is_refused(&disk.load("specs/folder/api.yaml")));
        assert_eq!(disk.load("specs/same.yaml").unwrap(), b"pet");
        // The root itself is the user's own choice, and build systems link it.
        assert_eq!(disk.load("specs/api.yaml").unwrap(), b"root");
    }
}
