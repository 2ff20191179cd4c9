//! `clientwright.toml`: which clients there are, and what a person decides about each.
//!
//! In: the file's text. Out: the clients, or everything that is wrong with the file, each fault
//! with its place. Never: a key ignored, a path out of the file's folder for something that is
//! written, or a stop at the first fault.
//!
//! ```toml
//! [client.allo]                       # the name on the command line
//! spec = "specs/allo.yaml"            # the document; all paths are relative to this file
//! output = "crates/clients/allo"      # the crate; below this file's folder
//! files = "specs"                     # whose files the document may refer to: the document's folder
//! unknown-members = "ignore"          # or "keep": members that no schema describes are written back
//! operations = ["tag:people", "!deletePerson"] # all of them
//! types-only = false                  # whether there is nothing to call
//!
//! [client.allo.package]               # all of it optional
//! name = "allo"                       # the client's name
//! version = "0.1.0"                   # this one
//! description = "A client for Allo."  # made from the document's title
//! license = "MIT OR Apache-2.0"       # none
//! repository = "https://example.com"  # none
//! publish = true                      # false: nothing is published without a word of yours
//!
//! [client.allo.urls]                  # none: URLs are never fetched
//! "https://example.com/schemas/" = "specs/schemas" # the folder that stands for them, or a file for one of them
//!
//! [client.allo.formats]               # the type of each format; these are the defaults
//! date-time = "chrono"                # or "string", or a type of your own; likewise
//! date-time-local = "chrono"          #   date-time without an offset
//! date = "chrono"
//! uuid = "uuid"                       # or "string" …
//! byte = "base64"                     # bytes as text
//! decimal = "rust_decimal"            # of texts and of numbers
//! int64 = "i64"                       # any of i8 … i64, u8 … u64; likewise the other widths
//! double = "f64"                      # or "f32"; likewise `float`
//! email = "my_crate::Email"           # any other format is text, unless you have a type for it:
//! uri = { path = "url::Url", serde = true } # one with serde's traits instead of the runtime's
//!
//! [client.allo.types]                 # types of your own in place of generated ones
//! Person = "my_crate::Person"         # by the document's name: `Person.address` for what is within
//! Money = { path = "my_crate::Money", serde = true }
//!
//! [client.allo.derives]               # besides `Clone`, `Debug`, `PartialEq` and serde's traits
//! "*" = ["Eq"]                        # for all types that can have it
//! Person = ["Hash", "schemars::JsonSchema"]
//!
//! [client.allo.rename.types]          # likewise `members`, `operations`, `parameters`
//! Person = "Contact"
//!
//! [client.allo.says]                  # what the document does not say: its `x-clientwright-…` keys
//! idempotency-key = "X-Once"          # likewise `operations`, `parameters`, `schemas`, `security`:
//! operations.searchPeople = { repeatable = true }
//!
//! [client.allo.runtime]               # where `clientwright-runtime` comes from
//! version = "0.1.0"                   # that of the generator
//! path = "crates/runtime"             # none: from the registry
//! ```

mod overrides;
mod read;
mod says;
mod table;

use std::fmt;
use std::path::{Path, PathBuf};

use clientwright_api::{Said, Selection};
use clientwright_document::diagnostic::clean;
use clientwright_document::source::{FileId, Urls};
use clientwright_document::{Diagnostic, Severity, Sources};
use clientwright_rust::Config;

use crate::disk::Disk;
use crate::report::Report;
use clientwright_document::diagnostic::nearest;

pub use read::is_package_name;

/// The name of the file.
pub const FILE_NAME: &str = "clientwright.toml";

/// What a `clientwright.toml` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// The folder it stands in, to which its paths are relative.
    pub folder: PathBuf,
    /// The clients in the order of the file.
    pub clients: Vec<Client>,
    /// The file itself, to be shown where something in it does not fit a document.
    pub(crate) file: File,
}

/// A file by its name, with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// One client: `[client.NAME]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The name it is called by on the command line.
    pub name: String,
    /// The path of the document.
    pub spec: String,
    /// The folder whose files the document may refer to; that of the document where there is none.
    pub files: Option<String>,
    /// The files and folders that stand for URLs, which are never fetched.
    pub urls: Urls,
    /// The folder of the generated crate: below the configuration's folder, names between slashes.
    pub output: String,
    /// Which operations become methods.
    pub selection: Selection,
    /// What is said of the document that it does not say itself.
    pub said: Said,
    /// What the other stages need to know.
    pub config: Config,
    /// What only the manifest needs to know.
    pub manifest: ManifestSettings,
}

/// What a person decides about a manifest that no stage needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestSettings {
    /// Whether the crate may be published. Generated crates are private until somebody says so.
    pub publish: bool,
    /// The licence of the generated crate, an SPDX expression.
    pub license: Option<String>,
    /// Where the generated crate is kept.
    pub repository: Option<String>,
    /// Where the runtime comes from.
    pub runtime: Runtime,
}

/// Where a generated crate gets `clientwright-runtime` from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// The version that is asked for.
    pub version: String,
    /// Its folder, relative to the configuration's, for those who have it in the same workspace.
    pub path: Option<String>,
}

impl Default for Runtime {
    /// The runtime that was released with this generator.
    fn default() -> Self {
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), path: None }
    }
}

/// A name that no client has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownClient {
    /// The name.
    pub name: String,
    /// The client's name nearest to it, if one is near.
    pub nearest: Option<String>,
    /// The names of all clients.
    pub known: Vec<String>,
}

impl Configuration {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one report.
    pub fn load(path: &Path) -> Result<Self, Box<Report>> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let disk = Disk::new(folder, &name);
        let mut sources = Sources::new();
        let loaded = sources.load(&name, &disk);
        let Some(file) = only_file(&sources) else {
            return Err(Box::new(Report::new(sources, loaded.diagnostics)));
        };
        Self::read(folder, sources, file)
    }

    /// Reads a text as if it stood in a file of this name in a folder.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in one report.
    pub fn parse(folder: &Path, name: &str, text: &str) -> Result<Self, Box<Report>> {
        let mut sources = Sources::new();
        let file = sources.keep(name, text.to_owned());
        Self::read(folder, sources, file)
    }

    /// A file in which nothing stands yet.
    #[must_use]
    pub fn empty(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), clients: Vec::new(), file: File::default() }
    }

    /// The client of a name.
    #[must_use]
    pub fn client(&self, name: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.name == name)
    }

    /// The clients of some names, each once, in the order of the names; without names, all.
    ///
    /// # Errors
    ///
    /// The first name that is none.
    pub fn select(&self, names: &[String]) -> Result<Vec<&Client>, UnknownClient> {
        if names.is_empty() {
            return Ok(self.clients.iter().collect());
        }
        let mut selected: Vec<&Client> = Vec::new();
        for name in names {
            let client = self.client(name).ok_or_else(|| self.unknown(name))?;
            if !selected.contains(&client) {
                selected.push(client);
            }
        }
        Ok(selected)
    }

    fn unknown(&self, name: &str) -> UnknownClient {
        let known: Vec<String> = self.clients.iter().map(|client| client.name.clone()).collect();
        let nearest = nearest(name, known.iter().map(String::as_str)).map(str::to_owned);
        UnknownClient { name: name.to_owned(), nearest, known }
    }

    fn read(folder: &Path, sources: Sources, file: FileId) -> Result<Self, Box<Report>> {
        let shown = sources.file(file).map(|file| File { name: file.name().to_owned(), text: file.text().to_owned() });
        let shown = shown.unwrap_or_default();
        let (clients, diagnostics) = read::clients(&shown.text, file);
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        if diagnostics.iter().any(is_error) {
            return Err(Box::new(Report::new(sources, diagnostics)));
        }
        Ok(Self { folder: folder.to_owned(), clients, file: shown })
    }
}

impl fmt::Display for UnknownClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "there is no client `{}`", clean(&self.name))?;
        match (&self.nearest, self.known.as_slice()) {
            (Some(nearest), _) => write!(formatter, "; did you mean `{nearest}`?"),
            (None, []) => formatter.write_str(", nor any other"),
            (None, known) => write!(formatter, "; there are: `{}`", known.join("`, `")),
        }
    }
}

impl std::error::Error for UnknownClient {}

/// The file of sources into which one was loaded. The sources keep a file that is neither JSON nor
/// YAML, so that spans of it can be shown; what they have to say about it is not for anybody.
fn only_file(sources: &Sources) -> Option<FileId> {
    sources.files().map(|(id, _)| id).next()
}

#[cfg(test)]
mod tests;
