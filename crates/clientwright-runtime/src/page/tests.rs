//! Paths into JSON.

use serde_json::json;

use super::{read, write};
use crate::Value;

#[test]
fn members_are_read_and_written_by_path() {
    let mut value = Value::from(json!({ "a": { "b": [1] }, "c": null }));
    assert_eq!(read(&value, &["a", "b"]), Some(&json!([1]).into()));
    assert_eq!(read(&value, &[]), Some(&value));
    assert_eq!(read(&value, &["a", "b", "c"]), None);
    assert!(write(&mut value, &["c", "d"], json!(2).into()) && write(&mut value, &["a", "e"], json!(3).into()));
    assert!(!write(&mut value, &["a", "b", "c"], json!(4).into()));
    assert_eq!(value, json!({ "a": { "b": [1], "e": 3 }, "c": { "d": 2 } }));
}
