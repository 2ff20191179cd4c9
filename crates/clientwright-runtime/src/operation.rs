//! What an operation is: the static description that generated code gives of it.
//!
//! In: constants of generated code. Out: the same, to be read by [`Call`](crate::Call) when it writes a request and
//! reads its answer. Never happens: work at run time; everything here is `const` and lives in a `static`.

mod parameter;

use std::fmt;

pub(crate) use self::parameter::MediaType;
pub use self::parameter::{Lists, Location, Parameter, Style};
use crate::api::Server;
use crate::page::Paging;
use crate::part::Part;
use crate::wire::Node;

/// The outermost element of a body in XML that states none.
static ROOT: Node = Node::new("root");

/// One operation of an API: method, path template, parameters, credentials and media types.
///
/// ```
/// use clientwright_runtime::{Method, Operation, Parameter};
///
/// static GET_PERSON: Operation = Operation::new("getPerson", Method::Get, "/people/{id}")
///     .parameters(&[Parameter::query("fields").explode(false)])
///     .security(&[&["ApiKeyAuth"]])
///     .accept("application/json");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) query: &'static [&'static str],
    pub(crate) security: &'static [&'static [&'static str]],
    pub(crate) body: &'static [&'static str],
    pub(crate) form: &'static [Part],
    pub(crate) multipart: &'static [Part],
    pub(crate) xml: &'static Node,
    pub(crate) accept: &'static str,
    pub(crate) success: &'static [&'static str],
    pub(crate) redirects: &'static [&'static str],
    pub(crate) server: Option<&'static Server>,
    pub(crate) repeatable: Option<bool>,
    pub(crate) idempotency_key: &'static str,
    pub(crate) paging: Option<&'static Paging>,
    pub(crate) envelope: &'static [&'static str],
    pub(crate) stream: &'static str,
    pub(crate) switch: Option<(&'static str, bool)>,
}

impl Operation {
    /// An operation without parameters, body and credentials, whose successes are all statuses from 200 to 299.
    ///
    /// `template` is the path below the server's URL with its parameters in braces: `/people/{id}`.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, template: &'static str) -> Self {
        Self {
            id,
            method,
            template,
            parameters: &[],
            query: &[],
            security: &[],
            body: &[],
            form: &[],
            multipart: &[],
            xml: &ROOT,
            accept: "",
            success: &["2XX"],
            redirects: &[],
            server: None,
            repeatable: None,
            idempotency_key: "",
            paging: None,
            envelope: &[],
            stream: "",
            switch: None,
        }
    }

    /// The parameters, in the order in which they are sent. Those of the path stand here only where they are not written as
    /// [`Parameter::path`] says, because the template names them.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The names of further parameters, all in the query and written as [`Parameter::query`] says, in the order in which they
    /// are sent.
    #[must_use]
    pub const fn query(mut self, names: &'static [&'static str]) -> Self {
        self.query = names;
        self
    }

    /// Alternatives of sets of security schemes, by the names that [`Api::schemes`](crate::Api::schemes) gives them:
    /// the first set whose credentials are all there is attached. An empty set needs none; no set at all likewise.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// The media types of the request's body, the preferred one first.
    #[must_use]
    pub const fn body(mut self, media_types: &'static [&'static str]) -> Self {
        self.body = media_types;
        self
    }

    /// How members of a form are written, where the document says it of them.
    #[must_use]
    pub const fn form(mut self, parts: &'static [Part]) -> Self {
        self.form = parts;
        self
    }

    /// How members of a multipart body are written, where the document says it of them.
    #[must_use]
    pub const fn multipart(mut self, parts: &'static [Part]) -> Self {
        self.multipart = parts;
        self
    }

    /// The outermost element of the request's body, where that is XML.
    #[must_use]
    pub const fn xml(mut self, root: &'static Node) -> Self {
        self.xml = root;
        self
    }

    /// The `Accept` header (RFC 9110, section 12.5.1): the media types of the documented answers, between commas.
    #[must_use]
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = media_types;
        self
    }

    /// The statuses that are successes, as `200`, `2XX`; `&["2XX"]` unless said. A redirect named here is not followed.
    #[must_use]
    pub const fn success(mut self, statuses: &'static [&'static str]) -> Self {
        self.success = statuses;
        self
    }

    /// The redirects that are answers of their own, as `302`, `3XX`: they are handed over, and not followed.
    #[must_use]
    pub const fn redirects(mut self, statuses: &'static [&'static str]) -> Self {
        self.redirects = statuses;
        self
    }

    /// The server that this operation is sent to in place of the API's; a URL that starts with a slash is one at the
    /// client's server.
    #[must_use]
    pub const fn server(mut self, server: &'static Server) -> Self {
        self.server = Some(server);
        self
    }

    /// Says that carrying it out twice does no more than once, whatever its method: a POST that only reads.
    #[must_use]
    pub const fn repeatable(mut self) -> Self {
        self.repeatable = Some(true);
        self
    }

    /// Says that carrying it out twice does more than once, whatever its method: a DELETE of what stands first.
    #[must_use]
    pub const fn not_repeatable(mut self) -> Self {
        self.repeatable = Some(false);
        self
    }

    /// The header by which the server knows a request that it has carried out already. Each call that may be repeated
    /// gets a key of its own, unless the caller sets one, and is repeated with the same.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = header;
        self
    }

    /// How it gives its list page by page.
    #[must_use]
    pub const fn pages(mut self, paging: &'static Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    /// The way to the member of an answer that is taken for the answer, by the decoder
    /// [`enveloped`](crate::decode::enveloped).
    #[must_use]
    pub const fn envelope(mut self, path: &'static [&'static str]) -> Self {
        self.envelope = path;
        self
    }

    /// The media types of an answer that comes piece by piece, between commas; they are asked for where it is read so.
    #[must_use]
    pub const fn stream(mut self, media_types: &'static str) -> Self {
        self.stream = media_types;
        self
    }

    /// The member of a JSON body that says whether the answer comes piece by piece, and what the server assumes without it. It
    /// is written for the caller.
    #[must_use]
    pub const fn switch(mut self, member: &'static str, assumed: bool) -> Self {
        self.switch = Some((member, assumed));
        self
    }

    /// The `operationId`.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// The path template.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// A parameter, and its place in the order in which they are sent; what is not described comes last.
    pub(crate) fn find(&self, location: Location, name: &'static str) -> (usize, Parameter) {
        let described = |parameter: &&Parameter| parameter.location == location && parameter.name == name;
        let found = self.parameters.iter().enumerate().find(|(_, parameter)| described(parameter));
        if let Some((place, parameter)) = found {
            return (place, *parameter);
        }
        let named = self.query.iter().position(|one| location == Location::Query && *one == name);
        let place = named.map_or(usize::MAX, |place| self.parameters.len() + place);
        (place, Parameter::of(location, name))
    }
}

/// The method of a request (RFC 9110, section 9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
    /// Any other, as it is sent: `QUERY`. What is no token (RFC 9110, section 5.6.2) is refused when it is sent.
    Other(&'static str),
}

impl Method {
    /// The method as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Other(name) => name,
        }
    }

    /// The method of a request, if it is a token; those that are known need no look at their text.
    pub(crate) fn to_http(self) -> Option<http::Method> {
        Some(match self {
            Self::Get => http::Method::GET,
            Self::Put => http::Method::PUT,
            Self::Post => http::Method::POST,
            Self::Delete => http::Method::DELETE,
            Self::Options => http::Method::OPTIONS,
            Self::Head => http::Method::HEAD,
            Self::Patch => http::Method::PATCH,
            Self::Trace => http::Method::TRACE,
            Self::Other(name) => return name.parse().ok(),
        })
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Which of `patterns` (`404`, `4XX`, `default`) a status falls under: the exact one before the range before `default`.
///
/// `default` stands for failures only: a redirect that was not followed is under no pattern but its own.
pub(crate) fn pick<'a>(status: http::StatusCode, patterns: &[&'a str]) -> Option<&'a str> {
    let range = |pattern: &&&str| {
        let mut characters = pattern.chars();
        let class = characters.next().and_then(|digit| digit.to_digit(10));
        class == Some(u32::from(status.as_u16() / 100)) && matches!(characters.as_str(), "XX" | "xx")
    };
    let fallback = |pattern: &&&str| **pattern == "default" && (status.is_client_error() || status.is_server_error());
    let exact = |pattern: &&&str| **pattern == status.as_str();
    let pattern = patterns.iter().find(exact);
    pattern.or_else(|| patterns.iter().find(range)).or_else(|| patterns.iter().find(fallback)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_precise_pattern_is_picked_whatever_the_order() {
        let patterns = ["default", "4XX", "404"];
        let picked = |status: u16| pick(http::StatusCode::from_u16(status).unwrap(), &patterns);
        assert_eq!(picked(404), Some("404"));
        assert_eq!(picked(409), Some("4XX"));
        assert_eq!(picked(500), Some("default"));
        assert_eq!(picked(302), None);
        assert_eq!(picked(599), Some("default"));
    }
}
