//! A case: a document, its options, and what there is to see of it.
//!
//! In: the path of a document under `cases`. Out: the text of its snapshot. Never: a file read but the document and its
//! options: a document that refers to another file finds those that its options state.

pub(crate) mod configuration;
mod files;
mod settings;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use clientwright_document::diagnostic::Renderer;
use clientwright_document::{Diagnostic, Sources};
use clientwright_rust::{Files, Lock};
use clientwright_tests::marks;
use toml_edit::{DocumentMut, Item};

use files::OtherFiles;
use settings::Settings;

/// A document with its options.
pub(crate) struct Case {
    /// Relative to the folder of the tests: `cases/types/object.yaml`.
    path: PathBuf,
    text: String,
    options: Options,
}

/// What the `.toml` beside a case says.
#[derive(Default)]
struct Options {
    /// Beginnings of the paths that are shown; of the folder's own choice where there are none.
    show: Vec<String>,
    /// What the document may refer to.
    files: OtherFiles,
    /// What a person decided.
    settings: Settings,
}

/// A failure of several lines; the harness shows its `Debug`.
struct Told(String);

impl Case {
    /// Reads a case and its options.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path)?;
        if path.extension().is_some_and(|extension| extension == "yaml") && !text.starts_with("# ") {
            return Err("a case begins with a comment that says its rule".into());
        }
        let options = path.with_extension("toml");
        let options = if options.exists() { Options::read(&options)? } else { Options::default() };
        Ok(Self { path: path.to_owned(), text, options })
    }

    /// Where it stands below `cases`: `types`.
    pub(crate) fn folder(&self) -> PathBuf {
        let folder = self.path.parent().unwrap_or(Path::new(""));
        folder.strip_prefix("cases").unwrap_or(folder).to_owned()
    }

    /// The file's name without its extension.
    pub(crate) fn name(&self) -> String {
        self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Everything there is to see of it.
    pub(crate) fn run(&self) -> Result<String, Box<dyn Error>> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let mut sources = Sources::new();
        let (files, diagnostics) = self.generate(&name, &mut sources)?;
        let settings = &self.options.settings;
        if self.folder().starts_with("invalid") {
            let mut expected = marks::expected(&name, &self.text);
            expected.extend(self.options.files.marks());
            expected.extend(settings.marks());
            check_marks(&expected, &Renderer::render_short(&sources, &diagnostics))?;
        }
        let mut shown = section("SPEC", &self.text);
        shown.extend(settings.text().map(|text| section("CONFIGURATION", text)));
        let said = Renderer::plain().render(&sources, &diagnostics);
        shown.push_str(&section("DIAGNOSTICS", if said.is_empty() { "none" } else { &said }));
        for (path, text) in files.iter().filter(|(path, _)| self.shows(path)) {
            shown.push_str(&section(path, text));
        }
        Ok(shown)
    }

    fn generate(&self, name: &str, sources: &mut Sources) -> Result<(Files, Vec<Diagnostic>), Box<dyn Error>> {
        let settings = &self.options.settings;
        settings.keep(sources);
        let read = clientwright_document::read(
            sources,
            name,
            &self.options.files.beside(name, &self.text, &settings.client.urls),
        );
        let mut diagnostics = read.diagnostics;
        let said = read.value.map(|document| clientwright_api::say(document, &settings.client.said));
        let selected = said.and_then(|said| {
            diagnostics.extend(said.diagnostics);
            said.value.map(|document| clientwright_api::select(document, &settings.client.selection))
        });
        let document = selected.and_then(|selected| {
            diagnostics.extend(selected.diagnostics);
            selected.value
        });
        let api = document.as_ref().map(clientwright_api::lower).and_then(|lowered| {
            diagnostics.extend(lowered.diagnostics);
            lowered.value
        });
        if let Some((document, api)) = document.as_ref().zip(api.as_ref()) {
            let untyped = clientwright_api::untyped(document, api);
            if let Some(lost) = clientwright_api::untold(&untyped, &diagnostics).first() {
                let place = sources.pointer(lost.at);
                return Err(format!("{place} has a type, becomes untyped JSON, and nothing tells so").into());
            }
        }
        let planned = api.and_then(|api| {
            let planned = clientwright_rust::plan(api, &settings.client.config, &Lock::default());
            diagnostics.extend(planned.diagnostics);
            planned.value
        });
        Ok((planned.map(|planned| clientwright_rust::print(&planned)).unwrap_or_default(), diagnostics))
    }

    /// Whether a generated file is shown: what the options name, otherwise what the folder is about.
    fn shows(&self, path: &str) -> bool {
        let folder = self.folder();
        let folder = folder.iter().next().unwrap_or_default().to_string_lossy();
        let chosen: &[&str] = match folder.as_ref() {
            "types" => &["src/types/"],
            "operations" => &["src/operations/"],
            "invalid" => &[],
            _ => &["src/types/", "src/operations/"],
        };
        if self.options.show.is_empty() {
            chosen.iter().any(|chosen| path.starts_with(chosen))
        } else {
            self.options.show.iter().any(|chosen| path.starts_with(chosen))
        }
    }
}

impl Options {
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (head, settings) = Settings::read(&name, &text)?;
        let document: DocumentMut = head.parse()?;
        let mut options = Self { settings, ..Self::default() };
        for (key, item) in document.iter() {
            match key {
                "show" => options.show = texts(item),
                "files" => options.files = OtherFiles::read(item)?,
                _ => return Err(format!("the options of a case have no `{key} = {item}`").into()),
            }
        }
        Ok(options)
    }
}

/// Holds that a case with mistakes says where they are, and that they are reported there and nowhere else.
fn check_marks(expected: &BTreeSet<String>, short: &str) -> Result<(), Box<dyn Error>> {
    if expected.is_empty() {
        return Err("a case with mistakes marks them: `# ^^^ code` below the place".into());
    }
    match marks::difference(expected, &marks::reported(short)) {
        Some(difference) => Err(Box::new(Told(difference))),
        None => Ok(()),
    }
}

impl fmt::Display for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for Told {}

fn texts(item: &Item) -> Vec<String> {
    item.as_array().into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

fn section(title: &str, text: &str) -> String {
    let mut section = String::new();
    let _ = writeln!(section, "----- {title}\n{}\n", text.trim_end());
    section
}
