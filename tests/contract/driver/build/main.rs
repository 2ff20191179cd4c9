//! Generates a client from each document of Spector's specifications, and a row for each of its operations.
//!
//! In: the folder that `CLIENTWRIGHT_CONTRACT` names, with `documents/NAME/VERSION/openapi.json`. Out: the clients, and
//! `operations.rs`: their modules, and how each operation is called with what is given. Never: a look at the scenarios.

#[path = "../../../build/read.rs"]
#[expect(clippy::wildcard_enum_match_arm, reason = "the enumerations are syn's")]
mod read;
#[path = "../../../build/request.rs"]
mod request;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use clientwright::Generator;
use read::{Argument, Found, Uses};

const VERSIONS: [&str; 2] = ["3.0.0", "3.1.0"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=CLIENTWRIGHT_CONTRACT");
    let folder = PathBuf::from(env::var("CLIENTWRIGHT_CONTRACT")?).join("documents");
    println!("cargo::rerun-if-changed={}", folder.display());
    let output = PathBuf::from(env::var("OUT_DIR")?);
    let (mut modules, mut rows) = (String::new(), String::new());
    for name in documents(&folder)? {
        for version in VERSIONS {
            let module = format!("{name}_{version}").replace(['/', '-', '.'], "_");
            let path = folder.join(&name).join(version).join("openapi.json");
            let generator = Generator::new(path.to_string_lossy()).module(&module);
            said(generator, &name).generate_to_out_dir()?;
            let file = output.join(&module).join("mod.rs");
            writeln!(
                modules,
                "#[allow(dead_code, unused_imports, unreachable_pub)]\n#[path = {:?}]\npub(crate) mod {module};",
                file.to_string_lossy()
            )?;
            print_client(&output.join(&module), (&name, version, &module), (&mut modules, &mut rows))?;
        }
    }
    let text = format!("{modules}\npub(crate) fn rows() -> Vec<Row> {{\nlet mut rows = Vec::new();\n{rows}rows\n}}\n");
    Ok(fs::write(output.join("operations.rs"), text)?)
}

/// What a caller says where a document does not.
fn said(generator: Generator, document: &str) -> Generator {
    if document != "payload/pageable" {
        return generator;
    }
    let pages = [("items", "nestedItems.pets"), ("next", "nestedNext.next")];
    generator.say_of_operations("ServerDrivenPagination_nestedLink", "pages", pages)
}

/// The names of the documents below a folder, in their order.
fn documents(root: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let (mut names, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        if folder.join(VERSIONS[0]).join("openapi.json").exists() {
            names.push(folder.strip_prefix(root)?.to_string_lossy().into_owned());
        }
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            folders.extend(path.is_dir().then_some(path));
        }
    }
    names.sort();
    Ok(names)
}

/// Prints the rows of a client's operations, in a module for each of its files.
fn print_client(
    folder: &Path,
    (name, version, module): (&str, &str, &str),
    (modules, rows): (&mut String, &mut String),
) -> Result<(), Box<dyn Error>> {
    let mut files = fs::read_dir(folder.join("operations"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    files.sort();
    for (number, path) in files.iter().enumerate() {
        let file = syn::parse_file(&fs::read_to_string(path)?)?;
        writeln!(
            modules,
            "mod {module}_{number} {{\n#[allow(unused_imports)] use super::{{{module} as client, Given, Outcome, Row, given}};"
        )?;
        writeln!(
            modules,
            "#[allow(unused_imports)] use client::types;\n{}",
            read::imports(&file, "::clientwright_runtime")
        )?;
        writeln!(modules, "pub(super) static ROWS: &[Row] = &[")?;
        let found = Found::in_file(&file)?;
        for method in found.methods.get("Client").into_iter().flatten() {
            print_operation(&found, method, (name, version), modules)?;
        }
        writeln!(modules, "];\n}}")?;
        writeln!(rows, "rows.extend({module}_{number}::ROWS);")?;
    }
    Ok(())
}

/// Prints the row of an operation; none for one whose body a person has to write.
fn print_operation(
    found: &Found,
    method: &syn::ImplItemFn,
    (document, version): (&str, &str),
    text: &mut String,
) -> Result<(), Box<dyn Error>> {
    let request = read::returned(method)?;
    let uses = Uses::of(method);
    let constant = uses.operation.as_ref().ok_or("a method calls an operation")?;
    let operation = found.operations.get(constant).ok_or("an operation")?;
    let decoder = found.decoders.get(&request).ok_or("a request")?;
    let mut setters = Vec::new();
    let mut kind = uses.body.clone();
    for setter in found.methods.get(&request).into_iter().flatten() {
        let uses = Uses::of(setter);
        kind = kind.or_else(|| uses.body.clone());
        setters.push((setter.sig.ident.to_string(), uses.arguments(setter)?));
    }
    let kind = kind.unwrap_or_default();
    let arguments = uses.arguments(method)?;
    if kind == "multipart" {
        return Ok(());
    }
    let given: Vec<String> = arguments.iter().map(|one| given(one, "required")).collect::<Result<_, _>>()?;
    writeln!(
        text,
        "Row {{ document: {document:?}, version: {version:?}, operation: {operation:?}, kind: {kind:?}, call: |given: &Given| -> Outcome {{"
    )?;
    writeln!(
        text,
        "let client = client::Client::builder().base_url(given.url()).retries(client::Retries::none()).build()?;"
    )?;
    writeln!(text, "let call = client.{}({});", method.sig.ident, given.join(", "))?;
    for (setter, arguments) in &setters {
        let [argument] = arguments.as_slice() else { continue };
        writeln!(
            text,
            "let call = match {} {{ Some(value) => call.{setter}(value), None => call }};",
            self::given(argument, "optional")?
        )?;
    }
    // Enumerations of several successes are not written again.
    let kinds = ["json", "xml", "text", "bytes", "nothing"];
    let read = kinds.iter().find(|kind| decoder.starts_with(**kind)).unwrap_or(&"any");
    writeln!(text, "given.compare(call.send_blocking(), given::{read})\n}} }},")?;
    Ok(())
}

/// The expression for what is given for an argument.
fn given(argument: &Argument, way: &str) -> Result<String, Box<dyn Error>> {
    let kind = &argument.kind;
    Ok(match (argument.method.as_str(), &argument.wire) {
        ("path" | "query" | "header" | "cookie", Some(name)) => {
            format!("given.{way}::<{kind}>({:?}, {name:?})?", argument.method)
        }
        ("bytes", _) if kind == "& str" => "given.media_type()".to_owned(),
        ("xml", _) => format!("given.{way}_xml::<{kind}>()?"),
        ("bytes", _) => format!("given.{way}_bytes::<{kind}>()?"),
        _ => format!("given.{way}_body::<{kind}>()?"),
    })
}
