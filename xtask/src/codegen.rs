//! `cargo xtask codegen`: the clients of the workspace's `clientwright.toml`.
//!
//! In: names of clients, and whether to write. Out: one line for a client that is as it should be,
//! and a list of files for one that is not. Never: a decision about what is generated.

use std::io::IsTerminal as _;
use std::path::Path;

use clientwright::{Client, Configuration, Mode, Options, Summary, codegen};

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
    let configuration = match Configuration::load(&workspace().join(clientwright::configuration::FILE_NAME)) {
        Ok(configuration) => configuration,
        Err(report) => return Said::error(report.render(coloured())),
    };
    let clients = match configuration.select(&request.clients) {
        Ok(clients) => clients,
        Err(error) => return Said::error(format!("{error}\n")),
    };
    let mut said = Said::output("");
    for client in clients {
        one(&configuration, client, request.options, &mut said);
    }
    said
}

impl Request {
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

fn one(configuration: &Configuration, client: &Client, options: Options, said: &mut Said) {
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
}

/// The folder of the workspace.
fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

fn coloured() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
