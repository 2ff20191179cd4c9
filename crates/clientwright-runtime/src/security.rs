//! Credentials: which an operation needs, and where they stand in the request.
//!
//! In: the alternatives that an operation states, and the credentials that the builder was given. Out: headers, query
//! pairs and cookies of one alternative. Never happens: credentials of two alternatives in one request; a credential in
//! `Debug`, `Display` or an error; a value that was not checked when the client was built.

use http::header::{AUTHORIZATION, COOKIE, HeaderName};
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::operation::{Location, Operation};
use crate::parameter::percent;
use crate::wire::base64;

/// A documented way to authenticate.
#[derive(Clone, Copy, Debug)]
pub struct SecurityScheme {
    pub(crate) name: &'static str,
    pub(crate) kind: SchemeKind,
    setter: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum SchemeKind {
    ApiKey { location: Location, key: &'static str, prefix: &'static str },
    Bearer,
    Basic,
}

impl SecurityScheme {
    /// A key sent as a header, in the query or as a cookie with the name `key`.
    #[must_use]
    pub const fn api_key(name: &'static str, location: Location, key: &'static str) -> Self {
        Self::new(name, SchemeKind::ApiKey { location, key, prefix: "" })
    }

    /// A bearer token in the `Authorization` header (RFC 6750, section 2.1).
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Bearer)
    }

    /// A name and a password in the `Authorization` header (RFC 7617).
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, SchemeKind::Basic)
    }

    /// What stands before the key on the wire: `Api-Key ` (with its space). Keys that have it already get no second one.
    #[must_use]
    pub const fn prefix(mut self, text: &'static str) -> Self {
        if let SchemeKind::ApiKey { location, key, prefix: _ } = self.kind {
            self.kind = SchemeKind::ApiKey { location, key, prefix: text };
        }
        self
    }

    /// The method of the generated builder that takes this credential, named in the error where it is missing.
    #[must_use]
    pub const fn setter(mut self, method: &'static str) -> Self {
        self.setter = method;
        self
    }

    const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind, setter: "" }
    }

    fn header(&self) -> Option<HeaderName> {
        match self.kind {
            SchemeKind::ApiKey { location: Location::Header, key, .. } => key.parse().ok(),
            SchemeKind::ApiKey { .. } => None,
            SchemeKind::Bearer | SchemeKind::Basic => Some(AUTHORIZATION),
        }
    }

    fn advice(&self) -> String {
        match self.setter {
            "" => format!("`credential(\"{}\", …)`", self.name),
            setter => format!("`{setter}(…)`"),
        }
    }
}

/// A secret that proves who calls. Neither `Debug` nor any error shows it; its memory is cleared when it is dropped.
#[derive(Clone, Debug)]
pub struct Credential(Secret);

#[derive(Clone, Debug)]
enum Secret {
    ApiKey(SecretString),
    Bearer(SecretString),
    Basic(String, SecretString),
}

impl Credential {
    /// A key, for schemes made with [`SecurityScheme::api_key`].
    #[must_use]
    pub fn api_key(key: impl Into<String>) -> Self {
        Self(Secret::ApiKey(SecretString::from(key.into())))
    }

    /// A bearer token, without the word `Bearer`.
    #[must_use]
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Secret::Bearer(SecretString::from(token.into())))
    }

    /// A user's name, which holds no colon, and the password.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Secret::Basic(user.into(), SecretString::from(password.into())))
    }

    /// Whether this credential fits the scheme and can be sent; the error says why not, without showing it.
    pub(crate) fn check(&self, scheme: &SecurityScheme) -> Result<(), &'static str> {
        match (&self.0, scheme.kind) {
            (Secret::Basic(user, _), SchemeKind::Basic) if user.contains(':') => Err("the user's name holds a colon"),
            (Secret::Bearer(token), SchemeKind::Bearer) if token.expose_secret().is_empty() => Err("it is empty"),
            (Secret::ApiKey(key), SchemeKind::ApiKey { .. }) if key.expose_secret().is_empty() => Err("it is empty"),
            (Secret::ApiKey(key), SchemeKind::ApiKey { location: Location::Cookie, .. })
                if key.expose_secret().contains(';') =>
            {
                Err("it holds a semicolon, which cookies cannot")
            }
            (Secret::Basic(..), SchemeKind::Basic)
            | (Secret::ApiKey(_), SchemeKind::ApiKey { location: Location::Query, .. }) => Ok(()),
            (Secret::ApiKey(_), SchemeKind::ApiKey { .. }) | (Secret::Bearer(_), SchemeKind::Bearer) => self
                .value(scheme)
                .map(|_| ())
                .ok_or("it holds a character that headers cannot (perhaps the end of a line)"),
            _ => Err("it is of another kind than the scheme"),
        }
    }

    /// The header or cookie value, or the text of the query's value.
    fn text(&self, scheme: &SecurityScheme) -> SecretString {
        let text = match (&self.0, scheme.kind) {
            (Secret::ApiKey(key), SchemeKind::ApiKey { prefix, .. }) => {
                let key = key.expose_secret();
                if key.starts_with(prefix) { key.to_owned() } else { format!("{prefix}{key}") }
            }
            (Secret::ApiKey(secret) | Secret::Bearer(secret), _) => format!("Bearer {}", secret.expose_secret()),
            (Secret::Basic(user, password), _) => {
                format!("Basic {}", base64::encode(format!("{user}:{}", password.expose_secret()).as_bytes()))
            }
        };
        SecretString::from(text)
    }

    fn value(&self, scheme: &SecurityScheme) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_bytes(self.text(scheme).expose_secret().as_bytes()).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// The credentials of a client, each with its scheme.
pub(crate) type Credentials = [(&'static SecurityScheme, Credential)];

/// What a request carries, as far as credentials are added to it.
#[derive(Default)]
pub(crate) struct Carried {
    pub(crate) headers: HeaderMap,
    pub(crate) query: Vec<String>,
    pub(crate) cookies: Vec<String>,
}

impl Carried {
    /// The `Cookie` header: the cookies that the caller wrote into it, and those of parameters and credentials which are
    /// not among them. `None` where they are no header.
    pub(crate) fn cookie_header(&self) -> Option<HeaderValue> {
        let mut line: Vec<u8> = Vec::new();
        let own = self.headers.get(COOKIE).map(HeaderValue::as_bytes).unwrap_or_default();
        let name = |pair: &[u8]| pair.split(|byte| *byte == b'=').next().map(<[u8]>::trim_ascii).map(<[u8]>::to_vec);
        let by_caller: Vec<_> = own.split(|byte| *byte == b';').map(name).collect();
        let others = self.cookies.iter().map(String::as_bytes).filter(|pair| !by_caller.contains(&name(pair)));
        for pair in std::iter::once(own).chain(others).filter(|pair| !pair.is_empty()) {
            line.extend_from_slice(if line.is_empty() { b"" } else { b"; " });
            line.extend_from_slice(pair);
        }
        let mut value = HeaderValue::from_bytes(&line).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// Adds the credentials of the first alternative that can be satisfied; one that needs nothing counts last, so that a
/// credential which was given for an optional scheme is used. A scheme whose header the caller set is satisfied by that.
///
/// The error says what is missing and how to give it.
pub(crate) fn attach(
    schemes: &'static [SecurityScheme],
    credentials: &Credentials,
    operation: &Operation,
    carried: &mut Carried,
) -> Result<(), String> {
    let alternatives = operation.security;
    let satisfied = |name: &&&str| {
        let scheme = schemes.iter().find(|scheme| scheme.name == **name);
        scheme.is_some_and(|scheme| {
            let by_caller = scheme.header().is_some_and(|header| carried.headers.contains_key(header));
            by_caller || credentials.iter().any(|(given, _)| given.name == scheme.name)
        })
    };
    let chosen = alternatives.iter().find(|set| !set.is_empty() && set.iter().all(|name| satisfied(&name)));
    let Some(chosen) = chosen else {
        let none_needed = alternatives.is_empty() || alternatives.iter().any(|set| set.is_empty());
        return if none_needed { Ok(()) } else { Err(missing(schemes, alternatives)) };
    };
    for name in *chosen {
        if let Some((scheme, credential)) = credentials.iter().find(|(scheme, _)| scheme.name == *name) {
            add(scheme, credential, carried);
        }
    }
    Ok(())
}

/// The names of query parameters that hold credentials.
pub(crate) fn secret_queries(schemes: &'static [SecurityScheme]) -> impl Iterator<Item = &'static str> {
    schemes.iter().filter_map(|scheme| match scheme.kind {
        SchemeKind::ApiKey { location: Location::Query, key, .. } => Some(key),
        SchemeKind::ApiKey { .. } | SchemeKind::Bearer | SchemeKind::Basic => None,
    })
}

fn add(scheme: &SecurityScheme, credential: &Credential, carried: &mut Carried) {
    match (scheme.kind, scheme.header()) {
        (_, Some(header)) => {
            if let (false, Some(value)) = (carried.headers.contains_key(&header), credential.value(scheme)) {
                carried.headers.insert(header, value);
            }
        }
        (SchemeKind::ApiKey { location: Location::Query, key, .. }, None) => {
            let text = credential.text(scheme);
            carried.query.push(format!("{}={}", percent::strict(key), percent::strict(text.expose_secret())));
        }
        (SchemeKind::ApiKey { key, .. }, None) => {
            carried.cookies.push(format!("{key}={}", credential.text(scheme).expose_secret()));
        }
        (SchemeKind::Bearer | SchemeKind::Basic, None) => {}
    }
}

fn missing(schemes: &[SecurityScheme], alternatives: &[&[&str]]) -> String {
    let one = |name: &&str| {
        let scheme = schemes.iter().find(|scheme| scheme.name == *name);
        match scheme.map(SecurityScheme::advice) {
            Some(advice) => format!("`{name}` (give it to the client's builder with {advice})"),
            None => format!("`{name}` (which this client cannot attach)"),
        }
    };
    let sets: Vec<String> =
        alternatives.iter().map(|set| set.iter().map(one).collect::<Vec<_>>().join(" and ")).collect();
    format!("no credential for {}", sets.join(", or for "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;

    static SCHEMES: &[SecurityScheme] = &[
        SecurityScheme::api_key("key", Location::Header, "X-Api-Key").prefix("Key ").setter("api_key"),
        SecurityScheme::api_key("query", Location::Query, "api key"),
        SecurityScheme::api_key("cookie", Location::Cookie, "sid"),
        SecurityScheme::bearer("bearer"),
        SecurityScheme::basic("basic"),
    ];

    fn carried(security: &'static [&'static [&'static str]], given: &[(usize, Credential)]) -> Result<Carried, String> {
        let operation = Operation::new("op", Method::Get, "/").security(security);
        let given: Vec<_> = given.iter().map(|(index, it)| (&SCHEMES[*index], it.clone())).collect();
        let mut carried = Carried::default();
        attach(SCHEMES, &given, &operation, &mut carried).map(|()| carried)
    }

    #[test]
    fn each_kind_stands_where_it_should() {
        let given = [
            (0, Credential::api_key("k")),
            (1, Credential::api_key("a&b")),
            (2, Credential::api_key("c")),
            (3, Credential::bearer("t")),
        ];
        let all = carried(&[&["key", "query", "cookie", "bearer"]], &given).unwrap();
        assert_eq!(all.headers["x-api-key"], "Key k");
        assert_eq!(all.headers["authorization"], "Bearer t");
        assert!(all.headers.values().all(HeaderValue::is_sensitive));
        assert_eq!(all.query, ["api%20key=a%26b"]);
        assert_eq!(all.cookies, ["sid=c"]);
        let basic = carried(&[&["basic"]], &[(4, Credential::basic("Aladdin", "open sesame"))]).unwrap();
        assert_eq!(basic.headers["authorization"], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    #[test]
    fn one_alternative_is_attached_and_nothing_else() {
        let given = [(3, Credential::bearer("t")), (1, Credential::api_key("q"))];
        let chosen = carried(&[&["key"], &["bearer"], &["query"]], &given).unwrap();
        assert_eq!((chosen.headers.len(), chosen.query.len()), (1, 0));
        let optional = carried(&[&[], &["bearer"]], &given).unwrap();
        assert_eq!(optional.headers.len(), 1);
        assert_eq!(carried(&[&[], &["key"]], &given).unwrap().headers.len(), 0);
        assert_eq!(carried(&[], &given).unwrap().headers.len(), 0);
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
}
