//! What is told to the author of a document, and how it is shown.
//!
//! In: faults of every stage, as a [`Code`] with places. Out: [`Diagnostic`]s, which the
//! [`Renderer`] turns into text in the manner of rustc. Never: a message without what was
//! expected, what was found and what to do; a control character of a document on a terminal.

mod clean;
mod code;
mod render;
mod setting;
mod suggest;

use std::ops::Range;

pub use clean::clean;
pub(crate) use clean::quoted;
pub use code::Code;
pub use render::Renderer;
pub use setting::Setting;
pub use suggest::nearest;

use crate::source::{At, FileId};

/// Something an author should know about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a diagnostic is for somebody to see"]
pub struct Diagnostic {
    /// What kind of thing it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line that says what is wrong, without a full stop.
    pub title: String,
    /// The places it is about, the primary one first.
    pub labels: Vec<Label>,
    /// What is said besides: what was expected, what was done about it.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

/// A place with what there is to say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub place: Place,
    /// What is said about it, in a few words; may be empty.
    pub text: String,
    /// Whether this is the place that should be changed.
    pub primary: bool,
}

/// What a label points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// A node, or its key.
    Node(At),
    /// Bytes of a file, where there are no nodes.
    Span(FileId, Range<usize>),
}

/// How bad a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Repaired: there was one sensible reading.
    Note,
    /// Something was left out, or cannot be expressed. `--strict` makes it a failure.
    Warning,
    /// Nothing can be generated; what was generated before stays untouched.
    Error,
}

/// What a stage gives: its output, if there is any, and everything there is to say about it.
#[derive(Clone, Debug)]
#[must_use = "the diagnostics are for somebody to see"]
pub struct Outcome<T> {
    /// The output; `None` when nothing could be made of the input.
    pub value: Option<T>,
    /// What there is to say, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// An output with its diagnostics.
    pub fn new(value: T, diagnostics: Vec<Diagnostic>) -> Self {
        Self { value: Some(value), diagnostics }
    }

    /// No output, and why.
    pub fn failed(diagnostics: Vec<Diagnostic>) -> Self {
        Self { value: None, diagnostics }
    }

    /// Whether nothing may be generated from this.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.value.is_none() || self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }
}

impl Diagnostic {
    /// A diagnostic of a code, with the code's severity.
    pub fn new(code: Code, title: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), title: title.into(), labels: Vec::new(), notes: Vec::new(), help: None }
    }

    /// Points at the place that should be changed.
    pub fn at(self, at: At, text: impl Into<String>) -> Self {
        self.label(Place::Node(at), text, true)
    }

    /// Points at a place that has to do with it.
    pub fn also(self, at: At, text: impl Into<String>) -> Self {
        self.label(Place::Node(at), text, false)
    }

    /// Points at bytes of a file.
    pub fn span(self, file: FileId, span: Range<usize>, text: impl Into<String>) -> Self {
        self.label(Place::Span(file, span), text, true)
    }

    /// Says something besides.
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Another severity than the code's.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    fn label(mut self, place: Place, text: impl Into<String>, primary: bool) -> Self {
        self.labels.push(Label { place, text: text.into(), primary });
        self
    }
}

impl Severity {
    /// The word it is shown as.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
