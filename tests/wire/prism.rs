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

/// What Prism refuses; nothing where it answers as the described server would. A request that is not as described gets the
/// description's own answer to such, where there is one: then only the status and a header tell.
fn refusal(answer: &str) -> String {
    let Some((head, body)) = answer.split_once("\r\n\r\n") else { return format!("no HTTP: {answer}") };
    let status = head.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok()).unwrap_or_default();
    let violations = head.lines().find_map(|line| line.strip_prefix("sl-violations: ")).unwrap_or_default();
    let violations: Vec<Value> = serde_json::from_str(violations).unwrap_or_default();
    let of_request: Vec<&Value> = violations.iter().filter(|one| one["location"][0] == "request").collect();
    match (status, of_request.as_slice()) {
        (200..400, []) => String::new(),
        (_, []) => format!("{status} {}", body.chars().take(300).collect::<String>()),
        _ => format!("{status} {of_request:?}"),
    }
}

#[test]
fn what_prism_refuses_is_told_from_what_the_server_would_answer() {
    let wrong = r#"[{"location":["request","body","numbers"],"message":"must be array"}]"#;
    let documented = format!("HTTP/1.1 422 Unprocessable\r\nsl-violations: {wrong}\r\n\r\n{{}}");
    assert!(refusal(&documented).contains("must be array"));
    assert!(refusal("HTTP/1.1 401 Unauthorized\r\n\r\n{}").starts_with("401 "));
    assert!(refusal("").starts_with("no HTTP"));
    let of_answer = r#"[{"location":["response","body"],"message":"an example is not as its schema"}]"#;
    assert_eq!(refusal(&format!("HTTP/1.1 200 OK\r\nsl-violations: {of_answer}\r\n\r\n{{}}")), "");
}
