//! Calls over real connections, with both transports, against a server that records raw bytes.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(any(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::Write;
use std::time::Duration;

use clientwright_runtime::{Client, Error, Response};
use support::{CANARY, CreatePet, Created, GetPet, GetPetError, Recorder, Shown, answer, builder, create_pet, get_pet};

type Outcome<T> = Result<Response<T>, Error<GetPetError>>;

fn client(url: impl Into<String>) -> Client {
    builder().base_url(url).build().shown().unwrap()
}

/// The outcomes with each transport that is there.
fn each(call: &GetPet) -> Vec<Outcome<String>> {
    vec![
        #[cfg(feature = "reqwest")]
        support::run(call.clone().send()),
        #[cfg(feature = "blocking")]
        call.clone().send_blocking().shown(),
    ]
}

fn each_create(call: &CreatePet) -> Vec<Outcome<Created>> {
    vec![
        #[cfg(feature = "reqwest")]
        support::run(call.clone().send()),
        #[cfg(feature = "blocking")]
        call.clone().send_blocking().shown(),
    ]
}

/// Lower-cased lines of a request's head, without `host`.
fn head(request: &str) -> Vec<String> {
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let lines = head.lines().map(str::to_lowercase).filter(|line| !line.starts_with("host:"));
    lines.collect()
}

#[test]
fn what_is_sent_is_what_was_asked_for_and_nothing_else() {
    let server = Recorder::answering(answer("201 Created", "content-type: application/json\r\n", "\"Rex\""));
    let client = client(server.url() + "/api%20v1/");
    for outcome in each_create(&create_pet(&client, "Rex|é")) {
        assert_eq!(outcome.unwrap().into_body(), Created::Ok("Rex".into()));
    }
    for outcome in each(&get_pet(&client, "a/..%2F|é\\")) {
        assert_eq!(outcome.unwrap().into_body(), "Rex");
    }
    for request in server.requests() {
        let mut head = head(&request);
        let line = head.remove(0);
        head.retain(|line| line != "accept-encoding: gzip" && line != "connection: keep-alive");
        head.sort();
        let mut expected = vec![
            "accept: application/json".to_owned(),
            "user-agent: pets/1.0.0".into(),
            format!("x-api-key: {CANARY}"),
        ];
        if line.starts_with("post") {
            assert_eq!(line, "post /api%20v1/pets http/1.1");
            assert!(request.ends_with("\r\n\r\n\"Rex|é\""), "{request}");
            expected.extend(["content-type: application/merge-patch+json".to_owned(), "content-length: 8".into()]);
            expected.sort();
        } else {
            assert_eq!(line, "get /api%20v1/pets/a%2f..%252f%7c%c3%a9%5c http/1.1");
        }
        assert_eq!(head, expected);
    }
}

#[test]
fn a_post_of_nothing_says_so_by_each_transport() {
    let server = Recorder::answering(answer("202 Accepted", "", ""));
    for outcome in each_create(&support::touch_pet(&client(server.url()))) {
        assert_eq!(outcome.unwrap().into_body(), Created::Accepted);
    }
    for request in server.requests() {
        let mut head = head(&request);
        head.retain(|line| line != "accept-encoding: gzip" && line != "connection: keep-alive");
        head.sort();
        let expected = ["accept: */*", "content-length: 0", "post /touch http/1.1", "user-agent: pets/1.0.0"];
        assert_eq!(head, expected);
    }
}

#[test]
fn redirects_never_reach_another_origin() {
    for status in [301, 302, 303, 307, 308] {
        let other = Recorder::answering(answer("200 OK", "", "\"stolen\""));
        let location = format!("location: {}/\r\n", other.url());
        let server = Recorder::answering(answer(&format!("{status} Elsewhere"), &location, ""));
        for outcome in each_create(&create_pet(&client(server.url()), "Rex")) {
            assert!(matches!(outcome, Err(Error::Unexpected(error)) if error.status() == status));
        }
        assert_eq!(other.requests().len(), 0, "{status}");
    }
}

#[test]
fn redirects_within_the_origin_are_followed() {
    let server = Recorder::new(|request, stream| {
        let text = if request.contains("/pets/1 ") {
            answer("308 Permanent Redirect", "location: ./2\r\n", "")
        } else {
            answer("200 OK", "content-type: application/json\r\n", "\"Rex\"")
        };
        drop(stream.write_all(text.as_bytes()));
    });
    for outcome in each(&get_pet(&client(server.url()), "1")) {
        assert_eq!(*outcome.unwrap(), "Rex");
    }
    for pair in server.requests().chunks(2) {
        assert!(pair[1].starts_with("GET /pets/2 ") && pair[1].contains(CANARY) && !pair[1].contains("eferer"));
    }
}

#[test]
fn an_html_page_is_no_answer() {
    let page = answer("200 OK", "content-type: text/html; charset=utf-8\r\n", "<h1>Maintenance</h1>");
    for outcome in each(&get_pet(&client(Recorder::answering(page).url()), "1")) {
        assert!(matches!(outcome, Err(Error::Unexpected(error)) if error.bytes() == "<h1>Maintenance</h1>"));
    }
}

#[test]
fn an_endless_body_is_cut() {
    let server = Recorder::new(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"));
        while stream.write_all(format!("1000\r\n{}\r\n", "a".repeat(4096)).as_bytes()).is_ok() {}
    });
    let client = builder().base_url(server.url()).max_body(100_000).build().shown().unwrap();
    for outcome in each(&get_pet(&client, "1")) {
        assert!(matches!(outcome, Err(Error::Decode(error)) if error.is_too_large() && error.bytes().len() == 100_000));
    }
}

#[test]
fn a_slow_server_is_waited_for_only_so_long() {
    let silent = Recorder::silent();
    let dripping = Recorder::new(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n"));
        while stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let limit = Duration::from_millis(150);
    for server in [silent, dripping] {
        for outcome in each(&get_pet(&client(server.url()), "1").timeout(limit)) {
            let Err(Error::Timeout(error)) = &outcome else { panic!("{outcome:?}") };
            assert!(error.limit() == Some(limit) && error.may_have_been_received(), "{error}");
        }
    }
}

#[test]
fn a_connection_that_breaks_is_told_from_one_that_was_never_made() {
    let cut =
        Recorder::answering("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n\"Re");
    let refused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for (url, connect) in [(cut.url(), false), (format!("http://{refused}"), true)] {
        for outcome in each_create(&create_pet(&client(url.clone()), "Rex")) {
            let Err(error) = outcome else { panic!("an answer") };
            assert!(matches!(&error, Error::Transport(error) if error.is_connect() == connect), "{error:?}");
            assert_eq!(error.is_retryable(), connect, "{error}");
            assert!(error.to_string().starts_with(&format!("POST {url}/pets: the connection ")), "{error}");
            assert!(!format!("{error:?}").contains(CANARY));
        }
    }
}

#[test]
fn what_is_no_http_is_an_error() {
    for text in ["", "hello", "HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "HTTP/1.1 999999 OK\r\n\r\n"] {
        for outcome in each(&get_pet(&client(Recorder::answering(text).url()), "1")) {
            assert!(matches!(outcome, Err(Error::Transport(_))), "{text}: {outcome:?}");
        }
    }
}

#[cfg(feature = "gzip")]
#[test]
fn a_bomb_is_cut_after_decompression() {
    let server = Recorder::new(|_, stream| {
        let bomb = support::gzip::bomb(250_000);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", bomb.len());
        drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bomb)));
    });
    let client = builder().base_url(server.url()).max_body(1_000_000).build().shown().unwrap();
    for outcome in each(&get_pet(&client, "1")) {
        let Err(Error::Decode(error)) = &outcome else { panic!("{outcome:?}") };
        assert!(error.is_too_large() && error.bytes().len() == 1_000_000);
        assert!(error.bytes().iter().all(|byte| *byte == b'a'));
    }
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_calls_do_not_panic_within_a_runtime() {
    let server = Recorder::answering(answer("200 OK", "content-type: application/json\r\n", "\"Rex\""));
    let call = get_pet(&client(server.url()), "1");
    assert_eq!(*support::run(async { call.send_blocking().shown() }).unwrap(), "Rex");
}

#[cfg(feature = "reqwest")]
#[test]
fn a_client_of_ones_own_that_follows_redirects_is_noticed() {
    use clientwright_runtime::{ReqwestTransport, reqwest};

    let other = Recorder::answering(answer("200 OK", "", "\"stolen\""));
    let server = Recorder::answering(answer("302 Found", &format!("location: {}/\r\n", other.url()), ""));
    let Ok(builder_of_client) = ReqwestTransport::builder() else {
        println!("did not run: without the feature for TLS, or certificates of the system");
        return;
    };
    let following = builder_of_client.redirect(reqwest::redirect::Policy::limited(3)).build().shown().unwrap();
    let client = builder().base_url(server.url()).http_client(following).build().shown().unwrap();
    // Without a credential, which `reqwest` would have carried there before it is noticed.
    let outcome = support::run(support::touch_pet(&client).send());
    assert!(matches!(&outcome, Err(Error::Transport(error)) if error.to_string().contains("redirect")), "{outcome:?}");
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn tls_is_set_up_without_global_state() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut greeting = [0; 4096];
            let length = std::io::Read::read(&mut stream, &mut greeting).unwrap_or_default();
            support::canary::check("what is sent before there is TLS", &String::from_utf8_lossy(&greeting[..length]));
            drop(stream.write_all(answer("200 OK", "", "no TLS").as_bytes()));
        }
    });
    let client = match builder().base_url(url).build() {
        Ok(client) => client,
        Err(error) => {
            println!("did not run: {error}");
            return;
        }
    };
    for outcome in each(&get_pet(&client, "1").timeout(Duration::from_secs(5))) {
        assert!(matches!(&outcome, Err(Error::Transport(_))), "{outcome:?}");
    }
}

#[cfg(all(feature = "blocking", not(any(feature = "rustls", feature = "native-tls"))))]
#[test]
fn https_without_a_feature_for_tls_is_an_error() {
    let transport = clientwright_runtime::transport_fn(|_| unreachable!());
    let client = builder().transport(transport).base_url("https://127.0.0.1:1").build().shown().unwrap();
    let error = get_pet(&client, "1").send_blocking().shown().unwrap_err();
    assert!(error.to_string().contains("`rustls`") && !error.is_retryable(), "{error}");
}
