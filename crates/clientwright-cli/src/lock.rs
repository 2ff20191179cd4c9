//! `lock`.
//!
//! In: a document and the path of a lock file. Out: the file, up to date, or whether it is. Never: a name that the file
//! holds already given anew.

use std::path::Path;

use clientwright::Mode;

use crate::End;
use crate::arguments::Lock;
use crate::terminal::{Terminal, remark, say};

/// Writes a lock file, or compares it.
pub(crate) fn run(request: &Lock, terminal: &Terminal) -> End {
    let mode = if request.check { Mode::Check } else { Mode::Write };
    let path = &request.path;
    match clientwright::lock(Path::new("."), &request.spec, &request.urls.all(), path, mode) {
        Ok(None) => {
            say(&format!("up to date: {path}\n"));
            End::Done
        }
        Ok(Some(_)) if mode == Mode::Write => {
            say(&format!("written: {path}\n"));
            End::Done
        }
        Ok(Some(_)) => {
            let command = &terminal.command;
            let urls = request.urls.urls.iter().map(|(url, path)| format!(" --url {url}={path}"));
            let urls: String = urls.collect();
            remark(&format!("{path} is not up to date\nrun `{command} lock {} --lock {path}{urls}`\n", request.spec));
            End::Failed
        }
        Err(failure) => {
            terminal.report(failure.report(), request.format);
            if let clientwright::Failure::Output(_, error) = &*failure {
                terminal.error(&error.to_string());
            }
            End::Failed
        }
    }
}
