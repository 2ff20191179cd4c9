//! Credentials of each kind, alone, together and missing.

use super::*;
use crate::operation::Method;

static SCHEMES: &[SecurityScheme] = &[
    SecurityScheme::api_key("key", Location::Header, "X-Api-Key").prefix("Key ").setter("api_key"),
    SecurityScheme::api_key("query", Location::Query, "api key"),
    SecurityScheme::api_key("cookie", Location::Cookie, "sid"),
    SecurityScheme::bearer("bearer"),
    SecurityScheme::basic("basic"),
];

fn carried(
    security: &'static [&'static [&'static str]],
    given: &[(usize, Credential)],
) -> Result<(HeaderMap, Carried), String> {
    let operation = Operation::new("op", Method::Get, "/").security(security);
    let given: Vec<_> = given.iter().map(|(index, it)| (&SCHEMES[*index], it.clone())).collect();
    let (mut headers, mut carried) = (HeaderMap::new(), Carried::default());
    attach(SCHEMES, &given, &operation, &mut headers, &mut carried).map(|()| (headers, carried))
}

#[test]
fn each_kind_stands_where_it_should() {
    let given = [
        (0, Credential::api_key("k")),
        (1, Credential::api_key("a&b")),
        (2, Credential::api_key("c")),
        (3, Credential::bearer("t")),
    ];
    let (headers, all) = carried(&[&["key", "query", "cookie", "bearer"]], &given).unwrap();
    assert_eq!(headers["x-api-key"], "Key k");
    assert_eq!(headers["authorization"], "Bearer t");
    assert!(headers.values().all(HeaderValue::is_sensitive));
    assert_eq!(all.query, ["api%20key=a%26b"]);
    assert_eq!(all.cookies, ["sid=c"]);
    let (headers, _) = carried(&[&["basic"]], &[(4, Credential::basic("Aladdin", "open sesame"))]).unwrap();
    assert_eq!(headers["authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

#[test]
fn one_alternative_is_attached_and_nothing_else() {
    let given = [(3, Credential::bearer("t")), (1, Credential::api_key("q"))];
    let (headers, chosen) = carried(&[&["key"], &["bearer"], &["query"]], &given).unwrap();
    assert_eq!((headers.len(), chosen.query.len()), (1, 0));
    let (optional, _) = carried(&[&[], &["bearer"]], &given).unwrap();
    assert_eq!(optional.len(), 1);
    assert_eq!(carried(&[&[], &["key"]], &given).unwrap().0.len(), 0);
    assert_eq!(carried(&[], &given).unwrap().0.len(), 0);
}

#[test]
fn what_is_missing_is_named_with_how_to_give_it() {
    let error = carried(&[&["key"], &["bearer", "oauth"]], &[]).err().unwrap();
    assert_eq!(
        error,
        "no credential for `key` (give it to the client's builder with `api_key(…)`), or for `bearer` (give it to \
         the client's builder with `credential(\"bearer\", …)`) and `oauth` (which this client cannot attach)"
    );
}

#[test]
fn credentials_that_cannot_be_sent_are_refused() {
    assert!(Credential::api_key("a\r\nb").check(&SCHEMES[0]).is_err());
    assert!(Credential::api_key("a;b").check(&SCHEMES[2]).is_err());
    assert!(Credential::api_key("a").check(&SCHEMES[3]).is_err());
    assert!(Credential::bearer("").check(&SCHEMES[3]).is_err());
    assert!(Credential::basic("a:b", "c").check(&SCHEMES[4]).is_err());
    assert!(Credential::api_key("a\r\nb").check(&SCHEMES[1]).is_ok());
    assert!(Credential::basic("a", "b:c").check(&SCHEMES[4]).is_ok());
}

#[test]
fn secrets_are_not_shown() {
    let shown = format!("{:?}{:?}", Credential::api_key("canary"), Credential::basic("user", "canary"));
    assert!(!shown.contains("canary"), "{shown}");
}
