//! The lists of our own APIs, and how they are walked over.
//!
//! In: the documents of `specs/`. Out: a failure for each list that `lists.tsv` does not name as it is: with the way in which
//! its pages are found, or with the reason why it has none. Never: a list that silently gives its first page alone.

use std::collections::BTreeMap;
use std::fs;

use clientwright_api::Api;
use clientwright_api::model::{Content, Method, NextPage, Operation, Paging, Shape, StatusKey, TypeKind, TypeRef};
use clientwright_document::source::{LoadError, Loader, Sources};
use clientwright_tests::workspace;

/// How each list is walked over, by its API and its operation.
type Lists = BTreeMap<(String, String), String>;

/// The documents of the workspace.
const SPECS: [(&str, &str); 4] = [
    ("allo", "specs/allo.yaml"),
    ("onlyoffice", "specs/onlyoffice/openapi.yaml"),
    ("rogerroger", "specs/rogerroger.yaml"),
    ("weeek", "specs/weeek.yaml"),
];

struct Files;

impl Loader for Files {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        fs::read(workspace().join(path)).map_err(|_| LoadError::NotFound)
    }
}

#[test]
fn every_list_is_walked_over_or_says_why_not() {
    let table = fs::read_to_string(workspace().join("tests/codegen/lists.tsv")).unwrap();
    let mut known = Lists::new();
    for line in table.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        let ([api, operation, how] | [api, operation, how, _]) = words[..] else { panic!("{line:?} is no row") };
        assert_eq!(how == "-", words.len() == 4, "{line:?}: a reason stands where there are no pages, and only there");
        known.insert((api.to_owned(), operation.to_owned()), how.to_owned());
    }
    assert_eq!(found(), known);
}

fn found() -> Lists {
    let mut lists = Lists::new();
    for (name, spec) in SPECS {
        let document = clientwright_document::read(&mut Sources::new(), spec, &Files).value.unwrap();
        let api = clientwright_api::lower(&document).value.unwrap();
        for operation in &api.operations {
            let how = match operation.paging.as_ref().map(|paging| &paging.next) {
                Some(NextPage::Number(_)) => "number",
                Some(NextPage::Offset(_)) => "offset",
                Some(NextPage::Cursor(..) | NextPage::LastItem(..)) => "cursor",
                Some(NextPage::LinkIn(_) | NextPage::LinkHeader) => "link",
                None if is_list(&api, operation) => "-",
                None => continue,
            };
            let told = |paging: &Paging| paging.more.is_some() || paging.total.is_some() || paging.last.is_some();
            let is_told = how == "link" || operation.paging.as_ref().is_none_or(told);
            let how = if is_told { how.to_owned() } else { format!("{how}, until a page is empty") };
            lists.insert((name.to_owned(), operation.identity()), how);
        }
    }
    lists
}

/// Whether an operation reads a list: by its name, or by an answer that is one or holds one at its top.
fn is_list(api: &Api, operation: &Operation) -> bool {
    let identity = operation.identity();
    let success = |status: &StatusKey| matches!(status, StatusKey::Code(200..300) | StatusKey::Range(2));
    let mut answers = operation.responses.iter().filter(|response| success(&response.status));
    let holds = answers.any(|response| match &response.content {
        Content::Json(value) => holds_list(api, value),
        Content::Nothing | Content::Xml(_) | Content::Text | Content::Bytes => false,
    });
    ["list", "search"].iter().any(|word| identity.starts_with(word)) || operation.method == Method::Get && holds
}

fn holds_list(api: &Api, value: &TypeRef) -> bool {
    let Shape::Named(id) = &value.shape else { return matches!(value.shape, Shape::List(_)) };
    match api.get(*id).map(|found| &found.kind) {
        // What has an identifier is a thing that has lists, and no list.
        Some(TypeKind::Object(object)) => {
            let mut members = object.properties.iter();
            members.all(|member| member.key != "id")
                && object.properties.iter().any(|member| matches!(member.value.shape, Shape::List(_)))
        }
        Some(TypeKind::Alias(target)) => matches!(target.shape, Shape::List(_)),
        Some(TypeKind::TextEnum(_) | TypeKind::IntegerEnum(_) | TypeKind::Union(_)) | None => false,
    }
}
