//! Names that JSON Schema gives to places: `$id`, `$anchor`, `$dynamicAnchor`; and `$self`, that of a document.
//!
//! In: the nodes of a file of 3.1 or later. Out: the node that a URI or an anchor means, and the
//! base that relative references have where they stand (JSON Schema 2020-12 Core, section 8.2).
//! Never: a URI fetched. An `$id` is a name; it says nothing about where something is.

use std::collections::{HashMap, HashSet};

use super::walk::{self, Keys};
use crate::source::{At, Kind, NodeRef, Sources, resolve};

/// The identifiers of all files.
#[derive(Default)]
pub(super) struct Identifiers {
    /// The nodes that have an `$id`, with the URI it means.
    bases: HashMap<At, String>,
    /// The same by the URI.
    resources: HashMap<String, At>,
    /// Anchors by the resource they are in, the root of the file or a node with `$id`.
    anchors: HashMap<(At, String), At>,
    /// Dynamic anchors by their name.
    dynamic: HashMap<String, Vec<At>>,
    /// Roots of the files that have an `$id` somewhere.
    with_ids: HashSet<At>,
}

/// What a relative reference is relative to.
pub(super) struct Base<'i> {
    /// The resource: the root of the file or a node with `$id`.
    pub(super) resource: At,
    /// Its URI, where it has one; otherwise it is the file.
    pub(super) uri: Option<&'i str>,
}

impl Identifiers {
    /// Adds those of a file.
    pub(super) fn add(&mut self, sources: &Sources, root: At, file: &str) {
        let mut waiting = vec![(sources.node(root), Keys::Fixed, root, file.to_owned())];
        while let Some((node, keys, mut resource, mut base)) = waiting.pop() {
            if keys == Keys::Fixed {
                if let Some(id) = identifier(node, root) {
                    base = resolve(&base, id.split('#').next().unwrap_or_default());
                    resource = node.at();
                    self.add_resource(root, resource, &base);
                }
                self.add_anchors(node, resource);
            }
            let children = walk::children(node, keys).into_iter();
            waiting.extend(children.map(|(child, keys)| (child, keys, resource, base.clone())));
        }
    }

    /// Adds the URI that a node has, whether it gives it itself or is found there.
    pub(super) fn add_resource(&mut self, root: At, resource: At, base: &str) {
        self.with_ids.insert(root);
        self.bases.insert(resource, base.to_owned());
        self.resources.entry(base.to_owned()).or_insert(resource);
    }

    fn add_anchors(&mut self, node: NodeRef<'_>, resource: At) {
        if let Some(name) = text_under(node, "$dynamicAnchor") {
            self.anchors.entry((resource, name.to_owned())).or_insert(node.at());
            self.dynamic.entry(name.to_owned()).or_default().push(node.at());
        }
        if let Some(name) = text_under(node, "$anchor") {
            self.anchors.entry((resource, name.to_owned())).or_insert(node.at());
        }
    }

    /// What a reference at a node is relative to.
    pub(super) fn base(&self, node: NodeRef<'_>, root: At) -> Base<'_> {
        if !self.with_ids.contains(&root) {
            return Base { resource: root, uri: None };
        }
        let mut ancestors = std::iter::successors(Some(node), |node| node.parent());
        let found = ancestors.find_map(|node| Some((node.at(), self.bases.get(&node.at())?)));
        match found {
            Some((resource, uri)) => Base { resource, uri: Some(uri) },
            None => Base { resource: root, uri: None },
        }
    }

    /// The node with an `$id` that means this URI.
    pub(super) fn resource(&self, uri: &str) -> Option<At> {
        self.resources.get(uri).copied()
    }

    /// The node with an anchor.
    pub(super) fn anchor(&self, resource: At, name: &str) -> Option<At> {
        self.anchors.get(&(resource, name.to_owned())).copied()
    }

    /// The nodes with this dynamic anchor.
    pub(super) fn dynamic(&self, name: &str) -> &[At] {
        self.dynamic.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The URI that a node gives itself: `$id` of a schema, `$self` of a document (3.2).
fn identifier(node: NodeRef<'_>, root: At) -> Option<&str> {
    let own = (node.at() == root).then(|| text_under(node, "$self")).flatten();
    own.or_else(|| text_under(node, "$id"))
}

fn text_under<'a>(node: NodeRef<'a>, key: &str) -> Option<&'a str> {
    if node.kind() == Kind::Object { node.get(key)?.as_str() } else { None }
}
