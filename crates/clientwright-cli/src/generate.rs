//! `generate` and `check`.
//!
//! In: the names of clients. Out: their crates, or what differs; what was written on standard
//! output, everything else on standard error. Never: a stop at the first client that fails.

use std::fmt::Write as _;

use clientwright::{Client, Configuration, Mode, Options, Summary, codegen};

use crate::arguments::Generate;
use crate::terminal::{Terminal, remark, say, worst};
use crate::{End, locate, progress};

/// Generates clients, or compares them.
pub(crate) fn run(request: &Generate, mode: Mode, terminal: &Terminal) -> End {
    let configuration = match locate::configuration(&request.common, terminal) {
        Ok(configuration) => configuration,
        Err(end) => return end,
    };
    let clients = match configuration.select(&request.clients) {
        Ok(clients) => clients,
        Err(unknown) => {
            terminal.error(&unknown.to_string());
            return End::Misused;
        }
    };
    if clients.is_empty() {
        let command = &terminal.command;
        terminal.error(&format!("the configuration names no clients\nrun `{command} init SPEC` to add one"));
        return End::Misused;
    }
    all(&configuration, &clients, request, mode, terminal)
}

fn all(configuration: &Configuration, clients: &[&Client], request: &Generate, mode: Mode, terminal: &Terminal) -> End {
    let options = Options { mode, strict: request.strict };
    let mut end = End::Done;
    let mut unchanged = Vec::new();
    let mut code = None;
    for client in clients {
        let about = format!("{}: working through {}", client.name, client.spec);
        let result = progress::during(terminal, &about, || codegen(configuration, client, options));
        let report = result.as_ref().map_or_else(|failure| failure.report(), |run| &run.report);
        terminal.report(report, request.common.format);
        code = code.or_else(|| worst(report));
        let summary = Summary::new(client, options, &result, &mending(client, request, terminal));
        match (summary.succeeded, summary.changed) {
            (true, false) => unchanged.push(client.name.as_str()),
            (true, true) => say(&summary.text),
            (false, _) => {
                remark(&summary.text);
                end = End::Failed;
            }
        }
    }
    if !unchanged.is_empty() {
        say(&format!("up to date: {}\n", unchanged.join(", ")));
    }
    terminal.hint(code, request.common.format);
    end
}

/// The command that generates a client.
fn mending(client: &Client, request: &Generate, terminal: &Terminal) -> String {
    let mut command = format!("{} generate {}", terminal.command, client.name);
    if let Some(path) = &request.common.config {
        let path = path.display().to_string();
        let is_plain = path.chars().all(|character| character.is_alphanumeric() || "/\\._-:".contains(character));
        let _ = if is_plain { write!(command, " --config {path}") } else { write!(command, " --config '{path}'") };
    }
    command
}
