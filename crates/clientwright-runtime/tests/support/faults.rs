//! The faults, by what they are about.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientwright_runtime::{Credential, Issued, Retries, Secret};

use super::fault::Fault;
use super::{Connection, Recorder, answer, gzip};

pub(crate) fn all() -> Vec<(&'static str, Vec<Fault>)> {
    vec![
        ("It is busy, and says when to come back", busy()),
        ("It sends callers elsewhere", redirects()),
        ("It refuses tokens", tokens()),
        ("Its pages do not end", pages()),
        ("It breaks connections", connections()),
        ("It is slow", slow()),
        ("It compresses", compression()),
        ("It answers something else", bodies()),
        ("It speaks no HTTP", no_http()),
    ]
}

fn rex() -> String {
    json("\"Rex\"")
}

fn json(body: &str) -> String {
    answer("200 OK", "content-type: application/json\r\n", body)
}

fn unavailable(headers: &str) -> String {
    answer("503 Service Unavailable", headers, "")
}

fn busy() -> Vec<Fault> {
    let once = |headers: &str| [unavailable(headers), rex()];
    vec![
        Fault::script("503 once", "waits a little and asks again", once("")),
        Fault::script("503 for ever", "gives up after the third attempt", [unavailable("")]),
        Fault::script("503, `Retry-After: 0`", "asks again at once", once("retry-after: 0\r\n")),
        Fault::script("503, `Retry-After: soon`", "waits as if nothing was said", once("retry-after: soon\r\n")),
        Fault::script("503, `Retry-After: -5`", "waits as if nothing was said", once("retry-after: -5\r\n")),
        Fault::script(
            "503, `Retry-After` with a date that is none",
            "waits as if nothing was said",
            once("retry-after: Sun, 99 Foo 1994 08:49:37 GMT\r\n"),
        ),
        Fault::script(
            "503, `Retry-After` with a date that is past",
            "asks again at once",
            once("retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n"),
        ),
        Fault::script(
            "503, `Retry-After: 3600`",
            "does not wait longer than it may, and leaves it to the caller (`retry_after`)",
            once("retry-after: 3600\r\n"),
        ),
        Fault::script(
            "503, `Retry-After: 99999999999999999999`",
            "does not wait longer than it may",
            once("retry-after: 99999999999999999999\r\n"),
        ),
        Fault::script(
            "429, `X-RateLimit-Reset` in an hour",
            "does not wait longer than it may",
            [answer("429 Too Many Requests", "x-ratelimit-reset: 3600\r\n", "")],
        ),
        Fault::script(
            "500 on a GET",
            "asks again, because a GET does no harm",
            [answer("500 Internal Server Error", "", ""), rex()],
        ),
        Fault::script(
            "500 on a POST",
            "does not ask again, because it may have been carried out",
            [answer("500 Internal Server Error", "", ""), rex()],
        )
        .post(),
        Fault::script("503 on a POST", "asks again, because nothing was done", once("")).post(),
    ]
}

/// How many requests came to servers that must not be asked.
pub(crate) static ELSEWHERE: AtomicUsize = AtomicUsize::new(0);

/// A server that sends callers to another one.
fn elsewhere(status: &'static str) -> impl Fn() -> Recorder {
    move || {
        let other = Recorder::new(|_, _| {
            ELSEWHERE.fetch_add(1, Ordering::SeqCst);
        });
        Recorder::answering(answer(status, &format!("location: {}/?a=b\r\n", other.url()), ""))
    }
}

fn redirects() -> Vec<Fault> {
    let stays = "sends nothing there";
    let within = |status: &str, location: &str| [answer(status, &format!("location: {location}\r\n"), ""), rex()];
    vec![
        Fault::with("301 to another origin", stays, elsewhere("301 Moved Permanently")),
        Fault::with("302 to another origin", stays, elsewhere("302 Found")),
        Fault::with("303 to another origin, after a POST", stays, elsewhere("303 See Other")).post(),
        Fault::with("307 to another origin, after a POST", stays, elsewhere("307 Temporary Redirect")).post(),
        Fault::with("308 to another origin, after a POST", stays, elsewhere("308 Permanent Redirect")).post(),
        Fault::script("302 within its origin", "follows it", within("302 Found", "/other")),
        Fault::script("302 to itself, for ever", "follows ten", [answer("302 Found", "location: /pet\r\n", "")]),
        Fault::script("302 without a `Location`", "follows nothing", [answer("302 Found", "", "")]),
        Fault::script("302 to what is no URL", "follows nothing", within("302 Found", "http://[::/")),
        Fault::script("302 to a user's name", "follows nothing", within("302 Found", "http://me@127.0.0.1/")),
        Fault::script("304 that nobody asked for", "takes it as it is", [answer("304 Not Modified", "", "")]),
    ]
}

/// A server that takes each token for two requests.
fn forgetful() -> Recorder {
    let count = AtomicUsize::new(0);
    Recorder::new(move |request, stream| {
        let place = count.fetch_add(1, Ordering::SeqCst);
        let expected = if place < 2 { "canary-1" } else { "canary-2" };
        let text = if !request.contains(expected) {
            answer("401 Unauthorized", "", "")
        } else if request.contains("after=3") {
            json(r#"{"data":[3],"next":null}"#)
        } else {
            json(if request.contains("after=2") { r#"{"data":[2],"next":3}"# } else { r#"{"data":[1],"next":2}"# })
        };
        drop(stream.write_all(text.as_bytes()));
    })
}

fn provided() -> Secret {
    let count = AtomicUsize::new(0);
    Secret::provided_blocking(move || Ok(Issued::new(format!("canary-{}", count.fetch_add(1, Ordering::SeqCst) + 1))))
}

fn tokens() -> Vec<Fault> {
    let refused = || [answer("401 Unauthorized", "", "")];
    vec![
        Fault::with("a token expires in the middle of a list", "has a new one, and asks for the page again", forgetful)
            .pages()
            .configure(|builder| builder.credential("key", Credential::api_key(provided()))),
        Fault::script("401 for every token", "has a new one once", refused())
            .configure(|builder| builder.credential("key", Credential::api_key(provided()))),
        Fault::script("401 for a key that does not change", "asks once", refused()),
        Fault::script("any, and no token can be had", "sends nothing", [rex()]).configure(|builder| {
            let vault = Secret::provided_blocking(|| Err("the vault is closed".into()));
            builder.credential("key", Credential::api_key(vault))
        }),
    ]
}

/// A list whose pages are made of the numbers 1, 2, …
fn list(page: fn(usize) -> String) -> impl Fn() -> Recorder {
    move || {
        let count = AtomicUsize::new(0);
        Recorder::new(move |_, stream| {
            drop(stream.write_all(json(&page(count.fetch_add(1, Ordering::SeqCst) + 1)).as_bytes()));
        })
    }
}

fn pages() -> Vec<Fault> {
    let walk = |server, client, page| Fault::with(server, client, list(page)).pages();
    vec![
        walk("a cursor that is always new", "asks for a page when the caller wants its items", |page| {
            format!(r#"{{"data":[{page}],"next":"{page}"}}"#)
        }),
        walk("a cursor that is always new, over empty pages", "gives up after 17 of them", |page| {
            format!(r#"{{"data":[],"next":"{page}"}}"#)
        }),
        walk("a cursor that comes again", "ends there", |page| format!(r#"{{"data":[{page}],"next":"same"}}"#)),
        walk("two cursors in turn", "ends at the third page", |page| {
            format!(r#"{{"data":[{page}],"next":"{}"}}"#, page % 2)
        }),
        walk("no cursor, and no list", "ends there", |_| r#"{"data":{},"next":[]}"#.to_owned()),
        Fault::script(
            "503 for the second page",
            "asks for it again",
            [json(r#"{"data":[1],"next":2}"#), unavailable(""), json(r#"{"data":[2],"next":null}"#)],
        )
        .pages(),
        Fault::script(
            "a page that is cut, again and again",
            "gives what was there, then the error",
            [json(r#"{"data":[1],"next":2}"#), "HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{".to_owned()],
        )
        .pages(),
    ]
}

fn connections() -> Vec<Fault> {
    let again = "asks again";
    let in_headers = "HTTP/1.1 200 OK\r\ncontent-ty";
    let in_body = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n\"Re";
    vec![
        Fault::script("takes no connection", "tries three times", [rex()])
            .configure(|builder| builder.base_url(format!("http://{}", closed()))),
        Fault::script("cuts it before the headers, once", again, [String::new(), rex()]),
        Fault::script("cuts it in the headers, once", again, [in_headers.to_owned(), rex()]),
        Fault::script("cuts it in the body, once", again, [in_body.to_owned(), rex()]),
        Fault::script("cuts it in the body, for ever", "gives up after the third attempt", [in_body]),
        Fault::script(
            "cuts it in a chunk of the body",
            "gives up after the third attempt",
            ["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\n\"Re"],
        ),
        Fault::script(
            "cuts it on a POST",
            "does not ask again, because it may have been carried out",
            [String::new(), rex()],
        )
        .post(),
        Fault::script("cuts it on a POST of a client that repeats all", again, [String::new(), rex()])
            .post()
            .configure(|builder| builder.retries(Retries::up_to(2).first_delay(Duration::ZERO).every_method())),
    ]
}

/// An address where nobody listens.
fn closed() -> std::net::SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Writes one byte after the other, slowly and for ever.
fn drip(stream: &mut Connection, start: &str) {
    drop(stream.write_all(start.as_bytes()));
    while stream.write_all(b"a").is_ok() {
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn slow() -> Vec<Fault> {
    const LIMIT: Duration = Duration::from_millis(250);
    let bounded = "waits as long as the call may take";
    let silent = || Fault::with("never answers", bounded, Recorder::silent);
    let body = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 99999\r\n\r\n\"";
    vec![
        silent().configure(|builder| builder.timeout(LIMIT)),
        Fault::with("never answers", "gives up an attempt, and makes three", Recorder::silent)
            .configure(|builder| builder.attempt_timeout(LIMIT)),
        Fault::with("never answers a POST", "does not ask again", Recorder::silent)
            .post()
            .configure(|builder| builder.attempt_timeout(LIMIT)),
        Fault::by("drips its headers", bounded, |_, stream| drip(stream, "HTTP/1.1 200 OK\r\nx: "))
            .configure(|builder| builder.timeout(LIMIT)),
        Fault::by("drips its body", bounded, move |_, stream| drip(stream, body))
            .configure(|builder| builder.timeout(LIMIT)),
        Fault::by(
            "stops in its body",
            "waits as long as an answer may stop, and makes three attempts",
            move |_, stream| {
                drop(stream.write_all(body.as_bytes()));
                drop(std::io::Read::read(stream, &mut [0]));
            },
        )
        .configure(|builder| builder.idle_timeout(LIMIT)),
    ]
}

fn compressed(stream: &mut Connection, encoding: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: {encoding}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)));
}

fn compression() -> Vec<Fault> {
    vec![
        Fault::by("sends garbage as gzip", "gives up after the third attempt", |_, stream| {
            compressed(stream, "gzip", b"no gzip at all");
        }),
        Fault::by("sends half of a gzip", "gives up after the third attempt", |_, stream| {
            let whole = gzip::bomb(100);
            compressed(stream, "gzip", &whole[..whole.len() / 2]);
        }),
        Fault::by("sends 200 MiB in 200 kB of gzip", "reads 64 MiB", |_, stream| {
            compressed(stream, "gzip", &gzip::bomb(812_850));
        }),
        Fault::by("compresses as nobody asked for", "takes it as it is", |_, stream| {
            compressed(stream, "br", b"\x0b\x02\x80\"Rex\"\x03");
        }),
    ]
}

fn bodies() -> Vec<Fault> {
    let typed = |media_type: &str, body: &str| [answer("200 OK", &format!("content-type: {media_type}\r\n"), body)];
    let page = "<h1>Maintenance</h1>";
    let once = "takes it as it is";
    vec![
        Fault::script("200 with an HTML page", once, typed("text/html", page)),
        Fault::script("200 with an HTML page as JSON", once, typed("application/json", page)),
        Fault::script("404 with an HTML page", once, [answer("404 Not Found", "content-type: text/html\r\n", page)]),
        Fault::script("200 with JSON of no media type", "reads it", [answer("200 OK", "", "\"Rex\"")]),
        Fault::script("200 with other JSON", once, typed("application/json", r#"{"name":"Rex"}"#)),
        Fault::script("200 with JSON that ends early", once, typed("application/json", "\"Re")),
        Fault::script("200 with two JSON values", once, typed("application/json", "\"Rex\" \"Max\"")),
        Fault::script("200 without a body", once, typed("application/json", "")),
        Fault::script("204 where there should be a body", once, [answer("204 No Content", "", "")]),
        Fault::by("200 with bytes that are no text", once, |_, stream| {
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n";
            drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(b"\"\xff\"")));
        }),
        Fault::script(
            "200 with 100,000 open brackets",
            "reads 128 of them",
            typed("application/json", &"[".repeat(100_000)),
        ),
        Fault::by("a body without end", "reads 64 MiB", |_, stream| endless(stream, "200 OK")),
        Fault::by("an error's body without end", "reads 1 MiB", |_, stream| endless(stream, "404 Not Found")),
        Fault::script(
            "a status that nobody knows",
            once,
            [answer("299 Odd", "content-type: application/json\r\n", "\"Rex\"")],
        ),
        Fault::script(
            "a text that hides what it says",
            once,
            [answer("404 Not Found", "", "a\u{202e}b\u{1b}[31mc\r\nd")],
        ),
    ]
}

fn endless(stream: &mut Connection, status: &str) {
    let head = format!("HTTP/1.1 {status}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
    drop(stream.write_all(head.as_bytes()));
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    while stream.write_all(chunk.as_bytes()).is_ok() {}
}

fn no_http() -> Vec<Fault> {
    let again = "gives up after the third attempt";
    vec![
        Fault::script("speaks another protocol", again, ["220 mail.example.com ESMTP\r\n"]),
        Fault::script("a header without a colon", again, ["HTTP/1.1 200 OK\r\nbad header\r\n\r\n"]),
        Fault::script("a status that is no number", again, ["HTTP/1.1 OK\r\n\r\n"]),
        Fault::script(
            "two lengths of one body",
            again,
            ["HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n\"Rex\" "],
        ),
        Fault::script("a length that is no number", again, ["HTTP/1.1 200 OK\r\ncontent-length: five\r\n\r\n\"Rex\""]),
        Fault::script(
            "a body longer than its length",
            "reads as much as was said",
            ["HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n\"Rex\"HTTP/1.1 500 No\r\n\r\n"],
        ),
        Fault::by("headers without end", again, |_, stream| {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\n"));
            while stream.write_all(&b"x-more: and more\r\n".repeat(1000)).is_ok() {}
        }),
        Fault::script(
            "103 before its answer",
            "passes it over",
            [format!("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n{}", rex())],
        ),
    ]
}
