//! Answers in several media types: what is asked for, and what another answer than that is.

use clientwright_tests::{Recorder, Reply, Shown};
use petshop::{Client, Error, GetPedigreeError, GetPedigreeHeaders};

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

fn answer(media_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    Reply::new(200).header("content-type", media_type).body(body)
}

#[test]
fn each_form_is_asked_for_by_its_media_type() {
    let pdf = b"%PDF-1.7\r\n\0\xFF".as_slice();
    let csv = "name;born\r\n\"Rex, \"\"the\"\" dog\";é\r\n";
    let replies = vec![
        answer("application/json; charset=utf-8", r#"["Ada"]"#),
        answer("Text/CSV; header=present", csv),
        answer("text/csv", csv),
        answer("application/pdf", pdf),
        answer("application/octet-stream", pdf),
    ];
    let recorder = Recorder::start(replies);
    let call = || client(&recorder).get_pedigree(7).generations(2);
    assert_eq!(block_on(call().send()).unwrap().into_body(), ["Ada"]);
    assert_eq!(block_on(call().accept_csv().send()).unwrap().into_body(), csv);
    assert_eq!(call().accept_csv().send_blocking().shown().unwrap().into_body(), csv);
    assert_eq!(block_on(call().accept_pdf().send()).unwrap().into_body(), pdf);
    assert_eq!(&block_on(call().accept_pdf().send()).unwrap()[..], pdf);
    let requests = recorder.requests();
    let asked: Vec<_> = requests.iter().map(|request| request.header("accept").unwrap_or_default()).collect();
    let csv = "text/csv, application/json;q=0.5, application/problem+json;q=0.5";
    let pdf = "application/pdf, application/json;q=0.5, application/problem+json;q=0.5";
    assert_eq!(asked, ["application/json, application/problem+json", csv, csv, pdf, pdf]);
    assert!(requests.iter().all(|request| request.target == "/pets/7/pedigree?generations=2&api_key=canary"));
}

#[test]
fn an_answer_in_another_form_than_asked_for_is_handed_over_as_it_came() {
    for (media_type, body) in [("application/json", r#"["Ada"]"#), ("text/html", "<p>Ada"), ("text/csv2", "Ada")] {
        let recorder = Recorder::start(vec![answer(media_type, body)]);
        let error = block_on(client(&recorder).get_pedigree(7).accept_csv().send()).unwrap_err();
        let Error::Unexpected(unexpected) = &error else { panic!("{error:?}") };
        assert_eq!((unexpected.status().as_u16(), &unexpected.bytes()[..]), (200, body.as_bytes()));
        assert_eq!(unexpected.header("content-type"), Some(media_type));
    }
    // Without a media type, or as nothing but bytes, it is taken for what was asked for.
    let recorder = Recorder::start(vec![Reply::new(200).body("Ada")]);
    assert_eq!(block_on(client(&recorder).get_pedigree(7).accept_csv().send()).unwrap().into_body(), "Ada");
    let not_text = block_on(client(&recorder_of(answer("text/csv", b"\xFF"))).get_pedigree(7).accept_csv().send());
    assert!(matches!(not_text, Err(Error::Decode(_))), "{not_text:?}");
}

fn recorder_of(reply: Reply) -> Recorder {
    Recorder::start(vec![reply])
}

#[test]
fn failures_are_read_whatever_form_was_asked_for() {
    let problem = Reply::new(404).header("content-type", "application/problem+json").body(r#"{"title":"no such pet"}"#);
    let recorder = recorder_of(problem);
    let error = block_on(client(&recorder).get_pedigree(7).accept_pdf().send()).unwrap_err();
    let Error::Api(api) = &error else { panic!("{error:?}") };
    assert!(matches!(api.body(), GetPedigreeError::NotFound(_)));
}

#[test]
fn a_status_without_a_body_is_not_the_success_that_has_one() {
    let recorder = recorder_of(Reply::new(204));
    let error = block_on(client(&recorder).get_pedigree(7).send()).unwrap_err();
    assert!(matches!(&error, Error::Unexpected(unexpected) if unexpected.status().as_u16() == 204), "{error:?}");
    let recorder = recorder_of(answer("application/json", ""));
    let error = block_on(client(&recorder).get_pedigree(7).send()).unwrap_err();
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[test]
fn an_answer_that_came_by_other_means_is_read_as_what_was_asked_for() {
    let client = Client::builder().api_key("canary").build().shown().unwrap();
    let request = client.get_pedigree(7).accept_csv();
    let response = petshop::runtime::http::Response::builder().header("content-type", "text/csv").body("a".into());
    assert_eq!(request.clone().decode(response.unwrap()).unwrap().into_body(), "a");
    assert!(format!("{request:?}").contains("getPedigree"));
}

#[test]
fn headers_are_read_when_somebody_asks_for_them() {
    let replies = [("2", "Husky, Collie"), ("two", "\u{e9}")].map(|(generations, breeds)| {
        answer("application/json", "[]").header("x-generations", generations).header("X-Breeds", breeds)
    });
    let problem = Reply::new(404).header("content-type", "application/problem+json").body(r#"{"title":"no"}"#);
    let [good, wrong] = replies;
    let recorder = Recorder::start(vec![good, wrong, problem.header("x-generations", "-1"), answer("text/csv", "")]);
    let call = || client(&recorder).get_pedigree(7);
    let response = block_on(call().send()).unwrap();
    let headers = GetPedigreeHeaders::of(response.headers());
    assert_eq!(headers.x_generations(), Ok(Some(2)));
    assert_eq!(headers.x_breeds(), Ok(Some(vec!["Husky".to_owned(), "Collie".to_owned()])));
    let response = call().send_blocking().shown().unwrap();
    let error = GetPedigreeHeaders::of(response.headers()).x_generations().unwrap_err();
    assert_eq!(error.to_string(), r#"X-Generations: expected a number, found the string "two""#);
    let Error::Api(error) = block_on(call().send()).unwrap_err() else { panic!("a success") };
    assert_eq!(GetPedigreeHeaders::of(error.headers()).x_generations(), Ok(Some(-1)));
    let raw = block_on(call().raw()).unwrap();
    assert_eq!(GetPedigreeHeaders::of(raw.headers()).x_breeds(), Ok(None));
}
