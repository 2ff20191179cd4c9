//! One run of the generator.
//!
//! In: a document. Out: what was said, and every file there is afterwards. Never: a folder that is
//! not the test's own.

use clientwright::configuration::FILE_NAME;
use clientwright::{Configuration, Failure, Mode, Options, codegen};
use clientwright_tests::Scratch;
use serde_json::{Value, json};

/// Where the client goes.
pub(crate) const OUTPUT: &str = "workspace/client/";

/// A test's folder with a document in it.
pub(crate) struct Attack(pub(crate) Scratch);

/// What came of it.
pub(crate) struct Outcome {
    /// The diagnostics, or the failure.
    pub(crate) said: String,
    /// The files of the output, by their paths in it.
    pub(crate) output: Vec<(String, String)>,
    /// All other files.
    pub(crate) others: Vec<(String, String)>,
}

impl Attack {
    pub(crate) fn new(document: &Value) -> Self {
        let scratch = Scratch::new().unwrap();
        let configuration = "[client.c]\nspec = 'specs/api.yaml'\noutput = 'client'\n";
        scratch.write(&format!("workspace/{FILE_NAME}"), configuration).unwrap();
        scratch.write("workspace/specs/api.yaml", &document.to_string()).unwrap();
        Self(scratch)
    }

    pub(crate) fn run(&self) -> Outcome {
        let configuration = Configuration::load(&self.0.path().join("workspace").join(FILE_NAME)).unwrap();
        let options = Options { mode: Mode::Write, strict: false };
        let said = match codegen(&configuration, &configuration.clients[0], options) {
            Ok(run) => run.report.to_string(),
            Err(failure) => match *failure {
                Failure::Document(report) => report.to_string(),
                Failure::Output(report, error) => format!("{report}\n{error}"),
            },
        };
        let (output, others) = self.0.files().unwrap().into_iter().partition(|(path, _)| path.starts_with(OUTPUT));
        let below = |(path, text): (String, String)| (path.trim_start_matches(OUTPUT).to_owned(), text);
        Outcome { said, output: Vec::into_iter(output).map(below).collect(), others }
    }
}

/// A document with these words around an operation, in JSON, which can say every text.
pub(crate) fn document(title: &str, tag: &str, schema: &str) -> Value {
    let reference = format!("#/components/schemas/{}", schema.replace('~', "~0").replace('/', "~1"));
    let content = json!({"application/json": {"schema": {"$ref": reference}}});
    json!({
        "openapi": "3.0.3",
        "info": {"title": title, "version": title},
        "paths": {"/pets": {"get": {
            "operationId": "getPet",
            "tags": [tag],
            "responses": {"200": {"description": "A pet.", "content": content}},
        }}},
        "components": {"schemas": {schema: {"type": "object", "properties": {"name": {"type": "string"}}}}},
    })
}
