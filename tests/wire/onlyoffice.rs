//! ONLYOFFICE's CRM: an enumeration sent by name and answered by number, photos as parts, an envelope, times with seven
//! digits, a portal of one's own, and signing in.

use clientwright_tests::{Recorded, Recorder, Reply, Shown};
use onlyoffice_crm::runtime::uuid::Uuid;
use onlyoffice_crm::types::{
    Contact, ContactPhoto, Credentials, CustomFieldValue, FileUpload, MobilePhoneRequest, PersonFields, PersonRequest,
    PersonUpload, ShareType, ShareTypeName,
};
use onlyoffice_crm::{AuthenticateError, Client, CreatePersonError, Error, FilePart, servers};
use serde_json::{Value, json};

use super::block_on;

/// In the small letters that a UUID is written in (RFC 9562, section 4); the vendor's page has both.
const MANAGER: &str = "9924256a-739c-462b-af15-e652a3b1b6eb";
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
/// The beginning of a picture, with bytes that are no text, and what looks like the end of a part.
const PHOTO: &[u8] = b"\x89PNG\r\n\x1a\n\0\xff\r\n--clientwright-0000000000000000--\r\n\xfe";

/// What sends parts, with the test that calls it.
pub(crate) const CALLED: &[(&str, fn())] = &[
    ("onlyoffice_crm::change_contact_photo", a_photo_is_changed_by_either_transport),
    ("onlyoffice_crm::upload_file", a_file_is_uploaded_with_its_name),
    ("onlyoffice_crm::create_person_multipart", a_person_is_created_with_a_photo_in_parts),
    ("onlyoffice_crm::update_person_multipart", a_person_is_updated_by_parts_or_by_a_form),
];

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> Client {
    let builder = Client::builder().api_key("canary").retries(onlyoffice_crm::Retries::none());
    builder.base_url(recorder.url()).build().shown().unwrap()
}

/// The answer of the documentation, whole.
fn person() -> Value {
    let company = json!({
        "companyName": "Food and Culture Project", "about": "", "haveLateTasks": false, "displayName": null,
        "isCompany": true, "isPrivate": true, "isShared": false, "shareType": 0, "currency": null, "canEdit": false,
        "canDelete": false, "id": 0,
    });
    let creator = json!({
        "id": NOBODY, "displayName": "Mike Zanyatski", "title": "Manager", "avatarSmall": "url to small avatar",
        "profileUrl": "",
    });
    json!({"status": 0, "response": {
        "firstName": "Tadjeddine", "lastName": "Bachir", "company": company, "title": "Programmer", "createBy": creator,
        "created": "2021-10-21T12:03:55.6361891Z", "about": "", "haveLateTasks": false, "displayName": null,
        "isCompany": false, "isPrivate": true, "isShared": false, "shareType": 0, "currency": null, "canEdit": false,
        "canDelete": false, "id": 0,
    }})
}

/// The same value as it is written: a time has three, six or nine digits after the second.
#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn written(answer: &Value) -> Value {
    let text = answer.to_string().replace("55.6361891Z", "55.636189100Z").replace("03.5845502+", "03.584550200+");
    serde_json::from_str(&text).unwrap()
}

fn person_request() -> PersonRequest {
    PersonRequest::new("some text", "some text", "none")
        .job_title("some text")
        .company_id(1234)
        .about("some text")
        .manager_list([uuid(NOBODY)])
        .custom_field_list([CustomFieldValue::new(0).value(None)])
}

/// What the documentation sends, but for its empty list of photos, which JSON cannot carry.
fn sent_person() -> Value {
    json!({
        "firstName": "some text", "lastName": "some text", "jobTitle": "some text", "companyId": 1234,
        "about": "some text", "shareType": "none", "managerList": [NOBODY], "customFieldList": [{"Key": 0, "Value": null}],
    })
}

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn sent(request: &Recorded) -> Value {
    assert_eq!(request.header("content-type"), Some("application/json"));
    serde_json::from_slice(&request.body).unwrap()
}

fn is_signed(request: &Recorded) {
    assert_eq!(request.headers("authorization"), ["canary"]);
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn uuid(text: &str) -> Uuid {
    Uuid::try_parse(text).unwrap()
}

#[test]
fn a_person_is_updated_as_the_documentation_shows() {
    let recorder = Recorder::start(vec![Reply::json(200, person().to_string())]);
    let answer = block_on(client(&recorder).update_person(1234, person_request()).send()).unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("PUT", "/api/2.0/crm/contact/person/1234"));
    is_signed(&request);
    assert_eq!(sent(&request), sent_person());
    assert_eq!(serde_json::to_value(answer.body()).unwrap(), written(&person()));
    assert_eq!((answer.status, answer.response.title.as_deref()), (0, Some("Programmer")));
}

#[test]
fn a_share_type_goes_by_name_and_comes_by_number() {
    for (name, text, number, known) in [
        (ShareTypeName::None, "none", 0, ShareType::None),
        (ShareTypeName::ReadWrite, "readWrite", 1, ShareType::ReadWrite),
        (ShareTypeName::Read, "read", 2, ShareType::Read),
        (ShareTypeName::from("later"), "later", 3, ShareType::Unknown(3)),
    ] {
        let mut answer = person();
        answer["response"]["shareType"] = json!(number);
        let recorder = Recorder::start(vec![Reply::json(201, answer.to_string())]);
        let created = block_on(client(&recorder).create_person(PersonRequest::new("a", "b", name)).send()).unwrap();
        assert_eq!(sent(&recorder.only_request().unwrap())["shareType"], text);
        assert_eq!(created.response.share_type, Some(known));
        assert_eq!(serde_json::to_value(created.body()).unwrap()["response"]["shareType"], number);
    }
}

#[test]
fn times_have_seven_digits_and_an_offset() {
    let recorder = Recorder::start(vec![Reply::json(200, person().to_string())]);
    let Contact::Person(person) = block_on(client(&recorder).get_contact(1234).send()).unwrap().into_body().response
    else {
        panic!("a person");
    };
    let created = person.created.unwrap();
    assert_eq!(created.timestamp_subsec_nanos(), 636_189_100);
    assert_eq!(created.to_string(), "2021-10-21 12:03:55.636189100 +00:00");
}

#[test]
fn a_person_is_created_with_a_photo_in_parts() {
    let recorder = Recorder::start(vec![Reply::json(201, person().to_string())]);
    let photo = FilePart::new(PHOTO).name("the \"face\"\r\nX-Evil: 1.png").media_type("image/png");
    let upload = PersonUpload::new("Zoë", "O'Neil & sons", "readWrite")
        .company_id(1234)
        .manager_list([uuid(MANAGER), uuid(NOBODY)]);
    block_on(client(&recorder).create_person_multipart(upload.photo(photo)).send()).unwrap();
    let request = recorder.only_request().unwrap();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/api/2.0/crm/contact/person"));
    is_signed(&request);
    let boundary = "clientwright-0000000000000001";
    assert_eq!(request.header("content-type"), Some(&*format!("multipart/form-data; boundary={boundary}")));
    let mut expected = Vec::new();
    for (name, text) in [
        ("firstName", "Zoë"),
        ("lastName", "O'Neil & sons"),
        ("shareType", "readWrite"),
        ("companyId", "1234"),
        ("managerList", MANAGER),
        ("managerList", NOBODY),
    ] {
        let part = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
        expected.extend(part.into_bytes());
    }
    let head = "Content-Disposition: form-data; name=\"photo\"; filename=\"the %22face%22%0D%0AX-Evil: 1.png\"\r\n\
        Content-Type: image/png\r\n\r\n";
    expected.extend(format!("--{boundary}\r\n{head}").into_bytes());
    expected.extend(PHOTO);
    expected.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
    assert_eq!(request.body, expected, "{}", request.text());
}

#[test]
fn a_photo_is_changed_by_either_transport() {
    let answer = r#"{"count":1,"status":0,"statusCode":200,"response":"url to foto"}"#;
    let recorder = Recorder::start(vec![Reply::json(200, answer), Reply::json(200, answer)]);
    let call =
        client(&recorder).change_contact_photo(1234, ContactPhoto::new(FilePart::new(PHOTO).media_type("image/png")));
    let changed = block_on(call.clone().send()).unwrap();
    call.send_blocking().shown().unwrap();
    assert_eq!(serde_json::to_value(changed.body()).unwrap(), serde_json::from_str::<Value>(answer).unwrap());
    for request in recorder.requests() {
        assert_eq!(
            (request.method.as_str(), request.target.as_str()),
            ("PUT", "/api/2.0/crm/contact/1234/changephoto")
        );
        is_signed(&request);
        let mut expected = b"--clientwright-0000000000000001\r\nContent-Disposition: form-data; name=\"photo\"; \
            filename=\"photo\"\r\nContent-Type: image/png\r\n\r\n"
            .to_vec();
        expected.extend(PHOTO);
        expected.extend(b"\r\n--clientwright-0000000000000001--\r\n");
        assert_eq!(request.body, expected);
    }
    assert_eq!(recorder.requests().len(), 2);
}

#[test]
fn a_photo_without_its_media_type_is_not_sent() {
    let recorder = Recorder::start(vec![]);
    let error = block_on(client(&recorder).change_contact_photo(1, ContactPhoto::new(PHOTO)).send()).unwrap_err();
    let Error::Request(error) = error else { panic!("{error:?}") };
    let said = "the body: photo: expected a file with a media type (`image/*`), found one without";
    assert_eq!(error.reason(), said);
    assert_eq!(recorder.requests().len(), 0);
}

#[test]
fn a_person_is_updated_by_parts_or_by_a_form() {
    let answer = || Reply::json(200, person().to_string());
    let recorder = Recorder::start(vec![answer(), answer()]);
    let fields = PersonFields::new("some text", "a&b=c+é~", "none").manager_list([uuid(MANAGER), uuid(NOBODY)]);
    block_on(client(&recorder).update_person_form(1234, fields.company_id(1234)).send()).unwrap();
    let upload = PersonUpload::new("some text", "b", "none");
    block_on(client(&recorder).update_person_multipart(1234, upload).send()).unwrap();
    let [form, parts] = &*recorder.requests() else { panic!("two requests") };
    for request in [form, parts] {
        assert_eq!((request.method.as_str(), request.path()), ("PUT", "/api/2.0/crm/contact/person/1234"));
        is_signed(request);
    }
    assert_eq!(form.header("content-type"), Some("application/x-www-form-urlencoded"));
    let expected = format!(
        "firstName=some+text&lastName=a%26b%3Dc%2B%C3%A9%7E&shareType=none&companyId=1234\
         &managerList={MANAGER}&managerList={NOBODY}"
    );
    assert_eq!(form.text(), expected);
    assert_eq!(parts.text().matches("Content-Disposition").count(), 3);
}

#[test]
fn a_person_is_created_by_a_form() {
    let recorder = Recorder::start(vec![Reply::json(201, person().to_string())]);
    let fields = PersonFields::new("some text", "some text", "none").job_title("some text").company_id(1234);
    let fields = fields.about("some text").manager_list([uuid(MANAGER)]);
    block_on(client(&recorder).create_person_form(fields).send()).unwrap();
    let expected = format!(
        "firstName=some+text&lastName=some+text&shareType=none&jobTitle=some+text&companyId=1234&about=some+text\
         &managerList={MANAGER}"
    );
    assert_eq!(recorder.only_request().unwrap().text(), expected);
}

#[test]
fn a_contact_is_a_person_or_a_company() {
    let company = json!({"status": 0, "response": person()["response"]["company"]});
    let recorder = Recorder::start(vec![Reply::json(200, person().to_string()), Reply::json(200, company.to_string())]);
    let deleted = block_on(client(&recorder).delete_contact(1234).send()).unwrap();
    assert!(matches!(deleted.response, Contact::Person(_)), "{deleted:?}");
    assert_eq!(serde_json::to_value(deleted.body()).unwrap(), written(&person()));
    let found = block_on(client(&recorder).get_contact(1234).send()).unwrap();
    assert!(matches!(found.response, Contact::Company(_)), "{found:?}");
    assert_eq!(serde_json::to_value(found.body()).unwrap(), company);
    let methods: Vec<_> = recorder.requests().into_iter().map(|request| (request.method, request.target)).collect();
    let target = "/api/2.0/crm/contact/1234".to_owned();
    assert_eq!(methods, [("DELETE".to_owned(), target.clone()), ("GET".to_owned(), target)]);
}

#[test]
fn errors_come_in_the_envelope() {
    let refused =
        r#"{"status":1,"statusCode":400,"error":{"message":"Argument is invalid","hresult":-2147024809,"data":{}}}"#;
    let recorder = Recorder::start(vec![Reply::json(400, refused), Reply::new(401), Reply::new(503)]);
    let client = client(&recorder);
    let create = || block_on(client.create_person(person_request()).send()).unwrap_err();
    let Error::Api(error) = create() else { panic!("an error of the API") };
    let CreatePersonError::BadRequest(body) = error.body() else { panic!("{error:?}") };
    assert_eq!(body.error.as_ref().and_then(|error| error.message.as_deref()), Some("Argument is invalid"));
    assert!(matches!(create(), Error::Api(error) if *error.body() == CreatePersonError::Unauthorized));
    assert!(matches!(create(), Error::Api(error) if *error.body() == CreatePersonError::ServiceUnavailable));
}

#[test]
fn signing_in_gives_a_token_and_needs_none() {
    let answer = json!({"count": 1, "response": {"expires": "2010-07-07T17:06:03.5845502+03:00",
        "token": "sdjhfskjdhkqy739459234"}, "status": 0, "statusCode": 201});
    let reply = || Reply::json(201, answer.to_string());
    let recorder = Recorder::start(vec![reply(), reply(), reply(), reply(), reply()]);
    let stranger = Client::builder().base_url(recorder.url()).build().shown().unwrap();
    let credentials = || Credentials::new().user_name("yourusername").password("canary");
    let signed_in = block_on(stranger.authenticate(credentials()).send()).unwrap();
    assert_eq!(signed_in.response.token.value().map(String::as_str), Some("sdjhfskjdhkqy739459234"));
    assert_eq!(signed_in.response.expires.unwrap().to_rfc3339(), "2010-07-07T17:06:03.584550200+03:00");
    assert_eq!(serde_json::to_value(signed_in.body()).unwrap(), written(&answer));
    block_on(stranger.authenticate_with_code("123456", credentials()).send()).unwrap();
    block_on(stranger.send_sms_code(credentials()).send()).unwrap();
    let phone = MobilePhoneRequest::new("some text").user_name("yourusername").password("canary");
    block_on(stranger.set_mobile_phone(phone).send()).unwrap();
    block_on(stranger.authenticate_form(credentials()).send()).unwrap();

    let [token, code, sms, phone, form] = &*recorder.requests() else { panic!("five requests") };
    for (request, path) in [(token, ""), (code, "/123456"), (sms, "/sendsms"), (phone, "/setphone"), (form, "")] {
        assert_eq!(request.method, "POST");
        assert_eq!(request.target, format!("/api/2.0/authentication{path}"));
        assert_eq!(request.header("authorization"), None);
    }
    let expected = json!({"userName": "yourusername", "password": "canary"});
    for request in [token, code, sms] {
        assert_eq!(sent(request), expected);
    }
    assert_eq!(sent(phone)["mobilePhone"], "some text");
    assert_eq!(form.text(), "userName=yourusername&password=canary");
}

#[test]
fn the_second_step_is_told_in_place_of_a_token() {
    let sms = json!({"count": 1, "response": {"token": null, "expires": "2020-11-24T05:36:20.4206897Z", "sms": true,
        "phoneNoise": "8(999)999-99-99"}, "status": 0, "statusCode": 201});
    let application = json!({"count": 1, "response": {"token": null, "tfa": true, "tfaKey": "123dwa"}, "status": 0,
        "statusCode": 201});
    let failure = json!({"status": 1, "statusCode": 500, "error": {"message": "User authentication failed",
        "data": {}}});
    let replies = [(201, &sms), (201, &application), (500, &failure)];
    let recorder = Recorder::start(replies.map(|(status, body)| Reply::json(status, body.to_string())).to_vec());
    let client = client(&recorder);
    let sign_in = || block_on(client.authenticate(Credentials::new().provider("some text")).send());
    let by_sms = sign_in().unwrap().into_body().response;
    assert!(by_sms.token.is_null());
    assert_eq!((by_sms.sms, by_sms.phone_noise.as_deref()), (Some(true), Some("8(999)999-99-99")));
    let by_application = sign_in().unwrap().into_body().response;
    assert_eq!((by_application.tfa, by_application.tfa_key.as_deref()), (Some(true), Some("123dwa")));
    let Err(Error::Api(error)) = sign_in() else { panic!("an error of the API") };
    let AuthenticateError::InternalServerError(body) = error.body() else { panic!("{error:?}") };
    assert_eq!(serde_json::to_value(body).unwrap(), failure);
}

#[test]
fn a_portal_has_a_host_of_its_own() {
    let portal = |client: Client| client.get_contact(1).to_http().unwrap().uri().to_string();
    let builder = || Client::builder().api_key("canary");
    let own = builder().server(servers::cloud().portal("acme")).build().shown().unwrap();
    assert_eq!(portal(own), "https://acme.onlyoffice.com/api/2.0/crm/contact/1");
    assert_eq!(portal(builder().build().shown().unwrap()), "https://yourportal.onlyoffice.com/api/2.0/crm/contact/1");
    assert!(builder().server(servers::cloud().portal("evil.com/?")).build().is_err());
}

#[test]
fn a_file_is_uploaded_with_its_name() {
    let answer = json!({"count": 1, "status": 0, "response": {"id": 1234, "title": "offer.txt"}});
    let recorder = Recorder::start(vec![Reply::json(201, answer.to_string())]);
    let file = FilePart::new("an offer").name("offer.txt").media_type("text/plain");
    let upload = FileUpload::new(file).store_original_file_flag(true);
    let created = block_on(client(&recorder).upload_file("opportunity", 1234, upload).send()).unwrap();
    let request = recorder.only_request().unwrap();
    let target = "/api/2.0/crm/opportunity/1234/files/upload";
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", target));
    is_signed(&request);
    let text = request.text();
    let part = "name=\"files\"; filename=\"offer.txt\"\r\nContent-Type: text/plain\r\n\r\nan offer\r\n";
    assert!(text.contains(part), "{text}");
    assert!(text.contains("name=\"storeOriginalFileFlag\"\r\n\r\ntrue\r\n"), "{text}");
    assert_eq!(created.response.id, Some(1234));
}
