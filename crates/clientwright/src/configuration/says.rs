//! What a person says of a document that it does not say itself.
//!
//! In: `[client.NAME.says]`. Out: statements with their places. Never: a value that stands for nothing.

use clientwright_api::{Said, SaidValue, Selector, Statement};
use clientwright_document::diagnostic::{Code, clean};

use super::overrides::key;
use super::table::{Faults, Table};

/// The tables that are about parts of the document; other keys are about the whole.
const PARTS: &[&str] = &["operations", "parameters", "schemas", "security"];

pub(super) fn said(table: Table<'_>, faults: &mut Faults) -> Said {
    let document = statements(table, PARTS, faults);
    let mut part = |name: &str| {
        let Some(table) = table.table(name, faults) else { return Vec::new() };
        let mut read = Vec::new();
        for of in table.keys() {
            if let Some(inner) = table.table(of, faults) {
                read.push((key(table, of, faults), statements(inner, &[], faults)));
            }
        }
        read
    };
    let (operations, parameters, schemas, security) =
        (part("operations"), part("parameters"), part("schemas"), part("security"));
    let mut selected = Vec::new();
    for (of, statements) in operations {
        if let Some(selector) = Selector::parse(&of.value).filter(|selector| !selector.excludes()) {
            selected.push((of.with(selector), statements));
        } else {
            let title = format!("`{}` selects no operations", clean(&of.value));
            let help = "write `tag:people`, `getPerson` or `GET /people/*`";
            let span = table.table("operations", faults).map_or(0..0, |table| table.key_span(&of.value));
            faults.error(Code::InvalidValue, title, (span, ""), help);
        }
    }
    Said { document, operations: selected, parameters, schemas, security }
}

fn statements(table: Table<'_>, passed_over: &[&str], faults: &mut Faults) -> Vec<Statement> {
    let mut statements = Vec::new();
    for name in table.keys().filter(|name| !passed_over.contains(name)) {
        if let Some(value) = value(table, name, faults) {
            statements.push(Statement { key: key(table, name, faults), value });
        }
    }
    statements
}

/// A value that a statement may have.
fn value(table: Table<'_>, name: &str, faults: &mut Faults) -> Option<SaidValue> {
    if table.is_table(name) {
        let inner = table.table(name, faults)?;
        let members = inner.keys().filter_map(|key| Some((key.to_owned(), value(inner, key, faults)?)));
        return Some(SaidValue::Table(members.collect()));
    }
    if table.is_boolean(name) {
        return table.boolean(name, faults).map(SaidValue::Flag);
    }
    if table.is_list(name) {
        let texts = table.texts(name, faults).into_iter().map(|text| SaidValue::Text(text.value));
        return Some(SaidValue::List(texts.collect()));
    }
    table.text(name, faults).map(|text| SaidValue::Text(text.value))
}
