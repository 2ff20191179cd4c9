//! What errors say, what they hide, and how small they are.

use super::request::Stage;
use super::*;
use crate::operation::{Method, Operation};
use crate::reply::Reply;

static OPERATION: Operation = Operation::new("op", Method::Post, "/a").accept("application/json");

#[derive(Clone, Debug, PartialEq)]
enum Documented {
    NotFound(Box<serde_json::Value>),
    Busy,
}

crate::failure!(Documented { 404 => NotFound = json, 5XX => Busy });

fn failed(method: http::Method, status: u16, headers: &[(&str, &str)], body: &'static str) -> Error<Documented> {
    let mut builder = http::Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    let (parts, ()) = builder.body(()).unwrap().into_parts();
    let uri = "https://x/a?token=canary".parse().unwrap();
    let context = std::sync::Arc::new(Context::new(method, uri, &[]));
    Reply::new(parts, body.into(), &OPERATION, context).read::<(), Documented>(crate::decode::nothing).unwrap_err()
}

#[test]
fn errors_are_small() {
    assert!(size_of::<Error<Documented>>() <= 16);
    assert!(size_of::<Error<[u8; 400]>>() <= 16);
    assert!(size_of::<AnyError>() <= 16);
}

#[test]
fn errors_can_be_sent_and_shared() {
    fn check<T: Send + Sync + StdError + 'static>() {}
    check::<Error<Documented>>();
    check::<AnyError>();
    check::<crate::BuildError>();
}

#[test]
fn a_documented_failure_says_what_the_server_said() {
    let error = failed(
        http::Method::GET,
        404,
        &[("request-id", "r1"), ("set-cookie", "sid=canary")],
        r#"{"error": "no such"}"#,
    );
    assert_eq!(error.to_string(), r#"GET /a: 404 Not Found: {"error": "no such"}"#);
    assert_eq!((error.request_id(), error.status()), (Some("r1"), Some(http::StatusCode::NOT_FOUND)));
    assert_eq!(error.header("Request-Id"), Some("r1"));
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    assert!(matches!(&error, Error::Api(api) if matches!(api.body(), Documented::NotFound(_))));
}

#[test]
fn other_failures_are_told_apart() {
    assert!(matches!(failed(http::Method::GET, 503, &[], ""), Error::Api(error) if *error.body() == Documented::Busy));
    assert!(matches!(failed(http::Method::GET, 404, &[], ""), Error::Unexpected(_)));
    assert!(matches!(failed(http::Method::GET, 418, &[], "{}"), Error::Unexpected(_)));
    let html = failed(http::Method::GET, 404, &[("content-type", "text/html; charset=utf-8")], "<html>\n<p>");
    assert_eq!(html.to_string(), "GET /a: unexpected 404 Not Found (text/html; charset=utf-8): <html> <p>");
    let broken = failed(http::Method::GET, 404, &[("content-type", "Application/Problem+JSON; charset=utf-8")], "{");
    assert!(matches!(&broken, Error::Decode(error) if error.status() == 404 && error.bytes() == "{"), "{broken:?}");
    assert!(broken.source().is_some());
    let redirect = failed(http::Method::GET, 302, &[("location", "https://y/?key=canary")], "");
    assert!(matches!(&redirect, Error::Unexpected(error) if error.header("location") == Some("https://y/?key=canary")));
    assert!(!format!("{redirect:?}").contains("canary"), "{redirect:?}");
}

#[test]
fn retrying_is_advised_only_where_it_does_no_harm() {
    for (method, status, retryable) in [
        (http::Method::POST, 429, true),
        (http::Method::POST, 503, true),
        (http::Method::POST, 500, false),
        (http::Method::POST, 504, false),
        (http::Method::GET, 500, true),
        (http::Method::DELETE, 502, true),
        (http::Method::GET, 404, false),
        (http::Method::GET, 501, false),
    ] {
        assert_eq!(failed(method.clone(), status, &[], "{}").is_retryable(), retryable, "{method} {status}");
    }
    let context = |method| std::sync::Arc::new(Context::new(method, "https://x/".parse().unwrap(), &[]));
    let post = context(http::Method::POST);
    let transport = |error: TransportError| Error::<Documented>::Transport(error.with(&post));
    assert!(transport(TransportError::connect("no route")).is_retryable());
    assert!(!transport(TransportError::interrupted("reset")).is_retryable());
    assert!(!Error::<Documented>::Timeout(TimeoutError::new(&post, None, Stage::Answer)).is_retryable());
    assert!(Error::<Documented>::Timeout(TimeoutError::new(&post, None, Stage::Connect)).is_retryable());
    let get = context(http::Method::GET);
    assert!(Error::<Documented>::Timeout(TimeoutError::new(&get, None, Stage::Answer)).is_retryable());
}

#[test]
fn any_error_keeps_the_typed_body() {
    let any = AnyError::from(failed(http::Method::GET, 404, &[("x-request-id", "r1")], "1"));
    assert_eq!(any.request_id(), Some("r1"));
    assert!(any.body::<Documented>().is_some() && any.body::<String>().is_none());
    let Err(any) = any.downcast::<String>() else { panic!("it is no `String`") };
    assert_eq!(any.to_string(), "GET /a: 404 Not Found: 1");
    assert!(matches!(any.downcast::<Documented>(), Ok(Error::Api(_))));
}

#[test]
fn failures_show_themselves_on_one_short_line() {
    assert_eq!(Documented::Busy.to_string(), "Busy");
    let long = Documented::NotFound(Box::new("é\n".repeat(5000).into()));
    assert!(long.to_string().chars().count() < 400 && !long.to_string().contains('\n'));
}
