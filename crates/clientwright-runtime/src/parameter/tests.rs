//! Every cell of the table of styles, hostile values, and the data of RFC 6570's test suite.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::{Encoded, encode};
use crate::operation::{Lists, Location, Parameter, Style};
use crate::part::Part;
use crate::wire::{Encode, Result, Writer};

/// A value given as JSON, with its members in the order in which they stand.
enum Given {
    Null,
    Text(&'static str),
    Array(&'static [&'static str]),
    Object(&'static [(&'static str, &'static str)]),
}

impl Encode for Given {
    fn encode(&self, writer: &mut dyn Writer) -> Result<()> {
        match self {
            Self::Null => writer.null(),
            Self::Text(text) => writer.string(text),
            Self::Array(items) => {
                writer.begin_array()?;
                for item in *items {
                    writer.item()?;
                    writer.string(item)?;
                }
                writer.end_array()
            }
            Self::Object(members) => {
                writer.begin_object()?;
                for (key, value) in *members {
                    writer.key(key)?;
                    writer.string(value)?;
                }
                writer.end_object()
            }
        }
    }
}

const EMPTY: Given = Given::Text("");
const STRING: Given = Given::Text("blue");
const ARRAY: Given = Given::Array(&["blue", "black", "brown"]);
const OBJECT: Given = Given::Object(&[("R", "100"), ("G", "200"), ("B", "150")]);

fn written(parameter: &Parameter, value: &dyn Encode) -> Option<String> {
    let separator = if parameter.location == Location::Cookie { "; " } else { "&" };
    encode(parameter, value).unwrap().map(|encoded| match encoded {
        Encoded::Text(text) => text,
        Encoded::Pairs(pairs) => pairs.join(separator),
    })
}

/// The rows of "Style Examples" in 3.0.4, 3.1.1 and 3.2: empty, string, array, object. Cells that the specification
/// leaves undefined hold what this crate chose.
#[test]
fn every_cell_of_the_table() {
    let path = Parameter::path("color");
    let query = Parameter::query("color");
    let cookie = Parameter::cookie("color");
    let header = Parameter::header("color");
    let rows = [
        (path.style(Style::Matrix), [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        (
            path.style(Style::Matrix).explode(true),
            [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
        ),
        (path.style(Style::Label), [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (path.style(Style::Label).explode(true), [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (path, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (path.explode(true), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        (header, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (header.explode(true), ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        (query.explode(false), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (query, ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (
            query.style(Style::SpaceDelimited).explode(false),
            ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
        ),
        (
            query.style(Style::SpaceDelimited),
            ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
        ),
        (
            query.style(Style::PipeDelimited).explode(false),
            ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
        ),
        (
            query.style(Style::PipeDelimited),
            ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
        ),
        (
            query.style(Style::TabDelimited).explode(false),
            ["color=", "color=blue", "color=blue%09black%09brown", "color=R%09100%09G%09200%09B%09150"],
        ),
        // 2.0 has them in paths and headers too.
        (path.style(Style::SpaceDelimited), ["", "blue", "blue%20black%20brown", "R%20100%20G%20200%20B%20150"]),
        (path.style(Style::PipeDelimited), ["", "blue", "blue%7Cblack%7Cbrown", "R%7C100%7CG%7C200%7CB%7C150"]),
        (header.style(Style::PipeDelimited), ["", "blue", "blue|black|brown", "R|100|G|200|B|150"]),
        (header.style(Style::TabDelimited), ["", "blue", "blue\tblack\tbrown", "R\t100\tG\t200\tB\t150"]),
        (
            query.style(Style::DeepObject),
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
        (cookie.explode(false), ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (cookie, ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"]),
        (
            cookie.style(Style::Cookie),
            ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"],
        ),
        (
            cookie.style(Style::Cookie).explode(false),
            ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
        ),
    ];
    for (parameter, cells) in rows {
        for (value, cell) in [&EMPTY, &STRING, &ARRAY, &OBJECT].into_iter().zip(cells) {
            assert_eq!(written(&parameter, value).as_deref(), Some(cell), "{parameter:?}");
        }
        for undefined in [&Given::Null, &Given::Array(&[]), &Given::Object(&[])] {
            assert_eq!(written(&parameter, undefined), None, "{parameter:?}");
        }
        assert_eq!(written(&parameter, &None::<String>), None, "{parameter:?}");
    }
}

#[test]
fn everything_but_unreserved_characters_is_encoded() {
    let hostile = Given::Text("a/../b?x=1&y#z;%41%2e é\u{202e}\r\n+~");
    let encoded = "a%2F..%2Fb%3Fx%3D1%26y%23z%3B%2541%252e%20%C3%A9%E2%80%AE%0D%0A%2B~";
    for parameter in [Parameter::path("p"), Parameter::query("p"), Parameter::cookie("p")] {
        let text = written(&parameter, &hostile).unwrap();
        assert_eq!(text.trim_start_matches("p="), encoded, "{parameter:?}");
    }
    assert_eq!(written(&Parameter::query("a[b]&c"), &STRING).unwrap(), "a%5Bb%5D%26c=blue");
    let keys = Given::Object(&[("k&=[", "v")]);
    assert_eq!(written(&Parameter::query("p"), &keys).unwrap(), "k%26%3D%5B=v");
    assert_eq!(written(&Parameter::query("p").style(Style::DeepObject), &keys).unwrap(), "p%5Bk%26%3D%5B%5D=v");
    let commas = Given::Array(&["a,b", "c"]);
    assert_eq!(written(&Parameter::query("p").explode(false), &commas).unwrap(), "p=a%2Cb,c");
}

#[test]
fn reserved_characters_pass_where_they_are_allowed_and_harmless() {
    let value = Given::Text(":/?#[]@!$&'()*+,;=%41%zz% ");
    let query = Parameter::query("p").allow_reserved();
    assert_eq!(written(&query, &value).unwrap(), "p=:/?%23%5B%5D@!$%26%27()*%2B,;%3D%41%25zz%25%20");
    let path = Parameter::path("p").allow_reserved();
    assert_eq!(written(&path, &value).unwrap(), ":%2F%3F%23%5B%5D@!$&'()*+,;=%41%25zz%25%20");
    let cookie = Parameter::cookie("p").allow_reserved();
    assert_eq!(written(&cookie, &value).unwrap(), "p=:%2F%3F%23%5B%5D@!$%26'()*%2B,%3B%3D%41%25zz%25%20");
}

#[test]
fn json_parameters_have_no_style() {
    let parameter = |parameter: Parameter| written(&parameter.json(), &OBJECT).unwrap();
    let encoded = "%7B%22R%22%3A%22100%22%2C%22G%22%3A%22200%22%2C%22B%22%3A%22150%22%7D";
    assert_eq!(parameter(Parameter::query("p")), format!("p={encoded}"));
    assert_eq!(parameter(Parameter::path("p")), encoded);
    assert_eq!(parameter(Parameter::header("p")), r#"{"R":"100","G":"200","B":"150"}"#);
    let hostile = Given::Text("a\r\n\u{7f}é🎉");
    assert_eq!(written(&Parameter::header("p").json(), &hostile).unwrap(), r#""a\r\n\u007f\u00e9\ud83c\udf89""#);
}

#[test]
fn numbers_are_written_as_they_are() {
    let query = Parameter::query("n");
    assert_eq!(written(&query, &true).unwrap(), "n=true");
    assert_eq!(written(&query, &i64::MIN).unwrap(), "n=-9223372036854775808");
    assert_eq!(written(&query, &0.1).unwrap(), "n=0.1");
    assert_eq!(written(&query, &1e300).unwrap(), "n=1e300");
    assert!(encode(&query, &f64::NAN).is_err());
}

#[test]
fn values_nested_deeper_are_refused_except_in_deep_objects() {
    let nested = vec![vec!["a".to_owned()]];
    for style in [Style::Simple, Style::Form, Style::PipeDelimited] {
        let error = encode(&Parameter::query("p").style(style), &nested).unwrap_err();
        assert_eq!(error.path(), "[0]");
    }
    assert_eq!(written(&Parameter::query("p").style(Style::DeepObject), &nested).unwrap(), "p=a");
}

#[test]
fn lists_have_the_brackets_that_are_said() {
    let lines = vec![vec!["a b".to_owned()], vec!["c".to_owned(), "d".to_owned()]];
    let order = BTreeMap::from([("lines".to_owned(), lines)]);
    let deep = |lists| written(&Parameter::query("p").style(Style::DeepObject).lists(lists), &order).unwrap();
    assert_eq!(deep(Lists::Repeat), "p%5Blines%5D=a%20b&p%5Blines%5D=c&p%5Blines%5D=d");
    assert_eq!(
        deep(Lists::Brackets),
        "p%5Blines%5D%5B%5D%5B%5D=a%20b&p%5Blines%5D%5B%5D%5B%5D=c&p%5Blines%5D%5B%5D%5B%5D=d"
    );
    assert_eq!(
        deep(Lists::Indices),
        "p%5Blines%5D%5B0%5D%5B0%5D=a%20b&p%5Blines%5D%5B1%5D%5B0%5D=c&p%5Blines%5D%5B1%5D%5B1%5D=d"
    );
}

/// What is said of a member that has a style.
const EXPLODED: &[Part] = &[Part::new("R").style(Style::Form).explode(true)];

#[test]
fn the_whole_query_is_written_in_its_media_type() {
    let whole = Parameter::querystring("q");
    assert_eq!(written(&whole, &Given::Text("$.a.b[1:1] +")).unwrap(), "%24.a.b%5B1%3A1%5D%20%2B");
    assert_eq!(written(&whole.json(), &Given::Array(&["a&b"])).unwrap(), "%5B%22a%26b%22%5D");
    assert_eq!(written(&whole.form(EXPLODED), &OBJECT).unwrap(), "R=100&G=200&B=150");
    let spaced = Given::Object(&[("R", "a b"), ("G", "a b")]);
    assert_eq!(written(&whole.form(EXPLODED), &spaced).unwrap(), "R=a%20b&G=a+b");
    assert_eq!(written(&whole.form(&[]), &Given::Object(&[])), None);
    assert!(encode(&whole, &ARRAY).is_err());
    assert_eq!(written(&Parameter::query("q").form(&[]), &spaced).unwrap(), "q=R%3Da%2Bb%26G%3Da%2Bb");
}

/// The cases of uritemplate-test whose operators `OpenAPI` maps: none, `.`, `;` and `?`. It has no word for a
/// prefix (`{var:3}`): the test cuts these values as a caller would.
#[test]
fn rfc_6570() {
    let Some(folder) = conformance("rfc6570") else {
        println!("did not run: no folder with the data of RFC 6570's test suite");
        return;
    };
    let mut count = 0;
    for file in ["spec-examples-by-section.json", "extended-tests.json"] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let sections: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
        for section in sections.values() {
            for case in section["testcases"].as_array().unwrap() {
                let (template, expected) = (case[0].as_str().unwrap(), &case[1]);
                let Some(expanded) = expand(template, &section["variables"]) else { continue };
                let alternatives = expected.as_array().cloned().unwrap_or_else(|| vec![expected.clone()]);
                assert!(alternatives.contains(&expanded.as_str().into()), "{template}: {expanded} not in {expected}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 92, "cases ran");
}

/// Expands a template as a generated client would; `None` where it uses what `OpenAPI` has no word for.
fn expand(template: &str, variables: &serde_json::Value) -> Option<String> {
    let mut expanded = String::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        expanded.push_str(&super::percent::literal_query(literal));
        let (expression, after) = after.split_once('}')?;
        expanded.push_str(&expression_text(expression, variables)?);
        rest = after;
    }
    expanded.push_str(&super::percent::literal_query(rest));
    Some(expanded)
}

fn expression_text(expression: &str, variables: &serde_json::Value) -> Option<String> {
    let (style, names, first, separator) = match expression.chars().next()? {
        '.' => (Style::Label, expression.get(1..)?, "", ""),
        ';' => (Style::Matrix, expression.get(1..)?, "", ""),
        '?' => (Style::Form, expression.get(1..)?, "?", "&"),
        '+' | '#' | '/' | '&' => return None,
        _ => (Style::Simple, expression, "", ","),
    };
    let mut texts = Vec::new();
    for name in names.split(',') {
        let (name, explode) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
        let (name, length) = name.split_once(':').map_or((name, None), |(name, length)| (name, length.parse().ok()));
        let mut value = variables.get(name).cloned().unwrap_or_default();
        if let (Some(length), Some(text)) = (length, value.as_str()) {
            value = text.chars().take(length).collect::<String>().into();
        }
        // The suite's variable names are already encoded, where OpenAPI's are not.
        let name = percent_encoding::percent_decode_str(name).decode_utf8().ok()?;
        let name: &'static str = String::from(name).leak();
        let parameter = Parameter::query(name).style(style).explode(explode);
        texts.extend(written(&parameter, &value));
    }
    Some(if texts.is_empty() { String::new() } else { format!("{first}{}", texts.join(separator)) })
}

fn conformance(name: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/conformance");
    let folder = std::env::var("CLIENTWRIGHT_CONFORMANCE").unwrap_or_else(|_| beside.to_owned());
    let folder = PathBuf::from(folder).join(name);
    folder.is_dir().then_some(folder)
}
