//! Plans types of a person's own in place of generated ones.
//!
//! In: the types of a document, and the names a person gave. Out: which types are replaced, and which are not generated
//! because nothing but those holds them. Never happens: a name that is no type's and is passed over.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::Api;
use clientwright_api::model::{Type, TypeId, TypeRef};
use clientwright_document::diagnostic::{Setting, nearest};
use clientwright_document::{Code, Diagnostic};

use super::Planning;
use crate::config::{Config, OwnType};

/// The types that are replaced, and by what.
pub(super) type Replaced = BTreeMap<TypeId, OwnType>;

/// The types that are replaced; a type that is sent in place of another goes with it, unless it is named itself.
pub(super) fn replaced(api: &Api, config: &Config) -> Replaced {
    let mut replaced = Replaced::new();
    for (name, own) in &config.types {
        replaced.extend(with_name(api, &name.value).into_iter().map(|id| (id, own.clone())));
    }
    for (name, own) in &config.types {
        replaced.extend(exactly(api, &name.value).map(|id| (id, own.clone())));
    }
    replaced
}

/// The inline types that belong to a replaced type and that nothing else holds.
pub(super) fn left_out(api: &Api, replaced: &Replaced) -> BTreeSet<TypeId> {
    let names: Vec<_> = replaced.keys().filter_map(|id| api.get(*id)).map(|found| &found.name).collect();
    let belongs = |found: &Type| {
        names.iter().any(|name| {
            found.name.origin == name.origin
                && found.name.path.len() > name.path.len()
                && found.name.path.starts_with(&name.path)
        })
    };
    let mut left_out: BTreeSet<TypeId> =
        api.types().filter(|(id, found)| belongs(found) && !replaced.contains_key(id)).map(|(id, _)| id).collect();
    if left_out.is_empty() {
        return left_out;
    }
    let mut held: Vec<TypeId> = by_operations(api);
    let kept = api.types().filter(|(id, _)| !left_out.contains(id) && !replaced.contains_key(id));
    held.extend(kept.flat_map(|(_, found)| found.kind.values().into_iter().filter_map(TypeRef::named)));
    while let Some(id) = held.pop() {
        if left_out.remove(&id)
            && let Some(found) = api.get(id)
        {
            held.extend(found.kind.values().into_iter().filter_map(TypeRef::named));
        }
    }
    left_out
}

/// The types that operations name.
fn by_operations(api: &Api) -> Vec<TypeId> {
    let of = |operation: &clientwright_api::model::Operation| {
        let parameters = operation.parameters.iter().filter_map(|parameter| parameter.value.named());
        let bodies = operation.body.iter().flat_map(|body| &body.representations);
        let bodies = bodies.filter_map(|body| body.form.value().and_then(TypeRef::named));
        let responses = operation.responses.iter().flat_map(|response| response.values().filter_map(TypeRef::named));
        let streams = operation.stream.iter().filter_map(|stream| stream.item.value().and_then(TypeRef::named));
        parameters.chain(bodies).chain(responses).chain(streams).collect::<Vec<_>>()
    };
    api.operations.iter().flat_map(of).collect()
}

fn exactly<'a>(api: &'a Api, name: &'a str) -> impl Iterator<Item = TypeId> {
    api.types().filter(move |(_, found)| found.name.to_string() == name).map(|(id, _)| id)
}

/// The type of a name, and the one that is sent in its place.
fn with_name(api: &Api, name: &str) -> Vec<TypeId> {
    let named: Vec<TypeId> = exactly(api, name).collect();
    let views = api.types().filter(|(_, found)| found.view_of.is_some_and(|source| named.contains(&source)));
    let views: Vec<TypeId> = views.map(|(id, _)| id).collect();
    named.into_iter().chain(views).collect()
}

impl Planning<'_> {
    /// Whether a type of the document has a name.
    pub(super) fn is_name(&self, name: &str) -> bool {
        exactly(self.api, name).next().is_some()
    }

    /// The type of a name that a person gave, and the one that is sent in its place; reports a name that none has.
    pub(super) fn named(&mut self, name: &Setting<String>) -> Vec<TypeId> {
        let found = with_name(self.api, &name.value);
        if found.is_empty() {
            self.report_unknown(name);
        }
        found
    }

    /// Reports types of a person's own for names that no type has.
    pub(super) fn check_types(&mut self) {
        let config = self.config;
        for (name, _) in &config.types {
            self.named(name);
        }
    }

    fn report_unknown(&mut self, name: &Setting<String>) {
        let names: Vec<(TypeId, String)> = self.api.types().map(|(id, found)| (id, found.name.to_string())).collect();
        let called =
            names.iter().find(|(id, _)| self.type_name(*id).as_str() == name.value).map(|(_, name)| name.clone());
        let near = nearest(&name.value, names.iter().map(|(_, name)| name.as_str())).map(str::to_owned);
        let help = match called.or(near) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the name of a schema, and for what is described within it the way there: `Person.address`"
                .to_owned(),
        };
        let title = format!("no type of the document is called `{}`", name.value);
        let diagnostic = Diagnostic::new(Code::UnusedSetting, title).set(name, "applies to nothing").help(help);
        self.diagnostics.push(diagnostic);
    }
}
