//! Spector's scenarios, with clients of the documents that `TypeSpec`'s compiler makes of its specifications.
//!
//! In: the specifications of the package, those of the folders that are about parameters, bodies and types. Out: for each
//! scenario and version of OpenAPI whether the server took the request, and its answer was read. Never: a scenario without
//! an outcome.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use super::process::{Server, run};
use super::{Place, Tried, node};

const SPECS: &str = "node_modules/@typespec/http-specs/specs";
const PROGRAM: &str = "node_modules/@typespec/spector/cmd/cli.mjs";
const FOLDERS: [&str; 3] = ["parameters", "payload", "type"];

/// How long the compiler of `TypeSpec` may take.
const DOCUMENTS: Duration = Duration::from_secs(180);
/// How long the driver may take, its compilation too.
const BUILD: Duration = Duration::from_secs(900);
const CALLS: Duration = Duration::from_secs(300);

pub(super) fn run_all(place: &Place) -> Result<Vec<Tried>, String> {
    let output = place.target.join("spector");
    let _ = fs::remove_dir_all(&output);
    let mut documents = node::script(place, "documents.mjs");
    run(documents.arg(SPECS).arg(&output).args(FOLDERS), DOCUMENTS, &node::log(place, "documents"))?;
    let program = build(place, &output)?;
    let command = |port: u16| {
        let mut command = node::server(place, PROGRAM);
        command.args(["serve", SPECS, "--port", &port.to_string(), "--coverageFile"]).arg(output.join("coverage.json"));
        command
    };
    let server = Server::start(command, &node::log(place, "spector"))?;
    let log = node::log(place, "scenarios");
    let mut driver = Command::new(program);
    // The name that the server has for itself: its links are of the same origin then.
    driver.arg(format!("http://localhost:{}", server.port()));
    run(driver.env("CLIENTWRIGHT_CONTRACT", &output), CALLS, &log)?;
    let text = fs::read_to_string(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let tried: Vec<Tried> = text.lines().filter_map(read).collect();
    let names: BTreeSet<&str> = tried.iter().map(|one| one.name.as_str()).collect();
    if names.len() < 2 || tried.len() != 2 * names.len() {
        return Err(format!("not every scenario has an outcome\n{text}"));
    }
    Ok(tried)
}

/// Builds the driver, whose build script generates the clients.
fn build(place: &Place, output: &PathBuf) -> Result<PathBuf, String> {
    let driver = place.tests.join("driver");
    let lock = driver.join("Cargo.lock");
    fs::copy(place.root.join("Cargo.lock"), &lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    let target = place.target.join("build");
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--target-dir"]).arg(&target).current_dir(&driver);
    cargo.env("CLIENTWRIGHT_CONTRACT", output).env_remove("CARGO_TARGET_DIR");
    run(&mut cargo, BUILD, &node::log(place, "driver"))?;
    Ok(target.join("debug").join(format!("contract-driver{}", std::env::consts::EXE_SUFFIX)))
}

fn read(line: &str) -> Option<Tried> {
    let mut parts = line.splitn(3, '\t');
    let (version, scenario, failure) = (parts.next()?, parts.next()?, parts.next()?);
    let failure = (!failure.is_empty()).then(|| failure.to_owned());
    Some(Tried { on: format!("OpenAPI {version}"), name: scenario.to_owned(), failure })
}
