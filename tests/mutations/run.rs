//! One document through all stages.
//!
//! In: a text. Out: whether everything came to an end, and whether what came out is Rust. Never: a file, or a wait
//! without an end.

use std::any::Any;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clientwright_document::Sources;
use clientwright_document::source::{LoadError, Loader};
use clientwright_rust::{Config, Lock, Package};

/// What became of a document.
pub(crate) enum Result {
    /// What has to hold holds.
    Held,
    /// What does not.
    Failed(String),
}

/// No document takes as long, however busy the machine is.
const LIMIT: Duration = Duration::from_secs(120);
/// The stack that the facade gives the stages.
const STACK: usize = 256 << 20;

struct Only(String);

impl Loader for Only {
    fn load(&self, path: &str) -> std::result::Result<Vec<u8>, LoadError> {
        if path == "document.json" { Ok(self.0.clone().into_bytes()) } else { Err(LoadError::NotFound) }
    }
}

/// Generates from a text.
pub(crate) fn run(text: String) -> Result {
    let (send, receive) = mpsc::channel();
    let work = move || {
        let _ = send.send(generate(text));
    };
    let worker = thread::Builder::new().stack_size(STACK).spawn(work).unwrap();
    let done = receive.recv_timeout(LIMIT);
    if done.is_err() && !worker.is_finished() {
        return Result::Failed(format!("was not done after {LIMIT:?}"));
    }
    let panicked = worker.join().err();
    let text = |payload: &(dyn Any + Send)| {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default()
    };
    match (panicked, done) {
        (Some(payload), _) => Result::Failed(format!("a stage panicked: {}", text(payload.as_ref()))),
        (None, Ok(broken)) if broken.is_empty() => Result::Held,
        (None, Ok(broken)) => Result::Failed(broken.join("; ")),
        (None, Err(_)) => Result::Failed("nothing was given".to_owned()),
    }
}

/// The files that are no Rust.
fn generate(text: String) -> Vec<String> {
    let mut sources = Sources::new();
    let read = clientwright_document::read(&mut sources, "document.json", &Only(text));
    let Some(api) = read.value.and_then(|document| clientwright_api::lower(&document).value) else { return Vec::new() };
    let package = Package { name: "mutant".to_owned(), version: "0.1.0".to_owned(), description: None };
    let Some(planned) = clientwright_rust::plan(api, &Config { package, ..Config::default() }, &Lock::default()).value
    else {
        return Vec::new();
    };
    let files = clientwright_rust::print(&planned);
    let is_source = |path: &str| std::path::Path::new(path).extension().is_some_and(|extension| extension == "rs");
    let sources = files.iter().filter(|(path, _)| is_source(path));
    let broken = sources.filter_map(|(path, text)| syn::parse_file(text).err().map(|error| format!("{path}: {error}")));
    broken.collect()
}
