//! The server against a client made of a socket.
//!
//! In: bytes of requests. Out: what was recorded and what came back. Never: an HTTP library, whose
//! own habits would hide the server's faults.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::{Recorder, Reply};

/// Sends some bytes and reads until the server closes the connection.
fn exchange(server: &Recorder, request: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn records_a_request_byte_for_byte() {
    let server = Recorder::start(vec![Reply::json(200, "{}")]);
    let head = "PUT /pets/a%2Fb?x=1&x=2 HTTP/1.1\r\nHost: h\r\nX-One:  a\r\nx-one: b\r\nConnection: close\r\n\
                Content-Length: 4\r\n\r\n";
    let answer = exchange(&server, &format!("{head}body"));
    assert_eq!(answer, "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
    let request = server.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PUT", "/pets/a%2Fb?x=1&x=2"));
    assert_eq!((request.path(), request.query()), ("/pets/a%2Fb", Some("x=1&x=2")));
    assert_eq!(request.headers("X-ONE"), ["a", "b"]);
    assert_eq!(request.text(), "body");
    assert_eq!(request.head, head.as_bytes());
}

#[test]
fn puts_chunks_together() {
    let server = Recorder::start(vec![Reply::new(204)]);
    let request = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
                   3;note=x\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nTrailer: t\r\n\r\n";
    assert_eq!(exchange(&server, request), "HTTP/1.1 204 No Content\r\n\r\n");
    assert_eq!(server.only_request().unwrap().text(), "abc0123456789abcdef");
}

#[test]
fn keeps_a_connection_and_runs_out_of_replies() {
    let server = Recorder::start(vec![Reply::text(200, "one"), Reply::new(200).chunks(["t", "", "wo"])]);
    let get = "GET / HTTP/1.1\r\n\r\n";
    let answer = exchange(&server, &format!("{get}{get}GET / HTTP/1.1\r\nConnection: close\r\n\r\n"));
    let (first, rest) = answer.split_once("one").unwrap();
    assert!(first.contains("content-length: 3\r\n"), "{first}");
    let (second, third) = rest.split_once("0\r\n\r\n").unwrap();
    assert!(second.ends_with("transfer-encoding: chunked\r\n\r\n1\r\nt\r\n2\r\nwo\r\n"), "{second}");
    assert!(third.starts_with("HTTP/1.1 500 "), "{third}");
    assert_eq!(server.requests().iter().map(|request| request.connection).collect::<Vec<_>>(), [0, 0, 0]);
}

#[test]
fn serves_connections_side_by_side() {
    let server = Recorder::answering(|request| Reply::text(200, request.target.clone()).close());
    let mut idle = TcpStream::connect(server.address()).unwrap();
    idle.write_all(b"GET /never").unwrap();
    let answers: Vec<String> = std::thread::scope(|scope| {
        let calls: Vec<_> = (0..8)
            .map(|number| {
                scope.spawn({
                    let server = &server;
                    move || exchange(server, &format!("GET /{number} HTTP/1.1\r\n\r\n"))
                })
            })
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    for (number, answer) in answers.iter().enumerate() {
        assert!(answer.ends_with(&format!("/{number}")), "{answer}");
    }
    assert_eq!(server.requests().len(), 8);
}

#[test]
fn answers_no_body_to_head_and_raw_bytes_as_they_are() {
    let server = Recorder::start(vec![Reply::text(200, "body"), Reply::raw("nonsense"), Reply::raw("")]);
    assert!(exchange(&server, "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n").ends_with("content-length: 4\r\n\r\n"));
    assert_eq!(exchange(&server, "GET / HTTP/1.1\r\n\r\n"), "nonsense");
    assert_eq!(exchange(&server, "GET / HTTP/1.1\r\n\r\n"), "");
}

#[test]
fn stops_at_once_although_clients_wait() {
    let server = Recorder::start(Vec::new());
    let idle = TcpStream::connect(server.address()).unwrap();
    let start = Instant::now();
    drop(server);
    assert!(start.elapsed() < Duration::from_secs(2));
    drop(idle);
}
