//! Operations as their description shows them: what is sent, and what is answered.
//!
//! In: a document of `specs/` and an operationId. Out: a server that answers with the example, and what the request should
//! be. Never: a look at the generator's reading of the document; this one is as plain as can be.

use allo_client::Error;
use allo_client::runtime::chrono::DateTime;
use allo_client::runtime::wire::{Decode, json};
use clientwright_tests::{Recorder, Reply};
use serde::Serialize;
use serde_json::Value;

use super::document::Node;
use super::samples::{self, Way};
use super::{pages, prism};

/// A documented error.
pub(crate) trait Failed {
    /// What was read of its body, as JSON; null where it has none.
    fn written(&self) -> Value;
}

/// An operation, and a server that answers as its description shows.
pub(crate) struct Described {
    spec: String,
    method: String,
    path: String,
    parameters: Vec<Node>,
    credentials: Vec<Node>,
    body: Option<(String, Node)>,
    /// The one of the body's examples that is sent.
    sent: Option<Value>,
    status: u16,
    answer: Option<(String, Value)>,
    recorder: Recorder,
}

/// The methods of HTTP that a path may have.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];
/// The credential of every client here.
const CREDENTIAL: &str = "canary";

impl Described {
    /// Reads an operation and starts a server, for the first of its examples.
    pub(crate) fn new(spec: &str, operation_id: &str) -> Self {
        Self::all(spec, operation_id, "").remove(0)
    }

    /// The same for all examples of an operation, those of a request and those of its answers. Of several kinds of body, one
    /// is meant by a part of its media type.
    pub(crate) fn all(spec: &str, operation_id: &str, kind: &str) -> Vec<Self> {
        let root = Node::root(spec);
        let (method, path, item) = find(&root, operation_id);
        let operation = item.at(&method);
        let parameters = [item.get("parameters"), operation.get("parameters")];
        let parameters: Vec<Node> = parameters.into_iter().flatten().flat_map(|list| list.items()).collect();
        let bodies = operation.get("requestBody").map(|body| body.at("content").entries()).unwrap_or_default();
        let body = bodies.into_iter().find(|(media_type, _)| media_type.contains(kind));
        let sent = body.as_ref().map(|(_, media)| samples::all(media, Way::Sent)).unwrap_or_default();
        let answers = answers(&operation);
        let one = |at: usize| {
            let (status, answer) = answers[at % answers.len()].clone();
            Self {
                spec: spec.to_owned(),
                method: method.clone(),
                path: path.clone(),
                parameters: parameters.clone(),
                credentials: credentials(&root, &operation),
                body: body.clone(),
                sent: sent.get(at % sent.len().max(1)).cloned(),
                status,
                recorder: Recorder::start(vec![reply(status, answer.as_ref())]),
                answer,
            }
        };
        (0..sent.len().max(answers.len())).map(one).collect()
    }

    /// An operation that gives a list, of which the server has two pages.
    pub(crate) fn walked(spec: &str, operation_id: &str, items: &[&str]) -> Self {
        let all = Self::all(spec, operation_id, "").into_iter();
        let mut shown = all.filter(|one| one.answer.as_ref().is_some_and(|(_, page)| pages::count(page, items) > 0));
        let mut operation = shown.next().expect("an example with items");
        let (media_type, page) = operation.answer.clone().expect("a page");
        let (status, items) = (operation.status, items.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>());
        let mut number = 0;
        operation.recorder = Recorder::answering(move |_| {
            number += 1;
            reply(status, Some(&(media_type.clone(), pages::page(page.clone(), number, &items))))
        });
        operation
    }

    /// Holds that all items of the two pages came.
    pub(crate) fn gave(&self, count: usize, items: &[&str]) {
        let (_, page) = self.answer.as_ref().expect("a page");
        assert_eq!(count, 2 * pages::count(page, items), "all items of two pages");
        assert!(
            self.recorder.requests().len() <= 3,
            "two pages, and an empty one where nothing tells that they are all"
        );
    }

    /// Where the server is.
    pub(crate) fn url(&self) -> String {
        self.recorder.url()
    }

    /// The value of a parameter that the description shows.
    pub(crate) fn value<T: Decode>(&self, place: &str, name: &str) -> T {
        let parameter = self.parameters.iter().find(|node| node.text("in") == place && node.text("name") == name);
        read(&samples::parameter(parameter.unwrap_or_else(|| panic!("no {place} parameter {name}"))))
    }

    /// The body that the description shows.
    pub(crate) fn body<T: Decode>(&self) -> T {
        read(self.sent.as_ref().expect("a body"))
    }

    /// Holds that the server got one request, which was all that the description shows.
    pub(crate) fn received_as_described(&self) {
        let mut headers = Vec::new();
        let mut path = self.path.clone();
        let mut query = Vec::new();
        for parameter in &self.parameters {
            let (name, value) = (parameter.text("name"), samples::parameter(parameter));
            match parameter.text("in").as_str() {
                "path" => path = path.replace(&format!("{{{name}}}"), &encoded(&text(&value))),
                "query" => query
                    .extend(list(value).iter().map(|value| format!("{}={}", encoded(&name), encoded(&text(value))))),
                "header" => {
                    headers.push((name.to_lowercase(), list(value).iter().map(text).collect::<Vec<_>>().join(",")));
                }
                other => panic!("a {other} parameter is not expected here"),
            }
        }
        headers.extend(self.credentials.iter().map(credential));
        let target = if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) };
        let request = self.recorder.only_request().expect("one request");
        let user_agent = request.header("user-agent").expect("a user agent").to_owned();
        headers.push(("user-agent".to_owned(), user_agent));
        let accept = request.header("accept").map(str::to_owned);
        // What a success is made of is asked for; errors come as they come.
        if let Some((media_type, _)) = self.answer.as_ref().filter(|_| self.status < 300) {
            let accept = accept.as_ref().expect("what is accepted");
            assert!(accept.contains(media_type.as_str()), "{media_type} is not accepted: {accept}");
        }
        headers.extend(accept.map(|accept| ("accept".to_owned(), accept)));
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.received(&target, &headers, None);
    }

    /// Holds that the server got one request, which was all of this: its target, its headers but for those that frame
    /// its body, and the example of its body that has this name, or the only one.
    pub(crate) fn received(&self, target: &str, headers: &[(&str, &str)], example: Option<&str>) {
        let request = self.recorder.only_request().expect("one request");
        assert_eq!((request.method.as_str(), request.target.as_str()), (self.method.to_uppercase().as_str(), target));
        let framing = ["host", "content-length"];
        let sent = request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        let sent: Vec<_> = sent.filter(|(name, _)| !framing.contains(&name.as_str())).collect();
        let mut expected: Vec<_> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let Some((media_type, body)) = &self.body else {
            return assert_eq!((sorted(sent), request.text().as_str()), (sorted(expected), ""));
        };
        expected.push(("content-type".to_owned(), media_type.clone()));
        assert_eq!(sorted(sent), sorted(expected));
        assert_eq!(request.header("content-length"), Some(request.body.len().to_string().as_str()));
        let mut described = match example {
            Some(_) => samples::media(body, example, Way::Sent),
            None => self.sent.clone().expect("a body"),
        };
        // The page of ONLYOFFICE's persons shows an empty list of photos, which is no property of JSON.
        if let Some(members) = described.as_object_mut()
            && members.get("photo") == Some(&Value::Array(Vec::new()))
        {
            members.remove("photo");
        }
        if media_type.contains("json") {
            let sent = serde_json::from_slice(&request.body).unwrap();
            assert_eq!(normal(sent), normal(described), "what was sent, and what is described");
        } else {
            assert_eq!(pairs(&request.text()), form(&described), "what was sent, and what is described");
        }
    }

    /// Holds that an answer was read whole: written again, it is the example.
    pub(crate) fn answered(&self, body: &impl Serialize) {
        let written = normal(serde_json::to_value(body).unwrap());
        let described = self.answer.clone().map(|(_, answer)| normal(answer));
        assert_eq!(written, described.unwrap_or_default(), "what was read, and what is described");
        assert!(self.status < 300, "{} is no success", self.status);
    }

    /// Holds that a documented error was read whole.
    pub(crate) fn failed<E: Failed + std::fmt::Debug + std::fmt::Display>(&self, error: Error<E>) {
        let Error::Api(error) = error else { panic!("{} is documented: {error}", self.status) };
        assert_eq!(error.status().as_u16(), self.status);
        let described = self.answer.clone().map(|(_, answer)| normal(answer));
        assert_eq!(normal(error.body().written()), described.unwrap_or_default(), "the error, and what is described");
    }
}

/// What was sent is shown to Prism too, where there is one.
impl Drop for Described {
    fn drop(&mut self) {
        if let Some(mut request) = self.recorder.requests().into_iter().next() {
            // Prism has the paths of the description, without that of the real server before them.
            let literal = self.path.split('{').next().unwrap_or_default();
            let start = request.target.find(literal).unwrap_or_default();
            request.target.drain(..start);
            prism::show(&self.spec, &format!("{} {}", self.method.to_uppercase(), self.path), &request);
        }
    }
}

/// What may be answered: each documented status with each of its examples.
fn answers(operation: &Node) -> Vec<(u16, Option<(String, Value)>)> {
    let responses = operation.at("responses").entries();
    let is_free = |status: u16| responses.iter().all(|(known, _)| *known != status.to_string());
    let mut answers = Vec::new();
    for (status, response) in &responses {
        // Ranges and `default` stand for a status that is not documented.
        let status = status.parse().unwrap_or_else(|_| match status.as_bytes()[0] {
            b'2' => 200,
            b'5' => 599,
            _ => (418..500).find(|status| is_free(*status)).unwrap(),
        });
        let content = response.get("content").map(|content| content.entries()).unwrap_or_default();
        if content.is_empty() {
            answers.push((status, None));
        }
        for (media_type, media) in content {
            let all = samples::all(&media, Way::Received);
            answers.extend(all.into_iter().map(|value| (status, Some((media_type.clone(), value)))));
        }
    }
    answers
}

/// The answer of a server.
fn reply(status: u16, answer: Option<&(String, Value)>) -> Reply {
    let reply = Reply::new(status);
    match answer {
        Some((media_type, Value::String(text))) if !media_type.contains("json") => {
            reply.header("Content-Type", media_type).body(text.clone())
        }
        Some((media_type, answer)) => reply.header("Content-Type", media_type).body(answer.to_string()),
        None => reply,
    }
}

/// The method, the path and the path's object of an operation, by its operationId or by `GET /pets`.
fn find(root: &Node, operation_id: &str) -> (String, String, Node) {
    for (path, item) in root.at("paths").entries() {
        for (method, operation) in item.entries().into_iter().filter(|(key, _)| METHODS.contains(&key.as_str())) {
            let plain = format!("{} {path}", method.to_uppercase());
            if operation.text("operationId") == operation_id || plain == operation_id {
                return (method, path, item);
            }
        }
    }
    panic!("no operation {operation_id}")
}

/// The schemes of the first alternative that an operation demands.
fn credentials(root: &Node, operation: &Node) -> Vec<Node> {
    let demanded = operation.get("security").or_else(|| root.get("security"));
    let Some(first) = demanded.and_then(|demanded| demanded.items().into_iter().next()) else { return Vec::new() };
    first.entries().iter().map(|(name, _)| root.at("components").at("securitySchemes").at(name)).collect()
}

/// The header of a scheme, with the credential of every client here.
fn credential(scheme: &Node) -> (String, String) {
    match (scheme.text("type").as_str(), scheme.text("scheme").as_str()) {
        ("apiKey", _) if scheme.text("in") == "header" => (scheme.text("name").to_lowercase(), CREDENTIAL.to_owned()),
        ("http", "bearer") => ("authorization".to_owned(), format!("Bearer {CREDENTIAL}")),
        other => panic!("a credential of {other:?} is not expected here"),
    }
}

fn read<T: Decode>(value: &Value) -> T {
    json::from_slice(value.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}: {value}"))
}

/// The pairs of a form that was sent, in the order of their names.
fn pairs(form: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').expect("a pair");
        let plain = |text: &str| {
            percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8().unwrap().into_owned()
        };
        (plain(name), plain(value))
    };
    sorted(form.split('&').map(pair).collect())
}

/// The pairs of a form that is described: those of lists have the same name.
fn form(described: &Value) -> Vec<(String, String)> {
    let members = described.as_object().into_iter().flatten();
    let pairs = members.flat_map(|(name, value)| {
        list(value.clone()).into_iter().map(move |value| (name.clone(), plain_uuid(text(&value))))
    });
    sorted(pairs.collect())
}

/// What a value is in a path, a query or a header.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Object(_) => panic!("an object is not expected here: {value}"),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => vec![plain],
    }
}

/// Percent-encoded, but for what RFC 3986 never reserves.
fn encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// The same value with its times and numbers in one of the forms that mean the same: `Z` is `+00:00`, and 1 is 1.0; the
/// digits of a UUID are written small, which means the same (RFC 9562, section 4).
fn normal(value: Value) -> Value {
    match value {
        Value::String(text) => match DateTime::parse_from_rfc3339(&text) {
            Ok(time) => Value::String(time.to_rfc3339()),
            Err(_) => Value::String(plain_uuid(text)),
        },
        Value::Number(number) => match number.as_i64() {
            Some(_) => Value::Number(number),
            #[expect(clippy::cast_possible_truncation, reason = "only whole numbers are taken")]
            None => match number.as_f64() {
                Some(float) if float.fract() == 0.0 && float.abs() < 1e15 => Value::from(float as i64),
                _ => Value::Number(number),
            },
        },
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, normal(value))).collect(),
        plain @ (Value::Null | Value::Bool(_)) => plain,
    }
}

fn plain_uuid(text: String) -> String {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    if digits && groups == [8, 4, 4, 4, 12] { text.to_ascii_lowercase() } else { text }
}

fn sorted(mut headers: Vec<(String, String)>) -> Vec<(String, String)> {
    headers.sort();
    headers
}
