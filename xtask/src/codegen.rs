//! `cargo xtask codegen`: the clients of the workspace's `clientwright.toml`.
//!
//! In: names of clients, and whether to write. Out: one line for a client that is as it should be,
//! and a list of files for one that is not. Never: a decision about what is generated.

mod unchanged;

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;

use clientwright::{Client, Configuration, Failure, Mode, Options, Run, Summary, codegen};

use self::unchanged::Stamp;
use crate::Said;

/// What the command line asks for.
struct Request {
    options: Options,
    clients: Vec<String>,
}

/// Generates clients, or compares them.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Said {
    let request = match Request::read(arguments) {
        Ok(request) => request,
        Err(error) => return Said::error(error),
    };
    let stamp = request.is_usual().then(|| Stamp::of(workspace(), coloured()));
    if let Some((output, errors)) = stamp.as_ref().and_then(Stamp::said) {
        return Said { output, errors, succeeded: true };
    }
    let file = workspace().join(clientwright::configuration::FILE_NAME);
    let configuration = match Configuration::load(&file) {
        Ok(configuration) => configuration,
        Err(report) => return Said::error(report.render(coloured())),
    };
    let clients = match configuration.select(&request.clients) {
        Ok(clients) => clients,
        Err(error) => return Said::error(format!("{error}\n")),
    };
    let mut said = Said::output("");
    let (mut read, mut left) = (BTreeSet::from([file]), Vec::new());
    let mut changed = false;
    for client in clients {
        if let Ok(run) = one(&configuration, client, request.options, &mut said) {
            read.extend(run.asked);
            left.push(run.output);
            changed |= !run.changes.is_empty();
        }
    }
    // What a run says of files that it wrote does not hold for the next one.
    if let Some(stamp) = stamp.filter(|_| said.succeeded && !changed) {
        stamp.remember(&read, &left, &said.output, &said.errors);
    }
    said
}

impl Request {
    /// Whether it is the one that most runs make: all clients, written where they differ.
    fn is_usual(&self) -> bool {
        self.clients.is_empty() && self.options == Options { mode: Mode::Write, strict: false }
    }

    fn read(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Options { mode: Mode::Write, strict: false };
        let mut clients = Vec::new();
        for argument in arguments {
            match argument.as_str() {
                "--check" => options.mode = Mode::Check,
                "--strict" => options.strict = true,
                option if option.starts_with('-') => {
                    return Err(format!("there is no option `{option}`; there are `--check` and `--strict`\n"));
                }
                _ => clients.push(argument),
            }
        }
        Ok(Self { options, clients })
    }
}

/// Generates one client, and says what came of it.
fn one(configuration: &Configuration, client: &Client, options: Options, said: &mut Said) -> Result<Run, Box<Failure>> {
    let result = codegen(configuration, client, options);
    let report = result.as_ref().map_or_else(|failure| failure.report(), |run| &run.report);
    said.errors.push_str(&report.render(coloured()));
    let summary = Summary::new(client, options, &result, &format!("cargo xtask codegen {}", client.name));
    if summary.succeeded {
        said.output.push_str(&summary.text);
    } else {
        said.errors.push_str(&summary.text);
        said.succeeded = false;
    }
    result
}

/// The folder of the workspace.
fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

fn coloured() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
