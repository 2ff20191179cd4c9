//! The table of `docs/values.md`: values in all forms that occur. What is read is written back, or is refused with its text
//! and its place. `INSTA_UPDATE=always` writes the page anew.

use std::fmt::Write as _;

use clientwright_tests::{Recorder, Reply, Shown};

use super::places;
use super::places::types::Values;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/values.md");

const START: &str = "\
# How values are read and written

The table is measured: `tests/encodings` has a generated client that reads each value from an answer and sends what it has
read, and fails where something else is sent. What a format becomes is [yours to say](configuration.md#formats).

*Refused* is `Error::Decode`, which shows the text and names the member: a value is never changed to fit, but for digits that
a `float` or a `double` has no room for. Where your server writes something else under a format, make it `\"string\"`: its
text then stays as it is.

| in the document | read | written |
|---|---|---|
";

/// What the members are in the document.
const MEMBERS: &[(&str, &str)] = &[
    ("instant", "`date-time`"),
    ("local", "`date-time-local`"),
    ("date", "`date`"),
    ("bytes", "`byte`"),
    ("url_bytes", "`contentEncoding: base64url`"),
    ("decimal", "`decimal`, a text"),
    ("amount", "`decimal`, a number"),
    ("big", "`int64`"),
    ("unsigned", "`uint64`"),
    ("wide", "an integer with bounds of 128 bits"),
    ("float", "`float`"),
    ("double", "`double`"),
    ("id", "`uuid`"),
    ("any", "nothing said"),
];

/// What becomes of a value that a server sends.
enum Fate {
    /// The same is sent back.
    Same,
    /// The same value in another form.
    As(&'static str),
    /// An error that names the member and shows the text.
    Refused,
}
use Fate::{As, Refused, Same};

/// The member, its JSON, and its fate.
const VALUES: &[(&str, &str, Fate)] = &[
    ("instant", r#""2026-04-28T10:30:00Z""#, Same),
    ("instant", r#""2026-04-28T10:30:00+02:00""#, Same),
    ("instant", r#""2026-04-28T10:30:00-11:30""#, Same),
    ("instant", r#""2026-04-28T10:30:00+00:00""#, As(r#""2026-04-28T10:30:00Z""#)),
    ("instant", r#""2026-04-28T10:30:00-00:00""#, As(r#""2026-04-28T10:30:00Z""#)),
    ("instant", r#""2026-04-28t10:30:00z""#, As(r#""2026-04-28T10:30:00Z""#)),
    ("instant", r#""2026-04-28T10:30:00.5Z""#, As(r#""2026-04-28T10:30:00.500Z""#)),
    ("instant", r#""2026-04-28T10:30:00.123456Z""#, Same),
    ("instant", r#""2026-04-28T10:30:00.1234567Z""#, As(r#""2026-04-28T10:30:00.123456700Z""#)),
    ("instant", r#""2026-04-28T10:30:00.123456789Z""#, Same),
    ("instant", r#""2026-04-28T10:30:00.123456789000Z""#, As(r#""2026-04-28T10:30:00.123456789Z""#)),
    ("instant", r#""2026-04-28T10:30:00.1234567891Z""#, Refused),
    ("instant", r#""2016-12-31T23:59:60Z""#, Same),
    ("instant", r#""2016-12-31T23:59:60.500Z""#, Same),
    ("instant", r#""0000-01-01T00:00:00Z""#, Same),
    ("instant", r#""9999-12-31T23:59:59Z""#, Same),
    ("instant", r#""2026-04-28T10:30:00""#, Refused),
    ("instant", r#""2026-04-28T10:30Z""#, Refused),
    ("instant", r#""2026-4-28T10:30:00Z""#, Refused),
    ("instant", r#""2026-02-30T10:30:00Z""#, Refused),
    ("instant", r#""2026-04-28T24:00:00Z""#, Refused),
    ("instant", r#""2026-04-28T10:30:00+0200""#, Refused),
    ("instant", r#""2026-04-28T10:30:00 +02:00""#, Refused),
    ("instant", r#""2026-04-28""#, Refused),
    ("instant", r#""""#, Refused),
    ("instant", "1777372200", Refused),
    ("local", r#""2026-04-28T10:30:00""#, Same),
    ("local", r#""2026-04-28T10:30:00.500""#, Same),
    ("local", r#""2026-04-28T10:30:00.123456789""#, Same),
    ("local", r#""2026-04-28T10:30:00.1234567891""#, Refused),
    ("local", r#""2026-04-28T10:30:00Z""#, Refused),
    ("date", r#""2026-04-08""#, Same),
    ("date", r#""2024-02-29""#, Same),
    ("date", r#""2026-4-8""#, Refused),
    ("date", r#""2026-02-29""#, Refused),
    ("date", r#""2026-04-08T00:00:00Z""#, Refused),
    ("bytes", r#""""#, Same),
    ("bytes", r#""+/8=""#, Same),
    ("bytes", r#""-_8=""#, As(r#""+/8=""#)),
    ("bytes", r#""+/8""#, As(r#""+/8=""#)),
    ("bytes", r#""-_8""#, As(r#""+/8=""#)),
    ("bytes", r#""Zm9v\r\nYmE=""#, As(r#""Zm9vYmE=""#)),
    ("bytes", r#""+/9=""#, Refused),
    ("bytes", r#""no Base64""#, Refused),
    ("url_bytes", r#""-_8""#, Same),
    ("url_bytes", r#""-_8=""#, As(r#""-_8""#)),
    ("url_bytes", r#""+/8=""#, As(r#""-_8""#)),
    ("url_bytes", r#""Zm8""#, Same),
    ("decimal", r#""12.50""#, Same),
    ("decimal", r#""-0.1""#, Same),
    ("decimal", r#""79228162514264337593543950335""#, Same),
    ("decimal", r#""79228162514264337593543950336""#, Refused),
    ("decimal", r#""1e2""#, As(r#""100""#)),
    ("decimal", r#""12,50""#, Refused),
    ("decimal", r#""""#, Refused),
    ("amount", "12.50", Same),
    ("amount", "0.1", Same),
    ("amount", "79228162514264337593543950335", Same),
    ("amount", "0.00000000000000000000000000001", Refused),
    ("big", "9007199254740993", Same),
    ("big", "9223372036854775807", Same),
    ("big", "-9223372036854775808", Same),
    ("big", "9223372036854775808", Refused),
    ("big", "1.5", Refused),
    ("big", "1.0", As("1")),
    ("big", r#""5""#, Refused),
    ("unsigned", "18446744073709551615", Same),
    ("unsigned", "18446744073709551616", Refused),
    ("unsigned", "-1", Refused),
    ("wide", "170141183460469231731687303715884105727", Same),
    ("wide", "-170141183460469231731687303715884105728", Same),
    ("float", "0.1", Same),
    ("float", "16777217", As("16777216")),
    ("double", "0.1", Same),
    ("double", "5e-324", Same),
    ("double", "1e400", Refused),
    ("id", r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#, Same),
    ("id", r#""67E55044-10B1-426F-9247-BB680E5FE0C8""#, As(r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#)),
    ("id", r#""67e55044""#, Refused),
    ("any", "0.1000000000000000000000000000000000000001", Same),
    ("any", "[1e400,-0,123456789012345678901234567890]", Same),
];

#[test]
fn what_is_read_is_written_back_or_refused_with_its_text() {
    let mut page = START.to_owned();
    for (member, text, fate) in VALUES {
        let (_, said) = MEMBERS.iter().find(|(known, _)| known == member).unwrap();
        let written = match fate {
            Same => "the same".to_owned(),
            As(other) => format!("`{other}`"),
            Refused => "*refused*".to_owned(),
        };
        writeln!(page, "| {said} | `{text}` | {written} |").unwrap();
        let body = format!("{{\"{member}\":{text}}}");
        let server = Recorder::start(vec![Reply::json(200, body.clone()), Reply::json(200, "{}")]);
        let client = places(&server);
        let read = client.echo_values(Values::new()).send_blocking().shown();
        let expected = match (read, fate) {
            (Ok(value), Same | As(_)) => {
                client.echo_values(value.into_body()).send_blocking().shown().unwrap();
                if let As(other) = fate { format!("{{\"{member}\":{other}}}") } else { body }
            }
            (Err(error), Refused) => {
                let error = error.to_string();
                assert!(error.contains(&format!("{member}: expected")), "{body}: {error}");
                let found = text.trim_matches('"');
                assert!(error.contains(found), "{body}: {error}");
                continue;
            }
            (Ok(value), Refused) => panic!("{body} is read as {:?}", value.into_body()),
            (Err(error), Same | As(_)) => panic!("{body}: {error}"),
        };
        assert_eq!(server.requests()[1].text(), expected);
    }
    super::hold_page(FILE, &page);
}
