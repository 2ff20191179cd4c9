//! What a client's builder takes from the environment.
//!
//! In: variables. Out: the builder with a server and credentials. Never happens: a variable read that nobody asked for; the
//! value of one in an error.

use crate::build_error::BuildError;
use crate::client::ClientBuilder;
use crate::secret::OAuth2;
use crate::security::Credential;

impl ClientBuilder {
    /// Takes from the environment what it says: the server's URL from `NAME_BASE_URL`, and the credential of each
    /// security scheme from `NAME_SETTER`, after the API and the method that takes it (`ALLO_API_KEY`). Where a server gives
    /// tokens, what for is read from `NAME_CLIENT_ID` and `NAME_CLIENT_SECRET`, or `NAME_REFRESH_TOKEN` beside them.
    ///
    /// # Errors
    ///
    /// Fails where none of the credentials is there.
    pub fn environment(self) -> Result<Self, BuildError> {
        self.with_variables(&|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn with_variables(mut self, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, BuildError> {
        let name = |what: &str| format!("{}_{}", self.api.name, what).to_uppercase();
        let schemes = self.api.schemes;
        let names: Vec<String> = schemes.iter().map(|scheme| name(scheme.variable())).collect();
        let base_url = variable(&name("base_url"));
        let grant = grant(&|what| variable(&name(what)));
        let mut found = names.is_empty();
        for (scheme, name) in schemes.iter().zip(&names) {
            let granted = || grant.clone().filter(|_| scheme.gives_tokens()).map(Credential::bearer);
            if let Some(credential) = variable(name).map(|text| scheme.read(text)).or_else(granted) {
                self = self.credential(scheme.name, credential);
                found = true;
            }
        }
        if !found {
            return Err(BuildError::no_credential(&names));
        }
        Ok(match base_url {
            Some(url) => self.base_url(url),
            None => self,
        })
    }
}

/// What a token is given for.
fn grant(variable: &dyn Fn(&str) -> Option<String>) -> Option<OAuth2> {
    let (id, secret) = (variable("client_id"), variable("client_secret"));
    let grant = match variable("refresh_token") {
        Some(token) => OAuth2::refresh_token(token),
        None => return id.zip(secret).map(|(id, secret)| OAuth2::client_credentials(id, secret)),
    };
    let grant = id.into_iter().fold(grant, OAuth2::client);
    Some(secret.into_iter().fold(grant, OAuth2::client_secret))
}

#[cfg(test)]
mod tests {
    use crate::api::Api;
    use crate::client::Client;
    use crate::operation::Location;
    use crate::security::SecurityScheme;

    static API: Api = Api::new("pets", "").schemes(&[
        SecurityScheme::api_key("key", Location::Header, "X-Api-Key").setter("api_key"),
        SecurityScheme::basic("basic").setter("basic_auth"),
    ]);

    static GRANTED: Api =
        Api::new("shop", "").schemes(&[SecurityScheme::bearer("oauth").token_url("/token").setter("bearer_token")]);

    #[test]
    fn the_environment_says_server_and_credentials() {
        let built = |pairs: &[(&str, &str)]| {
            let variable =
                |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            let client = Client::builder(&API).with_variables(&variable)?.base_url("https://x");
            client.transport(crate::transport_fn(|_| Err(crate::TransportError::timeout()))).build()
        };
        let client = built(&[("PETS_API_KEY", "k"), ("PETS_BASIC_AUTH", "ann:p:w")]).unwrap();
        assert_eq!(client.0.credentials.len(), 2);
        let error = built(&[("API_KEY", "k")]).unwrap_err();
        assert_eq!(error.to_string(), "no credential is in the environment, in PETS_API_KEY, PETS_BASIC_AUTH");
        let builder = Client::builder(&API).with_variables(&|_| Some("https://y".to_owned())).unwrap();
        assert_eq!(builder.base_url.as_deref(), Some("https://y"));
    }

    #[test]
    fn the_environment_says_what_tokens_are_given_for() {
        let shown = |pairs: &[(&str, &str)]| {
            let variable =
                |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            let builder = Client::builder(&GRANTED).with_variables(&variable);
            builder.map(|builder| builder.credentials.len()).map_err(|error| error.to_string())
        };
        assert_eq!(shown(&[("SHOP_CLIENT_ID", "a"), ("SHOP_CLIENT_SECRET", "b")]), Ok(1));
        assert_eq!(shown(&[("SHOP_REFRESH_TOKEN", "a")]), Ok(1));
        assert_eq!(shown(&[("SHOP_BEARER_TOKEN", "a")]), Ok(1));
        assert!(shown(&[("SHOP_CLIENT_ID", "a")]).is_err());
    }
}
