//! Lists of the generated clients, page by page: a number in a body, a link of Hydra, an offset in the query.

use allo_client::types::SearchPeopleRequest;
use clientwright_tests::{Recorder, Reply, Shown};
use serde_json::{Value, json};

use super::{block_on, client};

/// A page of a list of two pages, made of the one that a description shows: what it says of the others becomes true of
/// these. More pages are empty.
pub(crate) fn page(mut page: Value, number: usize, items: &[String]) -> Value {
    let list = items.iter().fold(&mut page, |value, key| &mut value[key]);
    let shown = list.as_array().map_or(0, Vec::len);
    let kept = list.take();
    if let Some(members) = page.as_object_mut().filter(|members| members.contains_key("member")) {
        members.entry("view").or_insert_with(|| json!({}));
    }
    tell(&mut page, number, 2 * shown);
    // Nothing reads it; a page that came before would be taken for the end.
    page.as_object_mut().map(|members| members.insert("test".to_owned(), json!(number)));
    let list = items.iter().fold(&mut page, |value, key| &mut value[key]);
    *list = if number > 2 { json!([]) } else { kept };
    page
}

/// How many items a page has.
pub(crate) fn count(page: &Value, items: &[&str]) -> usize {
    items.iter().fold(page, |value, key| &value[*key]).as_array().map_or(0, Vec::len)
}

/// Says in all members that tell it that there are two pages.
fn tell(value: &mut Value, number: usize, total: usize) {
    for (key, member) in value.as_object_mut().into_iter().flatten() {
        match key.as_str() {
            "has_more" | "hasMore" | "hasMoreDeals" => *member = json!(number < 2),
            "total" | "total_count" | "totalItems" => *member = json!(total),
            "total_pages" => *member = json!(2),
            "view" if number < 2 => *member = json!({"next": "/page?page=2"}),
            "view" => *member = json!({}),
            _ => tell(member, number, total),
        }
    }
}

#[test]
fn pages_of_a_search_are_asked_for_in_its_body() {
    let page = |id: &str, more: bool| format!(r#"{{"data":[{{"id":"{id}"}}],"pagination":{{"has_more":{more}}}}}"#);
    let recorder = Recorder::start(vec![Reply::json(200, page("per-1", true)), Reply::json(200, page("per-2", false))]);
    let people = client(&recorder).search_people(SearchPeopleRequest::new().search("doe")).items();
    let people = block_on(people.all()).unwrap();
    assert_eq!(people.iter().filter_map(|person| person.id.as_deref()).collect::<Vec<_>>(), ["per-1", "per-2"]);
    let bodies: Vec<Value> =
        recorder.requests().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
    assert_eq!(bodies, [json!({"search": "doe"}), json!({"search": "doe", "page": 2})]);
}

#[test]
fn links_of_hydra_are_followed() {
    let first = r#"{"member":[{"familyName":"Doe"}],"view":{"next":"/people?q=d&page=2"}}"#;
    let last = r#"{"member":[{"familyName":"Dow"}],"view":{"first":"/people?page=1"}}"#;
    let reply = |body: &str| Reply::new(200).header("Content-Type", "application/ld+json").body(body);
    let recorder = Recorder::start(vec![reply(first), reply(last)]);
    let client = rogerroger::Client::builder().api_key("canary").base_url(recorder.url()).build().shown().unwrap();
    let people: Result<Vec<_>, _> = client.list_people().q("d").items_blocking().map(Shown::shown).collect();
    assert_eq!(people.unwrap().len(), 2);
    let requests = recorder.requests();
    let targets: Vec<&str> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(targets, ["/people?q=d", "/people?q=d&page=2"]);
    assert!(requests.iter().all(|request| request.header("x-api-key") == Some("canary")));
}

#[test]
fn an_offset_grows_by_what_was_there() {
    let page = |ids: &[&str]| {
        let contacts: Vec<Value> =
            ids.iter().map(|id| json!({ "id": format!("497f6eca-6276-4993-bfeb-53cbbbba6f0{id}") })).collect();
        Reply::json(200, json!({"success": true, "contacts": contacts}).to_string())
    };
    let recorder = Recorder::start(vec![page(&["1", "2"]), page(&["3", "4"]), page(&["5"])]);
    let client = weeek::Client::builder().bearer_token("canary").base_url(recorder.url()).build().shown().unwrap();
    let mut pages = client.list_contacts().limit(2).pages();
    let mut sizes = Vec::new();
    block_on(async {
        while let Some(page) = pages.try_next().await.unwrap() {
            sizes.push(page.contacts.as_ref().map_or(0, Vec::len));
        }
    });
    assert_eq!(sizes, [2, 2, 1]);
    let targets: Vec<String> = recorder.requests().iter().map(|request| request.target.clone()).collect();
    assert_eq!(targets, ["/crm/contacts?limit=2", "/crm/contacts?limit=2&offset=2", "/crm/contacts?limit=2&offset=4"]);
}
