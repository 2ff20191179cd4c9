//! The thread on which the stages run.
//!
//! In: work. Out: what came of it, or a diagnostic that says why nothing did. Never: a panic that goes further than
//! this, or that looks like a fault of the document.

use std::any::Any;
use std::thread;

use clientwright_document::diagnostic::{Code, Diagnostic, clean};

/// The stack of the thread. A document may be nested deeply, and the stack of the caller's thread is not ours to choose.
const STACK: usize = 256 << 20;

/// Does something on a thread with a large stack.
pub(super) fn work<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Box<Diagnostic>> {
    let worker = thread::Builder::new().name("clientwright".to_owned()).stack_size(STACK);
    thread::scope(|scope| match worker.spawn_scoped(scope, work) {
        Ok(handle) => handle.join().map_err(|payload| Box::new(panicked(payload.as_ref()))),
        Err(error) => Err(Box::new(
            Diagnostic::new(Code::InternalError, format!("no thread can be started: {}", clean(&error.to_string())))
                .help("let the process have more memory, or more threads"),
        )),
    })
}

fn panicked(payload: &(dyn Any + Send)) -> Diagnostic {
    let said = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let said = said.unwrap_or("nothing was said");
    Diagnostic::new(Code::InternalError, format!("clientwright panicked: {}", clean(&said.replace('\n', " "))))
        .note("this is a fault of clientwright, and not of the document; nothing was written")
        .help(concat!(
            "report it at ",
            env!("CARGO_PKG_REPOSITORY"),
            "/issues, with the document or the smallest part of it that shows the fault"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_what_came_of_the_work() {
        assert_eq!(work(|| 1 + 1).unwrap(), 2);
    }

    #[test]
    fn a_panic_is_a_fault_of_ours() {
        let found = work(|| panic!("index {} of\n2", 3)).map(|(): ()| ()).unwrap_err();
        assert_eq!((found.code, found.title.as_str()), (Code::InternalError, "clientwright panicked: index 3 of 2"));
        assert!(found.help.unwrap().contains("report it at https://"));
        let found = work(|| std::panic::panic_any(1)).map(|(): ()| ()).unwrap_err();
        assert_eq!(found.title, "clientwright panicked: nothing was said");
    }
}
