//! How values are given: whatever reads naturally must compile.

use allo_client::runtime::Field;
use allo_client::types::{CreatePersonRequest, Person, PersonSort, SearchPeopleRequest, UpdatePersonRequest};

#[test]
fn fields_are_made_of_what_is_at_hand() {
    let text = String::from("CTO");
    let list = vec![String::from("a")];
    let update = UpdatePersonRequest::new;
    assert_eq!(update().job_title("CTO"), update().job_title(text.clone()));
    assert_eq!(update().job_title(Some(text.clone())), update().job_title(Field::Value(text)));
    assert_eq!(update().job_title(None).job_title, Field::Null);
    assert_eq!(update().job_title, Field::Absent);
    assert_eq!(update().emails(["a"]), update().emails(list.clone()));
    assert_eq!(update().emails(["a".to_owned()]), update().emails(vec!["a"]));
    assert_eq!(update().emails(&["a"][..]), update().emails(Some(list.clone())));
    assert_eq!(CreatePersonRequest::new(["a"]), CreatePersonRequest::new(list));
    let number: Field<i64> = 5.into();
    assert_eq!(number.value(), Some(&5));
}

#[test]
fn enumerations_are_made_of_text_too() {
    assert_eq!(SearchPeopleRequest::new().sort("NAME_ASC").sort, Some(PersonSort::NameAsc));
    let new = SearchPeopleRequest::new().sort("SIZE_ASC").sort.unwrap();
    assert_eq!((new.as_str(), new.to_string().as_str()), ("SIZE_ASC", "SIZE_ASC"));
    assert_eq!("DATE_DESC".parse(), Ok(PersonSort::DateDesc));
}

#[test]
fn what_the_server_assumes_is_at_hand_and_not_filled_in() {
    let search = SearchPeopleRequest::new();
    assert_eq!((search.page, search.page_or_default()), (None, 1));
    assert_eq!(search.sort_or_default(), PersonSort::DateDesc);
    assert_eq!(search.clone().size(50).size_or_default(), 50);
}

#[test]
fn types_are_serde_types_as_well() {
    let person: Person = serde_json::from_str(r#"{"name":null,"numbers":["+1"]}"#).unwrap();
    assert_eq!((person.name.is_null(), person.last_name.is_absent()), (true, true));
    assert_eq!(serde_json::to_string(&person).unwrap(), r#"{"name":null,"numbers":["+1"]}"#);
}
