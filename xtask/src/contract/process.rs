//! Programs that are run for so long and no longer.
//!
//! In: a command. Out: its end, or that of its time. Never: a program that is left behind: servers end when they are dropped,
//! and when this program does, because their standard input is a pipe from it.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often is looked whether something ended.
const TICK: Duration = Duration::from_millis(100);

/// How long a server may take until it listens.
const START: Duration = Duration::from_secs(90);

/// A server; it ends when it is dropped.
pub(super) struct Server {
    child: Child,
    port: u16,
}

/// Runs a command to its end, or so long; what it says is in a file, and in the error if it fails.
pub(super) fn run(command: &mut Command, limit: Duration, log: &Path) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = logged(command, log)?.stdin(Stdio::null()).spawn().map_err(|error| format!("{name}: {error}"))?;
    let end = Instant::now() + limit;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("{name} ended with {status}\n{}", tail(log))),
            Ok(None) if Instant::now() < end => sleep(TICK),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{name} took longer than {limit:?}\n{}", tail(log)));
            }
        }
    }
}

impl Server {
    /// Starts a server on a port that is free, and waits until it listens.
    pub(super) fn start(command: impl FnOnce(u16) -> Command, log: &Path) -> Result<Self, String> {
        let port = free_port()?;
        let mut command = command(port);
        let child = logged(&mut command, log)?.stdin(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let mut server = Self { child, port };
        let end = Instant::now() + START;
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = server.child.try_wait().ok().flatten();
            if ended.is_some() || Instant::now() > end {
                return Err(format!("a server does not start\n{}", tail(log)));
            }
            sleep(TICK);
        }
        Ok(server)
    }

    /// The port on the loopback interface on which it listens.
    pub(super) const fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| error.to_string())
}

fn logged<'a>(command: &'a mut Command, log: &Path) -> Result<&'a mut Command, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", log.display());
    fs::create_dir_all(log.parent().map_or_else(PathBuf::new, Path::to_owned)).map_err(wrong)?;
    let file = File::create(log).map_err(wrong)?;
    let again = file.try_clone().map_err(wrong)?;
    Ok(command.stdout(file).stderr(again))
}

/// The last lines of what was said.
fn tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.len().saturating_sub(30);
    format!("{}:\n{}", log.display(), lines.get(start..).unwrap_or_default().join("\n"))
}
