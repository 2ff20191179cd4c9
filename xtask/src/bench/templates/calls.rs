//! Makes the same calls through a generated client and by hand, over a transport in memory, and says how long they take.

use std::hint::black_box;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use allo::types::{SearchPeopleRequest, UpdatePersonRequest};
use clientwright_runtime::bytes::Bytes;
use clientwright_runtime::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use clientwright_runtime::http::{HeaderValue, Method, Request, Response, Uri};
use clientwright_runtime::{Body, Transport, TransportOptions, transport_fn};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;

const SERVER: &str = "https://api.withallo.com";
const KEY: &str = "ak_live_0123456789abcdef";
const AGENT: &str = "bench";
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What somebody would write who has no generated client.
mod by_hand {
    use chrono::NaiveDateTime;
    use serde::{Deserialize, Serialize};

    #[derive(Deserialize)]
    pub struct PersonResponse {
        pub data: Person,
    }

    #[derive(Deserialize)]
    pub struct PersonList {
        pub data: Vec<Person>,
        pub pagination: Option<Pagination>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)] // read, and shown
    pub struct Person {
        pub id: Option<String>,
        pub name: Option<String>,
        pub last_name: Option<String>,
        pub job_title: Option<String>,
        pub website: Option<String>,
        pub address: Option<String>,
        pub numbers: Option<Vec<String>>,
        pub emails: Option<Vec<String>>,
        pub company: Option<Company>,
        pub interactions: Option<i64>,
        pub last_activity_at: Option<NaiveDateTime>,
        pub created_at: Option<NaiveDateTime>,
        pub updated_at: Option<NaiveDateTime>,
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code)] // as above
    pub struct Company {
        pub id: Option<String>,
        pub name: Option<String>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code)] // as above
    pub struct Pagination {
        pub page: Option<i64>,
        pub size: Option<i64>,
        pub total_count: Option<i64>,
        pub total_pages: Option<i64>,
        pub has_more: Option<bool>,
    }

    #[derive(Default, Serialize)]
    pub struct UpdatePerson<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub job_title: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub address: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub emails: Option<&'a [String]>,
    }

    #[derive(Default, Serialize)]
    pub struct Search<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub search: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub size: Option<i64>,
    }
}

/// The server, written by hand.
struct Hand(Arc<dyn Transport>);

impl Hand {
    async fn call<T: DeserializeOwned>(&self, method: Method, path: &str, body: Option<&impl Serialize>) -> T {
        let mut request = Request::builder().method(method).uri(format!("{SERVER}{path}"));
        let headers = request.headers_mut().expect("headers");
        headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let mut key = HeaderValue::from_str(KEY).expect("a key");
        key.set_sensitive(true);
        headers.insert(AUTHORIZATION, key);
        let body = body.map_or_else(Body::empty, |body| {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Body::bytes(serde_json::to_vec(body).expect("JSON"))
        });
        let mut options = TransportOptions::default();
        options.timeout = Some(Duration::from_secs(60));
        let response = self.0.send(request.body(body).expect("a request"), options).await.expect("an answer");
        assert!(response.status().is_success());
        serde_json::from_slice(&read(response.into_body())).expect("a value")
    }
}

/// The whole of a body that is in memory.
fn read(mut body: Body) -> Bytes {
    body.read_chunk().transpose().expect("bytes").unwrap_or_default()
}

fn main() {
    let time: u64 = std::env::args().nth(1).and_then(|time| time.parse().ok()).expect("milliseconds");
    let one = person(0);
    let single = format!("{{\"data\":{one}}}");
    let people: Vec<String> = (0..20).map(person).collect();
    let page = "{\"page\":1,\"size\":20,\"total_count\":42,\"total_pages\":3,\"has_more\":true}";
    let list = format!("{{\"data\":[{}],\"pagination\":{page}}}", people.join(","));

    let (client, hand) = ends(single.clone());
    Pair {
        name: "get a person",
        answer: single.len(),
        hand: &|| {
            let path = format!("/v2/api/crm/people/{}", utf8_percent_encode("per-0001", SEGMENT));
            let call = hand.call::<by_hand::PersonResponse>(Method::GET, &path, None::<&()>);
            block_on(call).data.id.map_or(0, |id| id.len())
        },
        client: &|| {
            let person = block_on(client.get_person("per-0001").send()).expect("a person");
            person.into_body().data.id.map_or(0, |id| id.len())
        },
    }
    .measure(time);

    let (client, hand) = ends(single.clone());
    Pair {
        name: "update a person",
        answer: single.len(),
        hand: &|| {
            let path = format!("/v2/api/crm/people/{}", utf8_percent_encode("per-0001", SEGMENT));
            let given = given();
            let body = by_hand::UpdatePerson {
                name: Some(&given.name),
                job_title: Some(&given.job_title),
                address: Some(&given.address),
                emails: Some(&given.emails),
            };
            let call = hand.call::<by_hand::PersonResponse>(Method::PUT, &path, Some(&body));
            block_on(call).data.id.map_or(0, |id| id.len())
        },
        client: &|| {
            let given = given();
            let body = UpdatePersonRequest::new()
                .name(given.name)
                .job_title(given.job_title)
                .address(given.address)
                .emails(given.emails);
            let person = block_on(client.update_person("per-0001", body).send()).expect("a person");
            person.into_body().data.id.map_or(0, |id| id.len())
        },
    }
    .measure(time);

    let (client, hand) = ends(list.clone());
    Pair {
        name: "search people: a page of 20",
        answer: list.len(),
        hand: &|| {
            let body = by_hand::Search { search: Some("ada"), size: Some(20) };
            let call = hand.call::<by_hand::PersonList>(Method::POST, "/v2/api/crm/people/search", Some(&body));
            let list = block_on(call);
            assert!(list.pagination.is_some());
            list.data.len()
        },
        client: &|| {
            let body = SearchPeopleRequest::new().search("ada").size(20);
            let list = block_on(client.search_people(body).send()).expect("people").into_body();
            assert!(list.pagination.is_some());
            list.data.len()
        },
    }
    .measure(time);
    same_requests();
}

/// What is known of a person whom a program updates. It came from somewhere, as owned texts, and is made anew for each call in
/// both ways: what is written by hand borrows it, and a client is given it.
struct Given {
    name: String,
    job_title: String,
    address: String,
    emails: Vec<String>,
}

fn given() -> Given {
    let text = |text: &str| black_box(text).to_owned();
    Given {
        name: text("Ada"),
        job_title: text("Analyst"),
        address: text("12 St James's Square, London"),
        emails: vec![text("ada@example.com")],
    }
}

fn person(number: usize) -> String {
    format!(
        "{{\"id\":\"per-{number:04}\",\"name\":\"Ada\",\"last_name\":\"Lovelace\",\"job_title\":\"Analyst\",\
         \"website\":\"https://example.com/ada\",\"address\":null,\"numbers\":[\"+33612345678\",\"+33612345679\"],\
         \"emails\":[\"ada@example.com\"],\"company\":{{\"id\":\"com-1\",\"name\":\"Engines\"}},\"interactions\":{number},\
         \"last_activity_at\":\"2026-02-03T04:05:06\",\"created_at\":\"2025-02-03T04:05:06\",\
         \"updated_at\":\"2026-01-03T04:05:06\"}}"
    )
}

/// A client, and what is written by hand, that get this answer to everything.
fn ends(answer: String) -> (allo::Client, Hand) {
    let answer = Bytes::from(answer);
    let respond = move |_| {
        let mut response = Response::new(Body::bytes(answer.clone()));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(response)
    };
    (client(transport_fn(respond.clone())), Hand(Arc::new(transport_fn(respond))))
}

fn client(transport: impl Transport) -> allo::Client {
    allo::Client::builder().api_key(KEY).user_agent(AGENT).transport(transport).build().expect("a client")
}

/// A call in both ways; each gives a number, so that nothing is left out as unused.
struct Pair<'a> {
    name: &'static str,
    /// Bytes.
    answer: usize,
    hand: &'a dyn Fn() -> usize,
    client: &'a dyn Fn() -> usize,
}

const ROUNDS: usize = 41;

impl Pair<'_> {
    /// Says how long a call takes in both ways, in turn, and the median of the rounds' ratios.
    fn measure(&self, time: u64) {
        assert_eq!((self.hand)(), (self.client)());
        let mut calls: u32 = 16;
        while round(self.hand, calls) * f64::from(calls) < time as f64 * 1e6 {
            calls *= 2;
        }
        let mut rounds = [Vec::new(), Vec::new(), Vec::new()];
        for _ in 0..ROUNDS {
            let (hand, client) = (round(self.hand, calls), round(self.client, calls));
            for (numbers, number) in rounds.iter_mut().zip([hand, client, client / hand]) {
                numbers.push(number);
            }
        }
        let [hand, client, ratio] = rounds.map(|mut numbers| {
            numbers.sort_by(f64::total_cmp);
            numbers[ROUNDS / 2]
        });
        println!("{}\t{}\t{hand:.0}\t{client:.0}\t{ratio:.3}", self.name, self.answer);
    }
}

/// Nanoseconds for a call.
fn round(call: &dyn Fn() -> usize, calls: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(call());
    }
    start.elapsed().as_nanos() as f64 / f64::from(calls)
}

/// Waits for a future that never waits itself.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("a transport in memory waits for nothing"),
    }
}

/// Both ways send the same; otherwise there is nothing to compare.
fn same_requests() {
    type Sent = (Method, Uri, Vec<(String, Vec<u8>)>, Bytes);
    let sent: Arc<Mutex<Vec<Sent>>> = Arc::default();
    let kept = Arc::clone(&sent);
    let record = transport_fn(move |request: Request<Body>| {
        let (parts, body) = request.into_parts();
        let header = |(name, value): (&clientwright_runtime::http::HeaderName, &HeaderValue)| {
            (name.as_str().to_owned(), value.as_bytes().to_vec())
        };
        let mut headers: Vec<_> = parts.headers.iter().map(header).collect();
        headers.sort();
        kept.lock().expect("a lock").push((parts.method, parts.uri, headers, read(body)));
        Ok(Response::new(Body::bytes("{\"data\":{}}")))
    });
    let record = Arc::new(record);
    let hand = Hand(record.clone());
    let shared = transport_fn(move |request| block_on(record.send(request, TransportOptions::default())));
    let client = client(shared);
    let body = by_hand::UpdatePerson { name: Some("Ada"), ..Default::default() };
    block_on(hand.call::<by_hand::PersonResponse>(Method::PUT, "/v2/api/crm/people/1", Some(&body)));
    let body = UpdatePersonRequest::new().name("Ada".to_owned());
    block_on(client.update_person("1", body).send()).expect("a person");
    let sent = sent.lock().expect("a lock");
    assert_eq!(sent[0], sent[1], "both ways send the same");
}
