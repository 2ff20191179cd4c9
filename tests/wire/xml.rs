//! Bodies in XML: what is sent, what is read, and what an answer written by an attacker is.

use clientwright_tests::{Recorder, Reply, Shown};
use petshop::runtime::chrono::DateTime;
use petshop::types::{Papers, Stamp};
use petshop::{Client, Error, PutPapersError};

use super::block_on;

#[expect(clippy::unwrap_used, reason = "only tests call it")]
fn client(recorder: &Recorder) -> Client {
    Client::builder()
        .base_url(recorder.url())
        .retries(petshop::Retries::none())
        .api_key("canary")
        .build()
        .shown()
        .unwrap()
}

fn xml(status: u16, media_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    Reply::new(status).header("content-type", media_type).body(body)
}

fn papers(text: &str) -> Papers {
    let stamps = [Stamp::new(text).year(2026), Stamp::new("second")];
    let chipped = DateTime::parse_from_rfc3339("2020-02-29T12:00:00+02:00").unwrap_or_default();
    Papers::new(text, stamps).remark(text).vaccinations([text, ""]).chipped(chipped)
}

#[test]
fn a_body_is_sent_and_read_as_the_document_says() {
    let answer = "<?xml version=\"1.0\"?>\r\n<!-- stamped --><p:papers xmlns:p='urn:p' number='7'>\r\n\
        <p:stamp year='2026'>a &lt;b&gt; <![CDATA[&amp;]]></p:stamp><other/></p:papers>";
    let recorder = Recorder::start(vec![
        xml(200, "application/xml; charset=utf-8", answer),
        xml(200, "text/xml", answer),
        Reply::new(204),
    ]);
    let call = || client(&recorder).put_papers(papers("7"));
    let stamped = Papers::new("7", [Stamp::new("a <b> &amp;").year(2026)]);
    assert_eq!(block_on(call().send()).unwrap().into_body(), Some(stamped.clone()));
    assert_eq!(call().send_blocking().shown().unwrap().into_body(), Some(stamped));
    assert_eq!(block_on(call().send()).unwrap().into_body(), None);
    let request = &recorder.requests()[0];
    assert_eq!(request.header("content-type"), Some("application/xml"));
    assert_eq!(request.header("accept"), Some("application/xml, application/problem+xml"));
    let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><papers number=\"7\">\
        <r:remark xmlns:r=\"urn:remarks\">7</r:remark>\
        <stamp year=\"2026\">7</stamp><stamp>second</stamp>\
        <vaccinations><vaccination>7</vaccination><vaccination/></vaccinations>\
        <chipped>2020-02-29T12:00:00+02:00</chipped></papers>";
    assert_eq!(String::from_utf8_lossy(&request.body), expected);
}

#[test]
fn hostile_text_reaches_the_server_and_comes_back() {
    let texts = ["a\r\nb", "\"'<>&", "]]>", "%2e%2e/..", "é\u{202E}", "", "&bomb;", "<!DOCTYPE x>"];
    let long = "]]>é".repeat(50_000);
    for text in texts.into_iter().chain([long.as_str()]) {
        let recorder = Recorder::answering(|request| xml(200, "application/xml", request.body.clone()));
        let answer = block_on(client(&recorder).put_papers(papers(text)).send()).unwrap();
        assert_eq!(answer.into_body(), Some(papers(text)), "{}", text.get(..20).unwrap_or(text));
    }
    let recorder = Recorder::start(vec![Reply::new(204)]);
    let error = block_on(client(&recorder).put_papers(papers("\0")).send()).unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert_eq!(recorder.requests().len(), 0);
}

#[test]
fn what_an_attacker_answers_is_a_typed_error() {
    let bomb = "<!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><papers number='1'><remark>&b;</remark></papers>";
    let external = "<!DOCTYPE p SYSTEM 'http://127.0.0.1:1/x.dtd'><papers number='1'/>";
    let deep = "<a>".repeat(100_000);
    for body in [bomb, external, &deep, "<papers>", "<papers/>", "", "<papers number='1'>&x;</papers>", "{}"] {
        let recorder = Recorder::start(vec![xml(200, "application/xml", body)]);
        let result = block_on(client(&recorder).put_papers(papers("1")).send());
        match (body, result) {
            ("", Ok(answer)) => assert_eq!(answer.into_body(), None),
            (_, Err(Error::Decode(error))) => assert_eq!(error.bytes()[..], *body.as_bytes()),
            (_, other) => panic!("{body:.40}: {other:?}"),
        }
    }
    let recorder = Recorder::start(vec![xml(200, "application/json", "{}")]);
    let error = block_on(client(&recorder).put_papers(papers("1")).send()).unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
}

#[test]
fn failures_in_xml_are_typed_too() {
    let recorder = Recorder::start(vec![xml(400, "application/problem+xml", "<problem><title>No.</title></problem>")]);
    let error = block_on(client(&recorder).put_papers(papers("1")).send()).unwrap_err();
    let Error::Api(api) = &error else { panic!("{error:?}") };
    assert!(matches!(api.body(), PutPapersError::BadRequest(problem) if problem.title == "No."), "{error:?}");
}
