//! Documents from memory, and short forms of what was found in them.

use std::collections::BTreeMap;

use clientwright_document::diagnostic::{Place, Renderer};
use clientwright_document::source::LoadError;
use clientwright_document::{Diagnostic, Document, Loader, Outcome, Sources};

/// Files by name.
pub(crate) struct Files(BTreeMap<String, Vec<u8>>);

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        if path.ends_with('/') {
            return Err(LoadError::IsDirectory);
        }
        self.0.get(path).cloned().ok_or(LoadError::NotFound)
    }
}

/// A document that was read.
pub(crate) struct Read {
    pub(crate) sources: Sources,
    pub(crate) outcome: Outcome<Document>,
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

    /// The report without colours.
    pub(crate) fn report(&self) -> String {
        Renderer::plain().render(&self.sources, &self.outcome.diagnostics)
    }
}

/// Reads a file of the given name and content.
pub(crate) fn read_bytes(name: &str, content: impl Into<Vec<u8>>) -> Read {
    let files = Files(BTreeMap::from([(name.to_owned(), content.into())]));
    let mut sources = Sources::new();
    let outcome = clientwright_document::read(&mut sources, name, &files);
    Read { sources, outcome }
}

/// Reads a YAML text.
pub(crate) fn read(text: &str) -> Read {
    read_bytes("api.yaml", text)
}

/// Reads a YAML text that is put after a sound beginning of six lines, without `paths`.
pub(crate) fn read_after_head(text: &str) -> Read {
    read(&format!("openapi: 3.0.3\ninfo:\n  title: Pets\n  version: '1'\n# -----\n# -----\n{text}"))
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
