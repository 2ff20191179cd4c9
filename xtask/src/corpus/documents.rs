//! The documents of a folder.
//!
//! In: a folder. Out: the documents that its `manifest.tsv` names (columns `name`, `file` below `documents`, `version`,
//! `operations`), or else every file that states the version of a document. Never: a part of a document taken for one.

use std::fs;
use std::path::{Path, PathBuf};

/// A document of a folder.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// What it is called: letters, digits, `-` and `_`.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) path: PathBuf,
    /// The folder whose files it may refer to: its own below the folder of all documents.
    pub(crate) files: PathBuf,
    /// The version that it states, as far as the manifest or its text tell; may be empty.
    pub(crate) version: String,
    /// How many operations it has, by the manifest.
    pub(crate) operations: Option<usize>,
    /// The length of its file, or what the manifest says of all its files.
    pub(crate) bytes: u64,
}

/// The documents of a folder, in no particular order.
pub(crate) fn find(folder: &Path) -> Result<Vec<Document>, String> {
    let folder = folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?;
    let documents = match fs::read_to_string(folder.join("manifest.tsv")) {
        Ok(manifest) => manifest_rows(&folder, &manifest)?,
        Err(_) => below(&folder)?,
    };
    let mut names: Vec<&str> = documents.iter().map(|document| document.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair.first() == pair.last()) {
        Some(pair) => Err(format!("two documents are called `{}`", pair.concat())),
        None => Ok(documents),
    }
}

fn manifest_rows(folder: &Path, manifest: &str) -> Result<Vec<Document>, String> {
    let mut lines = manifest.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        let position = header.iter().position(|known| *known == name);
        position.ok_or_else(|| format!("the manifest has no column `{name}`"))
    };
    let (name, file) = (column("name")?, column("file")?);
    let (version, operations, bytes) = (column("version").ok(), column("operations").ok(), column("bytes").ok());
    let mut documents = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |column: usize| cells.get(column).copied().unwrap_or_default();
        let number = |column: Option<usize>| column.and_then(|column| cell(column).parse::<u64>().ok());
        documents.push(Document {
            name: package_name(cell(name)),
            path: folder.join("documents").join(cell(file)),
            files: files_of(&folder.join("documents"), cell(file)),
            version: version.map(cell).unwrap_or_default().to_owned(),
            operations: number(operations).and_then(|count| usize::try_from(count).ok()),
            bytes: number(bytes).unwrap_or_default(),
        });
    }
    Ok(documents)
}

/// Every file below a folder that states the version of a document.
fn below(folder: &Path) -> Result<Vec<Document>, String> {
    let mut documents = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        let entries = fs::read_dir(&current).map_err(|error| format!("{}: {error}", current.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == "json" || found == "yaml" || found == "yml") {
                documents.extend(stated(folder, path));
            }
        }
    }
    documents.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(documents)
}

/// The document that a file is, if it states a version.
fn stated(folder: &Path, path: PathBuf) -> Option<Document> {
    let text = fs::read_to_string(&path).ok()?;
    let version = version(&text)?.to_owned();
    let relative = path.strip_prefix(folder).unwrap_or(&path).with_extension("");
    let name = package_name(&relative.to_string_lossy());
    let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
    let files = files_of(folder, &path.strip_prefix(folder).unwrap_or(&path).to_string_lossy());
    Some(Document { name, files, version, operations: None, bytes, path })
}

/// The folder of all files of a document: the first on the way to it.
fn files_of(folder: &Path, file: &str) -> PathBuf {
    file.split_once('/').map_or_else(|| folder.to_owned(), |(first, _)| folder.join(first))
}

/// The version that a text states, by a look at its lines: a key of YAML at the margin, or a key of JSON anywhere.
fn version(text: &str) -> Option<&str> {
    let keys = ["openapi", "swagger"];
    let after = |rest: &str| rest.trim_start().strip_prefix(':').is_some();
    let yaml = text.lines().find_map(|line| {
        let line = line.trim_start_matches('\u{feff}');
        let rest = keys.iter().find_map(|key| line.trim_matches(['"', '\'']).strip_prefix(key))?;
        rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')
    });
    let json = || {
        let quoted = |key: &&str| text.split(&format!("\"{key}\"")).nth(1).filter(|rest| after(rest));
        keys.iter().find_map(quoted).map(|rest| rest.trim_start().trim_start_matches(':'))
    };
    let value = yaml.or_else(json)?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(value.len());
    value.get(..end).filter(|version| !version.is_empty())
}

/// A name that a package may have after `corpus-`; of a long one its end, which tells more.
fn package_name(name: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let name: String = name.chars().map(|character| if is_plain(character) { character } else { '-' }).collect();
    let end = name.get(name.len().saturating_sub(50)..).unwrap_or(&name);
    end.trim_start_matches('-').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_seen_in_both_notations() {
        for text in ["openapi: 3.0.3\n", "# a\nopenapi: '3.0.3'\n", "{\"info\": {}, \"openapi\" : \"3.0.3\"}"] {
            assert_eq!(version(text), Some("3.0.3"), "{text}");
        }
        assert_eq!(version("swagger: \"2.0\""), Some("2.0"));
        assert_eq!(version("type: object\ndescription: openapi\n"), None);
        assert_eq!(version("{\"tags\": [\"openapi\"]}"), None);
    }
}
