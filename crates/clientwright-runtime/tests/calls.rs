//! Calls as generated code makes them, with a transport that is a closure.

#![allow(
    clippy::format_push_string,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking"
)]

mod support;

use std::sync::{Arc, Mutex};

use clientwright_runtime::http::{Request, Response};
use clientwright_runtime::{
    AnyError, Body, Client, Credential, Error, Sending, TransportError, TransportOptions, transport_fn,
};
use support::{CANARY, Created, GetPetError, Shown, builder, create_pet, get_pet, list_pets, ready};

type Seen = Arc<Mutex<Vec<String>>>;

/// A client whose requests are kept as text, and answered in turn; the last answer is given again and again.
fn client(answers: Vec<Response<&'static str>>) -> (Client, Seen) {
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let transport = transport_fn(move |request: Request<Body>| {
        let mut kept = kept.lock().unwrap();
        let answer = answers.get(kept.len()).or(answers.last()).unwrap();
        kept.push(text(&request));
        Ok(answer.clone().map(Body::from))
    });
    (builder().transport(transport).build().shown().unwrap(), seen)
}

fn text(request: &Request<Body>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        text.push_str(&format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    }
    text + &String::from_utf8_lossy(request.body().as_bytes().unwrap())
}

fn json(status: u16, body: &'static str) -> Response<&'static str> {
    Response::builder().status(status).header("content-type", "application/json").body(body).unwrap()
}

fn moved(status: u16, location: &'static str) -> Response<&'static str> {
    Response::builder().status(status).header("location", location).body("").unwrap()
}

#[test]
fn a_call_sends_what_is_documented_and_gives_a_response() {
    let (client, seen) = client(vec![json(200, "\"Rex\"")]);
    let pet = ready(get_pet(&client, "a/b c").header("x-request-id", "r1").send()).unwrap();
    assert_eq!((pet.status().as_u16(), pet.header("content-type")), (200, Some("application/json")));
    assert_eq!(pet.len(), 3, "a response can be used as its body");
    assert_eq!(pet.into_body(), "Rex");
    let expected = format!(
        "GET https://pets.invalid/api/v1/pets/a%2Fb%20c\nuser-agent: pets/1.0.0\naccept: application/json\n\
         x-request-id: r1\nx-api-key: {CANARY}\n"
    );
    let (mut lines, mut seen): (Vec<_>, Vec<_>) =
        (expected.lines().map(str::to_owned).collect(), seen.lock().unwrap()[0].lines().map(str::to_owned).collect());
    lines.sort();
    seen.sort();
    assert_eq!(seen, lines);
}

#[test]
fn parameters_are_sent_in_their_documented_order() {
    let (client, _) = client(vec![json(200, "[]")]);
    let call = list_pets(&client).tags(&vec!["a".to_owned(), "b|c".to_owned()]).limit(1).limit(5).session("s 1");
    let request = call.clone().trace("t").to_http().unwrap();
    assert_eq!(request.uri().to_string(), "https://pets.invalid/api/v1/pets?limit=5&tags=a%7Cb%7Cc");
    assert_eq!(request.headers()["cookie"], "session=s%201");
    assert_eq!(request.headers()["x-trace"], "t");
    assert!(!request.headers().contains_key("x-api-key"), "only one alternative is attached");
    let removed = call.tags(&None::<String>).to_http().unwrap();
    assert_eq!(removed.uri().query(), Some("limit=5"));
}

#[test]
fn names_in_the_query_say_the_order_of_what_is_written_as_usual() {
    use clientwright_runtime::{Method, Operation, Parameter};
    static FIND: Operation = Operation::new("find", Method::Get, "/pets/{shop}")
        .parameters(&[Parameter::deep_object("age"), Parameter::header("limit").explode(true)])
        .query(&["limit", "tags"]);
    let (client, _) = client(vec![json(200, "[]")]);
    let tags = vec!["a b".to_owned(), "c".to_owned()];
    let call = client.call(&FIND).query("other", &1).query("tags", &tags).query("limit", &2).path("shop", &"x/y");
    let age = std::collections::BTreeMap::from([("from".to_owned(), 3)]);
    let request = call.query("age", &age).header("limit", &age).to_http().unwrap();
    let target = "https://pets.invalid/api/v1/pets/x%2Fy?age%5Bfrom%5D=3&limit=2&tags=a%20b&tags=c&other=1";
    assert_eq!(request.uri().to_string(), target);
    assert_eq!(request.headers()["limit"], "from=3");
}

/// The statements as generated code has them, with all that they may say.
mod stated {
    use clientwright_runtime::bytes::Bytes;
    use clientwright_runtime::{Call, failure, request, success};

    pub(super) struct Client(pub(super) Call);

    impl Client {
        pub(super) fn put_file(&self) -> PutFile {
            PutFile(self.0.clone())
        }

        pub(super) fn get_file(&self) -> GetFile {
            GetFile(self.0.clone())
        }
    }

    request!(put_file, PutFile, PutFileResponse = by_status, PutFileError {
        /// The bytes.
        body(media_type: &str): Bytes = bytes(media_type, body),
        title: &str = query("title", &title),
    });
    success!(put_file, PutFileResponse {
        Ok(String) = 200 json,
        NoContent = 204,
    });
    failure!(
        /// What is said of all.
        put_file, PutFileError {
        /// `404`
        NotFound = 404,
        Other(String) = default text,
    });
    request!(
        get_file,
        GetFile,
        Bytes = bytes,
        GetFileError = /// What is said of them here.
        PutFileError
    );
}

#[test]
fn statements_make_requests_and_what_they_answer() {
    use clientwright_runtime::{Method, Operation};
    use stated::{GetFileError, PutFileError, PutFileResponse};
    static FILE: Operation = Operation::new("file", Method::Put, "/file");
    let (client, seen) = client(vec![json(200, "\"a\""), json(204, ""), json(404, ""), json(500, "b")]);
    let stated = stated::Client(client.call(&FILE));
    let put = || ready(stated.put_file().body("image/png", "x".into()).title("t").send());
    assert_eq!(put().unwrap().into_body(), PutFileResponse::Ok("a".to_owned()));
    assert_eq!(put().unwrap().into_body(), PutFileResponse::NoContent);
    let Err(Error::Api(missing)) = put() else { panic!("it is there") };
    assert_eq!(*missing.body(), PutFileError::NotFound);
    let Err(Error::Api(other)) = ready(stated.get_file().send()) else { panic!("it is there") };
    let same: &GetFileError = other.body();
    assert_eq!(*same, PutFileError::Other("b".to_owned()));
    assert!(seen.lock().unwrap()[0].contains("image/png"));
}

#[test]
fn what_cannot_be_written_is_said_and_nothing_is_sent() {
    let (client, seen) = client(vec![json(200, "[]")]);
    for id in ["", ".", ".."] {
        let Err(Error::Request(error)) = ready(get_pet(&client, id).send()) else { panic!("`{id}` was sent") };
        assert_eq!((error.parameter(), error.operation()), (Some("id"), "getPet"));
    }
    let Err(Error::Request(error)) = ready(list_pets(&client).trace("a\r\nX-Evil: 1").send()) else { panic!("sent") };
    assert_eq!(error.parameter(), Some("X-Trace"));
    assert!(!error.to_string().contains("Evil"), "{error}");
    let nested = vec![vec!["a".to_owned()]];
    let Err(Error::Request(error)) = ready(list_pets(&client).tags(&nested).send()) else { panic!("sent") };
    assert_eq!(error.parameter(), Some("tags"));
    assert!(ready(list_pets(&client).header("a b", "c").send()).is_err());
    assert!(ready(list_pets(&client).header("a", "b\nc").raw()).is_err());
    assert_eq!(seen.lock().unwrap().len(), 0);
}

#[test]
fn a_missing_credential_is_said_before_anything_is_sent() {
    let transport = transport_fn(|_| panic!("something was sent"));
    let client =
        Client::builder(support_api()).base_url("https://x.invalid").transport(transport).build().shown().unwrap();
    let error = ready(get_pet(&client, "1").send()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "getPet: no credential for `key` (give it to the client's builder with `api_key(…)`) (nothing was sent)"
    );
    let given = get_pet(&client, "1").header("x-api-key", "by hand").to_http().unwrap();
    assert_eq!(given.headers()["x-api-key"], "by hand");
}

#[test]
fn calls_go_to_the_chosen_server_and_to_that_of_the_operation() {
    let url = |builder: clientwright_runtime::ClientBuilder, operation| {
        let client = builder.transport(transport_fn(|_| panic!("something was sent"))).build().shown().unwrap();
        client.call(operation).to_http().unwrap().uri().to_string()
    };
    let (own, path) = (&support::UPLOAD, &support::SEARCH);
    assert_eq!(url(builder(), own), "https://upload.eu.pets.invalid/files");
    assert_eq!(url(builder(), path), "https://pets.invalid/search/pets");
    let chosen = || builder().base_url("https://x").server(support::region("us"));
    assert_eq!(url(chosen(), &support::TOUCH_PET), "https://us.pets.invalid/v1/touch");
    assert_eq!(url(chosen(), own), "https://upload.us.pets.invalid/files");
    let elsewhere = || chosen().base_url("https://localhost/api");
    assert_eq!(url(elsewhere(), own), "https://localhost/api/files");
    assert_eq!(url(elsewhere(), path), "https://localhost/search/pets");
}

#[test]
fn cookies_of_the_caller_and_of_parameters_are_one_header() {
    let (client, _) = client(vec![]);
    let cookies = |call: support::ListPets| call.to_http().unwrap().headers()["cookie"].to_str().unwrap().to_owned();
    assert_eq!(cookies(list_pets(&client).header("Cookie", "a=1; b=2").session("s")), "a=1; b=2; session=s");
    assert_eq!(cookies(list_pets(&client).header("cookie", "session=own").session("s")), "session=own");
    assert!(cookies(list_pets(&client).header("cookie", "").session("s")) == "session=s");
}

#[test]
fn a_key_in_a_cookie_is_the_callers_where_the_caller_writes_it() {
    use clientwright_runtime::{Api, Location, Method, Operation, SecurityScheme};
    static COOKIE: Api =
        Api::new("pets", "").schemes(&[SecurityScheme::api_key("session", Location::Cookie, "sid").setter("session")]);
    static PET: Operation = Operation::new("pet", Method::Get, "/pet").security(&[&["session"]]);
    let sent = |key: Option<&str>, header: Option<&str>| {
        let transport = transport_fn(|_| panic!("something was sent"));
        let builder = Client::builder(&COOKIE).base_url("https://x.invalid").transport(transport);
        let builder =
            key.into_iter().fold(builder, |builder, key| builder.credential("session", Credential::api_key(key)));
        let call = builder.build().shown().unwrap().call(&PET);
        let call = header.into_iter().fold(call, |call, cookie| call.extra_header("cookie", cookie));
        call.to_http().map(|request| request.headers()["cookie"].to_str().unwrap().to_owned())
    };
    assert_eq!(sent(Some("k"), None).unwrap(), "sid=k");
    assert_eq!(sent(Some("k"), Some("a=1")).unwrap(), "a=1; sid=k");
    assert_eq!(sent(Some("k"), Some("a=1; sid=own")).unwrap(), "a=1; sid=own");
    assert_eq!(sent(None, Some("sid=own")).unwrap(), "sid=own");
    assert!(sent(None, Some("a=1")).unwrap_err().reason().contains("`session(…)`"));
}

fn support_api() -> &'static clientwright_runtime::Api {
    use clientwright_runtime::{Api, Location, SecurityScheme};
    static API: Api = Api::new("pets", "").schemes(&[
        SecurityScheme::api_key("key", Location::Header, "X-Api-Key").setter("api_key"),
        SecurityScheme::api_key("query", Location::Query, "appid"),
    ]);
    &API
}

#[test]
fn statuses_become_variants() {
    let (client, _) = client(vec![json(404, "\"no such\"")]);
    let Err(Error::Api(error)) = ready(get_pet(&client, "1").send()) else { panic!("no documented failure") };
    assert_eq!(*error.body(), GetPetError::NotFound("no such".into()));
    let decode = |response: Response<&'static str>| get_pet(&client, "1").decode(response.map(Into::into));
    assert!(matches!(decode(json(503, "")), Err(Error::Api(error)) if *error.body() == GetPetError::Server(None)));
    assert!(matches!(decode(json(410, "ignored")), Err(Error::Api(error)) if *error.body() == GetPetError::Gone));
    assert!(matches!(decode(json(409, "{}")), Err(Error::Unexpected(error)) if error.status() == 409));
    assert_eq!(*decode(json(299, "\"x\"")).unwrap().body(), "x", "an undocumented success is a success");
    assert_eq!(*decode(Response::new("\"x\"")).unwrap().body(), "x", "no media type is the documented one");
    let html = Response::builder().header("content-type", "text/html").body("<h1>Maintenance</h1>").unwrap();
    assert!(matches!(decode(html), Err(Error::Unexpected(error)) if error.bytes().starts_with(b"<h1>")));
    let Err(Error::Decode(error)) = decode(json(200, "{\"a\":1}")) else { panic!("a string was read") };
    assert_eq!((error.path().as_str(), error.status().as_u16(), error.bytes().len()), ("", 200, 7));
    assert_eq!(error.to_string(), "GET /api/v1/pets/1: 200 OK: expected a string, found an object");
}

#[test]
fn several_successes_become_variants() {
    let (client, seen) = client(vec![json(201, "\"Rex\""), json(202, ""), json(200, "\"Rex\"")]);
    let next = || ready(create_pet(&client, "Rex").send()).unwrap().into_body();
    assert_eq!([next(), next(), next()], [Created::Ok("Rex".into()), Created::Accepted, Created::Ok("Rex".into())]);
    assert!(seen.lock().unwrap()[0].contains("content-type: application/merge-patch+json"));
    assert!(seen.lock().unwrap()[0].ends_with("\"Rex\""));
}

#[test]
fn errors_of_two_operations_meet_in_one_type() {
    fn both(client: &Client) -> Result<(), AnyError> {
        ready(list_pets(client).send())?;
        ready(get_pet(client, "1").send())?;
        Ok(())
    }
    let (client, _) = client(vec![json(200, "[]"), json(404, "\"no\"")]);
    let error = both(&client).unwrap_err();
    assert_eq!(error.body(), Some(&GetPetError::NotFound("no".into())));
    assert!(both(&client).is_err());
}

#[test]
fn redirects_keep_to_the_origin_and_to_the_rules_of_methods() {
    for (status, create, expected) in [
        (301, true, "GET"),
        (302, true, "GET"),
        (303, true, "GET"),
        (307, true, "POST"),
        (308, true, "POST"),
        (301, false, "GET"),
    ] {
        let (client, seen) = client(vec![moved(status, "../pets/2?x=1#y"), json(200, "\"Rex\"")]);
        if create {
            ready(create_pet(&client, "Rex").send()).unwrap();
        } else {
            ready(get_pet(&client, "1").send()).unwrap();
        }
        let second = seen.lock().unwrap()[1].clone();
        let path = if create { "/api/pets/2?x=1" } else { "/api/v1/pets/2?x=1" };
        assert!(second.starts_with(&format!("{expected} https://pets.invalid{path}\n")), "{status}: {second}");
        assert_eq!(second.contains("content-type"), expected == "POST", "{status}: {second}");
        assert_eq!(second.ends_with("\"Rex\""), expected == "POST", "{status}: {second}");
        assert!(second.contains(CANARY) && !second.contains("referer"), "{status}: {second}");
    }
}

#[test]
fn a_documented_redirect_is_an_answer() {
    use clientwright_runtime::{Method, Operation};
    static ELSEWHERE: Operation = Operation::new("elsewhere", Method::Get, "/pets").redirects(&["302"]);
    let (client, seen) = client(vec![moved(302, "/pets/2")]);
    let answer = ready(client.call(&ELSEWHERE).raw()).unwrap();
    assert_eq!((answer.status().as_u16(), seen.lock().unwrap().len()), (302, 1));
}

#[test]
fn redirects_elsewhere_or_without_end_are_handed_back() {
    for location in ["https://evil.invalid/", "//evil.invalid/", "http://pets.invalid/", "https://pets.invalid:444/"] {
        let (client, seen) = client(vec![moved(307, location)]);
        let Err(Error::Unexpected(error)) = ready(create_pet(&client, "Rex").send()) else { panic!("{location}") };
        assert_eq!((error.header("location"), seen.lock().unwrap().len()), (Some(location), 1));
    }
    let (client, seen) = client(vec![moved(302, "/again")]);
    assert!(matches!(ready(get_pet(&client, "1").send()), Err(Error::Unexpected(error)) if error.status() == 302));
    assert_eq!(seen.lock().unwrap().len(), 11, "ten redirects were followed");
}

#[test]
fn bodies_are_bounded() {
    let limited = |status: u16| {
        let transport = transport_fn(move |_| {
            let endless = std::io::repeat(b'a');
            Ok(Response::builder().status(status).body(Body::reader(endless)).unwrap())
        });
        let client = builder().transport(transport).max_body(2000).max_error_body(1000).build().shown().unwrap();
        ready(get_pet(&client, "1").send()).unwrap_err()
    };
    for (status, limit) in [(200, 2000), (500, 1000), (418, 1000)] {
        let Error::Decode(error) = limited(status) else { panic!("no limit") };
        assert!(error.is_too_large());
        assert_eq!((error.bytes().len(), error.status().as_u16()), (limit, status));
    }
}

#[test]
fn raw_gives_any_answer_as_it_came() {
    let (client, _) = client(vec![json(418, "short and stout")]);
    let response = ready(get_pet(&client, "1").raw()).unwrap();
    assert_eq!((response.status().as_u16(), response.body().as_ref()), (418, &b"short and stout"[..]));
}

#[test]
fn the_limit_of_a_call_reaches_the_transport() {
    struct Clock(Arc<Mutex<Vec<Option<std::time::Duration>>>>);
    impl clientwright_runtime::Transport for Clock {
        fn send(
            &self,
            _request: Request<Body>,
            options: TransportOptions,
        ) -> clientwright_runtime::BoxFuture<Result<Response<Body>, TransportError>> {
            self.0.lock().unwrap().push(options.timeout);
            Box::pin(std::future::ready(Err(TransportError::timeout())))
        }
    }
    let seen = Arc::default();
    let client = builder().timeout(None).transport(Clock(Arc::clone(&seen))).build().shown().unwrap();
    let limit = std::time::Duration::from_secs(2);
    let error = ready(get_pet(&client, "1").timeout(limit).send()).unwrap_err();
    assert!(matches!(&error, Error::Timeout(error) if error.limit() == Some(limit)));
    assert_eq!(
        error.to_string(),
        "GET https://pets.invalid/api/v1/pets/1: no answer within 2s (the request may have been received)"
    );
    assert!(ready(get_pet(&client, "1").send()).is_err());
    assert!(ready(get_pet(&client, "1").timeout(std::time::Duration::MAX).send()).is_err());
    assert!(ready(get_pet(&client, "1").timeout(std::time::Duration::ZERO).send()).is_err());
    let seen = seen.lock().unwrap();
    assert!(matches!(seen.as_slice(), [Some(first), None, None] if *first <= limit), "{seen:?}");
}

#[test]
fn secrets_are_shown_nowhere() {
    let transport = transport_fn(|_| Err(TransportError::connect("no route")));
    let builder =
        builder().credential("query", Credential::api_key(CANARY)).header("x-secret", CANARY).transport(transport);
    let mut shown = format!("{builder:?}");
    let client = builder.build().shown().unwrap();
    let call = list_pets(&client);
    shown.push_str(&format!("{client:?}{call:?}"));
    let error = ready(call.clone().send()).unwrap_err();
    assert!(error.to_string().contains("appid=…"), "{error}");
    shown.push_str(&format!("{error}{error:?}{:?}", call.send()));
    let request = get_pet(&client, "1").to_http().unwrap();
    shown.push_str(&format!("{request:?}"));
    assert!(!shown.contains(CANARY), "{shown}");
}

#[test]
fn clients_that_cannot_work_are_not_built() {
    let wrong = |builder: clientwright_runtime::ClientBuilder| builder.build().unwrap_err().to_string();
    assert!(wrong(builder().base_url("ftp://x")).contains("scheme"));
    assert!(wrong(builder().base_url("https://user:secret@x")).contains("user's name"));
    assert!(!wrong(builder().base_url("https://user:secret@x")).contains("secret"));
    assert!(wrong(builder().server(support::region("evil/"))).contains("`region`"));
    assert!(wrong(builder().server(support::region("us").variable("version", "2"))).contains("`version`"));
    assert!(wrong(builder().credential("none", Credential::bearer("x"))).contains("`none`"));
    assert!(wrong(builder().credential("key", Credential::bearer("x"))).contains("another kind"));
    assert!(wrong(builder().credential("key", Credential::api_key("x\n"))).contains("end of a line"));
    assert!(wrong(builder().header("x", "a\nb")).contains("`x`"));
    assert!(wrong(Client::builder(support_api())).contains("base_url"));
}

#[test]
fn clients_and_futures_can_be_shared_and_spawned() {
    fn check<T: Send + Sync + Clone + 'static>() {}
    fn spawnable<T: Send + 'static>() {}
    check::<Client>();
    check::<support::GetPet>();
    spawnable::<Sending<String, GetPetError>>();
    spawnable::<clientwright_runtime::SendingRaw>();
}

#[test]
fn an_answer_is_taken_out_of_its_envelope() {
    use clientwright_runtime::{Call, Method, NoDocumentedError, Operation, request};
    static WRAPPED: Operation = Operation::new("wrapped", Method::Get, "/pet").envelope(&["data", "name"]);
    #[derive(Clone, Debug)]
    struct Wrapped(Call);
    request!(Wrapped, Option<String> = enveloped_or_nothing, NoDocumentedError);
    let read = |body: &'static str| {
        let (client, _) = client(vec![json(200, body)]);
        ready(Wrapped(client.call(&WRAPPED)).send())
            .map(clientwright_runtime::Response::into_body)
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        read(r#"{"ok":true,"data":{"id":[1,{}],"name":"Rex","age":3},"more":null}"#).unwrap().as_deref(),
        Some("Rex")
    );
    assert_eq!(read(""), Ok(None));
    for (body, expected) in [
        (r#"{"data":{"name":7}}"#, "data.name: expected a string, found the number 7"),
        (r#"{"data":{}}"#, "expected the member `data.name`, found none"),
        (r#"{"data":"Rex"}"#, "data: expected an object, found the string"),
        (r#"{"data":{"name":"a"},"data":{"name":"b"}}"#, "data: expected one such member, found a second one"),
        (r#"{"data":{"name":"a"}"#, "expected"),
        ("[]", "expected an object, found an array"),
    ] {
        let error = read(body).unwrap_err();
        assert!(error.contains(expected), "{body}: {error}");
    }
}
