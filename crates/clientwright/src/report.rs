//! What there is to tell the author of a document or of a configuration.
//!
//! In: diagnostics, with the files they point into. Out: text for a terminal or for a log. Never:
//! prints by itself.

use std::fmt;

use clientwright_document::diagnostic::Renderer;
use clientwright_document::{Diagnostic, Severity, Sources};

/// Diagnostics with the files they point into.
#[derive(Debug, Default)]
#[must_use = "a report is for somebody to see"]
pub struct Report {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    pub(crate) fn new(sources: Sources, diagnostics: Vec<Diagnostic>) -> Self {
        Self { sources, diagnostics }
    }

    /// The diagnostics, in no particular order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The worst there is to tell.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.severity).max()
    }

    /// How many diagnostics there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// How many there are of each severity, in words: `1 error, 2 warnings`.
    #[must_use]
    pub fn counts(&self) -> String {
        let severities = [Severity::Error, Severity::Warning, Severity::Note];
        let counts = severities.into_iter().filter_map(|severity| match (self.count(severity), severity.as_str()) {
            (0, _) => None,
            (1, word) => Some(format!("1 {word}")),
            (count, word) => Some(format!("{count} {word}s")),
        });
        counts.collect::<Vec<_>>().join(", ")
    }

    /// All diagnostics with excerpts, in the order of their places, coloured by ANSI escape
    /// sequences where that is wanted. Empty when there is nothing to tell.
    #[must_use]
    pub fn render(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::coloured() } else { Renderer::plain() };
        renderer.render(&self.sources, &self.diagnostics)
    }

    /// One line for each diagnostic.
    #[must_use]
    pub fn render_short(&self) -> String {
        Renderer::render_short(&self.sources, &self.diagnostics)
    }

    /// One line for each diagnostic that is more than a note.
    pub(crate) fn warnings(&self) -> impl Iterator<Item = String> {
        let is_warning = |diagnostic: &&Diagnostic| diagnostic.severity > Severity::Note;
        let warnings: Vec<Diagnostic> = self.diagnostics.iter().filter(is_warning).cloned().collect();
        let text = Renderer::render_short(&self.sources, &warnings);
        text.lines().map(str::to_owned).collect::<Vec<_>>().into_iter()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.render(false).trim_end())
    }
}

impl std::error::Error for Report {}
