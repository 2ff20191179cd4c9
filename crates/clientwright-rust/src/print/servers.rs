//! Prints the servers: a function for each that can be chosen, and setters for the variables of its URL.
//!
//! In: planned servers. Out: `servers.rs`. Never happens: a URL that is put together here.

use proc_macro2::TokenStream;
use quote::quote;

use super::source::Source;
use super::tokens::{docs, text, texts};
use super::uses::Uses;
use crate::docs::paragraph;
use crate::model::{Client, Server, ServerChoice, ServerValues, ServerVariable};

/// Prints `servers.rs`, where there is something in it.
pub(super) fn print(client: &Client) -> Option<String> {
    if client.servers.is_empty() {
        return None;
    }
    let line = "The documented servers, to be chosen with [`ClientBuilder::server`](super::ClientBuilder::server).";
    let mut source = Source::new(&[line.to_owned()]);
    source.block(&uses(client).declarations("", &[]));
    for server in &client.servers {
        source.statement(&constant(server));
        if let Some(choice) = &server.choice {
            print_choice(&mut source, server, choice);
        }
    }
    Some(source.finish())
}

fn uses(client: &Client) -> Uses {
    let mut uses = Uses::default();
    let choices = || client.servers.iter().filter(|server| server.choice.is_some());
    let variables = || choices().flat_map(|server| &server.variables);
    let needed = [
        (true, "Server"),
        (choices().next().is_some(), "ServerUrl"),
        (client.servers.iter().any(|server| !server.variables.is_empty()), "Variable"),
        (variables().next().is_some(), "server"),
        (variables().any(|variable| variable.values.is_some()), "server_values"),
    ];
    needed.iter().filter(|(needed, _)| *needed).for_each(|(_, name)| uses.add("clientwright_runtime", name));
    uses
}

fn print_choice(source: &mut Source, server: &Server, choice: &ServerChoice) {
    let ServerChoice { function, type_name, .. } = choice;
    let (constant, lines) = (&server.constant, docs(&choice.docs));
    if server.variables.is_empty() {
        source.item(quote! {
            #lines
            pub fn #function() -> ServerUrl {
                ServerUrl::new(&#constant)
            }
        });
        return;
    }
    source.item(quote! {
        #lines
        pub fn #function() -> #type_name {
            #type_name(ServerUrl::new(&#constant))
        }
    });
    let line = format!(" The server [`{function}`], with values for the variables of its URL.");
    source.item(quote! {
        #[doc = #line]
        #[derive(Clone, Debug)]
        pub struct #type_name(ServerUrl);
    });
    source.statement(&format!("server!({type_name});"));
    source.methods(&quote! { #type_name }, server.variables.iter().map(setter).collect());
    for variable in &server.variables {
        if let Some(values) = &variable.values {
            print_values(source, choice, variable, values);
        }
    }
}

fn setter(variable: &ServerVariable) -> TokenStream {
    let mut lines = variable.docs.clone();
    if let Some(values) = &variable.values {
        paragraph(&mut lines, vec![format!("The values are those of [`{}`]; others make no client.", values.name)]);
    }
    let (lines, setter, name) = (docs(&lines), &variable.setter, &variable.name);
    quote! {
        #lines
        pub fn #setter(self, #setter: impl Into<String>) -> Self {
            Self(self.0.variable(#name, #setter))
        }
    }
}

fn print_values(source: &mut Source, choice: &ServerChoice, variable: &ServerVariable, values: &ServerValues) {
    let name = &values.name;
    let line = format!(" The values of [`{}::{}`].", choice.type_name, variable.setter);
    let variants = values.variants.iter().map(|variant| {
        let (name, line) = (&variant.name, docs(&[format!("{}.", crate::docs::code(&variant.text))]));
        quote! { #line #name, }
    });
    source.item(quote! {
        #[doc = #line]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    });
    let pairs = values.variants.iter().map(|variant| format!("    {} = {},\n", variant.name, text(&variant.text)));
    source.statement(&format!("server_values!({name} {{\n{}}});", pairs.collect::<String>()));
}

/// The static description: the URL and its variables, one a line.
fn constant(server: &Server) -> String {
    let mut description = format!("pub(super) static {}: Server = Server::new({})", server.constant, text(&server.url));
    if !server.variables.is_empty() {
        let lines: Vec<String> = server.variables.iter().map(|one| format!("        {},\n", variable(one))).collect();
        description.extend(["\n    .variables(&[\n", &lines.concat(), "    ])"]);
    }
    description + ";"
}

fn variable(variable: &ServerVariable) -> String {
    let mut description = format!("Variable::new({}, {})", text(&variable.name), text(&variable.default));
    if let Some(values) = &variable.values {
        let allowed: Vec<String> = values.variants.iter().map(|variant| variant.text.clone()).collect();
        description.extend([".allowed(", &texts(&allowed), ")"]);
    }
    description
}
