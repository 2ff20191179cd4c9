//! The crate of all schemas.
//!
//! In: the schemas, and which of them were generated. Out: its manifest and a program that prints a line for each
//! instance: what it was written as after it was read, or why it could not be read. Never: a schema in the name of which
//! a line is missing.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::Group;

/// Writes the crate around the generated modules.
pub(super) fn write(target: &Path, root: &Path, groups: &[Group], generated: &[bool]) -> Result<(), String> {
    let runtime = root.join("crates/clientwright-runtime");
    let manifest = format!(
        "[package]\nname = \"suite\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nclientwright-runtime = {{ path = {}, default-features = false, features = [\"chrono\"] }}\n",
        json!(runtime)
    );
    put(target, "Cargo.toml", &manifest)?;
    let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    put(target, "Cargo.lock", &lock)?;
    let mut modules = String::new();
    let mut calls = String::new();
    for (index, (group, generated)) in groups.iter().zip(generated).enumerate() {
        for test in &group.tests {
            let instance = json!({ "value": test.data }).to_string();
            let holder = format!("s{index}::src::types::Holder");
            let call = if *generated {
                format!("    again::<{holder}>({instance:?});\n")
            } else {
                "    println!(\"not generated\");\n".to_owned()
            };
            calls.push_str(&call);
        }
        if *generated {
            let _ = writeln!(modules, "mod s{index};");
            put(target, &format!("src/s{index}/mod.rs"), "pub mod src;\n")?;
            put(target, &format!("src/s{index}/src/mod.rs"), "pub mod types;\n")?;
        }
    }
    let functions: Vec<String> = calls
        .lines()
        .collect::<Vec<_>>()
        .chunks(100)
        .enumerate()
        .map(|(number, lines)| format!("fn part_{number}() {{\n{}\n}}\n", lines.join("\n")))
        .collect();
    let parts: Vec<String> = (0..functions.len()).map(|number| format!("    part_{number}();\n")).collect();
    let main = format!("{modules}\n{AGAIN}\n{}\nfn main() {{\n{}}}\n", functions.concat(), parts.concat());
    put(target, "src/main.rs", &main)
}

/// Reads an instance and writes it again.
const AGAIN: &str = "\
fn again<T: clientwright_runtime::wire::Decode + clientwright_runtime::wire::Encode>(text: &str) {
    use clientwright_runtime::wire::json;
    match json::from_slice::<T>(text.as_bytes()).and_then(|value| json::to_vec(&value)) {
        Ok(bytes) => println!(\"{}\", String::from_utf8_lossy(&bytes)),
        Err(error) => println!(\"{}\", error.to_string().replace('\\n', \" \")),
    }
}
";

fn put(target: &Path, name: &str, text: &str) -> Result<(), String> {
    let path = target.join(name);
    if fs::read_to_string(&path).is_ok_and(|existing| existing == text) {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(target);
    fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|error| format!("{name}: {error}"))
}

/// Whether two values are equal, numbers by what they are worth.
pub(super) fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64().zip(other.as_f64()).is_some_and(|(one, other)| (one - other).abs() <= 0.0)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let twin = |(key, value): (&String, &Value)| other.get(key).is_some_and(|other| is_equal(value, other));
            one.len() == other.len() && one.iter().all(twin)
        }
        (one, other) => one == other,
    }
}
