//! Documents from memory, and short forms of what was found in them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use clientwright_document::diagnostic::{Place, Renderer};
use clientwright_document::model::Schema;
use clientwright_document::source::LoadError;
use clientwright_document::{Diagnostic, Document, Loader, Outcome, Sources};

/// Files by name.
pub(crate) struct Files {
    files: BTreeMap<String, Vec<u8>>,
    asked: RefCell<Vec<String>>,
}

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        self.asked.borrow_mut().push(path.to_owned());
        if path.ends_with('/') {
            return Err(LoadError::IsDirectory);
        }
        if path.starts_with(['.', '/']) || path.contains('\\') {
            return Err(LoadError::NotPermitted("it lies outside of the root document's folder".to_owned()));
        }
        self.files.get(path).cloned().ok_or(LoadError::NotFound)
    }
}

/// A document that was read.
pub(crate) struct Read {
    pub(crate) sources: Sources,
    pub(crate) outcome: Outcome<Document>,
    /// The names of the files that were asked for, in order.
    pub(crate) asked: Vec<String>,
}

impl Read {
    /// The document, or an empty one.
    pub(crate) fn document(&self) -> Document {
        self.outcome.value.clone().unwrap_or_default()
    }

    /// `12:5 unknown-key` for each diagnostic, in the order of the report.
    pub(crate) fn found(&self) -> Vec<String> {
        let mut found: Vec<_> = self.outcome.diagnostics.iter().map(|found| place(&self.sources, found)).collect();
        found.sort_unstable();
        found.into_iter().map(|(line, column, code)| format!("{line}:{column} {code}")).collect()
    }

    /// `pet.yaml:12:5 unknown-key` for each diagnostic, by file and place.
    pub(crate) fn found_in_files(&self) -> Vec<String> {
        let name = |found: &Diagnostic| {
            let label = found.labels.iter().find(|label| label.primary)?;
            let file = match &label.place {
                Place::Node(at) => self.sources.file_id(*at)?,
                Place::Span(file, _) => *file,
            };
            Some(self.sources.file(file)?.name().to_owned())
        };
        let found =
            self.outcome.diagnostics.iter().map(|found| (name(found).unwrap_or_default(), place(&self.sources, found)));
        let mut found: Vec<_> = found.collect();
        found.sort_unstable();
        found.into_iter().map(|(file, (line, column, code))| format!("{file}:{line}:{column} {code}")).collect()
    }

    /// The schema of a name.
    pub(crate) fn schema(&self, name: &str) -> Schema {
        let document = self.document();
        document.schemas[document.named_schemas[name]].clone()
    }

    /// The names of the schemas in their order.
    pub(crate) fn names(&self) -> Vec<String> {
        self.document().named_schemas.into_keys().collect()
    }

    /// The report without colours.
    pub(crate) fn report(&self) -> String {
        Renderer::plain().render(&self.sources, &self.outcome.diagnostics)
    }
}

/// Reads a file of the given name and content.
pub(crate) fn read_bytes(name: &str, content: impl Into<Vec<u8>>) -> Read {
    read_all(name, BTreeMap::from([(name.to_owned(), content.into())]))
}

/// Reads files by their names and texts, the first of which is the root.
pub(crate) fn read_files(files: &[(&str, &str)]) -> Read {
    let root = files.first().map(|(name, _)| *name).unwrap_or_default();
    read_all(root, files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect())
}

/// Reads files by their names and bytes.
pub(crate) fn read_all(root: &str, files: BTreeMap<String, Vec<u8>>) -> Read {
    let files = Files { files, asked: RefCell::default() };
    let mut sources = Sources::new();
    let outcome = clientwright_document::read(&mut sources, root, &files);
    Read { sources, outcome, asked: files.asked.into_inner() }
}

/// Reads a YAML text.
pub(crate) fn read(text: &str) -> Read {
    read_bytes("api.yaml", text)
}

/// Reads a YAML text that is put after a sound beginning of six lines, without `paths`.
pub(crate) fn read_after_head(text: &str) -> Read {
    read(&format!("openapi: 3.0.3\ninfo:\n  title: Pets\n  version: '1'\n# -----\n# -----\n{text}"))
}

/// Reads a YAML text of 3.1 that is put after a sound beginning of two lines.
pub(crate) fn read_3_1(text: &str) -> Read {
    read(&format!("openapi: 3.1.0\ninfo: {{title: Pets, version: '1'}}\n{text}"))
}

/// Reads a schema of 3.1 called `S`, which begins in line 6, indented by six columns.
pub(crate) fn read_schema_3_1(schema: &str) -> Read {
    let indented = schema.lines().map(|line| format!("      {line}")).collect::<Vec<_>>().join("\n");
    read_3_1(&format!("components:\n  schemas:\n    S:\n{indented}\n"))
}

/// Reads a schema called `S`, which begins in line 11, indented by six columns.
pub(crate) fn read_schema(schema: &str) -> Read {
    let indented = schema.lines().map(|line| format!("      {line}")).collect::<Vec<_>>().join("\n");
    read_after_head(&format!("paths: {{}}\ncomponents:\n  schemas:\n    S:\n{indented}\n"))
}

fn place(sources: &Sources, diagnostic: &Diagnostic) -> (usize, usize, &'static str) {
    let label = diagnostic.labels.iter().find(|label| label.primary);
    let position = label.and_then(|label| match &label.place {
        Place::Node(at) => sources.position(*at).map(|position| (position.line, position.column)),
        Place::Span(file, span) => sources.line_and_column(*file, span.start),
    });
    let (line, column) = position.unwrap_or_default();
    (line, column, diagnostic.code.as_str())
}
