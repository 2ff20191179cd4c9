//! Plans the names that a person gave.
//!
//! In: what a person renamed, and the names that were given before. Out: the latter, as if what was renamed had been
//! called so all along. Never happens: a name that is not one, or that another has, taken in silence.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::Api;
use clientwright_api::model::{Type, TypeKind};
use clientwright_document::diagnostic::{Setting, nearest};
use clientwright_document::{Code, Diagnostic};

use super::operations::{ERROR_KEY, RESPONSE_KEY};
use super::types::{REQUIRED_KEY, key};
use super::variants::choice_keys;
use crate::config::Rename;
use crate::lock::{self, Given, Lock};
use crate::names::{Case, is_name};

/// What can be renamed, by what the document calls it: where its name is kept, and in which case.
type Known = BTreeMap<String, (Place, Case)>;

/// Where a name is kept in a lock.
#[derive(Clone, Debug)]
enum Place {
    Type(String),
    Member(String, String),
    Operation(String),
    Parameter(String, String),
}

/// The names that a person gave, each with its place, to be looked at again.
pub(super) struct Asked(Vec<(Setting<String>, Place)>);

/// The names given before, while what a person renamed is added to them.
struct Renames {
    given: Lock,
    asked: Vec<(Setting<String>, Place)>,
    /// The types that are sent in place of others.
    views: BTreeSet<String>,
    diagnostics: Vec<Diagnostic>,
}

/// Applies what a person renamed to the names given before. Gives what was asked for, and what is wrong with it.
pub(super) fn apply(api: &Api, rename: &Rename, given: &Lock) -> (Lock, Asked, Vec<Diagnostic>) {
    let views = api.types().filter(|(_, found)| found.view_of.is_some()).map(|(_, found)| key(found)).collect();
    let mut renames = Renames { given: given.clone(), asked: Vec::new(), views, diagnostics: Vec::new() };
    let all = [
        (&rename.types, "type", types as fn(&Api) -> Known),
        (&rename.members, "member", members),
        (&rename.operations, "operation", operations),
        (&rename.parameters, "parameter", parameters),
    ];
    for (renamed, what, known) in all.into_iter().filter(|(renamed, ..)| !renamed.is_empty()) {
        let known = known(api);
        for (of, name) in renamed {
            renames.apply(of, name, what, &known);
        }
    }
    (renames.given, Asked(renames.asked), renames.diagnostics)
}

impl Renames {
    fn apply(&mut self, of: &Setting<String>, name: &Setting<String>, what: &str, known: &Known) {
        let Some((place, case)) = known.get(&of.value) else {
            let title = format!("no {what} of the document is called `{}`", of.value);
            let near = nearest(&of.value, known.keys().map(String::as_str));
            let help =
                near.map_or("write the document's name for it".to_owned(), |near| format!("did you mean `{near}`?"));
            let diagnostic = Diagnostic::new(Code::UnusedSetting, title).set(of, "applies to nothing");
            self.diagnostics.push(diagnostic.help(help));
            return;
        };
        if !is_name(&name.value, *case) {
            let title = format!("`{}` is no name for a {what}", name.value);
            let example = if *case == Case::Pascal { "`NewName`" } else { "`new_name`" };
            let help = format!("write it as Rust does, {example}, and no keyword");
            self.diagnostics.push(Diagnostic::new(Code::InvalidValue, title).set(name, "is not used").help(help));
            return;
        }
        self.follow(place, &name.value);
        place.names_mut(&mut self.given).insert(place.key().to_owned(), name.value.clone());
        self.asked.push((name.clone(), place.clone()));
    }

    /// Lets what is called after something follow it to its new name.
    fn follow(&mut self, place: &Place, name: &str) {
        match place {
            Place::Operation(operation) => {
                for suffix in ["", ERROR_KEY, RESPONSE_KEY] {
                    self.given.requests.remove(&format!("{operation}{suffix}"));
                }
            }
            Place::Type(of) => {
                self.given.types.remove(&format!("{of}{REQUIRED_KEY}"));
                let view = lock::view_key(of);
                let is_asked =
                    self.asked.iter().any(|(_, known)| matches!(known, Place::Type(known) if *known == view));
                if self.views.contains(&view) && !is_asked {
                    self.given.types.insert(view, format!("{name}Input"));
                }
            }
            Place::Member(..) | Place::Parameter(..) => {}
        }
    }
}

impl Asked {
    /// Reports the names that could not be given, because something else has them.
    pub(super) fn check(&self, made: &Lock) -> Vec<Diagnostic> {
        let is_other = |(name, place): &&(Setting<String>, Place)| {
            place.names(made).and_then(|names| names.get(place.key())).is_none_or(|given| *given != name.value)
        };
        let report = |(name, _): &(Setting<String>, Place)| {
            let title = format!("the name `{}` is taken", name.value);
            let help = "choose another, or rename what has it as well; `clientwright.lock` tells what that is";
            Diagnostic::new(Code::InvalidValue, title).set(name, "something else is called so").help(help)
        };
        self.0.iter().filter(is_other).map(report).collect()
    }
}

impl Place {
    fn key(&self) -> &str {
        match self {
            Self::Type(key) | Self::Operation(key) | Self::Member(_, key) | Self::Parameter(_, key) => key,
        }
    }

    fn names<'a>(&self, lock: &'a Lock) -> Option<&'a Given> {
        match self {
            Self::Type(_) => Some(&lock.types),
            Self::Operation(_) => Some(&lock.methods),
            Self::Member(owner, _) => lock.members.get(owner),
            Self::Parameter(owner, _) => lock.parameters.get(owner),
        }
    }

    fn names_mut<'a>(&self, lock: &'a mut Lock) -> &'a mut Given {
        match self {
            Self::Type(_) => &mut lock.types,
            Self::Operation(_) => &mut lock.methods,
            Self::Member(owner, _) => lock.members.entry(owner.clone()).or_default(),
            Self::Parameter(owner, _) => lock.parameters.entry(owner.clone()).or_default(),
        }
    }
}

fn types(api: &Api) -> Known {
    api.types().map(|(_, found)| (found.name.to_string(), (Place::Type(key(found)), Case::Pascal))).collect()
}

fn members(api: &Api) -> Known {
    let all = api.types().flat_map(|(_, found)| {
        let (keys, case) = parts(found);
        let owner = key(found);
        keys.into_iter().map(move |part| (format!("{}.{part}", found.name), (Place::Member(owner.clone(), part), case)))
    });
    all.collect()
}

/// What a type consists of, by the keys of its parts.
fn parts(found: &Type) -> (Vec<String>, Case) {
    match &found.kind {
        TypeKind::Object(object) => {
            (object.properties.iter().map(|property| property.key.clone()).collect(), Case::Snake)
        }
        TypeKind::TextEnum(values) => (values.variants.iter().map(|value| value.text.clone()).collect(), Case::Pascal),
        TypeKind::IntegerEnum(values) => {
            (values.variants.iter().map(|(value, _)| value.to_string()).collect(), Case::Pascal)
        }
        TypeKind::Union(union) => (choice_keys(union), Case::Pascal),
        TypeKind::Alias(_) => (Vec::new(), Case::Snake),
    }
}

fn operations(api: &Api) -> Known {
    let all = api.operations.iter().map(clientwright_api::model::Operation::identity);
    all.map(|identity| (identity.clone(), (Place::Operation(identity), Case::Snake))).collect()
}

fn parameters(api: &Api) -> Known {
    let mut known = Known::new();
    for operation in &api.operations {
        let identity = operation.identity();
        for parameter in &operation.parameters {
            let key = lock::parameter_key(parameter.location, &parameter.name);
            let place = Place::Parameter(identity.clone(), key.clone());
            // Two places may have a parameter of one name: the place before it tells which.
            known.insert(format!("{identity}.{key}"), (place.clone(), Case::Snake));
            known.entry(format!("{identity}.{}", parameter.name)).or_insert((place, Case::Snake));
        }
    }
    known
}
