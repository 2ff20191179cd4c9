//! Bodies that are not in memory: files, readers and streams of chunks, by both transports, whole and broken.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::wire::{Encode, WireError, Writer};
use clientwright_runtime::{
    Call, Client, Error, FilePart, Method, NoDocumentedError, Operation, Response, Retries, Upload, request,
};
use futures_core::Stream;
use support::{Recorder, Shown, answer, builder, run};

static SEND: Operation = Operation::new("sendFile", Method::Put, "/file").accept("text/plain");

#[derive(Clone, Debug)]
struct Send(Call);
request!(Send, String = text, NoDocumentedError);

type Outcome = Result<Response<String>, Error<NoDocumentedError>>;

/// A file of its own, which is gone afterwards.
struct Kept(PathBuf);

impl Kept {
    fn new(name: &str, content: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("clientwright-uploads-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), content).unwrap();
        Self(folder.join(name))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(self.0.parent().unwrap()));
    }
}

/// Chunks that are there already.
struct Chunks(Vec<&'static str>);

impl Stream for Chunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next.map(|chunk| if chunk == "!" { Err(io::Error::other("no more")) } else { Ok(chunk.into()) }))
    }
}

fn fine() -> String {
    answer("200 OK", "content-type: text/plain\r\n", "fine")
}

fn client(server: &Recorder) -> Client {
    let retries = Retries::up_to(2).first_delay(Duration::from_millis(1));
    builder().base_url(server.url()).retries(retries).build().shown().unwrap()
}

fn call(client: &Client, upload: Upload) -> Send {
    Send(client.call(&SEND).bytes("application/octet-stream", upload))
}

/// Sends what `upload` makes by both transports; what came of it, and the requests.
fn sent(texts: &[String], upload: impl Fn() -> Upload) -> [(Outcome, Vec<String>); 2] {
    let server = Recorder::script(texts.to_vec());
    let streamed = run(call(&client(&server), upload()).send());
    let streamed = (streamed, server.requests());
    let server = Recorder::script(texts.to_vec());
    let blocked = call(&client(&server), upload()).send_blocking().shown();
    [streamed, (blocked, server.requests())]
}

#[test]
fn a_file_is_sent_with_its_length_and_once_more_for_each_attempt() {
    let file = Kept::new("a.txt", "caf\u{e9}\r\n\r\n%\0");
    let unavailable = answer("503 Service Unavailable", "", "");
    for (outcome, requests) in sent(&[unavailable, fine()], || Upload::path(&file.0)) {
        assert_eq!(outcome.unwrap().into_body(), "fine");
        assert_eq!(requests.len(), 2);
        for request in requests {
            assert!(request.contains("content-length: 11\r\n") && !request.contains("transfer-encoding"), "{request}");
            assert!(request.ends_with("\r\n\r\ncaf\u{e9}\r\n\r\n%\0"), "{request}");
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_an_error_and_nothing_is_sent() {
    for (outcome, requests) in sent(&[fine()], || Upload::path("/no/such/file")) {
        assert!(matches!(&outcome, Err(Error::File(error)) if error.path().ends_with("file")), "{outcome:?}");
        assert!(!outcome.unwrap_err().is_retryable());
        assert!(requests.is_empty());
    }
}

#[test]
fn a_reader_is_sent_in_chunks_or_with_the_length_that_is_said() {
    // It answers when the last chunk is there, since one that goes away earlier breaks the connection.
    let server = Recorder::new(|request, stream| {
        let mut text = request.to_owned();
        while !text.ends_with("\r\n0\r\n\r\n") {
            let mut bytes = [0; 100];
            let count = stream.read(&mut bytes).unwrap();
            text += std::str::from_utf8(&bytes[..count]).unwrap();
        }
        assert!(text.ends_with("\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), "{text}");
        stream.write_all(fine().as_bytes()).unwrap();
    });
    let chunked = || call(&client(&server), Upload::reader(&b"abc"[..]));
    assert_eq!(run(chunked().send()).unwrap().into_body(), "fine");
    assert_eq!(chunked().send_blocking().shown().unwrap().into_body(), "fine");
    assert!(server.requests().iter().all(|request| request.contains("transfer-encoding: chunked\r\n")));
    for (outcome, requests) in sent(&[fine()], || Upload::reader(&b"abc"[..]).length(3)) {
        assert_eq!(outcome.unwrap().into_body(), "fine");
        assert!(
            requests[0].contains("content-length: 3\r\n") && requests[0].ends_with("\r\n\r\nabc"),
            "{}",
            requests[0]
        );
    }
}

#[test]
fn a_reader_is_never_sent_twice() {
    let unavailable = answer("503 Service Unavailable", "", "");
    for (outcome, requests) in sent(&[unavailable, fine()], || Upload::reader(&b"abc"[..]).length(3)) {
        assert_eq!(outcome.unwrap_err().status().unwrap().as_u16(), 503);
        assert_eq!(requests.len(), 1);
    }
    let moved = answer("307 Temporary Redirect", "location: /other\r\n", "");
    for (outcome, requests) in sent(&[moved.clone(), fine()], || Upload::reader(&b"abc"[..]).length(3)) {
        assert_eq!(outcome.unwrap_err().status().unwrap().as_u16(), 307);
        assert_eq!(requests.len(), 1);
    }
    let file = Kept::new("moved", "abc");
    for (outcome, requests) in sent(&[moved, fine()], || Upload::path(&file.0)) {
        assert_eq!(outcome.unwrap().into_body(), "fine");
        assert!(requests[1].starts_with("PUT /other ") && requests[1].ends_with("abc"), "{}", requests[1]);
    }
    let server = Recorder::answering(fine());
    let again = call(&client(&server), Upload::reader(&b"abc"[..]).length(3));
    again.clone().send_blocking().shown().unwrap();
    let wrong = again.send_blocking().shown().unwrap_err();
    assert!(wrong.to_string().contains("only once") && server.requests().len() == 1, "{wrong}");
}

#[test]
fn what_gives_more_or_fewer_bytes_than_was_said_breaks_the_request_off() {
    for length in [2, 4] {
        for (outcome, _) in sent(&[fine()], || Upload::reader(&b"abc"[..]).length(length)) {
            assert!(matches!(outcome, Err(Error::Transport(_))), "{outcome:?}");
        }
    }
}

#[test]
fn chunks_are_sent_as_they_come() {
    let server = Recorder::answering(fine());
    let whole = call(&client(&server), Upload::stream(Chunks(vec!["ab", "", "c"])).length(3));
    assert_eq!(run(whole.send()).unwrap().into_body(), "fine");
    assert!(server.requests()[0].ends_with("\r\n\r\nabc"), "{}", server.requests()[0]);
    let broken = run(call(&client(&server), Upload::stream(Chunks(vec!["ab", "!"])).length(3)).send());
    assert!(matches!(broken, Err(Error::Transport(_))), "{broken:?}");
    let blocked = call(&client(&server), Upload::stream(Chunks(vec!["ab"]))).send_blocking().shown();
    assert!(matches!(blocked, Err(Error::Transport(_))), "{blocked:?}");
}

struct Photos(Vec<FilePart>);

impl Encode for Photos {
    fn encode(&self, writer: &mut dyn Writer) -> Result<(), WireError> {
        writer.begin_object()?;
        writer.key("note")?;
        writer.string("x")?;
        writer.key("photos")?;
        self.0.encode(writer)?;
        writer.end_object()
    }
}

#[test]
fn parts_are_files_in_memory_and_not() {
    let file = Kept::new("a\"b.txt", "from a file");
    let photos = || {
        let reader = FilePart::new(Upload::reader(&b"from a reader"[..]).length(13)).name("r");
        Photos(vec![FilePart::path(&file.0).media_type("text/plain"), FilePart::new("in memory"), reader])
    };
    let server = Recorder::answering(fine());
    let send = || Send(client(&server).call(&SEND).multipart(&photos()));
    assert_eq!(run(send().send()).unwrap().into_body(), "fine");
    assert_eq!(send().send_blocking().shown().unwrap().into_body(), "fine");
    let requests = server.requests();
    for request in &requests {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let boundary = head.lines().find_map(|line| line.split_once("boundary=")).unwrap().1;
        assert!(head.contains(&format!("content-length: {}", body.len())), "{request}");
        let part = |name: &str, file: &str, kind: &str, content: &str| {
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {kind}\r\n\r\n{content}\r\n"
            )
        };
        let expected = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n")
            + &part("photos", "a%22b.txt", "text/plain", "from a file")
            + &part("photos", "photos", "application/octet-stream", "in memory")
            + &part("photos", "r", "application/octet-stream", "from a reader")
            + &format!("--{boundary}--\r\n");
        assert_eq!(body, expected);
    }
}
