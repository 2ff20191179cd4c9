//! A folder for a test.
//!
//! In: files to begin with. Out: what is in it afterwards. Never: left behind by a test that
//! passes or fails.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of a test's own, removed with this value.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// An empty folder.
    ///
    /// # Errors
    ///
    /// Where the system's folder for temporary files cannot be written.
    pub fn new() -> io::Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("clientwright-tests-{}-{number}", std::process::id()));
        fs::create_dir_all(&path)?;
        path.canonicalize().map(Self)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, and the folders it needs.
    ///
    /// # Errors
    ///
    /// Where the system does not let us.
    pub fn write(&self, name: &str, text: &str) -> io::Result<()> {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&self.0))?;
        fs::write(path, text)
    }

    /// All files with their texts, by their paths with slashes, in order.
    ///
    /// # Errors
    ///
    /// Where one of them cannot be read.
    pub fn files(&self) -> io::Result<Vec<(String, String)>> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((name, String::from_utf8_lossy(&fs::read(&path)?).into_owned()));
                }
            }
        }
        files.sort();
        Ok(files)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}
