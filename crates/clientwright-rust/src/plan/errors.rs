//! Plans what comes back: the type of a success, and an enumeration for the documented errors.
//!
//! In: the responses of an operation. Out: their types and decoders. Operations with the same errors share one
//! enumeration; each still has a name of its own for it, so that a caller's code stays when they part.

use clientwright_api::model::{Content, Operation, Response, StatusKey};
use clientwright_document::{Code, Diagnostic};

use super::Planning;
use crate::docs;
use crate::model::{ErrorVariant, RustType, Success};
use crate::names::{Case, Scope};

/// What a success of an operation gives.
pub(super) fn success(planning: &mut Planning<'_>, operation: &Operation) -> Success {
    let mut empty = false;
    let mut found: Vec<(&Response, Success)> = Vec::new();
    for response in operation.responses.iter().filter(|response| is_success(operation, response)) {
        let given = decoded(planning, &response.content);
        match &response.content {
            Content::Nothing => empty = true,
            Content::Json(_) | Content::Text | Content::Bytes if found.iter().any(|(_, known)| *known == given) => {}
            Content::Json(_) | Content::Text | Content::Bytes => found.push((response, given)),
        }
    }
    let mut found = found.into_iter();
    let Some((first, given)) = found.next() else {
        return Success { rust_type: RustType::Unit, decoder: "nothing" };
    };
    for (other, _) in found {
        let title = "an operation with several kinds of success gives only the first yet";
        let diagnostic = Diagnostic::new(Code::UnsupportedKeyword, title)
            .at(other.at, "an answer with this body is reported as one that does not fit")
            .also(first.at, "this one is decoded");
        planning.diagnostics.push(diagnostic);
    }
    match (empty, given.decoder) {
        (true, "json") => {
            Success { rust_type: RustType::Option(Box::new(given.rust_type)), decoder: "json_or_nothing" }
        }
        _ => given,
    }
}

/// The variants for the documented errors of an operation.
pub(super) fn variants(planning: &mut Planning<'_>, operation: &Operation) -> Vec<ErrorVariant> {
    let mut scope = Scope::new(Case::Pascal, &[]);
    let failures = operation.responses.iter().filter(|response| !is_success(operation, response));
    let mut variants: Vec<ErrorVariant> = Vec::new();
    for response in failures {
        let given = decoded(planning, &response.content);
        let said = clientwright_api::model::Docs { summary: None, description: Some(response.description.clone()) };
        let mut lines = docs::lines(&said);
        let status = match response.status {
            StatusKey::Default => "Any other status".to_owned(),
            StatusKey::Code(_) | StatusKey::Range(_) => format!("`{}`", response.status),
        };
        match lines.first_mut() {
            Some(first) => *first = format!("{status}: {first}"),
            None => lines.push(format!("{status}.")),
        }
        variants.push(ErrorVariant {
            name: scope.name(&phrase(response.status), "Status"),
            status: response.status.to_string(),
            docs: lines,
            body: (given.rust_type != RustType::Unit).then_some(given.rust_type),
            decoder: given.decoder,
        });
    }
    variants
}

/// A status from 200 to 299 is a success, and `default` where no such status is declared.
fn is_success(operation: &Operation, response: &Response) -> bool {
    let success = |status| matches!(status, StatusKey::Code(200..300) | StatusKey::Range(2));
    let declared = operation.responses.iter().any(|response| success(response.status));
    success(response.status) || (response.status == StatusKey::Default && !declared)
}

fn decoded(planning: &mut Planning<'_>, content: &Content) -> Success {
    match content {
        Content::Nothing => Success { rust_type: RustType::Unit, decoder: "nothing" },
        Content::Json(value) => Success { rust_type: planning.rust_type(value), decoder: "json" },
        Content::Text => Success { rust_type: RustType::String, decoder: "text" },
        Content::Bytes => Success { rust_type: RustType::Bytes, decoder: "bytes" },
    }
}

/// What a status is called: the reason phrase of RFC 9110 and its kin, as words.
fn phrase(status: StatusKey) -> String {
    let code = match status {
        StatusKey::Default => return "other".to_owned(),
        StatusKey::Range(1) => return "informational".to_owned(),
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

/// The IANA registry of status codes, from 300 on.
const PHRASES: &[(u16, &str)] = &[
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
