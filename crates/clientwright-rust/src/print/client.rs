//! Prints the client and its builder.
//!
//! In: servers and credentials. Out: `client.rs`. Never happens: a default for a credential.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::source::Source;
use super::tokens::{docs, text};
use super::uses::Uses;
use crate::docs::paragraph;
use crate::model::{Crate, Credential, CredentialKind, KeyLocation};

/// Prints `client.rs`.
pub(super) fn print(planned: &Crate) -> String {
    let mut source = Source::new(&["The client and how it is made.".to_owned()]);
    source.block(&uses(planned).declarations("", &[]));
    source.statement(&description(planned));
    source.block(CLIENT);
    source.methods(&quote! { Client }, vec![from_env(planned)]);
    source.block(BUILDER);
    let credentials = planned.client.credentials.iter().map(credential).collect();
    source.methods(&quote! { ClientBuilder }, credentials);
    source.finish()
}

/// Files without logic that hold for every client.
const CLIENT: &str = include_str!("../../templates/client.rs.in");
const BUILDER: &str = include_str!("../../templates/client_builder.rs.in");

fn uses(planned: &Crate) -> Uses {
    let mut uses = Uses::default();
    for name in ["Api", "BuildError", "Call", "Operation", "builder"] {
        uses.add("clientwright_runtime", name);
    }
    let client = &planned.client;
    let key = |credential: &Credential| matches!(credential.kind, CredentialKind::ApiKey { .. });
    let needed = [
        (!client.credentials.is_empty(), "Credential"),
        (client.credentials.iter().any(|credential| credential.kind != CredentialKind::Basic), "Secret"),
        (!client.credentials.is_empty(), "SecurityScheme"),
        (client.credentials.iter().any(key), "Location"),
    ];
    needed.iter().filter(|(needed, _)| *needed).for_each(|(_, name)| uses.add("clientwright_runtime", name));
    uses
}

/// The static description of the API: its default server, and its security schemes, one a line.
fn description(planned: &Crate) -> String {
    let name = text(&planned.manifest.name.replace('-', "_"));
    let mut chain = vec![format!("Api::new({name}, super::meta::USER_AGENT)")];
    if let Some(default) = planned.client.default_server() {
        chain.push(format!(".server(&super::servers::{})", default.constant));
    }
    let schemes: Vec<String> =
        planned.client.credentials.iter().map(|one| format!("        {},\n", scheme(one))).collect();
    if !schemes.is_empty() {
        chain.push(format!(".schemes(&[\n{}    ])", schemes.concat()));
    }
    format!("static API: Api = {};", chain.join("\n    "))
}

fn scheme(credential: &Credential) -> String {
    let name = text(&credential.scheme);
    let scheme = match &credential.kind {
        CredentialKind::Bearer => format!("SecurityScheme::bearer({name})"),
        CredentialKind::Basic => format!("SecurityScheme::basic({name})"),
        CredentialKind::ApiKey { location, name: key } => {
            let location = match location {
                KeyLocation::Header => "Header",
                KeyLocation::Query => "Query",
                KeyLocation::Cookie => "Cookie",
            };
            format!("SecurityScheme::api_key({name}, Location::{location}, {})", text(key))
        }
    };
    let said = [
        ("prefix", &credential.prefix),
        ("token_url", &credential.token_url),
        ("refresh_url", &credential.refresh_url),
    ];
    let said = said.iter().filter_map(|(method, value)| Some(format!(".{method}({})", text(value.as_ref()?))));
    format!("{scheme}{}.setter({})", said.collect::<String>(), text(credential.method.as_str()))
}

/// The client that the environment describes.
fn from_env(planned: &Crate) -> TokenStream {
    let name = planned.manifest.name.replace('-', "_").to_uppercase();
    let variable = |method: &str| format!("`{name}_{}`", method.to_uppercase());
    let mut lines =
        vec![format!("Makes a client from the environment: its server from {}, if it is there,", variable("base_url"))];
    let credentials = &planned.client.credentials;
    let names: Vec<String> = credentials.iter().map(|one| variable(one.method.as_str())).collect();
    match names.as_slice() {
        [] => lines.push("and nothing else.".to_owned()),
        names => lines.push(format!("and credentials from {}.", names.join(", "))),
    }
    if credentials.iter().any(|one| one.token_url.is_some() || one.refresh_url.is_some()) {
        let names = ["client_id", "client_secret", "refresh_token"].map(variable).join(", ");
        lines.push(format!("What tokens are given for is read from {names}."));
    }
    if credentials.iter().any(|one| one.kind == CredentialKind::Basic) {
        lines.push("A name and a password stand there with a colon between them.".to_owned());
    }
    lines.extend(
        ["", "# Errors", "", "Fails as `build` does, and where none of the credentials is there."].map(str::to_owned),
    );
    let lines = docs(&lines);
    quote! {
        #lines
        pub fn from_env() -> Result<Self, BuildError> {
            clientwright_runtime::Client::builder(&API).environment()?.build().map(Self)
        }
    }
}

/// The builder's method for a credential.
fn credential(credential: &Credential) -> TokenStream {
    let (method, scheme) = (&credential.method, &credential.scheme);
    let what = match &credential.kind {
        CredentialKind::ApiKey { .. } => "the API key",
        CredentialKind::Bearer => "the bearer token",
        CredentialKind::Basic => "the name and the password",
    };
    let mut lines = vec![format!("Gives {what} for the security scheme {}.", crate::docs::code(scheme))];
    paragraph(&mut lines, credential.docs.clone());
    if credential.token_url.is_some() || credential.refresh_url.is_some() {
        let text =
            "A [`runtime::OAuth2`](clientwright_runtime::OAuth2) in its place has tokens fetched when they are needed.";
        paragraph(&mut lines, vec![text.to_owned()]);
    }
    let lines = docs(&lines);
    if credential.kind == CredentialKind::Basic {
        return quote! {
            #lines
            pub fn #method(self, name: impl Into<String>, password: impl Into<String>) -> Self {
                Self(self.0.credential(#scheme, Credential::basic(name, password)))
            }
        };
    }
    let (argument, constructor) = match credential.kind {
        CredentialKind::ApiKey { .. } => (format_ident!("key"), format_ident!("api_key")),
        CredentialKind::Bearer | CredentialKind::Basic => (format_ident!("token"), format_ident!("bearer")),
    };
    quote! {
        #lines
        pub fn #method(self, #argument: impl Into<Secret>) -> Self {
            Self(self.0.credential(#scheme, Credential::#constructor(#argument)))
        }
    }
}
