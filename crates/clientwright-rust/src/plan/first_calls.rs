//! Plans the calls that the documentation of a client shows first.
//!
//! In: the planned types and operations, and the operations that a person named. Out: these as calls with all that they
//! require; without a name, one that takes little. Never happens: a value out of the document; where an argument would
//! need one, a person is told, and without a name another operation is shown.

use clientwright_document::diagnostic::{Setting, nearest};
use clientwright_document::{Code, Diagnostic};

use crate::docs;
use crate::model::{
    BodyMediaType, Constructor, FailingCall, FirstCall, Guide, ItemKind, MadeOf, Operation, OperationModule, RustType,
    StatusEnum, Struct, TypeModule,
};

/// How many texts are set in a body of which nothing is required.
const SET: usize = 2;

/// What calls are made of.
struct Parts<'a> {
    types: &'a [TypeModule],
    operations: Vec<&'a Operation>,
}

/// Plans the calls; reports names of what is no operation, or cannot be shown.
pub(super) fn plan(
    types: &[TypeModule],
    operations: &[OperationModule],
    named: &[Setting<String>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<FirstCall> {
    let parts = Parts { types, operations: operations.iter().flat_map(|module| &module.operations).collect() };
    if !named.is_empty() {
        return named.iter().filter_map(|name| parts.named(name, diagnostics)).collect();
    }
    let all = || parts.operations.iter();
    let mut simple_first = all().filter(|operation| operation.http_method == "GET").chain(all());
    simple_first.find_map(|operation| parts.call(operation, false)).into_iter().collect()
}

/// Plans the calls that show errors, pages and retries: of operations that only read, where there are some.
pub(super) fn guide(types: &[TypeModule], operations: &[OperationModule]) -> Guide {
    let parts = Parts { types, operations: operations.iter().flat_map(|module| &module.operations).collect() };
    let answers: Vec<&StatusEnum> = operations.iter().flat_map(|module| &module.answers).collect();
    let usual = || parts.operations.iter().filter(|operation| !operation.deprecated);
    let reads = || usual().filter(|operation| operation.http_method == "GET");
    let all = || reads().chain(usual());
    let failing = |operation: &&Operation| {
        let errors = operation.error.name()?.clone();
        let enumeration = operation.error.enumeration()?;
        let variants = &answers.iter().find(|found| found.name == *enumeration)?.variants;
        // That something is not there happens to every caller.
        let shown = variants.iter().find(|variant| variant.status == "404").or(variants.first())?;
        let (variant, status, has_body) = (shown.name.clone(), shown.status.clone(), shown.body.is_some());
        Some(FailingCall { call: parts.call(operation, false)?, errors, variant, status, has_body })
    };
    Guide {
        usual: all().find_map(|operation| parts.call(operation, false)),
        failing: all().find_map(failing),
        list: all().filter(|operation| operation.pages.is_some()).find_map(|operation| parts.call(operation, true)),
    }
}

impl Parts<'_> {
    fn named(&self, name: &Setting<String>, diagnostics: &mut Vec<Diagnostic>) -> Option<FirstCall> {
        let Some(operation) = self.operations.iter().find(|operation| operation.identity == name.value) else {
            let title = format!("no operation of the client is called `{}`", name.value);
            let near = nearest(&name.value, self.operations.iter().map(|operation| operation.identity.as_str()));
            let help = near.map_or("write its `operationId`, or `GET /path` where it has none".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
            diagnostics.push(Diagnostic::new(Code::UnusedSetting, title).set(name, "applies to nothing").help(help));
            return None;
        };
        let call = self.call(operation, true);
        if call.is_none() {
            let title = format!("a call of `{}` cannot be shown", name.value);
            let diagnostic = Diagnostic::new(Code::InvalidValue, title).set(name, "takes what has to be made up");
            diagnostics.push(diagnostic.help("name an operation that takes texts, numbers, or objects of these"));
        }
        call
    }

    /// A call with all that the operation requires.
    fn call(&self, operation: &Operation, walks: bool) -> Option<FirstCall> {
        let places = operation.arguments.iter();
        let parameters = places.filter_map(|&place| operation.parameters.get(place)).map(|found| &found.rust_type);
        let body = operation.bodies.first().filter(|body| body.required);
        let streams = operation.stream.as_ref().is_some_and(|stream| stream.only);
        if streams || body.is_some_and(|body| !matches!(body.media_type, BodyMediaType::Known(_))) {
            return None;
        }
        let walks = walks && operation.pages.is_some();
        let types = parameters.chain(body.map(|body| &body.rust_type));
        let arguments: Option<Vec<String>> = types.map(|rust_type| self.value(rust_type, 0)).collect();
        let mut arguments = arguments?;
        if let (false, Some(body), Some(argument)) = (walks, body, arguments.last_mut()) {
            argument.push_str(&self.setters(&body.rust_type));
        }
        let title = docs::sentence(&operation.docs).unwrap_or_default();
        Some(FirstCall { title, method: operation.method.clone(), arguments, walks })
    }

    fn value(&self, rust_type: &RustType, depth: usize) -> Option<String> {
        match rust_type {
            RustType::String | RustType::Named { made_of: MadeOf::Text, .. } => Some("\"…\"".to_owned()),
            RustType::Primitive("bool") => Some("true".to_owned()),
            RustType::Primitive("f32" | "f64") => Some("1.0".to_owned()),
            RustType::Primitive(_) => Some("1".to_owned()),
            RustType::List(item) => Some(format!("[{}]", self.value(item, depth)?)),
            RustType::Named { name, .. } if depth < 3 => match self.item(rust_type)? {
                ItemKind::Struct(structure) => self.constructed(name.as_str(), structure, depth + 1),
                ItemKind::Alias(target) => self.value(target, depth + 1),
                ItemKind::TextEnum(_) | ItemKind::IntegerEnum(..) | ItemKind::Union(_) => None,
            },
            RustType::Option(held) if **held == RustType::String => Some("Some(\"…\".to_owned())".to_owned()),
            RustType::Named { .. }
            | RustType::Bytes
            | RustType::Runtime(_)
            | RustType::Own(_)
            | RustType::Map(_)
            | RustType::Option(_)
            | RustType::Field(_)
            | RustType::Boxed(_)
            | RustType::Unit => None,
        }
    }

    /// Setters for the first texts of a body of which nothing is required: an empty one shows nothing.
    fn setters(&self, rust_type: &RustType) -> String {
        let mut setters = String::new();
        if let Some(ItemKind::Struct(structure)) = self.item(rust_type)
            && structure.setters
            && structure.constructor == Constructor::Default
        {
            let is_text = |rust_type: &RustType| matches!(rust_type, RustType::Option(held) | RustType::Field(held) if **held == RustType::String);
            let texts = structure.fields.iter().filter(|field| is_text(&field.rust_type));
            setters.extend(texts.take(SET).map(|field| format!(".{}(\"…\")", field.name)));
        }
        setters
    }

    fn item(&self, rust_type: &RustType) -> Option<&ItemKind> {
        let RustType::Named { name, .. } = rust_type else { return None };
        let items = self.types.iter().flat_map(|module| &module.items);
        items.filter(|item| item.name == *name).map(|item| &item.kind).next()
    }

    fn constructed(&self, name: &str, structure: &Struct, depth: usize) -> Option<String> {
        let arguments: Option<Vec<String>> = match &structure.constructor {
            Constructor::Default => Some(Vec::new()),
            Constructor::Arguments => {
                let arguments = structure.arguments.iter().filter_map(|&place| structure.fields.get(place));
                arguments.map(|field| self.value(&field.given(), depth)).collect()
            }
            Constructor::None | Constructor::Struct(_) => None,
        };
        Some(format!("types::{name}::new({})", arguments?.join(", ")))
    }
}
