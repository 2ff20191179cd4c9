//! What a person decides about the operations and the types of a client.
//!
//! In: the keys `operations`, `formats`, … of a client. Out: decisions with their places, so that what does not fit the document can be
//! shown where it is written. Never: a word that stands for nothing.

use clientwright_api::{Selection, Selector};
use clientwright_document::diagnostic::{Code, Setting, clean};
use clientwright_document::source::Urls;
use clientwright_rust::{Derive, Derives, FormatType, Formats, OwnType, Rename, Renamed, TypePath};

use super::table::{Faults, Shape, Table, Text};

const OWN: Shape = Shape { name: "{ path = … }", keys: &["path", "serde"], planned: &[] };

const RENAME: Shape =
    Shape { name: "[client.NAME.rename]", keys: &["types", "members", "operations", "parameters"], planned: &[] };

/// `operations`: which of them become methods.
pub(super) fn selection(table: Table<'_>, faults: &mut Faults) -> Selection {
    let mut selection = Selection::default();
    for text in table.texts("operations", faults) {
        if let Some(selector) = Selector::parse(&text.value) {
            selection.0.push(Setting::written(selector, faults.file(), text.span));
        } else {
            let title = format!("`{}` selects no operations", clean(&text.value));
            let help = "write `tag:people`, `getPerson`, `GET /people/*`, or one of these after `!` to leave out";
            faults.error(Code::InvalidValue, title, (text.span, ""), help);
        }
    }
    selection
}

/// `first-calls`: the operations that documentation shows first.
pub(super) fn first_calls(table: Table<'_>, faults: &mut Faults) -> Vec<Setting<String>> {
    let texts = table.texts("first-calls", faults);
    texts.into_iter().map(|text| Setting::written(text.value, faults.file(), text.span)).collect()
}

/// `[client.NAME.formats]`: a word or a type for each format.
pub(super) fn formats(table: Table<'_>, faults: &mut Faults) -> Formats {
    let mut formats = Formats::default();
    for format in table.keys() {
        let becomes = if table.is_table(format) {
            own_type(table, format, faults).map(FormatType::Own)
        } else {
            table.text(format, faults).and_then(|text| match FormatType::parse(format, &text.value) {
                Ok(becomes) => Some(becomes),
                Err(expected) => {
                    let title = format!("`{}` is no type for the format `{}`", clean(&text.value), clean(format));
                    faults.error(Code::InvalidValue, title, (text.span, &expected), "");
                    None
                }
            })
        };
        if let Some(becomes) = becomes {
            formats.set(key(table, format, faults), becomes);
        }
    }
    formats
}

/// `[client.NAME.types]`: types of a person's own, by the names of those whose places they take.
pub(super) fn types(table: Table<'_>, faults: &mut Faults) -> Vec<(Setting<String>, OwnType)> {
    let mut types = Vec::new();
    for name in table.keys() {
        types.extend(own_type(table, name, faults).map(|own| (key(table, name, faults), own)));
    }
    types
}

/// `[client.NAME.derives]`: derives by the names of types, or for all.
pub(super) fn derives(table: Table<'_>, faults: &mut Faults) -> Derives {
    let mut derives = Derives::default();
    for name in table.keys() {
        let mut read = Vec::new();
        for text in table.texts(name, faults) {
            match Derive::parse(&text.value) {
                Ok(derive) => read.push(Setting::written(derive, faults.file(), text.span)),
                Err(expected) => {
                    let title = format!("`{}` cannot be derived", clean(&text.value));
                    faults.error(Code::InvalidValue, title, (text.span, &expected), "");
                }
            }
        }
        derives.0.push((key(table, name, faults), read));
    }
    derives
}

/// `[client.NAME.rename]`: names, by what the document calls their bearers.
pub(super) fn rename(table: Table<'_>, faults: &mut Faults) -> Rename {
    table.check(&RENAME, faults);
    let mut kind = |name: &str| {
        let Some(table) = table.table(name, faults) else { return Renamed::new() };
        let mut renamed = Renamed::new();
        for of in table.keys() {
            if let Some(text) = table.text(of, faults) {
                renamed.push((key(table, of, faults), Setting::written(text.value, faults.file(), text.span)));
            }
        }
        renamed
    };
    Rename {
        types: kind("types"),
        members: kind("members"),
        operations: kind("operations"),
        parameters: kind("parameters"),
    }
}

/// A type of a person's own: its path, or a table with the path.
fn own_type(table: Table<'_>, key: &str, faults: &mut Faults) -> Option<OwnType> {
    if !table.is_table(key) {
        let path = path(table.text(key, faults)?, faults)?;
        return Some(OwnType { path, serde: false });
    }
    let table = table.table(key, faults)?;
    table.check(&OWN, faults);
    let serde = table.boolean("serde", faults).unwrap_or(false);
    let path = path(table.required_text("path", "my_crate::Money", faults)?, faults)?;
    Some(OwnType { path, serde })
}

fn path(text: Text, faults: &mut Faults) -> Option<TypePath> {
    let path = TypePath::parse(&text.value);
    if path.is_none() {
        let title = format!("`{}` is not the path of a type", clean(&text.value));
        let help = "write names with `::` between them, and nothing else: `my_crate::Money`; for more than a name, make \
                    an alias: `type Prices = Vec<Price>;`";
        faults.error(Code::InvalidValue, title, (text.span, ""), help);
    }
    path
}

/// `[client.NAME.urls]`: files and folders by the URLs that they stand for.
pub(super) fn urls(table: Table<'_>, faults: &mut Faults) -> Urls {
    let mut urls = Urls::default();
    for url in table.keys() {
        let Some(path) = table.text(url, faults) else { continue };
        if let Err(expected) = urls.add(key(table, url, faults), &path.value) {
            let title = format!("no file can stand for `{}`", clean(url));
            faults.error(Code::InvalidValue, title, (table.key_span(url), expected), "");
        }
    }
    urls
}

/// A key with its place.
pub(super) fn key(table: Table<'_>, key: &str, faults: &Faults) -> Setting<String> {
    Setting::written(key.to_owned(), faults.file(), table.key_span(key))
}
