//! The `use` declarations that some types need.
//!
//! In: the types that a file names. Out: declarations, as many names in a line as there is room for. Never happens: one that
//! nothing needs.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{self, Link};
use crate::config::OwnType;
use crate::model::{Ident, RuntimeType, RustType};

/// What a file uses, as it is found.
#[derive(Default)]
pub(super) struct Uses {
    /// Names by the path that holds them.
    paths: BTreeMap<&'static str, BTreeSet<String>>,
    /// Generated types.
    types: BTreeSet<Ident>,
}

impl Uses {
    /// Adds a name.
    pub(super) fn add(&mut self, path: &'static str, name: &str) {
        self.paths.entry(path).or_default().insert(name.to_owned());
    }

    /// Adds what a type needs.
    pub(super) fn add_type(&mut self, rust_type: &RustType) {
        match rust_type {
            RustType::Primitive(_)
            | RustType::String
            | RustType::Unit
            // Operations are often called so: it is named by its whole path.
            | RustType::Runtime(RuntimeType::Upload)
            | RustType::Own(OwnType { serde: false, .. }) => {}
            RustType::Bytes => self.add("clientwright_runtime::bytes", "Bytes"),
            RustType::Runtime(RuntimeType::Value) => self.add("clientwright_runtime", "Value"),
            RustType::Runtime(RuntimeType::DateTime) => {
                self.add("clientwright_runtime::chrono", "DateTime");
                self.add("clientwright_runtime::chrono", "FixedOffset");
            }
            RustType::Runtime(RuntimeType::LocalDateTime) => self.add("clientwright_runtime::chrono", "NaiveDateTime"),
            RustType::Runtime(RuntimeType::Date) => self.add("clientwright_runtime::chrono", "NaiveDate"),
            RustType::Runtime(RuntimeType::File) => self.add("clientwright_runtime", "FilePart"),
            RustType::Runtime(RuntimeType::Uuid) => self.add("clientwright_runtime::uuid", "Uuid"),
            RustType::Runtime(RuntimeType::Base64) => self.add("clientwright_runtime", "Base64"),
            RustType::Runtime(RuntimeType::Base64Url) => self.add("clientwright_runtime", "Base64Url"),
            RustType::Runtime(RuntimeType::Decimal) => self.add("clientwright_runtime::rust_decimal", "Decimal"),
            RustType::Runtime(RuntimeType::BooleanNumber) => self.add("clientwright_runtime", "BooleanNumber"),
            RustType::Runtime(RuntimeType::DecimalNumber) => self.add("clientwright_runtime", "DecimalNumber"),
            RustType::Own(OwnType { serde: true, .. }) => self.add("clientwright_runtime", "Serde"),
            RustType::Map(inner) => {
                self.add("std::collections", "BTreeMap");
                self.add_type(inner);
            }
            RustType::Field(inner) => {
                self.add("clientwright_runtime", "Field");
                self.add_type(inner);
            }
            RustType::List(inner) | RustType::Option(inner) | RustType::Boxed(inner) => self.add_type(inner),
            RustType::Named { outside: true, .. } => self.add("super::super", "types"),
            RustType::Named { name, outside: false, .. } => {
                self.types.insert(name.clone());
            }
        }
    }

    /// The declarations, with the generated types from the module `types` but for those in `own`.
    pub(super) fn declarations(&self, types: &str, own: &[&Ident]) -> String {
        let paths =
            self.paths.iter().map(|(path, names)| (*path, names.iter().map(String::as_str).collect::<Vec<_>>()));
        let named = self.types.iter().filter(|name| !own.contains(name)).map(Ident::as_str).collect::<Vec<_>>();
        let all = paths.chain(Some((types, named)).filter(|(_, names)| !names.is_empty()));
        all.map(|(path, names)| declaration(path, &names)).collect()
    }
}

/// A declaration for some names.
fn declaration(path: &str, names: &[&str]) -> String {
    let text = match names {
        [name] => format!("use {path}::{name};"),
        names => {
            let names = names.iter().map(|&name| name.to_owned()).collect();
            layout::list(&Link::list(format!("use {path}::{{"), names, "}"), 0, ";")
        }
    };
    text + "\n"
}
