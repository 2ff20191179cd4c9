//! Writes the first calls of a client, for its documentation.
//!
//! In: the planned calls. Out: lines of Rust that compile. Never happens: a call that was not planned.

use crate::model::{Crate, CredentialKind, FirstCall};

/// The longest line, as rustfmt has it within a function.
const WIDTH: usize = 96;

/// The lines of a program's body that makes a client and calls it; none where no call can be written.
pub(super) fn first_calls(planned: &Crate) -> Vec<String> {
    let mut lines = Vec::new();
    for call in &planned.first_calls {
        if lines.is_empty() {
            lines.push(client(planned));
        }
        if planned.first_calls.len() > 1 {
            lines.push(String::new());
            lines.extend((!call.title.is_empty()).then(|| format!("// {}", call.title)));
        }
        print(call, &mut lines);
    }
    lines
}

/// The heading above them.
pub(super) fn heading(planned: &Crate) -> &'static str {
    if planned.first_calls.len() > 1 { "First calls" } else { "First call" }
}

/// The line that makes a client.
fn client(planned: &Crate) -> String {
    let variable = planned.manifest.name.replace('-', "_").to_uppercase();
    let credential = planned.client.credentials.first().map(|credential| {
        let method = &credential.method;
        let read = format!("std::env::var(\"{variable}_{}\")?", method.as_str().to_uppercase());
        match credential.kind {
            CredentialKind::ApiKey { .. } | CredentialKind::Bearer => format!(".{method}({read})"),
            CredentialKind::Basic => format!(".{method}(\"name\", {read})"),
        }
    });
    let base = base_url(planned);
    format!("let client = Client::builder(){}{base}.build()?;", credential.unwrap_or_default())
}

/// What a builder needs where no documented server can be called.
pub(super) fn base_url(planned: &Crate) -> &'static str {
    let has_server = planned.client.default_server().is_some_and(|server| server.url.starts_with("http"));
    if has_server { "" } else { ".base_url(\"https://api.example.com\")" }
}

fn print(call: &FirstCall, lines: &mut Vec<String>) {
    if call.walks {
        statement("let mut items", call, &["items();"], lines);
        lines.push("while let Some(item) = items.try_next().await? {".to_owned());
        lines.push("    println!(\"{item:?}\");".to_owned());
        lines.push("}".to_owned());
    } else {
        statement("let response", call, &["send()", "await?;"], lines);
        lines.push("println!(\"{response:?}\");".to_owned());
    }
}

/// A call and what follows it, on lines of their own where one would be too long.
fn statement(start: &str, call: &FirstCall, then: &[&str], lines: &mut Vec<String>) {
    let made = format!("{}({})", call.method, call.arguments.join(", "));
    let line = format!("{start} = client.{made}.{}", then.join("."));
    if line.chars().count() <= WIDTH {
        lines.push(line);
        return;
    }
    lines.push(format!("{start} = client"));
    lines.extend([made.as_str()].iter().chain(then).map(|step| format!("    .{step}")));
}

/// Whether an example names the module of types.
pub(super) fn needs_types(lines: &[String]) -> bool {
    lines.iter().any(|line| line.contains("types::"))
}
