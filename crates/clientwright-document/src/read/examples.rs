//! Examples, and the links between operations.
//!
//! In: Example and Link Objects (`OpenAPI` 3.2.0, sections 4.19 and 4.20), and the values under `example`. Out: examples;
//! nothing of a link, which no client follows, but its mistakes count. Never: the value of an example in the model; it
//! stays in its document.

use super::context::{Object, Reader};
use super::media_types::extension_examples;
use super::shapes;
use super::version::Version;
use crate::diagnostic::Severity;
use crate::model::Example;
use crate::source::{Kind, NodeRef};

/// The keys of an Example Object that exclude each other, the one first that says more.
const EXCLUSIVE: [(&str, &str); 4] = [
    ("value", "externalValue"),
    ("value", "dataValue"),
    ("value", "serializedValue"),
    ("serializedValue", "externalValue"),
];

impl<'a> Reader<'a> {
    /// `example` and `examples` of a parameter, a header or a media type, which exclude each other there.
    pub(super) fn exclusive_examples(&mut self, object: Object<'a>) -> Vec<Example> {
        self.check_exclusive(object, ("examples", "example"), Severity::Note, "read as one of the examples");
        self.examples(object)
    }

    /// `example` and `examples` of a parameter, a media type or a schema.
    pub(super) fn examples(&mut self, object: Object<'a>) -> Vec<Example> {
        let mut single: Vec<_> = object.node.get("example").map(unnamed_example).into_iter().collect();
        if self.version(object.node) == Version::V2_0 {
            single.extend(extension_examples(object));
        }
        let Some(node) = object.get("examples") else { return single.into_iter().collect() };
        if node.kind() == Kind::List {
            // JSON Schema's list of values (3.1 and later), which many 3.0 documents use too.
            return single.into_iter().chain(node.items().map(unnamed_example)).collect();
        }
        let named = self.members(object, "examples");
        let named = named.into_iter().filter_map(|(name, node)| self.named_example(name, node));
        single.into_iter().chain(named).collect()
    }

    fn named_example(&mut self, name: &str, node: NodeRef<'a>) -> Option<Example> {
        let summary = self.text_beside(node, "summary");
        let found = self.declared_example(node)?;
        Some(Example { name: Some(name.to_owned()), summary: summary.or(found.summary), ..found })
    }

    /// An Example Object, which has no name of its own; read once.
    pub(super) fn declared_example(&mut self, node: NodeRef<'a>) -> Option<Example> {
        let node = self.follow(node)?;
        if let Some(found) = self.read.examples.get(&node.at()) {
            return found.clone();
        }
        let found = self.new_example(node);
        self.read.examples.insert(node.at(), found.clone());
        found
    }

    fn new_example(&mut self, node: NodeRef<'a>) -> Option<Example> {
        let object = self.object(node, &shapes::EXAMPLE)?;
        for keys in EXCLUSIVE {
            self.check_exclusive(object, keys, Severity::Warning, "not used");
        }
        Some(Example {
            at: object.at(),
            name: None,
            summary: self.string(object, "summary"),
            value: object.node.get("value").or_else(|| object.node.get("dataValue")).map(NodeRef::at),
            serialized: self.string(object, "serializedValue"),
        })
    }

    /// Checks the links of a response, and gives how many there are.
    pub(super) fn links(&mut self, object: Object<'a>) -> usize {
        let links = self.members(object, "links");
        let count = links.len();
        for (_, link) in links {
            self.check_link(link);
        }
        if let Some(node) = object.get("links").filter(|_| count > 0) {
            self.links.get_or_insert((node.at(), 0)).1 += 1;
        }
        count
    }

    /// Checks a link, once.
    pub(super) fn check_link(&mut self, node: NodeRef<'a>) {
        let Some(node) = self.follow(node) else { return };
        if self.read.links.insert(node.at())
            && let Some(object) = self.object(node, &shapes::LINK)
        {
            self.check_exclusive(object, ("operationId", "operationRef"), Severity::Note, "no link is followed");
        }
    }
}

fn unnamed_example(node: NodeRef<'_>) -> Example {
    Example { at: node.at(), name: None, summary: None, value: Some(node.at()), serialized: None }
}
