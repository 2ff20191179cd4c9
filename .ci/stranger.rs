//! A program of somebody who knows a generated client by its documentation alone.
//!
//! In: nothing. Out: success, after three ways of calling a server of its own. Never: a connection to anything but the
//! loopback interface.

mod readme;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::OnceLock;

use allo::types::CreatePersonRequest;
use allo::{Client, CreatePersonError, Error};

/// Where the server is, for the README's program, which has one of the vendor's.
pub static URL: OnceLock<String> = OnceLock::new();

const PERSON: &str = r#"{"data":{"id":"per-abc123","name":"John","numbers":["+33612345678"]}}"#;
const CONFLICT: &str = r#"{"error":{"code":"NUMBER_ALREADY_ASSIGNED","message":"The number is taken."}}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        // Every third request is refused, as the README's program expects.
        for (number, stream) in listener.incoming().enumerate() {
            answer(stream?, if number % 3 == 2 { (409, CONFLICT) } else { (200, PERSON) })?;
        }
        std::io::Result::Ok(())
    });

    let url = URL.get_or_init(|| url);

    let client = Client::builder().api_key("ak_live_1").base_url(url).build()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let person = runtime.block_on(client.get_person("per-abc123").send())?;
    assert_eq!(person.data.name.value().map(String::as_str), Some("John"));

    let person = client.get_person("per-abc123").send_blocking()?.into_body();
    assert_eq!(person.data.numbers.value(), Some(&vec!["+33612345678".to_owned()]));

    match client.create_person(CreatePersonRequest::new(["+33612345678"])).send_blocking() {
        Err(Error::Api(error)) => assert!(matches!(error.body(), CreatePersonError::Conflict(_)), "{error}"),
        other => panic!("{other:?}"),
    }

    runtime.block_on(readme::run())?;
    println!("a stranger's calls were answered");
    Ok(())
}

/// Answers one request and ends the connection.
fn answer(mut stream: TcpStream, (status, body): (u16, &str)) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    reader.take(length).read_to_end(&mut Vec::new())?;
    write!(
        stream,
        "HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}
