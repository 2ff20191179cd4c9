//! The media types that 2.0 states once for many bodies.
//!
//! In: `consumes` and `produces` of a document or an operation, and the schema of a body. Out: the body in each of them, as
//! later versions write it under `content`. Never: a structured value in a media type that cannot hold one; it is JSON.

use super::context::{Object, Reader};
use super::schema_parts::is_file;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Example, MediaType};
use crate::source::{At, Kind, NodeRef};

/// The media type that is assumed for values, and the one for files.
const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

/// The media types that apply where a body states none.
#[derive(Clone, Default)]
pub(super) struct MediaTypes {
    document: Offered,
    operation: Offered,
    /// The first bodies for which one had to be assumed, and how many there are.
    assumed_consumes: Option<(At, usize)>,
    assumed_produces: Option<(At, usize)>,
}

/// What a document or an operation offers.
#[derive(Clone, Default)]
struct Offered {
    consumes: Listed,
    produces: Listed,
}

/// The media types of a list, and where it stands.
#[derive(Clone, Default)]
pub(super) struct Listed {
    pub(super) at: At,
    pub(super) types: Vec<String>,
}

impl<'a> Reader<'a> {
    /// Takes note of what applies to the whole document.
    pub(super) fn media_types_of_document(&mut self, root: Object<'a>) {
        if self.version(root.node) == Version::V2_0 {
            let offered = Offered {
                consumes: self.listed(root, "consumes").unwrap_or_default(),
                produces: self.listed(root, "produces").unwrap_or_default(),
            };
            self.media_types.document = offered.clone();
            self.media_types.operation = offered;
        }
    }

    /// Takes note of what applies to an operation, also where it states nothing.
    pub(super) fn media_types_of_operation(&mut self, operation: Object<'a>) {
        if self.version(operation.node) == Version::V2_0 {
            let consumes = self.listed(operation, "consumes");
            let produces = self.listed(operation, "produces");
            let document = self.media_types.document.clone();
            self.media_types.operation = Offered {
                consumes: consumes.unwrap_or(document.consumes),
                produces: produces.unwrap_or(document.produces),
            };
        }
    }

    fn listed(&mut self, object: Object<'a>, key: &str) -> Option<Listed> {
        let at = object.get(key)?.at();
        Some(Listed { at, types: self.strings(object, key) })
    }

    /// What bodies of the operation that is being read are sent as.
    pub(super) fn consumed(&self) -> &Listed {
        &self.media_types.operation.consumes
    }

    /// What decides how a response is read besides its own place.
    pub(super) fn produced_at(&self, node: NodeRef<'a>) -> At {
        if self.version(node) == Version::V2_0 { self.media_types.operation.produces.at } else { At::default() }
    }

    /// The body of a request in each media type that the operation consumes.
    pub(super) fn consumed_content(&mut self, at: At, schema: NodeRef<'a>, examples: &[Example]) -> Vec<MediaType> {
        let listed = self.media_types.operation.consumes.types.clone();
        if listed.is_empty() && !is_bytes(schema) {
            self.media_types.assumed_consumes.get_or_insert((at, 0)).1 += 1;
        }
        self.content_in(&listed, schema, examples)
    }

    /// The body of a response in each media type that the operation produces.
    pub(super) fn produced_content(&mut self, response: Object<'a>) -> Vec<MediaType> {
        let Some(schema) = response.get("schema") else { return Vec::new() };
        let examples: Vec<_> =
            self.members(response, "examples").into_iter().map(|(name, node)| named(name, node)).collect();
        let listed = self.media_types.operation.produces.types.clone();
        if listed.is_empty() && !is_bytes(schema) {
            self.media_types.assumed_produces.get_or_insert((response.at(), 0)).1 += 1;
        }
        self.content_in(&listed, schema, &examples)
    }

    fn content_in(&mut self, listed: &[String], node: NodeRef<'a>, examples: &[Example]) -> Vec<MediaType> {
        let schema = self.schema(node);
        let structured = self.is_structured(node);
        let mut types: Vec<&str> =
            listed.iter().map(String::as_str).filter(|name| !structured || holds_structure(name)).collect();
        if types.is_empty() {
            types.push(if is_bytes(node) { BYTES } else { JSON });
        }
        let of = |name: &str| -> Vec<Example> {
            examples
                .iter()
                .filter(|example| example.name.as_deref().is_none_or(|found| found == name))
                .cloned()
                .collect()
        };
        let content = types.into_iter().map(|name| MediaType {
            at: node.at(),
            media_type: name.to_owned(),
            schema,
            examples: of(name),
            ..MediaType::default()
        });
        content.collect()
    }

    /// Whether a schema is of objects or lists, as far as can be told before it is read.
    fn is_structured(&mut self, node: NodeRef<'a>) -> bool {
        let node = self.quiet_end(node);
        let types = node.get("type").map(|stated| match stated.as_str() {
            Some(name) => matches!(name, "object" | "array"),
            None => stated.items().filter_map(NodeRef::as_str).any(|name| matches!(name, "object" | "array")),
        });
        types.unwrap_or_else(|| ["properties", "allOf", "items"].iter().any(|key| node.get(key).is_some()))
    }

    /// One note for all bodies whose media type had to be assumed.
    pub(super) fn report_assumed_media_types(&mut self) {
        let assumed =
            [(self.media_types.assumed_consumes, "consumes"), (self.media_types.assumed_produces, "produces")];
        for (found, key) in assumed {
            let Some((at, count)) = found else { continue };
            self.report(
                Diagnostic::new(Code::MissingKey, format!("`{key}` is missing where there is a body"))
                    .severity(Severity::Note)
                    .at(at, format!("the first of {count} places; read as `{JSON}`"))
                    .help(format!("add `{key}: [{JSON}]` at the top")),
            );
        }
    }
}

/// Whether a body is a file, or text that stands for bytes.
fn is_bytes(node: NodeRef<'_>) -> bool {
    is_file(node) || node.get("format").and_then(NodeRef::as_str) == Some("binary")
}

/// Whether objects can be written in a media type. What 2.0 lists for the file that an operation answers with is stated for
/// its errors too.
fn holds_structure(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_opaque =
        ["text/plain", "text/html", "text/csv", BYTES, "application/pdf", "application/zip", "application/x-tar"];
    let of_media = ["image/", "audio/", "video/", "font/"];
    !is_opaque.contains(&essence.as_str()) && !of_media.iter().any(|kind| essence.starts_with(kind))
}

/// An example of 2.0, by the media type it is in.
fn named(name: &str, node: NodeRef<'_>) -> Example {
    Example { at: node.at(), name: Some(name.to_owned()), summary: None, value: Some(node.at()), serialized: None }
}

/// Examples that an extension gives where 2.0 has none: one, or one for each media type.
pub(super) fn extension_examples(object: Object<'_>) -> Vec<Example> {
    let single = object.node.get("x-example").map(|node| Example {
        at: node.at(),
        name: None,
        summary: None,
        value: Some(node.at()),
        serialized: None,
    });
    let several = object.node.get("x-examples").filter(|node| node.kind() == Kind::Object);
    let several = several.into_iter().flat_map(NodeRef::entries).map(|(name, node)| named(name, node));
    single.into_iter().chain(several).collect()
}
