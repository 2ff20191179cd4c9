//! A small API as generated code would state it, and a server that records raw bytes.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![allow(dead_code, reason = "each test file uses its part")]

#[allow(unreachable_pub, reason = "the tests across crates have it too")]
#[path = "../../../../tests/support/canary.rs"]
pub(crate) mod canary;
#[cfg(all(feature = "reqwest", feature = "blocking"))]
pub(crate) mod fault;
#[cfg(all(feature = "reqwest", feature = "blocking"))]
pub(crate) mod faults;
pub(crate) mod gzip;
#[cfg(feature = "tracing")]
pub(crate) mod trace;

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use clientwright_runtime::wire::Encode;
use clientwright_runtime::{
    Api, Call, Client, ClientBuilder, Credential, Location, Method, Operation, Parameter, Retries, SecurityScheme,
    Server, ServerUrl, Style, Variable, failure, request, success,
};

pub(crate) use canary::{CANARY, Shown};

static PRODUCTION: Server = Server::new("https://pets.invalid/api/v1");

static REGION: Server = Server::new("https://{region}.pets.invalid/{version}")
    .variables(&[Variable::new("region", "eu"), Variable::new("version", "v1").allowed(&["v1"])]);

static OWN: Server = Server::new("https://upload.{region}.pets.invalid").variables(&[Variable::new("region", "eu")]);

static BELOW: Server = Server::new("/search");

pub(crate) static UPLOAD: Operation = Operation::new("upload", Method::Post, "/files").server(&OWN);

pub(crate) static SEARCH: Operation = Operation::new("search", Method::Get, "/pets").server(&BELOW);

pub(crate) fn region(region: &str) -> ServerUrl {
    ServerUrl::new(&REGION).variable("region", region)
}

static API: Api = Api::new("pets", "pets/1.0.0").server(&PRODUCTION).schemes(&[
    SecurityScheme::api_key("key", Location::Header, "X-Api-Key").setter("api_key"),
    SecurityScheme::api_key("query", Location::Query, "appid"),
]);

static GET_PET: Operation = Operation::new("getPet", Method::Get, "/pets/{id}")
    .parameters(&[Parameter::path("id")])
    .security(&[&["key"]])
    .accept("application/json");

static LIST_PETS: Operation = Operation::new("listPets", Method::Get, "/pets")
    .parameters(&[
        Parameter::query("limit"),
        Parameter::query("tags").style(Style::PipeDelimited).explode(false),
        Parameter::header("X-Trace"),
        Parameter::cookie("session"),
    ])
    .security(&[&["query"], &[]])
    .accept("application/json");

static CREATE_PET: Operation = Operation::new("createPet", Method::Post, "/pets")
    .body(&["application/merge-patch+json"])
    .security(&[&["key"]])
    .accept("application/json");

pub(crate) static TOUCH_PET: Operation = Operation::new("touchPet", Method::Post, "/touch");

static ORDER_PET: Operation = Operation::new("orderPet", Method::Post, "/orders").idempotency_key("Idempotency-Key");

static FIND_PET: Operation = Operation::new("findPet", Method::Post, "/find").repeatable();

static SELL_PET: Operation = Operation::new("sellPet", Method::Delete, "/pets/first").not_repeatable();

/// `GET /pets/{id}`
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct GetPet(Call);
request!(GetPet, String = json, GetPetError);

/// `GET /pets`
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct ListPets(Call);
request!(ListPets, Vec<String> = json, clientwright_runtime::NoDocumentedError);

impl ListPets {
    pub(crate) fn limit(self, limit: u32) -> Self {
        Self(self.0.query("limit", &limit))
    }

    pub(crate) fn tags(self, tags: &dyn Encode) -> Self {
        Self(self.0.query("tags", tags))
    }

    pub(crate) fn trace(self, trace: &str) -> Self {
        Self(self.0.header("X-Trace", &trace.to_owned()))
    }

    pub(crate) fn session(self, session: &str) -> Self {
        Self(self.0.cookie("session", &session.to_owned()))
    }
}

/// `POST /pets`
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub(crate) struct CreatePet(Call);
request!(CreatePet, Created = by_status, GetPetError);

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum GetPetError {
    NotFound(String),
    Gone,
    Server(Option<String>),
}
failure!(GetPetError { 404 => NotFound = json, 410 => Gone, 5XX => Server = json_or_nothing });

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) enum Created {
    Ok(String),
    Accepted,
}
success!(Created { 201 => Ok = json, 202 => Accepted });

/// A client's builder; its calls make one attempt.
pub(crate) fn builder() -> ClientBuilder {
    canary::watch();
    Client::builder(&API).credential("key", Credential::api_key(CANARY)).retries(Retries::none())
}

pub(crate) fn get_pet(client: &Client, id: impl Into<String>) -> GetPet {
    GetPet(client.call(&GET_PET).path("id", &id.into()))
}

pub(crate) fn list_pets(client: &Client) -> ListPets {
    ListPets(client.call(&LIST_PETS))
}

pub(crate) fn create_pet(client: &Client, name: &str) -> CreatePet {
    CreatePet(client.call(&CREATE_PET).json(&name.to_owned()))
}

pub(crate) fn touch_pet(client: &Client) -> CreatePet {
    CreatePet(client.call(&TOUCH_PET))
}

pub(crate) fn order_pet(client: &Client) -> CreatePet {
    CreatePet(client.call(&ORDER_PET))
}

pub(crate) fn sell_pet(client: &Client) -> CreatePet {
    CreatePet(client.call(&SELL_PET))
}

pub(crate) fn find_pet(client: &Client) -> CreatePet {
    CreatePet(client.call(&FIND_PET))
}

/// Runs a future that never waits for anything, and looks at what comes of it.
pub(crate) fn ready<F: Future<Output: Shown>>(future: F) -> F::Output {
    match std::pin::pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output.shown(),
        Poll::Pending => panic!("the future waits"),
    }
}

/// Runs a future on a runtime of its own, and looks at what comes of it.
pub(crate) fn run<F: Future<Output: Shown>>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future).shown()
}

/// Answers each connection's first request with what `answer` writes; keeps the requests as they came.
pub(crate) struct Recorder {
    pub(crate) address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    pub(crate) fn new(answer: impl Fn(&str, &mut Connection) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        canary::started(address.port());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&requests), Arc::new(answer));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut stream = Connection { stream, port: address.port() };
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                std::thread::spawn(move || {
                    if let Some(request) = read(&mut stream) {
                        canary::received(address.port(), request.as_bytes());
                        kept.lock().unwrap().push(request.clone());
                        answer(&request, &mut stream);
                    }
                });
            }
        });
        Self { address, requests }
    }

    /// A server that gives these texts in turn, and the last one from then on.
    pub(crate) fn script(texts: impl IntoIterator<Item = String>) -> Self {
        let texts: Vec<String> = texts.into_iter().collect();
        let next = std::sync::atomic::AtomicUsize::new(0);
        Self::new(move |_, stream| {
            let place = next.fetch_add(1, std::sync::atomic::Ordering::SeqCst).min(texts.len() - 1);
            drop(stream.write_all(texts[place].as_bytes()));
        })
    }

    /// A server whose answers are the same text.
    pub(crate) fn answering(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(move |_, stream| drop(stream.write_all(text.as_bytes())))
    }

    /// A server that keeps what it is sent, and never answers.
    pub(crate) fn silent() -> Self {
        Self::new(|_, stream| drop(stream.read(&mut [0])))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// A connection of a server, whose answers are looked at for what they name.
pub(crate) struct Connection {
    stream: TcpStream,
    port: u16,
}

impl Read for Connection {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stream.read(bytes)
    }
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        canary::answered(self.port, bytes);
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// An answer that closes the connection.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n{headers}\r\n{body}")
}

fn read(stream: &mut Connection) -> Option<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}
