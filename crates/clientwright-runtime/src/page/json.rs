//! Members of JSON values, by path.
//!
//! In: a value and keys. Out: the member, or the value with another one. Never happens: a list taken for an object.

use std::collections::BTreeMap;

use crate::wire::Value;

/// The member at a path.
pub(crate) fn read<'a>(value: &'a Value, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value, |value, key| value.as_object()?.get(*key))
}

/// Sets the member at a path; objects on the way are made where they are missing. Whether there was a place for it.
pub(crate) fn write(value: &mut Value, path: &[&str], member: Value) -> bool {
    let mut place = value;
    for key in path {
        if place.is_null() {
            *place = Value::Object(BTreeMap::new());
        }
        let Some(object) = place.as_object_mut() else { return false };
        place = object.entry((*key).to_owned()).or_insert(Value::Null);
    }
    *place = member;
    true
}
