//! What can be said on the command line, and the help about it.
//!
//! In: the words of a command line. Out: a command, or what is wrong with the words. Never: a look
//! at a file.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use clientwright::{Setting, Urls};

/// Turns OpenAPI documents into Rust API clients
#[derive(Debug, Parser)]
#[command(name = "clientwright", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add a client for a document to clientwright.toml
    ///
    /// Reads the document, shows what there is to say about it, and adds a client to
    /// clientwright.toml: to that in the current folder or the nearest one above, or to a new
    /// one here. What stands in the file stays as it is, with its comments. Nothing is generated
    /// yet.
    #[command(verbatim_doc_comment)]
    Init(Init),
    /// Write the crates of the clients in clientwright.toml
    ///
    /// Reads the document of each client and writes its crate. Only files that differ are
    /// written. A document with errors leaves its crate as it was. In the Cargo.toml of a crate
    /// your own keys stay.
    #[command(verbatim_doc_comment)]
    Generate(Generate),
    /// Tell what `generate` would change, and fail if it is anything
    ///
    /// Compares each crate with what would be generated, and writes nothing. Meant for CI, where
    /// it shows that the document, the crate and the generator belong together.
    #[command(verbatim_doc_comment)]
    Check(Generate),
    /// Write the lock file of a crate whose build script generates its client
    ///
    /// The file keeps the names that callers of the client may have written, whatever the document
    /// gains. A build script reads it and never writes it, so this command does. The crates of the
    /// clients in clientwright.toml need it not: `generate` keeps their lock files.
    #[command(verbatim_doc_comment)]
    Lock(Lock),
    /// Explain the code of a diagnostic, such as `unsupported-schema`
    ///
    /// Diagnostics carry a code in brackets: `warning[unsupported-schema]: …`. Its page says what
    /// it is, why it matters, what it looks like in a document, and what to do about it.
    #[command(verbatim_doc_comment)]
    Explain(Explain),
}

/// `generate` and `check`.
#[derive(Args, Debug)]
pub(crate) struct Generate {
    /// The clients, by their names in clientwright.toml; all, if none is named
    #[arg(value_name = "CLIENT")]
    pub(crate) clients: Vec<String>,
    /// Fail on warnings too: where a part of a document was left out
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// `init`.
#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The OpenAPI document, a file in JSON or YAML
    #[arg(value_name = "SPEC")]
    pub(crate) spec: String,
    /// The name of the client and of its package [default: made from the document's title]
    #[arg(long, value_name = "NAME", value_parser = name)]
    pub(crate) name: Option<String>,
    /// The folder for the crate [default: beside the other clients, or in crates/clients]
    #[arg(long, value_name = "PATH")]
    pub(crate) output: Option<String>,
    #[command(flatten)]
    pub(crate) urls: UrlOptions,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// The files that stand for URLs.
#[derive(Args, Debug)]
pub(crate) struct UrlOptions {
    /// The folder that stands for the URLs which begin with one that ends with a slash, or the file that stands for one
    ///
    /// `--url https://example.com/schemas/=specs/schemas`; more than once for more of them. Nothing is
    /// ever fetched.
    #[arg(long = "url", value_name = "URL=PATH", value_parser = url, verbatim_doc_comment)]
    pub(crate) urls: Vec<(String, String)>,
}

impl UrlOptions {
    /// All of them.
    pub(crate) fn all(&self) -> Urls {
        let mut urls = Urls::default();
        for (url, path) in &self.urls {
            // What is no URL is refused where the command line is read.
            let _ = urls.add(Setting::new(url.clone()), path);
        }
        urls
    }
}

/// A URL and the path that stands for it, parted by the last `=`, since a URL may have one too.
fn url(text: &str) -> Result<(String, String), String> {
    let (url, path) = text.rsplit_once('=').filter(|(_, path)| !path.is_empty()).ok_or("expected URL=PATH")?;
    Urls::default().add(Setting::new(url.to_owned()), path)?;
    Ok((url.to_owned(), path.to_owned()))
}

/// What several commands take.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The configuration [default: clientwright.toml in this folder or the nearest one above]
    #[arg(long, value_name = "PATH")]
    pub(crate) config: Option<PathBuf>,
    /// How diagnostics are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// How diagnostics are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines they are about, and with what to do
    Human,
    /// One line for each: `specs/pets.yaml:12:5: warning[unknown-key]: …`
    Short,
}

/// `lock`.
#[derive(Args, Debug)]
pub(crate) struct Lock {
    /// The OpenAPI document, a file in JSON or YAML
    #[arg(value_name = "SPEC")]
    pub(crate) spec: String,
    /// The lock file, beside the Cargo.toml of the crate
    #[arg(long = "lock", value_name = "PATH", default_value = "clientwright.lock")]
    pub(crate) path: String,
    /// Only tell whether the file would change, and fail if it would
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) urls: UrlOptions,
    /// How diagnostics are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// `explain`.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The code, as it stands in a diagnostic
    #[arg(value_name = "CODE", required_unless_present = "list")]
    pub(crate) code: Option<String>,
    /// List all codes, with a sentence about each
    #[arg(long, conflicts_with = "code")]
    pub(crate) list: bool,
}

/// Reads a command line, for a program that is called by a command.
pub(crate) fn read(command: &str, words: impl IntoIterator<Item = OsString>) -> Result<Command, clap::Error> {
    let mut parser = Arguments::command().bin_name(command).after_help(introduction(command));
    for (name, examples) in examples(command) {
        parser = parser.mut_subcommand(name, |subcommand| subcommand.after_help(examples));
    }
    let matches = parser.try_get_matches_from_mut(words)?;
    Arguments::from_arg_matches(&matches).map(|arguments| arguments.command)
}

/// The end of the help: how to begin, and how a command ends.
fn introduction(command: &str) -> String {
    format!(
        "\
Begin with a document:
  {command} init specs/pets.yaml   adds the client `pets` to clientwright.toml
  {command} generate               writes its crate, which is meant to be committed
  {command} check                  in CI: fails where the crate is out of date

Exit codes:
  0  done
  1  a document, a configuration or a file is at fault, or `check` found a difference
  2  the command line asks for what is not there: an option, a client, a code, a configuration"
    )
}

/// The end of the help of each command.
fn examples(command: &str) -> [(&'static str, String); 5] {
    let init = format!(
        "\
Examples:
  {command} init specs/pets.yaml
  {command} init ../api/openapi.json --name pets --output crates/pets-client"
    );
    let generate = format!(
        "\
Examples:
  {command} generate             every client
  {command} generate pets shop   these two"
    );
    let check = format!(
        "\
Examples:
  {command} check
  {command} check --strict --format short   for a log: one line for each diagnostic"
    );
    let lock = format!(
        "\
Examples:
  {command} lock specs/pets.yaml
  {command} lock specs/pets.yaml --check   in CI"
    );
    let explain = format!(
        "\
Examples:
  {command} explain unsupported-schema
  {command} explain --list"
    );
    [("init", init), ("generate", generate), ("check", check), ("lock", lock), ("explain", explain)]
}

fn name(name: &str) -> Result<String, String> {
    if clientwright::configuration::is_package_name(name) {
        return Ok(name.to_owned());
    }
    Err("a name begins with a letter and holds letters, digits, `-` and `_`, at most 64 of them".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_holds() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn help_names_the_command_it_was_asked_of() {
        let help = read("cargo clientwright", ["x", "--help"].map(OsString::from)).unwrap_err().to_string();
        assert!(help.contains("Usage: cargo clientwright <COMMAND>"), "{help}");
        assert!(help.contains("  cargo clientwright init specs/pets.yaml"), "{help}");
        let help = read("cargo clientwright", ["x", "check", "-h"].map(OsString::from)).unwrap_err().to_string();
        assert!(help.contains("Usage: cargo clientwright check [OPTIONS] [CLIENT]..."), "{help}");
    }
}
