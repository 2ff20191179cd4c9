//! Collects all that is told to `tracing`, by whatever crate, as text.

use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Default)]
pub(crate) struct Collector {
    lines: Mutex<Vec<String>>,
    /// The names of spans, each with its metadata's target, by their numbers.
    names: Mutex<Vec<String>>,
    entered: Mutex<Vec<u64>>,
    count: AtomicU64,
}

impl Collector {
    pub(crate) fn text(&self) -> String {
        self.lines.lock().unwrap().join("\n")
    }

    fn add(&self, start: String, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields(start);
        record(&mut fields);
        self.lines.lock().unwrap().push(fields.0);
    }

    fn name(&self, id: u64) -> String {
        self.names.lock().unwrap()[usize::try_from(id).unwrap() - 1].clone()
    }
}

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

fn krate(metadata: &Metadata<'_>) -> String {
    metadata.target().split("::").next().unwrap_or_default().to_owned()
}

impl Subscriber for Collector {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let name = format!("{} {}", krate(span.metadata()), span.metadata().name());
        self.names.lock().unwrap().push(name.clone());
        self.add(name, |fields| span.record(fields));
        Id::from_u64(self.count.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let name = self.name(span.into_u64());
        let mut lines = self.lines.lock().unwrap();
        let mut fields = Fields(String::new());
        values.record(&mut fields);
        // What is recorded one by one is one line.
        match lines.last_mut().filter(|line| line.starts_with(&format!("{name} attempts="))) {
            Some(line) => line.push_str(&fields.0),
            None => lines.push(name + &fields.0),
        }
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let span = self.entered.lock().unwrap().last().map(|id| self.name(*id));
        let span = span.and_then(|name| Some(name.split_once(' ')?.1.to_owned())).unwrap_or_default();
        self.add(format!("{} in {span}:", krate(event.metadata())), |fields| event.record(fields));
    }

    fn enter(&self, span: &Id) {
        self.entered.lock().unwrap().push(span.into_u64());
    }

    fn exit(&self, _span: &Id) {
        self.entered.lock().unwrap().pop();
    }
}
