//! The types of small documents, with a table of them, for `round_trip.rs`.
//!
//! In: the documents of `specs/`, and the cases of `types/`. Out: `round_trip.rs` in `OUT_DIR`, which has for each document
//! its types, the places of their schemas, and what reads and writes a value of each. Never: a member that is dropped;
//! those that no schema describes are kept.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use clientwright::{Configuration, Mode, NamedType, Options, codegen};

/// Generates them.
pub(crate) fn generate(tests: &Path, root: &Path) -> Result<(), Box<dyn Error>> {
    let output = PathBuf::from(env::var("OUT_DIR")?);
    let mut documents = Vec::new();
    for folder in [root.join("specs"), tests.join("cases/types")] {
        super::watch(&folder);
        for entry in fs::read_dir(folder)? {
            documents.push(entry?.path());
        }
    }
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    documents.sort();
    let (mut modules, mut rows) = (String::new(), String::new());
    for (number, document) in documents.iter().enumerate() {
        super::watch(document);
        let Some(types) = one(&output, number, document)? else { continue };
        let module = output.join(format!("round_trip/d{number}/src"));
        fs::write(module.join("mod.rs"), "pub mod types;\n")?;
        let (document, module) = (document.to_string_lossy(), module.join("mod.rs"));
        writeln!(modules, "#[path = {:?}]\nmod d{number};", module.to_string_lossy())?;
        writeln!(rows, "Tried {{ document: {document:?}, table: {:?}, again: &[", table(&types))?;
        for found in &types {
            writeln!(rows, "again::<Option<d{number}::types::{}>>,", found.name)?;
        }
        rows.push_str("] },\n");
    }
    let text = format!("{modules}\npub(super) static DOCUMENTS: &[Tried] = &[\n{rows}];\n");
    Ok(fs::write(output.join("round_trip.rs"), text)?)
}

/// Generates the types of a document; none where it has errors, as some cases do.
fn one(output: &Path, number: usize, document: &Path) -> Result<Option<Vec<NamedType>>, Box<dyn Error>> {
    let files = document.parent().unwrap_or(document).to_string_lossy();
    let document = document.to_string_lossy();
    let text = format!(
        "[client.types]\nspec = {document:?}\nfiles = {files:?}\noutput = \"round_trip/d{number}\"\n\
         types-only = true\nunknown-members = \"keep\"\n[client.types.package]\nname = \"types\"\n"
    );
    let configuration = Configuration::parse(output, "round_trip", &text).map_err(|report| report.to_string())?;
    let client = configuration.clients.first().ok_or("no client")?;
    // The names of an earlier run are not to be given again.
    let _ = fs::remove_dir_all(output.join(format!("round_trip/d{number}")));
    let run = codegen(&configuration, client, Options { mode: Mode::Write, strict: false });
    Ok(run.ok().map(|run| run.contents.named))
}

/// The types as the sampler reads them.
fn table(types: &[NamedType]) -> String {
    let line = |found: &NamedType| {
        let direction = match (found.sent, found.received) {
            (true, false) => "sent",
            (_, true) => "received",
            (false, false) => "both",
        };
        format!("{}\t{}\t{}\t{direction}\n", found.file, found.pointer, found.name)
    };
    types.iter().map(line).collect()
}
