//! The codes of all diagnostics, in one table.
//!
//! In: nothing. Out: for each code its name, its severity and a page that explains it. To add a
//! code, add a row to the table; nothing else needs to change. Never: a code without a page.

use std::fmt;

use super::Severity;

macro_rules! codes {
    ($($variant:ident, $name:literal, $severity:ident, $what:literal,
       why: $why:literal, example: $example:literal, help: $help:literal;)*) => {
        /// What kind of thing a diagnostic is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $what] $variant,)*
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in kebab-case: `unresolved-reference`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The severity, unless a diagnostic states another.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// A page in Markdown: what it is, why it matters, an example, what to do.
            #[must_use]
            pub const fn explain(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!(
                        "# ", $name, "\n\n", $what, "\n\n## Why it matters\n\n", $why,
                        "\n\n## Example\n\n```yaml\n", $example, "\n```\n\n## What to do\n\n", $help, "\n",
                    ),)*
                }
            }
        }
    };
}

impl Code {
    /// The code with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

codes! {
    // Files.
    FileNotFound, "file-not-found", Error, "A file that should be read does not exist.",
        why: "Without the document there is nothing to generate from.",
        example: "spec: specs/pets.yml   # the file is called pets.yaml",
        help: "Check the spelling of the path. In a `$ref` it is relative to the file that names it; what refers to it is left out, with a warning.";
    FileNotReadable, "file-not-readable", Error, "A file exists but cannot be read: it is a directory, or reading is not permitted.",
        why: "Files outside of the document's folder are never read, so that a stranger's document cannot pull in yours.",
        example: "spec: specs   # a directory",
        help: "Name a file inside the folder of the root document and check its permissions.";
    FileTooLarge, "file-too-large", Error, "A file is longer than 64 MiB.",
        why: "Reading has a limit so that a hostile document cannot use up the memory.",
        example: "# no document of an API is this long",
        help: "Split the document into several files, or remove the examples.";
    NotText, "not-text", Error, "A file is not UTF-8 text.",
        why: "OpenAPI documents are JSON or YAML in UTF-8.",
        example: "spec: specs/pets.zip",
        help: "Name the document itself rather than an archive of it, or save it as UTF-8.";
    EmptyDocument, "empty-document", Error, "A file holds no value.",
        why: "A document is an object with `openapi`, `info` and `paths`.",
        example: "# only a comment",
        help: "Write the document, or name the right file.";
    SyntaxError, "syntax-error", Error, "A file is not well-formed JSON or YAML.",
        why: "After the first fault of this kind the rest of the file can be read in more than one way.",
        example: "title: Pets: all of them   # the second colon needs quotes around the text",
        help: "Correct the place shown; the fault can also stand just before it.";
    SeveralDocuments, "several-documents", Error, "A YAML file holds more than one document.",
        why: "Only one can be meant, and it does not say which.",
        example: "openapi: 3.0.3\n---\nopenapi: 3.0.3",
        help: "Put every document into a file of its own.";
    TooDeep, "too-deep", Error, "Lists and objects are nested deeper than 127 levels.",
        why: "Depth has a limit so that a hostile document cannot exhaust the stack.",
        example: "[[[[[[[[ … ]]]]]]]]",
        help: "Give inner schemas a name under `components/schemas` and refer to them.";
    TooManyNodes, "too-many-nodes", Error, "A document has too many values, aliases expanded.",
        why: "The number of values has a limit so that a few lines of aliases cannot use up the memory.",
        example: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]   # and so on",
        help: "Replace YAML aliases by `$ref`, which is not expanded, or split the document.";
    DuplicateKey, "duplicate-key", Error, "A key stands twice in the same object.",
        why: "Readers differ in which value they take, so the document means different things to different people.",
        example: "type: string\ntype: integer",
        help: "Remove one of the two.";
    YamlTag, "yaml-tag", Error, "A YAML value carries a tag of its own (`!name`).",
        why: "OpenAPI documents are JSON values, and JSON has no tags; in other tools tags have run code.",
        example: "default: !env HOME",
        help: "Remove the tag, or run the tool that replaces it first.";
    MergeKey, "merge-key", Warning, "A YAML merge key (`<<`) does not name a mapping.",
        why: "Only mappings, or a list of mappings, can be merged.",
        example: "<<: text",
        help: "Let the alias name a mapping, or remove the merge key.";
    NotFinite, "not-finite", Warning, "A number is infinite or not a number.",
        why: "JSON cannot express it, so no request or response can carry it.",
        example: "maximum: .inf",
        help: "Leave the value out, or write a finite number.";

    // The document.
    NotADocument, "not-a-document", Error, "A file is well-formed, but not an OpenAPI document.",
        why: "An OpenAPI document is an object whose key `openapi` (or `swagger`) tells the version.",
        example: "- a\n- list",
        help: "Add `openapi: 3.0.3`, or name the right file.";
    UnsupportedVersion, "unsupported-version", Error, "The document is written in a version that is not supported.",
        why: "The meaning of keys differs between versions, so a document must not be read by the rules of another.",
        example: "openapi: 4.0.0",
        help: "Convert the document to a supported version.";
    UnsupportedReference, "unsupported-reference", Warning, "A `$ref` names something that cannot be followed: a URL for which no file stands, or an anchor of several schemas.",
        why: "Nothing is fetched, so that a document gives the same client everywhere and calls no server. What refers to it is left out.",
        example: "$ref: https://example.com/pet.yaml",
        help: "Save the target, and name the file or the folder that stands for its URL: `[client.NAME.urls]`, `\"https://example.com/schemas/\" = \"specs/schemas\"`. In a build script: `Generator::url`.";
    UnresolvedReference, "unresolved-reference", Warning, "A `$ref` names something that is not there.",
        why: "What refers to it is left out.",
        example: "$ref: '#/components/schemas/Pett'",
        help: "Correct the name, or add the component.";
    ReferenceCycle, "reference-cycle", Warning, "References lead back to where they began without meaning anything.",
        why: "Such a schema says nothing about its values. (A schema may well contain itself.)",
        example: "A: { $ref: '#/components/schemas/B' }\nB: { $ref: '#/components/schemas/A' }",
        help: "Let one of them be a schema.";
    ReferenceSibling, "reference-sibling", Note, "A key stands beside a `$ref`, where OpenAPI 3.0 ignores it.",
        why: "The author probably meant it to apply.",
        example: "$ref: '#/components/schemas/Pet'\nminProperties: 1   # in 3.1, this applies",
        help: "Wrap the reference: `allOf: [{ $ref: … }]` beside the key.";
    DuplicateSchemaName, "duplicate-schema-name", Note, "Schemas of different files would have the same name.",
        why: "Types are named after schemas. One of them gets a name with a word of its place before it, such as its folder's.",
        example: "$ref: orders/Status.yaml   # and elsewhere: pets/Status.yaml",
        help: "Rename one of the files, or name both schemas in `components/schemas`.";
    UnknownDialect, "unknown-dialect", Warning, "Schemas are written in a dialect of JSON Schema that is not known.",
        why: "They are read as JSON Schema 2020-12, in which keywords may mean something else.",
        example: "jsonSchemaDialect: https://example.com/dialect",
        help: "Remove the key, or write the schemas in JSON Schema 2020-12.";
    MisplacedReference, "misplaced-reference", Note, "A `$ref` stands where OpenAPI has none.",
        why: "It is followed, but other tools may take it for an unknown key.",
        example: "get: { $ref: '#/x-operations/listPets' }",
        help: "Write the object itself, or refer to it from where references are allowed.";
    UnknownKey, "unknown-key", Note, "A key has no meaning where it stands.",
        why: "It is ignored, and often a misspelt key that should not be.",
        example: "descripton: Lists pets.",
        help: "Correct the spelling, or begin the key with `x-`.";
    MissingKey, "missing-key", Warning, "A key that is needed is not there.",
        why: "Without it the object cannot be expressed and is left out, or a default is taken.",
        example: "parameters:\n  - in: query   # no name",
        help: "Add the key.";
    WrongType, "wrong-type", Warning, "A value is of another type than its key needs.",
        why: "It cannot be understood and is left out.",
        example: "description: [a, b]",
        help: "Write a value of the expected type.";
    NotQuoted, "not-quoted", Note, "A text looks like a number or a boolean, because it has no quotes.",
        why: "It is read as it is written, but other tools may read `1.10` as 1.1.",
        example: "version: 1.10",
        help: "Put the text in quotes.";
    InvalidValue, "invalid-value", Warning, "A value is not one of those its key allows.",
        why: "It cannot be understood and is left out.",
        example: "in: querry",
        help: "Write one of the allowed values.";
    InvalidPath, "invalid-path", Note, "A path is not a path: it does not begin with a slash, or has a query, a fragment or half of a pair of braces.",
        why: "Paths are appended to the server's URL. A missing slash is assumed, a query is part of every request, a fragment is never sent.",
        example: "pets?sort=name: { get: … }",
        help: "Begin the path with `/`, and describe queries by parameters.";
    InvalidMediaType, "invalid-media-type", Note, "A key under `content` is no media type.",
        why: "It is sent to servers, which do not know it. Where it can mean only one, it is read as that.",
        example: "content: { json: {} }",
        help: "Write a media type, such as `application/json`.";
    InvalidStatus, "invalid-status", Warning, "The key of a response is not a status.",
        why: "The response is left out.",
        example: "responses: { ok: … }",
        help: "Write a status from 100 to 599, a range such as `4XX`, or `default`.";
    DuplicateOperationId, "duplicate-operation-id", Warning, "Two operations have the same `operationId`.",
        why: "Methods are named after it. The second operation gets a name made from its path.",
        example: "get: { operationId: pets }\npost: { operationId: pets }",
        help: "Give each operation a name of its own.";
    DuplicateParameter, "duplicate-parameter", Warning, "Two parameters of one list have the same name and location.",
        why: "A request can carry only one of them. The second is left out.",
        example: "- { name: limit, in: query }\n- { name: limit, in: query }",
        help: "Remove one of the two.";
    NotGenerated, "not-generated", Note, "A part of the document that clientwright reads but makes nothing of.",
        why: "Callbacks, links and webhooks are not called by clients.",
        example: "callbacks: { paid: … }",
        help: "Nothing needs to be done.";
    // What has no expression (yet).
    UnsupportedSchema, "unsupported-schema", Warning, "A schema says more than a type can express.",
        why: "Its values are reachable as untyped JSON only, so the compiler does not help with them.",
        example: "oneOf: [{ type: string }, { type: object }]",
        help: "Nothing is lost on the wire. Describe the value with one type, or handle the JSON yourself.";
    UnsupportedKeyword, "unsupported-keyword", Warning, "A keyword has no effect on what is generated.",
        why: "The document demands or describes something that the generated code does not know of.",
        example: "not: { type: string }",
        help: "See the explanation in the message; the server still checks what it receives.";
    UnsupportedBody, "unsupported-body", Warning, "A request body, or a part of one, has a media type that is not written from a type.",
        why: "The operation takes the bytes of its body, and the compiler does not help with them; a part is sent as JSON.",
        example: "content: { application/xml: { schema: { type: object } } }",
        help: "Offer JSON, a form, parts, text or bytes beside it, or write the bytes yourself.";
    UnsupportedSecurity, "unsupported-security", Warning, "A security scheme cannot be attached to requests.",
        why: "Operations that need it are sent without it, and the server refuses them.",
        example: "type: mutualTLS",
        help: "Give the client a transport of your own that authorizes the requests.";
    // Operations.
    UndeclaredPathParameter, "undeclared-path-parameter", Note, "A path has a template that no parameter declares.",
        why: "A request cannot be written without a value for it; it is taken as text.",
        example: "/pets/{petId}:   # and no parameter petId",
        help: "Declare the parameter with `in: path` and `required: true`.";
    UnusedPathParameter, "unused-path-parameter", Warning, "A path parameter is not in its path.",
        why: "There is no place for its value, so it is left out.",
        example: "/pets: { get: { parameters: [{ name: petId, in: path }] } }",
        help: "Write the parameter into the path, or remove it.";
    NestedParameter, "nested-parameter", Warning, "The value of a parameter is nested deeper than its style can write.",
        why: "Styles say how the items of a list and the members of an object are written, but not what stands within those.",
        example: "- { name: filter, in: query, schema: { type: array, items: { type: object } } }",
        help: "Describe the value with `content: { application/json: … }` if the server reads JSON, or with `style: deepObject`.";
    SharedHeader, "shared-header", Warning, "Security schemes that are needed together are the same header.",
        why: "A request has one header of a name, so that only one of the credentials is sent.",
        example: "security: [{ basic: [], bearer: [] }]   # both are the header Authorization",
        help: "Write them as alternatives: `security: [{ basic: [] }, { bearer: [] }]`.";
    RecognisedPages, "recognised-pages", Note, "Operations are taken for lists that come in pages.",
        why: "Callers get all items of such a list as a stream, which asks for one page after the other.",
        example: "parameters: [{ name: page, in: query }]   # and an answer with a list",
        help: "Nothing needs to be done if it is right. Else say how the pages are asked for with `x-clientwright-pages`, or `x-clientwright-pages: false`.";
    InvalidExtension, "invalid-extension", Warning, "A key that begins with `x-clientwright-` says nothing that clientwright understands.",
        why: "Such keys are written for clientwright, so one that has no effect is a mistake.",
        example: "x-clientwright-repeatable: sometimes",
        help: "Correct the key or its value; the documentation of extensions lists both.";
    // Types.
    ConflictingProperty, "conflicting-property", Warning, "Two parts of an `allOf` describe a property in different ways.",
        why: "A type can have the property only once; the description nearest to the schema is used.",
        example: "allOf: [{ properties: { id: { type: string } } }, { properties: { id: { type: integer } } }]",
        help: "Make the descriptions equal, or remove one.";
    UndescribedProperty, "undescribed-property", Note, "A property is demanded that the schema does not describe.",
        why: "Its name may be misspelt, or it is not there any more; its value cannot be known.",
        example: "required: [naem]\nproperties: { name: { type: string } }",
        help: "Describe the property under `properties`, or correct the name.";
    AmbiguousUnion, "ambiguous-union", Note, "Nothing tells some choices of a `oneOf` or `anyOf` apart.",
        why: "A value may be read as another choice than the server meant; the one is tried first that knows most of its members.",
        example: "oneOf: [{ properties: { a: {} } }, { properties: { b: {} } }]",
        help: "Add a `discriminator`, or a required property with one value in each of the choices.";
    // Configurations.
    UnusedSetting, "unused-setting", Error, "Something that was set in `clientwright.toml` applies to nothing in the document.",
        why: "It is a slip, or the document has changed under it; either way the client would not be as it was meant to be.",
        example: "types: { Persn: crate::Person }   # the schema is called Person",
        help: "Correct the spelling, or remove the setting.";
    ImpossibleDerive, "impossible-derive", Error, "A derive was asked for that a type cannot have.",
        why: "The generated crate would not compile. Numbers with a fraction, for example, have no `Eq`.",
        example: "derives: { Point: [Eq] }   # its members are of `type: number`",
        help: "Remove the derive, or add it to the types that this one holds where they can have it.";
    DuplicateValue, "duplicate-value", Note, "A value stands twice in an `enum`.",
        why: "It is one value; the second is left out.",
        example: "enum: [red, green, red]",
        help: "Remove the second.";
    // clientwright itself.
    InternalError, "internal-error", Error, "The generator did not come to an end.",
        why: "It must not panic on any document, so this is a fault of clientwright. Nothing was written, and what was there is as it was.",
        example: "# any document; without the fault it would be generated from",
        help: "Please report it, with the document or the smallest part of it that shows the fault.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(code.as_str()), Some(*code));
            assert!(code.as_str().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
        }
    }

    #[test]
    fn every_code_has_a_page() {
        for code in Code::ALL {
            assert!(code.explain().contains("## What to do"), "{code}");
        }
    }
}
