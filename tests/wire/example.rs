//! The example by which the shape of generated code is judged, with its ellipses filled; pages are not there yet.

use std::time::Duration;

use allo_client::{
    AnyError, Client, CreatePersonError, Error,
    types::{CreatePersonRequest, SearchPeopleRequest, UpdatePersonRequest},
};
use clientwright_tests::{Recorder, Reply, Shown};

use super::block_on;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "an example says what it sees")]
#[expect(clippy::wildcard_enum_match_arm, reason = "so does a caller who cares for one error alone")]
async fn example(url: &str, key: String) -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().api_key(key).base_url(url).build()?;

    // required things are arguments, optional things are methods
    let person = client
        .create_person(CreatePersonRequest::new(["+33612345678"]).name("John").job_title("CEO"))
        .send()
        .await? // Response<PersonResponse>: status, headers and body; derefs to the body
        .into_body();
    assert_eq!(person.data.id.as_deref(), Some("per-abc123"));

    // absent, null and a value are three different things, and read like it
    client.update_person("per-abc123", UpdatePersonRequest::new().job_title("CTO").address(None)).send().await?;

    // every documented status is a variant with its typed body
    let body = CreatePersonRequest::new(["+33612345678"]);
    match client.create_person(body).send().await {
        Ok(person) => println!("{:?}", person.data.id),
        Err(Error::Api(error)) => match error.body() {
            CreatePersonError::Conflict(problem) => eprintln!("exists: {:?}", problem.error),
            other => eprintln!("{other} (request {:?})", error.header("x-request-id")),
        },
        Err(error) if error.is_retryable() => eprintln!("again: {error}"),
        Err(error) => return Err(error.into()),
    }

    // a page of people
    let people = client.search_people(SearchPeopleRequest::new().search("doe")).send().await?;
    assert_eq!(people.data.len(), 0);

    // one call's own options
    client.get_person("per-abc123").timeout(Duration::from_secs(2)).header("x-request-id", "r1").send().await?;
    Ok(())
}

/// Two operations with different errors, one `?`.
async fn across(client: &Client) -> Result<Option<String>, AnyError> {
    client.update_person("per-abc123", UpdatePersonRequest::new()).send().await?;
    Ok(client.get_person("per-abc123").send().await?.into_body().data.id)
}

#[test]
fn the_example_runs() {
    let person = r#"{"data":{"id":"per-abc123"}}"#;
    let recorder = Recorder::start(vec![
        Reply::json(200, person),
        Reply::json(200, person),
        Reply::json(409, r#"{"error":{"code":"NUMBER_ALREADY_ASSIGNED"}}"#),
        Reply::json(200, r#"{"data":[],"pagination":{"has_more":false}}"#),
        Reply::json(200, person),
        Reply::json(200, person),
        Reply::json(404, r#"{"error":{"code":"NOT_FOUND"}}"#),
    ]);
    block_on(example(&recorder.url(), "canary".to_owned())).unwrap();
    let requests = recorder.requests();
    assert_eq!(requests.len(), 5);
    assert_eq!(requests[1].text(), r#"{"job_title":"CTO","address":null}"#);
    assert_eq!(requests[4].header("x-request-id"), Some("r1"));

    let error = block_on(across(&super::client(&recorder))).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    assert!(matches!(error.body::<allo_client::GetPersonError>(), Some(allo_client::GetPersonError::NotFound(_))));
}

#[test]
fn the_same_without_async() {
    let recorder = Recorder::start(vec![Reply::json(200, r#"{"data":{"id":"per-abc123"}}"#)]);
    let person = super::client(&recorder).get_person("per-abc123").send_blocking().shown().unwrap();
    assert_eq!(person.data.id.as_deref(), Some("per-abc123"));
}
