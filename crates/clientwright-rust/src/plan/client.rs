//! Plans how clients are made: servers and credentials.
//!
//! In: the planned servers, and the security schemes of an [`Api`](clientwright_api::Api). Out: these, with a builder's
//! method for each credential. Never happens: a credential in any of it.

use clientwright_api::model::{ApiKeyLocation, SecurityKind};
use clientwright_document::source::Value;

use super::Planning;
use crate::docs;
use crate::model::{Client, Credential, CredentialKind, KeyLocation};
use crate::names::{Case, Scope};

/// The methods that every builder has.
const RESERVED: &[&str] = &[
    "new",
    "clone",
    "build",
    "base_url",
    "server",
    "timeout",
    "attempt_timeout",
    "idle_timeout",
    "retries",
    "retry_budget",
    "middleware",
    "observer",
    "header",
    "user_agent",
    "max_body",
    "max_error_body",
    "transport",
    "blocking_transport",
    "http_client",
];

/// Plans the client and its builder.
pub(super) fn plan(planning: &mut Planning<'_>) -> Client {
    Client { servers: planning.servers.clone(), credentials: credentials(planning) }
}

/// The first credential of a kind is called what it is; further ones what the document calls them.
fn credentials(planning: &mut Planning<'_>) -> Vec<Credential> {
    let schemes = &planning.api.security_schemes;
    let given = planning.given.credentials.clone().into_iter().filter(|(scheme, _)| schemes.contains_key(scheme));
    let mut scope = Scope::new(Case::Snake, RESERVED).keeping(given);
    let mut used = Vec::new();
    let mut credentials = Vec::new();
    for (name, scheme) in schemes {
        let (word, kind) = match &scheme.kind {
            SecurityKind::ApiKey { location, name } => {
                ("api key", CredentialKind::ApiKey { location: key_location(*location), name: name.clone() })
            }
            SecurityKind::Http { scheme, .. } if scheme == "basic" => ("basic auth", CredentialKind::Basic),
            SecurityKind::Http { .. } | SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
                ("bearer token", CredentialKind::Bearer)
            }
            SecurityKind::MutualTls => continue,
        };
        let (words, distinction) = if used.contains(&word) { (name.as_str(), word) } else { (word, name.as_str()) };
        let method = scope.name_for(name, words, distinction);
        used.push(word);
        let said = clientwright_api::model::Docs { summary: None, description: scheme.description.clone() };
        let is_key = matches!(kind, CredentialKind::ApiKey { .. });
        let prefix = scheme.extensions.get("x-clientwright-prefix").filter(|_| is_key).and_then(Value::as_str);
        let prefix = prefix.map(str::to_owned);
        let (scheme_name, docs) = (name.clone(), docs::lines(&said));
        let [token_url, refresh_url] = token_urls(&scheme.kind);
        credentials.push(Credential { method, scheme: scheme_name, docs, kind, prefix, token_url, refresh_url });
    }
    planning.lock.credentials = scope.made();
    credentials
}

/// Where tokens are given, by the flow that needs nobody to sign in before the others, and where they are renewed.
fn token_urls(kind: &SecurityKind) -> [Option<String>; 2] {
    let SecurityKind::OAuth2 { flows, .. } = kind else { return [None, None] };
    let all = [
        &flows.client_credentials,
        &flows.authorization_code,
        &flows.password,
        &flows.device_authorization,
        &flows.implicit,
    ];
    let token = all.iter().find_map(|flow| flow.as_ref()?.token_url.clone());
    let refresh =
        all.iter().find_map(|flow| flow.as_ref()?.refresh_url.clone()).filter(|url| Some(url) != token.as_ref());
    [token, refresh]
}

const fn key_location(location: ApiKeyLocation) -> KeyLocation {
    match location {
        ApiKeyLocation::Header => KeyLocation::Header,
        ApiKeyLocation::Query => KeyLocation::Query,
        ApiKeyLocation::Cookie => KeyLocation::Cookie,
    }
}
