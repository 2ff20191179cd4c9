//! `RogerRoger`: every operation as it is described; Hydra, merge patches, and query names in brackets.

use clientwright_tests::{Recorder, Reply, Shown};
use rogerroger::runtime::chrono::DateTime;
use rogerroger::types::{
    Address, EmailAddress, PersonInput, PersonListView, PersonNoteInput, PersonNotePatch, PersonPatch, PhoneNumber,
    SortDirection,
};
use rogerroger::{Client, Error, UpdatePersonError};
use serde_json::{Value, json};

use super::block_on;
use super::described::Described;

const PERSON: &str = "0190f5c2-7a53-7b1e-9d3c-5f0a4b8c6d21";
const NOTE: &str = "0190f5c6-4fa8-7a53-8291-aecf9de1b276";
const OWNER: &str = "/users/0190f5c1-2b64-7c0f-8e4d-6a1b5c9d7e32";
const TAG: &str = "/tags/0190f5c3-1c75-7d20-9f5e-7b2c6dae8f43";
const CATEGORY: &str = "/note_categories/0190f5c5-3e97-7f42-b180-9d4e8cd0a165";
const WISH: &str = "Wants an offer for 200 pieces before the end of the month.";
const HEADERS: &[(&str, &str)] =
    &[("accept", "application/ld+json"), ("user-agent", "rogerroger/0.1.0"), ("x-api-key", "canary")];

fn described(operation_id: &str) -> Described {
    Described::new("specs/rogerroger.yaml", operation_id)
}

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(url: &str) -> Client {
    Client::builder().api_key("canary").base_url(url).build().shown().unwrap()
}

fn linked_data(status: u16, body: &Value) -> Reply {
    Reply::new(status).header("Content-Type", "application/ld+json; charset=utf-8").body(body.to_string())
}

#[test]
fn list_people() {
    let operation = described("listPeople");
    let call = client(&operation.url()).list_people().page(2).items_per_page(30).q("doe & co");
    let call = call.owner_id("a").owner_id_list(["b", "c"]);
    let call = call.email_addresses_email("a@b.c").email_addresses_email_list(["d@e.f"]);
    let call = call.tags_id("1").tags_id_list(["2", "3"]);
    let call = call.segments_uuid("s").segments_uuid_list(["t"]).exists_archived_at(true);
    let call = call.order_family_name(SortDirection::Asc).order_created_at("desc");
    let call = call.created_at_strictly_after("2025-01-31T09:30:00+00:00").created_at_after("2025-01-31");
    let call = call.created_at_strictly_before("2026-01-03").created_at_before("2026-01-04");
    let call = call.identifiers("+31201234567").identifiers_list(["y"]).view(PersonListView::Idx);
    let people = block_on(call.send()).unwrap();
    let expected = "/people?page=2&itemsPerPage=30&q=doe%20%26%20co&owner.id=a&owner.id%5B%5D=b&owner.id%5B%5D=c\
        &emailAddresses.email=a%40b.c&emailAddresses.email%5B%5D=d%40e.f&tags.id=1&tags.id%5B%5D=2&tags.id%5B%5D=3\
        &segments.uuid=s&segments.uuid%5B%5D=t&exists%5BarchivedAt%5D=true&order%5BfamilyName%5D=asc\
        &order%5BcreatedAt%5D=desc&createdAt%5Bstrictly_after%5D=2025-01-31T09%3A30%3A00%2B00%3A00\
        &createdAt%5Bafter%5D=2025-01-31&createdAt%5Bstrictly_before%5D=2026-01-03&createdAt%5Bbefore%5D=2026-01-04\
        &identifiers=%2B31201234567&identifiers%5B%5D=y&view=idx";
    operation.received(expected, HEADERS, None);
    operation.answered(people.body());
    assert_eq!(people.view.as_ref().unwrap().next.as_deref(), Some("/people?page=2"));
    assert_eq!((people.total_items, people.member.len()), (Some(674), 1));
}

#[test]
fn create_person() {
    let operation = described("createPerson");
    let address = Address::new().street("Dorpsstraat 1").postal_code("3511 AB").city("Utrecht").country("NL");
    let input = PersonInput::new(Some("Jansen".to_owned())).given_name("Piet").job_title("Buyer").owner(OWNER);
    let input = input.email_addresses([EmailAddress::new().email("piet@example.com")]);
    let input = input.phone_numbers([PhoneNumber::new().phone_number("+31201234567").phone_type("fax")]);
    let input = input.address(address).tags([TAG]);
    let person = block_on(client(&operation.url()).create_person(input).send()).unwrap();
    operation.received("/people", HEADERS, Some("full"));
    operation.answered(person.body());
    assert_eq!(person.status(), 201);
}

#[test]
fn get_person() {
    let operation = described("getPerson");
    let person = block_on(client(&operation.url()).get_person(PERSON).send()).unwrap();
    operation.received(&format!("/people/{PERSON}"), HEADERS, None);
    operation.answered(person.body());
    assert_eq!(person.created_at.value(), Some(&DateTime::parse_from_rfc3339("2025-03-04T09:15:00Z").unwrap()));
    assert!(person.archived_at.is_null());
}

#[test]
fn replace_person() {
    let operation = described("replacePerson");
    let input = PersonInput::new(Some("Jansen".to_owned())).given_name("Piet").owner(OWNER);
    let person = block_on(client(&operation.url()).replace_person(PERSON, input).send()).unwrap();
    operation.received(&format!("/people/{PERSON}"), HEADERS, Some("replace"));
    operation.answered(person.body());
}

/// Each patch is a merge patch, and holds what was said and nothing else.
#[test]
fn update_person() {
    let archived_at = DateTime::parse_from_rfc3339("2025-06-01T12:00:00+00:00").unwrap();
    for (example, patch) in [
        ("job", PersonPatch::new().job_title("Head of purchasing").owner(None)),
        ("archive", PersonPatch::new().archived_at(archived_at)),
        ("tags", PersonPatch::new().tags([TAG])),
    ] {
        let operation = described("updatePerson");
        let person = block_on(client(&operation.url()).update_person(PERSON, patch).send()).unwrap();
        operation.received(&format!("/people/{PERSON}"), HEADERS, Some(example));
        operation.answered(person.body());
    }
}

#[test]
fn list_person_notes() {
    let operation = described("listPersonNotes");
    let call = client(&operation.url()).list_person_notes(PERSON).page(1).items_per_page(15).q("offer");
    let call = call.person("p").person_list(["q"]).category_id("c").category_id_list(["d"]);
    let call = call.author_id("a").author_id_list(["b"]).flagged(true).order_flagged("desc");
    let call = call.order_created_at(SortDirection::Asc).created_at_strictly_after("1").created_at_after("2");
    let notes = block_on(call.created_at_strictly_before("3").created_at_before("4").send()).unwrap();
    let query = "page=1&itemsPerPage=15&q=offer&person=p&person%5B%5D=q&category.id=c&category.id%5B%5D=d&author.id=a\
        &author.id%5B%5D=b&flagged=true&order%5Bflagged%5D=desc&order%5BcreatedAt%5D=asc\
        &createdAt%5Bstrictly_after%5D=1&createdAt%5Bafter%5D=2&createdAt%5Bstrictly_before%5D=3&createdAt%5Bbefore%5D=4";
    operation.received(&format!("/people/{PERSON}/notes?{query}"), HEADERS, None);
    operation.answered(notes.body());
}

#[test]
fn create_person_note() {
    let operation = described("createPersonNote");
    let input = PersonNoteInput::new(Some(WISH.to_owned()), Some(CATEGORY.to_owned()));
    let input = input.title("Telephone call").flagged(true);
    let note = block_on(client(&operation.url()).create_person_note(PERSON, input).send()).unwrap();
    operation.received(&format!("/people/{PERSON}/notes"), HEADERS, Some("note"));
    operation.answered(note.body());
}

#[test]
fn get_person_note() {
    let operation = described("getPersonNote");
    let note = block_on(client(&operation.url()).get_person_note(PERSON, NOTE).send()).unwrap();
    operation.received(&format!("/people/{PERSON}/notes/{NOTE}"), HEADERS, None);
    operation.answered(note.body());
}

#[test]
fn replace_person_note() {
    let operation = described("replacePersonNote");
    let input = PersonNoteInput::new(Some("The offer was sent.".to_owned()), Some(CATEGORY.to_owned()));
    let note = block_on(client(&operation.url()).replace_person_note(PERSON, NOTE, input).send()).unwrap();
    operation.received(&format!("/people/{PERSON}/notes/{NOTE}"), HEADERS, Some("replace"));
    operation.answered(note.body());
}

#[test]
fn update_person_note() {
    let operation = described("updatePersonNote");
    let patch = PersonNotePatch::new().flagged(false).title(None);
    let note = block_on(client(&operation.url()).update_person_note(PERSON, NOTE, patch).send()).unwrap();
    operation.received(&format!("/people/{PERSON}/notes/{NOTE}"), HEADERS, Some("done"));
    operation.answered(note.body());
}

/// `avatar` is sent and never received; `avatarUrl` the other way.
#[test]
fn what_only_one_side_sends_is_in_no_type_of_the_other() {
    let answer = json!({"id": "1", "familyName": "Doe", "avatarUrl": "https://example.com/a.png", "avatar": "?"});
    let recorder = Recorder::start(vec![linked_data(201, &answer)]);
    let input = PersonInput::new(Some("Doe".to_owned())).avatar("/media_objects/7");
    let person = block_on(client(&recorder.url()).create_person(input).send()).unwrap();
    let sent: Value = serde_json::from_slice(&recorder.only_request().unwrap().body).unwrap();
    assert_eq!(sent, json!({"familyName": "Doe", "avatar": "/media_objects/7"}));
    let read = json!({"id": "1", "familyName": "Doe", "avatarUrl": "https://example.com/a.png"});
    assert_eq!(serde_json::to_value(person.body()).unwrap(), read);
}

/// Either credential suffices, and one of them is sent.
#[test]
fn a_token_does_as_well_as_a_key() {
    let recorder = Recorder::start(vec![linked_data(200, &json!({"id": "1"})), linked_data(200, &json!({"id": "1"}))]);
    let token = || Client::builder().bearer_token("canary").base_url(recorder.url());
    block_on(token().build().shown().unwrap().get_person("1").send()).unwrap();
    block_on(token().api_key("canary").build().shown().unwrap().get_person("1").send()).unwrap();
    let requests = recorder.requests();
    let credentials = |index: usize| (requests[index].header("authorization"), requests[index].header("x-api-key"));
    assert_eq!((credentials(0), credentials(1)), ((Some("Bearer canary"), None), (None, Some("canary"))));
}

#[test]
fn errors_come_as_linked_data_or_as_problems() {
    for media_type in ["application/ld+json", "application/problem+json", "application/json"] {
        let body = json!({"title": "An error occurred", "detail": "familyName: must not be blank", "status": 422});
        let reply = Reply::new(422).header("Content-Type", media_type).body(body.to_string());
        let recorder = Recorder::start(vec![reply]);
        let error = block_on(client(&recorder.url()).update_person("1", PersonPatch::new()).send()).unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        assert!(matches!(error.body(), UpdatePersonError::UnprocessableContent(_)), "{error:?}");
    }
}
