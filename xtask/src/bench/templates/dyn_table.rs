//! Types that state their wire form to the runtime.
#![allow(unused_imports)] // not every shape needs every name

use std::any::Any;
use std::collections::BTreeMap;

use clientwright_runtime::wire::json::{from_slice, to_vec};
use clientwright_runtime::wire::{Decode, Encode};
use clientwright_runtime::{Field, UnknownValue, Value, object, text_enum, union};

trait Wire: Decode + Encode + Any {}
impl<T: Decode + Encode + Any> Wire for T {}
