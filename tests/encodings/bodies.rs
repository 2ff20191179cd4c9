//! Bodies in each media type, with values that would leave their place if they could, as decoders of others read them.

use std::collections::BTreeMap;
use std::convert::Infallible;

use clientwright_runtime::FilePart;
use clientwright_tests::Recorded;
use form_urlencoded::parse;
use futures_util::stream;
use multer::{Field, Multipart};
use percent_encoding::percent_decode_str;

use super::hostile::{HOSTILE, long};
use super::places::types::{Form, Parts, Upload, UploadAbout};
use super::{places, sent, server};

const FORM: &str = "application/x-www-form-urlencoded";

/// A part, as multer reads it.
#[derive(Debug, PartialEq)]
struct Read {
    name: Option<String>,
    file: Option<String>,
    media_type: Option<String>,
    content: Vec<u8>,
    kind: Option<String>,
}

impl Read {
    fn text(name: &str, content: &str) -> Self {
        let content = content.as_bytes().to_vec();
        Self { name: Some(name.to_owned()), file: None, media_type: None, content, kind: None }
    }

    fn of(self, media_type: &str) -> Self {
        Self { media_type: Some(media_type.to_owned()), ..self }
    }

    fn called(self, file: &str) -> Self {
        Self { file: Some(file.to_owned()), ..self }
    }
}

fn texts() -> Vec<String> {
    HOSTILE.iter().map(|&text| text.to_owned()).chain([long(), "x".repeat(1 << 20)]).collect()
}

fn pairs(request: &Recorded) -> Vec<(String, String)> {
    assert_eq!(request.header("content-type"), Some(FORM));
    assert!(request.body.iter().all(u8::is_ascii_graphic), "{}", request.text());
    parse(&request.body).into_owned().collect()
}

fn form(text: &str) -> Form {
    let object = BTreeMap::from([(text.to_owned(), text.to_owned())]);
    Form::new().text(text).list([text, "x"]).object(object).number(5)
}

#[test]
fn forms_are_read_as_they_were_meant() {
    let server = server();
    for text in texts() {
        let request = sent(&server, both!(places(&server).as_form(form(&text)))).unwrap();
        let nested = serde_json::json!({ &text: &text }).to_string();
        let expected = [("text", &*text), ("list", &*text), ("list", "x"), ("object", &*nested), ("number", "5")];
        let expected: Vec<(String, String)> =
            expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        assert_eq!(pairs(&request), expected);
    }
}

#[test]
fn members_in_styles_are_read_as_they_were_meant() {
    let server = server();
    for text in texts() {
        let request = sent(&server, both!(places(&server).as_styled_form(form(&text)))).unwrap();
        let read = pairs(&request);
        assert_eq!(read[0], ("text".to_owned(), text.clone()));
        assert_eq!(read[2], (format!("object[{text}]"), text.clone()));
        assert_eq!(read[3], ("number".to_owned(), "5".to_owned()));
        // The commas between elements are told from those within by their not being encoded.
        let body = request.text();
        let list = body.split('&').find_map(|pair| pair.strip_prefix("list=")).unwrap();
        let items: Vec<_> = list.split(',').map(|item| percent_decode_str(item).decode_utf8().unwrap()).collect();
        assert_eq!(items, [&*text, "x"]);
        assert!(!body.contains('+'), "RFC 6570 writes spaces as %20: {body}");
    }
}

/// What follows the boundary in the head of the body, read by multer.
fn parts(request: &Recorded, media_type: &str) -> Vec<Read> {
    let stated = request.header("content-type").unwrap();
    let boundary = stated.strip_prefix(&format!("{media_type}; boundary=")).unwrap();
    let boundary = boundary.split(';').next().unwrap().to_owned();
    let body = request.body.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async move {
        let whole = stream::once(async move { Ok::<_, Infallible>(body) });
        let (mut multipart, mut read) = (Multipart::new(whole, boundary), Vec::new());
        while let Some(field) = multipart.next_field().await.unwrap() {
            read.push(one(field).await);
        }
        read
    })
}

async fn one(field: Field<'_>) -> Read {
    let kind = field.headers().get("x-kind").map(|value| value.to_str().unwrap().to_owned());
    Read {
        name: field.name().map(str::to_owned),
        file: field.file_name().map(str::to_owned),
        media_type: field.content_type().map(ToString::to_string),
        kind,
        content: field.bytes().await.unwrap().to_vec(),
    }
}

/// A name as HTML has it in the head of a part.
fn escaped(name: &str) -> String {
    let escape = |character: char| {
        if character.is_ascii_control() || matches!(character, '"' | '\\') {
            format!("%{:02X}", u32::from(character))
        } else {
            character.to_string()
        }
    };
    name.chars().map(escape).collect()
}

fn all_parts(text: &str) -> Parts {
    let bytes = FilePart::new(text.to_owned().into_bytes());
    let named = bytes.clone().name(text).media_type("text/plain; charset=utf-8");
    let object = BTreeMap::from([(text.to_owned(), text.to_owned())]);
    Parts::new().text(text).note(text).list([text, "x"]).object(object).icon(bytes).files([named, FilePart::new("y")])
}

fn expected(text: &str) -> Vec<Read> {
    let nested = serde_json::json!({ text: text }).to_string();
    vec![
        Read::text("text", text),
        Read { kind: Some("note".to_owned()), ..Read::text("note", text).of("text/markdown") },
        Read::text("list", text),
        Read::text("list", "x"),
        Read::text("object", &nested).of("application/json"),
        Read::text("icon", text).of("image/png").called("icon"),
        Read::text("files", text).of("text/plain; charset=utf-8").called(&escaped(text)),
        Read::text("files", "y").of("application/octet-stream").called("files"),
    ]
}

#[test]
fn parts_are_read_as_they_were_meant() {
    let server = server();
    for text in texts().into_iter().filter(|text| text.len() < 64) {
        let request = sent(&server, both!(places(&server).as_parts(all_parts(&text)))).unwrap();
        assert_eq!(parts(&request, "multipart/form-data"), expected(&text), "{text:?}");
    }
}

#[test]
fn long_parts_are_read_as_they_were_meant() {
    let server = server();
    // No server reads a name of kilobytes.
    for text in [long(), "\r\n--clientwright-".repeat(10_000)] {
        let request = sent(&server, both!(places(&server).as_parts(Parts::new().text(text.as_str())))).unwrap();
        assert_eq!(parts(&request, "multipart/form-data"), [Read::text("text", &text)]);
    }
}

#[test]
fn parts_of_other_media_types_are_read_too() {
    let server = server();
    let request = sent(&server, both!(places(&server).as_mixed(Parts::new().text("a").list(["b"])))).unwrap();
    assert_eq!(parts(&request, "multipart/mixed"), [Read::text("text", "a"), Read::text("list", "b")]);
    let upload = Upload::new(UploadAbout::new().title("é"), FilePart::new("x").media_type("image/png"));
    let request = sent(&server, both!(places(&server).as_related(upload))).unwrap();
    assert!(request.header("content-type").unwrap().ends_with("; type=\"application/json\""));
    let unnamed = |content: &str, media_type: &str| Read { name: None, ..Read::text("", content).of(media_type) };
    assert_eq!(
        parts(&request, "multipart/related"),
        [unnamed("{\"title\":\"é\"}", "application/json"), unnamed("x", "image/png")]
    );
}

#[test]
fn texts_and_json_are_read_as_they_were_meant() {
    let server = server();
    let client = places(&server);
    for text in texts() {
        let read = |request: &Recorded| serde_json::from_slice::<String>(&request.body).unwrap();
        let request = sent(&server, both!(client.as_json(text.as_str()))).unwrap();
        assert_eq!((request.header("content-type"), read(&request)), (Some("application/json"), text.clone()));
        let request = sent(&server, both!(client.as_vendor_json(text.as_str()))).unwrap();
        assert_eq!((request.header("content-type"), read(&request)), (Some("application/vnd.api+json"), text.clone()));
        let request = sent(&server, both!(client.as_text(text.as_str()))).unwrap();
        assert_eq!((request.header("content-type"), request.text()), (Some("text/plain"), text.clone()));
        let request = sent(&server, both!(client.as_csv(text.as_str()))).unwrap();
        assert_eq!((request.header("content-type"), request.text()), (Some("text/csv; charset=utf-8"), text.clone()));
    }
}

#[test]
fn bytes_are_sent_as_they_are() {
    let server = server();
    let client = places(&server);
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let request = sent(&server, both!(client.as_bytes(bytes.clone()))).unwrap();
    assert_eq!(request.header("content-type"), Some("application/octet-stream"));
    assert_eq!(request.body, bytes);
    let request = sent(&server, both!(client.as_picture("image/webp", bytes.clone()))).unwrap();
    assert_eq!((request.header("content-type"), &request.body), (Some("image/webp"), &bytes));
    let before = server.requests().len();
    for media_type in ["image/png\r\nX-Evil: 1", "image/\0"] {
        both!(client.as_picture(media_type, "x")).unwrap_err();
    }
    assert_eq!(server.requests().len(), before);
}

#[test]
fn a_body_may_be_left_out_and_any_method_may_have_one() {
    let server = server();
    let client = places(&server);
    let request = sent(&server, both!(client.optional_body())).unwrap();
    assert_eq!((request.body.len(), request.header("content-type")), (0, None));
    let request = sent(&server, both!(client.optional_body().body(""))).unwrap();
    assert_eq!((request.text().as_str(), request.header("content-type")), ("\"\"", Some("application/json")));
    let request = sent(&server, both!(client.get_with_body("é"))).unwrap();
    assert_eq!((request.method.as_str(), request.text().as_str()), ("GET", "\"é\""));
    assert_eq!(request.header("content-length"), Some("4"));
    let request = sent(&server, both!(client.delete_with_body())).unwrap();
    assert_eq!((request.method.as_str(), request.body.len(), request.header("content-type")), ("DELETE", 0, None));
    let request = sent(&server, both!(client.delete_with_body().body("x"))).unwrap();
    assert_eq!((request.method.as_str(), request.text().as_str()), ("DELETE", "\"x\""));
}
