//! What every generated client does and refuses, seen through one of them.

use allo_client::types::UpdatePersonRequest;
use allo_client::{Client, Error};
use clientwright_tests::{Recorder, Reply, Shown};

use super::{block_on, client};

const PERSON: &str = r#"{"data":{"id":"per-1"}}"#;

fn assert_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn clients_and_their_futures_go_anywhere() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    shared::<Client>();
    let recorder = Recorder::start(vec![Reply::json(200, PERSON)]);
    let future = assert_send(client(&recorder).get_person("per-1").send());
    block_on(async { tokio::spawn(future).await.unwrap() }).unwrap();
}

#[test]
fn segments_that_would_leave_the_path_are_refused() {
    let recorder = Recorder::start(vec![]);
    let client = client(&recorder);
    for id in ["", ".", ".."] {
        let error = block_on(client.get_person(id).send()).unwrap_err();
        let Error::Request(error) = error else { panic!("{error:?}") };
        assert_eq!(error.parameter(), Some("id"), "{error}");
        assert!(matches!(client.get_person(id).send_blocking().shown(), Err(Error::Request(_))));
    }
    assert_eq!(recorder.requests().len(), 0);
}

#[test]
fn segments_are_encoded_so_that_they_stay_one() {
    for (id, sent) in [
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("%2E%2E", "%252E%252E"),
        ("naïve 1", "na%C3%AFve%201"),
        ("../x", "..%2Fx"),
        ("a\r\nX: y", "a%0D%0AX%3A%20y"),
    ] {
        let recorder = Recorder::start(vec![Reply::json(200, PERSON), Reply::json(200, PERSON)]);
        block_on(client(&recorder).get_person(id).send()).unwrap();
        client(&recorder).get_person(id).send_blocking().shown().unwrap();
        for request in recorder.requests() {
            assert_eq!(request.target, format!("/v2/api/crm/people/{sent}"));
        }
    }
}

#[test]
fn a_missing_credential_is_told_before_anything_is_sent() {
    let recorder = Recorder::start(vec![]);
    let client = Client::builder().base_url(recorder.url()).build().shown().unwrap();
    let error = block_on(client.get_person("per-1").send()).unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("api_key"), "{error}");
    assert_eq!(recorder.requests().len(), 0);
}

#[test]
fn a_redirect_to_another_origin_gets_nothing() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Recorder::start(vec![]);
        let target = format!("{}/v2/api/crm/people/per-1", elsewhere.url());
        let reply = || Reply::new(status).header("Location", target.clone());
        let recorder = Recorder::start(vec![reply(), reply()]);
        let update = || client(&recorder).update_person("per-1", UpdatePersonRequest::new().name("J"));
        for error in [block_on(update().send()).unwrap_err(), update().send_blocking().shown().unwrap_err()] {
            let Error::Unexpected(error) = error else { panic!("{error:?}") };
            assert_eq!(error.header("location"), Some(target.as_str()));
        }
        assert_eq!(elsewhere.requests().len(), 0, "{status}");
    }
}

#[test]
fn a_redirect_to_the_same_origin_is_followed() {
    let recorder =
        Recorder::start(vec![Reply::new(308).header("Location", "/v3/people/per-1"), Reply::json(200, PERSON)]);
    block_on(client(&recorder).update_person("per-1", UpdatePersonRequest::new().name("J")).send()).unwrap();
    let second = &recorder.requests()[1];
    assert_eq!((second.method.as_str(), second.target.as_str()), ("PUT", "/v3/people/per-1"));
    assert_eq!(second.text(), r#"{"name":"J"}"#);
    assert_eq!(second.header("authorization"), Some("canary"));
}

#[test]
fn secrets_are_never_shown() {
    let recorder = Recorder::start(vec![Reply::json(500, "{}")]);
    let client = client(&recorder);
    let call = client.get_person("per-1");
    let shown = format!("{client:?} {call:?} {:?}", block_on(call.clone().send()).unwrap_err());
    assert!(!shown.contains("canary"), "{shown}");
}

#[test]
fn hosts_may_be_spelled_in_other_forms() {
    let recorder = Recorder::start(vec![Reply::json(200, PERSON), Reply::json(200, PERSON)]);
    let base = recorder.url().replace("127.0.0.1", "127.1");
    let client = Client::builder().api_key("canary").base_url(base).build().shown().unwrap();
    block_on(client.get_person("per-1").send()).unwrap();
    assert_eq!(recorder.requests().len(), 1);
}

#[test]
fn headers_of_one_call_are_not_shown() {
    let client = Client::builder().api_key("canary").build().shown().unwrap();
    let call = client.get_person("per-1").header("x-token", "canary");
    assert!(!format!("{call:?} {:?}", call.to_http().unwrap()).contains("canary"));
    assert_eq!(call.to_http().unwrap().headers()["x-token"], "canary");
}

#[test]
fn a_request_and_its_answer_need_no_transport() {
    let client = Client::builder().api_key("canary").build().shown().unwrap();
    let call = client.update_person("per-1", UpdatePersonRequest::new().name("J"));
    let request = call.to_http().unwrap();
    assert_eq!(request.uri(), "https://api.withallo.com/v2/api/crm/people/per-1");
    assert_eq!(request.method(), "PUT");
    assert_eq!(&request.body()[..], br#"{"name":"J"}"#);
    let answer = allo_client::runtime::http::Response::builder().status(200).body(PERSON.into()).unwrap();
    assert_eq!(call.decode(answer).unwrap().data.id.as_deref(), Some("per-1"));
}

#[test]
fn bodies_are_bounded() {
    let page = format!(r#"{{"data":{{"id":"{}"}}}}"#, "x".repeat(4096));
    let recorder = Recorder::start(vec![Reply::json(200, page.clone()), Reply::json(200, page)]);
    let client = Client::builder().api_key("canary").base_url(recorder.url()).max_body(1024).build().shown().unwrap();
    for error in [
        block_on(client.get_person("per-1").send()).unwrap_err(),
        client.get_person("per-1").send_blocking().shown().unwrap_err(),
    ] {
        let Error::Decode(error) = error else { panic!("{error:?}") };
        assert!(error.is_too_large() && error.bytes().len() <= 1024, "{error}");
    }
}

#[test]
fn blocking_calls_work_inside_a_runtime() {
    let recorder = Recorder::start(vec![Reply::json(200, PERSON)]);
    let client = client(&recorder);
    block_on(async { client.get_person("per-1").send_blocking().shown() }).unwrap();
}
