//! The crate `openapiv3` as a judge of the reader: both have to understand a document alike.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clientwright_document::source::{LoadError, Value};
use clientwright_document::{Document, Loader, Sources};
use openapiv3::OpenAPI;

use super::Tree;
use super::dropped::forget;
use super::normal::normal;

/// A name that lets a text be JSON or YAML.
const NAME: &str = "api.yaml";

/// Gives the one text there is, and notes whether another was asked for.
struct OneFile<'t> {
    text: &'t str,
    asked: Cell<bool>,
}

impl Loader for OneFile<'_> {
    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        if path == NAME {
            return Ok(self.text.as_bytes().to_vec());
        }
        self.asked.set(true);
        Err(LoadError::NotFound)
    }
}

/// What the reader makes of a document; nothing where that is more than one file.
fn read(text: &str) -> Option<Document> {
    let loader = OneFile { text, asked: Cell::new(false) };
    let read = clientwright_document::read(&mut Sources::new(), NAME, &loader).value;
    read.filter(|_| !loader.asked.get())
}

/// What that crate makes of a document; nothing where it cannot read it, which may be a panic.
/// It is given JSON: what it does itself to tell things apart does not bear the scalars of YAML.
fn judged(text: &str) -> Option<String> {
    let mut sources = Sources::new();
    let root = sources.parse(NAME, text.to_owned()).value?;
    let json = serde_json::to_string(&tree(sources.node(root).to_value())).ok()?;
    let document = std::panic::catch_unwind(|| serde_json::from_str::<OpenAPI>(&json).ok()).ok()??;
    super::text(&document).ok()
}

fn tree(value: Value) -> Tree {
    match value {
        Value::Null => Tree::Null,
        Value::Object(members) => Tree::Object(members.into_iter().map(|(key, value)| (key, tree(value))).collect()),
        Value::List(items) => Tree::List(items.into_iter().map(tree).collect()),
        scalar @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => Tree::Scalar(scalar.to_json()),
    }
}

/// The longest text that is compared in a build that is not optimized.
const LONGEST: usize = 300_000;

/// The documents of 3.0 in a folder and below; those with mistakes on purpose apart.
fn documents(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.ends_with("invalid") {
            continue;
        }
        if path.is_dir() {
            documents(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path)
            && (text.len() < LONGEST || !cfg!(debug_assertions))
            && version(&text).is_some_and(|version| version.starts_with("3.0"))
        {
            found.push((path, text));
        }
    }
}

/// What stands behind the first `openapi:`, which is near enough to choose documents by.
fn version(text: &str) -> Option<&str> {
    let line = text.split(['\n', ',']).find(|line| line.trim_start_matches(['{', ' ', '"']).starts_with("openapi"))?;
    let (_, version) = line.split_once(':')?;
    Some(version.trim_matches(|letter: char| !letter.is_ascii_digit()))
}

/// Compares all documents of a folder; gives how many were compared, and what differs.
fn compare(folder: &Path) -> (usize, Vec<String>) {
    let mut found = Vec::new();
    documents(folder, &mut found);
    let mut compared = 0;
    let mut differences = Vec::new();
    for (path, text) in found {
        let (Some(judged), Some(mut own)) = (judged(&text), read(&text)) else { continue };
        let Some(mut other) = read(&judged) else {
            differences.push(format!("{}: cannot be read any more", path.display()));
            continue;
        };
        forget(&mut own);
        forget(&mut other);
        compared += 1;
        differences.extend(differing(&path, &normal(&own), &normal(&other)));
    }
    (compared, differences)
}

fn differing(path: &Path, own: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<_> = own.keys().chain(other.keys()).collect();
    let differing = names.into_iter().filter(|name| own.get(*name) != other.get(*name));
    let shown = differing.map(|name| {
        let (own, other) = (own.get(name).map_or("", String::as_str), other.get(name).map_or("", String::as_str));
        let same = own.chars().zip(other.chars()).take_while(|(left, right)| left == right).count();
        let around = |text: &str| text.chars().skip(same.saturating_sub(120)).take(240).collect::<String>();
        format!("{}: {name}\n  own:   {}\n  other: {}", path.display(), around(own), around(other))
    });
    shown.collect()
}

#[test]
fn the_cases_mean_the_same_to_both() {
    let (compared, differences) = compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases"));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(compared > 20, "{compared} were compared");
}

/// Documents of strangers, which are not part of the project: they are read where they are.
#[test]
fn documents_of_strangers_mean_the_same_to_both() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus");
    let folder = PathBuf::from(std::env::var("CLIENTWRIGHT_CORPUS").unwrap_or_else(|_| beside.to_owned()));
    if !folder.exists() {
        println!("{} does not exist: nothing is compared", folder.display());
        return;
    }
    let (compared, differences) = compare(&folder);
    println!("{compared} were compared");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
