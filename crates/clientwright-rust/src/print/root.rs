//! Prints the crate's root, its versions and its `README.md`.
//!
//! In: the planned crate. Out: `lib.rs`, `meta.rs`, `README.md`. Never happens: a version anywhere but in `meta.rs`.

use quote::quote;

use super::source::{MARK, Source};
use super::{example, guide};
use crate::docs::paragraph;
use crate::model::Crate;

/// What stands below the documentation of `lib.rs`.
const ATTRIBUTES: &str = include_str!("../../templates/lib.rs.in");
/// The modules of a crate, and what it re-exports.
const CLIENT_MODULES: &[&str] = &["mod client", "pub mod meta", "pub mod operations", SERVERS, "pub mod types"];
const CLIENT_USES: &str = include_str!("../../templates/lib_client.rs.in");
/// The module of documented servers, where there are any.
const SERVERS: &str = "pub mod servers";
/// The same of a crate without operations.
const TYPES_MODULES: &[&str] = &["pub mod meta", "pub mod types"];
const TYPES_USES: &str = include_str!("../../templates/lib_types.rs.in");
/// What every `README.md` says of calls, and of features.
const README: &str = include_str!("../../templates/readme.md.in");
const FEATURES: &str = include_str!("../../templates/readme_features.md.in");
/// The same of a crate without operations.
const README_TYPES: &str = include_str!("../../templates/readme_types.md.in");

/// Prints `lib.rs`.
pub(super) fn library(planned: &Crate) -> String {
    let mut lines = vec![subject(planned)];
    paragraph(&mut lines, planned.docs.clone());
    let call = example::first_calls(planned);
    if !call.is_empty() {
        let mut code = vec![format!("# {}", example::heading(planned)), String::new(), "```no_run".to_owned()];
        code.extend(program(planned, &call, true));
        code.push("```".to_owned());
        paragraph(&mut lines, code);
    }
    let mut source = Source::new(&lines);
    source.block(ATTRIBUTES);
    let client = !planned.operations.is_empty();
    let modules = if client { CLIENT_MODULES } else { TYPES_MODULES };
    let modules = modules.iter().filter(|module| **module != SERVERS || !planned.client.servers.is_empty());
    let modules: Vec<String> = modules.map(|module| format!("#[rustfmt::skip]\n{module};")).collect();
    source.block(&modules.join("\n"));
    source.block(if client { CLIENT_USES } else { TYPES_USES });
    source.finish()
}

/// What the crate is, in a sentence.
fn subject(planned: &Crate) -> String {
    let what = if planned.operations.is_empty() { "The types of" } else { "A client for" };
    format!("{what} {}.", planned.title)
}

/// Prints `meta.rs`, the one file that holds versions.
pub(super) fn meta(planned: &Crate) -> String {
    let mut source = Source::new(&["The versions of this crate and of the API it was generated from.".to_owned()]);
    let (package, api) = (&planned.manifest.version, &planned.api_version);
    let user_agent = format!("{}/{package}", planned.manifest.name);
    if !planned.operations.is_empty() {
        source.item(quote! {
        /// What the client says it is, in the header `User-Agent`.
        pub(super) const USER_AGENT: &str = #user_agent;
        });
    }
    source.item(quote! {
        /// The version of the API, as its document states it.
        pub const API_VERSION: &str = #api;
    });
    source.finish()
}

/// Prints `README.md`.
pub(super) fn readme(planned: &Crate) -> String {
    let mut text =
        format!("<!-- {} -->\n\n# {}\n\n{}\n", MARK.trim_start_matches("// "), planned.manifest.name, subject(planned));
    if !planned.docs.is_empty() {
        text.extend(["\n", &planned.docs.join("\n"), "\n"]);
    }
    let call = example::first_calls(planned);
    if !call.is_empty() {
        let program = program(planned, &call, false).join("\n");
        text.extend(["\n## ", example::heading(planned), "\n\n```rust,no_run\n", &program, "\n```\n"]);
    }
    if planned.operations.is_empty() {
        text.extend(["\n", README_TYPES]);
        return text;
    }
    text.extend(["\n", README, &guide::sections(planned), "\n", FEATURES]);
    text
}

/// A whole program around a call; what only makes it one is hidden in documentation.
fn program(planned: &Crate, call: &[String], hide: bool) -> Vec<String> {
    let name = planned.manifest.name.replace('-', "_");
    let uses = if example::needs_types(call) { "{Client, types}" } else { "Client" };
    let hidden = if hide { "# " } else { "" };
    let indent = if hide { "" } else { "    " };
    let mut lines = vec![format!("use {name}::{uses};"), String::new()];
    lines.push(format!("{hidden}async fn run() -> Result<(), Box<dyn std::error::Error>> {{"));
    lines.extend(call.iter().map(|line| if line.is_empty() { String::new() } else { format!("{indent}{line}") }));
    lines.push(format!("{hidden}{indent}Ok(())"));
    lines.push(format!("{hidden}}}"));
    lines
}
