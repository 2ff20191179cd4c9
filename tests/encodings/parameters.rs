//! The tables of `docs/parameters.md`: what a generated client really sends. `INSTA_UPDATE=always` writes them anew.

use std::fmt::Write as _;

use clientwright_tests::{Recorder, Shown};

use super::styles::{Client, types};
use super::values_in_places::{self, Place};
use super::{places, sent, server};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/parameters.md");

/// A cell of a table: a value in a parameter.
struct Cell {
    place: &'static str,
    row: &'static str,
    column: &'static str,
    path: &'static str,
    send: fn(&Client) -> Result<(), String>,
}

mod calls {
    use super::{Cell, types};
    include!(concat!(env!("OUT_DIR"), "/styles_calls.rs"));
}

const START: &str = "\
# How parameters are written

The tables are measured: `tests/encodings` has a generated client for every row, sends it to a server that keeps each
byte, and fails where a table says something else.

Where the texts of the OpenAPI Specification differ, the newest one decides for all versions (3.2, \"Style Examples\", and
RFC 6570 under it): lists in `label` have commas unless they are exploded, and delimiters and brackets are percent-encoded.

- *refused*: the call fails with `Error::Request`, which names the parameter, and nothing is sent.
- *nothing*: the parameter is left out. So it is where it is not set, and where its value is null; null within a list or an
  object is left out of it. A parameter in the path cannot be left out, nor be empty: another path would be reached.

## Styles

In the path a row shows the segment, in the query all of it, and of a header or a cookie the value. An object here has the
members `R` and `G`.

";

const DEEP: &str = "
What is nested deeper has no form in any style but `deepObject`, which OpenAPI defines for one level: each further level gets
one more pair of brackets. A value that has no form is refused, and where a document describes one, it is reported
(`nested-parameter`). `explode: true` with delimiters is reported, and written as `form` writes it.

## Lists between brackets

OpenAPI says nothing of lists in `deepObject`, and servers differ. What yours reads is said by `x-clientwright-lists` at the
document, an operation, a parameter or the encoding of a member of a form, the nearest one counting; or by `lists` in
`clientwright.toml`. A parameter or a member at which it stands is written between brackets whatever its style.

";

const CHARACTERS: &str = "
## Characters

Text in the query is percent-encoded but for letters, digits and `-._~`, and decodes to what was given. Headers have no
encoding: what is no header is refused. `allowReserved` keeps what cannot be taken for something else in its place, and `%XX`.

";

const WHOLE: &str = "
## Media types

A parameter with `content` has no style: it is written in its media type, and then as the place needs it. `in: querystring`
(3.2) is the whole query.

";

#[test]
fn parameters_are_written_as_the_documentation_tells() {
    let server = server();
    let mut text = START.to_owned();
    table(&server, "in | `style` | exploded", calls::STYLES, &mut text);
    text.push_str(DEEP);
    table(&server, "`x-clientwright-lists`", calls::LISTS, &mut text);
    text.push_str(CHARACTERS);
    of_places(&server, values_in_places::CHARACTERS, values_in_places::SIMPLE, &mut text);
    text.push_str(WHOLE);
    media_types(&server, &mut text);
    super::hold_page(FILE, &text);
}

/// A row for each way to write a parameter, a column for each value.
fn table(server: &Recorder, head: &str, cells: &[Cell], text: &mut String) {
    let client = Client::builder().base_url(server.url()).build().shown().unwrap();
    let first = cells.first().unwrap();
    let columns: Vec<&str> = cells.iter().take_while(|cell| cell.row == first.row).map(|cell| cell.column).collect();
    heads(head, &columns, text);
    for row in cells.chunks(columns.len()) {
        write!(text, "| {} |", row[0].row).unwrap();
        for cell in row {
            write!(text, " {} |", shown(server, &client, cell)).unwrap();
        }
        text.push('\n');
    }
}

fn heads(head: &str, columns: &[&str], text: &mut String) {
    let count = head.split(" | ").count() + columns.len();
    writeln!(text, "| {head} | {} |\n|{}", columns.join(" | "), "---|".repeat(count)).unwrap();
}

fn shown(server: &Recorder, client: &Client, cell: &Cell) -> String {
    let before = server.requests().len();
    let Ok(request) = sent(server, (cell.send)(client)) else {
        assert_eq!(server.requests().len(), before, "nothing is sent of what is refused");
        return "*refused*".to_owned();
    };
    let rest = request.target.strip_prefix(cell.path).unwrap();
    let value = match cell.place {
        "header" => request.header("color"),
        "cookie" => request.header("cookie"),
        "path" => rest.strip_prefix('/'),
        _ => Some(rest).filter(|rest| !rest.is_empty()),
    };
    value.map_or("*nothing*".to_owned(), code)
}

/// A text between backticks, within a table.
fn code(text: &str) -> String {
    if text.is_empty() { "empty".to_owned() } else { format!("`{}`", text.replace('|', "\\|")) }
}

/// A row for each place, a column for each text.
fn of_places(server: &Recorder, texts: &[&str], places_of_text: &[Place], text: &mut String) {
    let columns: Vec<String> = texts.iter().map(|text| code(text)).collect();
    heads("in", &columns.iter().map(String::as_str).collect::<Vec<_>>(), text);
    let client = places(server);
    for place in places_of_text {
        write!(text, "| {} |", place.name).unwrap();
        for value in texts {
            let found = place.send(server, &client, value).map(|request| place.raw(&request));
            write!(text, " {} |", found.map_or("*refused*".to_owned(), |raw| code(&raw))).unwrap();
        }
        text.push('\n');
    }
}

fn media_types(server: &Recorder, text: &mut String) {
    of_places(server, &["a b&c"], values_in_places::IN_MEDIA_TYPES, text);
    text.push_str("\nAn object with `text: \"a b\"`, `list: [\"c&d\", \"e\"]`, `object: {\"k\": \"v\"}`:\n\n| `in: querystring` as | |\n|---|---|\n");
    for (name, send) in values_in_places::WHOLE {
        let request = sent(server, send(&places(server))).unwrap();
        writeln!(text, "| {name} | {} |", code(request.query().unwrap_or_default())).unwrap();
    }
}
