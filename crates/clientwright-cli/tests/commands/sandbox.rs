//! A folder in which the programs are called.
//!
//! In: files to begin with. Out: what a call said, and what is in the folder afterwards. Never:
//! left behind by a test, or a call that sees the variables of the one who tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A document with two operations, and nothing to be said about it.
pub(crate) const PETS: &str = "\
openapi: 3.0.3
info: { title: The Pet Shop API, version: '1' }
servers: [{ url: https://example.com }]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        '200':
          description: The pets.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pets' }
    delete:
      operationId: deletePets
      tags: [pets]
      responses: { '204': { description: No pets. } }
components:
  schemas:
    Pets:
      type: object
      properties:
        names: { type: array, items: { type: string } }
";
pub(crate) const CONFIGURATION: &str = "\
[client.pets]
spec = 'specs/pets.yaml'
output = 'crates/pets'
";

/// A folder, removed with this value.
pub(crate) struct Sandbox(PathBuf);

/// How a call ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

impl Sandbox {
    /// A folder with a document, and nothing else.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        // Not below the workspace: its clientwright.toml would be found.
        let path = std::env::temp_dir().join(format!("clientwright-cli-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        let sandbox = Self(path.canonicalize().unwrap());
        sandbox.write("specs/pets.yaml", PETS);
        sandbox
    }

    /// A folder with a document and a configuration.
    pub(crate) fn configured() -> Self {
        let sandbox = Self::new();
        sandbox.write("clientwright.toml", CONFIGURATION);
        sandbox
    }

    /// Calls `clientwright` in this folder.
    pub(crate) fn run(&self, words: &[&str]) -> Ended {
        self.run_in("", words)
    }

    /// Calls `clientwright` in a folder below this one.
    pub(crate) fn run_in(&self, folder: &str, words: &[&str]) -> Ended {
        call(env!("CARGO_BIN_EXE_clientwright"), &self.0.join(folder), words)
    }

    /// Calls `cargo-clientwright` as cargo does.
    pub(crate) fn run_by_cargo(&self, words: &[&str]) -> Ended {
        let words = [&["clientwright"], words].concat();
        call(env!("CARGO_BIN_EXE_cargo-clientwright"), &self.0, &words)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.0.join(name)).unwrap();
    }

    /// All files with their texts.
    pub(crate) fn files(&self) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        let mut folders = vec![self.0.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let text = fs::read_to_string(&path).unwrap();
                    files.push((path, text));
                }
            }
        }
        files.sort();
        files
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Ended {
    /// Holds that it ended well, with nothing on standard error; gives what it said.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!((self.code, self.errors.as_str()), (0, ""), "{self:?}");
        self.output
    }

    /// Holds that it ended with a code, with nothing on standard output; gives what it said.
    #[track_caller]
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!((self.code, self.output.as_str()), (code, ""), "{self:?}");
        self.errors
    }
}

fn call(program: &str, folder: &Path, words: &[&str]) -> Ended {
    let mut command = Command::new(program);
    command.current_dir(folder).args(words);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ended = Ended { code: status.code().unwrap(), output: text(stdout), errors: text(stderr) };
    // Nobody sits before a terminal here.
    assert!(!ended.output.contains('\u{1b}') && !ended.errors.contains('\u{1b}'), "{ended:?}");
    ended
}
