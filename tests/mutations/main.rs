//! Documents with faults that nobody would think of, through all stages.
//!
//! In: the cases and the descriptions of this project; how many mutations (`CLIENTWRIGHT_MUTATIONS`), and from which number
//! on (`CLIENTWRIGHT_SEED`). Out: a failure that names the document and the number of the mutation, with which it can be
//! made again. Never: chance; a number always makes the same mutation. `cargo xtask corpus` does the same with the documents
//! of a folder.

#[cfg(test)]
mod mutate;
#[cfg(test)]
mod run;

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use clientwright_document::Sources;
    use clientwright_tests::workspace;
    use serde_json::Value;

    use crate::mutate::{Random, mutate};
    use crate::run::{Result, run};

    /// How many mutations a usual run makes.
    const FEW: u64 = 300;

    #[test]
    fn no_mutation_gives_a_panic_a_hang_or_broken_code() {
        let documents = documents();
        assert!(!documents.is_empty(), "there are no documents");
        let first = number("CLIENTWRIGHT_SEED").unwrap_or_default();
        let count = number("CLIENTWRIGHT_MUTATIONS").unwrap_or(FEW);
        let mut failures = Vec::new();
        for seed in first..first + count {
            let mut random = Random::new(seed);
            let (path, text) = &documents[random.below(documents.len())];
            let Some(mut value) = parsed(text) else { continue };
            for _ in 0..=random.below(4) {
                mutate(&mut value, &mut random);
            }
            if let Result::Failed(what) = run(value.to_string()) {
                failures.push(format!("{} with mutation {seed}: {what}", path.display()));
            }
        }
        assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
    }

    fn number(variable: &str) -> Option<u64> {
        std::env::var(variable).ok().map(|text| text.parse().unwrap())
    }

    fn parsed(text: &str) -> Option<Value> {
        let mut sources = Sources::new();
        let root = sources.parse("document", text.to_owned()).value?;
        Some(sources.node(root).to_json())
    }

    /// The documents, the smallest first: what is wrong is best seen in them.
    fn documents() -> Vec<(PathBuf, String)> {
        let folders = [workspace().join("tests/cases"), workspace().join("specs")];
        let mut found: Vec<(PathBuf, String)> = folders.iter().flat_map(|folder| below(folder)).collect();
        found.sort_by_key(|(path, text)| (text.len(), path.clone()));
        found
    }

    fn below(folder: &Path) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    // Parts of documents are none themselves, and giants would take all of the time.
                    if text.len() < 400_000 && (text.contains("openapi") || text.contains("swagger")) {
                        found.push((path, text));
                    }
                }
            }
        }
        found
    }
}
