//! The operations of the Allo API as its own pages show them: the requests exactly, the answers by value.

use allo_client::runtime::Field;
use allo_client::runtime::chrono::NaiveDate;
use allo_client::types::{CreatePersonRequest, PersonFilters, PersonSort, SearchPeopleRequest, UpdatePersonRequest};
use allo_client::{CreatePersonError, Error, GetPersonError};
use clientwright_tests::{Recorded, Recorder, Reply};
use serde_json::{Value, json};

use super::{block_on, client};

/// The answer of both pages. The address, which the pages hide, stands as it does in the description.
const PERSON: &str = r#"{
  "data": {
    "id": "per-abc123",
    "name": "John",
    "last_name": "Doe",
    "job_title": "CEO",
    "website": "https://example.com",
    "address": "123 Main St",
    "numbers": [
      "+33612345678"
    ],
    "emails": [
      "john@example.com"
    ],
    "company": {
      "id": "com-xyz789",
      "name": "Acme Corp"
    },
    "interactions": 5,
    "last_activity_at": "2026-04-28T10:30:00",
    "created_at": "2026-04-01T09:00:00",
    "updated_at": "2026-04-28T10:30:00"
  }
}"#;

/// Checks all of a request: the request line, every header line but those that name this test, and the body.
fn assert_request(request: &Recorded, line: (&str, &str), body: Option<&str>) {
    assert_eq!((request.method.as_str(), request.target.as_str()), line);
    let mut expected = vec![
        ("accept", "application/json".to_owned()),
        ("authorization", "canary".to_owned()),
        ("user-agent", "allo/0.1.0".to_owned()),
    ];
    if let Some(body) = body {
        expected.push(("content-type", "application/json".to_owned()));
        expected.push(("content-length", body.len().to_string()));
    }
    let mut sent: Vec<(&str, String)> = Vec::new();
    for (name, value) in request.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("host")) {
        sent.push((name, value.clone()));
    }
    expected.sort();
    sent.sort();
    assert_eq!(sent, expected);
    assert_eq!(request.text(), body.unwrap_or_default());
}

#[test]
fn create_person_sends_what_its_page_shows() {
    let recorder = Recorder::start(vec![Reply::json(200, PERSON)]);
    let body = CreatePersonRequest::new(["+33612345678"])
        .name("John")
        .last_name("Doe")
        .job_title("CEO")
        .website("https://example.com")
        .address("123 Main St")
        .emails(["john@example.com"])
        .company_id("com-xyz789");
    let person = block_on(client(&recorder).create_person(body).send()).unwrap();

    let request = recorder.only_request().unwrap();
    let sent = json!({
        "name": "John",
        "last_name": "Doe",
        "job_title": "CEO",
        "website": "https://example.com",
        "address": "123 Main St",
        "numbers": ["+33612345678"],
        "emails": ["john@example.com"],
        "company_id": "com-xyz789"
    });
    assert_eq!(serde_json::from_str::<Value>(&request.text()).unwrap(), sent);
    assert_request(&request, ("POST", "/v2/api/crm/people"), Some(&request.text()));
    assert_eq!(person.status(), 200);
    assert_eq!(serde_json::to_value(person.body()).unwrap(), serde_json::from_str::<Value>(PERSON).unwrap());
}

#[test]
fn create_person_says_that_a_number_may_be_shared() {
    let recorder = Recorder::start(vec![Reply::json(201, PERSON)]);
    let body = CreatePersonRequest::new(["+33612345678"]).name("John").allow_duplicate_number(true);
    let person = block_on(client(&recorder).create_person(body).send()).unwrap();
    let expected = r#"{"numbers":["+33612345678"],"name":"John","allow_duplicate_number":true}"#;
    assert_request(&recorder.only_request().unwrap(), ("POST", "/v2/api/crm/people"), Some(expected));
    assert_eq!(person.status(), 201);
}

#[test]
fn update_person_sends_the_one_member_that_is_set() {
    let recorder = Recorder::start(vec![Reply::json(200, PERSON)]);
    let call = client(&recorder).update_person("per-abc123", UpdatePersonRequest::new().job_title("CTO"));
    let person = block_on(call.send()).unwrap().into_body();
    let request = recorder.only_request().unwrap();
    assert_request(&request, ("PUT", "/v2/api/crm/people/per-abc123"), Some(r#"{"job_title":"CTO"}"#));

    let person = person.data;
    assert_eq!(person.id.as_deref(), Some("per-abc123"));
    assert_eq!(person.company.value().unwrap().name.as_deref(), Some("Acme Corp"));
    assert_eq!(person.interactions, Some(5));
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    assert_eq!(person.last_activity_at, Field::Value(day(4, 28).and_hms_opt(10, 30, 0).unwrap()));
    assert_eq!(person.created_at, day(4, 1).and_hms_opt(9, 0, 0));
}

#[test]
fn update_person_tells_null_from_absent_and_from_empty() {
    for (body, sent) in [
        (UpdatePersonRequest::new(), "{}"),
        (UpdatePersonRequest::new().address(None), r#"{"address":null}"#),
        (UpdatePersonRequest::new().company_id(""), r#"{"company_id":""}"#),
        (UpdatePersonRequest::new().numbers(None).emails([] as [&str; 0]), r#"{"numbers":null,"emails":[]}"#),
        (UpdatePersonRequest::new().name(Some("J".to_owned())).name(Field::Absent), "{}"),
    ] {
        let recorder = Recorder::start(vec![Reply::json(200, PERSON)]);
        block_on(client(&recorder).update_person("per-abc123", body).send()).unwrap();
        assert_eq!(recorder.only_request().unwrap().text(), sent);
    }
}

#[test]
fn get_person_sends_no_body() {
    let recorder = Recorder::start(vec![Reply::json(200, PERSON)]);
    let person = block_on(client(&recorder).get_person("per-abc123").send()).unwrap();
    assert_request(&recorder.only_request().unwrap(), ("GET", "/v2/api/crm/people/per-abc123"), None);
    assert_eq!(serde_json::to_value(person.body()).unwrap(), serde_json::from_str::<Value>(PERSON).unwrap());
}

#[test]
fn search_people_asks_for_a_page_in_its_body() {
    let answer = json!({
        "data": [{"id": "per-abc123", "name": null}, {}],
        "pagination": {"page": 1, "size": 20, "total_count": 2, "total_pages": 1, "has_more": false}
    });
    let recorder = Recorder::start(vec![Reply::json(200, answer.to_string())]);
    let body = SearchPeopleRequest::new()
        .search("doe")
        .filters(PersonFilters::new().phone_number("+33612345678"))
        .sort(PersonSort::NameAsc)
        .page(1)
        .size(20);
    let people = block_on(client(&recorder).search_people(body).send()).unwrap();
    let request = recorder.only_request().unwrap();
    let sent = json!({
        "search": "doe", "filters": {"phone_number": "+33612345678"}, "sort": "NAME_ASC", "page": 1, "size": 20
    });
    assert_eq!(serde_json::from_str::<Value>(&request.text()).unwrap(), sent);
    assert_request(&request, ("POST", "/v2/api/crm/people/search"), Some(&request.text()));
    assert_eq!(serde_json::to_value(people.body()).unwrap(), answer);
}

#[test]
fn a_conflict_is_a_typed_variant() {
    let problem = json!({"error": {
        "type": "conflict_error", "code": "NUMBER_ALREADY_ASSIGNED", "message": "The number is taken.",
        "retryable": false, "request_id": "req_abcdefghijkl"
    }});
    let reply = Reply::json(409, problem.to_string()).header("X-Request-Id", "req_abcdefghijkl");
    let recorder = Recorder::start(vec![reply]);
    let error = block_on(client(&recorder).create_person(CreatePersonRequest::new(["+1"])).send()).unwrap_err();
    assert!(!error.is_retryable());
    assert_eq!(error.request_id(), Some("req_abcdefghijkl"));
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.status(), 409);
    let CreatePersonError::Conflict(body) = error.body() else { panic!("{error:?}") };
    assert_eq!(serde_json::to_value(body).unwrap(), problem);
    assert!(!error.to_string().contains('\n'), "{error}");
}

#[test]
fn an_html_page_is_unexpected_and_keeps_its_bytes() {
    let page = "<html><body>502 Bad Gateway</body></html>";
    for status in [200, 404, 502] {
        let recorder = Recorder::start(vec![Reply::new(status).header("Content-Type", "text/html").body(page)]);
        let error = block_on(client(&recorder).get_person("per-1").send()).unwrap_err();
        let Error::Unexpected(error) = error else { panic!("{error:?}") };
        assert_eq!((error.status().as_u16(), &error.bytes()[..]), (status, page.as_bytes()));
    }
}

#[test]
fn an_answer_that_does_not_fit_names_the_place() {
    let recorder = Recorder::start(vec![Reply::json(200, r#"{"data":{"numbers":["+1",2]}}"#)]);
    let error = block_on(client(&recorder).get_person("per-1").send()).unwrap_err();
    let Error::Decode(error) = error else { panic!("{error:?}") };
    assert_eq!(error.path(), "data.numbers[1]");
    assert_eq!((error.expected(), error.found()), ("a string", "the number 2"));
    assert_eq!((error.status().as_u16(), &error.bytes()[..]), (200, &br#"{"data":{"numbers":["+1",2]}}"#[..]));
}

#[test]
fn a_limit_is_worth_another_try() {
    let recorder = Recorder::start(vec![Reply::json(429, "{}").header("Retry-After", "1"), Reply::json(404, "{}")]);
    let client = client(&recorder);
    let error = block_on(client.get_person("per-1").send()).unwrap_err();
    assert!(error.is_retryable());
    assert_eq!(error.header("retry-after"), Some("1"));
    assert!(matches!(&error, Error::Api(error) if matches!(error.body(), GetPersonError::TooManyRequests(_))));
    assert!(!block_on(client.get_person("per-1").send()).unwrap_err().is_retryable());
}
