//! Weeek: every operation as it is described; a PUT that tells null from absent, and a DELETE with a body.

use clientwright_tests::{Recorder, Reply};
use serde_json::{Value, json};
use weeek::runtime::uuid::Uuid;
use weeek::types::{ContactEmailInput, ContactInput, ContactPhoneInput, ContactTagInput};
use weeek::{Client, Error, GetContactError};

use super::block_on;
use super::described::Described;

/// The identifier in all examples of the vendor's pages.
const ID: &str = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
const HEADERS: &[(&str, &str)] =
    &[("accept", "application/json"), ("authorization", "Bearer canary"), ("user-agent", "weeek/0.1.0")];

fn described(operation_id: &str) -> Described {
    Described::new("specs/weeek.yaml", operation_id)
}

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(url: &str) -> Client {
    Client::builder().bearer_token("canary").base_url(format!("{url}/public/v1")).build().unwrap()
}

/// The target of a request, below the server's path.
fn contacts(rest: &str) -> String {
    format!("/public/v1/crm/contacts{rest}")
}

/// The vendor's own example of a contact that is sent.
#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn contact() -> ContactInput {
    let contact = ContactInput::new("string").last_name("string").middle_name("string");
    contact.organizations([Uuid::try_parse(ID).unwrap()]).emails(["user@example.com"]).phones(["string"]).tags([0])
}

#[test]
fn list_contacts() {
    let operation = described("listContacts");
    let list = block_on(client(&operation.url()).list_contacts().limit(50).offset(0).send()).unwrap();
    operation.received(&contacts("?limit=50&offset=0"), HEADERS, None);
    operation.answered(list.body());
}

#[test]
fn create_contact() {
    let operation = described("createContact");
    let created = block_on(client(&operation.url()).create_contact(contact()).send()).unwrap();
    operation.received(&contacts(""), HEADERS, Some("full"));
    operation.answered(created.body());
}

#[test]
fn get_contact() {
    let operation = described("getContact");
    let contact = block_on(client(&operation.url()).get_contact(ID).send()).unwrap();
    operation.received(&contacts(&format!("/{ID}")), HEADERS, None);
    operation.answered(contact.body());
}

/// What the vendor's page shows, both ways.
#[test]
fn update_contact() {
    let operation = described("updateContact");
    let updated = block_on(client(&operation.url()).update_contact(ID, contact()).send()).unwrap();
    operation.received(&contacts(&format!("/{ID}")), HEADERS, Some("full"));
    operation.answered(updated.body());
}

#[test]
fn an_update_tells_null_from_absent() {
    let operation = described("updateContact");
    let contact = ContactInput::new("string").middle_name(None);
    block_on(client(&operation.url()).update_contact(ID, contact).send()).unwrap();
    operation.received(&contacts(&format!("/{ID}")), HEADERS, Some("withoutMiddleName"));
}

#[test]
fn delete_contact() {
    let operation = described("deleteContact");
    let deleted = block_on(client(&operation.url()).delete_contact(ID).send()).unwrap();
    operation.received(&contacts(&format!("/{ID}")), HEADERS, None);
    operation.answered(deleted.body());
}

#[test]
fn create_contact_email() {
    let operation = described("createContactEmail");
    let body = ContactEmailInput::new("user@example.com");
    let created = block_on(client(&operation.url()).create_contact_email(ID, body).send()).unwrap();
    operation.received(&contacts(&format!("/{ID}/emails")), HEADERS, None);
    operation.answered(created.body());
}

#[test]
fn update_contact_email() {
    let operation = described("updateContactEmail");
    let body = ContactEmailInput::new("user@example.com");
    let updated = block_on(client(&operation.url()).update_contact_email("a", "b", body).send()).unwrap();
    operation.received(&contacts("/a/emails/b"), HEADERS, None);
    operation.answered(updated.body());
}

#[test]
fn delete_contact_email() {
    let operation = described("deleteContactEmail");
    let deleted = block_on(client(&operation.url()).delete_contact_email("a", "b").send()).unwrap();
    operation.received(&contacts("/a/emails/b"), HEADERS, None);
    operation.answered(deleted.body());
}

#[test]
fn create_contact_phone() {
    let operation = described("createContactPhone");
    let body = ContactPhoneInput::new("+33612345678");
    let created = block_on(client(&operation.url()).create_contact_phone(ID, body).send()).unwrap();
    operation.received(&contacts(&format!("/{ID}/phones")), HEADERS, None);
    operation.answered(created.body());
}

#[test]
fn update_contact_phone() {
    let operation = described("updateContactPhone");
    let body = ContactPhoneInput::new("+33612345678");
    let updated = block_on(client(&operation.url()).update_contact_phone("a", "b", body).send()).unwrap();
    operation.received(&contacts("/a/phones/b"), HEADERS, None);
    operation.answered(updated.body());
}

#[test]
fn delete_contact_phone() {
    let operation = described("deleteContactPhone");
    let deleted = block_on(client(&operation.url()).delete_contact_phone("a", "b").send()).unwrap();
    operation.received(&contacts("/a/phones/b"), HEADERS, None);
    operation.answered(deleted.body());
}

#[test]
fn attach_contact_tag() {
    let operation = described("attachContactTag");
    let call = client(&operation.url()).attach_contact_tag(ID, ContactTagInput::new(1));
    let attached = block_on(call.send()).unwrap();
    operation.received(&contacts(&format!("/{ID}/tags")), HEADERS, None);
    operation.answered(attached.body());
}

/// The tag is named in the body, although it is a DELETE.
#[test]
fn detach_contact_tag() {
    let operation = described("detachContactTag");
    let call = client(&operation.url()).detach_contact_tag(ID, ContactTagInput::new(1));
    let detached = block_on(call.send()).unwrap();
    operation.received(&contacts(&format!("/{ID}/tags")), HEADERS, None);
    operation.answered(detached.body());
}

#[test]
fn a_body_of_a_delete_is_sent_by_the_blocking_transport_too() {
    let recorder = Recorder::start(vec![Reply::json(200, r#"{"success":true}"#)]);
    client(&recorder.url()).detach_contact_tag(ID, ContactTagInput::new(5)).send_blocking().unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.path()), ("DELETE", contacts(&format!("/{ID}/tags")).as_str()));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(serde_json::from_slice::<Value>(&request.body).unwrap(), json!({"tagId": 5}));
}

/// The pages promise no member, so none that is missing is an error.
#[test]
fn an_answer_may_tell_nothing() {
    let recorder = Recorder::start(vec![Reply::json(200, "{}"), Reply::json(200, r#"{"contact":{"tags":[]}}"#)]);
    let client = client(&recorder.url());
    assert_eq!(block_on(client.get_contact(ID).send()).unwrap().contact, None);
    let contact = block_on(client.get_contact(ID).send()).unwrap().into_body().contact.unwrap();
    assert_eq!((contact.tags.as_deref(), contact.first_name), (Some(&[][..]), None));
}

#[test]
fn errors_are_told_apart_by_their_status() {
    let body = r#"{"message":"Record not found","errors":{"emails.0":["is no address"]}}"#;
    let recorder = Recorder::start(vec![Reply::json(404, body), Reply::json(418, body)]);
    let client = client(&recorder.url());
    for expected in [404, 418] {
        let error = block_on(client.get_contact(ID).send()).unwrap_err();
        let Error::Api(error) = error else { panic!("{error:?}") };
        let (GetContactError::NotFound(told) | GetContactError::Other(told)) = error.body() else {
            panic!("{error:?}")
        };
        assert_eq!((error.status().as_u16(), told.message.value().unwrap().as_str()), (expected, "Record not found"));
        assert_eq!(told.errors.value().unwrap()["emails.0"], ["is no address"]);
        assert_eq!(matches!(error.body(), GetContactError::NotFound(_)), expected == 404);
    }
}
