//! `cargo xtask codegen`: the clients of the workspace's `clientwright.toml`.
//!
//! In: names of clients, and whether to write. Out: one line for a client that is as it should be,
//! and a list of files for one that is not. Never: a decision about what is generated.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;

use clientwright::{Change, ChangeKind, Client, Configuration, Failure, Mode, Options, Report, Severity, codegen};

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
    let clients = match request.select(&configuration) {
        Ok(clients) => clients,
        Err(error) => return Said::error(error),
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

    /// The clients that are meant: all, or those named.
    fn select<'a>(&self, configuration: &'a Configuration) -> Result<Vec<&'a Client>, String> {
        if self.clients.is_empty() {
            return Ok(configuration.clients.iter().collect());
        }
        let find = |name: &String| configuration.client(name).ok_or_else(|| unknown(name, configuration));
        self.clients.iter().map(find).collect()
    }
}

fn unknown(name: &str, configuration: &Configuration) -> String {
    let known: Vec<_> = configuration.clients.iter().map(|client| format!("`{}`", client.name)).collect();
    let near = configuration.nearest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    format!("there is no client `{name}`{near}\nthe clients of clientwright.toml: {}\n", known.join(", "))
}

fn one(configuration: &Configuration, client: &Client, options: Options, said: &mut Said) {
    match codegen(configuration, client, options) {
        Ok(run) => {
            said.errors.push_str(&run.report.render(coloured()));
            let told = told(client, &run.changes, options.mode);
            if options.mode == Mode::Check && !run.changes.is_empty() {
                said.errors.push_str(&told);
                said.succeeded = false;
            } else {
                said.output.push_str(&told);
            }
        }
        Err(failure) => {
            said.errors.push_str(&failed(client, *failure));
            said.succeeded = false;
        }
    }
}

fn told(client: &Client, changes: &[Change], mode: Mode) -> String {
    let (name, output) = (&client.name, &client.output);
    if changes.is_empty() {
        return format!("{name}: up to date\n");
    }
    let mut text = match mode {
        Mode::Write => format!("{name}: {output}\n"),
        Mode::Check => format!("{name}: {output} is not what would be generated\n"),
    };
    for change in changes {
        let _ = match mode {
            Mode::Write => writeln!(text, "  {} {}", done(change.kind), change.path),
            Mode::Check => writeln!(text, "  {change}"),
        };
    }
    if mode == Mode::Check {
        let _ = writeln!(text, "run `cargo xtask codegen {name}`");
    }
    text
}

/// What was done about a file, in words of one width.
fn done(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Missing => "new    ",
        ChangeKind::Differs { .. } => "changed",
        ChangeKind::Stale => "deleted",
    }
}

fn failed(client: &Client, failure: Failure) -> String {
    let name = &client.name;
    match failure {
        Failure::Document(report) => {
            let count = counted(&report);
            format!("{}{name}: nothing was generated: {count}\n", report.render(coloured()))
        }
        Failure::Output(report, error) => {
            let reason = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
            format!("{}{name}: {error}{reason}\n", report.render(coloured()))
        }
    }
}

fn counted(report: &Report) -> String {
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let said = counts.map(|(severity, word)| match report.count(severity) {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    });
    said.join(", ")
}

/// The folder of the workspace.
fn workspace() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package)
}

fn coloured() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}
