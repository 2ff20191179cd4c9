//! References.
//!
//! In: a `$ref` (RFC 3986, with a JSON pointer as its fragment). Out: the node it means, in
//! whichever file. Never: an endless walk; nothing that was not loaded before.

use std::collections::HashSet;

use super::context::Reader;
use super::files::{Missing, root_of};
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::source::{At, Kind, NodeRef};

impl<'a> Reader<'a> {
    /// The text of a reference, where an object is one.
    pub(super) fn reference_in(&mut self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let reference = node.get("$ref")?;
        if reference.kind() != Kind::String {
            self.wrong_type(reference, "a string");
            return None;
        }
        Some(reference)
    }

    /// Follows references until something that is none; `None`, with a report, where that fails.
    pub(super) fn follow(&mut self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let mut current = node;
        let mut visited = HashSet::new();
        while current.get("$ref").is_some() {
            let reference = self.reference_in(current)?;
            if !visited.insert(current.at()) {
                self.report_cycle(reference);
                return None;
            }
            self.check_reference_siblings(current);
            current = self.target(reference)?;
        }
        Some(current)
    }

    /// Follows a reference that stands where the specification has none, and says so.
    pub(super) fn follow_misplaced(&mut self, node: NodeRef<'a>, place: &str) -> Option<NodeRef<'a>> {
        let Some(reference) = node.get("$ref") else { return Some(node) };
        let found = self.follow(node)?;
        self.report(
            Diagnostic::new(Code::MisplacedReference, format!("a reference cannot stand for this {place}"))
                .at(reference.at(), "expected the object itself, found a reference; followed all the same")
                .help("other tools may not follow it: write the object here"),
        );
        Some(found)
    }

    /// The node a reference means; `None`, with a report at every use, where there is none.
    pub(super) fn target(&mut self, reference: NodeRef<'a>) -> Option<NodeRef<'a>> {
        match self.files.locate(self.sources, reference) {
            Ok(found) => Some(self.reached(found)),
            Err(missing) => {
                self.report_missing(reference, missing);
                None
            }
        }
    }

    /// Where an object leads that is a reference; `None`, without a report, where that cannot be told.
    pub(super) fn quiet_target(&mut self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let reference = node.get("$ref").filter(|reference| reference.kind() == Kind::String)?;
        let found = self.files.locate(self.sources, reference).ok()?;
        Some(self.reached(found))
    }

    /// What a node is once the references that can be followed were followed; nothing is reported.
    pub(super) fn quiet_end(&mut self, node: NodeRef<'a>) -> NodeRef<'a> {
        let mut visited = HashSet::new();
        let mut current = node;
        while visited.insert(current.at())
            && let Some(next) = self.quiet_target(current)
        {
            current = next;
        }
        current
    }

    /// A node that a reference leads to. What is wrong with its file counts from now on.
    fn reached(&mut self, at: At) -> NodeRef<'a> {
        let faults = self.files.take_faults(self.sources, at);
        self.diagnostics.extend(faults);
        self.sources.node(at)
    }

    /// The text that 3.1 lets a reference put in place of its target's.
    pub(super) fn text_beside(&mut self, node: NodeRef<'a>, key: &str) -> Option<String> {
        node.get("$ref")?;
        let text = node.get(key).filter(|_| self.version(node) >= Version::V3_1)?;
        self.text(text)
    }

    /// Reports what stands beside a reference that is not to a schema, and is ignored there.
    fn check_reference_siblings(&mut self, node: NodeRef<'a>) {
        let is_fine = |key: &str| matches!(key, "$ref" | "summary" | "description") || key.starts_with("x-");
        let ignored: Vec<_> = node.entries().filter(|(key, _)| !is_fine(key)).collect();
        let Some((_, first)) = ignored.first() else { return };
        let keys = ignored.iter().map(|(key, _)| quoted(key)).collect::<Vec<_>>().join(", ");
        self.report(
            Diagnostic::new(Code::ReferenceSibling, format!("beside a `$ref`, {keys} cannot stand"))
                .at(first.at().key(), "expected `$ref` alone; ignored")
                .help("write these keys into what the reference names"),
        );
    }

    pub(super) fn report_cycle(&mut self, reference: NodeRef<'a>) {
        self.report(
            Diagnostic::new(Code::ReferenceCycle, "the reference leads back to itself")
                .at(reference.at(), "expected something else than references at the end; left out")
                .help("replace one of the references by what is meant"),
        );
    }

    fn report_missing(&mut self, reference: NodeRef<'a>, missing: Missing) {
        let text = reference.as_str().unwrap_or_default();
        let near = self.near_component(reference, text).or_else(|| match &missing {
            Missing::Place { resource } => self.near_place(*resource, text),
            Missing::Remote | Missing::Unknown(_) | Missing::Broken(_) => None,
        });
        let near = near.map(|near| format!("did you mean {}?", quoted(&near)));
        match missing {
            Missing::Remote => self.report(
                Diagnostic::new(Code::UnsupportedReference, format!("{} is never fetched", quoted(text)))
                    .at(reference.at(), "expected a place in a file, or a URL that a file stands for; left out")
                    .help(near.unwrap_or_else(|| {
                        "save what it names, and say where under `urls`: `\"https://…/\" = \"FOLDER\"`".to_owned()
                    })),
            ),
            Missing::Unknown(name) | Missing::Broken(name) => self.report_broken(reference, &name, near),
            Missing::Place { .. } => self.report(
                Diagnostic::new(Code::UnresolvedReference, format!("{} does not exist", quoted(text)))
                    .at(reference.at(), "expected a place in this document, found none; left out")
                    .help(near.unwrap_or_else(|| "correct the reference, or add what it names".to_owned())),
            ),
        }
    }

    fn report_broken(&mut self, reference: NodeRef<'a>, name: &str, near: Option<String>) {
        let broken = self.files.take_broken(name);
        let (refused, faults) = broken.map(|broken| (broken.refused, broken.faults)).unwrap_or_default();
        self.diagnostics.extend(faults);
        let title = format!("the file {} cannot be read", quoted(name));
        let unreadable =
            || Diagnostic::new(Code::UnresolvedReference, title).help("correct what is wrong with the file");
        let diagnostic = refused.unwrap_or_else(unreadable).at(reference.at(), "left out");
        self.report(match near {
            Some(near) => diagnostic.help(near),
            None => diagnostic,
        });
    }

    /// A reference into the same file that exists and looks much like this one.
    fn near_component(&self, reference: NodeRef<'a>, text: &str) -> Option<String> {
        let root = self.sources.node(root_of(self.sources, reference.at()));
        let (parent, name) = text.rsplit_once('/').unwrap_or(("", text));
        if let Some(siblings) = parent.strip_prefix('#').and_then(|parent| root.resolve(parent))
            && let Some(near) = nearest_key(siblings, name)
        {
            return Some(format!("{parent}/{near}"));
        }
        let (holder, place) = match root.get("components") {
            Some(components) => (components, "#/components"),
            None => (root, "#"),
        };
        let is_section = |key: &str| place != "#" || matches!(key, "definitions" | "parameters" | "responses");
        let mut sections = holder.entries().filter(|(key, node)| node.kind() == Kind::Object && is_section(key));
        let (section, _) = sections.find(|(_, section)| section.get(name).is_some())?;
        Some(format!("{place}/{section}/{name}"))
    }

    /// A place in another file that looks much like the one a reference names.
    fn near_place(&self, resource: At, text: &str) -> Option<String> {
        let (parent, name) = text.rsplit_once('/')?;
        let (file, pointer) = parent.split_once('#')?;
        let near = nearest_key(self.sources.node(resource).resolve(pointer)?, name)?;
        Some(format!("{file}#{pointer}/{near}"))
    }
}

fn nearest_key<'a>(object: NodeRef<'a>, name: &str) -> Option<&'a str> {
    crate::diagnostic::nearest(name, object.entries().map(|(key, _)| key))
}
