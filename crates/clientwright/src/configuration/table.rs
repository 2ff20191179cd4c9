//! Tables of a TOML file, read so that every fault has its place.
//!
//! In: a parsed table and what may stand in it. Out: its values by type, and diagnostics. Never: a
//! key that is neither read nor reported.

use std::ops::Range;

use clientwright_document::diagnostic::{Code, Diagnostic, Severity, clean};
use clientwright_document::source::FileId;
use toml_edit::{Item, TableLike};

use clientwright_document::diagnostic::nearest;

/// What may stand in a table.
pub(super) struct Shape {
    /// How the table is called in a message: `[client.NAME]`.
    pub(super) name: &'static str,
    /// The keys that are read.
    pub(super) keys: &'static [&'static str],
    /// The keys that will be, with what they are for.
    pub(super) planned: &'static [(&'static str, &'static str)],
}

/// Collects what is wrong with a file.
pub(super) struct Faults {
    file: FileId,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A table with its place.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    entries: &'a dyn TableLike,
    /// Where it is called by its name.
    header: (usize, usize),
}

/// A text with its place.
#[derive(Clone)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) span: Range<usize>,
}

impl Faults {
    pub(super) fn new(file: FileId) -> Self {
        Self { file, diagnostics: Vec::new() }
    }

    /// The file.
    pub(super) fn file(&self) -> FileId {
        self.file
    }

    /// Reports an error, whatever the severity its code has in documents.
    pub(super) fn error(&mut self, code: Code, title: impl Into<String>, place: (Range<usize>, &str), help: &str) {
        let (span, label) = place;
        let diagnostic = Diagnostic::new(code, title).severity(Severity::Error).span(self.file, span, label);
        self.diagnostics.push(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
    }
}

impl<'a> Table<'a> {
    /// The table of the whole file.
    pub(super) fn root(entries: &'a dyn TableLike) -> Self {
        Self { entries, header: (0, 0) }
    }

    /// Its keys in the order of the file.
    pub(super) fn keys(self) -> impl Iterator<Item = &'a str> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// Where it is called by its name.
    pub(super) fn header(self) -> Range<usize> {
        self.header.0..self.header.1
    }

    /// Where a key stands.
    pub(super) fn key_span(self, key: &str) -> Range<usize> {
        let found = self.entries.get_key_value(key);
        found.and_then(|(key, item)| key.span().or_else(|| item.span())).unwrap_or_else(|| self.header())
    }

    /// Reports every key that does not belong here.
    pub(super) fn check(self, shape: &Shape, faults: &mut Faults) {
        for key in self.keys().filter(|key| !shape.keys.contains(key)) {
            let shown = clean(key);
            let span = self.key_span(key);
            if let Some((_, purpose)) = shape.planned.iter().find(|(planned, _)| *planned == key) {
                let title = format!("`{shown}` is planned, but not built yet");
                faults.error(Code::UnknownKey, title, (span, purpose), "remove the key until a later version reads it");
                continue;
            }
            let known = shape.keys.iter().chain(shape.planned.iter().map(|(planned, _)| planned)).copied();
            let help = match nearest(key, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys: `{}`", shape.keys.join("`, `")),
            };
            let title = format!("unknown key `{shown}` in `{}`", shape.name);
            faults.error(Code::UnknownKey, title, (span, ""), &help);
        }
    }

    /// Whether there is a table under a key.
    pub(super) fn is_table(self, key: &str) -> bool {
        self.entries.get(key).is_some_and(Item::is_table_like)
    }

    /// Whether there is `true` or `false` under a key.
    pub(super) fn is_boolean(self, key: &str) -> bool {
        self.entries.get(key).is_some_and(Item::is_bool)
    }

    /// Whether there is a list under a key.
    pub(super) fn is_list(self, key: &str) -> bool {
        self.entries.get(key).is_some_and(Item::is_array)
    }

    /// The table under a key, if there is one.
    pub(super) fn table(self, key: &str, faults: &mut Faults) -> Option<Self> {
        let item = self.entries.get(key)?;
        let Some(entries) = item.as_table_like() else {
            self.wrong_type(key, "a table", item, faults);
            return None;
        };
        // Where tables are written as `[a.b]`, the header says more than the key in it.
        let span = item.span().filter(|span| !span.is_empty()).unwrap_or_else(|| self.key_span(key));
        Some(Self { entries, header: (span.start, span.end) })
    }

    /// The text under a key, if there is one.
    pub(super) fn text(self, key: &str, faults: &mut Faults) -> Option<Text> {
        let item = self.entries.get(key)?;
        let Some(value) = item.as_str() else {
            self.wrong_type(key, "a text in quotes", item, faults);
            return None;
        };
        let span = item.span().unwrap_or_else(|| self.key_span(key));
        if value.trim().is_empty() {
            faults.error(Code::InvalidValue, format!("`{key}` is empty"), (span, "expected a text"), "");
            return None;
        }
        Some(Text { value: value.to_owned(), span })
    }

    /// The texts of the list under a key; none where there is no list.
    pub(super) fn texts(self, key: &str, faults: &mut Faults) -> Vec<Text> {
        let Some(item) = self.entries.get(key) else { return Vec::new() };
        let Some(list) = item.as_array() else {
            self.wrong_type(key, "a list of texts", item, faults);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in list {
            let span = value.span().unwrap_or_else(|| self.key_span(key));
            if let Some(value) = value.as_str() {
                texts.push(Text { value: value.to_owned(), span });
            } else {
                let title = format!("`{}` holds something else than texts", clean(key));
                faults.error(Code::WrongType, title, (span, "expected a text in quotes"), "");
            }
        }
        texts
    }

    /// The text under a key that has to be there.
    pub(super) fn required_text(self, key: &str, example: &str, faults: &mut Faults) -> Option<Text> {
        if self.entries.get(key).is_none() {
            let title = format!("`{key}` is missing");
            let help = format!("add a line such as `{key} = \"{example}\"`");
            faults.error(Code::MissingKey, title, (self.header(), "expected in this table"), &help);
        }
        self.text(key, faults)
    }

    /// The boolean under a key, if there is one.
    pub(super) fn boolean(self, key: &str, faults: &mut Faults) -> Option<bool> {
        let item = self.entries.get(key)?;
        if item.as_bool().is_none() {
            self.wrong_type(key, "`true` or `false`", item, faults);
        }
        item.as_bool()
    }

    fn wrong_type(self, key: &str, expected: &str, item: &Item, faults: &mut Faults) {
        let span = item.span().unwrap_or_else(|| self.key_span(key));
        let title = format!("`{}` is of the wrong type", clean(key));
        let label = format!("expected {expected}, found {}", found(item));
        faults.error(Code::WrongType, title, (span, &label), "");
    }
}

/// What an item is, in words.
fn found(item: &Item) -> &'static str {
    match item.type_name() {
        "string" => "a text",
        "integer" => "an integer",
        "float" => "a number",
        "boolean" => "a boolean",
        "datetime" => "a date",
        "array" => "a list",
        "array of tables" => "a list of tables",
        "table" | "inline table" => "a table",
        _ => "nothing",
    }
}
