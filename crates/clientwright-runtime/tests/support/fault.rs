//! A fault of a server, tried with both transports.
//!
//! In: what the server answers, and the call that is made. Out: how many requests came, and what the caller saw, in words
//! that do not depend on the machine. Never happens: an outcome with a secret in it that is not noticed.

use std::time::Duration;

use clientwright_runtime::{
    Call, Client, ClientBuilder, Credential, Error, Method, NoDocumentedError, Operation, Paging, Parameter, Place,
    Response, Retries, Value, pages, request,
};

use super::{CANARY, Connection, Recorder, Shown, builder, run};

/// A row of the table.
pub(crate) struct Fault {
    pub(crate) server: &'static str,
    pub(crate) client: &'static str,
    answer: Box<dyn Fn() -> Recorder>,
    call: Kind,
    configure: fn(ClientBuilder) -> ClientBuilder,
}

/// What was measured.
pub(crate) struct Seen {
    pub(crate) requests: usize,
    pub(crate) outcome: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Get,
    Post,
    Pages,
}

static GET: Operation = Operation::new("getPet", Method::Get, "/pet").security(&[&["key"]]).accept("application/json");

static POST: Operation =
    Operation::new("createPet", Method::Post, "/pet").security(&[&["key"]]).accept("application/json");

static LIST: Operation = Operation::new("listPets", Method::Get, "/pets")
    .parameters(&[Parameter::query("after")])
    .security(&[&["key"]])
    .pages(&Paging::cursor(Place::Query("after"), &["next"]).items(&["data"]));

#[derive(Clone, Debug)]
struct Pet(Call);
request!(Pet, String = json, NoDocumentedError);

#[derive(Clone, Debug)]
struct List(Call);
request!(List, Value = json, NoDocumentedError);
pages!(List, Value = json, NoDocumentedError, Value = |page| page["data"].as_array().cloned().unwrap_or_default());

/// How many items of a list the caller takes at most.
const TAKEN: usize = 5;

impl Fault {
    /// A fault of a server whose connections are answered one after the other with these texts, the last one ever again.
    pub(crate) fn script<const N: usize>(
        server: &'static str,
        client: &'static str,
        texts: [impl Into<String>; N],
    ) -> Self {
        let texts = texts.map(Into::into);
        Self::with(server, client, move || Recorder::script(texts.clone()))
    }

    /// A fault of a server that writes what it wants.
    pub(crate) fn by(
        server: &'static str,
        client: &'static str,
        answer: impl Fn(&str, &mut Connection) + Clone + Send + Sync + 'static,
    ) -> Self {
        Self::with(server, client, move || Recorder::new(answer.clone()))
    }

    pub(crate) fn with(server: &'static str, client: &'static str, answer: impl Fn() -> Recorder + 'static) -> Self {
        Self { server, client, answer: Box::new(answer), call: Kind::Get, configure: |builder| builder }
    }

    /// The same for a POST.
    pub(crate) fn post(mut self) -> Self {
        self.call = Kind::Post;
        self
    }

    /// The same for a walk over pages.
    pub(crate) fn pages(mut self) -> Self {
        self.call = Kind::Pages;
        self
    }

    /// The same for a client that is set up so.
    pub(crate) fn configure(mut self, configure: fn(ClientBuilder) -> ClientBuilder) -> Self {
        self.configure = configure;
        self
    }

    /// Tries it asynchronously, and blocking.
    pub(crate) fn measure(&self) -> [Seen; 2] {
        let streamed = self.seen(|client| match self.call {
            Kind::Get => shown(run(Pet(client.call(&GET)).send())),
            Kind::Post => shown(run(Pet(client.call(&POST)).send())),
            Kind::Pages => run(async {
                let mut items = List(client.call(&LIST)).items();
                let mut taken = Vec::new();
                while taken.len() < TAKEN {
                    match items.next().await.shown() {
                        Some(item) => taken.push(item),
                        None => break,
                    }
                }
                listed(taken)
            }),
        });
        let blocked = self.seen(|client| match self.call {
            Kind::Get => shown(Pet(client.call(&GET)).send_blocking().shown()),
            Kind::Post => shown(Pet(client.call(&POST)).send_blocking().shown()),
            Kind::Pages => listed(List(client.call(&LIST)).items_blocking().map(Shown::shown).take(TAKEN).collect()),
        });
        [streamed, blocked]
    }

    fn seen(&self, call: impl Fn(&Client) -> String) -> Seen {
        let server = (self.answer)();
        let retries = Retries::up_to(2).first_delay(Duration::from_millis(2));
        let builder = builder().base_url(server.url()).retries(retries).credential("key", Credential::api_key(CANARY));
        let client = (self.configure)(builder).build().shown().unwrap();
        let outcome = call(&client).replace(&server.url(), "");
        if outcome.contains("Timeout") {
            // The client does not wait for the server, which may not have seen the last request yet.
            std::thread::sleep(Duration::from_millis(200));
        }
        Seen { requests: server.requests().len(), outcome }
    }
}

/// What the caller sees.
fn shown(outcome: Result<Response<String>, Error<NoDocumentedError>>) -> String {
    match outcome {
        Ok(pet) => format!("the value `{}`", *pet),
        Err(error) => wrong(&error),
    }
}

fn listed(items: Vec<Result<Value, Error<NoDocumentedError>>>) -> String {
    let items = items.into_iter().map(|item| match item {
        Ok(item) => format!("`{item}`"),
        Err(error) => wrong(&error),
    });
    let items: Vec<String> = items.collect();
    if items.is_empty() { "no items".to_owned() } else { items.join(", ") }
}

/// The variant and the text of an error, without what is another on each machine.
fn wrong(error: &Error<NoDocumentedError>) -> String {
    let text = error.to_string();
    let (variant, text) = match error {
        Error::Request(_) => ("Request", text.as_str()),
        // The cause is in the words of whichever library met it.
        Error::Transport(_) => ("Transport", text.split(": ").nth(1).unwrap_or_default()),
        Error::Timeout(_) => ("Timeout", text.split(": ").nth(1).unwrap_or_default()),
        Error::Unexpected(_) => ("Unexpected", text.split_once(": ").unwrap().1),
        Error::Decode(_) => ("Decode", text.split_once(": ").unwrap().1),
        Error::Api(_) => ("Api", text.as_str()),
        Error::File(_) => ("File", text.as_str()),
        _ => panic!("another variant"),
    };
    format!("`Error::{variant}`: {}", text.replace('|', "\\|").replace('<', "\\<"))
}
