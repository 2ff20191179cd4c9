//! All files a document consists of.
//!
//! In: the root document and a loader. Out: every file that it refers to, directly or through
//! others, each loaded once; and where every reference leads. Never: a file of which nothing is
//! needed, a URL, or a report: what cannot be read matters only where a reader needs it.

use std::collections::{HashMap, HashSet};

use super::identifiers::Identifiers;
use super::version::Version;
use super::walk::{self, Keys};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{At, FileId, Loader, NodeRef, Sources, is_remote, join, percent_decoded, resolve};

/// The files of a document.
pub(super) struct Files {
    /// By name: the root of each file that was asked for.
    by_name: HashMap<String, Result<At, Broken>>,
    /// The versions of files that state one. The others have the root document's.
    versions: HashMap<FileId, Version>,
    /// The version of the root document.
    version: Version,
    /// What is wrong with files that could be read nevertheless, by their roots.
    faults: HashMap<At, Vec<Diagnostic>>,
    /// The files that stand for URLs which references lead to, as far as there are any.
    for_urls: HashMap<String, Option<String>>,
    /// Where references lead, by the resource they are relative to and their text.
    targets: HashMap<At, HashMap<Box<str>, At>>,
    pub(super) identifiers: Identifiers,
}

/// A file that cannot be read.
#[derive(Clone)]
pub(super) struct Broken {
    /// Why it cannot be loaded; it has no place yet.
    pub(super) refused: Option<Diagnostic>,
    /// What is wrong with its text.
    pub(super) faults: Vec<Diagnostic>,
}

/// Why a reference leads nowhere.
pub(super) enum Missing {
    /// Into a file that nobody asked for.
    Unknown(String),
    /// Into a file that cannot be read.
    Broken(String),
    /// To another host.
    Remote,
    /// To a place that a file does not have.
    Place {
        /// The root of the file, or the schema with an `$id`.
        resource: At,
    },
}

impl Files {
    /// Loads all files of a document.
    pub(super) fn gather(sources: &mut Sources, root: At, version: Version, loader: &dyn Loader) -> Self {
        let mut files = Self {
            by_name: HashMap::new(),
            versions: HashMap::new(),
            version,
            faults: HashMap::new(),
            for_urls: HashMap::new(),
            targets: HashMap::new(),
            identifiers: Identifiers::default(),
        };
        let name = name_of(sources, root).to_owned();
        files.identify(sources, root, &name);
        files.by_name.insert(name, Ok(root));
        let mut visited = HashSet::new();
        let mut waiting = vec![(root, Keys::Fixed)];
        while let Some((start, keys)) = waiting.pop() {
            let documents = [sources.node(root), sources.node(root_of(sources, start))];
            for (reference, keys) in references_below(sources.node(start), keys, documents, &mut visited) {
                waiting.extend(files.fetch(sources, reference, loader).map(|target| (target, keys)));
            }
        }
        files
    }

    /// The target of a reference, its file loaded where it was not yet.
    fn fetch(&mut self, sources: &mut Sources, reference: At, loader: &dyn Loader) -> Option<At> {
        let url = self.url(sources, sources.node(reference));
        if let Some(url) = &url
            && !self.for_urls.contains_key(url)
        {
            self.for_urls.insert(url.clone(), loader.file_for(url));
        }
        match self.locate(sources, sources.node(reference)) {
            Ok(target) => Some(target),
            Err(Missing::Unknown(name)) => {
                // What stands for a URL has it as its base.
                let base = url.filter(|url| self.for_urls.get(url).is_some_and(Option::is_some));
                self.load(sources, &name, base.as_deref(), loader);
                self.locate(sources, sources.node(reference)).ok()
            }
            Err(Missing::Broken(_) | Missing::Remote | Missing::Place { .. }) => None,
        }
    }

    /// The URL that a reference leads to, if it is one.
    fn url(&self, sources: &Sources, reference: NodeRef<'_>) -> Option<String> {
        let text = reference.as_str().unwrap_or_default();
        let address = text.split('#').next().filter(|address| !address.is_empty())?;
        let root = root_of(sources, reference.at());
        let base = self.identifiers.base(reference, root);
        let found = resolve(base.uri.unwrap_or_else(|| name_of(sources, root)), address);
        is_remote(&found).then_some(found)
    }

    fn load(&mut self, sources: &mut Sources, name: &str, base: Option<&str>, loader: &dyn Loader) {
        let outcome = sources.load(name, loader);
        let Some(root) = outcome.value else {
            // The rest of the document can be read without this file.
            let faults = outcome.diagnostics.into_iter().map(|fault| fault.severity(Severity::Warning));
            let (placed, refused): (Vec<_>, Vec<_>) = faults.partition(|fault| !fault.labels.is_empty());
            let broken = Broken { refused: refused.into_iter().next(), faults: placed };
            self.by_name.insert(name.to_owned(), Err(broken));
            return;
        };
        let mut faults = outcome.diagnostics;
        if Version::is_stated_in(sources.node(root)) {
            match Version::of(sources.node(root)) {
                Ok(stated) => {
                    self.versions.extend(sources.file_id(root).map(|file| (file, stated.version)));
                    faults.extend(stated.fault);
                }
                Err(fault) => {
                    let rules = format!("its parts are read by the rules of {}", self.version.as_str());
                    faults.push(fault.severity(Severity::Note).note(rules));
                }
            }
        }
        if !faults.is_empty() {
            self.faults.insert(root, faults);
        }
        if let Some(base) = base {
            self.identifiers.add_resource(root, root, base);
        }
        self.identify(sources, root, base.unwrap_or(name));
        self.by_name.insert(name.to_owned(), Ok(root));
    }

    fn identify(&mut self, sources: &Sources, root: At, name: &str) {
        if self.version(sources, root) >= Version::V3_1 {
            self.identifiers.add(sources, root, name);
        }
    }

    /// The version by which a node is read.
    pub(super) fn version(&self, sources: &Sources, at: At) -> Version {
        if self.versions.is_empty() {
            return self.version;
        }
        let file = sources.file_id(at);
        file.and_then(|file| self.versions.get(&file)).copied().unwrap_or(self.version)
    }

    /// The node that a reference means.
    pub(super) fn locate(&mut self, sources: &Sources, reference: NodeRef<'_>) -> Result<At, Missing> {
        let text = reference.as_str().unwrap_or_default();
        let root = root_of(sources, reference.at());
        let base = self.identifiers.base(reference, root);
        let origin = base.resource;
        if let Some(found) = self.targets.get(&origin).and_then(|targets| targets.get(text)) {
            return Ok(*found);
        }
        let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
        let resource = if address.is_empty() { origin } else { self.resource(sources, root, base.uri, address)? };
        let found = self.place(sources, resource, fragment).ok_or(Missing::Place { resource })?;
        self.targets.entry(origin).or_default().insert(text.into(), found);
        Ok(found)
    }

    /// The file, or the schema with an `$id`, that an address means.
    fn resource(&self, sources: &Sources, root: At, base: Option<&str>, address: &str) -> Result<At, Missing> {
        let file = name_of(sources, root);
        let uri = resolve(base.unwrap_or(file), address);
        if let Some(found) = self.identifiers.resource(&uri) {
            return Ok(found);
        }
        let name = match self.for_urls.get(&uri) {
            Some(Some(name)) => name.clone(),
            Some(None) | None if is_remote(address) => return Err(Missing::Remote),
            Some(None) | None => join(file, &percent_decoded(address).unwrap_or_else(|| address.to_owned())),
        };
        match self.by_name.get(&name) {
            Some(Ok(root)) => Ok(*root),
            Some(Err(_)) => Err(Missing::Broken(name)),
            None => Err(Missing::Unknown(name)),
        }
    }

    /// The node that a fragment means. A pointer that leads nowhere from a schema with an `$id`
    /// is tried from the root of its file, as its author probably meant it.
    fn place(&self, sources: &Sources, resource: At, fragment: &str) -> Option<At> {
        let fragment = percent_decoded(fragment)?;
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return self.identifiers.anchor(resource, &fragment);
        }
        let found = sources.node(resource).resolve(&fragment);
        let found = found.or_else(|| sources.node(root_of(sources, resource)).resolve(&fragment));
        found.map(NodeRef::at)
    }

    /// What is wrong with a node's file, although it can be read; told once.
    pub(super) fn take_faults(&mut self, sources: &Sources, at: At) -> Vec<Diagnostic> {
        if self.faults.is_empty() {
            return Vec::new();
        }
        self.faults.remove(&root_of(sources, at)).unwrap_or_default()
    }

    /// Why a file cannot be read; what is wrong with its text is told once.
    pub(super) fn take_broken(&mut self, name: &str) -> Option<Broken> {
        let broken = self.by_name.get_mut(name)?.as_mut().err()?;
        let told = Broken { refused: broken.refused.clone(), faults: Vec::new() };
        Some(std::mem::replace(broken, told))
    }
}

/// The root of a node's file.
pub(super) fn root_of(sources: &Sources, at: At) -> At {
    sources.file_id(at).and_then(|file| sources.file(file)?.root()).unwrap_or_default()
}

/// The name of a node's file.
pub(super) fn name_of(sources: &Sources, at: At) -> &str {
    sources.file_id(at).and_then(|file| sources.file(file)).map_or("", |file| file.name())
}

/// The references in a subtree that was not visited before, with what the keys of their targets are.
fn references_below<'a>(
    start: NodeRef<'a>,
    keys: Keys,
    documents: [NodeRef<'a>; 2],
    visited: &mut HashSet<(At, Keys)>,
) -> Vec<(At, Keys)> {
    let mut found = Vec::new();
    let mut waiting = vec![(start, keys)];
    while let Some((node, keys)) = waiting.pop() {
        if visited.insert((node.at(), keys)) {
            found.extend(walk::references(node, documents).map(|reference| (reference.at(), keys)));
            waiting.extend(walk::children(node, keys));
        }
    }
    found
}
