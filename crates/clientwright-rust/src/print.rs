//! Prints a planned crate: tokens, items, text, file by file.
//!
//! In: a [`Crate`]. Out: the text of its files. Each item is built with `quote`, parsed with `syn` and laid out by
//! `prettyplease`; the first line, the blank lines between items, statements and the methods of clients are laid out here, and
//! parsed all the same.
//!
//! Never happens: a decision about a name or a type; text of a document outside of a string literal or a comment.

mod bodies;
mod client;
mod example;
mod guide;
mod headers;
mod layout;
mod nodes;
mod objects;
mod operations;
mod pages;
mod requests;
mod root;
mod servers;
mod source;
mod streams;
mod tokens;
mod types;
mod unions;
mod uses;
mod views;

use crate::Files;
use crate::model::Crate;

/// Prints the files of a crate, but for its manifest.
#[must_use]
pub fn print(planned: &Crate) -> Files {
    let mut files = Files::new();
    files.insert("README.md".to_owned(), root::readme(planned));
    files.insert("src/lib.rs".to_owned(), root::library(planned));
    files.insert("src/meta.rs".to_owned(), root::meta(planned));
    let mut modules = types::print(planned);
    // Without operations there is nothing to call: such a document gives types alone.
    if !planned.operations.is_empty() {
        modules.push(("client.rs".to_owned(), client::print(planned)));
        modules.extend(operations::print(planned));
        modules.extend(servers::print(&planned.client).map(|text| ("servers.rs".to_owned(), text)));
    }
    files.extend(modules.into_iter().map(|(path, text)| (format!("src/{path}"), text)));
    files
}
