//! Values as XML and back; the examples of the `OpenAPI` Specification ("XML Object"), and documents written by an attacker.

use std::collections::BTreeMap;

use super::{MAX_DEPTH, from_slice, to_vec};
use crate::object;
use crate::wire::{Decode, Encode, Field, Node, Value};

static ROOT: Node = Node::new("root");

fn written(root: &'static Node, value: &dyn Encode) -> String {
    let text = String::from_utf8(to_vec(root, value).unwrap()).unwrap();
    text.strip_prefix(r#"<?xml version="1.0" encoding="UTF-8"?>"#).unwrap().to_owned()
}

fn read<T: Decode>(text: &str) -> T {
    from_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refused<T: Decode + std::fmt::Debug>(text: &str) -> String {
    from_slice::<T>(text.as_bytes()).unwrap_err().to_string()
}

/// States a struct with one list, how it stands, and holds that its value is written so and comes back.
macro_rules! lists {
    ($($node:expr => $text:literal,)*) => {$({
        #[derive(Debug, PartialEq)]
        struct Zoo { animals: Vec<String> }
        object!(Zoo { animals: required "animals", } xml [$node.required()]);
        let zoo = Zoo { animals: vec!["a".to_owned(), "b".to_owned()] };
        let text = written(&ROOT, &zoo);
        assert_eq!(text, concat!("<root>", $text, "</root>"));
        assert_eq!(read::<Zoo>(&text), zoo);
        let none = Zoo { animals: Vec::new() };
        assert_eq!(read::<Zoo>(&written(&ROOT, &none)), none);
        let one = Zoo { animals: vec![String::new()] };
        assert_eq!(read::<Zoo>(&written(&ROOT, &one)), one);
    })*};
}

#[test]
fn lists_stand_as_in_each_example_of_the_specification() {
    lists! {
        // without a word
        Node::new("animals").flat().of(&Node::new("animals")) => "<animals>a</animals><animals>b</animals>",
        // the items have a name
        Node::new("animals").flat().of(&Node::new("animal")) => "<animal>a</animal><animal>b</animal>",
        // the list has another, which says nothing unless it is wrapped
        Node::new("animals").name("aliens").flat().of(&Node::new("animal")) => "<animal>a</animal><animal>b</animal>",
        // wrapped, without names
        Node::new("animals").of(&Node::new("animals")) =>
            "<animals><animals>a</animals><animals>b</animals></animals>",
        // wrapped, the list has a name
        Node::new("animals").name("aliens").of(&Node::new("aliens")) =>
            "<aliens><aliens>a</aliens><aliens>b</aliens></aliens>",
        // wrapped, both have names
        Node::new("animals").name("aliens").of(&Node::new("animal")) =>
            "<aliens><animal>a</animal><animal>b</animal></aliens>",
        // wrapped, the items have one
        Node::new("animals").of(&Node::new("animal")) => "<animals><animal>a</animal><animal>b</animal></animals>",
        // with a namespace, on both
        Node::new("animals").namespace("urn:z").prefix("z").of(&Node::new("animal").namespace("urn:z").prefix("z")) =>
            "<z:animals xmlns:z=\"urn:z\"><z:animal xmlns:z=\"urn:z\">a</z:animal>\
             <z:animal xmlns:z=\"urn:z\">b</z:animal></z:animals>",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Person {
    id: i32,
    name: Field<String>,
    lang: Option<String>,
    size: Option<Size>,
    tags: Option<Vec<Tag>>,
    rest: BTreeMap<String, String>,
}

object!(Person {
    id: required "id",
    name: "name",
    lang: "lang",
    size: "size",
    tags: "tags",
    ..rest
} xml [
    Node::new("id").attribute(),
    Node::new("name").namespace("https://example.com/schema/sample").prefix("sample"),
    Node::new("lang").attribute().namespace("urn:l&\"").prefix("l"),
    Node::new("tags").flat().of(&Node::new("tag")),
]);

#[derive(Clone, Debug, Default, PartialEq)]
struct Size {
    width: f64,
    unit: String,
}

object!(Size { width: required "width", unit: required "unit", });

#[derive(Clone, Debug, Default, PartialEq)]
struct Tag {
    important: bool,
    text: String,
}

object!(Tag { important: required "important", text: required "text", } xml [
    Node::new("important").attribute(),
    Node::new("text").text().required(),
]);

fn person() -> Person {
    Person {
        id: -7,
        name: Field::Value("Ada".to_owned()),
        lang: Some("en".to_owned()),
        size: Some(Size { width: 1.5, unit: "m".to_owned() }),
        tags: Some(vec![Tag { important: true, text: "a".to_owned() }, Tag { important: false, text: String::new() }]),
        rest: BTreeMap::from([("further".to_owned(), "x".to_owned())]),
    }
}

#[test]
fn attributes_prefixes_texts_and_members_within_members() {
    static ROOT: Node = Node::new("Person");
    let text = written(&ROOT, &person());
    let expected = "<Person id=\"-7\" xmlns:l=\"urn:l&amp;&quot;\" l:lang=\"en\">\
        <sample:name xmlns:sample=\"https://example.com/schema/sample\">Ada</sample:name>\
        <size><width>1.5</width><unit>m</unit></size>\
        <tag important=\"true\">a</tag><tag important=\"false\"/><further>x</further></Person>";
    assert_eq!(text, expected);
    assert_eq!(read::<Person>(&text), person());
    // In another order, with other prefixes, spaces, comments, and what is not described.
    let other = "<?xml version=\"1.0\"?>\n<!-- a -->\n<x:P xmlns:x=\"urn:x\" id=' -7 ' xmlns:q=\"urn:l&amp;&quot;\" q:lang=\"en\">\n  \
        <tag important=\"1\"><![CDATA[a]]></tag><size>\n<unit>m</unit><width> +01.50 </width></size>\
        <tag important=\" false \"></tag><?pi?>\
        <s:name xmlns:s=\"https://example.com/schema/sample\">A<!-- -->da</s:name><further>x</further>\n</x:P>\n";
    assert_eq!(read::<Person>(other), person());
}

#[test]
fn null_and_absent_are_told_apart() {
    let null = Person { name: Field::Null, ..Person::default() };
    let text = written(&ROOT, &null);
    assert!(text.contains("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>"), "{text}");
    assert_eq!(read::<Person>(&text), null);
    let absent = Person::default();
    assert_eq!(written(&ROOT, &absent), "<root id=\"0\"/>");
    assert_eq!(read::<Person>("<root id=\"0\"/>"), absent);
    let empty = Person { name: Field::Value(String::new()), ..Person::default() };
    assert_eq!(read::<Person>(&written(&ROOT, &empty)), empty);
}

#[derive(Clone, Debug, PartialEq)]
struct Page {
    title: String,
    body: String,
    size: Size,
}

object!(Page { title: required "title", body: required "body", size: required "size", } xml [
    Node::new("title").attribute(),
    Node::new("body").cdata().required(),
    Node::new("size").flat(),
]);

/// Text of every kind that has a meaning in XML, in HTTP or in a terminal.
const HOSTILE: &[&str] = &[
    "",
    " ",
    " a ",
    "a\r\nb\rc\nd\te",
    "\"'<>&]]>",
    "]]>]]&gt;",
    "&lt;&#60;&amp;",
    "%2E%2E/../",
    "é\u{1F980}\u{202E}",
    "<!DOCTYPE x>",
    "<![CDATA[",
    "-->",
];

#[test]
fn hostile_text_comes_back_as_it_was() {
    for text in HOSTILE.iter().map(|text| (*text).to_owned()).chain(["x]]>".repeat(20_000)]) {
        let size = Size { width: -0.5, unit: text.clone() };
        let page = Page { title: text.clone(), body: text.clone(), size };
        let written = written(&ROOT, &page);
        assert_eq!(read::<Page>(&written), page, "{written}");
        assert_eq!(read::<Vec<String>>(&self::written(&ROOT, &vec![text.clone()])), [text]);
    }
    for unsound in ["\0", "a\u{1}", "\u{1B}", "\u{FFFE}"] {
        let error = to_vec(&ROOT, &unsound.to_owned()).unwrap_err();
        assert_eq!(error.expected(), "characters that XML can have");
        assert!(
            to_vec(&ROOT, &Page { title: unsound.to_owned(), body: String::new(), size: Size::default() }).is_err()
        );
        assert!(
            to_vec(&ROOT, &Page { title: String::new(), body: unsound.to_owned(), size: Size::default() }).is_err()
        );
    }
    for key in ["", "a b", "1", "a>b", "a:b", "x=\"\"", "é\n"] {
        let value = BTreeMap::from([(key.to_owned(), 1_i64)]);
        assert_eq!(to_vec(&ROOT, &value).unwrap_err().expected(), "a name that XML can have", "{key:?}");
    }
}

#[test]
fn lists_of_lists_documents_and_maps() {
    static PETS: Node = Node::new("pets").of(&Node::new("pet"));
    let list = vec![vec![1_i64, 2], vec![], vec![3]];
    let text = written(&PETS, &list);
    assert_eq!(text, "<pets><pet><pet>1</pet><pet>2</pet></pet><pet/><pet><pet>3</pet></pet></pets>");
    assert_eq!(read::<Vec<Vec<i64>>>(&text), list);
    let map = BTreeMap::from([("a".to_owned(), vec![true, false]), ("b".to_owned(), vec![true])]);
    let text = written(&ROOT, &map);
    assert_eq!(text, "<root><a>true</a><a>false</a><b>true</b></root>");
    assert_eq!(read::<BTreeMap<String, Vec<bool>>>(&text), map);
    assert_eq!(written(&ROOT, &"a".to_owned()), "<root>a</root>");
    assert_eq!(read::<String>("<root>a</root>"), "a");
    assert_eq!(read::<Option<Vec<i64>>>("<r/>"), Some(Vec::new()));
}

#[derive(Clone, Debug, PartialEq)]
struct Envelope {
    delete: Tag,
}

object!(Envelope { delete: required "Delete", });

#[test]
fn a_document_may_be_the_one_member_of_its_value() {
    static FLAT: Node = Node::new("").flat();
    let value = Envelope { delete: Tag { important: true, text: "a".to_owned() } };
    let text = written(&FLAT, &value);
    assert_eq!(text, "<Delete important=\"true\">a</Delete>");
    assert_eq!(read::<Envelope>(&text), value);
    assert_eq!(read::<Envelope>(&format!("<root>{text}</root>")), value);
    assert!(refused::<Envelope>("<Other important=\"true\">a</Other>").contains("`Delete`"));
}

#[test]
fn untyped_documents_are_objects_lists_and_texts() {
    let value: Value = read("<r a=\"1\" b=\"x\">t<b>1</b><c><d/></c><c>2</c></r>");
    let expected = serde_json::json!({"b": "1", "c": [{"d": ""}, "2"], "a": "1", "#text": "t"});
    assert_eq!(value, Value::from(expected));
}

#[test]
fn numbers_are_those_of_xml_schema() {
    for (text, value) in
        [("5", 5.0), (" +5\n", 5.0), ("007.50", 7.5), (".5", 0.5), ("5.", 5.0), ("-1E2", -100.0), ("-.5e+1", -5.0)]
    {
        let found: f64 = read(&format!("<n>{text}</n>"));
        assert_eq!(found.to_bits(), f64::to_bits(value), "{text}");
    }
    for text in ["", "-", ".", "1e", "0x10", "INF", "NaN", "1 2", "1,5", "--1", "+-1", "١"] {
        assert!(from_slice::<f64>(format!("<n>{text}</n>").as_bytes()).is_err(), "{text}");
    }
    assert_eq!(read::<u64>("<n>0018446744073709551615</n>"), u64::MAX);
    assert!(refused::<bool>("<b>yes</b>").contains("expected a boolean"));
}

#[test]
fn errors_have_the_path_and_what_is_there() {
    assert_eq!(refused::<Person>("<p/>"), "expected the key `id`, found an object without");
    let error = refused::<Person>("<p id=\"1\"><size><width>x</width><unit>m</unit></size></p>");
    assert_eq!(error, "size.width: expected a number, found the string \"x\"");
    let error = refused::<Person>("<p id=\"1\"><tag>a</tag></p>");
    assert_eq!(error, "tags[0]: expected the key `important`, found an object without");
    let error = refused::<Person>("<p id=\"1\"><size/><size/></p>");
    assert_eq!(error, "size: expected an object, found 2 elements");
    assert!(refused::<String>("<p><a/></p>").contains("found the element `a`"));
}

#[test]
fn what_is_no_document_is_refused() {
    for text in [
        "",
        "   ",
        "text",
        "<a>",
        "<a></b>",
        "</a>",
        "<a/><b/>",
        "<a/>text",
        "text<a/>",
        "<a b></a>",
        "<a b=c></a>",
        "<a b=\"1\" b=\"2\"/>",
        "<a>&unknown;</a>",
        "<a>&</a>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<p:a/>",
        "<a p:b=\"\"/>",
        "<!DOCTYPE a><a/>",
        "<!doctype a [<!ENTITY x \"y\">]><a>&x;</a>",
        "<a b=\"&x;\"/>",
        "<a><!-- </a>",
        "<a><![CDATA[</a>",
        "<?xml version=\"1.0\" encoding=\"latin1\"?><a>é</a>",
    ] {
        assert!(from_slice::<Value>(text.as_bytes()).is_err(), "{text}");
    }
    assert!(from_slice::<Value>(b"<a>\xFF</a>").is_err());
    assert_eq!(read::<String>("\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>é&#xE9;&apos;</a>"), "éé'");
}

fn many(one: impl FnMut(usize) -> String) -> String {
    (0..100_000).map(one).collect::<Vec<_>>().concat()
}

#[test]
fn documents_written_to_exhaust_are_refused() {
    let deep = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(from_slice::<Value>(deep(MAX_DEPTH).as_bytes()).is_ok());
    assert!(refused::<Value>(&deep(MAX_DEPTH + 1)).contains("within one another"));
    assert!(refused::<Value>(&"<a>".repeat(1_000_000)).contains("within one another"));
    assert!(refused::<Value>(&format!("<a>{}</a>", "<b/>".repeat(super::MAX_ELEMENTS))).contains("elements"));
    let attributes = many(|number| format!(" a{number}=\"\""));
    assert!(refused::<Value>(&format!("<a{attributes}/>")).contains("attributes"));
    let prefixes = many(|number| format!(" xmlns:a{number}=\"u\""));
    assert!(refused::<Value>(&format!("<a{prefixes}/>")).contains("prefixes"));
    assert!(refused::<Value>(&format!("<a xmlns=\"{}\"/>", "x".repeat(10_000))).contains("namespace"));
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><a>&b;</a>";
    assert_eq!(refused::<Value>(bomb), "expected XML without a document type, found `<!DOCTYPE`");
    let external = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    assert!(refused::<Value>(external).contains("document type"));
}
