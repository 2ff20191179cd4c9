//! Answers that come piece by piece: events, records and bytes, by both transports, whole and broken.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientwright_runtime::{
    Body, Call, Client, Error, Event, Method, NoDocumentedError, Operation, Retries, Value, download, failure, request,
    stream, streams, transport_fn,
};
use support::{CANARY, Recorder, Shown, answer, builder, ready, run};

static WATCH: Operation =
    Operation::new("watchPrices", Method::Get, "/prices").security(&[&["key"]]).stream("text/event-stream");

static TALK: Operation = Operation::new("talk", Method::Post, "/talk")
    .body(&["application/json"])
    .accept("application/json")
    .stream("text/event-stream")
    .switch("stream", false);

static LIST: Operation = Operation::new("listAll", Method::Post, "/all")
    .body(&["application/json"])
    .accept("application/json")
    .stream("application/x-ndjson, application/json-seq")
    .switch("stream", true);

static EXPORT: Operation = Operation::new("export", Method::Get, "/export").accept("text/csv");

#[derive(Clone, Debug)]
struct Watch(Call);
streams!(Watch, f64 = events, Refused);

#[derive(Clone, Debug, PartialEq)]
enum Refused {
    Forbidden(String),
}
failure!(Refused { 403 => Forbidden = json });

#[derive(Clone, Debug)]
struct Talk(Call);
request!(Talk, String = json, NoDocumentedError);
stream!(Talk, Value = whole_events, NoDocumentedError);

#[derive(Clone, Debug)]
struct List(Call);
request!(List, Value = json, NoDocumentedError);
stream!(List, u32 = records, NoDocumentedError);

#[derive(Clone, Debug)]
struct Export(Call);
request!(Export, String = text, NoDocumentedError);
download!(Export, NoDocumentedError);

fn client(server: &Recorder) -> Client {
    builder().base_url(server.url()).build().shown().unwrap()
}

fn events(body: &str) -> String {
    answer("200 OK", "content-type: text/event-stream; charset=utf-8\r\n", body)
}

/// What a stream gives, in words, from both transports.
fn seen(
    server: &Recorder,
    again: u32,
    configure: fn(clientwright_runtime::ClientBuilder) -> clientwright_runtime::ClientBuilder,
) -> [Vec<String>; 2] {
    let client = configure(builder().base_url(server.url())).build().shown().unwrap();
    let shown = |event: Result<Event<f64>, Error<Refused>>| match event {
        Ok(event) => format!("{} {} {}", event.name, event.id, event.data),
        Err(error) => {
            assert!(!format!("{error:?}{error}").contains(CANARY));
            let text = error.to_string().replace(&server.url(), "");
            // The cause is in the words of whichever library met it.
            if matches!(error, Error::Transport(_)) {
                text.split(": ").take(2).collect::<Vec<_>>().join(": ")
            } else {
                text
            }
        }
    };
    let streamed = run(async {
        let mut seen = Vec::new();
        match Watch(client.call(&WATCH)).send().await {
            Ok(stream) => {
                let mut stream = stream.reconnect(again);
                while let Some(event) = stream.next().await {
                    seen.push(shown(event));
                }
                assert!(stream.next().await.is_none(), "the end is the end");
            }
            Err(error) => seen.push(shown(Err(error))),
        }
        seen
    });
    let blocked = match Watch(client.call(&WATCH)).send_blocking().shown() {
        Ok(stream) => stream.reconnect(again).map(shown).collect(),
        Err(error) => vec![shown(Err(error))],
    };
    [streamed, blocked]
}

fn both(server: &Recorder) -> Vec<String> {
    let [streamed, blocked] = seen(server, 0, |builder| builder);
    assert_eq!(streamed, blocked);
    streamed
}

#[test]
fn events_are_read_as_they_come() {
    // Cut within a character, within a line and between the two bytes that end one.
    let server = Recorder::new(|_, stream| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
        let pieces: [&[u8]; 5] = [
            b"\xEF\xBB",
            b"\xBF: caf\xC3",
            b"\xA9\r\nid: a\xE2\x82",
            b"\xAC\r\nevent: price\r",
            b"\ndata: 1\r\ndata: .5\r\n\r\ndata: 2\n\n",
        ];
        drop(stream.write_all(head.as_bytes()));
        for piece in pieces {
            drop(stream.write_all(piece));
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let seen = both(&server);
    assert_eq!(seen.len(), 2);
    assert!(
        seen[0].starts_with("GET /prices: ") || seen[0].contains("expected"),
        "two lines make no number: {}",
        seen[0]
    );
    assert_eq!(seen[1], "message a\u{20ac} 2");
    let request = &server.requests()[0];
    assert!(request.contains("accept: text/event-stream\r\n") && request.contains(CANARY), "{request}");
}

#[test]
fn a_stream_ends_where_the_server_says_so() {
    let server = Recorder::answering(events("data: 1\n\ndata: [DONE]\n\ndata: 2\n\n"));
    assert_eq!(both(&server), ["message  1"]);
    let server = Recorder::answering("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n");
    assert_eq!(both(&server), [""; 0]);
}

#[test]
fn what_does_not_match_is_an_error_and_the_next_event_comes() {
    let server = Recorder::answering(events("data: x\n\ndata: 2\n\n"));
    let seen = both(&server);
    assert!(seen[0].starts_with("GET /prices: 200 OK: "), "{seen:?}");
    assert_eq!(seen[1], "message  2");
}

#[test]
fn failures_are_typed_as_of_other_calls() {
    let server = Recorder::answering(answer("403 Forbidden", "content-type: application/json\r\n", "\"why\""));
    assert_eq!(both(&server), ["GET /prices: 403 Forbidden: \"why\""]);
    let server = Recorder::answering(answer("200 OK", "content-type: text/html\r\n", "<p>no</p>"));
    let seen = both(&server);
    assert!(seen.len() == 1 && seen[0].contains("<p>no</p>"), "{seen:?}");
}

#[test]
fn a_connection_that_breaks_is_an_error_and_the_end() {
    let server = Recorder::answering(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 100\r\nconnection: close\r\n\r\ndata: 1\n\ndata: 2",
    );
    let seen = both(&server);
    assert_eq!(seen[0], "message  1");
    assert!(seen.len() == 2 && seen[1].contains("the connection broke"), "{seen:?}");
}

#[test]
fn an_event_beyond_the_limit_is_an_error_and_the_end() {
    for body in
        [format!("data: 1\n\ndata: {}\n\ndata: 2\n\n", "9".repeat(3000)), format!("data: 1\n\n: {}", "x".repeat(3000))]
    {
        let server = Recorder::answering(events(&body));
        let [streamed, blocked] = seen(&server, 0, |builder| builder.max_body(1000));
        assert_eq!(streamed, blocked);
        assert!(streamed.len() == 2 && streamed[1].contains("1000 bytes"), "{streamed:?}");
    }
}

#[test]
fn a_stream_that_stands_still_is_an_error_where_a_limit_is_set() {
    let server = Recorder::new(|_, stream| {
        let start = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n";
        drop(stream.write_all(start.as_bytes()));
        std::thread::sleep(Duration::from_secs(2));
    });
    let [streamed, blocked] = seen(&server, 0, |builder| builder.idle_timeout(Duration::from_millis(100)));
    for seen in [streamed, blocked] {
        assert!(seen.len() == 2 && seen[1].contains("stopped coming"), "{seen:?}");
    }
    let request = Watch(client(&server).call(&WATCH)).idle_timeout(Duration::from_millis(100));
    let last = request.send_blocking().shown().unwrap().last().unwrap();
    assert!(matches!(last, Err(Error::Timeout(_))), "{last:?}");
}

#[test]
fn the_limit_of_the_call_ends_with_the_head_of_the_answer() {
    let server = Recorder::new(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"));
        std::thread::sleep(Duration::from_millis(400));
        drop(stream.write_all(b"data: 1\n\n"));
    });
    let [streamed, blocked] = seen(&server, 0, |builder| builder.timeout(Duration::from_millis(200)));
    assert_eq!((streamed, blocked), (vec!["message  1".to_owned()], vec!["message  1".to_owned()]));
    let [streamed, blocked] = seen(&Recorder::silent(), 0, |builder| builder.timeout(Duration::from_millis(100)));
    for seen in [streamed, blocked] {
        assert!(seen.len() == 1 && seen[0].contains("no answer in time") || seen[0].contains("100ms"), "{seen:?}");
    }
}

/// A server that breaks off after each event, and says how long to wait.
fn breaking(times: usize) -> Recorder {
    let made = Arc::new(AtomicUsize::new(0));
    Recorder::new(move |_, stream| {
        let number = made.fetch_add(1, Ordering::SeqCst);
        let text = if number % (times + 1) == times {
            "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_owned()
        } else {
            events(&format!("retry: 1\nid: {number}\ndata: {number}\n\ndata: cut"))
        };
        drop(stream.write_all(text.as_bytes()));
    })
}

#[test]
fn a_stream_is_taken_up_again_after_the_last_event() {
    let server = breaking(3);
    let [streamed, blocked] = seen(&server, 2, |builder| builder);
    assert_eq!(streamed, ["message 0 0", "message 1 1", "message 2 2"]);
    assert_eq!(blocked, ["message 4 4", "message 5 5", "message 6 6"]);
    let requests = server.requests();
    assert_eq!(requests.len(), 8);
    for (place, request) in requests.iter().enumerate() {
        let expected = (place % 4 != 0).then(|| format!("last-event-id: {}\r\n", place - 1));
        assert_eq!(request.contains("last-event-id"), expected.is_some(), "{request}");
        assert!(expected.is_none_or(|expected| request.contains(&expected)), "{request}");
    }
}

#[test]
fn a_stream_is_not_taken_up_for_ever() {
    let server = Recorder::answering(events("retry: 1\n\n"));
    let [streamed, blocked] = seen(&server, 2, |builder| builder);
    assert_eq!((streamed.len(), blocked.len(), server.requests().len()), (0, 0, 6));
    let refused = Recorder::script([events("retry: 1\ndata: 1\n\n"), answer("403 Forbidden", "", "\"no\"")]);
    let [streamed, _] = seen(&refused, 5, |builder| builder);
    assert_eq!(streamed[1], "GET /prices: 403 Forbidden: \"no\"");
    assert_eq!(streamed.len(), 2);
}

#[test]
fn what_is_no_repetition_is_not_taken_up_again() {
    let server = Recorder::answering(events("data: 1\n\n"));
    let seen = run(async {
        let mut stream = Talk(client(&server).call(&TALK)).stream().await.unwrap().reconnect(5);
        let mut seen = String::new();
        while let Some(event) = stream.try_next().await.unwrap() {
            seen += &event["data"].to_string();
        }
        seen
    });
    assert_eq!((seen.as_str(), server.requests().len()), ("1", 1));
}

#[test]
fn the_body_says_whether_the_answer_streams() {
    let transport = transport_fn(|request: clientwright_runtime::http::Request<Body>| {
        let body = request.body().as_bytes().unwrap().clone();
        let accept = request.headers()["accept"].to_str().unwrap().to_owned();
        let text = String::from_utf8_lossy(&body).into_owned();
        let (kind, answer) = match accept.as_str() {
            "text/event-stream, application/json;q=0.5" => ("text/event-stream", format!("event: e\ndata: {text}\n\n")),
            "application/json" => ("application/json", format!("{text:?}")),
            other => panic!("{other}"),
        };
        Ok(clientwright_runtime::http::Response::builder().header("content-type", kind).body(answer.into()).unwrap())
    });
    let client = builder().transport(transport).build().shown().unwrap();
    let talk = || Talk(client.call(&TALK).json(&"{\"n\":1.10}".parse::<Value>().unwrap()));
    assert_eq!(ready(talk().send()).unwrap().into_body(), "{\"n\":1.10}");
    let event = ready(async { talk().stream().await.unwrap().try_next().await }).unwrap().unwrap();
    assert_eq!(event["event"], "e");
    assert_eq!(event["data"].to_string(), "{\"n\":1.10,\"stream\":true}");
}

#[test]
fn records_are_read_line_by_line_and_in_sequences() {
    let texts = [
        answer("200 OK", "content-type: application/x-ndjson\r\n", "1\r\n\n2\n3"),
        answer("200 OK", "content-type: application/json-seq\r\n", "\x1e1\n\x1e2\n\x1e3"),
        answer("200 OK", "content-type: application/json\r\n", "{\"whole\":true}"),
    ];
    let server = Recorder::script(texts);
    let client = client(&server);
    let list = || List(client.call(&LIST).json(&"{}".parse::<Value>().unwrap()));
    let lines: Vec<u32> = list().stream_blocking().shown().unwrap().map(Result::unwrap).collect();
    assert_eq!(lines, [1, 2, 3]);
    let sequence: Vec<_> = list().stream_blocking().shown().unwrap().collect();
    assert_eq!(sequence.len(), 3);
    assert!(sequence[2].is_err(), "a number may have been cut off: {:?}", sequence[2]);
    assert_eq!(list().send_blocking().shown().unwrap()["whole"], true);
    let requests = server.requests();
    assert!(requests[0].ends_with("{\"stream\":true}") && requests[2].ends_with("{\"stream\":false}"), "{requests:?}");
    assert!(
        requests[0].contains("accept: application/x-ndjson, application/json-seq, application/json;q=0.5\r\n"),
        "{}",
        requests[0]
    );
}

#[test]
fn bytes_are_read_in_chunks_and_to_files() {
    let folder = std::env::temp_dir().join(format!("clientwright-streams-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let server = Recorder::answering(answer("200 OK", "content-type: text/csv\r\n", "a;b\r\n1;2\r\n"));
    let client = client(&server);
    let export = || Export(client.call(&EXPORT));
    let path = folder.join("export.csv");
    let length = run(async {
        let download = export().download().await.unwrap();
        assert_eq!((download.length(), download.header("content-type")), (Some(10), Some("text/csv")));
        download.save(&path).await
    });
    assert_eq!((length.unwrap(), std::fs::read(&path).unwrap()), (10, b"a;b\r\n1;2\r\n".to_vec()));
    assert_eq!(export().download_blocking().shown().unwrap().save(&path).unwrap(), 10);
    let chunks: Vec<u8> = export().download_blocking().shown().unwrap().flat_map(Result::unwrap).collect();
    assert_eq!(chunks, b"a;b\r\n1;2\r\n");
    let wrong = export().download_blocking().shown().unwrap().save(folder.join("no/such/file")).unwrap_err();
    assert!(matches!(&wrong, Error::File(error) if error.path().ends_with("file.part")), "{wrong:?}");

    let cut = Recorder::answering("HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: 100\r\n\r\na;b");
    let client = builder().base_url(cut.url()).build().shown().unwrap();
    let missing = folder.join("cut.csv");
    let wrong = run(async { Export(client.call(&EXPORT)).download().await.unwrap().save(&missing).await });
    assert!(matches!(wrong, Err(Error::Transport(_))), "{wrong:?}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left behind");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn opening_is_tried_again_as_other_calls_are() {
    let unavailable = answer("503 Service Unavailable", "", "");
    let server = Recorder::script([unavailable.clone(), events("data: 1\n\n"), unavailable, events("data: 2\n\n")]);
    let [streamed, blocked] =
        seen(&server, 0, |builder| builder.retries(Retries::up_to(1).first_delay(Duration::from_millis(1))));
    assert_eq!((streamed, blocked), (vec!["message  1".to_owned()], vec!["message  2".to_owned()]));
}
