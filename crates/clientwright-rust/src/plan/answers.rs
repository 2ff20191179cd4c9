//! Plans what comes back: the type of a success, and enumerations by status.
//!
//! In: the responses of an operation. Out: their types and decoders. Several kinds of success give an enumeration; one
//! kind beside an empty answer gives an option. Never happens: a documented answer without a type.

use clientwright_api::model::{Content, Operation, Response, StatusKey, TypeRef};

use super::{Planning, words};
use crate::docs;
use crate::model::{RustType, StatusVariant, Success};
use crate::names::{Case, Scope};

/// What the successes of an operation give.
pub(super) enum Successes {
    /// All the same.
    One(Success),
    /// By their status.
    Several(Vec<StatusVariant>),
}

/// What the successes of an operation give, where a media type of [`asked`] is asked for or the first of each.
pub(super) fn successes(planning: &mut Planning<'_>, operation: &Operation, media_type: Option<&str>) -> Successes {
    let responses: Vec<Response> = operation
        .responses
        .iter()
        .filter(|response| is_success(operation, response))
        .map(|response| in_form(response, media_type))
        .collect();
    let responses: Vec<&Response> = responses.iter().collect();
    let mut kinds: Vec<Success> = Vec::new();
    for &response in &responses {
        let given = decoded(planning, response, responses.len() > 1);
        if !kinds.contains(&given) {
            kinds.push(given);
        }
    }
    match kinds.as_slice() {
        [] => Successes::One(Success { rust_type: RustType::Unit, decoder: "nothing" }),
        [only] => Successes::One(only.clone()),
        [body, nothing] | [nothing, body] if nothing.decoder == "nothing" && or_nothing(body.decoder).is_some() => {
            let rust_type = RustType::Option(Box::new(body.rust_type.clone()));
            Successes::One(Success { rust_type, decoder: or_nothing(body.decoder).unwrap_or("nothing") })
        }
        _ => Successes::Several(variants(planning, &responses)),
    }
}

/// The media types that an answer can be asked for in besides that of the operation's own method, each with the word that
/// tells it: the one list from which everything that takes another form of an answer is made.
pub(super) fn asked(operation: &Operation) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for other in operation.responses.iter().flat_map(|response| &response.others) {
        let word = words::of_media_type(&other.media_type);
        // `application/csv` beside `text/csv` is the same by another name; what is typed has a type of its own.
        let is_typed = other.content.value().is_some();
        let is_known = |(known, by): &(&str, String)| *known == other.media_type || (*by == word && !is_typed);
        if !found.iter().any(is_known) {
            found.push((&other.media_type, word));
        }
    }
    found
}

/// A response as it is where a media type is asked for: in that form, if it has it.
fn in_form(response: &Response, media_type: Option<&str>) -> Response {
    let other = response.others.iter().find(|other| Some(other.media_type.as_str()) == media_type);
    match other {
        Some(other) => Response { content: other.content.clone(), enveloped: false, ..response.clone() },
        None => response.clone(),
    }
}

/// The decoder that gives nothing where there is no body.
fn or_nothing(decoder: &str) -> Option<&'static str> {
    match decoder {
        "json" => Some("json_or_nothing"),
        "xml" => Some("xml_or_nothing"),
        "enveloped" => Some("enveloped_or_nothing"),
        _ => None,
    }
}

/// The variants for the documented errors of an operation.
pub(super) fn failures(planning: &mut Planning<'_>, operation: &Operation) -> Vec<StatusVariant> {
    let responses: Vec<&Response> =
        operation.responses.iter().filter(|response| may_fail(operation, response)).collect();
    variants(planning, &responses)
}

fn variants(planning: &mut Planning<'_>, responses: &[&Response]) -> Vec<StatusVariant> {
    let mut scope = Scope::new(Case::Pascal, &[]);
    let mut variants = Vec::new();
    for response in responses {
        let given = decoded(planning, response, true);
        let said = clientwright_api::model::Docs { summary: None, description: Some(response.description.clone()) };
        let mut lines = docs::lines(&said);
        let status = called(&response.status.to_string());
        match lines.first_mut() {
            Some(first) => *first = format!("{status}: {first}"),
            None => lines.push(format!("{status}.")),
        }
        variants.push(StatusVariant {
            name: scope.name(&phrase(response.status), "Status"),
            status: response.status.to_string(),
            docs: lines,
            body: (given.rust_type != RustType::Unit).then_some(given.rust_type),
            decoder: given.decoder,
        });
    }
    variants
}

/// A status as the documentation calls it.
pub(super) fn called(status: &str) -> String {
    if status == "default" { "Any other status".to_owned() } else { format!("`{status}`") }
}

/// What is said of all statuses, as a list.
pub(super) fn listed(variants: &[StatusVariant]) -> Vec<String> {
    let mut lines = Vec::new();
    for variant in variants {
        for (index, line) in variant.docs.iter().enumerate() {
            let indent = if index == 0 { "- " } else { "  " };
            lines.push(if line.is_empty() { String::new() } else { format!("{indent}{line}") });
        }
    }
    lines
}

/// What is no success is a failure, and `default` is both where it stands in for a success.
fn may_fail(operation: &Operation, response: &Response) -> bool {
    response.status == StatusKey::Default || !is_success(operation, response)
}

/// A status from 200 to 299 is a success, and `default` where no such status is declared.
fn is_success(operation: &Operation, response: &Response) -> bool {
    let success = |status| matches!(status, StatusKey::Code(200..300) | StatusKey::Range(2));
    let declared = operation.responses.iter().any(|response| success(response.status));
    success(response.status) || (response.status == StatusKey::Default && !declared)
}

/// What content gives; where it is `compared` with others, under the one name of what it is a name for.
fn decoded(planning: &mut Planning<'_>, response: &Response, compared: bool) -> Success {
    let mut typed = |value: &TypeRef, decoder| {
        let value = if compared { planning.shared(value.clone()) } else { value.clone() };
        Success { rust_type: planning.rust_type(&value).outside(), decoder }
    };
    match &response.content {
        Content::Nothing => Success { rust_type: RustType::Unit, decoder: "nothing" },
        Content::Json(value) if response.enveloped => typed(value, "enveloped"),
        Content::Json(value) => typed(value, "json"),
        Content::Xml(value) => {
            let given = typed(value, "xml");
            planning.xml = true;
            given
        }
        Content::Text => Success { rust_type: RustType::String, decoder: "text" },
        Content::Bytes => Success { rust_type: RustType::Bytes, decoder: "bytes" },
    }
}

/// What a status is called: the reason phrase of RFC 9110 and its kin, as words.
fn phrase(status: StatusKey) -> String {
    let code = match status {
        StatusKey::Default => return "other".to_owned(),
        StatusKey::Range(1) => return "informational".to_owned(),
        StatusKey::Range(2) => return "success".to_owned(),
        StatusKey::Range(3) => return "redirection".to_owned(),
        StatusKey::Range(4) => return "client error".to_owned(),
        StatusKey::Range(_) => return "server error".to_owned(),
        StatusKey::Code(code) => code,
    };
    PHRASES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| format!("status {code}"), |(_, phrase)| (*phrase).to_owned())
}

/// The IANA registry of status codes, from 200 on.
const PHRASES: &[(u16, &str)] = &[
    (200, "ok"),
    (201, "created"),
    (202, "accepted"),
    (203, "non authoritative information"),
    (204, "no content"),
    (205, "reset content"),
    (206, "partial content"),
    (207, "multi status"),
    (208, "already reported"),
    (226, "im used"),
    (300, "multiple choices"),
    (301, "moved permanently"),
    (302, "found"),
    (303, "see other"),
    (304, "not modified"),
    (307, "temporary redirect"),
    (308, "permanent redirect"),
    (400, "bad request"),
    (401, "unauthorized"),
    (402, "payment required"),
    (403, "forbidden"),
    (404, "not found"),
    (405, "method not allowed"),
    (406, "not acceptable"),
    (407, "proxy authentication required"),
    (408, "request timeout"),
    (409, "conflict"),
    (410, "gone"),
    (411, "length required"),
    (412, "precondition failed"),
    (413, "content too large"),
    (414, "uri too long"),
    (415, "unsupported media type"),
    (416, "range not satisfiable"),
    (417, "expectation failed"),
    (418, "im a teapot"),
    (421, "misdirected request"),
    (422, "unprocessable content"),
    (423, "locked"),
    (424, "failed dependency"),
    (425, "too early"),
    (426, "upgrade required"),
    (428, "precondition required"),
    (429, "too many requests"),
    (431, "request header fields too large"),
    (451, "unavailable for legal reasons"),
    (500, "internal server error"),
    (501, "not implemented"),
    (502, "bad gateway"),
    (503, "service unavailable"),
    (504, "gateway timeout"),
    (505, "http version not supported"),
    (506, "variant also negotiates"),
    (507, "insufficient storage"),
    (508, "loop detected"),
    (511, "network authentication required"),
];
