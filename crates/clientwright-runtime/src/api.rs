//! What an API is: its name, server and security schemes.
//!
//! In: constants of generated code. Out: the same, to be read by [`ClientBuilder`](crate::ClientBuilder). Never happens:
//! a variable of a server's URL that brings in another host by its value.

use crate::security::SecurityScheme;

/// An API, as generated code describes it once, in a `static`.
///
/// ```
/// use clientwright_runtime::{Api, Location, SecurityScheme, Server};
///
/// static PRODUCTION: Server = Server::new("https://api.withallo.com");
///
/// static API: Api = Api::new("allo", "allo/1.0.0")
///     .server(&PRODUCTION)
///     .schemes(&[SecurityScheme::api_key("ApiKeyAuth", Location::Header, "Authorization").setter("api_key")]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Api {
    pub(crate) name: &'static str,
    pub(crate) user_agent: &'static str,
    pub(crate) server: Option<&'static Server>,
    pub(crate) schemes: &'static [SecurityScheme],
}

impl Api {
    /// An API without a server and security schemes; `user_agent` is what it sends as `User-Agent` (nothing if empty).
    #[must_use]
    pub const fn new(name: &'static str, user_agent: &'static str) -> Self {
        Self { name, user_agent, server: None, schemes: &[] }
    }

    /// The server that calls are sent to if none is chosen.
    #[must_use]
    pub const fn server(mut self, server: &'static Server) -> Self {
        self.server = Some(server);
        self
    }

    /// The security schemes that operations name.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// The name of the API.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

/// A documented server.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    pub(crate) url: &'static str,
    variables: &'static [Variable],
}

impl Server {
    /// A server by its URL, perhaps with `{variables}`.
    #[must_use]
    pub const fn new(url: &'static str) -> Self {
        Self { url, variables: &[] }
    }

    /// The variables in the URL.
    #[must_use]
    pub const fn variables(mut self, variables: &'static [Variable]) -> Self {
        self.variables = variables;
        self
    }

    /// The URL with its variables replaced by `given` values or their defaults; the error names the variable. Values of
    /// variables that this server does not have are those of another server.
    pub(crate) fn expand(&self, given: &[(&'static str, String)]) -> Result<String, String> {
        let mut url = self.url.to_owned();
        for variable in self.variables {
            let value = given.iter().rev().find(|(name, _)| *name == variable.name).map(|(_, value)| value.as_str());
            let value = value.unwrap_or(variable.default);
            let placeholder = format!("{{{}}}", variable.name);
            variable.check(value, self.is_in_path(&placeholder))?;
            url = url.replace(&placeholder, value);
        }
        Ok(url)
    }

    fn is_in_path(&self, placeholder: &str) -> bool {
        let start = self.url.find("://").map_or(0, |scheme| scheme + 3);
        let slash = self.url.get(start..).and_then(|rest| rest.find('/')).map(|slash| start + slash);
        slash.zip(self.url.find(placeholder)).is_some_and(|(slash, variable)| slash < variable)
    }
}

/// A documented server that was chosen, with values for the variables in its URL.
#[derive(Clone, Debug)]
pub struct ServerUrl {
    pub(crate) server: &'static Server,
    pub(crate) given: Vec<(&'static str, String)>,
}

impl ServerUrl {
    /// The server with the defaults of its variables.
    #[must_use]
    pub const fn new(server: &'static Server) -> Self {
        Self { server, given: Vec::new() }
    }

    /// The same with a value for a variable; it is checked when the client is built.
    #[must_use]
    pub fn variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.given.push((name, value.into()));
        self
    }
}

/// A variable in a server's URL.
#[derive(Clone, Copy, Debug)]
pub struct Variable {
    name: &'static str,
    default: &'static str,
    allowed: &'static [&'static str],
}

impl Variable {
    /// A variable with the value it has unless one is given.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self { name, default, allowed: &[] }
    }

    /// The only values it may have; any without this.
    #[must_use]
    pub const fn allowed(mut self, values: &'static [&'static str]) -> Self {
        self.allowed = values;
        self
    }

    fn check(&self, value: &str, in_path: bool) -> Result<(), String> {
        let listed = self.allowed.is_empty() || self.allowed.contains(&value);
        let slash = in_path || self.default.contains('/') || !value.contains('/');
        // Nothing is a value where the document says so: `https://.example.com` is no server.
        let empty = value.is_empty() && !self.default.is_empty() && self.allowed.is_empty();
        let sound = |character: char| character.is_ascii_graphic() && !"@?#\\%{}".contains(character);
        if listed && slash && !empty && value.chars().all(sound) {
            return Ok(());
        }
        Err(format!("the variable `{}` of the server's URL cannot be `{}`", self.name, value.escape_debug()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SERVER: Server = Server::new("https://{region}.example.com/{version}")
        .variables(&[Variable::new("region", "eu").allowed(&["eu", "us"]), Variable::new("version", "v1")]);

    fn expand(name: &'static str, value: &str) -> Result<String, String> {
        SERVER.expand(&[(name, value.into())])
    }

    #[test]
    fn variables_are_replaced_and_checked() {
        static OPEN: Server = Server::new("https://{host}").variables(&[Variable::new("host", "x")]);
        assert_eq!(SERVER.expand(&[]).unwrap(), "https://eu.example.com/v1");
        assert_eq!(expand("region", "us").unwrap(), "https://us.example.com/v1");
        assert_eq!(expand("version", "v2/beta").unwrap(), "https://eu.example.com/v2/beta");
        assert_eq!(expand("of another server", "x").unwrap(), "https://eu.example.com/v1");
        for (name, value) in [("region", "evil.com/"), ("version", "v1?x"), ("version", "a b"), ("version", "")] {
            assert!(expand(name, value).is_err(), "{name}={value}");
        }
        assert!(OPEN.expand(&[("host", String::new())]).is_err());
        assert!(OPEN.expand(&[("host", "evil/x".into())]).is_err());
        assert!(OPEN.expand(&[("host", "a@evil".into())]).is_err());
    }
}
