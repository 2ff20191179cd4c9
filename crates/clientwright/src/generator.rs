//! A client made by a build script.
//!
//! In: a document beside the crate that wants a client. Out: modules in `OUT_DIR`, and lines for
//! cargo. Never: writes anywhere else, or touches a file that is as it should be.

mod decisions;
#[cfg(feature = "openapiv3")]
mod document;
mod module;

use std::env;
use std::fmt;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clientwright_api::{Said, Selection};
use clientwright_document::source::Urls;
use clientwright_document::{Diagnostic, Severity, Sources};
use clientwright_rust::{Config, Files, Lock};

use crate::disk::Disk;
use crate::lock;
use crate::output::{Output, OutputError};
use crate::pipeline::{self, Wanted};
use crate::report::Report;

/// Generates a client in a build script.
///
/// ```no_run
/// fn main() -> Result<(), clientwright::GenerateError> {
///     clientwright::Generator::new("specs/allo.yaml").generate_to_out_dir()
/// }
/// ```
///
/// What `clientwright.toml` says for crates, its methods say here: [`operations`](Self::operations),
/// [`types_only`](Self::types_only), [`format`](Self::format), [`replace`](Self::replace),
/// [`derive`](Self::derive).
///
/// The crate then includes the client where it wants it, and depends on `clientwright-runtime` (with the features `chrono`,
/// `uuid` and `decimal` where the document has such formats, and `xml` where it has bodies in XML):
///
/// ```ignore
/// /// A client for Allo.
/// pub mod allo {
///     include!(concat!(env!("OUT_DIR"), "/allo/mod.rs"));
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a generator does nothing until it generates"]
pub struct Generator {
    spec: String,
    /// The document itself, where it is in memory; `spec` is then only what it is called.
    #[cfg(feature = "openapiv3")]
    document: Option<Result<String, String>>,
    module: Option<String>,
    selection: Selection,
    said: Said,
    config: Config,
    strict: bool,
    lock: Option<String>,
    urls: Urls,
    /// What was decided in words that stand for nothing.
    faults: Vec<Diagnostic>,
}

/// Why a build script's client was not generated. Its `Debug` is text for people, since that is
/// what cargo shows of an error that `main` returns.
#[non_exhaustive]
pub enum GenerateError {
    /// A variable that cargo sets for build scripts is not there.
    Environment(&'static str),
    /// A document in memory cannot be written as JSON.
    NotWritable(String),
    /// The name of the module is none.
    Module(String),
    /// The document has errors, or warnings where these count as failures.
    Document(Box<Report>),
    /// `OUT_DIR` cannot be written.
    Output(Box<OutputError>),
    /// Cargo does not listen.
    Cargo(io::Error),
}

impl Generator {
    /// A generator for a document, whose path is relative to the folder of the crate's manifest.
    pub fn new(spec: impl Into<String>) -> Self {
        Self {
            spec: spec.into(),
            #[cfg(feature = "openapiv3")]
            document: None,
            module: None,
            selection: Selection::default(),
            said: Said::default(),
            config: Config::default(),
            strict: false,
            lock: None,
            urls: Urls::default(),
            faults: Vec::new(),
        }
    }

    /// A generator for a document that is in memory, as another build tool has made or changed it.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut document: openapiv3::OpenAPI = serde_json::from_str(&std::fs::read_to_string("specs/allo.json")?)?;
    /// document.paths.paths.retain(|path, _| path.starts_with("/v2/"));
    /// clientwright::Generator::document(document).module("allo").generate_to_out_dir()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It is read as any other, so its references may lead to files in the folder of the crate's
    /// manifest. Diagnostics show it as JSON under the name `openapi.json`, and `openapi` is what the
    /// module is called unless [`module`](Self::module) says otherwise. To lock its names, write it
    /// into a file of that name. The crate `openapiv3` knows
    /// version 3.0 only, and drops what it does not know, among it what stands beside a `$ref`, and
    /// `explode: false` of a form's field: where the document is a file, prefer [`new`](Self::new).
    #[cfg(feature = "openapiv3")]
    pub fn document(document: impl std::borrow::Borrow<openapiv3::OpenAPI>) -> Self {
        let text = document::text(document.borrow()).map_err(|error| error.to_string());
        Self { document: Some(text), ..Self::new(document::NAME) }
    }

    /// The folder below `OUT_DIR` for the modules; the document's name without its extension,
    /// where none is given.
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Whether a warning is a failure.
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// The lock file, whose path is relative to the folder of the crate's manifest: `clientwright.lock` where none is
    /// given. Names that it holds are kept; it is read where it exists, and never written. `clientwright lock` writes it.
    pub fn lock(mut self, path: impl Into<String>) -> Self {
        self.lock = Some(path.into());
        self
    }

    /// Generates the modules into `OUT_DIR`, and tells cargo which files they were made from.
    /// Warnings are shown by cargo.
    ///
    /// # Errors
    ///
    /// A [`GenerateError`]; what was generated before is then as it was.
    pub fn generate_to_out_dir(&self) -> Result<(), GenerateError> {
        let variable = |name: &'static str| env::var(name).map_err(|_| GenerateError::Environment(name));
        let out_dir = PathBuf::from(variable("OUT_DIR")?);
        let mut config = self.config.clone();
        config.package.name = variable("CARGO_PKG_NAME")?;
        config.package.version = variable("CARGO_PKG_VERSION")?;
        let folder = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
        let (lines, result) = self.generate(&folder, &out_dir, &config);
        // The one place where this crate prints: cargo reads it.
        io::stdout().write_all(lines.as_bytes()).map_err(GenerateError::Cargo)?;
        result
    }

    /// Generates, and gives the lines for cargo, which are told even if it fails: the next build
    /// has to look at the same files again.
    fn generate(&self, folder: &Path, out_dir: &Path, config: &Config) -> (String, Result<(), GenerateError>) {
        let module = match self.module_name() {
            Ok(module) => module,
            Err(error) => return (String::new(), Err(error)),
        };
        if !self.faults.is_empty() {
            let report = Report::new(Sources::new(), self.faults.clone());
            return (String::new(), Err(GenerateError::Document(Box::new(report))));
        }
        let disk = match self.root(folder) {
            Ok(disk) => disk.with_urls(folder, &self.urls),
            Err(error) => return (String::new(), Err(error)),
        };
        let mut lines = Vec::new();
        let path = self.lock.as_deref().unwrap_or(lock::FILE_NAME);
        let given = match lock::read(folder, path) {
            Ok(given) => given,
            Err(error) => return (String::new(), Err(GenerateError::Output(Box::new(error)))),
        };
        if given.is_some() {
            // A file that is not there would make cargo run this every time.
            lines.push(told("rerun-if-changed", folder.join(path).display()));
        }
        let none = Lock::default();
        let wanted = Wanted {
            selection: &self.selection,
            said: &self.said,
            config,
            given: given.as_ref().unwrap_or(&none),
            file: None,
        };
        let generated = pipeline::generate(disk, wanted);
        lines.extend(generated.asked.iter().map(|path| told("rerun-if-changed", path.display())));
        let too_bad = if self.strict { Severity::Warning } else { Severity::Error };
        let Some(made) = generated.made.filter(|_| generated.report.worst() < Some(too_bad)) else {
            return (lines.concat(), Err(GenerateError::Document(Box::new(generated.report))));
        };
        lines.extend(generated.report.warnings().map(|line| told("warning", line)));
        lines.extend(given.and_then(|given| self.unlocked(path, &made.lock, &given)));
        let output = Output { base: out_dir, folder: &module, sources: "" };
        (lines.concat(), write(output, &made.files).map_err(|error| GenerateError::Output(Box::new(error))))
    }

    /// A warning about names that are not in the lock file, and so may be others tomorrow.
    fn unlocked(&self, path: &str, made: &Lock, given: &Lock) -> Option<String> {
        let missing = made.not_in(given);
        let (first, _) = missing.first()?;
        let names = if let [_] = missing.as_slice() { "a name is" } else { "names are" };
        let spec = &self.spec;
        let line = format!(
            "{names} not in {path}, beginning with that of `{first}`; run `clientwright lock {spec} --lock {path}`"
        );
        Some(told("warning", line))
    }

    #[cfg(feature = "openapiv3")]
    fn root(&self, folder: &Path) -> Result<Disk, GenerateError> {
        match &self.document {
            None => Ok(Disk::new(folder, &self.spec)),
            Some(Ok(text)) => Ok(Disk::with_text(folder, &self.spec, text.clone())),
            Some(Err(message)) => Err(GenerateError::NotWritable(message.clone())),
        }
    }

    #[cfg(not(feature = "openapiv3"))]
    #[allow(clippy::unnecessary_wraps)] // as its other self
    fn root(&self, folder: &Path) -> Result<Disk, GenerateError> {
        Ok(Disk::new(folder, &self.spec))
    }

    fn module_name(&self) -> Result<String, GenerateError> {
        let stem = Path::new(&self.spec).file_stem().unwrap_or_default().to_string_lossy();
        let name = self.module.clone().unwrap_or_else(|| stem.replace(['-', '.', ' '], "_").to_lowercase());
        let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_word && !name.is_empty() { Ok(name) } else { Err(GenerateError::Module(name)) }
    }
}

/// The sources of a crate, as modules below another crate's.
fn write(output: Output<'_>, files: &Files) -> Result<(), OutputError> {
    let mut modules = Files::new();
    for (path, text) in files {
        match path.strip_prefix("src/") {
            Some("lib.rs") => modules.insert("mod.rs".to_owned(), module::from_library(text)),
            Some(path) => modules.insert(path.to_owned(), text.clone()),
            None => None,
        };
    }
    let changes = output.compare(&modules)?;
    output.write(&modules, &changes)
}

/// A line for cargo.
fn told(what: &str, value: impl fmt::Display) -> String {
    format!("cargo::{what}={value}\n")
}

impl fmt::Display for GenerateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(name) => {
                write!(formatter, "`{name}` is not set; `generate_to_out_dir` is for build scripts, which cargo runs")
            }
            Self::NotWritable(why) => write!(formatter, "the document cannot be written as JSON: {why}"),
            Self::Module(name) => write!(formatter, "`{name}` is no name for a module; give one with `module`"),
            Self::Document(report) => report.fmt(formatter),
            Self::Output(error) => match std::error::Error::source(error) {
                Some(source) => write!(formatter, "{error}: {source}"),
                None => error.fmt(formatter),
            },
            Self::Cargo(error) => write!(formatter, "cargo cannot be told about it: {error}"),
        }
    }
}

impl fmt::Debug for GenerateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Below cargo's "Error: ", where an excerpt's lines would not stand under one another.
        write!(formatter, "the client was not generated\n\n{self}")
    }
}

impl std::error::Error for GenerateError {}

#[cfg(test)]
mod tests;
