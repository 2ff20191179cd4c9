//! The document itself: what it is, where it is served, what it declares.
//!
//! In: the root object. Out: the [`Document`], all of it. Never: a component unread because
//! nothing refers to it; its mistakes count too.

use indexmap::IndexMap;

use super::context::{Object, Reader};
use super::shapes;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::{Contact, Document, ExternalDocs, Info, License, Server, ServerVariable, Tag};
use crate::source::{At, NodeRef};

impl<'a> Reader<'a> {
    /// Reads everything.
    pub(super) fn document(mut self) -> Outcome<Document> {
        let Some(root) = self.object(self.root, &shapes::DOCUMENT) else {
            return Outcome::failed(self.diagnostics);
        };
        self.document.at = root.at();
        self.document.version = self.string(root, "openapi").unwrap_or_default();
        self.document.info = self.info(root);
        self.document.servers = self.servers(root);
        self.document.tags = self.tags(root);
        self.document.external_docs = self.external_docs(root);
        self.document.extensions = Self::extensions(root);
        self.check_dialect(root, "jsonSchemaDialect");
        if let Some(components) = self.object_under(root, "components", &shapes::COMPONENTS) {
            self.components(components);
        }
        self.document.security = self.security(root).unwrap_or_default();
        self.paths(root);
        self.waiting_schemas();
        self.name_schemas();
        self.check_schema_cycles();
        self.report_not_generated();
        Outcome::new(self.document, self.diagnostics)
    }

    fn components(&mut self, components: Object<'a>) {
        let schemas = self.members(components, "schemas");
        self.declared_schemas(&schemas);
        for (name, node) in self.members(components, "securitySchemes") {
            if let Some(scheme) = self.security_scheme(node) {
                self.document.security_schemes.insert(name.to_owned(), scheme);
            }
        }
        for node in self.declared(components, "parameters") {
            self.parameter(node);
        }
        for node in self.declared(components, "headers") {
            self.header(node);
        }
        for node in self.declared(components, "requestBodies") {
            self.request_body(node);
        }
        for node in self.declared(components, "responses") {
            self.response(node);
        }
    }

    /// What a section of the components declares, the names given to what is in other files.
    fn declared(&mut self, components: Object<'a>, section: &str) -> Vec<NodeRef<'a>> {
        let members = self.members(components, section);
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

    /// The servers of a document, a path or an operation.
    pub(super) fn servers(&mut self, object: Object<'a>) -> Vec<Server> {
        self.items(object, "servers").into_iter().filter_map(|node| self.server(node)).collect()
    }

    fn server(&mut self, node: NodeRef<'a>) -> Option<Server> {
        let server = self.object(node, &shapes::SERVER)?;
        let variables = self.members(server, "variables");
        let variables = variables
            .into_iter()
            .filter_map(|(name, node)| self.server_variable(node).map(|variable| (name.to_owned(), variable)));
        let variables: IndexMap<_, _> = variables.collect();
        Some(Server {
            at: server.at(),
            url: self.required_string(server, "url")?,
            description: self.string(server, "description"),
            name: self.string(server, "name"),
            variables,
            extensions: Self::extensions(server),
        })
    }

    fn server_variable(&mut self, node: NodeRef<'a>) -> Option<ServerVariable> {
        let variable = self.object(node, &shapes::SERVER_VARIABLE)?;
        Some(ServerVariable {
            at: variable.at(),
            default: self.required_string(variable, "default")?,
            allowed: self.strings(variable, "enum"),
            description: self.string(variable, "description"),
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
        let mut report = |found: Option<(At, usize)>, what: &str| {
            let Some((at, count)) = found else { return };
            self.diagnostics.push(
                Diagnostic::new(Code::NotGenerated, format!("nothing is generated from {what}"))
                    .at(at.key(), if count == 1 { "here".to_owned() } else { format!("the first of {count} places") })
                    .help("nothing needs to be done: clients do not need them"),
            );
        };
        report(self.links, "links");
        report(self.callbacks, "callbacks");
        report(self.webhooks, "webhooks");
    }
}
