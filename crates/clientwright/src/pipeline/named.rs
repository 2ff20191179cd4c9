//! Which type of a client each schema became.
//!
//! In: the types of the model, and later their names. Out: schemas by their places, with the names. Never: a type that is
//! only made of a schema besides, as the shapes of a choice are of what stands beside it.

use std::collections::BTreeMap;

use clientwright_api::Api;
use clientwright_api::model::{Name, Type};
use clientwright_document::Sources;
use clientwright_document::source::At;
use clientwright_rust::Lock;

/// The type of a client that a schema became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedType {
    /// The file of the schema, by the name that diagnostics have for it.
    pub file: String,
    /// The place of the schema in it: `#/components/schemas/Pet`.
    pub pointer: String,
    /// The type's name, in the module `types`.
    pub name: String,
    /// Whether a request may carry it.
    pub sent: bool,
    /// Whether a response may carry it.
    pub received: bool,
}

/// Types before they have names in Rust.
pub(super) struct Unnamed(Vec<(At, Name, bool, [bool; 2])>);

impl Unnamed {
    /// The types that schemas became: of those made of one schema, the one that is named after it.
    pub(super) fn new(api: &Api) -> Self {
        let depth = |found: &Type| found.name.path.len().saturating_sub(usize::from(found.view_of.is_some()));
        let mut least: BTreeMap<At, usize> = BTreeMap::new();
        for (_, found) in api.types() {
            let known = least.entry(found.at).or_insert(usize::MAX);
            *known = depth(found).min(*known);
        }
        let own = api.types().filter(|(_, found)| least.get(&found.at) == Some(&depth(found)));
        let one = |found: &Type| (found.at, found.name.clone(), found.view_of.is_some(), [found.sent, found.received]);
        Self(own.map(|(_, found)| one(found)).collect())
    }

    /// The same with their names.
    pub(super) fn named(&self, lock: &Lock, sources: &Sources) -> Vec<NamedType> {
        let one = |(at, name, is_view, [sent, received]): &(At, Name, bool, [bool; 2])| {
            let file = sources.file_id(*at).and_then(|id| sources.file(id))?;
            let name = lock.type_name(name, *is_view)?.to_owned();
            let (file, pointer) = (file.name().to_owned(), sources.pointer(*at));
            Some(NamedType { file, pointer, name, sent: *sent, received: *received })
        };
        self.0.iter().filter_map(one).collect()
    }
}
