//! A client that a person shaped, from a build script, over the wire.
//!
//! In: a document, and in `build.rs` a selection, types of one's own, derives, formats, and types alone. Out: clients that
//! compile and that send and read what they should. Never: a connection to anything but the loopback interface.

mod own;
/// The client of the shop's products.
mod shop {
    #![allow(dead_code, unused_imports, unreachable_pub)] // a part of it is used here, and by nobody else
    include!(concat!(env!("OUT_DIR"), "/shop/mod.rs"));
}
/// The types of the whole shop.
mod shop_types {
    #![allow(dead_code, unused_imports, unreachable_pub)] // a part of it is used here, and by nobody else
    include!(concat!(env!("OUT_DIR"), "/shop_types/mod.rs"));
}

use std::collections::HashSet;

use clientwright_runtime::rust_decimal::Decimal;
use clientwright_runtime::uuid::Uuid;
use clientwright_tests::{Recorder, Reply, Shown};
use own::{Money, Note};
use shop::types::Product;

const ID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";
const PRODUCT: &str = r#"{"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","price":{"cents":550,"currency":"EUR"},"picture":"+/8=","weight":"1.50","rate":0.1,"note":"new!","day":"2026-04-08"}"#;

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> shop::Client {
    shop::Client::builder().base_url(recorder.url()).build().shown().unwrap()
}

#[test]
fn formats_and_types_of_ones_own_travel_both_ways() {
    let recorder = Recorder::start(vec![Reply::json(200, PRODUCT), Reply::new(204)]);
    let id = Uuid::try_parse(ID).unwrap();
    let product = client(&recorder).get_product(id).send_blocking().shown().unwrap().into_body();
    assert_eq!((product.price.cents, &*product.price.currency), (550, "EUR"));
    assert_eq!(product.picture.as_deref(), Some(b"\xfb\xff".as_slice()));
    assert_eq!(product.weight, Some(Decimal::new(150, 2)));
    assert_eq!(product.note, Some(Note("new".to_owned())));
    client(&recorder).put_product(id, product).send_blocking().shown().unwrap();
    let requests = recorder.requests();
    let targets: Vec<&str> = requests.iter().map(|request| request.target.as_str()).collect();
    assert_eq!(targets, [format!("/products/{ID}"), format!("/products/{ID}")]);
    assert_eq!(String::from_utf8_lossy(&requests[1].body), PRODUCT);
}

#[test]
fn text_without_its_format_is_told_with_its_path() {
    let recorder = Recorder::start(vec![Reply::json(200, PRODUCT.replace("2026-04-08", "2026-4-8"))]);
    let error = client(&recorder).get_product(Uuid::nil()).send_blocking().shown().unwrap_err().to_string();
    assert!(error.contains("day: expected a date, like 2026-04-28, found the string \"2026-4-8\""), "{error}");
}

#[test]
fn derives_hold_and_serde_sees_the_same() {
    let product = Product::new(Uuid::nil(), Money { cents: 5, currency: "EUR".to_owned() });
    assert_eq!(HashSet::from([product.clone(), product.clone()]).len(), 1);
    let value = serde_json::to_value(&product).unwrap();
    assert_eq!(serde_json::from_value::<Product>(value).unwrap(), product);
}

#[test]
fn types_alone_are_all_of_them() {
    let order: shop_types::types::Order = serde_json::from_str(r#"{"total":1.5}"#).unwrap();
    assert_eq!(order.total, Some(1.5));
    assert_eq!(shop_types::meta::API_VERSION, "1");
}
