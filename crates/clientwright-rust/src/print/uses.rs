//! The `use` declarations that some types need.
//!
//! In: the types that a file names. Out: declarations, as many names in a line as there is room for. Never happens: one that
//! nothing needs.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::WIDTH;
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
        all.map(|(path, names)| declaration(&format!("use {path}"), &names)).collect()
    }
}

/// A declaration for some names, as many in a line as there is room for.
pub(super) fn declaration(path: &str, names: &[&str]) -> String {
    if let [name] = names {
        return format!("{path}::{name};\n");
    }
    let line = format!("{path}::{{{}}};\n", names.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    format!("{path}::{{\n{}}};\n", filled("    ", names))
}

/// Words in lines that begin so far from the margin, a comma after each.
pub(super) fn filled(margin: &str, words: &[&str]) -> String {
    let mut out = margin.to_owned();
    fill(&mut out, margin, words);
    out + "\n"
}

/// Adds words to a last line, a comma after each, and where there is no room for one begins another line.
pub(super) fn fill(out: &mut String, margin: &str, words: &[&str]) {
    let begun = |out: &String| out.len() - out.rfind('\n').map_or(0, |end| end + 1);
    let mut used = begun(out);
    for (place, word) in words.iter().enumerate() {
        if place > 0 && used + word.len() + 2 > WIDTH {
            out.extend(["\n", margin]);
            used = margin.len();
        } else if place > 0 {
            out.push(' ');
            used += 1;
        }
        out.extend([word, ","]);
        used += word.len() + 1;
    }
}
