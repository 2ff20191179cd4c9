//! Files that answers are written to, and what cannot be done with a file.
//!
//! In: a path, and pieces. Out: a file of them. Never happens: a file that is not whole under the name that was asked for; what
//! was written left behind where it is of no use.

use std::ffi::OsString;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::timer;

/// A file that could not be read or written.
pub struct FileError(Box<Inner>);

struct Inner {
    path: PathBuf,
    doing: &'static str,
    source: io::Error,
}

impl FileError {
    /// The path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// What the system says.
    #[must_use]
    pub fn io(&self) -> &io::Error {
        &self.0.source
    }

    pub(crate) fn new(path: &Path, doing: &'static str, source: io::Error) -> Self {
        Self(Box::new(Inner { path: path.to_owned(), doing, source }))
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { path, doing, source } = self.0.as_ref();
        write!(formatter, "the file {} could not be {doing}: {source}", path.display())
    }
}

impl fmt::Debug for FileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FileError({self})")
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0.source)
    }
}

/// Does with a file what may block.
pub(crate) async fn apart<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, FileError> {
    let done = timer::apart(work).await;
    done.unwrap_or_else(|| Err(FileError::new(path, "written", io::Error::other("the runtime ends"))))
}

/// A file that is not whole yet.
pub(crate) struct Partial {
    file: Option<File>,
    path: PathBuf,
    /// The name it has meanwhile.
    meanwhile: PathBuf,
    length: u64,
}

impl Partial {
    pub(crate) fn create(path: PathBuf) -> Result<Self, FileError> {
        let mut name = path.file_name().map(OsString::from).unwrap_or_default();
        name.push(".part");
        let meanwhile = path.with_file_name(name);
        let file = File::create(&meanwhile).map_err(|error| FileError::new(&meanwhile, "created", error))?;
        Ok(Self { file: Some(file), path, meanwhile, length: 0 })
    }

    pub(crate) fn write(mut self, pieces: &[Bytes]) -> Result<Self, FileError> {
        for piece in pieces {
            if let Some(file) = &mut self.file {
                file.write_all(piece).map_err(|error| FileError::new(&self.meanwhile, "written", error))?;
            }
            self.length += piece.len() as u64;
        }
        Ok(self)
    }

    /// Gives the file its name; says how long it is.
    pub(crate) fn finish(mut self) -> Result<u64, FileError> {
        // Closed before it is renamed, which some systems ask for.
        drop(self.file.take());
        if let Err(error) = fs::rename(&self.meanwhile, &self.path) {
            drop(fs::remove_file(&self.meanwhile));
            return Err(FileError::new(&self.path, "written", error));
        }
        Ok(self.length)
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // Nobody asked for a part, and there is nobody to tell.
            drop(fs::remove_file(&self.meanwhile));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_when_it_is_whole() {
        let folder = std::env::temp_dir().join(format!("clientwright-file-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.bin");
        let there = || fs::read_dir(&folder).unwrap().count();
        let file = Partial::create(path.clone()).unwrap().write(&[Bytes::from("ab"), Bytes::from("c")]).unwrap();
        assert!(!path.exists() && there() == 1);
        drop(file);
        assert_eq!(there(), 0, "nothing is left behind");
        let file = Partial::create(path.clone()).unwrap().write(&[Bytes::from("ab"), Bytes::from("c")]).unwrap();
        assert_eq!(file.finish().unwrap(), 3);
        assert_eq!((fs::read(&path).unwrap().as_slice(), there()), (&b"abc"[..], 1));
        let wrong = Partial::create(folder.join("missing/b.bin")).err().unwrap();
        assert!(wrong.to_string().contains("b.bin.part could not be created"), "{wrong}");
        fs::remove_dir_all(&folder).unwrap();
    }
}
