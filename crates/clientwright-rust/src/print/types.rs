//! Prints the types: a module for each component, re-exported flat.
//!
//! In: planned types. Out: `types.rs` and the files of its modules. Never happens: a line about the wire; that is in
//! [`wire`](super::wire).

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::setters;
use super::source::Source;
use super::tokens::{deprecated, docs, path, rust_type, said, spelled, text};
use super::uses::Uses;
use super::views;
use crate::config::Derive;
use crate::model::{
    Constructor, Crate, DefaultValue, Field, Ident, Item, ItemKind, RustType, Struct, TypeModule, UnionVariant, Variant,
};

/// What holds for all modules of types.
const ATTRIBUTES: &str = "\
// Where the document says nothing of a member, neither does the documentation.
#![allow(missing_docs)]";

/// Prints `types.rs` and its modules.
pub(super) fn print(planned: &Crate) -> Vec<(String, String)> {
    let mut root = Source::new(&["The types of the API, all of them here whatever module they stand in.".to_owned()]);
    root.block(ATTRIBUTES);
    let mut modules: Vec<&TypeModule> = planned.types.iter().collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    root.items(modules.iter().map(|module| {
        let name = &module.name;
        quote! { mod #name; }
    }));
    root.items(modules.iter().map(|module| {
        // Each name, because the compiler looks for a name in every module that is taken whole.
        let (name, names) = (&module.name, public_names(module));
        match names.as_slice() {
            [only] => quote! { pub use #name::#only; },
            names => quote! { pub use #name::{#(#names),*}; },
        }
    }));
    let modules = modules.iter().map(|module| (format!("types/{}.rs", module.name), print_module(module)));
    std::iter::once(("types.rs".to_owned(), root.finish())).chain(modules).collect()
}

fn public_names(module: &TypeModule) -> Vec<&Ident> {
    let mut names: Vec<&Ident> = module.items.iter().map(|item| &item.name).collect();
    for item in &module.items {
        if let ItemKind::Struct(Struct { constructor: Constructor::Struct(name), .. }) = &item.kind {
            names.push(name);
        }
    }
    names.sort();
    names
}

fn print_module(module: &TypeModule) -> String {
    let mut uses = Uses::default();
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(target) => uses.add_type(target),
            ItemKind::TextEnum(_) => uses.add("clientwright_runtime", "text_enum"),
            ItemKind::IntegerEnum(..) => uses.add("clientwright_runtime", "integer_enum"),
            ItemKind::Union(variants) => {
                uses.add("clientwright_runtime", "Value");
                if variants.iter().any(|variant| variant.from) {
                    uses.add("clientwright_runtime", "from_variants");
                }
                for variant in variants {
                    uses.add_type(&variant.rust_type);
                }
            }
            ItemKind::Struct(structure) => {
                if structure.setters {
                    uses.add("clientwright_runtime", "setters");
                }
                structure.fields.iter().for_each(|field| uses.add_type(&field.rust_type));
                if let Some((_, value)) = &structure.rest {
                    uses.add_type(&RustType::Map(Box::new(value.clone())));
                }
            }
        }
    }
    let own = public_names(module);
    let mut source = Source::new(&[]);
    source.items(uses.declarations(&quote! { super }, &own));
    source.items(module.items.iter().filter_map(alias));
    for item in &module.items {
        match &item.kind {
            ItemKind::Alias(_) => {}
            ItemKind::TextEnum(variants) => source.statement(&text_enum(item, variants)),
            ItemKind::IntegerEnum(integer, variants) => source.statement(&integer_enum(item, integer, variants)),
            ItemKind::Union(variants) => print_union(&mut source, item, variants),
            ItemKind::Struct(structure) => print_struct(&mut source, item, structure),
        }
        if let Some(conversion) = views::conversion(item) {
            source.item(conversion);
        }
    }
    source.finish()
}

/// Another name, where an item is one; what it is a name for says the rest.
fn alias(item: &Item) -> Option<TokenStream> {
    let ItemKind::Alias(target) = &item.kind else { return None };
    let (docs, deprecated, name, target) =
        (docs(&item.docs), deprecated(item.deprecated), &item.name, rust_type(target));
    Some(quote! { #docs #deprecated pub type #name = #target; })
}

/// What a person derives besides, each after a comma.
fn derives(item: &Item) -> TokenStream {
    item.derives.iter().filter_map(derived).map(|derived| quote! { , #derived }).collect()
}

fn derived(derive: &Derive) -> Option<TokenStream> {
    match derive {
        Derive::Known(known) => {
            let name = format_ident!("{}", known.as_str());
            Some(quote! { #name })
        }
        Derive::Path(derived) => Some(path(derived)),
        Derive::Had(_) => None,
    }
}

/// What stands before an enumeration within its statement.
fn attributes(item: &Item) -> String {
    let mut out = said(&item.docs, item.deprecated);
    let derives = item.derives.iter().filter_map(derived);
    let derives: Vec<String> = derives.map(spelled).collect();
    if !derives.is_empty() {
        out.extend(["    #[derive(", &derives.join(", "), ")]\n"]);
    }
    out
}

fn text_enum(item: &Item, variants: &[Variant]) -> String {
    let mut out = format!("text_enum! {{\n{}    pub enum {} {{\n", attributes(item), item.name);
    for variant in variants {
        let (name, value, said) = (variant.name.as_str(), text(&variant.text), crate::docs::code(&variant.text));
        // What documentation cannot show as it stands is said in other words.
        let said = (said != format!("`{}`", variant.text)).then(|| format!("({})", text(&format!(" {said}"))));
        out.extend(["        ", name, said.as_deref().unwrap_or_default(), " = ", &value, ",\n"]);
    }
    out + "    }\n}"
}

fn integer_enum(item: &Item, integer: &str, variants: &[(Ident, i128)]) -> String {
    let mut out = format!("integer_enum! {{\n{}    pub enum {} as {integer} {{\n", attributes(item), item.name);
    for (name, value) in variants {
        out.extend(["        ", name.as_str(), " = ", &value.to_string(), ",\n"]);
    }
    out + "    }\n}"
}

fn print_union(source: &mut Source, item: &Item, variants: &[UnionVariant]) {
    let (lines, deprecated, name) = (docs(&item.docs), deprecated(item.deprecated), &item.name);
    let derives = derives(item);
    let cases = variants.iter().map(|variant| {
        let said = match &variant.test.tag {
            Some((key, texts)) => {
                let texts: Vec<String> = texts.iter().map(|text| crate::docs::code(text)).collect();
                format!("{} is {}.", crate::docs::code(key), texts.join(" or "))
            }
            None => format!("{}.", variant.name),
        };
        let (lines, name, held) = (docs(&[said]), &variant.name, rust_type(&variant.rust_type));
        quote! { #lines #name(#held), }
    });
    source.item(quote! {
        #lines
        #deprecated
        #[derive(Clone, Debug, PartialEq #derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases)*
            /// What the API gained after this crate was generated.
            Unknown(Value),
        }
    });
    let made: Vec<String> = variants.iter().filter(|variant| variant.from).map(made_of).collect();
    if !made.is_empty() {
        source.statement(&format!("from_variants!({name} {{\n{}}});", made.concat()));
    }
}

fn made_of(variant: &UnionVariant) -> String {
    let held = if let RustType::Boxed(inner) = &variant.rust_type { inner } else { &variant.rust_type };
    format!("    {}({}),\n", variant.name, rust_type(held))
}

fn print_struct(source: &mut Source, item: &Item, structure: &Struct) {
    let (lines, deprecation, name) = (docs(&item.docs), deprecated(item.deprecated), &item.name);
    let derives = derives(item);
    let default = (structure.constructor == Constructor::Default).then(|| quote! { Default, });
    let fields = structure.fields.iter().map(|field| {
        let (lines, deprecation) = (docs(&field.docs), deprecated(field.deprecated));
        let (name, rust_type) = (&field.name, rust_type(&field.rust_type));
        quote! { #lines #deprecation pub #name: #rust_type, }
    });
    let rest = structure.rest.as_ref().map(|(name, value)| {
        let value = rust_type(value);
        quote! {
            /// Further members, which the document does not name.
            pub #name: BTreeMap<String, #value>,
        }
    });
    source.item(quote! {
        #lines
        #deprecation
        #[derive(Clone, Debug, #default PartialEq #derives)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #rest
        }
    });
    if let Constructor::Struct(required) = &structure.constructor {
        source.item(required_struct(item, structure, required));
    }
    for statement in setters::statements(item, structure) {
        source.statement(&statement);
    }
    source.methods(&quote! { #name }, structure.fields.iter().filter_map(accessor).collect());
}

/// The struct that `new` takes where much is required; complete by nature, so it can be built by everyone.
fn required_struct(item: &Item, structure: &Struct, name: &Ident) -> TokenStream {
    let line = format!(" What [`{}`] must have.", item.name);
    let fields = setters::arguments(structure).map(|field| {
        let (lines, name, rust_type) = (docs(&field.docs), &field.name, rust_type(&field.given()));
        quote! { #lines pub #name: #rust_type, }
    });
    quote! {
        #[doc = #line]
        #[derive(Clone, Debug, PartialEq)]
        pub struct #name {
            #(#fields)*
        }
    }
}

/// The value of a member, or what the server assumes where it is absent.
fn accessor(field: &Field) -> Option<TokenStream> {
    let (method, default) = field.default.as_ref()?;
    let RustType::Option(held) = &field.rust_type else { return None };
    let (name, plain) = (&field.name, rust_type(held));
    let line = format!(" The value of `{name}`, or what the server assumes where it is absent.");
    let (given, value) = match default {
        DefaultValue::Boolean(value) => (plain, quote! { self.#name.unwrap_or(#value) }),
        DefaultValue::Integer(value) => {
            let value = Literal::i128_unsuffixed(*value);
            (plain, quote! { self.#name.unwrap_or(#value) })
        }
        DefaultValue::Number(value) => {
            let value = Literal::f64_unsuffixed(*value);
            (plain, quote! { self.#name.unwrap_or(#value) })
        }
        DefaultValue::Text(value) => (quote! { &str }, quote! { self.#name.as_deref().unwrap_or(#value) }),
        DefaultValue::Variant(value) => (quote! { #plain }, quote! { self.#name.clone().unwrap_or(#plain::#value) }),
    };
    Some(quote! {
        #[doc = #line]
        pub fn #method(&self) -> #given {
            #value
        }
    })
}
