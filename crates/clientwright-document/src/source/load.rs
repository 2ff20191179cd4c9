//! Files into [`Sources`].
//!
//! In: bytes from a [`Loader`]. Out: the root node of each file, and diagnostics for everything
//! that is wrong with the file as JSON or YAML. Never: a file read twice.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::AtomicUsize;

use super::build::{Budget, Builder, Fault, Stop};
use super::position::yaml_documents;
use super::{
    At, File, FileId, Format, MAX_DEPTH, MAX_FILE_BYTES, MAX_FILES, MAX_NODES, MAX_TOTAL_BYTES, Sources, guard,
};
use crate::diagnostic::{Code, Diagnostic, Outcome, clean, quoted};

/// Where files come from.
///
/// The root document has the name that was given to [`read`](crate::read()); every other file has
/// one that was put together from the name of the file that refers to it and the reference, with
/// slashes and without `.` and `..`: `specs/api.yaml` and `../common/pet.yaml` give
/// `common/pet.yaml`. A name that leads further up than the root document's own begins with `..`,
/// an absolute one with a slash. Which of them may be read is for the loader to decide: it has to
/// refuse what lies outside of the root document's folder. URLs never come here.
pub trait Loader {
    /// Reads a whole file.
    ///
    /// # Errors
    ///
    /// A [`LoadError`] that tells why it cannot be read.
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError>;

    /// The name of the file that stands for a URL, where somebody named one; it is asked for once, and then loaded by that
    /// name. Nothing is ever fetched.
    fn file_for(&self, url: &str) -> Option<String> {
        let _ = url;
        None
    }
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no such file.
    NotFound,
    /// It is a directory.
    IsDirectory,
    /// It may not be read: permissions, or a place outside of the root document's folder.
    NotPermitted(String),
    /// It is longer than [`MAX_FILE_BYTES`].
    TooLarge,
    /// Anything else, in the words of the system.
    Other(String),
}

/// What a file may use beyond what its own text holds, by aliases: nodes, and bytes of text.
const ALIAS_NODES: usize = 500_000;
const ALIAS_TEXT: usize = 16 << 20;

impl Sources {
    /// Loads and parses a file, unless that was done before, and gives its root.
    ///
    /// No value is given where the file cannot be read or parsed. Repeated keys are errors too,
    /// but leave a value, so that everything else can be checked in the same run.
    pub fn load(&mut self, name: &str, loader: &dyn Loader) -> Outcome<At> {
        if let Some(file) = self.files.iter().find(|file| file.name == name) {
            return Outcome { value: file.root(), diagnostics: Vec::new() };
        }
        if self.files.len() >= MAX_FILES {
            let why = format!("the document has more than {MAX_FILES} files");
            return Outcome::failed(vec![load_failure(name, &LoadError::Other(why))]);
        }
        let bytes = match loader.load(name) {
            Ok(bytes) => bytes,
            Err(error) => return Outcome::failed(vec![load_failure(name, &error)]),
        };
        if bytes.len() > MAX_FILE_BYTES {
            return Outcome::failed(vec![load_failure(name, &LoadError::TooLarge)]);
        }
        let before: usize = self.files.iter().map(|file| file.text.len()).sum();
        if before + bytes.len() > MAX_TOTAL_BYTES {
            let why = format!("all files of the document are longer than {} MiB", MAX_TOTAL_BYTES >> 20);
            return Outcome::failed(vec![load_failure(name, &LoadError::Other(why))]);
        }
        match decode(name, bytes) {
            Ok(text) => self.parse(name, text),
            Err(diagnostic) => {
                let start = self.nodes.len();
                self.files.push(File::new(name, String::new(), Format::Yaml, start..start));
                Outcome::failed(vec![*diagnostic])
            }
        }
    }

    /// Parses a text under a name, as if a loader had given it.
    pub fn parse(&mut self, name: &str, text: String) -> Outcome<At> {
        let Ok(number) = u32::try_from(self.files.len()) else {
            return Outcome::failed(vec![load_failure(name, &LoadError::TooLarge)]);
        };
        let id = FileId(number);
        let start = self.nodes.len();
        let mut formats = formats(name, &text).into_iter();
        let mut parsed = Err(Failure::Empty);
        let mut format = Format::Yaml;
        for attempt in formats.by_ref() {
            format = attempt;
            parsed = self.build(&text, format);
            if parsed.is_ok() {
                break;
            }
            self.nodes.truncate(start);
        }
        let end = self.nodes.len();
        let file = File::new(name, text, format, start..end);
        let outcome = match parsed {
            Ok(faults) => {
                let diagnostics = faults.into_iter().map(fault_diagnostic).collect();
                Outcome::new(At::from_index(start), diagnostics)
            }
            Err(failure) => Outcome::failed(vec![failure.diagnostic(id, &file)]),
        };
        self.files.push(file);
        outcome
    }

    /// Keeps a text that has no nodes, so that diagnostics can point at bytes of it: a configuration.
    ///
    /// The first file of some sources has the same id as the first of any others.
    pub fn keep(&mut self, name: &str, text: String) -> FileId {
        let start = self.nodes.len();
        self.files.push(File::new(name, text, Format::Yaml, start..start));
        FileId(u32::try_from(self.files.len() - 1).unwrap_or(u32::MAX))
    }

    fn build(&mut self, text: &str, format: Format) -> Result<Vec<Fault>, Failure> {
        if text.trim().is_empty() {
            return Err(Failure::Empty);
        }
        if format == Format::Yaml {
            guard::check(text)?;
        }
        let own = guard::most_nodes(text);
        let left = MAX_NODES.saturating_sub(self.nodes.len());
        let budget = Budget { nodes: left.min(own + ALIAS_NODES), text: text.len() + ALIAS_TEXT };
        let mut builder = Builder::new(self, budget, format == Format::Yaml);
        let error = match format {
            Format::Json => build_json(text, &mut builder).err(),
            Format::Yaml => build_yaml(text, &mut builder).err(),
        };
        let (stop, empty) = (builder.stop, builder.empty);
        let faults = std::mem::take(&mut builder.faults);
        match (error, stop) {
            (Some(Failure::Syntax { line, column, .. }), Some(stop)) => Err(Failure::Stopped { stop, line, column }),
            (Some(failure), _) => Err(failure),
            (None, _) if empty => Err(Failure::Empty),
            (None, _) => Ok(faults),
        }
    }
}

/// Why a text gives no nodes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    Empty,
    Several,
    /// A limit; line and column from 1, or 0 where they are not known.
    Stopped {
        stop: Stop,
        line: usize,
        column: usize,
    },
    /// What the parser says.
    Syntax {
        message: String,
        line: usize,
        column: usize,
    },
}

impl Failure {
    fn diagnostic(self, id: FileId, file: &File) -> Diagnostic {
        match self {
            Self::Empty => Diagnostic::new(Code::EmptyDocument, "the file is empty")
                .span(id, 0..0, "expected an object with `openapi`, `info` and `paths`")
                .help("write the document here, or name another file"),
            Self::Several => Diagnostic::new(Code::SeveralDocuments, "the file holds more than one YAML document")
                .span(id, yaml_documents(&file.text).unwrap_or(0..0), "a second document begins here")
                .help("put every document into a file of its own; `---` may stand only at the top"),
            Self::Stopped { stop, line, column } => {
                let place = if line == 0 { "somewhere in this file" } else { "here" };
                stop_diagnostic(stop).span(id, file.mark(line, column), place)
            }
            Self::Syntax { message, line, column } => {
                let span = file.mark(line, column);
                let help = syntax_help(&message, file, line);
                let language = if file.format == Format::Json { "JSON" } else { "YAML" };
                Diagnostic::new(Code::SyntaxError, format!("the file is not well-formed {language}"))
                    .span(id, span, message)
                    .help(help)
            }
        }
    }
}

impl File {
    fn new(name: &str, text: String, format: Format, nodes: Range<usize>) -> Self {
        Self {
            name: name.to_owned(),
            text,
            format,
            nodes,
            positions: OnceLock::new(),
            lines: OnceLock::new(),
            walks: AtomicUsize::new(0),
        }
    }

    /// One character at a line and a column from 1; the start of the file for line 0.
    fn mark(&self, line: usize, column: usize) -> Range<usize> {
        let start = if line == 0 { 0 } else { self.offset(line, column) };
        let width = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..start + width
    }
}

fn build_json(text: &str, builder: &mut Builder<'_>) -> Result<(), Failure> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    serde::de::DeserializeSeed::deserialize(builder.root(), &mut deserializer)
        .and_then(|_| deserializer.end())
        .map_err(|error| json_failure(text, &error))
}

fn json_failure(text: &str, error: &serde_json::Error) -> Failure {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    let line_text = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = super::position::floor_char_boundary(line_text, error.column().saturating_sub(1));
    // serde_json counts bytes.
    let column = line_text.get(..before).unwrap_or_default().chars().count() + 1;
    let line = error.line();
    if message.starts_with("recursion limit") {
        return Failure::Stopped { stop: Stop::Depth, line, column };
    }
    Failure::Syntax { message: message.to_owned(), line, column }
}

fn build_yaml(text: &str, builder: &mut Builder<'_>) -> Result<(), Failure> {
    let deserializer = serde_yaml::Deserializer::from_str(text);
    serde::de::DeserializeSeed::deserialize(builder.root(), deserializer)
        .map(|_| ())
        .map_err(|error| yaml_failure(&error))
}

fn yaml_failure(error: &serde_yaml::Error) -> Failure {
    let message = error.to_string();
    let (line, column) = error.location().map_or((0, 0), |at| (at.line(), at.column()));
    if message.contains("more than one document") {
        return Failure::Several;
    }
    if message.starts_with("recursion limit") {
        return Failure::Stopped { stop: Stop::Depth, line, column };
    }
    if message.starts_with("repetition limit") {
        return Failure::Stopped { stop: Stop::Nodes, line, column };
    }
    // The place is shown beside it.
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    Failure::Syntax { message: message.to_owned(), line, column }
}

/// The formats to try: by the extension, otherwise by the first character. JSON under a YAML name
/// is tried as JSON first, which reads all of it and is faster.
fn formats(name: &str, text: &str) -> Vec<Format> {
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("json") => vec![Format::Json],
        _ if looks_like_json => vec![Format::Json, Format::Yaml],
        _ => vec![Format::Yaml],
    }
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let problem = match String::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => "it contains NUL bytes".to_owned(),
        Ok(mut text) => {
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            return Ok(text);
        }
        Err(_) if utf16 => "it is UTF-16".to_owned(),
        Err(error) => format!("byte {} is not UTF-8", error.utf8_error().valid_up_to() + 1),
    };
    let title = format!("{} is not a UTF-8 text: {problem}", quoted(name));
    Err(Box::new(
        Diagnostic::new(Code::NotText, title)
            .help("expected JSON or YAML in UTF-8: name the document itself, or save it as UTF-8"),
    ))
}

fn load_failure(name: &str, error: &LoadError) -> Diagnostic {
    let name = quoted(name);
    let in_megabytes = MAX_FILE_BYTES >> 20;
    match error {
        LoadError::NotFound => Diagnostic::new(Code::FileNotFound, format!("the file {name} does not exist"))
            .help("check the spelling of the path"),
        LoadError::IsDirectory => Diagnostic::new(Code::FileNotReadable, format!("{name} is a directory, not a file"))
            .help("name the document in it"),
        LoadError::NotPermitted(why) => {
            Diagnostic::new(Code::FileNotReadable, format!("{name} may not be read: {}", clean(why)))
                .help("only readable files in the folder of the root document are read; move the file there")
        }
        LoadError::TooLarge => {
            Diagnostic::new(Code::FileTooLarge, format!("the file {name} is longer than {in_megabytes} MiB"))
                .help("split the document into several files, or remove its examples")
        }
        LoadError::Other(why) => {
            Diagnostic::new(Code::FileNotReadable, format!("{name} cannot be read: {}", clean(why)))
                .help("make the file readable and try again")
        }
    }
}

fn stop_diagnostic(stop: Stop) -> Diagnostic {
    match stop {
        Stop::Depth => {
            Diagnostic::new(Code::TooDeep, format!("lists and objects are nested deeper than {MAX_DEPTH} levels"))
                .help("give inner schemas a name under `components/schemas` and refer to them with `$ref`")
        }
        Stop::Nodes | Stop::Text => {
            Diagnostic::new(Code::TooManyNodes, "the document is too large once its aliases are expanded")
                .note(format!("at most {MAX_NODES} values are read, and at most {ALIAS_NODES} of them through aliases"))
                .help("replace YAML aliases by `$ref`, which is not expanded, or split the document")
        }
    }
}

fn fault_diagnostic(fault: Fault) -> Diagnostic {
    match fault {
        Fault::DuplicateKey { first, repeated } => {
            Diagnostic::new(Code::DuplicateKey, "this key stands twice in the same object")
                .at(repeated, "the second, which is ignored")
                .also(first, "the first, which is used")
                .help("expected every key once: remove or rename one of the two")
        }
        Fault::Tag { at, tag } => {
            Diagnostic::new(Code::YamlTag, format!("the YAML tag {} has no meaning here", quoted(&format!("!{tag}"))))
                .at(at, "expected a plain value, found a tag")
                .help("remove the tag, or replace it by its value before generating")
        }
        Fault::NotFinite { at } => Diagnostic::new(Code::NotFinite, "the number is not finite")
            .at(at, "expected a finite number; read as null")
            .help("leave the value out, or write a finite number"),
        Fault::Merge { at } => Diagnostic::new(Code::MergeKey, "only mappings can be merged")
            .at(at, "expected a mapping or a list of mappings")
            .help("let the alias after `<<:` name a mapping, or remove the line"),
    }
}

/// What is most probably to be done about a syntax error.
fn syntax_help(message: &str, file: &File, line: usize) -> String {
    let text = file.line(line).unwrap_or_default();
    let help = if file.format == Format::Json {
        match message {
            _ if !file.text.trim_start().starts_with(['{', '[']) => {
                "the name says JSON; if this is YAML, name it `.yaml`"
            }
            _ if message.starts_with("trailing comma") => "remove the comma before the closing bracket",
            _ if message.starts_with("EOF") => "the file ends too early: close every bracket and quote",
            _ if message.contains("control character") => "write a line break inside of a text as `\\n`",
            _ => "correct this place; the fault can also stand just before it",
        }
    } else if text.trim_start_matches(' ').starts_with('\t')
        || message.contains("cannot start any token") && text.contains('\t')
    {
        "YAML is indented by spaces only: replace the tab"
    } else if message.contains("mapping values are not allowed") {
        "put the text in quotes if it contains `: `, or correct the indentation"
    } else if message.contains("unknown anchor") {
        "define the anchor (`&name`) before the alias (`*name`), or quote a text that begins with `*`"
    } else if message.contains("cannot start any token") {
        "put a text in quotes that begins with a special character such as `@`, `` ` `` or `%`"
    } else {
        "correct this place; the fault can also stand just before it (indentation, a missing quote or colon)"
    };
    help.to_owned()
}
