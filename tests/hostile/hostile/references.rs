//! References that lead to other people's files and servers.
//!
//! In: `$ref`s of every kind. Out: a diagnostic, and nothing read or called. Never: a connection
//! but to the server of the test, which must not see one.

use clientwright_tests::{Recorder, Reply};

use super::run::{Attack, Outcome, document};

/// What must not get out.
const SECRET: &str = "canary-7f3a";

fn attack(reference: &str) -> (Attack, Outcome) {
    let mut text = document("Pets", "pets", "Pet");
    text["paths"]["/pets"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"] =
        reference.into();
    let attack = Attack::new(&text);
    let secret = format!("type: object\ndescription: {SECRET}\n");
    attack.0.write("secret.yaml", &secret).unwrap();
    attack.0.write("workspace/secret.yaml", &secret).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(attack.0.path().join("secret.yaml"), attack.0.path().join("workspace/specs/link.yaml"))
        .unwrap();
    let outcome = attack.run();
    (attack, outcome)
}

#[test]
fn no_file_elsewhere_is_read() {
    let absolute = std::env::temp_dir().join("secret.yaml");
    for reference in [
        "file:///etc/passwd",
        "/etc/passwd",
        "../secret.yaml",
        "../../secret.yaml",
        "./../secret.yaml#",
        "..%2Fsecret.yaml",
        "%2e%2e/secret.yaml",
        "x/../../secret.yaml",
        "link.yaml",
        "..\\secret.yaml",
        "file:../secret.yaml",
        "//etc/passwd",
        &absolute.to_string_lossy(),
    ] {
        let (_attack, outcome) = attack(reference);
        assert!(!outcome.said.is_empty(), "{reference} is not reported");
        assert!(!outcome.said.contains(SECRET) && !outcome.said.contains("root:"), "{reference}: {}", outcome.said);
        for (path, text) in &outcome.output {
            assert!(!text.contains(SECRET) && !text.contains("root:"), "{reference} got into {path}");
        }
    }
}

#[test]
fn no_server_is_called() {
    let server = Recorder::answering(|_| Reply::json(200, format!("{{\"description\": \"{SECRET}\"}}")));
    for reference in [
        format!("{}/pet.yaml", server.url()),
        format!("{}/pet.yaml#/a", server.url()),
        format!("//{}/pet.yaml", server.address()),
        format!("HTTP://user:password@{}/pet.yaml", server.address()),
    ] {
        let (_attack, outcome) = attack(&reference);
        assert!(!outcome.said.is_empty(), "{reference} is not reported");
        assert!(server.requests().is_empty(), "{reference} was called");
    }
}
