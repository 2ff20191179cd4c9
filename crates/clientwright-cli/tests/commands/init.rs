//! `init`.
//!
//! In: documents, and configurations that are there or not. Out: `clientwright.toml`, and what is
//! said. Never: a terminal.

use super::sandbox::{CONFIGURATION, PETS, Sandbox};

const ENTRY: &str = "\
[client.pet-shop]
spec = \"specs/pets.yaml\"
output = \"crates/clients/pet-shop\"

[client.pet-shop.package]
name = \"pet-shop\"
version = \"0.1.0\"
";

#[test]
fn a_first_client_makes_the_file_and_can_be_generated() {
    let sandbox = Sandbox::new();
    let said = sandbox.run(&["init", "specs/pets.yaml"]).done();
    let expected = "\
pet-shop: added to the new clientwright.toml
  document  specs/pets.yaml: The Pet Shop API, 2 operations
  crate     crates/clients/pet-shop

next:
  clientwright generate pet-shop             writes the crate
  cargo add --path crates/clients/pet-shop   in the crate that is to call it
";
    assert_eq!(said, expected);
    let text = sandbox.read("clientwright.toml");
    assert!(text.starts_with("# ") && text.ends_with(&format!("\n\n{ENTRY}")), "{text}");
    assert_eq!(sandbox.files().len(), 2);
    sandbox.run(&["generate"]).done();
    assert!(sandbox.read("crates/clients/pet-shop/Cargo.toml").contains("name = \"pet-shop\""));
}

#[test]
fn what_a_person_wrote_stays() {
    let sandbox = Sandbox::new();
    let text = "# ours\n[client.zoo] # first\nspec   = 'specs/pets.yaml'\noutput = 'clients/zoo'\n\n# the end\n";
    sandbox.write("clientwright.toml", text);
    let said = sandbox.run(&["init", "specs/pets.yaml"]).done();
    assert!(said.starts_with("pet-shop: added to clientwright.toml\n"), "{said}");
    // Beside the other client.
    let entry = ENTRY.replace("crates/clients/", "clients/");
    assert_eq!(sandbox.read("clientwright.toml"), format!("{text}\n{entry}"));
}

#[test]
fn name_and_output_can_be_chosen() {
    let sandbox = Sandbox::configured();
    let said = sandbox.run_in("specs", &["init", "pets.yaml", "--name", "zoo", "--output", "../zoo/client"]).done();
    assert!(said.contains("\n  cargo add --path ../zoo/client "), "{said}");
    let text = sandbox.read("clientwright.toml");
    assert!(text.contains("[client.zoo]\nspec = \"specs/pets.yaml\"\noutput = \"zoo/client\"\n"), "{text}");
    let said = sandbox.run_by_cargo(&["init", "specs/pets.yaml", "--config", "specs/other.toml"]).done();
    assert!(said.contains("\n  cargo clientwright generate pet-shop "), "{said}");
    assert!(sandbox.read("specs/other.toml").contains("\nspec = \"pets.yaml\"\n"));
}

#[test]
fn a_client_that_is_there_stays() {
    let sandbox = Sandbox::configured();
    let told = sandbox.run(&["init", "specs/pets.yaml", "--name", "pets"]).failed(2);
    assert!(told.starts_with("error: clientwright.toml has a client `pets` already, for specs/pets.yaml\n"), "{told}");
    let told = sandbox.run(&["init", "specs/pets.yaml", "--output", "crates/pets/inner"]).failed(2);
    assert!(told.contains("the clients `pet-shop` and `pets` are written into one folder"), "{told}");
    for output in ["../elsewhere", "."] {
        let told = sandbox.run(&["init", "specs/pets.yaml", "--output", output]).failed(2);
        assert!(told.contains("is no folder below that of clientwright.toml"), "{told}");
    }
    assert_eq!(sandbox.read("clientwright.toml"), CONFIGURATION);
}

#[test]
fn a_document_that_cannot_be_used_adds_nothing() {
    let sandbox = Sandbox::new();
    sandbox.write("specs/pets.yaml", "openapi: 3.0.3\ninfo: {");
    let told = sandbox.run(&["init", "specs/pets.yaml"]).failed(1);
    assert!(
        told.starts_with("error[syntax-error]") && told.contains("\nerror: no client was added: 1 error\n"),
        "{told}"
    );
    let told = sandbox.run(&["init", "specs/nowhere.yaml"]).failed(1);
    assert!(told.starts_with("error[file-not-found]"), "{told}");
    let told = sandbox.run(&["init", "https://example.com/api.yaml"]).failed(2);
    assert!(told.contains("curl -o api.yaml 'https://example.com/api.yaml'"), "{told}");
    let told = sandbox.run(&["init", "specs/pets.yaml", "--name", "1pets"]).failed(2);
    assert!(told.contains("a name begins with a letter"), "{told}");
    assert_eq!(sandbox.files().len(), 1);
}

#[test]
fn warnings_are_shown_and_do_not_hinder() {
    let sandbox = Sandbox::new();
    sandbox.write("specs/pets.yaml", &PETS.replace("#/components/schemas/Pets", "#/components/schemas/Pest"));
    let ended = sandbox.run(&["init", "specs/pets.yaml"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.errors.starts_with("warning[unresolved-reference]"), "{ended:?}");
    assert!(ended.output.contains("The Pet Shop API, 2 operations, 1 warning\n"), "{ended:?}");
}

#[test]
fn a_broken_configuration_stays_as_it_is() {
    let sandbox = Sandbox::new();
    sandbox.write("clientwright.toml", "[client\n");
    let told = sandbox.run(&["init", "specs/pets.yaml"]).failed(1);
    assert!(told.starts_with("error[syntax-error]"), "{told}");
    assert_eq!(sandbox.read("clientwright.toml"), "[client\n");
}
