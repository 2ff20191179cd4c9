//! Decides every Rust name and every Rust type of a client.
//!
//! In: an [`Api`] and what a person decided. Out: a [`Crate`] that printing spells without a further question. Never
//! happens: a token, a name that is not made by the one namer, a difference that depends on anything but the input.

mod answers;
mod bodies;
mod client;
mod cycles;
mod derives;
mod encodings;
mod first_calls;
mod formats;
mod headers;
mod modules;
mod operations;
mod overrides;
mod pages;
mod rename;
mod servers;
mod shared;
mod streams;
mod types;
mod variants;
mod views;
mod ways;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use clientwright_api::Api;
use clientwright_api::model::TypeId;
use clientwright_document::{Diagnostic, Outcome};

use self::overrides::Replaced;
use self::shared::standing;
use crate::config::Config;
use crate::docs;
use crate::lock::Lock;
use crate::manifest::Manifest;
use crate::model::{Crate, RuntimeType, Server};
use crate::names::Scope;

/// Plans the crate of a client, with the names that an earlier plan gave to what is still in the document.
///
/// The outcome always has a value; what could not be planned is left out, with a diagnostic.
pub fn plan(mut api: Api, config: &Config, given: &Lock) -> Outcome<Crate> {
    let shared = clientwright_api::share(&mut api, &standing(config, given));
    let api = &api;
    let replaced = overrides::replaced(api, config);
    let (given, asked, diagnostics) = rename::apply(api, &config.rename, given);
    let given = &given;
    let (servers, server_names) = servers::plan(api, given);
    let mut planning = Planning {
        api,
        config,
        given,
        lock: Lock { servers: server_names, ..Lock::default() },
        types: types::names(api, given, &replaced),
        shared,
        replaced,
        servers,
        formats: BTreeSet::new(),
        serde: false,
        xml: false,
        runtime_types: BTreeSet::new(),
        diagnostics,
    };
    let mut types = types::plan(&mut planning);
    shared::name_required(&mut planning, &mut types);
    derives::plan(&mut planning, &mut types);
    let operations = if config.types_only { Vec::new() } else { operations::plan(&mut planning, &types) };
    let client = client::plan(&mut planning);
    let guide = first_calls::guide(&types, &operations);
    let first_calls = first_calls::plan(&types, &operations, &config.first_calls, &mut planning.diagnostics);
    planning.check_formats();
    planning.check_types();
    // A library of types is for whatever its users do with them.
    planning.serde |= operations.is_empty();
    let title = docs::line(&api.info.title);
    let what = if operations.is_empty() { "The types of" } else { "A client for" };
    let description = config.package.description.clone().unwrap_or_else(|| format!("{what} {title}."));
    let manifest = Manifest {
        name: config.package.name.clone(),
        version: config.package.version.clone(),
        description,
        has_client: !operations.is_empty(),
        runtime_features: planning.runtime_features(),
    };
    let info =
        clientwright_api::model::Docs { summary: api.info.summary.clone(), description: api.info.description.clone() };
    let same = shared::same(api, &planning.shared);
    let lock = Lock { types: planning.types.made(), sent: types::sent(api), same, ..planning.lock };
    planning.diagnostics.extend(asked.check(&lock));
    let planned = Crate {
        manifest,
        docs: docs::lines(&info),
        title,
        api_version: api.info.version.chars().filter(|character| !character.is_control()).collect(),
        client,
        types,
        operations,
        first_calls,
        guide,
        lock,
    };
    Outcome::new(planned, planning.diagnostics)
}

/// What is known while a crate is planned.
struct Planning<'a> {
    api: &'a Api,
    config: &'a Config,
    /// The names that were given before.
    given: &'a Lock,
    /// The names that are given now.
    lock: Lock,
    types: types::Names,
    /// The types that are names for others which say the same.
    shared: BTreeMap<TypeId, TypeId>,
    replaced: Replaced,
    servers: Vec<Server>,
    /// The formats that were met.
    formats: BTreeSet<String>,
    /// Whether serde's traits are asked for.
    serde: bool,
    /// Whether a body is XML.
    xml: bool,
    /// The runtime's types that were used.
    runtime_types: BTreeSet<RuntimeType>,
    diagnostics: Vec<Diagnostic>,
}

impl Planning<'_> {
    /// Keeps the names of what an operation takes.
    fn keep_parameters(&mut self, operation: String, scope: Scope) {
        let made = scope.made();
        if !made.is_empty() {
            self.lock.parameters.insert(operation, made);
        }
    }

    fn runtime_features(&self) -> Vec<&'static str> {
        let features: BTreeSet<&str> = self.runtime_types.iter().filter_map(|used| used.feature()).collect();
        let features = features
            .into_iter()
            .chain(self.serde.then_some("serde"))
            .chain(self.xml.then_some("xml"))
            .collect::<BTreeSet<_>>();
        features.into_iter().collect()
    }
}

/// The places of what stands in an order already, and then of what is required besides.
fn in_order<'a>(before: &[String], all: impl Iterator<Item = (&'a str, bool)> + Clone) -> Vec<usize> {
    let known = before.iter().filter_map(|key| all.clone().position(|(found, _)| found == key));
    let mut places: Vec<usize> = known.collect();
    for (place, (_, required)) in all.enumerate() {
        if required && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
