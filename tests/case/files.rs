//! The files that the document of a case may refer to.
//!
//! In: the table `files` of a case's options. Out: what a loader gives for each path. Never: a file of the disk.

use std::collections::{BTreeMap, BTreeSet};

use clientwright_document::Loader;
use clientwright_document::source::{LoadError, Urls};
use clientwright_tests::marks;
use toml_edit::Item;

/// What stands beside a document.
#[derive(Default)]
pub(crate) struct OtherFiles(BTreeMap<String, Content>);

/// What a path leads to.
enum Content {
    Bytes(Vec<u8>),
    /// So many blanks.
    Blanks(usize),
    Directory,
}

/// A document with what stands beside it.
pub(crate) struct Folder<'a> {
    name: &'a str,
    text: &'a str,
    others: &'a OtherFiles,
    urls: &'a Urls,
}

impl OtherFiles {
    /// Reads the table: a text for a file, `{ bytes = [255, 254] }`, `{ blanks = 100 }` or `{ directory = true }`.
    pub(crate) fn read(item: &Item) -> Result<Self, String> {
        let table = item.as_table_like().ok_or("`files` is a table")?;
        let read = |(path, item): (&str, &Item)| {
            let content = content(item).ok_or_else(|| format!("`{path}` is no file: {item}"))?;
            Ok((path.to_owned(), content))
        };
        table.iter().map(read).collect::<Result<_, String>>().map(Self)
    }

    /// The places that their marks name, and their codes.
    pub(crate) fn marks(&self) -> BTreeSet<String> {
        let text = |content: &Content| match content {
            Content::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Content::Blanks(_) | Content::Directory => String::new(),
        };
        self.0.iter().flat_map(|(path, content)| marks::expected(path, &text(content))).collect()
    }

    /// These files beside a document.
    pub(crate) fn beside<'a>(&'a self, name: &'a str, text: &'a str, urls: &'a Urls) -> Folder<'a> {
        Folder { name, text, others: self, urls }
    }
}

impl Loader for Folder<'_> {
    fn file_for(&self, url: &str) -> Option<String> {
        self.urls.file_for(url)
    }

    fn load(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        match self.others.0.get(path) {
            _ if path == self.name => Ok(self.text.as_bytes().to_vec()),
            Some(Content::Bytes(bytes)) => Ok(bytes.clone()),
            Some(Content::Blanks(length)) => Ok(vec![b' '; *length]),
            Some(Content::Directory) => Err(LoadError::IsDirectory),
            None => Err(LoadError::NotFound),
        }
    }
}

fn content(item: &Item) -> Option<Content> {
    if let Some(text) = item.as_str() {
        return Some(Content::Bytes(text.as_bytes().to_vec()));
    }
    let (key, value) = item.as_table_like()?.iter().next()?;
    let integer = |value: &toml_edit::Value| value.as_integer().and_then(|integer| u8::try_from(integer).ok());
    match key {
        "bytes" => value.as_array()?.iter().map(integer).collect::<Option<Vec<u8>>>().map(Content::Bytes),
        "blanks" => value.as_integer().and_then(|length| usize::try_from(length).ok()).map(Content::Blanks),
        "directory" => value.as_bool().filter(|is_directory| *is_directory).map(|_| Content::Directory),
        _ => None,
    }
}
