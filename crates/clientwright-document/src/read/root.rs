//! The document itself: what it is, where it is served, what it declares.
//!
//! In: the root object. Out: the [`Document`], all of it. Never: a component unread because
//! nothing refers to it; its mistakes count too.

use super::context::{Object, Reader};
use super::shapes;
use super::version::Version;
use super::walk::section_2_0;
use crate::diagnostic::{Code, Diagnostic, Outcome, Severity};
use crate::model::{Contact, Document, ExternalDocs, Info, License, Tag};
use crate::source::NodeRef;

impl<'a> Reader<'a> {
    /// Reads everything.
    pub(super) fn document(mut self) -> Outcome<Document> {
        let Some(root) = self.object(self.root, &shapes::DOCUMENT) else {
            return Outcome::failed(self.diagnostics);
        };
        self.document.at = root.at();
        let version = self.version(root.node);
        let key = ["openapi", "swagger"].into_iter().find(|key| root.get(key).is_some()).unwrap_or(version.key());
        self.document.version = self.string(root, key).unwrap_or_default();
        self.document.info = self.info(root);
        self.document.servers = self.document_servers(root);
        self.media_types_of_document(root);
        self.document.tags = self.tags(root);
        self.document.external_docs = self.external_docs(root);
        self.document.extensions = Self::extensions(root);
        self.check_dialect(root, "jsonSchemaDialect");
        if version == Version::V2_0 {
            self.components(root, section_2_0);
        }
        if let Some(components) = self.object_under(root, "components", &shapes::COMPONENTS) {
            self.components(components, Some);
        }
        self.document.security = self.security(root).unwrap_or_default();
        self.paths(root);
        self.unused_path_items(root);
        self.waiting_schemas();
        self.name_schemas();
        self.check_schema_cycles();
        self.report_not_generated();
        Outcome::new(self.document, self.diagnostics)
    }

    /// Reads what an object declares: the components, or the root in 2.0, which has other names for
    /// some sections and none for the others.
    fn components(&mut self, object: Object<'a>, key: fn(&'static str) -> Option<&'static str>) {
        let schemas = self.section(object, key("schemas"));
        self.declared_schemas(&schemas);
        for (name, node) in self.section(object, key("securitySchemes")) {
            if let Some(scheme) = self.security_scheme(node) {
                self.document.security_schemes.insert(name.to_owned(), scheme);
            }
        }
        for node in self.declared(object, key("parameters")) {
            if self.body_part(node).is_none() {
                self.parameter(node);
            }
        }
        for node in self.declared(object, key("headers")) {
            self.header(node);
        }
        for node in self.declared(object, key("examples")) {
            self.declared_example(node);
        }
        for node in self.declared(object, key("links")) {
            self.check_link(node);
        }
        for node in self.declared(object, key("mediaTypes")) {
            self.declared_media_type(node);
        }
        for node in self.declared(object, key("requestBodies")) {
            self.request_body(node);
        }
        for node in self.declared(object, key("responses")) {
            self.response(node);
        }
    }

    fn section(&mut self, object: Object<'a>, key: Option<&'static str>) -> Vec<(&'a str, NodeRef<'a>)> {
        key.map(|key| self.members(object, key)).unwrap_or_default()
    }

    /// What a section of the components declares, the names given to what is in other files.
    fn declared(&mut self, object: Object<'a>, key: Option<&'static str>) -> Vec<NodeRef<'a>> {
        let members = self.section(object, key);
        for (name, node) in &members {
            self.claim(name, *node);
        }
        members.into_iter().map(|(_, node)| node).collect()
    }

    fn info(&mut self, root: Object<'a>) -> Info {
        if root.get("info").is_none() {
            self.missing_with_default(root, "info", "an API without a name");
            return Info { at: root.at(), ..Info::default() };
        }
        let Some(info) = self.object_under(root, "info", &shapes::INFO) else { return Info::default() };
        for key in ["title", "version"] {
            if info.get(key).is_none() {
                self.missing_with_default(info, key, "the empty text");
            }
        }
        Info {
            at: info.at(),
            title: self.string(info, "title").unwrap_or_default(),
            version: self.string(info, "version").unwrap_or_default(),
            summary: self.string(info, "summary"),
            description: self.string(info, "description"),
            terms_of_service: self.string(info, "termsOfService"),
            contact: self.contact(info),
            license: self.license(info),
            extensions: Self::extensions(info),
        }
    }

    fn contact(&mut self, info: Object<'a>) -> Option<Contact> {
        let contact = self.object_under(info, "contact", &shapes::CONTACT)?;
        Some(Contact {
            at: contact.at(),
            name: self.string(contact, "name"),
            url: self.string(contact, "url"),
            email: self.string(contact, "email"),
        })
    }

    fn license(&mut self, info: Object<'a>) -> Option<License> {
        let license = self.object_under(info, "license", &shapes::LICENSE)?;
        if license.get("name").is_none() {
            self.missing_with_default(license, "name", "the empty text");
        }
        Some(License {
            at: license.at(),
            name: self.string(license, "name").unwrap_or_default(),
            identifier: self.string(license, "identifier"),
            url: self.string(license, "url"),
        })
    }

    fn tags(&mut self, root: Object<'a>) -> Vec<Tag> {
        self.items(root, "tags").into_iter().filter_map(|node| self.tag(node)).collect()
    }

    fn tag(&mut self, node: NodeRef<'a>) -> Option<Tag> {
        let tag = self.object(node, &shapes::TAG)?;
        Some(Tag {
            at: tag.at(),
            name: self.required_string(tag, "name")?,
            summary: self.string(tag, "summary"),
            description: self.string(tag, "description"),
            parent: self.string(tag, "parent"),
            kind: self.string(tag, "kind"),
            external_docs: self.external_docs(tag),
            extensions: Self::extensions(tag),
        })
    }

    /// The page outside of the document that an object names.
    pub(super) fn external_docs(&mut self, object: Object<'a>) -> Option<ExternalDocs> {
        let docs = self.object_under(object, "externalDocs", &shapes::EXTERNAL_DOCS)?;
        Some(ExternalDocs {
            at: docs.at(),
            url: self.required_string(docs, "url")?,
            description: self.string(docs, "description"),
        })
    }

    /// One note for all links and one for all callbacks: a document may have hundreds.
    fn report_not_generated(&mut self) {
        for (found, what) in [(self.links, "links"), (self.callbacks, "callbacks"), (self.webhooks, "webhooks")] {
            let Some((at, count)) = found else { continue };
            self.report(
                Diagnostic::new(Code::NotGenerated, format!("nothing is generated from {what}"))
                    .at(at.key(), places(count))
                    .help("nothing needs to be done: clients do not need them"),
            );
        }
        if let Some((at, count)) = self.needless_allow_reserved {
            self.report(
                Diagnostic::new(Code::InvalidValue, "`allowReserved: false` stands where the key has no meaning")
                    .severity(Severity::Note)
                    .at(at.key(), places(count))
                    .help("nothing needs to be done: it is false"),
            );
        }
        self.report_assumed_media_types();
    }
}

fn places(count: usize) -> String {
    if count == 1 { "here".to_owned() } else { format!("the first of {count} places") }
}
