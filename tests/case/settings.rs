//! What a person decided about the client of a case.
//!
//! In: the options of a case, in which the tables of a client begin somewhere, as in a `clientwright.toml`. Out: the
//! options before them, and the decisions with their places. Never: a second way to write a decision.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use clientwright::{Client, Configuration};
use clientwright_document::Sources;
use clientwright_tests::marks;

/// The decisions of a case.
pub(crate) struct Settings {
    /// The file with the decisions, the options before them blanked, so that lines keep their numbers.
    file: Option<(String, String)>,
    /// The client that they are about.
    pub(crate) client: Client,
}

impl Default for Settings {
    fn default() -> Self {
        let text = "[client.example]\nspec = \"example.yaml\"\noutput = \"example\"\n";
        let configuration = Configuration::parse(Path::new(""), "clientwright.toml", text);
        let client = configuration.map(|configuration| configuration.clients).unwrap_or_default().remove(0);
        Self { file: None, client }
    }
}

impl Settings {
    /// Splits the options of a case from the decisions, if there are any.
    pub(crate) fn read<'a>(name: &str, text: &'a str) -> Result<(&'a str, Self), Box<dyn Error>> {
        let Some(start) = text.find("[client.") else { return Ok((text, Self::default())) };
        let (options, decisions) = text.split_at(start);
        let shown = "\n".repeat(options.matches('\n').count()) + decisions;
        let configuration = Configuration::parse(Path::new(""), name, &shown)?;
        let client = configuration.clients.into_iter().next().ok_or("there is no client")?;
        Ok((options, Self { file: Some((name.to_owned(), shown)), client }))
    }

    /// Makes the places of the decisions known, before any other file.
    pub(crate) fn keep(&self, sources: &mut Sources) {
        if let Some((name, text)) = &self.file {
            sources.keep(name, text.clone());
        }
    }

    /// The places that its marks name, and their codes.
    pub(crate) fn marks(&self) -> BTreeSet<String> {
        self.file.iter().flat_map(|(name, text)| marks::expected(name, text)).collect()
    }

    /// The text of the decisions, if there are any.
    pub(crate) fn text(&self) -> Option<&str> {
        self.file.as_ref().map(|(_, text)| text.trim_start())
    }
}
