//! The clients of `encodings/`, and a call for each cell of the table of styles.
//!
//! In: the places of parameters, with the styles each can have, and the documents there. Out: in `OUT_DIR` a document with
//! an operation for each cell, a client of it, a function for each of its calls, and a client of each other document. Never: what should be
//! on the wire; `docs/parameters.md` says it.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use clientwright::Generator;

/// The places of a parameter, and the styles it can have there.
const STYLES: &[(&str, &[&str])] = &[
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
];

/// The shapes of a value with their schemas.
const SHAPES: &[(&str, &str)] = &[
    ("Text", "{ type: string }"),
    ("List", "{ type: array, items: { type: string } }"),
    ("Object", "{ $ref: '#/components/schemas/Color' }"),
    ("Deep", "{ $ref: '#/components/schemas/Deep' }"),
    ("Lines", "{ type: array, items: { $ref: '#/components/schemas/Line' } }"),
];

/// The values of each shape, as the table shows them and as a caller writes them.
const VALUES: &[(&str, &str, &str)] = &[
    ("Text", r#"`""`"#, r#""""#),
    ("Text", "`\"blue\"`", r#""blue""#),
    ("List", "`[\"blue\",\"black\"]`", r#"["blue", "black"]"#),
    ("Object", "`{\"R\":100,\"G\":200}`", "types::Color::new().r(100).g(200)"),
    ("List", "`[]`, `{}`", "Vec::<String>::new()"),
    ("Deep", "`{\"a\":[1,2],\"b\":{\"c\":3}}`", DEEP),
];

/// A value that is nested deeper than styles can say.
const DEEP: &str = r#"types::Deep::new().a(serde_json::json!([1, 2])).b(serde_json::json!({"c": 3}))"#;

/// What can be said of lists between brackets.
const LISTS: &[&str] = &["repeat", "brackets", "indices"];

/// The values of the table about lists.
const LIST_VALUES: &[(&str, &str, &str)] = &[
    ("List", "`[\"x\",\"y\"]`", r#"["x", "y"]"#),
    ("Deep", "`{\"a\":[1,2],\"b\":{\"c\":3}}`", DEEP),
    ("Lines", "`[{\"id\":1,\"n\":5},{\"id\":2}]`", "[types::Line::new().id(1).n(5), types::Line::new().id(2)]"),
];

const START: &str = "openapi: 3.2.0
info: { title: Styles, version: '1' }
servers: [{ url: / }]
components:
  schemas:
    Color: { type: object, properties: { R: { type: integer }, G: { type: integer }, B: { type: integer } } }
    Deep: { type: object, properties: { a: {}, b: {} } }
    Line: { type: object, properties: { id: { type: integer }, n: { type: integer } } }
paths:
";

/// Generates them.
pub(crate) fn generate() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    let (mut document, mut calls) = (START.to_owned(), String::new());
    calls.push_str("pub(crate) const STYLES: &[Cell] = &[\n");
    for (place, styles) in STYLES {
        for (style, explode) in styles.iter().flat_map(|style| [(style, false), (style, true)]) {
            // What is between brackets is exploded, whatever is said.
            if *style == "deepObject" && !explode {
                continue;
            }
            let said = format!("style: {style}, explode: {explode}");
            let exploded = if explode { "yes" } else { "no" };
            let row = format!("{place} | `{style}` | {}", if *style == "deepObject" { "" } else { exploded });
            let key = format!("{place}{}{}", capital(style), if explode { "Exploded" } else { "" });
            operations(&mut document, &key, (place, &said), VALUES)?;
            cells(&mut calls, &key, (place, &row), VALUES)?;
        }
    }
    calls.push_str("];\npub(crate) const LISTS: &[Cell] = &[\n");
    for said in LISTS {
        let key = format!("lists{}", capital(said));
        operations(&mut document, &key, ("query", &format!("x-clientwright-lists: {said}")), LIST_VALUES)?;
        cells(&mut calls, &key, ("query", &format!("`{said}`")), LIST_VALUES)?;
    }
    calls.push_str("];\n");
    let path = folder.join("styles.yaml");
    // Cargo runs this again where a file is newer that it was told of.
    if fs::read_to_string(&path).ok().as_ref() != Some(&document) {
        fs::write(&path, document)?;
    }
    fs::write(folder.join("styles_calls.rs"), calls)?;
    Generator::new(path.to_string_lossy()).strict(true).generate_to_out_dir()?;
    Generator::new("encodings/places.yaml").strict(true).generate_to_out_dir()?;
    Ok(())
}

/// An operation for each shape of the parameter `color` that the values have.
fn operations(
    document: &mut String,
    key: &str,
    (place, said): (&str, &str),
    values: &[(&str, &str, &str)],
) -> Result<(), std::fmt::Error> {
    for (shape, schema) in SHAPES {
        if !values.iter().any(|(of, _, _)| of == shape) {
            continue;
        }
        let path = if place == "path" { format!("/{key}{shape}/{{color}}") } else { format!("/{key}{shape}") };
        let required = place == "path";
        writeln!(
            document,
            "  {path}:\n    get:\n      operationId: {key}{shape}\n      parameters:\n        - {{ name: color, in: {place}, required: {required}, {said}, schema: {schema} }}\n      responses: {{ '204': {{ description: Done. }} }}"
        )?;
    }
    Ok(())
}

/// A call for each value.
fn cells(
    calls: &mut String,
    key: &str,
    (place, row): (&str, &str),
    values: &[(&str, &str, &str)],
) -> Result<(), std::fmt::Error> {
    for (shape, shown, value) in values {
        let method = snake(&format!("{key}{shape}"));
        let call = if place == "path" { format!("{method}({value})") } else { format!("{method}().color({value})") };
        let path = format!("/{key}{shape}");
        writeln!(
            calls,
            "Cell {{ place: {place:?}, row: {row:?}, column: {shown:?}, path: {path:?}, send: |client| both!(client.{call}) }},"
        )?;
    }
    Ok(())
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

fn snake(words: &str) -> String {
    let mut name = String::new();
    for character in words.chars() {
        if character.is_uppercase() {
            name.push('_');
        }
        name.extend(character.to_lowercase());
    }
    name
}
