//! Paths and operations.
//!
//! In: the Paths Object (`OpenAPI` 3.0.4, section 4.7.8). Out: path items and their operations, in
//! document order. Never: an operation lost because a part of it could not be read.

use super::context::{Object, Reader};
use super::shapes;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, Severity, quoted};
use crate::model::{Location, Method, Operation, OperationId, ParameterId, PathItem, ResponseId, StatusKey};
use crate::source::NodeRef;

/// The keys of a Path Item Object that are operations.
const METHODS: [(&str, Method); 9] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
    ("query", Method::Query),
];

impl<'a> Reader<'a> {
    /// Reads all paths into the document.
    pub(super) fn paths(&mut self, root: Object<'a>) {
        let is_optional = self.version(root.node) >= Version::V3_1
            && ["components", "webhooks"].iter().any(|other| root.get(other).is_some());
        if root.get("paths").is_none() && !is_optional {
            self.missing_with_default(root, "paths", "an API without operations");
        }
        for (path, node) in self.members(root, "paths") {
            if path.starts_with("x-") {
                continue;
            }
            let path = self.checked_path(path, node);
            if let Some(item) = self.path_item(path, node) {
                self.document.paths.push(item);
            }
        }
        let webhooks = self.members(root, "webhooks");
        if let Some(node) = root.get("webhooks").filter(|_| !webhooks.is_empty()) {
            self.webhooks.get_or_insert((node.at(), 0)).1 += webhooks.len();
        }
        for (name, node) in webhooks {
            if let Some(item) = self.path_item(name.to_owned(), node) {
                self.document.webhooks.push(item);
            }
        }
    }

    /// Reads the declared path items that no path is made of, for what is wrong with them.
    pub(super) fn unused_path_items(&mut self, root: Object<'a>) {
        let declared = root.get("components").and_then(|components| components.get("pathItems"));
        for (name, node) in declared.into_iter().flat_map(NodeRef::entries) {
            let end = self.quiet_end(node);
            if !name.starts_with("x-") && !self.read.path_items.contains(&end.at()) {
                let item = self.path_item(name.to_owned(), node);
                self.document.unused_path_items.extend(item);
            }
        }
    }

    fn checked_path(&mut self, path: &str, node: NodeRef<'a>) -> String {
        if path.starts_with('/') {
            return path.to_owned();
        }
        let assumed = format!("/{path}");
        self.report(
            Diagnostic::new(Code::InvalidPath, format!("the path {} does not begin with a slash", quoted(path)))
                .at(node.at().key(), format!("expected a path such as `/pets`; read as {}", quoted(&assumed)))
                .help(format!("write {}", quoted(&assumed))),
        );
        assumed
    }

    fn path_item(&mut self, path: String, node: NodeRef<'a>) -> Option<PathItem> {
        let node = self.follow(node)?;
        let object = self.object(node, &shapes::PATH_ITEM)?;
        self.read.path_items.insert(node.at());
        let mut item = PathItem {
            at: object.at(),
            path,
            summary: self.string(object, "summary"),
            description: self.string(object, "description"),
            servers: self.servers(object),
            parameters: self.parameters(object, &[]),
            operations: Vec::new(),
            extensions: Self::extensions(object),
        };
        for (key, value) in object.node.entries() {
            if let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == key) {
                item.operations.extend(self.operation(object, &item, method.clone(), value));
            }
        }
        for (name, value) in self.members(object, "additionalOperations") {
            if let Some(method) = self.additional_method(object, name, value) {
                item.operations.extend(self.operation(object, &item, method, value));
            }
        }
        Some(item)
    }

    /// A method under `additionalOperations`, where those should not stand that have a key of their own.
    fn additional_method(&mut self, item: Object<'a>, name: &str, node: NodeRef<'a>) -> Option<Method> {
        let Some((key, method)) = METHODS.iter().find(|(_, method)| method.as_str() == name) else {
            return Some(Method::Other(name.to_owned()));
        };
        let sound = item.get(key).is_none();
        let (label, severity) = if sound {
            ("read as if it stood there", Severity::Note)
        } else {
            ("left out, because it stands there too", Severity::Warning)
        };
        self.report(
            Diagnostic::new(Code::InvalidValue, format!("the method {name} has a key of its own"))
                .severity(severity)
                .at(node.at().key(), format!("expected it under {}; {label}", quoted(key)))
                .help(format!("move the operation to {}", quoted(key))),
        );
        sound.then(|| method.clone())
    }

    fn operation(
        &mut self,
        holder: Object<'a>,
        item: &PathItem,
        method: Method,
        node: NodeRef<'a>,
    ) -> Option<OperationId> {
        let object = self.object(node, &shapes::OPERATION)?;
        self.media_types_of_operation(object);
        let callbacks = self.members(object, "callbacks").len();
        if let Some(node) = object.get("callbacks").filter(|_| callbacks > 0) {
            self.callbacks.get_or_insert((node.at(), 0)).1 += 1;
        }
        let operation = Operation {
            at: object.at(),
            path: item.path.clone(),
            method,
            operation_id: self.operation_id(object),
            summary: self.string(object, "summary"),
            description: self.string(object, "description"),
            tags: self.strings(object, "tags"),
            deprecated: self.flag(object, "deprecated"),
            parameters: self.parameters(object, &item.parameters),
            request_body: match object.get("requestBody") {
                Some(node) => self.request_body(node),
                None => self.body_of_parameters(holder, object),
            },
            responses: self.responses(object),
            security: self.security(object),
            servers: self.operation_servers(object),
            callbacks,
            external_docs: self.external_docs(object),
            extensions: Self::extensions(object),
        };
        Some(self.document.operations.insert(operation))
    }

    /// The operation's name, unless another operation has it.
    fn operation_id(&mut self, object: Object<'a>) -> Option<String> {
        let name = self.string(object, "operationId")?;
        let node = object.get("operationId")?;
        // A path item that several paths refer to is read once for each of them.
        let key = node.as_str().unwrap_or_default();
        let Some(first) = self.operation_ids.get(key).copied() else {
            self.operation_ids.insert(key, node.at());
            return Some(name);
        };
        let diagnostic =
            Diagnostic::new(Code::DuplicateOperationId, format!("two operations have the name {}", quoted(&name)));
        self.report(
            diagnostic
                .at(node.at(), "the second gets a name made from its method and path")
                .also(first, "the first")
                .help("expected a name of its own for each operation: rename one of the two"),
        );
        None
    }

    /// The parameters of a path or an operation, none twice; `inherited` are those that an operation has of its path.
    fn parameters(&mut self, object: Object<'a>, inherited: &[ParameterId]) -> Vec<ParameterId> {
        let mut ids: Vec<ParameterId> = Vec::new();
        for node in self.items(object, "parameters") {
            if self.body_part(node).is_some() {
                continue;
            }
            let Some(id) = self.parameter(node) else { continue };
            if let Some(first) = ids.iter().copied().find(|first| self.is_same_parameter(*first, id)) {
                self.report_duplicate_parameter(first, node);
            } else {
                ids.push(id);
            }
        }
        self.check_whole_query(&ids, inherited);
        ids
    }

    /// Reports parameters of the query beside one that is all of it.
    fn check_whole_query(&mut self, own: &[ParameterId], inherited: &[ParameterId]) {
        let find = |ids: &[ParameterId], location| {
            let mut parameters = ids.iter().map(|id| &self.document.parameters[*id]);
            parameters.find(|one| one.location == location).map(|one| one.at)
        };
        let (whole, part) = (find(own, Location::QueryString), find(own, Location::Query));
        // What stands in one list with the other was told there.
        let (whole, part) = match (whole, part) {
            (Some(whole), None) => (Some(whole), find(inherited, Location::Query)),
            (None, Some(part)) => (find(inherited, Location::QueryString), Some(part)),
            both => both,
        };
        let (Some(whole), Some(part)) = (whole, part) else { return };
        let diagnostic = Diagnostic::new(Code::InvalidValue, "`in: querystring` and `in: query` exclude each other")
            .at(whole, "the whole query")
            .also(part, "a part of it")
            .help("remove one of the two, or describe the part in the schema of the whole");
        self.report(diagnostic);
    }

    fn is_same_parameter(&self, first: ParameterId, second: ParameterId) -> bool {
        let (first, second) = (&self.document.parameters[first], &self.document.parameters[second]);
        let is_whole = first.location == Location::QueryString;
        first.location == second.location && (is_whole || first.name == second.name)
    }

    fn report_duplicate_parameter(&mut self, first: ParameterId, second: NodeRef<'a>) {
        let first = &self.document.parameters[first];
        let (name, location, at) = (quoted(&first.name), first.location.as_str(), first.at);
        self.report(
            Diagnostic::new(Code::DuplicateParameter, format!("the {location} parameter {name} stands twice"))
                .at(second.at(), "the second, left out")
                .also(at, "the first")
                .help("expected one parameter for each name and location: remove or rename one of the two"),
        );
    }

    fn responses(&mut self, object: Object<'a>) -> Vec<(StatusKey, ResponseId)> {
        if object.get("responses").is_none() && self.version(object.node) < Version::V3_1 {
            self.missing_with_default(object, "responses", "an operation whose responses are not described");
        }
        let mut responses: Vec<(StatusKey, ResponseId)> = Vec::new();
        for (key, node) in self.members(object, "responses") {
            if key.starts_with("x-") {
                continue;
            }
            let Some(status) = status_key(key) else {
                self.report_status(key, node, "is not a status");
                continue;
            };
            let Some(id) = self.response(node) else { continue };
            if responses.iter().any(|(found, _)| *found == status) {
                self.report_status(key, node, "stands here already");
            } else {
                responses.push((status, id));
            }
        }
        responses
    }

    fn report_status(&mut self, key: &str, node: NodeRef<'a>, what: &str) {
        let title = format!("{} {what}", quoted(key));
        self.report(
            Diagnostic::new(Code::InvalidStatus, title)
                .at(
                    node.at().key(),
                    "expected a status from `100` to `599`, a range such as `4XX`, or `default`; left out",
                )
                .help("write the status that the server answers with, each once"),
        );
    }
}

/// The status a key means. Upper and lower case are the same.
pub(super) fn status_key(key: &str) -> Option<StatusKey> {
    if key.eq_ignore_ascii_case("default") {
        return Some(StatusKey::Default);
    }
    let digit = key.bytes().next().filter(|byte| (b'1'..=b'5').contains(byte))?;
    match key.get(1..) {
        Some(rest) if rest.eq_ignore_ascii_case("xx") => Some(StatusKey::Range(digit - b'0')),
        Some(rest) if rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit()) => {
            key.parse().ok().map(StatusKey::Code)
        }
        Some(_) | None => None,
    }
}
