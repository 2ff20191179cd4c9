//! A pet shop in which everything happens that the real documents lack: styles, alternatives of credentials, several
//! successes, ranges of failures, unions without words for tags.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clientwright_tests::{Recorder, Reply, Shown};
use petshop::runtime::chrono::DateTime;
use petshop::types::{Company, KeyValue, Labels, Owner, Person, Pet, PetSound, Place};
use petshop::{Client, ClientBuilder, DeletePetError, Error, ListPetsError, PutPetResponse, servers};
use serde_json::{Value, json};

use super::block_on;

fn keyed(recorder: &Recorder) -> ClientBuilder {
    Client::builder().base_url(recorder.url()).retries(petshop::Retries::none()).api_key("canary")
}

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> Client {
    keyed(recorder).retries(petshop::Retries::none()).build().shown().unwrap()
}

#[test]
fn every_style_has_its_form() {
    let recorder = Recorder::start(vec![Reply::json(200, "[]")]);
    let mut labels = Labels::new().main("a b");
    labels.additional_properties.insert("x&y".to_owned(), "é".to_owned());
    let call = client(&recorder).list_pets([1, 2]).kinds(["cat", "d|g"]).age_from(3).labels(labels);
    let call = call.x_place(Place::new(4, "top, left")).seen(["a", "b"]);
    assert_eq!(block_on(call.send()).unwrap().into_body(), []);
    let request = recorder.only_request().unwrap();
    let expected =
        "/pets?kinds=cat%7Cd%7Cg&age%5Bfrom%5D=3&labels%5Bmain%5D=a%20b&labels%5Bx%26y%5D=%C3%A9&api_key=canary";
    assert_eq!(request.target, expected);
    assert_eq!(request.header("x-counters"), Some("1,2"));
    assert_eq!(request.header("x-place"), Some("row=4,shelf=top, left"));
    assert_eq!(request.header("cookie"), Some("seen=a,b"));
    assert_eq!(request.header("accept"), Some("application/json, application/problem+json, text/plain"));
}

#[test]
fn paths_hold_objects_and_lists() {
    let recorder = Recorder::start(vec![Reply::json(200, r#"{"name":"Rex"}"#), Reply::new(204)]);
    let call = || client(&recorder).get_pet_at(Place::new(1, "a/b"), ["name", "born"]);
    assert_eq!(block_on(call().send()).unwrap().into_body(), Some(Pet::new("Rex")));
    assert_eq!(block_on(call().send()).unwrap().into_body(), None);
    for request in recorder.requests() {
        assert_eq!(request.path(), "/pets/;row=1;shelf=a%2Fb/.name,born");
    }
}

#[test]
fn values_travel_whole() {
    let answer = json!({
        "name": "Rex",
        "born": "2020-02-29T12:00:00.1234567+02:00",
        "parents": [{"name": "Ada", "parents": [{"name": "Old", "born": null}]}],
        "weights": {"2020": 1.5, "2021": 20.0},
        "fields": [{"key": "chip", "value": "0042"}, {"key": "chip", "value": null}],
        "sound": 2.5,
        "unheard": {"of": true},
    });
    let recorder = Recorder::start(vec![Reply::json(200, answer.to_string())]);
    let ancestor = Pet::new("Ada").parents([Pet::new("Old").born(None)]);
    let born = DateTime::parse_from_rfc3339("2020-02-29T12:00:00.1234567+02:00").unwrap();
    let fields = [KeyValue::new("chip", Some("0042".to_owned())), KeyValue::new("chip", None)];
    let pet = Pet::new("Rex").born(born).parents([ancestor]).fields(fields).sound(PetSound::Number(2.5));
    let pet = pet.weights(BTreeMap::from([("2020".to_owned(), 1.5), ("2021".to_owned(), 20.0)]));
    let answered = block_on(client(&recorder).put_pet(7, pet.clone()).send()).unwrap().into_body();
    assert_eq!(answered, PutPetResponse::Ok(pet));
    // The same instant; how many digits are written is not the document's to say.
    let mut sent: Value = serde_json::from_slice(&recorder.only_request().unwrap().body).unwrap();
    sent["unheard"] = json!({"of": true});
    assert_eq!(sent["born"].as_str().and_then(|born| DateTime::parse_from_rfc3339(born).ok()), Some(born));
    sent["born"] = answer["born"].clone();
    assert_eq!(sent, answer);
}

#[test]
fn each_documented_success_is_a_variant() {
    let replies =
        vec![Reply::json(202, r#"{"number":9007199254740993}"#), Reply::new(204), Reply::json(203, r#"{"name":"R"}"#)];
    let recorder = Recorder::start(replies);
    let put = || block_on(client(&recorder).put_pet(7, Pet::new("Rex")).send()).unwrap().into_body();
    let PutPetResponse::Accepted(ticket) = put() else { panic!("a ticket") };
    assert_eq!(ticket.number, 9_007_199_254_740_993);
    assert_eq!(put(), PutPetResponse::NoContent);
    // One that is not documented is read as the first that is.
    assert_eq!(put(), PutPetResponse::Ok(Pet::new("R")));
}

#[test]
fn the_nearest_documented_failure_is_the_one() {
    let problem =
        |status| Reply::new(status).header("Content-Type", "application/problem+json").body(r#"{"title":"t"}"#);
    let replies = vec![problem(400), problem(418), Reply::new(503)];
    let recorder = Recorder::start(replies);
    let mut failures = Vec::new();
    for _ in 0..3 {
        let error = block_on(client(&recorder).list_pets([0]).send()).unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        failures.push((error.status().as_u16(), error.body().clone()));
    }
    let kinds: Vec<(u16, &str)> = failures.iter().map(|(status, failure)| (*status, kind(failure))).collect();
    assert_eq!(kinds, [(400, "400"), (418, "4XX"), (503, "5XX")]);
}

fn kind(failure: &ListPetsError) -> &str {
    match failure {
        ListPetsError::BadRequest(_) => "400",
        ListPetsError::ClientError(_) => "4XX",
        ListPetsError::ServerError => "5XX",
        ListPetsError::Other(text) => text,
        _ => "of a later version",
    }
}

#[test]
fn one_alternative_of_credentials_is_sent() {
    let recorder = Recorder::answering(|_| Reply::json(200, "[]"));
    let builder = || Client::builder().base_url(recorder.url());
    for (builder, query, authorization, cookie) in [
        (builder().api_key("canary&y"), Some("api_key=canary%26y"), None, None),
        (builder().basic_auth("ann", "p:canary"), None, Some("Basic YW5uOnA6Y2FuYXJ5"), None),
        (builder().session("canary-1").bearer_token("canary-2"), None, Some("Bearer canary-2"), Some("sid=canary-1")),
        (builder().session("canary-1").bearer_token("canary-2").api_key("canary"), Some("api_key=canary"), None, None),
    ] {
        block_on(builder.build().shown().unwrap().list_pets([0]).send()).unwrap();
        let request = recorder.requests().pop().unwrap();
        let sent = (request.query(), request.header("authorization"), request.header("cookie"));
        assert_eq!(sent, (query, authorization, cookie));
    }
}

#[test]
fn half_an_alternative_is_none() {
    let recorder = Recorder::start(vec![]);
    for builder in
        [Client::builder().session("canary-1"), Client::builder().bearer_token("canary-2"), Client::builder()]
    {
        let client = builder.base_url(recorder.url()).build().shown().unwrap();
        let error = block_on(client.list_pets([0]).send()).unwrap_err();
        assert!(matches!(error, Error::Request(_)), "{error:?}");
    }
    // An operation with demands of its own is not served by a credential for the others.
    assert!(matches!(block_on(client(&recorder).delete_pet(1).send()), Err(Error::Request(_))));
    assert_eq!(recorder.requests().len(), 0);
}

#[test]
fn credentials_that_are_optional_are_sent_where_they_are_given() {
    let recorder = Recorder::answering(|_| Reply::json(201, r#"{"isCompany":false,"name":"Ann"}"#));
    let person = || Person::new(false, "Ann");
    let nobody = Client::builder().base_url(recorder.url()).build().shown().unwrap();
    block_on(nobody.add_owner(person()).send()).unwrap();
    block_on(client(&recorder).add_owner(person()).send()).unwrap();
    let targets: Vec<String> = recorder.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/owners", "/owners?api_key=canary"]);
}

#[test]
fn a_boolean_tells_the_choices_of_a_union_apart() {
    let company =
        json!({"name": "Shop", "staff": [{"name": "Ann", "isCompany": false}, {"name": "?"}], "isCompany": true});
    let recorder = Recorder::start(vec![Reply::json(201, company.to_string())]);
    let staff = [Owner::from(Person::new(false, "Ann")), Owner::Unknown(json!({"name": "?"}).into())];
    let sent = Company::new(true, "Shop").staff(staff);
    let answer = block_on(client(&recorder).add_owner(sent.clone()).send()).unwrap().into_body();
    assert_eq!(answer, Owner::Company(sent));
    assert_eq!(serde_json::from_slice::<Value>(&recorder.only_request().unwrap().body).unwrap(), company);
}

#[test]
fn a_failure_may_be_a_union() {
    let recorder = Recorder::start(vec![Reply::json(409, r#"{"isCompany":false,"name":"Ann"}"#)]);
    let client = keyed(&recorder).basic_auth("ann", "canary").build().shown().unwrap();
    let error = block_on(client.delete_pet(i64::MIN).send()).unwrap_err();
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(*error.body(), DeletePetError::Conflict(Person::new(false, "Ann").into()));
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.path()), ("DELETE", "/pets/-9223372036854775808"));
}

#[test]
fn headers_and_cookies_hold_no_others() {
    let recorder = Recorder::start(vec![]);
    for evil in ["a\r\nX-Evil: 1", "a\nb", "a\0b", "\u{7f}"] {
        let call = client(&recorder).list_pets([1]).x_place(Place::new(1, evil));
        let error = block_on(call.send()).unwrap_err();
        let Error::Request(error) = error else { panic!("{evil:?}: {error:?}") };
        assert_eq!(error.parameter(), Some("X-Place"));
        let plain = block_on(client(&recorder).list_pets([1]).header("X-Own", evil).send()).unwrap_err();
        assert!(matches!(plain, Error::Request(_)), "{evil:?}: {plain:?}");
    }
    assert_eq!(recorder.requests().len(), 0);
    // Cookies are percent-encoded, as forms are: nothing in them ends them.
    let recorder = Recorder::start(vec![Reply::json(200, "[]")]);
    block_on(client(&recorder).list_pets([1]).seen(["a; sid=evil", "b\r\nX-Evil: 1"]).send()).unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!(request.header("cookie"), Some("seen=a%3B%20sid%3Devil,b%0D%0AX-Evil%3A%201"));
    assert_eq!(request.header("x-evil"), None);
}

/// A key in the query is a part of the URL, which errors like to show.
#[test]
fn a_key_in_the_query_is_never_shown() {
    let secret = "canary";
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = Client::builder().base_url(format!("http://{closed}")).api_key(secret).build().shown().unwrap();
    let call = client.list_pets([1]);
    let mut shown = format!("{client:?} {call:?}");
    for error in [block_on(call.clone().send()).unwrap_err(), call.send_blocking().shown().unwrap_err()] {
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
        let _ = write!(shown, "{error} {error:?}");
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            let _ = write!(shown, "{cause} {cause:?}");
            source = cause.source();
        }
    }
    assert!(!shown.contains(secret), "{shown}");
}

#[test]
fn servers_have_variables() {
    let target = |builder: ClientBuilder| {
        let call = builder.basic_auth("ann", "canary").build().shown().unwrap().delete_pet(1);
        call.to_http().unwrap().uri().to_string()
    };
    let shop = servers::the_counter_of_one_shop;
    assert_eq!(target(Client::builder()), "https://main.example.com/v3/pets/1");
    assert_eq!(
        target(Client::builder().server(shop().shop("north").base("v2"))),
        "https://north.example.com/v2/pets/1"
    );
    assert_eq!(target(Client::builder().server(servers::test())), "https://test.example.com/pets/1");
    for server in [shop().base("v4"), shop().shop("evil.test/"), shop().shop("a@b")] {
        assert!(Client::builder().server(server.clone()).build().is_err(), "{server:?}");
    }
}
