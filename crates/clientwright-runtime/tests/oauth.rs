//! Tokens of OAuth 2, with both transports, from servers that refuse, fail and dawdle.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientwright_runtime::{
    Api, Call, Client, Credential, Error, Method, NoDocumentedError, OAuth2, Operation, Response, Retries,
    SecurityScheme, request,
};
use support::{CANARY, Recorder, Shown, answer, run};

static API: Api = Api::new("pets", "pets/1.0.0")
    .schemes(&[SecurityScheme::bearer("oauth").token_url("/oauth/token/").refresh_url("/oauth/refresh")]);

static OPERATION: Operation =
    Operation::new("getPet", Method::Get, "/pet").security(&[&["oauth"]]).accept("application/json");

#[derive(Clone, Debug)]
struct GetPet(Call);
request!(GetPet, String = json, NoDocumentedError);

type Outcome = Result<Response<String>, Error<NoDocumentedError>>;
type Way = fn(GetPet) -> Outcome;

const WAYS: [Way; 2] = [|call| run(call.send()), |call| call.send_blocking().shown()];

fn json(status: &str, body: &str) -> String {
    answer(status, "content-type: application/json\r\n", body)
}

fn is_token(request: &str) -> bool {
    request.starts_with("POST /oauth/")
}

/// A server that gives `canary-1`, `canary-2`, … with more members, and takes only `accepted` for its pet.
fn server(accepted: &'static str, members: &'static str) -> Recorder {
    let count = AtomicUsize::new(0);
    Recorder::new(move |request, stream| {
        let text = if is_token(request) {
            let number = count.fetch_add(1, Ordering::SeqCst) + 1;
            json("200 OK", &format!(r#"{{"access_token":"canary-{number}","token_type":"Bearer"{members}}}"#))
        } else if request.contains(&format!("uthorization: Bearer {accepted}\r\n")) {
            json("200 OK", "\"Rex\"")
        } else {
            answer("401 Unauthorized", "", "")
        };
        drop(stream.write_all(text.as_bytes()));
    })
}

/// A server that refuses to give tokens with this answer.
fn refusing(text: String) -> Recorder {
    Recorder::answering(text)
}

fn client(server: &Recorder, grant: OAuth2) -> Client {
    let builder = Client::builder(&API).base_url(server.url()).credential("oauth", Credential::bearer(grant));
    builder.retries(Retries::none()).build().shown().unwrap()
}

fn get(client: &Client) -> GetPet {
    GetPet(client.call(&OPERATION))
}

fn machine() -> OAuth2 {
    OAuth2::client_credentials("the id", CANARY)
}

fn tokens(server: &Recorder) -> Vec<String> {
    server.requests().into_iter().filter(|request| is_token(request)).collect()
}

fn lines(request: &str) -> Vec<String> {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let lines = head.lines().map(str::to_lowercase).chain([body.to_owned()]);
    let mut lines: Vec<_> = lines
        .filter(|line| {
            !line.starts_with("host:") && line != "accept-encoding: gzip" && line != "connection: keep-alive"
        })
        .collect();
    lines[1..].sort();
    lines
}

#[test]
fn a_token_is_fetched_once_and_used_until_it_expires() {
    for send in WAYS {
        let server = server("canary-1", r#","expires_in":3600"#);
        let client = client(&server, machine().scope("pets.read pets.write").parameter("audience", "https://pets"));
        (0..3).for_each(|_| assert_eq!(*send(get(&client)).unwrap(), "Rex"));
        let tokens = tokens(&server);
        assert_eq!((tokens.len(), server.requests().len()), (1, 4));
        assert_eq!(
            lines(&tokens[0]),
            [
                "post /oauth/token/ http/1.1",
                "accept: application/json",
                // The id and the secret are encoded before they are joined.
                "authorization: basic dghljtiwawq6y2fuyxj5",
                "content-length: 96",
                "content-type: application/x-www-form-urlencoded",
                "grant_type=client_credentials&scope=pets.read%20pets.write&audience=https%3A%2F%2Fpets",
                "user-agent: pets/1.0.0",
            ]
            .map(|line| line.replace("96", &lines(&tokens[0])[5].len().to_string()))
        );
    }
}

#[test]
fn a_token_that_is_refused_or_expires_is_fetched_anew() {
    for send in WAYS {
        let refused = server("canary-2", "");
        let calls = client(&refused, machine());
        (0..2).for_each(|_| assert_eq!(*send(get(&calls)).unwrap(), "Rex"));
        assert_eq!((tokens(&refused).len(), refused.requests().len()), (2, 5));
        let never = server("none", "");
        assert_eq!(send(get(&client(&never, machine()))).unwrap_err().status().unwrap().as_u16(), 401);
        assert_eq!((tokens(&never).len(), never.requests().len()), (2, 4));
        let short = server("canary-", r#","expires_in":"0""#);
        let calls = client(&short, machine());
        (0..2).for_each(|_| drop(send(get(&calls))));
        assert_eq!(tokens(&short).len(), 4, "one for each attempt");
    }
}

#[test]
fn a_refresh_token_is_used_and_replaced() {
    for send in WAYS {
        let server = server("canary-3", r#","refresh_token":"canary-second""#);
        let kept = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&kept);
        let grant = OAuth2::refresh_token("canary-first").client("app");
        let grant = grant.on_refresh_token(move |token| keep.lock().unwrap().push(token.to_owned()));
        let client = client(&server, grant);
        assert!(send(get(&client)).is_err());
        assert!(send(get(&client)).is_ok());
        let sent: Vec<String> =
            tokens(&server).iter().map(|token| token.rsplit("\r\n").next().unwrap().into()).collect();
        let body = |token| format!("grant_type=refresh_token&refresh_token={token}&client_id=app");
        assert_eq!(sent, [body("canary-first"), body("canary-second"), body("canary-second")]);
        assert!(tokens(&server).iter().all(|token| token.starts_with("POST /oauth/refresh ")));
        assert_eq!(*kept.lock().unwrap(), ["canary-second"; 3]);
    }
}

#[test]
fn the_clients_secret_can_stand_in_the_body() {
    let server = server("canary-1", "");
    assert!(run(get(&client(&server, machine().in_body())).send()).is_ok());
    let token = tokens(&server).remove(0);
    assert!(token.ends_with("&client_id=the%20id&client_secret=canary") && !token.contains("uthorization"));
}

#[test]
fn many_calls_share_a_token_and_a_failure() {
    for (server, sent) in [(server("canary-1", ""), 21), (refusing(json("400 Bad Request", "{}")), 1)] {
        let client = client(&server, machine());
        run(async {
            let calls: Vec<_> = (0..20).map(|_| tokio::spawn(get(&client).send())).collect();
            for call in calls {
                assert_eq!(call.await.unwrap().shown().is_ok(), sent == 21);
            }
        });
        assert_eq!((tokens(&server).len(), server.requests().len()), (1, sent));
    }
    let server = server("canary-1", "");
    let client = client(&server, machine());
    let threads: Vec<_> = (0..20)
        .map(|_| {
            let call = get(&client);
            std::thread::spawn(|| call.send_blocking().shown())
        })
        .collect();
    for thread in threads {
        assert_eq!(*thread.join().unwrap().unwrap(), "Rex");
    }
    assert_eq!(tokens(&server).len(), 1);
}

#[test]
fn a_server_that_gives_no_token_is_told_without_what_was_sent() {
    let page = answer("200 OK", "content-type: text/html\r\n", "<h1>Sign in</h1>");
    let echo = format!(r#"{{"error":"invalid_client","error_description":"no client with {CANARY}\n"}}"#);
    let redirect = answer("307 Temporary Redirect", "location: /oauth/other\r\n", "");
    let cases = [
        (json("401 Unauthorized", &echo), "401 Unauthorized: invalid_client: no client with …", Some("invalid_client")),
        (page, "200 OK: the answer has no `access_token`", None),
        (redirect, "307 Temporary Redirect", None),
        (
            json("200 OK", r#"{"access_token":"canary-a","token_type":"mac"}"#),
            "200 OK: the token is no bearer token",
            None,
        ),
        (json("200 OK", r#"{"access_token":""}"#), "200 OK: the answer has no `access_token`", None),
        (json("200 OK", r#"{"access_token":"canary\nb"}"#), "", None),
        ("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".to_owned(), "the connection broke", None),
    ];
    for (text, expected, code) in cases {
        for send in WAYS {
            let server = refusing(text.clone());
            let Err(Error::Request(error)) = send(get(&client(&server, machine()))) else { panic!("{text}") };
            assert!(error.to_string().contains(expected), "{error}");
            assert!(!format!("{error}{error:?}{:?}", error.token_error()).contains(CANARY), "{error:?}");
            assert_eq!(error.token_error().and_then(clientwright_runtime::TokenError::code), code, "{error}");
            assert_eq!(server.requests().len(), 1, "nothing else is sent: {text}");
        }
    }
}

#[test]
fn a_token_that_may_be_had_later_is_asked_for_again() {
    for send in WAYS {
        let pet = json("200 OK", "\"Rex\"");
        let token = json("200 OK", r#"{"access_token":"canary-a"}"#);
        let busy = answer("503 Service Unavailable", "retry-after: 0\r\n", "");
        let server = Recorder::script([busy.clone(), String::new(), token, pet]);
        let quick = Retries::up_to(2).first_delay(Duration::ZERO);
        assert_eq!(*send(get(&client(&server, machine())).retries(quick)).unwrap(), "Rex");
        let cut = Recorder::answering("");
        let once = get(&client(&cut, OAuth2::refresh_token("canary-once"))).retries(quick);
        assert_eq!((send(once).is_err(), cut.requests().len()), (true, 1), "it may have been used up");
        let busy = Recorder::answering(busy);
        let error = send(get(&client(&busy, machine()))).unwrap_err();
        assert_eq!((error.is_retryable(), error.retry_after()), (true, Some(Duration::ZERO)));
    }
}

#[test]
fn waiting_for_a_token_is_part_of_the_call() {
    let limit = Duration::from_millis(100);
    for send in WAYS {
        let silent = Recorder::silent();
        let outcome = send(get(&client(&silent, machine())).timeout(limit));
        let text = format!("{}", outcome.unwrap_err());
        assert!(text.contains("in time"), "{text}");
    }
    let silent = Recorder::silent();
    let never = clientwright_runtime::Secret::provided(std::future::pending);
    let builder = Client::builder(&API).base_url(silent.url()).credential("oauth", Credential::bearer(never));
    let client = builder.timeout(limit).build().shown().unwrap();
    let Err(Error::Timeout(error)) = run(get(&client).send()) else { panic!("no limit") };
    assert!(!error.may_have_been_received() && error.to_string().contains("the credential was not there in time"));
    assert_eq!(silent.requests().len(), 0);
}

#[test]
fn a_token_is_not_asked_for_without_tls_where_the_calls_have_it() {
    static PLAIN: Api =
        Api::new("pets", "").schemes(&[SecurityScheme::bearer("oauth").token_url("http://127.0.0.1:1/token")]);
    static UNKNOWN: Api = Api::new("pets", "").schemes(&[SecurityScheme::bearer("oauth")]);
    let transport = clientwright_runtime::transport_fn(|_| panic!("something was sent"));
    let built = |api: &'static Api, grant| {
        let builder =
            Client::builder(api).base_url("https://pets.invalid").credential("oauth", Credential::bearer(grant));
        builder.transport(transport).blocking_transport(transport).build()
    };
    let error = get(&built(&PLAIN, machine()).unwrap()).send_blocking().shown().unwrap_err();
    assert!(error.to_string().contains("it is not `https`"), "{error}");
    let error = built(&UNKNOWN, machine()).unwrap_err();
    assert!(error.to_string().contains("set `token_url`"), "{error}");
    assert!(built(&UNKNOWN, machine().token_url("https://auth.invalid")).is_ok());
    assert!(!format!("{:?}", machine()).contains(CANARY));
}
