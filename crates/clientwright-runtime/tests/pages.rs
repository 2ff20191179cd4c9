//! Lists that come in pages, with both transports, against servers that misbehave.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::Write;

use clientwright_runtime::{
    Call, Client, Error, Method, NoDocumentedError, Operation, Paging, Parameter, Place, Value, pages, request,
};
use support::{CANARY, Recorder, Shown, answer, builder, run};

type Outcome = Result<Vec<i64>, Error<NoDocumentedError>>;

static NUMBERED: Operation = Operation::new("numbered", Method::Get, "/pets")
    .parameters(&[Parameter::query("page"), Parameter::query("limit")])
    .pages(&Paging::number(Place::Query("page")).limit(Place::Query("limit")).items(&["data"]).total(&["total"]));

static SEARCHED: Operation = Operation::new("searched", Method::Post, "/pets/search")
    .body(&["application/json"])
    .pages(&Paging::number(Place::Body(&["at", "page"])).items(&["data"]).more(&["more"]));

static OFFSET: Operation = Operation::new("offset", Method::Get, "/pets")
    .parameters(&[Parameter::query("offset"), Parameter::query("limit")])
    .pages(&Paging::offset(Place::Query("offset")).limit(Place::Query("limit")).items(&["data"]));

static CURSOR: Operation = Operation::new("cursor", Method::Get, "/pets")
    .parameters(&[Parameter::query("tag"), Parameter::query("after")])
    .security(&[&["key"]])
    .pages(&Paging::cursor(Place::Query("after"), &["meta", "next"]).items(&["data"]));

static LAST_ITEM: Operation = Operation::new("lastItem", Method::Get, "/pets")
    .parameters(&[Parameter::query("after")])
    .pages(&Paging::last_item(Place::Query("after"), &["id"]).items(&["data"]).more(&["more"]));

static LINKED: Operation = Operation::new("linked", Method::Get, "/pets")
    .parameters(&[Parameter::query("tag")])
    .security(&[&["query"]])
    .pages(&Paging::link_in(&["view", "next"]).items(&["data"]));

static HEADER: Operation =
    Operation::new("header", Method::Get, "/pets").pages(&Paging::link_header().items(&["data"]));

#[derive(Clone, Debug)]
struct List(Call);
request!(List, Value = json, NoDocumentedError);
pages!(List, Value = json, NoDocumentedError, Value = |page| page["data"].as_array().cloned().unwrap_or_default());

fn client(server: &Recorder) -> Client {
    let credential = clientwright_runtime::Credential::api_key(CANARY);
    builder().base_url(server.url() + "/v1").credential("query", credential).build().shown().unwrap()
}

/// The numbers of all items, by stream and by iterator.
fn each(list: &List) -> [Outcome; 2] {
    let number = |item: Value| item["id"].as_i64().or_else(|| item.as_i64()).unwrap();
    let streamed = run(list.clone().items().all());
    let iterated: Result<Vec<Value>, _> = list.clone().items_blocking().map(Shown::shown).collect();
    [streamed, iterated].map(|items| items.map(|items| items.into_iter().map(number).collect()))
}

fn json(body: &str) -> String {
    answer("200 OK", "content-type: application/json\r\n", body)
}

/// A server that answers with what `page` makes of the request's target and body.
fn serve(page: impl Fn(&str, &str) -> String + Send + Sync + 'static) -> Recorder {
    Recorder::new(move |request, stream| {
        let target = request.split(' ').nth(1).unwrap().to_owned();
        let body = request.split_once("\r\n\r\n").unwrap().1;
        drop(stream.write_all(page(&target, body).as_bytes()));
    })
}

fn targets(server: &Recorder) -> Vec<String> {
    let requests = server.requests();
    let half = requests.len() / 2;
    let targets = requests.iter().map(|request| request.split(' ').nth(1).unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(targets[..half], targets[half..], "both ways send the same");
    targets[..half].to_vec()
}

fn check(server: &Recorder, list: &List, items: &[i64], expected: &[&str]) {
    for outcome in each(list) {
        assert_eq!(outcome.unwrap(), items);
    }
    assert_eq!(targets(server), expected);
}

#[test]
fn numbered_pages_end_with_an_empty_one() {
    let server = serve(|target, _| match target {
        "/v1/pets" => json(r#"{"data":[1,2]}"#),
        "/v1/pets?page=2" => json(r#"{"data":[3]}"#),
        _ => json(r#"{"data":[]}"#),
    });
    let list = List(client(&server).call(&NUMBERED));
    check(&server, &list, &[1, 2, 3], &["/v1/pets", "/v1/pets?page=2", "/v1/pets?page=3"]);
}

#[test]
fn numbered_pages_begin_where_the_caller_says_and_end_with_the_total() {
    let server = serve(|target, _| match target {
        "/v1/pets?page=4&limit=2" => json(r#"{"data":[7,8],"total":"10"}"#),
        _ => json(r#"{"data":[9,10],"total":"10"}"#),
    });
    let list = List(client(&server).call(&NUMBERED).query("page", &4).query("limit", &2));
    check(&server, &list, &[7, 8, 9, 10], &["/v1/pets?page=4&limit=2", "/v1/pets?page=5&limit=2"]);
}

#[test]
fn a_page_that_is_not_full_is_the_last() {
    let server = serve(|target, _| match target {
        "/v1/pets?limit=2" => json(r#"{"data":[1,2]}"#),
        _ => json(r#"{"data":[3]}"#),
    });
    let list = List(client(&server).call(&NUMBERED).query("limit", &2));
    check(&server, &list, &[1, 2, 3], &["/v1/pets?limit=2", "/v1/pets?page=2&limit=2"]);
    let server = serve(|target, _| match target {
        "/v1/pets?limit=2" => json(r#"{"data":[1,2]}"#),
        _ => json(r#"{"data":[3]}"#),
    });
    let list = List(client(&server).call(&OFFSET).query("limit", &2));
    check(&server, &list, &[1, 2, 3], &["/v1/pets?limit=2", "/v1/pets?offset=2&limit=2"]);
}

#[test]
fn a_server_that_gives_fewer_items_than_it_may_is_asked_on() {
    let server = serve(|target, _| match target {
        "/v1/pets?limit=1000" => json(r#"{"data":[1,2],"total":3}"#),
        _ => json(r#"{"data":[3],"total":3}"#),
    });
    let list = List(client(&server).call(&NUMBERED).query("limit", &1000));
    check(&server, &list, &[1, 2, 3], &["/v1/pets?limit=1000", "/v1/pets?page=2&limit=1000"]);
}

#[test]
fn pages_that_begin_with_zero_end_with_the_last() {
    static FROM_ZERO: Operation = Operation::new("fromZero", Method::Get, "/pets")
        .parameters(&[Parameter::query("page")])
        .pages(&Paging::number(Place::Query("page")).first(0).last(&["pages"]).items(&["data"]));
    let server = serve(|target, _| match target {
        "/v1/pets" => json(r#"{"data":[1],"pages":2}"#),
        _ => json(r#"{"data":[2],"pages":2}"#),
    });
    check(&server, &List(client(&server).call(&FROM_ZERO)), &[1, 2], &["/v1/pets", "/v1/pets?page=1"]);
}

#[test]
fn a_server_that_repeats_a_page_is_not_asked_for_ever() {
    let server = serve(|_, _| json(r#"{"data":[1,2]}"#));
    check(&server, &List(client(&server).call(&OFFSET)), &[1, 2, 1, 2], &["/v1/pets", "/v1/pets?offset=2"]);
    let server = serve(|_, _| json(r#"{"data":[1],"meta":{"next":"same"}}"#));
    check(&server, &List(client(&server).call(&CURSOR)), &[1, 1], &["/v1/pets", "/v1/pets?after=same"]);
    let turn = |target: &str| if target.ends_with('a') { "b" } else { "a" };
    let server = serve(move |target, _| json(&format!(r#"{{"data":[1],"meta":{{"next":"{}"}}}}"#, turn(target))));
    assert_eq!(each(&List(client(&server).call(&CURSOR))).map(Result::unwrap), [vec![1; 3], vec![1; 3]]);
}

#[test]
fn a_cursor_that_never_ends_over_empty_pages_is_given_up() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server = serve(move |_, _| {
        let next = count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        json(&format!(r#"{{"data":[],"meta":{{"next":"{next}"}}}}"#))
    });
    assert_eq!(each(&List(client(&server).call(&CURSOR))).map(Result::unwrap), [Vec::<i64>::new(), Vec::new()]);
    assert_eq!(server.requests().len(), 34);
}

#[test]
fn a_cursor_is_followed_over_an_empty_page() {
    let server = serve(|target, _| match target {
        "/v1/pets?tag=a%26b" => json(r#"{"data":[1],"meta":{"next":"x/1=&"}}"#),
        "/v1/pets?tag=a%26b&after=x%2F1%3D%26" => json(r#"{"data":[],"meta":{"next":7}}"#),
        _ => json(r#"{"data":[2],"meta":{"next":null}}"#),
    });
    let list = List(client(&server).call(&CURSOR).query("tag", &"a&b".to_owned()));
    let expected = ["/v1/pets?tag=a%26b", "/v1/pets?tag=a%26b&after=x%2F1%3D%26", "/v1/pets?tag=a%26b&after=7"];
    check(&server, &list, &[1, 2], &expected);
}

#[test]
fn the_last_item_stands_for_the_next_page() {
    let server = serve(|target, _| match target {
        "/v1/pets" => json(r#"{"data":[{"id":1},{"id":2}],"more":true}"#),
        _ => json(r#"{"data":[{"id":3}],"more":false}"#),
    });
    check(&server, &List(client(&server).call(&LAST_ITEM)), &[1, 2, 3], &["/v1/pets", "/v1/pets?after=2"]);
}

#[test]
fn pages_of_a_body_keep_what_else_it_says() {
    let server = serve(|_, body| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        let page = body["at"]["page"].as_i64().unwrap_or(1);
        assert_eq!(body["tag"], "a");
        json(&format!(r#"{{"data":[{page}],"more":{}}}"#, page < 3))
    });
    let body: Value = serde_json::from_str(r#"{"tag":"a"}"#).unwrap();
    let list = List(client(&server).call(&SEARCHED).json(&body));
    check(&server, &list, &[1, 2, 3], &["/v1/pets/search"; 3]);
    let begun: Value = serde_json::from_str(r#"{"tag":"a","at":{"page":2,"size":9}}"#).unwrap();
    let outcomes = each(&List(client(&server).call(&SEARCHED).json(&begun)));
    assert_eq!(outcomes.map(Result::unwrap), [vec![2, 3], vec![2, 3]]);
}

#[test]
fn pages_are_asked_for_in_a_body_that_was_left_out() {
    let server = serve(|_, body| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
        let page = body["at"]["page"].as_i64().unwrap_or(1);
        json(&format!(r#"{{"data":[{page}],"more":{}}}"#, page < 2))
    });
    let outcomes = each(&List(client(&server).call(&SEARCHED)));
    assert_eq!(outcomes.map(Result::unwrap), [vec![1, 2], vec![1, 2]]);
    let requests = server.requests();
    let bodies: Vec<&str> = requests.iter().map(|request| request.split_once("\r\n\r\n").unwrap().1).collect();
    assert_eq!(bodies, ["", r#"{"at":{"page":2}}"#, "", r#"{"at":{"page":2}}"#]);
}

#[test]
fn links_are_followed_with_credentials_and_only_to_the_origin() {
    let server = serve(|target, _| {
        if target.starts_with("/v1/pets") {
            json(r#"{"data":[1],"view":{"next":"/other/pets?page=2&tag=x"}}"#)
        } else if target.contains("page=2") {
            json(r#"{"data":[2],"view":{"next":"?page=3"}}"#)
        } else {
            json(r#"{"data":[3],"view":{}}"#)
        }
    });
    let list = List(client(&server).call(&LINKED).query("tag", &"x".to_owned()));
    let expected = [
        format!("/v1/pets?tag=x&appid={CANARY}"),
        format!("/other/pets?page=2&tag=x&appid={CANARY}"),
        format!("/other/pets?page=3&appid={CANARY}"),
    ];
    check(&server, &list, &[1, 2, 3], &expected.each_ref().map(String::as_str));

    let elsewhere = Recorder::answering(json("{}"));
    let link = format!(r#"{{"data":[1],"view":{{"next":"{}/pets?secret={CANARY}"}}}}"#, elsewhere.url());
    let server = serve(move |_, _| json(&link));
    let mut items = List(client(&server).call(&LINKED)).items_blocking().map(Shown::shown);
    assert_eq!(items.next().unwrap().unwrap(), 1);
    let Some(Err(Error::Request(error))) = items.next() else { panic!("a link to another origin was followed") };
    assert!(error.reason().contains("another origin") && !format!("{error:?}").contains(CANARY), "{error}");
    assert!(items.next().is_none());
    assert_eq!(elsewhere.requests().len(), 0);
}

#[test]
fn links_in_headers_are_followed() {
    let server = serve(|target, _| match target {
        "/v1/pets" => {
            let link = "link: </v1/pets?page=9>; rel=\"last\", <pets?page=2>; rel=\"next\"\r\n";
            answer("200 OK", &format!("content-type: application/json\r\n{link}"), r#"{"data":[1]}"#)
        }
        _ => json(r#"{"data":[2]}"#),
    });
    check(&server, &List(client(&server).call(&HEADER)), &[1, 2], &["/v1/pets", "/v1/pets?page=2"]);
}

#[test]
fn an_error_ends_the_walk_and_what_was_there_is_kept() {
    for failure in [answer("500 Internal Server Error", "", ""), json("<h1>"), String::new()] {
        let server = serve(move |target, _| match target {
            "/v1/pets" => json(r#"{"data":[1,2]}"#),
            _ => failure.clone(),
        });
        let list = List(client(&server).call(&OFFSET));
        let mut items = list.clone().items_blocking().map(Shown::shown);
        assert!(items.by_ref().take(2).all(|item| item.is_ok()));
        assert!(items.next().unwrap().is_err() && items.next().is_none());
        run(async {
            let mut pages = list.pages();
            assert_eq!(pages.try_next().await.unwrap().unwrap()["data"][1], 2);
            assert!(pages.next().await.shown().unwrap().is_err() && pages.next().await.is_none());
        });
    }
}
