//! Operations as their description shows them: the example of the request, and the example of the answer.
//!
//! In: a document of `specs/` and an operationId. Out: a server that answers with the example, and what the request should
//! be. Never: a look at the generator's reading of the document; this one is as plain as can be.

use std::fs;
use std::path::{Path, PathBuf};

use allo_client::runtime::chrono::DateTime;
use clientwright_tests::{Recorder, Reply, workspace};
use serde::Serialize;
use serde_json::Value;

/// An operation, and a server that answers as its description shows.
pub(crate) struct Described {
    method: String,
    body: Option<(String, Node)>,
    answer: Option<Value>,
    recorder: Recorder,
}

/// A place of a document in several files.
#[derive(Clone)]
struct Node {
    file: PathBuf,
    value: Value,
}

impl Described {
    /// Reads an operation and starts the server.
    pub(crate) fn new(spec: &str, operation_id: &str) -> Self {
        let mut operations = operations(spec).filter(|(_, operation)| operation.text("operationId") == operation_id);
        let (method, operation) = operations.next().unwrap_or_else(|| panic!("{spec} has no {operation_id}"));
        let (status, response) = operation.at("responses").entries().into_iter().next().unwrap();
        let content = response.get("content").and_then(|content| content.entries().into_iter().next());
        let answer = content.as_ref().map(|(_, media)| media.example(None));
        let reply = Reply::new(status.parse().unwrap());
        let reply = match (content, &answer) {
            (Some((media_type, _)), Some(answer)) => reply.header("Content-Type", media_type).body(answer.to_string()),
            _ => reply,
        };
        let body = operation.get("requestBody").map(|body| body.at("content").entries().into_iter().next().unwrap());
        Self { method, body, answer, recorder: Recorder::start(vec![reply]) }
    }

    /// Where the server is.
    pub(crate) fn url(&self) -> String {
        self.recorder.url()
    }

    /// Holds that the server got one request, which was all of this: its target, its headers but for those that frame
    /// its body and those that every request has, and the example of its body that has this name.
    pub(crate) fn received(&self, target: &str, headers: &[(&str, &str)], example: Option<&str>) {
        let request = self.recorder.only_request().expect("one request");
        assert_eq!((request.method.as_str(), request.target.as_str()), (self.method.as_str(), target));
        let framing = ["host", "content-length"];
        let sent = request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        let mut sent: Vec<_> = sent.filter(|(name, _)| !framing.contains(&name.as_str())).collect();
        let mut expected: Vec<_> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let Some((media_type, body)) = &self.body else {
            assert_eq!(example, None);
            return assert_eq!((sorted(sent), request.text().as_str()), (sorted(expected), ""));
        };
        expected.push(("content-type".to_owned(), media_type.clone()));
        assert_eq!(sorted(std::mem::take(&mut sent)), sorted(expected));
        assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
        let sent = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(with_plain_times(sent), with_plain_times(body.example(example)));
    }

    /// Holds that an answer was read whole: written again, it is the example.
    pub(crate) fn answered(&self, body: &impl Serialize) {
        let written = serde_json::to_value(body).unwrap();
        assert_eq!(Some(with_plain_times(written)), self.answer.clone().map(with_plain_times));
    }
}

impl Node {
    /// The root of a file.
    fn read(file: PathBuf) -> Self {
        let value = serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        Self { file, value }
    }

    /// What stands under a key, references followed.
    fn get(&self, key: &str) -> Option<Self> {
        Some(Self { file: self.file.clone(), value: self.value.get(key)?.clone() }.followed())
    }

    fn at(&self, key: &str) -> Self {
        self.get(key).unwrap_or_else(|| panic!("{key} is not in {}", self.value))
    }

    fn text(&self, key: &str) -> String {
        self.get(key).and_then(|node| node.value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    fn entries(&self) -> Vec<(String, Self)> {
        let keys = self.value.as_object().unwrap().keys();
        keys.map(|key| (key.clone(), self.at(key))).collect()
    }

    fn followed(self) -> Self {
        let Some(reference) = self.value.get("$ref").and_then(Value::as_str) else { return self };
        let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() { self.file } else { self.file.parent().unwrap_or(Path::new("")).join(file) };
        let root = Self::read(file);
        let value = root.value.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere")).clone();
        Self { file: root.file, value }.followed()
    }

    /// The example of a media type: the one of a name, or the only one.
    fn example(&self, name: Option<&str>) -> Value {
        match name {
            Some(name) => self.at("examples").at(name).at("value").value,
            None => self
                .get("example")
                .map_or_else(|| self.at("examples").entries().remove(0).1.at("value").value, |example| example.value),
        }
    }
}

/// The operations of a document with their methods.
fn operations(spec: &str) -> impl Iterator<Item = (String, Node)> {
    const METHODS: [&str; 5] = ["get", "put", "post", "delete", "patch"];
    let paths = Node::read(workspace().join(spec)).at("paths").entries();
    let operations = paths.into_iter().flat_map(|(_, path)| path.entries());
    operations.filter(|(key, _)| METHODS.contains(&key.as_str())).map(|(key, node)| (key.to_uppercase(), node))
}

/// The same value with its times in one of the forms that mean the same: `Z` is `+00:00`.
fn with_plain_times(value: Value) -> Value {
    match value {
        Value::String(text) => match DateTime::parse_from_rfc3339(&text) {
            Ok(time) => Value::String(time.to_rfc3339()),
            Err(_) => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(with_plain_times).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, with_plain_times(value))).collect(),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_)) => plain,
    }
}

fn sorted(mut headers: Vec<(String, String)>) -> Vec<(String, String)> {
    headers.sort();
    headers
}
