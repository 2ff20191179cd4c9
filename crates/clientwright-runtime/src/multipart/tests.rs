//! What multipart bodies look like, byte by byte.

use std::collections::BTreeMap;

use super::*;
use crate::operation::Lists;
use crate::wire::{Field, Writer};

/// Members in an order of the test's own.
struct Body(Vec<(&'static str, Box<dyn Encode>)>);

impl Encode for Body {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        writer.begin_object()?;
        for (key, value) in &self.0 {
            writer.key(key)?;
            value.encode(writer)?;
        }
        writer.end_object()
    }
}

fn member(key: &'static str, value: impl Encode + 'static) -> Body {
    Body(vec![(key, Box::new(value))])
}

/// The parts, each with the end of its head and without the boundary, and what the media type said.
fn parts(body: &Body, stated: &[Part]) -> (String, Vec<String>) {
    let (media_type, bytes) = write(FORM_DATA, body, stated).unwrap();
    let text = String::from_utf8_lossy(bytes.as_bytes().unwrap()).into_owned();
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=").unwrap();
    let inner = text.strip_suffix(&format!("--{boundary}--\r\n")).unwrap();
    let delimiter = format!("--{boundary}\r\n");
    let parts = inner.split(&delimiter).skip(1);
    (boundary.to_owned(), parts.map(|part| part.strip_suffix("\r\n").unwrap().to_owned()).collect())
}

fn only(body: &Body, stated: &[Part]) -> String {
    let (_, parts) = parts(body, stated);
    assert_eq!(parts.len(), 1, "{parts:?}");
    parts.into_iter().next().unwrap()
}

fn wrong(body: &Body, stated: &[Part]) -> String {
    write(FORM_DATA, body, stated).unwrap_err().to_string()
}

#[test]
fn each_member_is_a_part_of_its_kind() {
    let address: BTreeMap<String, i64> = [("zip".to_owned(), 75001)].into();
    let body = Body(vec![
        ("name", Box::new("Zoë\r\n".to_owned())),
        ("age", Box::new(5_i64)),
        ("cool", Box::new(true)),
        ("tags", Box::new(vec!["a".to_owned(), String::new()])),
        ("address", Box::new(address)),
        ("nothing", Box::new(Field::<String>::Null)),
        ("photo", Box::new(FilePart::new(vec![0xff, 0x00]))),
    ]);
    let (_, parts) = parts(&body, &[]);
    let disposition = |rest: &str| format!("Content-Disposition: form-data; name={rest}");
    assert_eq!(
        parts,
        [
            disposition("\"name\"\r\n\r\nZoë\r\n"),
            disposition("\"age\"\r\n\r\n5"),
            disposition("\"cool\"\r\n\r\ntrue"),
            disposition("\"tags\"\r\n\r\na"),
            disposition("\"tags\"\r\n\r\n"),
            disposition("\"address\"\r\nContent-Type: application/json\r\n\r\n{\"zip\":75001}"),
            disposition("\"photo\"; filename=\"photo\"\r\nContent-Type: application/octet-stream\r\n\r\n\u{fffd}\0"),
        ]
    );
}

#[test]
fn the_whole_body_is_framed_as_rfc_7578_says() {
    let (media_type, bytes) = write(FORM_DATA, &member("a", 1_i64), &[]).unwrap();
    assert_eq!(media_type, "multipart/form-data; boundary=clientwright-0000000000000000");
    let expected = "--clientwright-0000000000000000\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
        --clientwright-0000000000000000--\r\n";
    assert_eq!(bytes, expected.into());
    assert_eq!(write(FORM_DATA, &Body(Vec::new()), &[]).unwrap().1, "--clientwright-0000000000000000--\r\n".into());
}

#[test]
fn parts_of_other_media_types_keep_their_names_unless_they_are_related() {
    let body = Body(vec![
        ("meta", Box::new(BTreeMap::from([("a".to_owned(), 1_i64)]))),
        ("photo", Box::new(FilePart::new("x").name("a.png").media_type("image/png"))),
        ("note", Box::new("hi".to_owned())),
    ]);
    let (media_type, bytes) = write("multipart/mixed", &body, &[]).unwrap();
    assert_eq!(media_type, "multipart/mixed; boundary=clientwright-0000000000000000");
    assert_eq!(bytes, write(FORM_DATA, &body, &[]).unwrap().1);
    let (media_type, bytes) = write("multipart/related", &body, &[]).unwrap();
    assert_eq!(media_type, "multipart/related; boundary=clientwright-0000000000000000; type=\"application/json\"");
    assert_eq!(
        bytes,
        "--clientwright-0000000000000000\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n\
         --clientwright-0000000000000000\r\nContent-Type: image/png\r\n\r\nx\r\n\
         --clientwright-0000000000000000\r\n\r\nhi\r\n--clientwright-0000000000000000--\r\n"
            .into()
    );
}

#[test]
fn no_boundary_occurs_in_a_part() {
    let said = |number: u64| format!("\r\n--clientwright-{number:016x}\r\nclientwright-");
    let body = Body(vec![("a", Box::new(said(0) + &said(2))), ("b", Box::new(FilePart::new(said(1))))]);
    let (boundary, parts) = parts(&body, &[]);
    assert_eq!((boundary.as_str(), parts.len()), ("clientwright-0000000000000003", 2));
}

#[test]
fn names_cannot_leave_the_line_they_stand_in() {
    let hostile = "a\"; x=\"\r\nX-Evil: 1\r\n\r\n\\\0é";
    let escaped = "a%22; x=%22%0D%0AX-Evil: 1%0D%0A%0D%0A%5C%00é";
    let body = Body(vec![(hostile, Box::new(FilePart::new("x").name(hostile)))]);
    let expected = format!(
        "Content-Disposition: form-data; name=\"{escaped}\"; filename=\"{escaped}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nx"
    );
    assert_eq!(only(&body, &[]), expected);
}

#[test]
fn headers_of_a_file_cannot_hold_others() {
    for media_type in ["image/png\r\nX-Evil: 1", "image", ""] {
        let said = wrong(&member("photo", FilePart::new("x").media_type(media_type)), &[]);
        assert!(said.starts_with("photo: expected a media type"), "{said}");
    }
    for (name, value) in [("a b", "1"), ("Content-Type", "1"), ("content-disposition", "1"), ("x", "1\r\ny: 2")] {
        assert!(
            write(FORM_DATA, &member("photo", FilePart::new("x").header(name, value)), &[]).is_err(),
            "{name}: {value}"
        );
    }
    let sound = member("photo", FilePart::new("x").name("a.png").media_type("image/png").header("X-Rating", "5"));
    assert_eq!(
        only(&sound, &[Part::new("photo").headers(&[("X-Kind", "face")])]),
        "Content-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\
         X-Kind: face\r\nX-Rating: 5\r\n\r\nx"
    );
}

#[test]
fn the_media_type_of_a_file_is_known_or_asked_for() {
    let file = || member("photo", FilePart::new("x"));
    let only_one = only(&file(), &[Part::new("photo").media_type("image/png")]);
    assert!(only_one.contains("Content-Type: image/png\r\n"), "{only_one}");
    for several in ["image/*", "image/png, image/jpeg"] {
        let stated = [Part::new("photo").media_type(several)];
        let said = wrong(&file(), &stated);
        assert_eq!(said, format!("photo: expected a file with a media type (`{several}`), found one without"));
        let told = only(&member("photo", FilePart::new("x").media_type("image/gif")), &stated);
        assert!(told.contains("Content-Type: image/gif\r\n"), "{told}");
    }
    let list = member("photos", vec![FilePart::new("x").media_type("image/png"), FilePart::new("y")]);
    assert!(wrong(&list, &[Part::new("photos").media_type("image/*")]).starts_with("photos[1]: "));
}

#[test]
fn what_is_stated_of_a_part_decides_its_form() {
    let stated = [
        Part::new("note").media_type("text/markdown"),
        Part::new("count").media_type("application/json"),
        Part::new("names").media_type("application/json"),
        Part::new("meta").media_type("application/xml, application/ld+json"),
    ];
    let names = vec!["a\"".to_owned(), "b".to_owned()];
    let meta: BTreeMap<String, bool> = [("ok".to_owned(), false)].into();
    let body = Body(vec![
        ("note", Box::new("# x".to_owned())),
        ("count", Box::new(1.5_f64)),
        ("names", Box::new(names)),
        ("meta", Box::new(meta)),
    ]);
    let (_, parts) = parts(&body, &stated);
    let written: Vec<_> = parts.iter().map(|part| part.split_once("Content-Type: ").unwrap().1).collect();
    assert_eq!(
        written,
        [
            "text/markdown\r\n\r\n# x",
            "application/json\r\n\r\n1.5",
            "application/json\r\n\r\n\"a\\\"\"",
            "application/json\r\n\r\n\"b\"",
            "application/ld+json\r\n\r\n{\"ok\":false}",
        ]
    );
}

#[test]
fn styles_decide_names_and_texts_and_encode_nothing() {
    let list = || member("a", vec!["x y".to_owned(), "z".to_owned()]);
    let pairs = |body: &Body, part: Part| {
        let (_, parts) = parts(body, &[part]);
        let strip = |part: &String| part.replace("Content-Disposition: form-data; name=", "").replace("\r\n\r\n", "=");
        parts.iter().map(strip).collect::<Vec<_>>().join("&")
    };
    let part = Part::new("a");
    assert_eq!(pairs(&list(), part.style(Style::Form)), "\"a\"=x y&\"a\"=z");
    assert_eq!(pairs(&list(), part.style(Style::Form).explode(false)), "\"a\"=x y,z");
    assert_eq!(pairs(&list(), part.style(Style::PipeDelimited)), "\"a\"=x y|z");
    assert_eq!(pairs(&list(), part.style(Style::SpaceDelimited)), "\"a\"=x y z");
    let object = || member("a", BTreeMap::from([("k".to_owned(), 1_i64), ("l".to_owned(), 2)]));
    assert_eq!(pairs(&object(), part.style(Style::DeepObject)), "\"a[k]\"=1&\"a[l]\"=2");
    assert_eq!(pairs(&object(), part.style(Style::Form)), "\"k\"=1&\"l\"=2");
    assert_eq!(pairs(&object(), part.style(Style::Form).explode(false)), "\"a\"=k,1,l,2");
    let nested = || member("a", BTreeMap::from([("k".to_owned(), vec![1_i64, 2])]));
    let deep = part.style(Style::DeepObject);
    assert_eq!(pairs(&nested(), deep), "\"a[k]\"=1&\"a[k]\"=2");
    assert_eq!(pairs(&nested(), deep.lists(Lists::Brackets)), "\"a[k][]\"=1&\"a[k][]\"=2");
    assert_eq!(pairs(&list(), deep.lists(Lists::Indices)), "\"a[0]\"=x y&\"a[1]\"=z");
    for style in [Style::Form, Style::DeepObject] {
        assert!(write(FORM_DATA, &member("a", FilePart::new("x")), &[part.style(style)]).is_err());
    }
}

#[test]
fn a_file_is_its_text_where_there_are_no_files() {
    let body = member("photo", FilePart::new("plain"));
    assert_eq!(json::to_vec(&body).unwrap(), br#"{"photo":"plain"}"#);
    assert_eq!(json::from_slice::<FilePart>(b"\"plain\"").unwrap(), FilePart::new("plain"));
    assert!(json::to_vec(&FilePart::new(vec![0xff])).is_err());
    let nested = member("outer", member("photo", FilePart::new("plain")));
    assert!(only(&nested, &[]).ends_with("\r\n\r\n{\"photo\":\"plain\"}"));
}

#[test]
fn only_objects_are_bodies_of_parts() {
    assert_eq!(
        write(FORM_DATA, &"text".to_owned(), &[]).unwrap_err().to_string(),
        "expected an object, found another value"
    );
}
