//! Names of what is declared, in whichever file.
//!
//! In: nodes that somebody refers to. Out: the name a person would expect for each: the one the
//! root document gives it, else the last step of its pointer under `components`, `definitions` or
//! `$defs`, else the name of its file. Never: two schemas with one name, or a name that depends on
//! the order in which things are referred to.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::context::Reader;
use super::files::{name_of, root_of};
use super::shapes;
use super::version::Version;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::SchemaId;
use crate::source::{At, NodeRef, stem};

/// What is known about names while a document is read.
#[derive(Default)]
pub(super) struct Names {
    /// Names that the root document gives to places in other files.
    claimed: HashMap<At, String>,
    /// Schemas that somebody refers to, by their places.
    referred: IndexMap<At, SchemaId>,
}

/// Folders that say nothing about what is in them.
const PLAIN_FOLDERS: [&str; 8] = ["schemas", "schema", "models", "model", "components", "definitions", "defs", "types"];

impl<'a> Reader<'a> {
    /// The name of a parameter, a header, a body or a response that is declared in a section of the
    /// components.
    pub(super) fn component(&self, node: NodeRef<'a>, section: &str) -> Option<String> {
        let claimed = self.names.claimed.get(&node.at()).cloned();
        claimed.or_else(|| self.name_by_place(node, section)).filter(|name| !is_status(section, name))
    }

    /// Gives what a name of the root document leads to this name, where it is in another file.
    pub(super) fn claim(&mut self, name: &str, node: NodeRef<'a>) {
        let current = self.quiet_end(node);
        if !self.is_in_root(current) {
            self.names.claimed.entry(current.at()).or_insert_with(|| name.to_owned());
        }
    }

    /// Reads the schemas that the root document declares. Where a declaration is nothing but a
    /// reference into another file, what is there is the schema of this name.
    pub(super) fn declared_schemas(&mut self, members: &[(&'a str, NodeRef<'a>)]) {
        let ends: Vec<_> = members.iter().map(|(name, node)| (*name, *node, self.end_elsewhere(*node))).collect();
        let mut owners: HashMap<At, &str> = HashMap::new();
        for (name, _, end) in &ends {
            let Some(end) = end else { continue };
            let own = self.name_by_place(*end, "schemas");
            if own.is_some_and(|own| fold(&own) == fold(name)) {
                owners.insert(end.at(), name);
            } else {
                owners.entry(end.at()).or_insert(name);
            }
        }
        for (name, node, end) in ends {
            let end = end.filter(|end| owners.get(&end.at()) == Some(&name));
            let id = self.schema(end.unwrap_or(node));
            self.read.schemas.insert(node.at(), id);
            if let Some(id) = id {
                self.names.claimed.insert(end.unwrap_or(node).at(), name.to_owned());
                self.document.named_schemas.insert(name.to_owned(), id);
            }
        }
    }

    /// The id of a schema that a reference leads to.
    pub(super) fn referred_schema(&mut self, target: NodeRef<'a>) -> Option<SchemaId> {
        let target = self.beyond_aliases(target);
        let id = self.schema(target)?;
        self.names.referred.insert(target.at(), id);
        Some(id)
    }

    /// Where references lead that are all there is of a schema, as long as they lead into other files.
    fn end_elsewhere(&mut self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let mut visited = HashSet::new();
        let mut end = None;
        let mut current = node;
        while visited.insert(current.at())
            && is_plain_reference(current)
            && let Some(next) = self.quiet_target(current)
            && !self.is_in_root(next)
        {
            end = Some(next);
            current = next;
        }
        end
    }

    /// Passes over schemas of other files that only give a schema the name it has anyway, as the
    /// entries of an index do: `Pet: { $ref: ./Pet.yaml }`.
    fn beyond_aliases(&mut self, node: NodeRef<'a>) -> NodeRef<'a> {
        let mut visited = HashSet::new();
        let mut current = node;
        while visited.insert(current.at())
            && !self.is_in_root(current)
            && is_plain_reference(current)
            && let Some(next) = self.quiet_target(current)
            && self.is_another_name(current, next)
        {
            current = next;
        }
        current
    }

    fn is_another_name(&self, alias: NodeRef<'a>, target: NodeRef<'a>) -> bool {
        let place = |node| self.name_by_place(node, "schemas").map(|name| fold(&name));
        let Some(name) = place(alias) else { return false };
        let claimed = self.names.claimed.get(&target.at()).map(|name| fold(name));
        !self.is_in_root(target) && (claimed.as_ref() == Some(&name) || place(target).as_ref() == Some(&name))
    }

    /// The name that a node has because of where it stands.
    fn name_by_place(&self, node: NodeRef<'a>, section: &str) -> Option<String> {
        let is_elsewhere = !self.is_in_root(node);
        let Some(parent) = node.parent() else {
            let is_part = is_elsewhere && !Version::is_stated_in(node);
            return is_part.then(|| stem(name_of(self.sources, node.at())).to_owned());
        };
        let key = node.key()?;
        let is_root = |node: NodeRef<'a>| node.parent().is_none();
        let above = parent.parent();
        let in_section = parent.key() == Some(section)
            && above.is_some_and(|above| {
                (is_elsewhere || self.version(node) == Version::V2_0) && is_root(above)
                    || above.key() == Some("components") && above.parent().is_some_and(is_root)
            });
        let in_definitions = section == "schemas"
            && matches!(parent.key(), Some("$defs" | "definitions"))
            && !above.is_some_and(|above| matches!(above.key(), Some("properties" | "patternProperties")));
        let in_collection = is_elsewhere && is_root(parent) && !Version::is_stated_in(parent) && !is_keyword(key);
        (in_section || in_definitions || in_collection).then(|| key.to_owned())
    }

    fn is_in_root(&self, node: NodeRef<'a>) -> bool {
        root_of(self.sources, node.at()) == self.root.at()
    }

    /// Gives every schema that was declared, here or in another file, its name.
    pub(super) fn name_schemas(&mut self) {
        let mut taken: HashMap<String, At> = HashMap::new();
        for (name, id) in &self.document.named_schemas {
            let schema = &mut self.document.schemas[*id];
            schema.component.get_or_insert_with(|| name.clone());
            taken.entry(fold(name)).or_insert(schema.at);
        }
        for (name, at, id) in self.incoming_schemas() {
            let name = match taken.get(&fold(&name)).copied() {
                Some(holder) => self.tell_apart(&name, at, holder, &taken),
                None => name,
            };
            taken.insert(fold(&name), at);
            self.document.schemas[id].component = Some(name.clone());
            self.document.named_schemas.insert(name, id);
        }
    }

    /// The schemas that come in by references and should have names, in the order of their files.
    fn incoming_schemas(&self) -> Vec<(String, At, SchemaId)> {
        let referred = self.names.referred.iter();
        let unnamed = referred.filter(|(_, id)| self.document.schemas[**id].component.is_none());
        let named = unnamed.filter_map(|(at, id)| {
            let name = self.name_by_place(self.sources.node(*at), "schemas")?;
            Some((name, *at, *id))
        });
        let mut incoming: Vec<_> = named.collect();
        incoming.sort_by_key(|(_, at, _)| (name_of(self.sources, *at), *at));
        incoming
    }

    /// A name for a schema whose own is another's already: with a word of its place before it.
    fn tell_apart(&mut self, name: &str, at: At, holder: At, taken: &HashMap<String, At>) -> String {
        let others = self.words(holder);
        let words = self.words(at);
        let telling = words.iter().filter(|word| !others.contains(word) && fold(word) != fold(name));
        let free = |candidate: &String| !taken.contains_key(&fold(candidate));
        let mut candidates = telling.chain(&words).map(|word| format!("{word}_{name}"));
        let mut numbered = (2_usize..).map(|number| format!("{name}_{number}"));
        let found = candidates.find(free).or_else(|| numbered.find(free)).unwrap_or_default();
        self.report(
            Diagnostic::new(Code::DuplicateSchemaName, format!("two schemas have the name {}", quoted(name)))
                .at(at, format!("called {}", quoted(&found)))
                .also(holder, "has the name")
                .help("expected a name of its own for each: rename one, or name both in `components/schemas`"),
        );
        found
    }

    /// The words of a place, the nearest first: what it is declared in, its file, its folders.
    fn words(&self, at: At) -> Vec<String> {
        let node = self.sources.node(at);
        let above = std::iter::successors(node.parent(), |node| node.parent());
        let keys = above.filter_map(NodeRef::key).filter(|key| !is_keyword(key));
        let mut words: Vec<_> = keys.map(str::to_owned).collect();
        let file = name_of(self.sources, at);
        if node.parent().is_some() && !self.is_in_root(node) {
            words.push(stem(file).to_owned());
        }
        let folders = file.rsplit('/').skip(1).filter(|folder| !matches!(*folder, "" | "." | ".."));
        words.extend(folders.map(str::to_owned));
        words.retain(|word| !PLAIN_FOLDERS.contains(&word.to_lowercase().as_str()));
        words
    }
}

/// Whether an object is a reference and nothing else.
fn is_plain_reference(node: NodeRef<'_>) -> bool {
    node.get("$ref").is_some() && node.entries().count() == 1
}

/// Whether a key says what stands under it rather than how it is called.
fn is_keyword(key: &str) -> bool {
    let places = ["components", "requestBody", "responses", "parameters", "headers", "content", "schema", "itemSchema"];
    shapes::SCHEMA.knows(key) || places.contains(&key)
}

/// Whether a response is called by its status, which is no name.
fn is_status(section: &str, name: &str) -> bool {
    section == "responses" && super::operations::status_key(name).is_some()
}

/// A name without what conventions of spelling change: case and separators.
fn fold(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
