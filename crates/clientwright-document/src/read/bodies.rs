//! Request bodies, responses and media types.
//!
//! In: Request Body, Response, Media Type and Encoding Objects (`OpenAPI` 3.0.4, sections 4.7.13 to
//! 4.7.17). Out: the same, with schemas by id. Never: one of them read twice.

use indexmap::IndexMap;

use super::context::{Object, Reader};
use super::parameters::STYLES;
use super::shapes;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Encoding, MediaType, RequestBody, RequestBodyId, Response, ResponseId};
use crate::source::NodeRef;

impl<'a> Reader<'a> {
    /// Reads a request body, or gives the one that was read from the same place before. Where a
    /// reference describes it differently, it is another one that differs in this only.
    pub(super) fn request_body(&mut self, node: NodeRef<'a>) -> Option<RequestBodyId> {
        let target = self.follow(node)?;
        let id = self.request_body_at(target)?;
        let Some(description) = self.text_beside(node, "description") else { return Some(id) };
        let body = RequestBody { description: Some(description), ..self.document.request_bodies[id].clone() };
        Some(self.document.request_bodies.insert(body))
    }

    fn request_body_at(&mut self, node: NodeRef<'a>) -> Option<RequestBodyId> {
        if let Some(id) = self.read.request_bodies.get(&node.at()) {
            return *id;
        }
        let body = self.object(node, &shapes::REQUEST_BODY).map(|object| self.new_request_body(object));
        let id = body.map(|body| self.document.request_bodies.insert(body));
        self.read.request_bodies.insert(node.at(), id);
        id
    }

    fn new_request_body(&mut self, object: Object<'a>) -> RequestBody {
        if object.get("content").is_none() {
            self.missing_with_default(object, "content", "a body without a media type");
        }
        RequestBody {
            at: object.at(),
            component: self.component(object.node, "requestBodies"),
            description: self.string(object, "description"),
            required: self.flag(object, "required"),
            content: self.content(object),
            extensions: Self::extensions(object),
        }
    }

    /// Reads a response, or gives the one that was read from the same place before. Where a
    /// reference describes it differently, it is another one that differs in this only.
    pub(super) fn response(&mut self, node: NodeRef<'a>) -> Option<ResponseId> {
        let target = self.follow(node)?;
        let id = self.response_at(target)?;
        let Some(description) = self.text_beside(node, "description") else { return Some(id) };
        let response = Response { description, ..self.document.responses[id].clone() };
        Some(self.document.responses.insert(response))
    }

    fn response_at(&mut self, node: NodeRef<'a>) -> Option<ResponseId> {
        let key = (node.at(), self.produced_at(node));
        if let Some(id) = self.read.responses.get(&key) {
            return *id;
        }
        let response = self.object(node, &shapes::RESPONSE).map(|object| self.new_response(object));
        let id = response.map(|response| self.document.responses.insert(response));
        self.read.responses.insert(key, id);
        id
    }

    fn new_response(&mut self, object: Object<'a>) -> Response {
        let version = self.version(object.node);
        if object.node.get("description").is_none() && version < Version::V3_2 {
            self.missing_with_default(object, "description", "the empty text");
        }
        Response {
            at: object.at(),
            component: self.component(object.node, "responses"),
            summary: self.string(object, "summary"),
            description: self.string(object, "description").unwrap_or_default(),
            headers: self.headers(object),
            content: if version == Version::V2_0 && object.get("content").is_none() {
                self.produced_content(object)
            } else {
                self.content(object)
            },
            links: self.links(object),
            extensions: Self::extensions(object),
        }
    }

    /// The media types under `content`.
    pub(super) fn content(&mut self, object: Object<'a>) -> Vec<MediaType> {
        let content = self.members(object, "content");
        content.into_iter().filter_map(|(media_type, node)| self.media_type(media_type, node)).collect()
    }

    /// A media type, which 3.2 lets a reference name.
    fn media_type(&mut self, media_type: &str, node: NodeRef<'a>) -> Option<MediaType> {
        let is_reference = node.get("$ref").is_some() && self.version(node) >= Version::V3_2;
        let found = if is_reference { self.declared_media_type(node) } else { self.new_media_type(node) };
        let media_type = self.media_type_name(media_type, node);
        let mut found = MediaType { media_type, ..found? };
        if found.media_type.starts_with("multipart/") && self.version(node) <= Version::V3_0 {
            // Until 3.1, styles are for forms alone, and to be ignored elsewhere.
            for encoding in found.encoding.values_mut() {
                (encoding.style, encoding.explode, encoding.allow_reserved) = (None, None, None);
            }
        }
        Some(found)
    }

    /// A media type of the components, which has no name of its own; read once.
    pub(super) fn declared_media_type(&mut self, node: NodeRef<'a>) -> Option<MediaType> {
        let node = self.follow(node)?;
        if let Some(found) = self.read.media_types.get(&node.at()) {
            return found.clone();
        }
        let found = self.new_media_type(node);
        self.read.media_types.insert(node.at(), found.clone());
        found
    }

    fn new_media_type(&mut self, node: NodeRef<'a>) -> Option<MediaType> {
        let object = self.object(node, &shapes::MEDIA_TYPE)?;
        Some(MediaType {
            at: object.at(),
            media_type: String::new(),
            description: self.string(object, "description"),
            schema: object.get("schema").and_then(|node| self.schema(node)),
            item_schema: object.get("itemSchema").and_then(|node| self.schema(node)),
            encoding: self.encodings(object),
            prefix_encoding: self.encoding_list(object),
            item_encoding: object.get("itemEncoding").and_then(|node| self.encoding(node)),
            examples: self.exclusive_examples(object),
            extensions: Self::extensions(object),
        })
    }

    /// The encodings of a body's properties, by their names.
    fn encodings(&mut self, object: Object<'a>) -> IndexMap<String, Encoding> {
        let by_position = ["prefixEncoding", "itemEncoding"].iter().find_map(|key| object.get(key));
        if let (Some(node), Some(other)) = (object.get("encoding"), by_position) {
            self.report(
                Diagnostic::new(Code::InvalidValue, "parts are encoded by name or by position")
                    .at(other.at().key(), "by position")
                    .also(node.at().key(), "by name")
                    .help("remove one of the two"),
            );
        }
        let members = self.members(object, "encoding");
        let found = members.into_iter().filter_map(|(name, node)| Some((name.to_owned(), self.encoding(node)?)));
        found.collect()
    }

    /// The encodings of a body's parts, by their positions. One that cannot be read still counts.
    fn encoding_list(&mut self, object: Object<'a>) -> Vec<Encoding> {
        let items = self.items(object, "prefixEncoding");
        items.into_iter().map(|node| self.encoding(node).unwrap_or_default()).collect()
    }

    fn encoding(&mut self, node: NodeRef<'a>) -> Option<Encoding> {
        let object = self.object(node, &shapes::ENCODING)?;
        Some(Encoding {
            at: object.at(),
            content_type: self.string(object, "contentType"),
            headers: self.headers(object),
            style: self.choice_since(object, "style", &STYLES),
            explode: self.boolean(object, "explode"),
            allow_reserved: self.boolean(object, "allowReserved"),
            encoding: self.encodings(object),
            prefix_encoding: self.encoding_list(object),
            item_encoding: object.get("itemEncoding").and_then(|node| self.encoding(node)).map(Box::new),
            extensions: Self::extensions(object),
        })
    }
}
