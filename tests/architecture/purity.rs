//! The stages do no input and no output.
//!
//! In: the sources of the three stage crates. Out: a failure for each path that leads to files, to
//! the network, to processes, to the environment or to a terminal. Clippy holds most of this by
//! the methods it knows; this test holds the rest by the modules. Never: a look into tests.

use std::fs;
use std::path::Path;

use clientwright_tests::workspace;
use syn::visit::{self, Visit};
use syn::{Attribute, File, ItemMod, ItemUse, Macro, UseTree};

use super::files::sources_below;

const STAGES: [&str; 3] = ["clientwright-document", "clientwright-api", "clientwright-rust"];
const MODULES: [&str; 4] = ["fs", "net", "process", "env"];
const MACROS: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];

#[test]
fn stages_touch_nothing_outside() {
    let mut faults = Vec::new();
    for stage in STAGES {
        let folder = workspace().join("crates").join(stage).join("src");
        for path in sources_below(&folder) {
            if path.file_name().is_some_and(|name| name == "tests.rs") {
                continue;
            }
            faults.extend(forbidden(&path).into_iter().map(|what| format!("{}: {what}", path.display())));
        }
    }
    assert!(faults.is_empty(), "stages get text through a Loader and give text:\n{}", faults.join("\n"));
}

#[test]
fn clippy_holds_the_same_of_every_stage() {
    let read = |stage: &str| fs::read_to_string(workspace().join("crates").join(stage).join("clippy.toml")).unwrap();
    let [first, others @ ..] = STAGES.map(read);
    assert!(first.contains("disallowed-methods"));
    for other in others {
        assert_eq!(other, first, "the stages' clippy.toml files are to be alike");
    }
    let common = fs::read_to_string(workspace().join("clippy.toml")).unwrap();
    for line in common.lines() {
        assert!(first.contains(line), "the stages' clippy.toml files lack `{line}` of the workspace's");
    }
}

#[test]
fn what_is_looked_for_is_found() {
    let found = |text: &str| Finder::look(&syn::parse_file(text).unwrap());
    assert_eq!(found("use std::{io, fs as files};"), ["std::fs"]);
    assert_eq!(found("use std::net::*;"), ["std::net"]);
    assert_eq!(found("fn a() { ::std::process::exit(1); }"), ["std::process"]);
    assert_eq!(found("fn a() -> std::fs::File { println!(\"\") }"), ["std::fs", "println!"]);
    assert_eq!(found("#[cfg(test)] mod tests { use std::fs; } /// std::fs\nfn env() {}"), [""; 0]);
}

fn forbidden(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Finder::look(&file)
}

/// Collects what leads outside.
#[derive(Default)]
struct Finder {
    found: Vec<String>,
}

impl Finder {
    fn look(file: &File) -> Vec<String> {
        let mut finder = Self::default();
        finder.visit_file(file);
        finder.found
    }

    fn check(&mut self, names: &[String]) {
        if let [root, module, ..] = names
            && root == "std"
            && MODULES.contains(&module.as_str())
        {
            self.found.push(format!("std::{module}"));
        }
    }

    fn walk(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.walk(&path.tree, &with(&path.ident)),
            UseTree::Name(name) => self.check(&with(&name.ident)),
            UseTree::Rename(rename) => self.check(&with(&rename.ident)),
            UseTree::Glob(_) => self.check(before),
            UseTree::Group(group) => group.items.iter().for_each(|item| self.walk(item, before)),
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !item.attrs.iter().any(is_for_tests) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.walk(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.check(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        if let Some(name) = item.path.segments.last().map(|segment| segment.ident.to_string())
            && MACROS.contains(&name.as_str())
        {
            self.found.push(format!("{name}!"));
        }
        visit::visit_macro(self, item);
    }
}

fn is_for_tests(attribute: &Attribute) -> bool {
    let is_test = |list: &syn::MetaList| list.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"));
    attribute.path().is_ident("cfg") && attribute.meta.require_list().is_ok_and(is_test)
}
