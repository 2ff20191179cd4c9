//! Weeek: a PUT that tells null from absent, and a DELETE with a body.

use clientwright_tests::{Recorder, Reply};
use serde_json::{Value, json};
use weeek::Client;
use weeek::types::{ContactInput, ContactTagInput};

use super::block_on;

const CONTACT: &str = r#"{"success":true,"contact":{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08","creatorId":"688ebf54-d343-4104-8711-82c2feac534a","lastName":"string","firstName":"string","middleName":"string","organizations":["497f6eca-6276-4993-bfeb-53cbbbba6f08"],"emails":[{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08","email":"user@example.com"}],"phones":[{"id":"497f6eca-6276-4993-bfeb-53cbbbba6f08","phone":"string"}],"tags":[0],"createdAt":"2019-08-24T14:15:22.123Z","updatedAt":"2019-08-24T14:15:22.123Z"}}"#;

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> Client {
    Client::builder().bearer_token("canary").base_url(format!("{}/public/v1", recorder.url())).build().unwrap()
}

#[test]
fn a_contact_is_replaced_and_comes_back_whole() {
    let recorder = Recorder::start(vec![Reply::json(200, CONTACT)]);
    let input = ContactInput::new("Ann").last_name(None).emails(["a@example.com"]).tags([1, 2]);
    let contact = block_on(client(&recorder).update_contact("497f6eca", input).send()).unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PUT", "/public/v1/crm/contacts/497f6eca"));
    assert_eq!(request.header("authorization"), Some("Bearer canary"));
    let sent = json!({"lastName": null, "firstName": "Ann", "emails": ["a@example.com"], "tags": [1, 2]});
    assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), sent);
    assert_eq!(serde_json::to_value(contact.body()).unwrap(), serde_json::from_str::<Value>(CONTACT).unwrap());
}

#[test]
fn a_tag_is_named_in_the_body_of_a_delete() {
    let recorder =
        Recorder::start(vec![Reply::json(200, r#"{"success":true}"#), Reply::json(200, r#"{"success":true}"#)]);
    let call = client(&recorder).detach_contact_tag("497f6eca", ContactTagInput::new(5));
    block_on(call.clone().send()).unwrap();
    call.send_blocking().unwrap();
    for request in recorder.requests() {
        assert_eq!((request.method.as_str(), request.path()), ("DELETE", "/public/v1/crm/contacts/497f6eca/tags"));
        assert_eq!(request.header("content-type"), Some("application/json"));
        assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), json!({"tagId": 5}));
    }
    assert_eq!(recorder.requests().len(), 2);
}

#[test]
fn lists_are_read_by_limit_and_offset() {
    let recorder = Recorder::start(vec![Reply::json(200, r#"{"success":true,"contacts":[]}"#)]);
    block_on(client(&recorder).list_contacts().limit(50).offset(100).send()).unwrap();
    assert_eq!(recorder.only_request().unwrap().target, "/public/v1/crm/contacts?limit=50&offset=100");
}
