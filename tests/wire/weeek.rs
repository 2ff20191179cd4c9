//! Weeek: a PUT that tells null from absent, a DELETE with a body, files in parts, and a download that is elsewhere.

use clientwright_tests::{Recorder, Reply, Shown};
use serde_json::{Value, json};
use weeek::runtime::uuid::Uuid;
use weeek::types::{
    ContactEmailInput, ContactInput, ContactPhoneInput, ContactTagInput, FilesInput, UploadedAttachments,
};
use weeek::{Client, DownloadAttachmentError, Error, FilePart, GetContactError};

use super::block_on;
use super::described::Described;

/// The identifier in all examples of the vendor's pages.
const ID: &str = "497f6eca-6276-4993-bfeb-53cbbbba6f08";
const HEADERS: &[(&str, &str)] =
    &[("accept", "application/json"), ("authorization", "Bearer canary"), ("user-agent", "weeek/0.1.0")];

/// What sends parts, with the test that calls it.
pub(crate) const CALLED: &[(&str, fn())] = &[
    ("weeek::upload_deal_attachments", a_file_goes_up_to_a_deal),
    ("weeek::upload_task_attachments", files_go_up_to_a_task_under_one_name),
];

fn described(operation_id: &str) -> Described {
    Described::new("specs/weeek.yaml", operation_id)
}

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(url: &str) -> Client {
    Client::builder().bearer_token("canary").base_url(format!("{url}/public/v1")).build().shown().unwrap()
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
    client(&recorder.url()).detach_contact_tag(ID, ContactTagInput::new(5)).send_blocking().shown().unwrap();
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

/// An attachment as the vendor's pages show it, whose example of a file is empty.
fn attachment() -> Value {
    json!({
        "id": ID, "creatorId": ID, "service": "weeek", "name": "offer.pdf", "url": "https://example.com/offer.pdf",
        "size": 5, "createdAt": "2019-08-24T14:15:22Z",
    })
}

#[test]
fn files_go_up_to_a_task_under_one_name() {
    let recorder = Recorder::start(vec![Reply::json(
        200,
        json!({"success": true, "data": [attachment(), attachment()]}).to_string(),
    )]);
    let files = [FilePart::new("first").name("a.txt").media_type("text/plain"), FilePart::new("second").name("b")];
    let answer = block_on(client(&recorder.url()).upload_task_attachments(19, FilesInput::new(files)).send()).unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.path()), ("POST", "/public/v1/tm/tasks/19/attachments"));
    let boundary = request.header("content-type").unwrap().strip_prefix("multipart/form-data; boundary=").unwrap();
    let part = |name: &str, media_type: &str, text: &str| {
        let disposition = format!("Content-Disposition: form-data; name=\"files[]\"; filename=\"{name}\"");
        format!("--{boundary}\r\n{disposition}\r\nContent-Type: {media_type}\r\n\r\n{text}\r\n")
    };
    let parts = part("a.txt", "text/plain", "first") + &part("b", "application/octet-stream", "second");
    assert_eq!(request.text(), format!("{parts}--{boundary}--\r\n"));
    let UploadedAttachments::List(attached) = &answer.data else { panic!("{answer:?}") };
    assert_eq!(attached.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["offer.pdf"; 2]);
}

/// The vendor's pages promise one attachment.
#[test]
fn a_file_goes_up_to_a_deal() {
    let recorder = Recorder::start(vec![Reply::json(200, json!({"success": true, "data": attachment()}).to_string())]);
    let file = FilesInput::new([FilePart::new("%PDF-").name("offer.pdf")]);
    let answer = block_on(client(&recorder.url()).upload_deal_attachments("dL4xRc", file).send()).unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.path()), ("POST", "/public/v1/crm/deals/dL4xRc/attachments"));
    assert!(request.text().contains("name=\"files[]\"; filename=\"offer.pdf\"\r\n"), "{}", request.text());
    let UploadedAttachments::Attachment(attached) = &answer.data else { panic!("{answer:?}") };
    assert_eq!((attached.id.to_string().as_str(), attached.size), (ID, Some(5)));
}

/// The token stays with the service: another host is not asked.
#[test]
fn a_download_is_any_file_or_elsewhere() {
    let elsewhere = Reply::new(303).header("Location", "https://example.com/offer.pdf");
    let file = Reply::new(200).header("Content-Type", "application/pdf").body("%PDF-");
    let recorder = Recorder::start(vec![file, elsewhere]);
    let client = client(&recorder.url());
    assert_eq!(&block_on(client.download_attachment(ID).send()).unwrap().body()[..], b"%PDF-");
    let error = block_on(client.download_attachment(ID).send()).unwrap_err();
    let Error::Api(error) = error else { panic!("{error:?}") };
    assert_eq!(error.body(), &DownloadAttachmentError::SeeOther);
    assert_eq!(error.header("location"), Some("https://example.com/offer.pdf"));
}
