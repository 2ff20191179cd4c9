//! What comes and goes piece by piece: events, lines, and files that are not read into memory.

use std::path::PathBuf;

use clientwright_tests::{Recorder, Reply, Shown};
use petshop::runtime::Upload;
use petshop::types::{AskForAdviceBody, Ticket};
use petshop::{Client, Error, WatchNewsError};

use super::block_on;

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> Client {
    let builder = Client::builder().base_url(recorder.url()).retries(petshop::Retries::none());
    builder.api_key("canary").build().shown().unwrap()
}

fn answer(media_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    Reply::new(200).header("content-type", media_type).body(body)
}

#[test]
fn events_are_typed_and_so_are_failures() {
    let text =
        "\u{feff}: hello\r\nevent: sold\r\nid: a\r\ndata: {\"number\":\r\ndata: 1}\r\n\r\ndata: {}\n\ndata: [DONE]\n\n";
    let no = Reply::new(403).header("content-type", "application/json").body("\"staff only\"");
    let recorder = Recorder::start(vec![answer("text/event-stream", text), answer("text/event-stream", text), no]);
    let client = client(&recorder);
    block_on(async {
        let mut news = client.watch_news().kind("dog").send().await.unwrap();
        let sold = news.try_next().await.unwrap().unwrap();
        assert_eq!((sold.name.as_str(), sold.id.as_str(), sold.number), ("sold", "a", 1));
        let wrong = news.try_next().await.unwrap_err();
        assert!(matches!(&wrong, Error::Decode(wrong) if &wrong.bytes()[..] == b"{}"), "{wrong:?}");
        assert!(news.try_next().await.unwrap().is_none());
    });
    let news: Vec<_> = client.watch_news().send_blocking().shown().unwrap().collect();
    assert_eq!((news.len(), news[0].as_ref().unwrap().number), (2, 1));
    let Err(Error::Api(no)) = client.watch_news().send_blocking().shown() else { panic!("it was refused") };
    assert_eq!(no.body(), &WatchNewsError::Forbidden("staff only".to_owned()));
    let requests = recorder.requests();
    assert_eq!(requests[0].target, "/news?kind=dog&api_key=canary");
    assert_eq!(requests[0].header("accept"), Some("text/event-stream, application/json;q=0.5"));
}

#[test]
fn one_request_has_an_answer_as_a_whole_and_word_by_word() {
    let words = "data: {\"word\":\"a\"}\n\ndata: {\"word\":\"dog\"}\n\n";
    let recorder = Recorder::start(vec![answer("application/json", "\"a dog\""), answer("text/event-stream", words)]);
    let client = client(&recorder);
    let ask = || client.ask_for_advice(AskForAdviceBody::new("which?"));
    assert_eq!(ask().send_blocking().shown().unwrap().into_body(), "a dog");
    let words = ask().stream_blocking().shown().unwrap().map(|word| word.unwrap().into_data().word.unwrap());
    assert_eq!(words.collect::<Vec<_>>().join(" "), "a dog");
    let bodies: Vec<_> = recorder.requests().iter().map(|request| request.body.clone()).collect();
    assert_eq!(bodies, [&br#"{"question":"which?"}"#[..], br#"{"question":"which?","stream":true}"#]);
}

#[test]
fn lines_are_read_and_written_one_by_one() {
    let recorder =
        Recorder::start(vec![answer("application/jsonl", "{\"number\":1}\n{\"number\":2}"), Reply::new(204)]);
    let client = client(&recorder);
    let tickets: Vec<Ticket> = client.read_ledger().send_blocking().shown().unwrap().map(Result::unwrap).collect();
    assert_eq!(tickets, [Ticket::new(1), Ticket::new(2)]);
    client.add_to_ledger(tickets).send_blocking().shown().unwrap();
    let request = &recorder.requests()[1];
    assert_eq!(request.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(request.body, b"{\"number\":1}\n{\"number\":2}\n");
}

#[test]
fn files_go_up_and_come_down_without_being_read_into_memory() {
    let folder = std::env::temp_dir().join(format!("clientwright-wire-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (scan, document): (PathBuf, PathBuf) = (folder.join("scan.png"), folder.join("ledger.pdf"));
    std::fs::write(&scan, b"\x89PNG\r\n\0\xFF").unwrap();
    let pdf = || answer("application/pdf", &b"%PDF-1.7\r\n\0\xFF"[..]);
    let recorder = Recorder::start(vec![pdf(), pdf(), pdf()]);
    let client = client(&recorder);
    let put = || client.scan_ledger(Upload::path(&scan));
    let length = block_on(async { put().download().await?.save(&document).await });
    assert_eq!((length.unwrap(), std::fs::read(&document).unwrap().as_slice()), (12, &b"%PDF-1.7\r\n\0\xFF"[..]));
    assert_eq!(put().download_blocking().shown().unwrap().save(&document).unwrap(), 12);
    assert_eq!(client.scan_ledger(b"\x89PNG\r\n\0\xFF").send_blocking().shown().unwrap().len(), 12);
    for request in recorder.requests() {
        assert_eq!(request.header("content-type"), Some("image/png"));
        assert_eq!((request.header("content-length"), &request.body[..]), (Some("8"), &b"\x89PNG\r\n\0\xFF"[..]));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
