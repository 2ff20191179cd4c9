//! The methods of a generated file as calls in tests.
//!
//! In: a file of operations. Out: the text of a test for each method of the client, and how each enumeration of errors is
//! written again. Never: a guess: what is not a call as generated code makes them is an error.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;

use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Expr, ExprLit, ExprMethodCall, ExprPath, FnArg, ImplItem, ImplItemFn, Item, Lit, Pat, Type};

use crate::request::Request;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a file says of its operations.
#[derive(Default)]
struct Found {
    /// The operationId for the name of its static.
    operations: BTreeMap<String, String>,
    /// Of operations with pages, the way to their items in an answer.
    pages: BTreeMap<String, Vec<String>>,
    /// What reads the success of a request.
    decoders: BTreeMap<String, String>,
    /// The methods of the client, and of each request.
    methods: BTreeMap<String, Vec<ImplItemFn>>,
    /// The documented errors: the variants, and whether each has a body.
    errors: BTreeMap<String, Vec<(String, bool)>>,
}

/// Where the arguments of a method go.
#[derive(Default)]
struct Uses {
    /// The static of the operation.
    operation: Option<String>,
    /// For an argument, the method of the call that takes it, and the name on the wire.
    arguments: BTreeMap<String, (String, Option<String>)>,
    /// Whether the body is sent as `json` or as `form`.
    body: Option<String>,
    /// The arguments of the method.
    names: Vec<String>,
}

/// What the tests of a file use. Where a person has to call all methods of a file, nothing is used.
const HELP: &str =
    "#[allow(unused_imports)] use super::super::super::{block_on, clients, described::{Described, Failed}, promised};";

/// Prints the tests of a file; gives the methods that a person has to call.
pub(crate) fn print(file: &syn::File, client: &str, spec: &str, text: &mut String) -> Outcome<Vec<String>> {
    let mut by_hand = Vec::new();
    writeln!(text, "{HELP}")?;
    for item in &file.items {
        let line = item.to_token_stream().to_string();
        if let Some(rest) = line.strip_prefix("use clientwright_runtime ::") {
            writeln!(text, "#[allow(unused_imports)] use ::{client}::runtime::{rest}")?;
        } else if line.starts_with("use std ::") {
            writeln!(text, "#[allow(unused_imports)] {line}")?;
        }
    }
    writeln!(text, "#[allow(unused_imports)] use ::{client}::types;")?;
    let found = Found::in_file(file)?;
    for method in found.methods.get("Client").into_iter().flatten() {
        let (name, request) = (method.sig.ident.to_string(), returned(method)?);
        let uses = Uses::of(method);
        let constant = uses.operation.as_ref().ok_or(format!("{name} calls nothing"))?;
        let operation = found.operations.get(constant).ok_or(format!("{name} calls nothing"))?;
        let decoder = found.decoders.get(&request).ok_or(format!("{request} is no request"))?;
        let Some(values) = uses.values(method)? else {
            by_hand.push(format!("{client}::{name}"));
            continue;
        };
        writeln!(text, "#[test]\nfn {name}() {{")?;
        let kind = uses.body.as_deref().unwrap_or_default();
        writeln!(text, "promised(::{client}::{request}::send);")?;
        writeln!(text, "for operation in Described::all({spec:?}, {operation:?}, {kind:?}) {{")?;
        writeln!(text, "let call = clients::{client}(&operation.url()).{name}({values});")?;
        for setter in found.methods.get(&request).into_iter().flatten() {
            let uses = Uses::of(setter);
            if let Some(values) = uses.values(setter)? {
                writeln!(text, "let call = call.{}({values});", setter.sig.ident)?;
            }
        }
        writeln!(text, "let call = clientwright_tests::canary::printed(call);")?;
        let read = if decoder.starts_with("json") { "operation.answered(response.body())" } else { "drop(response)" };
        writeln!(
            text,
            "match block_on(call.send()) {{ Ok(response) => {read}, Err(error) => operation.failed(error) }}"
        )?;
        writeln!(text, "operation.received_as_described();\n}}\n}}")?;
        if let Some(path) = found.pages.get(constant) {
            writeln!(text, "#[test]\nfn items_of_{name}() {{")?;
            writeln!(text, "let operation = Described::walked({spec:?}, {operation:?}, &{path:?});")?;
            writeln!(text, "let call = clients::{client}(&operation.url()).{name}({values});")?;
            writeln!(text, "operation.gave(block_on(call.items().all()).unwrap().len(), &{path:?});\n}}")?;
        }
    }
    for (name, variants) in &found.errors {
        print_error(&format!("::{client}::{name}"), variants, text)?;
    }
    Ok(by_hand)
}

/// Prints how a documented error is written again.
fn print_error(name: &str, variants: &[(String, bool)], text: &mut String) -> Outcome<()> {
    writeln!(text, "impl Failed for {name} {{\nfn written(&self) -> serde_json::Value {{\nmatch self {{")?;
    for (variant, has_body) in variants {
        let (body, value) =
            if *has_body { ("(body)", "serde_json::to_value(body).unwrap()") } else { ("", "serde_json::Value::Null") };
        writeln!(text, "Self::{variant}{body} => {value},")?;
    }
    writeln!(text, "other => panic!(\"{{other:?}} is new\"),\n}}\n}}\n}}")?;
    Ok(())
}

impl Found {
    fn in_file(file: &syn::File) -> Outcome<Self> {
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
                Item::Macro(item) if item.mac.path.is_ident("request") => {
                    let Request { name, decoder, setters } = item.mac.parse_body()?;
                    found.decoders.insert(name.to_string(), decoder.to_string());
                    found.methods.entry(name.to_string()).or_default().extend(setters);
                }
                Item::Enum(item) if item.ident.to_string().ends_with("Error") => {
                    let variants = item.variants.iter().map(|one| (one.ident.to_string(), !one.fields.is_empty()));
                    found.errors.insert(item.ident.to_string(), variants.collect());
                }
                Item::Impl(item) if item.trait_.is_none() => {
                    let methods = item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(method) => Some(method.clone()),
                        _ => None,
                    });
                    found.methods.entry(item.self_ty.to_token_stream().to_string()).or_default().extend(methods);
                }
                _ => {}
            }
        }
        Ok(found)
    }
}

impl Uses {
    fn of(method: &ImplItemFn) -> Self {
        let names = arguments(method).into_iter().map(|(name, _)| name).collect();
        let mut uses = Self { names, ..Self::default() };
        uses.visit_block(&method.block);
        uses
    }

    /// The arguments of a call, as expressions; none where one of them has no form that a description shows.
    fn values(&self, method: &ImplItemFn) -> Outcome<Option<String>> {
        let mut values = Vec::new();
        for (name, kind) in arguments(method) {
            let kind = plain(&kind)?;
            values.push(match self.arguments.get(&name) {
                Some((place, Some(wire))) => format!("operation.value::<{kind}>({place:?}, {wire:?})"),
                Some((_, None)) => format!("operation.body::<{kind}>()"),
                None => return Ok(None),
            });
        }
        Ok(Some(values.join(", ")))
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
        let body = ["json", "form"].into_iter().find(|kind| method.starts_with(kind));
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
fn returned(method: &ImplItemFn) -> Outcome<String> {
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
