//! Prints what `README.md` says of credentials, errors, pages and retries, each with an example.
//!
//! In: the planned crate. Out: sections in Markdown, whose examples compile. Never happens: a section about what the crate
//! does not have; a value out of the document in an example.

use super::example;
use crate::model::{Crate, CredentialKind, FailingCall, FirstCall};

const ERRORS: &str = "\
Each operation has an enumeration of its documented errors, in `Error::Api`; whatever else can go wrong is another
variant of `Error`: nothing was sent, the connection failed, a limit of time ran out, the answer was not documented or
could not be decoded. Every `Error<E>` converts into `AnyError`, so `?` works across operations.";

const PAGES: &str = "\
Lists that come in pages have `items` and `pages`, which are streams and ask for one page after the other
(`items_blocking` and `pages_blocking` are iterators).";

const RETRIES: &str = "\
A call that fails for a reason which passes is made again, at most twice and only where that does no harm. A client or a
call says otherwise in a line, as it does for limits of time.";

/// The sections.
pub(super) fn sections(planned: &Crate) -> String {
    let mut text = String::new();
    let mut section = |title: &str, said: &str, code: Option<Vec<String>>| {
        if let Some(code) = code {
            text.extend(["\n## ", title, "\n\n", said, "\n\n```rust,no_run\n", &code.join("\n"), "\n```\n"]);
        }
    };
    section("Credentials", &credentials_said(planned), credentials(planned));
    section("Errors", ERRORS, errors(planned));
    section("Pages", PAGES, pages(planned));
    section("Retries", RETRIES, retries(planned));
    text
}

/// A function around some lines, with what it uses of the crate.
fn function(planned: &Crate, uses: &[&str], head: &str, lines: &[String]) -> Vec<String> {
    let mut uses: Vec<&str> = uses.to_vec();
    if example::needs_types(lines) {
        uses.push("types");
    }
    let name = planned.manifest.name.replace('-', "_");
    let mut code = vec![format!("use {name}::{{{}}};", uses.join(", ")), String::new(), format!("{head} {{")];
    code.extend(lines.iter().map(|line| format!("    {line}")));
    code.push("}".to_owned());
    code
}

fn credentials_said(planned: &Crate) -> String {
    let tokens = if planned.client.credentials.iter().any(|one| one.token_url.is_some()) {
        " A\ntoken may also be what the server gives tokens for, `runtime::OAuth2`: they are then fetched."
    } else {
        ""
    };
    format!(
        "Keys and tokens are texts, or a `Secret` that a provider gives, which is asked again when what it gave expires or \
         is\nrefused. They are sent to the client's server alone, and shown nowhere.{tokens}"
    )
}

fn credentials(planned: &Crate) -> Option<Vec<String>> {
    let first = planned.client.credentials.first()?;
    let name = planned.manifest.name.replace('-', "_").to_uppercase();
    let method = &first.method;
    let variable = format!("{name}_{}", method.as_str().to_uppercase());
    let base = example::base_url(planned);
    let mut lines = vec![
        format!("let from_environment = Client::from_env()?; // {variable}"),
        match first.kind {
            CredentialKind::Basic => {
                format!("let known = Client::builder(){base}.{method}(\"name\", \"password\").build()?;")
            }
            CredentialKind::ApiKey { .. } | CredentialKind::Bearer => {
                format!("let known = Client::builder(){base}.{method}(\"…\").build()?;")
            }
        },
    ];
    let mut uses = vec!["Client"];
    let provided = planned.client.credentials.iter().find(|one| one.kind != CredentialKind::Basic);
    if let Some(provided) = provided {
        uses.extend(["Issued", "Secret"]);
        lines.push(
            "let secret = Secret::provided(|| async { Ok(Issued::new(std::fs::read_to_string(\"secret\")?)) });".into(),
        );
        lines.push(format!("let provided = Client::builder(){base}.{}(secret).build()?;", provided.method));
    }
    lines.push(
        if provided.is_some() {
            "println!(\"{from_environment:?} {known:?} {provided:?}\");"
        } else {
            "println!(\"{from_environment:?} {known:?}\");"
        }
        .to_owned(),
    );
    lines.push("Ok(())".to_owned());
    let head = "fn clients() -> Result<(), Box<dyn std::error::Error>>";
    Some(function(planned, &uses, head, &lines))
}

fn errors(planned: &Crate) -> Option<Vec<String>> {
    let FailingCall { call, errors, variant, status, has_body } = planned.guide.failing.as_ref()?;
    let errors = errors.as_str();
    let shown = if *has_body {
        format!("{errors}::{variant}(body) => println!(\"{status}: {{body:?}}\"),")
    } else {
        format!("{errors}::{variant} => println!(\"{status}\"),")
    };
    let lines = [
        format!("match client.{}.send().await {{", made(call)),
        "    Ok(response) => println!(\"{:?}\", response.into_body()),".to_owned(),
        "    Err(Error::Api(error)) => match error.body() {".to_owned(),
        format!("        {shown}"),
        "        other => println!(\"{other} (request {:?})\", error.request_id()),".to_owned(),
        "    },".to_owned(),
        "    Err(error) if error.is_retryable() => println!(\"{error}: later, perhaps after {:?}\", error.retry_after()),"
            .to_owned(),
        "    Err(error) => println!(\"{error}\"),".to_owned(),
        "}".to_owned(),
    ];
    Some(function(planned, &["Client", "Error", errors], "async fn call(client: &Client)", &lines))
}

/// The method with its arguments.
fn made(call: &FirstCall) -> String {
    format!("{}({})", call.method, call.arguments.join(", "))
}

fn pages(planned: &Crate) -> Option<Vec<String>> {
    let call = planned.guide.list.as_ref()?;
    let lines = [
        format!("let mut items = client.{}.items();", made(call)),
        "while let Some(item) = items.try_next().await? {".to_owned(),
        "    println!(\"{item:?}\");".to_owned(),
        "}".to_owned(),
        "Ok(())".to_owned(),
    ];
    let head = "async fn list(client: &Client) -> Result<(), AnyError>";
    Some(function(planned, &["AnyError", "Client"], head, &lines))
}

fn retries(planned: &Crate) -> Option<Vec<String>> {
    let call = planned.guide.usual.as_ref()?;
    let base = example::base_url(planned);
    let lines = [
        format!(
            "let patient = Client::builder(){base}.retries(Retries::up_to(5)).timeout(Duration::from_secs(120)).build()?;"
        ),
        format!("let once = patient.{}.retries(Retries::none()).timeout(Duration::from_secs(2));", made(call)),
        "println!(\"{:?}\", once.send().await?.status());".to_owned(),
        "Ok(())".to_owned(),
    ];
    let head = "async fn patient() -> Result<(), Box<dyn std::error::Error>>";
    let mut code = function(planned, &["Client", "Retries"], head, &lines);
    code.insert(0, "use std::time::Duration;".to_owned());
    code.insert(1, String::new());
    Some(code)
}
