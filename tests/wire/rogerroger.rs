//! `RogerRoger`: Hydra, merge patches, and query names in brackets.

use clientwright_tests::{Recorder, Reply};
use rogerroger::types::{EmailAddress, PersonInput, PersonPatch, SortDirection};
use rogerroger::{Client, Error, UpdatePersonError};
use serde_json::{Value, json};

use super::block_on;

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> Client {
    Client::builder().api_key("canary").base_url(recorder.url()).build().unwrap()
}

fn linked_data(status: u16, body: &Value) -> Reply {
    Reply::new(status).header("Content-Type", "application/ld+json; charset=utf-8").body(body.to_string())
}

#[test]
fn every_query_parameter_of_the_list_is_sent_under_its_name() {
    let page = json!({"@id": "/people", "@type": "hydra:Collection", "totalItems": 0, "member": []});
    let recorder = Recorder::start(vec![linked_data(200, &page)]);
    let call = client(&recorder)
        .list_people()
        .page(2)
        .items_per_page(30)
        .q("doe & co")
        .owner_id("a")
        .owner_id_list(["b", "c"]);
    let call =
        call.email_addresses_email("a@b.c").email_addresses_email_list(["d@e.f"]).tags_id("1").tags_id_list(["2", "3"]);
    let call = call.segments_uuid("s").segments_uuid_list(["t"]).exists_archived_at(true);
    let call = call.order_family_name(SortDirection::Asc).order_created_at("desc");
    let call = call.created_at_strictly_after("2026-01-01").created_at_after("2026-01-02");
    let call = call.created_at_strictly_before("2026-01-03").created_at_before("2026-01-04");
    let people = block_on(call.identifiers("x").identifiers_list(["y"]).view("idx").send()).unwrap();

    let request = recorder.only_request().unwrap();
    let expected = "page=2&itemsPerPage=30&q=doe%20%26%20co&owner.id=a&owner.id%5B%5D=b&owner.id%5B%5D=c\
        &emailAddresses.email=a%40b.c&emailAddresses.email%5B%5D=d%40e.f&tags.id=1&tags.id%5B%5D=2&tags.id%5B%5D=3\
        &segments.uuid=s&segments.uuid%5B%5D=t&exists%5BarchivedAt%5D=true&order%5BfamilyName%5D=asc\
        &order%5BcreatedAt%5D=desc&createdAt%5Bstrictly_after%5D=2026-01-01&createdAt%5Bafter%5D=2026-01-02\
        &createdAt%5Bstrictly_before%5D=2026-01-03&createdAt%5Bbefore%5D=2026-01-04&identifiers=x&identifiers%5B%5D=y&view=idx";
    assert_eq!(request.query(), Some(expected));
    assert_eq!(request.header("accept"), Some("application/ld+json"));
    assert_eq!(serde_json::to_value(people.body()).unwrap(), page);
}

#[test]
fn a_patch_is_a_merge_patch() {
    let answer = json!({"@id": "/people/1", "@type": "Person", "id": "1", "familyName": "Doe", "jobTitle": "CTO"});
    let recorder = Recorder::start(vec![linked_data(200, &answer)]);
    let patch = PersonPatch::new().job_title("CTO").customer_id(None);
    let person = block_on(client(&recorder).update_person("1", patch).send()).unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.path()), ("PATCH", "/people/1"));
    assert_eq!(request.header("content-type"), Some("application/merge-patch+json"));
    assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), json!({"jobTitle": "CTO", "customerId": null}));
    assert_eq!(serde_json::to_value(person.body()).unwrap(), answer);
}

#[test]
fn what_only_one_side_sends_is_in_no_type_of_the_other() {
    let answer = json!({"id": "1", "familyName": "Doe", "avatarUrl": "https://example.com/a.png"});
    let recorder = Recorder::start(vec![linked_data(201, &answer)]);
    let address = EmailAddress::new().email("doe@example.com");
    let input =
        PersonInput::new(Some("Doe".to_owned())).avatar("data:image/png;base64,AA==").email_addresses([address]);
    let person = block_on(client(&recorder).create_person(input).send()).unwrap();
    let sent: Value = serde_json::from_slice(&recorder.only_request().unwrap().body).unwrap();
    assert_eq!(sent["avatar"], "data:image/png;base64,AA==");
    assert_eq!(sent.get("avatarUrl"), None);
    assert_eq!(recorder.only_request().unwrap().header("content-type"), Some("application/ld+json"));
    assert_eq!(person.avatar_url.value().map(String::as_str), Some("https://example.com/a.png"));
}

#[test]
fn errors_come_as_linked_data_or_as_problems() {
    for media_type in ["application/ld+json", "application/problem+json", "application/json"] {
        let body = json!({"title": "An error occurred", "detail": "familyName: must not be blank", "status": 422});
        let reply = Reply::new(422).header("Content-Type", media_type).body(body.to_string());
        let recorder = Recorder::start(vec![reply]);
        let error = block_on(client(&recorder).update_person("1", PersonPatch::new()).send()).unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        assert!(matches!(error.body(), UpdatePersonError::UnprocessableContent(_)), "{error:?}");
    }
}
