//! The objects of `OpenAPI` and the keys they may have.
//!
//! In: nothing. Out: one table row for each object, from the specification's "Fixed Fields"
//! (`OpenAPI` 3.0.4, section 4.7). Never: a rule about values; these stand where the keys are read.

/// An object of the specification.
#[derive(Debug)]
pub(super) struct Shape {
    /// Its name in the specification.
    pub(super) name: &'static str,
    /// The keys it may have, `x-…` apart.
    pub(super) keys: &'static [&'static str],
    /// Keys of later versions that have one sensible reading; they are read, and reported.
    pub(super) later: &'static [&'static str],
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal [$($key:literal)*] later [$($later:literal)*];)*) => {$(
        $(#[$doc])*
        pub(super) const $constant: Shape = Shape { name: $name, keys: &[$($key),*], later: &[$($later),*] };
    )*};
}

shapes! {
    DOCUMENT = "OpenAPI Object"
        ["openapi" "info" "servers" "paths" "components" "security" "tags" "externalDocs"]
        later ["jsonSchemaDialect" "webhooks" "$self"];
    INFO = "Info Object"
        ["title" "description" "termsOfService" "contact" "license" "version"] later ["summary"];
    CONTACT = "Contact Object" ["name" "url" "email"] later [];
    LICENSE = "License Object" ["name" "url"] later ["identifier"];
    SERVER = "Server Object" ["url" "description" "variables"] later ["name"];
    SERVER_VARIABLE = "Server Variable Object" ["enum" "default" "description"] later [];
    COMPONENTS = "Components Object"
        ["schemas" "responses" "parameters" "examples" "requestBodies" "headers" "securitySchemes" "links" "callbacks"]
        later ["pathItems" "mediaTypes"];
    PATH_ITEM = "Path Item Object"
        ["$ref" "summary" "description" "get" "put" "post" "delete" "options" "head" "patch" "trace" "servers" "parameters"]
        later ["query" "additionalOperations"];
    OPERATION = "Operation Object"
        ["tags" "summary" "description" "externalDocs" "operationId" "parameters" "requestBody" "responses" "callbacks"
         "deprecated" "security" "servers"]
        later [];
    EXTERNAL_DOCS = "External Documentation Object" ["description" "url"] later [];
    PARAMETER = "Parameter Object"
        ["name" "in" "description" "required" "deprecated" "allowEmptyValue" "style" "explode" "allowReserved" "schema"
         "example" "examples" "content"]
        later [];
    HEADER = "Header Object"
        ["description" "required" "deprecated" "allowEmptyValue" "style" "explode" "allowReserved" "schema" "example"
         "examples" "content"]
        later [];
    REQUEST_BODY = "Request Body Object" ["description" "content" "required"] later [];
    MEDIA_TYPE = "Media Type Object" ["schema" "example" "examples" "encoding"]
        later ["itemSchema" "prefixEncoding" "itemEncoding"];
    ENCODING = "Encoding Object" ["contentType" "headers" "style" "explode" "allowReserved"] later [];
    RESPONSE = "Response Object" ["description" "headers" "content" "links"] later ["summary"];
    EXAMPLE = "Example Object" ["summary" "description" "value" "externalValue"] later ["dataValue" "serializedValue"];
    TAG = "Tag Object" ["name" "description" "externalDocs"] later ["summary" "parent" "kind"];
    SECURITY_SCHEME = "Security Scheme Object"
        ["type" "description" "name" "in" "scheme" "bearerFormat" "flows" "openIdConnectUrl"]
        later ["oauth2MetadataUrl" "deprecated"];
    OAUTH_FLOWS = "OAuth Flows Object" ["implicit" "password" "clientCredentials" "authorizationCode"]
        later ["deviceAuthorization"];
    OAUTH_FLOW = "OAuth Flow Object" ["authorizationUrl" "tokenUrl" "refreshUrl" "scopes"]
        later ["deviceAuthorizationUrl"];
    DISCRIMINATOR = "Discriminator Object" ["propertyName" "mapping"] later ["defaultMapping"];
    XML = "XML Object" ["name" "namespace" "prefix" "attribute" "wrapped"] later ["nodeType"];
    SCHEMA = "Schema Object"
        ["$ref" "title" "multipleOf" "maximum" "exclusiveMaximum" "minimum" "exclusiveMinimum" "maxLength" "minLength"
         "pattern" "maxItems" "minItems" "uniqueItems" "maxProperties" "minProperties" "required" "enum" "type" "allOf"
         "oneOf" "anyOf" "not" "items" "properties" "additionalProperties" "description" "format" "default" "nullable"
         "discriminator" "readOnly" "writeOnly" "xml" "externalDocs" "example" "deprecated"]
        later ["const" "examples" "patternProperties" "propertyNames" "prefixItems" "contentEncoding"
         "contentMediaType" "contentSchema" "$schema" "$id" "$anchor" "$dynamicRef" "$dynamicAnchor" "$vocabulary"
         "$comment" "$defs" "definitions" "if" "then" "else" "dependentSchemas" "dependentRequired" "contains"
         "minContains" "maxContains" "unevaluatedItems" "unevaluatedProperties"];
}
