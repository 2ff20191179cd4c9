//! Types that derive serde's traits.
#![allow(unused_imports)] // not every shape needs every name

use std::any::Any;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, from_slice, to_vec};

trait Wire: DeserializeOwned + Serialize + Any {}
impl<T: DeserializeOwned + Serialize + Any> Wire for T {}

/// Reads a member that is there: null is told from a member that is not.
pub fn there<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
