//! Where an API is served.
//!
//! In: Server Objects, and what 2.0 has in their place: `host`, `basePath` and `schemes`. Out: servers. Never: a host that
//! the document does not name; without one the server is a path, relative to wherever the document is served.

use indexmap::IndexMap;

use super::context::{Object, Reader};
use super::shapes;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::model::{Server, ServerVariable};
use crate::source::{At, Kind, NodeRef};

/// The values of `schemes` in the order in which clients prefer them; the others are not HTTP.
const SCHEMES: [&str; 2] = ["https", "http"];

impl<'a> Reader<'a> {
    /// The servers of the document.
    pub(super) fn document_servers(&mut self, root: Object<'a>) -> Vec<Server> {
        let is_2_0 = self.version(root.node) == Version::V2_0 && root.get("servers").is_none();
        if is_2_0 { self.servers_2_0(root) } else { self.servers(root) }
    }

    /// A server for each scheme of 2.0, `https` first, because the first is used where nobody chooses.
    fn servers_2_0(&mut self, root: Object<'a>) -> Vec<Server> {
        let schemes = self.strings(root, "schemes");
        let path = self.base_path(root);
        let Some(host) = self.host(root) else {
            let Some(node) = root.get("basePath") else { return Vec::new() };
            return vec![server(node.at(), path)];
        };
        let at = root.get("host").map_or(root.at(), NodeRef::at);
        let stated =
            SCHEMES.into_iter().filter(|known| schemes.iter().any(|scheme| scheme.eq_ignore_ascii_case(known)));
        let mut stated: Vec<_> = stated.collect();
        if stated.is_empty() {
            self.report_without_scheme(root);
            stated.push("https");
        }
        // Where there are several, nothing but the scheme tells them apart.
        let has_names = stated.len() > 1;
        let servers = stated.into_iter().map(|scheme| {
            let name = has_names.then(|| scheme.to_owned());
            Server { name, ..server(at, format!("{scheme}://{host}{path}")) }
        });
        servers.collect()
    }

    fn report_without_scheme(&mut self, root: Object<'a>) {
        let diagnostic = match root.get("schemes") {
            Some(node) => Diagnostic::new(Code::InvalidValue, "none of these schemes is called by clients")
                .at(node.at(), "expected `https` or `http`"),
            None => Diagnostic::new(Code::MissingKey, "`schemes` is missing")
                .at(root.at(), "expected `schemes` beside `host`, found none"),
        };
        self.report(diagnostic.severity(Severity::Note).note("read as `https`").help("write `schemes: [https]`"));
    }

    /// The host and its port, without what some write around it.
    fn host(&mut self, root: Object<'a>) -> Option<String> {
        let written = self.string(root, "host")?;
        let host = written.split_once("://").map_or(written.as_str(), |(_, host)| host).trim_end_matches('/');
        if let Some(node) = root.get("host").filter(|_| host != written) {
            self.report(
                Diagnostic::new(Code::InvalidValue, "a host is a name, and a port where there is one")
                    .severity(Severity::Note)
                    .at(node.at(), format!("read as {}", quoted(host)))
                    .help(format!("write `host: {host}`, and the rest under `schemes` and `basePath`")),
            );
        }
        Some(host.to_owned()).filter(|host| !host.is_empty())
    }

    /// What stands before every path; nothing for a single slash, with which paths begin.
    fn base_path(&mut self, root: Object<'a>) -> String {
        let written = self.string(root, "basePath").unwrap_or_default();
        if let Some(node) = root.get("basePath").filter(|_| !written.is_empty() && !written.starts_with('/')) {
            let assumed = format!("/{written}");
            self.report(
                Diagnostic::new(
                    Code::InvalidPath,
                    format!("the path {} does not begin with a slash", quoted(&written)),
                )
                .at(node.at(), format!("expected a path such as `/v1`; read as {}", quoted(&assumed)))
                .help(format!("write {}", quoted(&assumed))),
            );
            return assumed;
        }
        if written == "/" && root.get("host").is_some() { String::new() } else { written }
    }

    /// The servers of an operation; in 2.0 those of the document with other schemes, where the one that is used by
    /// default has none of them.
    pub(super) fn operation_servers(&mut self, operation: Object<'a>) -> Vec<Server> {
        let own = self.servers(operation);
        let Some(node) = operation.get("schemes") else { return own };
        let schemes: Vec<_> = self
            .strings(operation, "schemes")
            .into_iter()
            .filter(|scheme| SCHEMES.contains(&scheme.as_str()))
            .collect();
        let Some((used, rest)) = self.document.servers.first().and_then(|first| first.url.split_once("://")) else {
            return own;
        };
        if schemes.is_empty() || schemes.iter().any(|scheme| scheme == used) {
            return own;
        }
        let other = schemes.into_iter().map(|scheme| {
            let url = format!("{scheme}://{rest}");
            Server { name: Some(scheme), ..server(node.at(), url) }
        });
        own.into_iter().chain(other).collect()
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
        let allowed = self.strings(variable, "enum");
        if let Some(node) =
            variable.get("enum").filter(|node| node.kind() == Kind::List && node.items().next().is_none())
        {
            self.report_no_values(node);
        }
        Some(ServerVariable {
            at: variable.at(),
            default: self.required_string(variable, "default")?,
            allowed,
            description: self.string(variable, "description"),
        })
    }
}

fn server(at: At, url: String) -> Server {
    Server { at, url, ..Server::default() }
}
