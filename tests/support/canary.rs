//! A canary: a word that is part of every credential of the tests, and that ends a test's program where it is seen.
//!
//! In: whatever a test is shown (values, errors, clients, requests), what is told to `tracing` and to `log`, what servers
//! on the loopback interface are sent, and what they answer. Out: nothing, or the end of the program with a message: no
//! test can pass by, not even from another thread. Never: a leak that is looked for at the end, when a test may forget to.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display, Write as _};
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};

/// The word.
pub const CANARY: &str = "canary";

/// The word, and what is left of it in Base64 wherever it begins within three bytes.
const FORMS: [&str; 4] = [CANARY, "Y2FuYXJ5", "NhbmFye", "jYW5hcn"];

/// Headers and parameters of a query that carry credentials.
const CREDENTIALS: [&str; 7] =
    ["authorization", "x-api-key", "api_key", "appid", "sid", "client_secret", "refresh_token"];

/// How often something was told to `tracing` or to `log`.
static TOLD: AtomicUsize = AtomicUsize::new(0);

/// The ports of servers that another server's answer named.
static NAMED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Whether there is a secret in a text.
#[must_use]
pub fn is_in(text: &str) -> bool {
    FORMS.iter().any(|form| text.contains(form))
}

/// Ends the program if there is a secret in a text.
pub fn check(place: &str, text: &str) {
    if is_in(text) {
        end(&format!("a secret is seen in {place}: {text}"));
    }
}

/// Watches what is told to `tracing`, and to `log` but for its last level, from now on; all that is here does so.
pub fn watch() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        let told = tracing::subscriber::set_global_default(Watch(AtomicU64::new(1))).is_ok();
        if !told || log::set_logger(&Logs).is_err() {
            end("something else listens to `tracing` or to `log`");
        }
        // Where a program asks for more of `log`, ureq writes down every byte that it sends: that is what it is for.
        log::set_max_level(log::LevelFilter::Debug);
    });
}

/// How many lines were told to `tracing` and to `log` since the program began.
#[must_use]
pub fn told() -> usize {
    TOLD.load(Ordering::SeqCst)
}

/// What a test is shown. It can be looked at in all ways in which a program may print it.
pub trait Shown: Sized {
    /// Looks at it.
    fn look(&self);

    /// Looks at it, and gives it on.
    #[must_use]
    fn shown(self) -> Self {
        watch();
        self.look();
        self
    }
}

impl<T: Debug, E: Debug + Display> Shown for Result<T, E> {
    fn look(&self) {
        match self {
            Ok(value) => check("`Debug` of a value", &format!("{value:?}\n{value:#?}")),
            Err(error) => check("an error", &format!("{error:?}\n{error:#?}\n{error}\n{error:#}")),
        }
    }
}

impl<T: Shown> Shown for Option<T> {
    fn look(&self) {
        self.iter().for_each(Shown::look);
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn look(&self) {
        self.iter().for_each(Shown::look);
    }
}

impl<T: Shown, const N: usize> Shown for [T; N] {
    fn look(&self) {
        self.iter().for_each(Shown::look);
    }
}

/// Of a test that looks at what it is shown within its future.
impl Shown for () {
    fn look(&self) {}
}

impl Shown for String {
    fn look(&self) {
        check("a text", self);
    }
}

/// Looks at something that is no outcome: a request, a credential.
#[must_use]
pub fn printed<T: Debug>(value: T) -> T {
    watch();
    check("`Debug`", &format!("{value:?}\n{value:#?}"));
    value
}

/// Tells that a server starts: whoever had its port before it is not it.
pub fn started(port: u16) {
    watch();
    NAMED.lock().unwrap_or_else(PoisonError::into_inner).remove(&port);
}

/// Looks at a request that a server got: each credential has the canary, or it would not be seen elsewhere, and a server
/// that was only named by another one gets none.
pub fn received(port: u16, request: &[u8]) {
    watch();
    let text = String::from_utf8_lossy(request);
    if NAMED.lock().unwrap_or_else(PoisonError::into_inner).contains(&port) {
        check("a request to another origin", &text);
    }
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let (target, headers) = head.split_once("\r\n").unwrap_or((head, ""));
    let query = target.split(' ').nth(1).and_then(|target| target.split_once('?')).map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let headers = headers.lines().filter_map(|line| line.split_once(": "));
    for (name, value) in headers.chain(pairs) {
        let is_credential = CREDENTIALS.contains(&name.to_ascii_lowercase().as_str());
        if is_credential && !is_in(value) {
            end(&format!("`{name}: {value}` is a credential without `{CANARY}`, which would not be noticed elsewhere"));
        }
    }
}

/// Looks at an answer of a server: servers that it names are not meant to get what the callers meant for this one.
pub fn answered(port: u16, answer: &[u8]) {
    watch();
    let text = String::from_utf8_lossy(answer);
    for rest in text.split("://127.0.0.1:").skip(1) {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let named = digits.parse::<u16>().ok().filter(|named| *named != port);
        NAMED.lock().unwrap_or_else(PoisonError::into_inner).extend(named);
    }
}

/// Ends the program, from whatever thread; no harness keeps the message for itself.
fn end(message: &str) -> ! {
    let thread = thread::current();
    let _ = writeln!(std::io::stderr(), "\n{}: {message}", thread.name().unwrap_or("a thread"));
    std::process::exit(101)
}

/// Looks at all that is told to `tracing`.
struct Watch(AtomicU64);

/// The fields of a span or of an event, as text.
#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

fn tell(place: &str, record: impl FnOnce(&mut Fields)) {
    let mut fields = Fields::default();
    record(&mut fields);
    TOLD.fetch_add(1, Ordering::SeqCst);
    check(place, &fields.0);
}

impl tracing::Subscriber for Watch {
    fn enabled(&self, _metadata: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        tell("a span", |fields| span.record(fields));
        Id::from_u64(self.0.fetch_add(1, Ordering::SeqCst))
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        tell("a span", |fields| values.record(fields));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        tell("an event", |fields| event.record(fields));
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

/// Looks at all that is told to `log`, which the libraries under the transports use.
struct Logs;

impl log::Log for Logs {
    fn enabled(&self, _metadata: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        TOLD.fetch_add(1, Ordering::SeqCst);
        check(&format!("what {} logs", record.target()), &record.args().to_string());
    }

    fn flush(&self) {}
}
