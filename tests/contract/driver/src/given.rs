//! What a scenario gives for a call, and what it expects of the answer.
//!
//! In: the request that the server expects, as it stands on the wire, and the document. Out: its values, by the schemas of
//! their parameters, for whatever type a method takes. Never: a value of the scenario that no method took, without a word.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::chrono::DateTime;
use clientwright_runtime::wire::{Decode, Encode, json as wire, xml as wire_xml};
use clientwright_runtime::{Error, FilePart, Response, Upload};
use serde_json::{Value, json};

/// Whether a call went as the scenario says; if not, in what it did not.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

type Result<T, E = Box<dyn std::error::Error>> = std::result::Result<T, E>;

/// A call of a scenario.
pub(crate) struct Given {
    url: String,
    scenario: String,
    /// Which one of the scenario's calls it is.
    number: usize,
    operation: String,
    values: Vec<(String, String, Value)>,
    taken: RefCell<BTreeSet<(String, String)>>,
    call: Value,
    picture: Vec<u8>,
}

/// What was answered, as bytes or as JSON.
pub(crate) enum Answer {
    Json(Value),
    Bytes(Vec<u8>),
    /// Read as XML; that it was read whole is held where the same is sent.
    Xml,
    Nothing,
}

impl Given {
    /// Finds the operation of a call, and its values. Where the document has none, only a person can make the call.
    pub(crate) fn new(url: &str, document: &Value, scenario: &str, number: usize, call: &Value) -> Result<Self> {
        let method = call["method"].as_str().unwrap_or_default();
        let found = find(document, method, call["uri"].as_str().unwrap_or_default());
        let mut given = Self {
            url: url.to_owned(),
            scenario: scenario.to_owned(),
            number,
            operation: String::new(),
            values: Vec::new(),
            taken: RefCell::default(),
            call: call.clone(),
            picture: Vec::new(),
        };
        if let Some((path, item, in_path)) = found {
            let operation = &item[method];
            let plain = || format!("{} {path}", method.to_uppercase());
            given.operation = operation["operationId"].as_str().map_or_else(plain, str::to_owned);
            let parameters = [&item["parameters"], &operation["parameters"]];
            let parameters = parameters.iter().filter_map(|list| list.as_array()).flatten();
            let parameters: Vec<&Value> = parameters.map(|one| resolved(document, one)).collect();
            given.values = values(document, &parameters, &in_path, call)?;
        }
        Ok(given)
    }

    /// With the picture that the server has.
    pub(crate) fn with_picture(mut self, picture: &[u8]) -> Self {
        picture.clone_into(&mut self.picture);
        self
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn scenario(&self) -> &str {
        &self.scenario
    }

    pub(crate) fn number(&self) -> usize {
        self.number
    }

    pub(crate) fn operation(&self) -> &str {
        &self.operation
    }

    pub(crate) fn media_type(&self) -> &str {
        self.call["body"]["type"].as_str().unwrap_or_default()
    }

    /// One of the files of a body in parts: its bytes, its name and its media type.
    pub(crate) fn file(&self, number: usize) -> (Vec<u8>, &str, &str) {
        let file = &self.call["body"]["files"][number];
        let text = |key: &str| file[key].as_str().unwrap_or_default();
        (STANDARD.decode(text("buffer")).unwrap_or_default(), text("originalname"), text("mimetype"))
    }

    /// The picture that the server expects where a scenario does not show one.
    pub(crate) fn picture(&self) -> FilePart {
        FilePart::new(self.picture.clone()).name("image.png").media_type("image/png")
    }

    /// Whether the call's method for bodies is for such a body as is given.
    pub(crate) fn is_sent_by(&self, kind: &str) -> bool {
        match kind {
            "" => self.call["body"].is_null(),
            "json" => self.media_type().contains("json"),
            "form" => self.media_type().contains("urlencoded"),
            "xml" => self.media_type().contains("xml"),
            _ => !self.call["body"].is_null(),
        }
    }

    /// The value of a parameter that a method demands.
    pub(crate) fn required<T: Decode>(&self, place: &str, name: &str) -> Result<T> {
        Ok(self.optional(place, name)?.ok_or_else(|| format!("the scenario gives no {place} parameter `{name}`"))?)
    }

    /// The value of a parameter, if it is given.
    pub(crate) fn optional<T: Decode>(&self, place: &str, name: &str) -> Result<Option<T>> {
        let value = self.values.iter().find(|(known, key, _)| known == place && key == name);
        let Some((_, _, value)) = value else { return Ok(None) };
        self.taken.borrow_mut().insert((place.to_owned(), name.to_owned()));
        Ok(Some(decoded(value)?))
    }

    /// The body that a method demands; one without members where the scenario does not look at it.
    pub(crate) fn required_body<T: Decode>(&self) -> Result<T> {
        self.optional_body()?.map_or_else(|| decoded(&json!({})), Ok)
    }

    /// The body, if there is one.
    pub(crate) fn optional_body<T: Decode>(&self) -> Result<Option<T>> {
        let Some(bytes) = bytes_of(&self.call["body"]) else { return Ok(None) };
        self.taken.borrow_mut().insert(("body".to_owned(), String::new()));
        Ok(Some(decoded(&serde_json::from_slice(&bytes)?)?))
    }

    /// The body in XML that a method demands.
    pub(crate) fn required_xml<T: Decode>(&self) -> Result<T> {
        Ok(self.optional_xml()?.ok_or("the scenario gives no body")?)
    }

    /// The body in XML, if there is one.
    pub(crate) fn optional_xml<T: Decode>(&self) -> Result<Option<T>> {
        let Some(bytes) = bytes_of(&self.call["body"]) else { return Ok(None) };
        self.taken.borrow_mut().insert(("body".to_owned(), String::new()));
        Ok(Some(wire_xml::from_slice(&bytes)?))
    }

    /// The body as it is, where a method demands one.
    pub(crate) fn required_bytes<T: From<Raw>>(&self) -> Result<T> {
        Ok(self.optional_bytes()?.ok_or("the scenario gives no body")?)
    }

    /// The body as it is, if there is one.
    pub(crate) fn optional_bytes<T: From<Raw>>(&self) -> Result<Option<T>> {
        let Some(bytes) = bytes_of(&self.call["body"]) else { return Ok(None) };
        self.taken.borrow_mut().insert(("body".to_owned(), String::new()));
        if self.media_type().contains("xml") {
            return Err("the client takes XML as it is".into());
        }
        Ok(Some(T::from(Raw(bytes))))
    }

    /// Holds an outcome against what the scenario answers, and that all of its values were taken.
    pub(crate) fn compare<T, E: Debug + Display>(
        &self,
        outcome: std::result::Result<Response<T>, Error<E>>,
        read: fn(&T) -> Answer,
    ) -> Outcome {
        let mut untaken: Vec<String> = self
            .values
            .iter()
            .map(|(place, name, _)| (place.clone(), name.clone()))
            .filter(|one| !self.taken.borrow().contains(one))
            .map(|(place, name)| format!("{place} parameter `{name}`"))
            .collect();
        if !self.call["body"].is_null() && !self.taken.borrow().contains(&("body".to_owned(), String::new())) {
            untaken.push("body".to_owned());
        }
        if !untaken.is_empty() {
            return Err(format!("the client takes no {}", untaken.join(", ")).into());
        }
        self.answered(outcome, read)
    }

    /// Holds an outcome against what the scenario answers.
    pub(crate) fn answered<T, E: Debug + Display>(
        &self,
        outcome: std::result::Result<Response<T>, Error<E>>,
        read: fn(&T) -> Answer,
    ) -> Outcome {
        let expected = self.call["status"].as_u64();
        let response = match outcome {
            Ok(response) => response,
            Err(error) if error.status().map(|status| u64::from(status.as_u16())) == expected => return Ok(()),
            Err(error) => return Err(format!("{error} {}", body_of(&error)).into()),
        };
        if Some(u64::from(response.status().as_u16())) != expected {
            return Err(format!("the status is {}", response.status()).into());
        }
        let Some(bytes) = bytes_of(&self.call["answer"]) else { return Ok(()) };
        let is_xml = self.call["answer"]["type"].as_str().is_some_and(|kind| kind.contains("xml"));
        match read(response.body()) {
            Answer::Json(value) => {
                let text = String::from_utf8(bytes)?.replace("http://spector.invalid", &self.url);
                let expected: Value = serde_json::from_str(&text)?;
                if normal(&value) != normal(&expected) {
                    return Err(format!("{expected} was read as {value}").into());
                }
            }
            Answer::Bytes(_) if is_xml => return Err("the client gives XML as it came".into()),
            Answer::Bytes(read) if read != bytes => return Err("the body is not what was answered".into()),
            Answer::Xml if !is_xml => return Err("the answer is no XML".into()),
            Answer::Bytes(_) | Answer::Xml | Answer::Nothing => {}
        }
        Ok(())
    }
}

/// A body as it stands on the wire.
pub(crate) struct Raw(Vec<u8>);

impl From<Raw> for Bytes {
    fn from(raw: Raw) -> Self {
        raw.0.into()
    }
}

impl From<Raw> for Upload {
    fn from(raw: Raw) -> Self {
        raw.0.into()
    }
}

impl From<Raw> for String {
    /// Texts are given as JSON where nothing but their value is meant.
    fn from(raw: Raw) -> Self {
        let text = String::from_utf8_lossy(&raw.0).into_owned();
        serde_json::from_str(&text).unwrap_or(text)
    }
}

/// What was read of JSON.
pub(crate) fn json<T: Encode>(body: &T) -> Answer {
    let written = wire::to_vec(body).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Answer::Json(written.unwrap_or_else(|| json!("what cannot be written")))
}

/// What was read of XML.
pub(crate) fn xml<T>(_body: &T) -> Answer {
    Answer::Xml
}

/// What was read of a text.
pub(crate) fn text<T: AsRef<[u8]>>(body: &T) -> Answer {
    Answer::Bytes(body.as_ref().to_vec())
}

/// What was read as it came.
pub(crate) fn bytes<T: AsRef<[u8]>>(body: &T) -> Answer {
    Answer::Bytes(body.as_ref().to_vec())
}

/// Nothing was to be read.
pub(crate) fn nothing<T>(_body: &T) -> Answer {
    Answer::Nothing
}

/// What was read has no one form.
pub(crate) fn any<T>(_body: &T) -> Answer {
    Answer::Nothing
}

/// The beginning of a body that was not expected: the server tells there what is wrong.
fn body_of<E>(error: &Error<E>) -> String {
    match error {
        Error::Unexpected(error) => String::from_utf8_lossy(error.bytes()).chars().take(300).collect(),
        _ => String::new(),
    }
}

/// The path, its object and the values of its parameters for a method and a URI; one without parameters comes first.
fn find<'a>(document: &'a Value, method: &str, uri: &str) -> Option<(&'a str, &'a Value, Vec<(String, String)>)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let paths = paths.filter(|(_, item)| item.get(method).is_some());
    let fitting = paths.filter_map(|(path, item)| Some((path.as_str(), item, fit(path, uri)?)));
    fitting.min_by_key(|(_, _, values)| values.len())
}

/// The values of a template's parameters in a URI that fits it.
fn fit(template: &str, uri: &str) -> Option<Vec<(String, String)>> {
    let Some((literal, rest)) = template.split_once('{') else { return (template == uri).then(Vec::new) };
    let (name, rest) = rest.split_once('}')?;
    let uri = uri.strip_prefix(literal)?;
    let end = uri.find('/').unwrap_or(uri.len());
    let end = if rest.is_empty() || rest.starts_with('/') { end } else { uri.find(rest.chars().next()?)? };
    let (value, uri) = uri.split_at(end);
    let mut values = fit(rest, uri)?;
    values.insert(0, (name.to_owned(), value.to_owned()));
    (!value.is_empty()).then_some(values)
}

/// The values of an operation's parameters, as a call gives them.
fn values(
    document: &Value,
    parameters: &[&Value],
    in_path: &[(String, String)],
    call: &Value,
) -> Result<Vec<(String, String, Value)>> {
    let in_path = in_path.iter().map(|(name, text)| ("path", name.as_str(), json!(text)));
    let members = |key: &str| call[key].as_object().into_iter().flatten();
    let in_query = members("query").map(|(name, text)| ("query", name.as_str(), text.clone()));
    // These two are not the caller's.
    let is_callers = |name: &str| !["accept", "content-type"].contains(&name.to_ascii_lowercase().as_str());
    let in_headers = members("headers").filter(|(name, _)| is_callers(name));
    let in_headers = in_headers.map(|(name, text)| ("header", name.as_str(), text.clone()));
    let mut values = Vec::new();
    for (place, name, text) in in_path.chain(in_query).chain(in_headers) {
        let is_it = |one: &&&Value| {
            one["in"] == place && one["name"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        let parameter = parameters.iter().find(is_it).ok_or_else(|| format!("no {place} parameter `{name}`"))?;
        let known = parameter["name"].as_str().unwrap_or(name);
        values.push((place.to_owned(), known.to_owned(), typed(document, parameter, &text)));
    }
    Ok(values)
}

fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).map_or(value, |found| resolved(document, found))
}

/// The value that stands on the wire as a text, by the schema of its parameter.
fn typed(document: &Value, parameter: &Value, text: &Value) -> Value {
    let schema = resolved(document, &parameter["schema"]);
    let is = |kind: &str| {
        schema["type"] == kind || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)))
    };
    let parameter_of_item = json!({ "schema": resolved(document, &schema["items"]) });
    match text {
        Value::Array(items) => items.iter().map(|item| typed(document, &parameter_of_item, item)).collect(),
        Value::String(text) if is("array") => {
            let separator = match parameter["style"].as_str() {
                Some("spaceDelimited") => ' ',
                Some("pipeDelimited") => '|',
                _ => ',',
            };
            text.split(separator).map(|item| typed(document, &parameter_of_item, &json!(item))).collect()
        }
        Value::String(text) if !is("string") => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        other => other.clone(),
    }
}

fn decoded<T: Decode>(value: &Value) -> Result<T> {
    Ok(wire::from_slice(value.to_string().as_bytes())
        .map_err(|error| format!("{value} is none of its type: {error}"))?)
}

pub(crate) fn bytes_of(body: &Value) -> Option<Vec<u8>> {
    STANDARD.decode(body["base64"].as_str()?).ok()
}

/// The same value with its times and numbers in one of the forms that mean the same.
fn normal(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            DateTime::parse_from_rfc3339(text).map_or_else(|_| value.clone(), |time| json!(time.to_rfc3339()))
        }
        Value::Number(number) => number.as_f64().map_or_else(|| value.clone(), |number| json!(number)),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(members) => members.iter().map(|(key, member)| (key.clone(), normal(member))).collect(),
        Value::Null | Value::Bool(_) => value.clone(),
    }
}
