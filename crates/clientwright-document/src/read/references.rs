//! References.
//!
//! In: the text of a `$ref` (RFC 3986, with a JSON pointer as its fragment). Out: the node it
//! means. Never: a file that was not loaded, or an endless walk.

use super::context::Reader;
use super::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::source::{Kind, NodeRef};

impl<'a> Reader<'a> {
    /// The text of a reference, where an object is one.
    pub(super) fn reference_in(&mut self, node: NodeRef<'a>) -> Option<(NodeRef<'a>, &'a str)> {
        let reference = node.get("$ref")?;
        let text = reference.as_str();
        if text.is_none() {
            self.wrong_type(reference, "a string");
        }
        text.map(|text| (reference, text))
    }

    /// Follows references until something that is none; `None`, with a report, where that fails.
    pub(super) fn follow(&mut self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let mut current = node;
        let mut visited = Vec::new();
        while current.get("$ref").is_some() {
            let (reference, text) = self.reference_in(current)?;
            if visited.contains(&current.at()) {
                self.report_cycle(reference);
                return None;
            }
            visited.push(current.at());
            current = self.target(reference, text)?;
        }
        Some(current)
    }

    /// Follows a reference that stands where the specification has none, and says so.
    pub(super) fn follow_misplaced(&mut self, node: NodeRef<'a>, place: &str) -> Option<NodeRef<'a>> {
        let Some(reference) = node.get("$ref") else { return Some(node) };
        let found = self.follow(node)?;
        self.report(
            Diagnostic::new(Code::MisplacedReference, format!("a {place} cannot be a reference"))
                .at(reference.at(), "expected the object itself, found a reference; followed all the same")
                .help("other tools may not follow it: write the object here"),
        );
        Some(found)
    }

    /// The node a reference means; `None`, with a report at every use, where there is none.
    pub(super) fn target(&mut self, reference: NodeRef<'a>, text: &'a str) -> Option<NodeRef<'a>> {
        let Some(fragment) = text.strip_prefix('#') else {
            self.report_elsewhere(reference, text);
            return None;
        };
        let found = *self.targets.entry(text).or_insert_with(|| {
            let pointer = percent_decoded(fragment)?;
            self.root.resolve(&pointer).map(NodeRef::at)
        });
        if found.is_none() {
            self.report_unresolved(reference, text);
        }
        found.map(|at| self.sources.node(at))
    }

    /// The name of a component, where a node stands directly in a section of the components.
    pub(super) fn component(&self, node: NodeRef<'a>, section: &str) -> Option<String> {
        let parent = node.parent()?;
        let components = parent.parent()?;
        let is_component = parent.key() == Some(section)
            && components.key() == Some("components")
            && components.parent()?.at() == self.root.at();
        is_component.then(|| node.key().map(str::to_owned))?
    }

    pub(super) fn report_cycle(&mut self, reference: NodeRef<'a>) {
        self.report(
            Diagnostic::new(Code::ReferenceCycle, "the reference leads back to itself")
                .at(reference.at(), "expected something else than references at the end; left out")
                .help("replace one of the references by what is meant"),
        );
    }

    fn report_elsewhere(&mut self, reference: NodeRef<'a>, text: &str) {
        let near = self.near_component(text);
        let help = match near {
            Some(near) => format!("did you mean {}?", quoted(&near)),
            None => "put the target into this document and begin the reference with `#/`".to_owned(),
        };
        self.report(
            Diagnostic::new(Code::UnsupportedReference, format!("the reference {} is not supported yet", quoted(text)))
                .at(reference.at(), "expected a place in this document (`#/…`), found another file; left out")
                .help(help),
        );
    }

    fn report_unresolved(&mut self, reference: NodeRef<'a>, text: &str) {
        let help = match self.near_component(text) {
            Some(near) => format!("did you mean {}?", quoted(&near)),
            None => "correct the reference, or add what it names".to_owned(),
        };
        self.report(
            Diagnostic::new(Code::UnresolvedReference, format!("{} does not exist", quoted(text)))
                .at(reference.at(), "expected a place in this document, found none; left out")
                .help(help),
        );
    }

    /// A reference that exists and looks much like this one.
    fn near_component(&self, text: &str) -> Option<String> {
        let (parent, name) = text.rsplit_once('/').unwrap_or(("", text));
        if let Some(siblings) = parent.strip_prefix('#').and_then(|parent| self.root.resolve(parent))
            && let Some(near) = nearest(name, siblings.entries().map(|(key, _)| key))
        {
            return Some(format!("{parent}/{near}"));
        }
        let sections = self.root.get("components")?.entries();
        let mut sections = sections.filter(|(_, section)| section.kind() == Kind::Object);
        let (section, _) = sections.find(|(_, section)| section.get(name).is_some())?;
        Some(format!("#/components/{section}/{name}"))
    }
}

/// A URI fragment without its percent-encoding; `None` where that is broken.
fn percent_decoded(fragment: &str) -> Option<String> {
    if !fragment.contains('%') {
        return Some(fragment.to_owned());
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
