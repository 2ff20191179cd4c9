//! Every statement of a wire form, in both directions and from both sources.

use std::collections::BTreeMap;

use super::json::{from_slice, to_vec};
use super::{Decode, Encode, Field, Required, Result};
use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq)]
struct Person {
    id: String,
    nickname: Option<String>,
    title: Field<String>,
    score: Option<f64>,
    friends: Vec<Person>,
    extra: BTreeMap<String, i64>,
}

crate::object!(Person {
    id: required "id",
    nickname: required "nickname",
    title: "title",
    score: "score",
    friends: required "friends",
    ..extra
});

#[derive(Clone, Debug, PartialEq)]
struct Circle {
    kind: String,
    radius: f64,
}

crate::object!(Circle { kind: required "kind", radius: required "radius", });

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Circle(Circle),
    Group(Group),
    Unknown(Value),
}

#[derive(Clone, Debug, PartialEq)]
struct Group {
    kind: Option<String>,
    shapes: Vec<Shape>,
}

crate::object!(Group { kind: "kind", shapes: required "shapes", });

crate::union!(Shape by "kind" { "circle" => Circle, "group" => Group, });

crate::text_enum! { enum Sort { NameAsc = "NAME_ASC", } }

/// What statements give a type: serde's traits where they are asked for.
#[cfg(feature = "serde")]
trait Stated: Encode + Decode + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned {}
#[cfg(feature = "serde")]
impl<T: Encode + Decode + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned> Stated for T {}
#[cfg(not(feature = "serde"))]
trait Stated: Encode + Decode + PartialEq + std::fmt::Debug {}
#[cfg(not(feature = "serde"))]
impl<T: Encode + Decode + PartialEq + std::fmt::Debug> Stated for T {}

/// Reads `text`, writes it again, and checks both against what serde's traits make of it.
fn round<T: Stated>(text: &Value) -> Result<Value> {
    let value: T = from_slice(text.to_string().as_bytes())?;
    let written = serde_json::from_slice(&to_vec(&value)?).unwrap();
    #[cfg(feature = "serde")]
    {
        assert_eq!(serde_json::to_value(&value).unwrap(), written);
        assert_eq!(serde_json::from_value::<T>(text.clone()).unwrap(), value);
    }
    Ok(written)
}

/// Whether a type travels each way, as far as the compiler knows.
macro_rules! travels {
    ($type:ty) => {{
        #[allow(dead_code)]
        trait No {
            const SENT: bool = false;
            const RECEIVED: bool = false;
        }
        impl<T> No for T {}
        struct Is<T>(std::marker::PhantomData<T>);
        #[allow(dead_code)]
        impl<T: Encode> Is<T> {
            const SENT: bool = true;
        }
        #[allow(dead_code)]
        impl<T: Decode> Is<T> {
            const RECEIVED: bool = true;
        }
        (Is::<$type>::SENT, Is::<$type>::RECEIVED)
    }};
}

#[derive(Clone, Debug, PartialEq)]
struct Asked {
    id: String,
}

crate::object!(sent Asked { id: required "id", });

#[derive(Clone, Debug, PartialEq)]
struct Answered {
    id: String,
}

crate::object!(received Answered { id: required "id", });

#[derive(Clone, Debug, PartialEq)]
enum Answer {
    Answered(Answered),
    Unknown(Value),
}

crate::union!(received Answer { Answered = object().keys(&["id"]), });

#[test]
fn what_travels_one_way_has_the_other_with_serde_alone() {
    let both = cfg!(feature = "serde");
    assert_eq!(travels!(Person), (true, true));
    assert_eq!(travels!(Asked), (true, both));
    assert_eq!(travels!(Answered), (both, true));
    assert_eq!(travels!(Answer), (both, true));
    assert_eq!(to_vec(&Asked { id: "a".into() }).unwrap(), br#"{"id":"a"}"#);
    let read: Answer = from_slice(br#"{"id":"a"}"#).unwrap();
    assert_eq!(read, Answer::Answered(Answered { id: "a".into() }));
    assert!(matches!(from_slice(b"[]").unwrap(), Answer::Unknown(_)));
}

#[test]
fn absent_null_and_a_value_are_three_things() {
    let base = |title: Value| {
        let mut person = json!({"id": "a", "nickname": null, "friends": []});
        if title != json!("absent") {
            person["title"] = title;
        }
        person
    };
    for title in [json!("absent"), json!(null), json!("CTO")] {
        assert_eq!(round::<Person>(&base(title.clone())).unwrap(), base(title));
    }
}

#[test]
fn an_optional_member_may_come_as_null() {
    let person = json!({"id": "a", "nickname": "n", "score": null, "friends": []});
    assert_eq!(round::<Person>(&person).unwrap(), json!({"id": "a", "nickname": "n", "friends": []}));
}

#[test]
fn other_members_are_kept_in_the_map_or_ignored() {
    let person = json!({"id": "a", "nickname": null, "friends": [], "n": 1, "m": 2});
    assert_eq!(round::<Person>(&person).unwrap(), person);
    let circle = json!({"kind": "circle", "radius": 1.5, "more": [{"a": [null, true, "x"]}]});
    assert_eq!(round::<Circle>(&circle).unwrap(), json!({"kind": "circle", "radius": 1.5}));
}

#[test]
fn a_map_must_not_repeat_a_declared_key() {
    let mut person: Person = from_slice(br#"{"id":"a","nickname":null,"friends":[]}"#).unwrap();
    person.extra.insert("id".into(), 1);
    assert_eq!(to_vec(&person).unwrap_err().found(), "`id`");
}

#[test]
fn errors_carry_the_path_from_either_source() {
    let bad = json!({"id": "a", "nickname": null, "friends": [{"id": "b", "nickname": 5, "friends": []}]});
    let error = from_slice::<Person>(bad.to_string().as_bytes()).unwrap_err();
    assert_eq!(error.to_string(), "friends[0].nickname: expected a string, found the number 5");
    #[cfg(feature = "serde")]
    assert_eq!(serde_json::from_value::<Person>(bad).unwrap_err().to_string(), error.to_string());

    let error = from_slice::<Person>(b"{\"id\":\"a\"}").unwrap_err();
    assert_eq!(error.to_string(), "expected the keys `nickname`, `friends`, found an object without");
    let error = from_slice::<Circle>(br#"{"kind":"a","kind":"b","radius":1}"#).unwrap_err();
    assert_eq!(error.to_string(), "expected each key once, found `kind` twice");
    let error = from_slice::<Circle>(br#"{"kind":null,"radius":1}"#).unwrap_err();
    assert_eq!(error.to_string(), "kind: expected a string, found null");
}

#[test]
fn a_tag_is_found_wherever_it_stands() {
    for text in [r#"{"kind":"circle","radius":2}"#, r#"{"radius":2,"deep":[{"kind":"x"}],"kind":"circle"}"#] {
        let shape: Shape = from_slice(text.as_bytes()).unwrap();
        assert!(matches!(shape, Shape::Circle(_)), "{shape:?}");
        assert_eq!(to_vec(&shape).unwrap(), br#"{"kind":"circle","radius":2.0}"#);
    }
    for unknown in [json!({"kind": "blob", "n": [1, 2.5]}), json!({"kind": 7}), json!({"n": 1})] {
        assert_eq!(round::<Shape>(&unknown).unwrap(), unknown);
    }
    let group = json!({"shapes": [{"radius": 1.5, "kind": "circle"}, {"kind": "x"}, {"shapes": [], "kind": "group"}]});
    assert_eq!(round::<Group>(&group).unwrap(), group);
    let error = from_slice::<Group>(br#"{"shapes":[{"radius":"a","kind":"circle"}]}"#).unwrap_err();
    assert_eq!(error.to_string(), "shapes[0].radius: expected a number, found the string \"a\"");
}

#[derive(Clone, Debug, PartialEq)]
struct Named {
    name: String,
    age: Option<i64>,
}

crate::object!(Named { name: required "name", age: "age", });

#[test]
fn members_are_found_however_they_are_spelled_and_ordered() {
    let named = Named { name: "a".into(), age: Some(1) };
    let found = [
        r#"{"name":"a","age":1}"#,
        r#"{"name": "a", "age": 1}"#,
        "{\n\t\"name\" : \"a\"  ,\n  \"age\" :1 }",
        r#"{"age":1,"name":"a"}"#,
        r#"{"x":{"age":2},"name":"a","y":[],"age":1,"z":0}"#,
        r#"{"\u006eame":"a","\u0061ge":1}"#,
    ];
    for text in found {
        assert_eq!(from_slice(text.as_bytes()), Ok(named.clone()), "{text}");
    }
    let refused = [
        r#"{,"name":"a","age":1}"#,
        r#"{"name":"a""age":1}"#,
        r#"{"name":"a",,"age":1}"#,
        r#"{"name":"a","age":1,}"#,
        r#"{"name":"a","age":1,"age":1}"#,
        r#"{"name":"a","name":"a"}"#,
        r#"{"name":"a","age"1}"#,
        r#"{"name":"a","age":}"#,
        r#"{"name":"a"; "age":1}"#,
    ];
    for text in refused {
        assert!(from_slice::<Named>(text.as_bytes()).is_err(), "{text}");
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Sized {
    size: i64,
    age: Option<i64>,
}

crate::object!(Sized { size: required "size", age: "age", });

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Text(String),
    Flag(bool),
    Named(Named),
    Sized(Sized),
    List(Vec<Either>),
    Unknown(Value),
}

crate::union!(Either {
    Text = kind(Kind::String),
    Flag = kind(Kind::Boolean),
    Named = object().keys(&["name"]),
    Sized = object().keys(&["size"]),
    List = kind(Kind::Array),
});

#[test]
fn variants_are_told_apart_by_kind_and_by_keys() {
    for value in [json!("a"), json!(true), json!({"age": 1, "name": "x"}), json!({"size": 5}), json!(["a", [false]])] {
        let either: Either = from_slice(value.to_string().as_bytes()).unwrap();
        assert!(!format!("{either:?}").contains("Unknown"), "{either:?}");
        assert_eq!(round::<Either>(&value).unwrap(), value);
    }
    for value in [json!(5), json!({"else": [1]}), json!({})] {
        assert!(matches!(from_slice(value.to_string().as_bytes()).unwrap(), Either::Unknown(_)));
        assert_eq!(round::<Either>(&value).unwrap(), value);
    }
    // A member of another variant is no reason to be refused.
    assert!(matches!(from_slice(br#"{"name":5,"size":1}"#), Ok(Either::Sized(_))));
    let error = from_slice::<Vec<Either>>(br#"[{"name":5}]"#).unwrap_err();
    assert_eq!(error.to_string(), "[0].name: expected a string, found the number 5");
}

#[derive(Clone, Debug, PartialEq)]
struct Small {
    id: i64,
}

crate::object!(Small { id: required "id", });

#[derive(Clone, Debug, PartialEq)]
struct Large {
    id: i64,
    note: Option<String>,
}

crate::object!(Large { id: required "id", note: "note", });

#[derive(Clone, Debug, PartialEq)]
enum Overlapping {
    Small(Small),
    Large(Large),
    Switch(Circle),
    Unknown(Value),
}

crate::union!(Overlapping {
    Small = object().known(&["id"]),
    Large = object().known(&["id", "note"]),
    Switch = object().tag("kind", &["true", "circle"]),
});

#[test]
fn of_overlapping_variants_the_one_is_taken_that_loses_nothing() {
    assert!(matches!(from_slice(br#"{"id":1}"#), Ok(Overlapping::Small(_))));
    assert!(matches!(from_slice(br#"{"id":1,"note":"x"}"#), Ok(Overlapping::Large(_))));
    assert!(matches!(from_slice(br#"{"note":1,"id":1}"#), Ok(Overlapping::Small(_))));
    assert!(matches!(from_slice(br#"{"radius":1,"kind":"circle"}"#), Ok(Overlapping::Switch(_))));
    assert!(matches!(from_slice(br#"{"note":"x"}"#), Ok(Overlapping::Unknown(_))));
    assert!(from_slice::<Overlapping>(br#"{"kind":true}"#).is_err());
}

crate::integer_enum! { enum Share as i32 { None = 0, Read = -2, } }

#[test]
fn unknown_numbers_of_an_enumeration_are_kept() {
    for (number, share) in [(0, Share::None), (-2, Share::Read), (7, Share::Unknown(7))] {
        assert_eq!(round::<Share>(&json!(number)).unwrap(), json!(number));
        assert_eq!((Share::from(number), share.value()), (share, number));
    }
    assert!(from_slice::<Share>(b"99999999999").is_err());
}

#[test]
fn unions_within_unions_are_read_in_one_pass() {
    let mut text = format!(r#"{{"numbers":[{}],"kind":"z"}}"#, "1,".repeat(500_000) + "1");
    for _ in 0..60 {
        text = format!(r#"{{"shapes":[{text}],"kind":"group"}}"#);
    }
    let started = std::time::Instant::now();
    let shape: Shape = from_slice(text.as_bytes()).unwrap();
    assert_eq!(to_vec(&shape).unwrap().len(), text.len());
    // One pass takes a tenth of a second where each level's own pass takes minutes; the limit only tells the two apart.
    assert!(started.elapsed().as_secs() < 30);
}

#[test]
fn unknown_values_of_an_enumeration_are_kept() {
    assert_eq!(from_slice::<Sort>(b"\"NAME_ASC\"").unwrap(), Sort::NameAsc);
    let sort: Sort = from_slice(b"\"SIZE_ASC\"").unwrap();
    assert_eq!((sort.as_str(), sort.to_string().as_str()), ("SIZE_ASC", "SIZE_ASC"));
    assert_eq!(to_vec(&sort).unwrap(), b"\"SIZE_ASC\"");
    assert_eq!("NAME_ASC".parse(), Ok(Sort::NameAsc));
    assert_eq!(round::<Sort>(&json!("x")).unwrap(), json!("x"));
}

#[derive(Clone, Debug, PartialEq)]
struct Odd {
    quote: i64,
    control: i64,
    plain: i64,
}

crate::object!(Odd { quote: required "a\"b\\", control: required "\n", plain: required "é[x]", });

#[test]
fn keys_are_escaped_where_they_must_be() {
    let odd = json!({"a\"b\\": 1, "\n": 2, "é[x]": 3});
    assert_eq!(round::<Odd>(&odd).unwrap(), odd);
}

#[test]
fn more_than_128_members_are_told_apart() {
    use super::{Member, Shape, Slot};
    let keys: Vec<&'static str> = (0..200).map(|index| &*Box::leak(format!("k{index}").into_boxed_str())).collect();
    let members: Vec<Member> = keys.iter().map(|key| Member::new(key).required()).collect();
    let shape = Shape::new(Box::leak(members.into_boxed_slice()));
    let read = |keys: &[&str]| {
        let text = format!("{{{}}}", keys.iter().map(|key| format!("\"{key}\":1")).collect::<Vec<_>>().join(","));
        let mut slots: Vec<Required<i64>> = keys.iter().map(|_| Required(None)).collect();
        let mut slots: Vec<&mut dyn Slot> = slots.iter_mut().map(|slot| slot as &mut dyn Slot).collect();
        shape.decode(&mut super::json::reader(&text), &mut slots, None)
    };
    assert!(read(&keys).is_ok());
    assert!(read(&keys[..199]).unwrap_err().expected().contains("`k199`"));
    let twice: Vec<&str> = keys.iter().copied().chain(["k150"]).collect();
    assert!(read(&twice).unwrap_err().found().contains("`k150` twice"));
}

#[cfg(feature = "chrono")]
#[test]
fn dates_keep_their_offset_and_their_fraction() {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};
    for text in ["2026-04-28T10:30:00+02:00", "2026-04-28T10:30:00.1234567Z", "2026-04-28T10:30:00Z"] {
        let value: DateTime<FixedOffset> = from_slice(format!("{text:?}").as_bytes()).unwrap();
        let again = DateTime::parse_from_rfc3339(serde_json::from_slice(&to_vec(&value).unwrap()).unwrap()).unwrap();
        assert_eq!((again, again.offset()), (value, value.offset()), "{text}");
    }
    for text in ["2026-04-28T10:30:00", "2026-04-28T10:30:00.500"] {
        let text = format!("{text:?}");
        let value: NaiveDateTime = from_slice(text.as_bytes()).unwrap();
        assert_eq!(to_vec(&value).unwrap(), text.as_bytes());
    }
    let error = from_slice::<NaiveDateTime>(b"\"2026-04-28T10:30:00Z\"").unwrap_err();
    assert_eq!(error.found(), "the string \"2026-04-28T10:30:00Z\"");
    assert!(from_slice::<NaiveDate>(b"\"2026-02-30\"").is_err());
    assert_eq!(to_vec(&from_slice::<NaiveDate>(b"\"2026-02-28\"").unwrap()).unwrap(), b"\"2026-02-28\"");
}
