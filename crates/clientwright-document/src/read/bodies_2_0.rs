//! Request bodies that 2.0 writes among the parameters.
//!
//! In: parameters with `in: body` or `in: formData`. Out: the Request Body Object that later versions write in their place:
//! fields are the properties of an object, their `collectionFormat` is an encoding. Never: one of them a parameter too.

use indexmap::IndexMap;

use super::context::{Object, Reader};
use super::media_types::extension_examples;
use super::schema_parts::is_file;
use super::shapes;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::model::{
    Encoding, Example, Extensions, JsonType, Location, MediaType, RequestBody, RequestBodyId, Schema, SchemaId, Style,
};
use crate::source::{At, NodeRef};

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter that is a body, or a part of one.
#[derive(Clone)]
pub(super) struct BodyPart {
    at: At,
    component: Option<String>,
    name: String,
    description: Option<String>,
    required: bool,
    examples: Vec<Example>,
    extensions: Extensions,
    kind: Kind,
}

#[derive(Clone)]
enum Kind {
    /// The whole body, by the node that describes it.
    Whole { schema: At },
    /// A field of a form.
    Field { schema: SchemaId, style: Option<(Style, bool)>, is_file: bool },
}

impl<'a> Reader<'a> {
    /// The part of a body that a parameter is; `None` where it is an ordinary parameter.
    pub(super) fn body_part(&mut self, node: NodeRef<'a>) -> Option<BodyPart> {
        if self.version(node) > Version::V2_0 {
            return None;
        }
        let node = self.quiet_end(node);
        let is_field = match node.get("in").and_then(NodeRef::as_str) {
            Some("body") => false,
            Some("formData") => true,
            Some(_) | None => return None,
        };
        if let Some(part) = self.read.body_parts.get(&node.at()) {
            return part.clone();
        }
        let part = self.new_body_part(node, is_field);
        self.read.body_parts.insert(node.at(), part.clone());
        part
    }

    fn new_body_part(&mut self, node: NodeRef<'a>, is_field: bool) -> Option<BodyPart> {
        let object = self.object(node, &shapes::PARAMETER)?;
        let name = self.string(object, "name").unwrap_or_default();
        if name.is_empty() && is_field {
            self.missing(object, "name");
        }
        let description = self.string(object, "description");
        let kind = if is_field { self.field(object, description.clone()) } else { self.whole(object) };
        Some(BodyPart {
            at: object.at(),
            component: self.component(node, "parameters"),
            name,
            description,
            required: self.flag(object, "required"),
            examples: extension_examples(object),
            extensions: Self::extensions(object),
            kind,
        })
    }

    /// A body: its schema, or the parameter itself where it describes its value as others do.
    fn whole(&mut self, object: Object<'a>) -> Kind {
        if let Some(schema) = object.get("schema") {
            return Kind::Whole { schema: schema.at() };
        }
        self.missing_with_default(object, "schema", "what the parameter itself says of its value");
        self.simple_schema_at(object);
        Kind::Whole { schema: object.at() }
    }

    /// Makes a parameter stand for its schema.
    fn simple_schema_at(&mut self, object: Object<'a>) {
        let id = self.simple_schema(object);
        self.read.schemas.insert(object.at(), Some(id));
    }

    fn field(&mut self, object: Object<'a>, description: Option<String>) -> Kind {
        let (style, explode) = self.collection_style(object, Location::Query, true);
        let schema = self.simple(object);
        let style = schema.types.contains(JsonType::Array).then_some((style, explode));
        let schema = self.document.schemas.insert(Schema { description, ..schema });
        Kind::Field { schema, style, is_file: is_file(object.node) }
    }

    /// The request body of an operation of 2.0: of its own parameters, and of its path's, which those replace.
    pub(super) fn body_of_parameters(&mut self, path: Object<'a>, operation: Object<'a>) -> Option<RequestBodyId> {
        let mut parts: IndexMap<Option<String>, BodyPart> = IndexMap::new();
        for list in [path, operation] {
            let nodes: Vec<_> = list.get("parameters").into_iter().flat_map(NodeRef::items).collect();
            let mut own: Vec<Option<String>> = Vec::new();
            for node in nodes {
                let Some(part) = self.body_part(node) else { continue };
                let key = matches!(part.kind, Kind::Field { .. }).then(|| part.name.clone());
                if own.contains(&key) {
                    self.report_second(&part, parts.get(&key));
                    continue;
                }
                own.push(key.clone());
                parts.insert(key, part);
            }
        }
        let whole = parts.shift_remove(&None);
        let body = match whole {
            Some(whole) => {
                self.report_fields_beside(&whole, parts.values().next());
                self.whole_body(whole)
            }
            None => self.form(parts.into_values().collect())?,
        };
        Some(self.document.request_bodies.insert(body))
    }

    fn whole_body(&mut self, part: BodyPart) -> RequestBody {
        let content = match part.kind {
            Kind::Whole { schema } => self.consumed_content(part.at, self.sources.node(schema), &part.examples),
            Kind::Field { .. } => Vec::new(),
        };
        RequestBody {
            at: part.at,
            component: part.component,
            description: part.description,
            required: part.required,
            content,
            extensions: part.extensions,
        }
    }

    /// The form that fields make together.
    fn form(&mut self, parts: Vec<BodyPart>) -> Option<RequestBody> {
        let at = parts.first()?.at;
        let has_file = parts.iter().any(|part| matches!(part.kind, Kind::Field { is_file: true, .. }));
        let types = self.form_types(at, has_file);
        let mut schema = Schema { at, types: [JsonType::Object].into_iter().collect(), ..Schema::default() };
        let mut encoding = IndexMap::new();
        for part in parts {
            let Kind::Field { schema: id, style, .. } = part.kind else { continue };
            if part.required {
                schema.required.push(part.name.clone());
            }
            if let Some((style, explode)) = style {
                let found = Encoding { at: part.at, style: Some(style), explode: Some(explode), ..Encoding::default() };
                encoding.insert(part.name.clone(), found);
            }
            schema.properties.insert(part.name, id);
        }
        let required = !schema.required.is_empty();
        let schema = Some(self.document.schemas.insert(schema));
        let content = types.into_iter().map(|media_type| MediaType {
            at,
            media_type,
            schema,
            encoding: encoding.clone(),
            ..MediaType::default()
        });
        Some(RequestBody { at, required, content: content.collect(), ..RequestBody::default() })
    }

    /// The media types of a form: those of the operation that are forms. Files need one of parts.
    fn form_types(&mut self, at: At, has_file: bool) -> Vec<String> {
        let consumed = self.consumed().clone();
        let is_form = |name: &String| {
            let essence = name.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case(MULTIPART) || !has_file && essence.eq_ignore_ascii_case(URLENCODED)
        };
        let mut types: Vec<String> = consumed.types.iter().filter(|name| is_form(name)).cloned().collect();
        if types.is_empty() {
            let assumed = if has_file { MULTIPART } else { URLENCODED };
            if !consumed.types.is_empty() {
                let title = "none of the media types of this operation is a form that can carry these fields";
                self.report(
                    Diagnostic::new(Code::InvalidValue, title)
                        .severity(Severity::Note)
                        .at(at, format!("a field; sent as `{assumed}`"))
                        .also(consumed.at, "the media types")
                        .help(format!("write `consumes: [{assumed}]` in the operation")),
                );
            }
            types.push(assumed.to_owned());
        }
        types
    }

    fn report_second(&mut self, second: &BodyPart, first: Option<&BodyPart>) {
        let title = match &second.kind {
            Kind::Whole { .. } => "an operation has one body".to_owned(),
            Kind::Field { .. } => format!("the field {} stands twice", quoted(&second.name)),
        };
        let diagnostic = Diagnostic::new(Code::DuplicateParameter, title).at(second.at, "the second, left out");
        let diagnostic = match first {
            Some(first) => diagnostic.also(first.at, "the first"),
            None => diagnostic,
        };
        self.report(diagnostic.help("remove or rename one of the two"));
    }

    fn report_fields_beside(&mut self, whole: &BodyPart, field: Option<&BodyPart>) {
        let Some(field) = field else { return };
        self.report(
            Diagnostic::new(Code::InvalidValue, "`in: body` and `in: formData` exclude each other")
                .at(field.at, "a field, left out")
                .also(whole.at, "the body")
                .help("remove one of the two"),
        );
    }
}
