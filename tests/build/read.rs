//! The operations of a generated file, as they are called.
//!
//! In: a file of operations. Out: the methods of the client and of its requests, and where each of their arguments goes. Never:
//! a guess: what is not a call as generated code makes them is an error.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use crate::request::{Calls, Failure, Request};
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprLit, ExprMethodCall, ExprPath, FnArg, ImplItemFn, Item, Lit, Pat, Type};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// The methods of a call that take a body, by the beginnings of their names.
const BODIES: [&str; 5] = ["json", "form", "xml", "multipart", "bytes"];

/// What a file says of its operations.
#[derive(Default)]
pub(crate) struct Found {
    /// The operationId for the name of its static.
    pub(crate) operations: BTreeMap<String, String>,
    /// Of operations with pages, the way to their items in an answer.
    pub(crate) pages: BTreeMap<String, Vec<String>>,
    /// What reads the success of a request.
    pub(crate) decoders: BTreeMap<String, String>,
    /// The methods of the client, and of each request.
    pub(crate) methods: BTreeMap<String, Vec<ImplItemFn>>,
    /// The documented errors: the variants, and whether each has a body.
    pub(crate) errors: BTreeMap<String, Vec<(String, bool)>>,
}

/// Where the arguments of a method go.
#[derive(Default)]
pub(crate) struct Uses {
    /// The static of the operation.
    pub(crate) operation: Option<String>,
    /// For an argument, the method of the call that takes it, and the name on the wire.
    arguments: BTreeMap<String, (String, Option<String>)>,
    /// The beginning of the name of the method that takes the body.
    pub(crate) body: Option<String>,
    /// The arguments of the method.
    names: Vec<String>,
}

/// An argument of a method.
pub(crate) struct Argument {
    /// Its type, as a value of it is written.
    pub(crate) kind: String,
    /// The method of the call that takes it; empty where none does by itself.
    pub(crate) method: String,
    /// Its name on the wire.
    pub(crate) wire: Option<String>,
}

/// What a file uses of the runtime, with its own name for it, and of the standard library.
pub(crate) fn imports(file: &syn::File, runtime: &str) -> String {
    let mut text = String::new();
    for item in &file.items {
        let line = item.to_token_stream().to_string();
        if let Some(rest) = line.strip_prefix("use clientwright_runtime ::") {
            let _ = writeln!(text, "#[allow(unused_imports)] use {runtime}::{rest}");
        } else if line.starts_with("use std ::") {
            let _ = writeln!(text, "#[allow(unused_imports)] {line}");
        }
    }
    text
}

impl Found {
    pub(crate) fn in_file(file: &syn::File) -> Outcome<Self> {
        let mut found = Self::default();
        for item in &file.items {
            match item {
                Item::Static(item) => {
                    let mut texts = Texts::default();
                    texts.visit_expr(&item.expr);
                    let name = texts.0.into_iter().next().ok_or("an operation has a name")?;
                    found.operations.insert(item.ident.to_string(), name);
                    let mut pages = Pages::default();
                    pages.visit_expr(&item.expr);
                    found.pages.extend(pages.0.map(|path| (item.ident.to_string(), path)));
                }
                Item::Macro(item) if item.mac.path.is_ident("calls") => {
                    let Calls { client, methods } = item.mac.parse_body()?;
                    found.methods.entry(client.to_string()).or_default().extend(methods);
                }
                Item::Macro(item) if item.mac.path.is_ident("request") => {
                    let Request { name, decoder, setters } = item.mac.parse_body()?;
                    found.decoders.insert(name.to_string(), decoder.to_string());
                    found.methods.entry(name.to_string()).or_default().extend(setters);
                }
                Item::Macro(item) if item.mac.path.is_ident("failure") => {
                    let Failure { name, variants } = item.mac.parse_body()?;
                    found.errors.insert(name.to_string(), variants);
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

impl Uses {
    pub(crate) fn of(method: &ImplItemFn) -> Self {
        let names = arguments(method).into_iter().map(|(name, _)| name).collect();
        let mut uses = Self { names, ..Self::default() };
        uses.visit_block(&method.block);
        uses
    }

    /// What a method takes, and where each of it goes.
    pub(crate) fn arguments(&self, method: &ImplItemFn) -> Outcome<Vec<Argument>> {
        let mut taken = Vec::new();
        for (name, kind) in arguments(method) {
            let (method, wire) = self.arguments.get(&name).cloned().unwrap_or_default();
            taken.push(Argument { kind: plain(&kind)?, method, wire });
        }
        Ok(taken)
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some(name) = path.path.get_ident().map(ToString::to_string)
            && name
                .chars()
                .all(|character| character.is_ascii_uppercase() || character.is_ascii_digit() || character == '_')
        {
            self.operation.get_or_insert(name);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let method = call.method.to_string();
        let wire = call.args.first().and_then(|argument| match argument {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        });
        let body = BODIES.into_iter().find(|kind| method.starts_with(kind));
        if body.is_some() || ["path", "query", "header", "cookie"].contains(&method.as_str()) {
            let words: Vec<String> = call.args.to_token_stream().into_iter().flat_map(words).collect();
            for name in self.names.iter().filter(|name| words.contains(name)) {
                let wire = wire.clone().filter(|_| body.is_none());
                self.body = body.map(str::to_owned).or(self.body.take());
                self.arguments.insert(name.clone(), (method.clone(), wire));
            }
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// The texts of an expression, in their order.
#[derive(Default)]
struct Texts(Vec<String>);

impl<'ast> Visit<'ast> for Texts {
    fn visit_lit_str(&mut self, text: &'ast syn::LitStr) {
        self.0.push(text.value());
    }
}

/// The way to the items of a list, where an operation has pages.
#[derive(Default)]
struct Pages(Option<Vec<String>>);

impl<'ast> Visit<'ast> for Pages {
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "pages" {
            self.0.get_or_insert_default();
        }
        if call.method == "items" {
            let mut texts = Texts::default();
            call.args.iter().for_each(|argument| texts.visit_expr(argument));
            self.0 = Some(texts.0);
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// The identifiers of a token.
fn words(token: proc_macro2::TokenTree) -> Vec<String> {
    match token {
        proc_macro2::TokenTree::Ident(name) => vec![name.to_string()],
        proc_macro2::TokenTree::Group(group) => group.stream().into_iter().flat_map(words).collect(),
        proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => Vec::new(),
    }
}

/// The arguments of a method but itself.
fn arguments(method: &ImplItemFn) -> Vec<(String, Type)> {
    let argument = |argument: &FnArg| match argument {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) => Some((name.ident.to_string(), (*typed.ty).clone())),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    };
    method.sig.inputs.iter().filter_map(argument).collect()
}

/// The name of the request that a method gives.
pub(crate) fn returned(method: &ImplItemFn) -> Outcome<String> {
    match &method.sig.output {
        syn::ReturnType::Type(_, kind) => Ok(kind.to_token_stream().to_string()),
        syn::ReturnType::Default => Err(format!("{} gives nothing", method.sig.ident).into()),
    }
}

/// The type of a value for an argument: of `impl Into<String>` a `String`, of `impl IntoIterator<Item = i64>` a list.
fn plain(kind: &Type) -> Outcome<String> {
    let Type::ImplTrait(kind) = kind else { return Ok(kind.to_token_stream().to_string()) };
    let text = kind.to_token_stream().to_string().replace(' ', "");
    let text = text.strip_prefix("impl").unwrap_or(&text);
    let inner = |text: &str, before: &str| Some(text.strip_prefix(before)?.strip_suffix('>')?.to_owned());
    if let Some(item) = inner(text, "IntoIterator<Item=") {
        let item = inner(&item, "implInto<").unwrap_or(item);
        return Ok(format!("Vec<{item}>"));
    }
    inner(text, "Into<").ok_or_else(|| format!("`{text}` is no argument of generated code").into())
}
