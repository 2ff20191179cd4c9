//! Prints the client and its builder.
//!
//! In: servers and credentials. Out: `client.rs`. Never happens: a default for a credential.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::source::Source;
use super::tokens::docs;
use super::uses::Uses;
use crate::docs::paragraph;
use crate::model::{Crate, Credential, CredentialKind, KeyLocation};

/// Prints `client.rs`.
pub(super) fn print(planned: &Crate) -> String {
    let mut source = Source::new(&["The client and how it is made.".to_owned()]);
    source.items(uses(planned).declarations(&TokenStream::new(), &[]));
    source.item(description(planned));
    source.block(CLIENT);
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
    for name in ["Api", "Call", "Operation", "builder"] {
        uses.add("clientwright_runtime", name);
    }
    let client = &planned.client;
    let key = |credential: &Credential| matches!(credential.kind, CredentialKind::ApiKey { .. });
    let needed = [
        (!client.servers.is_empty(), "Server"),
        (client.servers.iter().any(|server| !server.variables.is_empty()), "Variable"),
        (!client.credentials.is_empty(), "Credential"),
        (!client.credentials.is_empty(), "SecurityScheme"),
        (client.credentials.iter().any(key), "Location"),
    ];
    needed.iter().filter(|(needed, _)| *needed).for_each(|(_, name)| uses.add("clientwright_runtime", name));
    uses
}

/// The static description of the API: its servers and security schemes.
fn description(planned: &Crate) -> TokenStream {
    let name = planned.manifest.name.replace('-', "_");
    let mut description = quote! { Api::new(#name, super::meta::USER_AGENT) };
    if !planned.client.servers.is_empty() {
        let servers = planned.client.servers.iter().map(|server| {
            let (name, url) = (&server.name, &server.url);
            let variables = server.variables.iter().map(variable);
            let variables = (!server.variables.is_empty()).then(|| quote! { .variables(&[#(#variables),*]) });
            quote! { Server::new(#name, #url) #variables }
        });
        description.extend(quote! { .servers(&[#(#servers),*]) });
    }
    if !planned.client.credentials.is_empty() {
        let schemes = planned.client.credentials.iter().map(|credential| {
            let (scheme, setter) = (scheme(credential), credential.method.as_str());
            quote! { #scheme.setter(#setter) }
        });
        description.extend(quote! { .schemes(&[#(#schemes),*]) });
    }
    quote! { static API: Api = #description; }
}

fn variable((name, default, allowed): &(String, String, Vec<String>)) -> TokenStream {
    let allowed = (!allowed.is_empty()).then(|| quote! { .allowed(&[#(#allowed),*]) });
    quote! { Variable::new(#name, #default) #allowed }
}

fn scheme(credential: &Credential) -> TokenStream {
    let name = &credential.scheme;
    match &credential.kind {
        CredentialKind::Bearer => quote! { SecurityScheme::bearer(#name) },
        CredentialKind::Basic => quote! { SecurityScheme::basic(#name) },
        CredentialKind::ApiKey { location, name: key } => {
            let location = match location {
                KeyLocation::Header => format_ident!("Header"),
                KeyLocation::Query => format_ident!("Query"),
                KeyLocation::Cookie => format_ident!("Cookie"),
            };
            quote! { SecurityScheme::api_key(#name, Location::#location, #key) }
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
        pub fn #method(self, #argument: impl Into<String>) -> Self {
            Self(self.0.credential(#scheme, Credential::#constructor(#argument)))
        }
    }
}
