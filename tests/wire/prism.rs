//! Shows requests to Prism, a server that checks them against the description, where `cargo xtask contract` runs one.
//!
//! In: `CLIENTWRIGHT_PRISM`, a line for each description with its server's address, and a request as it was sent. Out: a line
//! in the file `CLIENTWRIGHT_PRISM_REPORT`, with what Prism refused, if it did. Never: a test that fails by what Prism says;
//! the command knows what it may refuse.

use std::env;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use clientwright_tests::Recorded;
use serde_json::Value;

/// How long Prism may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Shows a request of an operation, which is named by its method and path.
pub(crate) fn show(spec: &str, operation: &str, request: &Recorded) {
    let (Ok(servers), Ok(report)) = (env::var("CLIENTWRIGHT_PRISM"), env::var("CLIENTWRIGHT_PRISM_REPORT")) else {
        return;
    };
    let url = servers.lines().filter_map(|line| line.split_once(' ')).find(|(known, _)| *known == spec);
    let address = url.and_then(|(_, url)| url.strip_prefix("http://")).expect("a server for each description");
    let refused = match ask(address, request) {
        Ok(answer) => refusal(&answer),
        Err(error) => format!("no answer: {error}"),
    };
    let line = format!("{spec}\t{operation}\t{}\n", refused.replace(['\n', '\t'], " "));
    let file = OpenOptions::new().append(true).open(&report);
    file.and_then(|mut file| file.write_all(line.as_bytes())).expect("the report");
}

/// Sends a request on, byte for byte but for what is about the connection; gives the answer.
fn ask(address: &str, request: &Recorded) -> io::Result<String> {
    let mut head =
        format!("{} {} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n", request.method, request.target);
    let about_connections = ["host", "connection", "transfer-encoding", "content-length", "accept-encoding"];
    for (name, value) in &request.headers {
        if !about_connections.contains(&name.to_ascii_lowercase().as_str()) {
            let _ = write!(head, "{name}: {value}\r\n");
        }
    }
    let _ = write!(head, "content-length: {}\r\n\r\n", request.body.len());
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(head.as_bytes())?;
    stream.write_all(&request.body)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// What Prism itself refuses; nothing where it answers as the described server would.
fn refusal(answer: &str) -> String {
    let Some((_, body)) = answer.split_once("\r\n\r\n") else { return format!("no HTTP: {answer}") };
    if !body.contains("https://stoplight.io/prism/errors#") {
        return String::new();
    }
    let start = body.find('{').unwrap_or_default();
    let mut problem = serde_json::Deserializer::from_str(&body[start..]).into_iter::<Value>();
    match problem.next() {
        Some(Ok(problem)) => {
            format!("{} {}", problem["title"], problem.get("validation").unwrap_or(&problem["detail"]))
        }
        _ => body.to_owned(),
    }
}
