//! The examples in the clients' `README.md`: they compile, and stand under the headings where they belong.

#![allow(
    dead_code,
    unused_imports,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "they are compiled, and nothing calls them"
)]

include!(concat!(env!("OUT_DIR"), "/readmes.rs"));

#[test]
fn each_client_shows_what_it_has_and_nothing_else() {
    const ALL: &[&str] = &["Credentials", "Errors", "Pages", "Retries"];
    const WITHOUT_PAGES: &[&str] = &["Credentials", "Errors", "Retries"];
    for (client, headings) in EXAMPLES {
        let Some((first, further)) = headings.split_first() else { panic!("{client} shows nothing") };
        assert!(first.starts_with("First call"), "{client}: {first}");
        assert_eq!(further, if *client == "petshop" { WITHOUT_PAGES } else { ALL }, "{client}");
    }
    assert!(EXAMPLES.len() >= 5, "{EXAMPLES:?}");
}
