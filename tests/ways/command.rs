//! The client as `clientwright generate` writes it.
//!
//! In: the document of the pet shop. Out: the sources of its crate. Never: a crate of the workspace.

use std::process::Command;

use clientwright_tests::{Scratch, workspace};

use super::support::{self, Source, cargo, run};

const CONFIGURATION: &str = "\
[client.petshop]
spec = 'specs/petshop.yaml'
output = 'petshop'
";

pub(super) fn sources() -> Vec<Source> {
    let scratch = Scratch::new().unwrap();
    scratch.write("clientwright.toml", CONFIGURATION).unwrap();
    for name in ["petshop.yaml", "schemas/common.yaml", "schemas/pet.yaml"] {
        let path = workspace().join("tests/golden/build-script/specs").join(name);
        scratch.write(&format!("specs/{name}"), &std::fs::read_to_string(path).unwrap()).unwrap();
    }
    let mut command = Command::new(cargo());
    command.current_dir(workspace()).args(["run", "--quiet", "--offline", "--package", "clientwright-cli"]);
    command.args(["--bin", "clientwright", "--", "generate", "--config"]);
    run(command.arg(scratch.path().join("clientwright.toml")));
    support::sources(&scratch.path().join("petshop/src"))
}
