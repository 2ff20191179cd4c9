//! The objects of `OpenAPI` and the keys they may have.
//!
//! In: nothing. Out: one table row for each object, from the specification's "Fixed Fields"
//! (`OpenAPI` 3.0.4, section 4.7, what 2.0 had instead, and what later versions add to it). Never: a rule about values;
//! these stand where the keys are read.

use super::version::Version;

/// An object of the specification.
#[derive(Debug)]
pub(super) struct Shape {
    /// Its name in the specification.
    pub(super) name: &'static str,
    /// The keys it may have from 3.0 on, `x-…` apart.
    pub(super) keys: &'static [&'static str],
    /// Those it may have in 2.0, where they are others.
    in_2_0: Option<&'static [&'static str]>,
    /// Those that 3.1 adds.
    added_3_1: &'static [&'static str],
    /// Those that 3.2 adds.
    added_3_2: &'static [&'static str],
}

impl Shape {
    /// The keys it may have in a version.
    pub(super) fn keys_in(&self, version: Version) -> impl Iterator<Item = &'static str> {
        let keys = self.in_2_0.filter(|_| version == Version::V2_0).unwrap_or(self.keys);
        let added_3_1 = if version >= Version::V3_1 { self.added_3_1 } else { &[] };
        let added_3_2 = if version >= Version::V3_2 { self.added_3_2 } else { &[] };
        keys.iter().chain(added_3_1).chain(added_3_2).copied()
    }

    /// Whether a key has a meaning from 3.0 on. Keys of later versions that have one sensible
    /// reading are read, and reported.
    pub(super) fn knows(&self, key: &str) -> bool {
        [self.keys, self.added_3_1, self.added_3_2].iter().any(|keys| keys.contains(&key))
    }

    /// Whether a key has a meaning in 2.0.
    pub(super) fn had(&self, key: &str) -> bool {
        self.in_2_0.unwrap_or(self.keys).contains(&key)
    }
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal [$($key:literal)*] $(v2_0 [$($v2_0:literal)*])? $(v3_1 [$($v3_1:literal)*])? $(v3_2 [$($v3_2:literal)*])?;)*) => {$(
        $(#[$doc])*
        pub(super) const $constant: Shape = Shape {
            name: $name,
            keys: &[$($key),*],
            in_2_0: in_2_0!($($($v2_0)*)?),
            added_3_1: &[$($($v3_1),*)?],
            added_3_2: &[$($($v3_2),*)?],
        };
    )*};
}

/// The keys of 2.0, where a row has some of its own.
macro_rules! in_2_0 {
    () => { None };
    ($($key:literal)+) => { Some(&[$($key),+]) };
}

shapes! {
    // Whether the version stands under the right key is checked where it is read.
    DOCUMENT = "OpenAPI Object"
        ["openapi" "swagger" "info" "servers" "paths" "components" "security" "tags" "externalDocs"]
        v2_0 ["swagger" "openapi" "info" "host" "basePath" "schemes" "consumes" "produces" "paths" "definitions" "parameters" "responses"
              "securityDefinitions" "security" "tags" "externalDocs"]
        v3_1 ["jsonSchemaDialect" "webhooks"]
        v3_2 ["$self"];
    INFO = "Info Object"
        ["title" "description" "termsOfService" "contact" "license" "version"] v3_1 ["summary"];
    CONTACT = "Contact Object" ["name" "url" "email"];
    LICENSE = "License Object" ["name" "url"] v3_1 ["identifier"];
    SERVER = "Server Object" ["url" "description" "variables"] v3_2 ["name"];
    SERVER_VARIABLE = "Server Variable Object" ["enum" "default" "description"];
    COMPONENTS = "Components Object"
        ["schemas" "responses" "parameters" "examples" "requestBodies" "headers" "securitySchemes" "links" "callbacks"]
        v3_1 ["pathItems"]
        v3_2 ["mediaTypes"];
    PATH_ITEM = "Path Item Object"
        ["$ref" "summary" "description" "get" "put" "post" "delete" "options" "head" "patch" "trace" "servers" "parameters"]
        v2_0 ["$ref" "get" "put" "post" "delete" "options" "head" "patch" "parameters"]
        v3_2 ["query" "additionalOperations"];
    OPERATION = "Operation Object"
        ["tags" "summary" "description" "externalDocs" "operationId" "parameters" "requestBody" "responses" "callbacks"
         "deprecated" "security" "servers"]
        v2_0 ["tags" "summary" "description" "externalDocs" "operationId" "consumes" "produces" "parameters" "responses"
              "schemes" "deprecated" "security"];
    EXTERNAL_DOCS = "External Documentation Object" ["description" "url"];
    PARAMETER = "Parameter Object"
        ["name" "in" "description" "required" "deprecated" "allowEmptyValue" "style" "explode" "allowReserved" "schema"
         "example" "examples" "content"]
        v2_0 ["name" "in" "description" "required" "schema" "allowEmptyValue"
              "type" "format" "items" "collectionFormat" "default" "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum"
              "maxLength" "minLength" "pattern" "maxItems" "minItems" "uniqueItems" "enum" "multipleOf"];
    HEADER = "Header Object"
        ["description" "required" "deprecated" "allowEmptyValue" "style" "explode" "allowReserved" "schema" "example"
         "examples" "content"]
        v2_0 ["description"
              "type" "format" "items" "collectionFormat" "default" "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum"
              "maxLength" "minLength" "pattern" "maxItems" "minItems" "uniqueItems" "enum" "multipleOf"];
    ITEMS = "Items Object"
        ["type" "format" "items" "collectionFormat" "default" "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum"
         "maxLength" "minLength" "pattern" "maxItems" "minItems" "uniqueItems" "enum" "multipleOf"];
    REQUEST_BODY = "Request Body Object" ["description" "content" "required"];
    MEDIA_TYPE = "Media Type Object" ["schema" "example" "examples" "encoding"]
        v3_2 ["description" "itemSchema" "prefixEncoding" "itemEncoding"];
    ENCODING = "Encoding Object" ["contentType" "headers" "style" "explode" "allowReserved"]
        v3_2 ["encoding" "prefixEncoding" "itemEncoding"];
    RESPONSE = "Response Object" ["description" "headers" "content" "links"]
        v2_0 ["description" "schema" "headers" "examples"] v3_2 ["summary"];
    EXAMPLE = "Example Object" ["summary" "description" "value" "externalValue"] v3_2 ["dataValue" "serializedValue"];
    LINK = "Link Object"
        ["operationRef" "operationId" "parameters" "requestBody" "description" "server"];
    TAG = "Tag Object" ["name" "description" "externalDocs"] v3_2 ["summary" "parent" "kind"];
    SECURITY_SCHEME = "Security Scheme Object"
        ["type" "description" "name" "in" "scheme" "bearerFormat" "flows" "openIdConnectUrl"]
        v2_0 ["type" "description" "name" "in" "flow" "authorizationUrl" "tokenUrl" "scopes"]
        v3_2 ["oauth2MetadataUrl" "deprecated"];
    OAUTH_FLOWS = "OAuth Flows Object" ["implicit" "password" "clientCredentials" "authorizationCode"]
        v3_2 ["deviceAuthorization"];
    OAUTH_FLOW = "OAuth Flow Object" ["authorizationUrl" "tokenUrl" "refreshUrl" "scopes"]
        v3_2 ["deviceAuthorizationUrl"];
    DISCRIMINATOR = "Discriminator Object" ["propertyName" "mapping"] v3_2 ["defaultMapping"];
    XML = "XML Object" ["name" "namespace" "prefix" "attribute" "wrapped"] v3_2 ["nodeType"];
    SCHEMA = "Schema Object"
        ["$ref" "title" "multipleOf" "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum" "maxLength" "minLength"
         "pattern" "maxItems" "minItems" "uniqueItems" "maxProperties" "minProperties" "required" "enum" "type" "allOf"
         "oneOf" "anyOf" "not" "items" "properties" "additionalProperties" "description" "format" "default" "nullable"
         "discriminator" "readOnly" "writeOnly" "xml" "externalDocs" "example" "deprecated"]
        v2_0 ["$ref" "title" "multipleOf" "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum" "maxLength" "minLength"
              "pattern" "maxItems" "minItems" "uniqueItems" "maxProperties" "minProperties" "required" "enum" "type" "allOf"
              "items" "properties" "additionalProperties" "description" "format" "default" "discriminator" "readOnly" "xml"
              "externalDocs" "example"]
        v3_1 ["const" "examples" "patternProperties" "propertyNames" "prefixItems" "contentEncoding"
         "contentMediaType" "contentSchema" "$schema" "$id" "$anchor" "$dynamicRef" "$dynamicAnchor" "$vocabulary"
         "$comment" "$defs" "definitions" "if" "then" "else" "dependentSchemas" "dependentRequired" "contains"
         "minContains" "maxContains" "unevaluatedItems" "unevaluatedProperties"];
}
