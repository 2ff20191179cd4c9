//! Security schemes and requirements.
//!
//! In: Security Scheme and Security Requirement Objects (`OpenAPI` 3.0.4, sections 4.7.27 to 4.7.30). Out: the
//! model's. Never: a requirement that names a scheme which is not declared.

use indexmap::IndexMap;

use super::context::{Object, Reader};
use super::shapes;
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::model::{ApiKeyLocation, OAuthFlow, OAuthFlows, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::source::{Kind, NodeRef};

/// The values of `type`.
#[derive(Clone, Copy)]
enum SchemeType {
    ApiKey,
    Http,
    OAuth2,
    OpenIdConnect,
    MutualTls,
}

impl<'a> Reader<'a> {
    pub(super) fn security_scheme(&mut self, node: NodeRef<'a>) -> Option<SecurityScheme> {
        let description = self.text_beside(node, "description");
        let node = self.follow(node)?;
        let scheme = self.object(node, &shapes::SECURITY_SCHEME)?;
        let kind = self.security_kind(scheme)?;
        Some(SecurityScheme {
            at: scheme.at(),
            description: description.or_else(|| self.string(scheme, "description")),
            kind,
            deprecated: self.flag(scheme, "deprecated"),
            extensions: Self::extensions(scheme),
        })
    }

    fn security_kind(&mut self, scheme: Object<'a>) -> Option<SecurityKind> {
        let types = [
            ("apiKey", SchemeType::ApiKey),
            ("http", SchemeType::Http),
            ("oauth2", SchemeType::OAuth2),
            ("openIdConnect", SchemeType::OpenIdConnect),
            ("mutualTLS", SchemeType::MutualTls),
        ];
        if scheme.get("type").is_none() {
            self.missing(scheme, "type");
        }
        match self.choice(scheme, "type", &types)? {
            SchemeType::ApiKey => self.api_key(scheme),
            SchemeType::Http => Some(SecurityKind::Http {
                scheme: self.required_string(scheme, "scheme")?.to_ascii_lowercase(),
                bearer_format: self.string(scheme, "bearerFormat"),
            }),
            SchemeType::OAuth2 => self.oauth_flows(scheme),
            SchemeType::OpenIdConnect => {
                Some(SecurityKind::OpenIdConnect { url: self.required_string(scheme, "openIdConnectUrl")? })
            }
            SchemeType::MutualTls => Some(SecurityKind::MutualTls),
        }
    }

    fn api_key(&mut self, scheme: Object<'a>) -> Option<SecurityKind> {
        let locations =
            [("query", ApiKeyLocation::Query), ("header", ApiKeyLocation::Header), ("cookie", ApiKeyLocation::Cookie)];
        if scheme.get("in").is_none() {
            self.missing(scheme, "in");
        }
        let location = self.choice(scheme, "in", &locations);
        let name = self.required_string(scheme, "name");
        Some(SecurityKind::ApiKey { location: location?, name: name? })
    }

    fn oauth_flows(&mut self, scheme: Object<'a>) -> Option<SecurityKind> {
        if scheme.get("flows").is_none() {
            self.missing(scheme, "flows");
        }
        let flows = self.object_under(scheme, "flows", &shapes::OAUTH_FLOWS)?;
        Some(SecurityKind::OAuth2 {
            flows: Box::new(OAuthFlows {
                implicit: self.oauth_flow(flows, "implicit"),
                password: self.oauth_flow(flows, "password"),
                client_credentials: self.oauth_flow(flows, "clientCredentials"),
                authorization_code: self.oauth_flow(flows, "authorizationCode"),
                device_authorization: self.oauth_flow(flows, "deviceAuthorization"),
            }),
        })
    }

    fn oauth_flow(&mut self, flows: Object<'a>, key: &str) -> Option<OAuthFlow> {
        let flow = self.object_under(flows, key, &shapes::OAUTH_FLOW)?;
        let scopes = self.members(flow, "scopes");
        let scopes = scopes.into_iter().filter_map(|(name, node)| {
            let description = if node.kind() == Kind::Null { Some(String::new()) } else { self.text(node) };
            description.map(|description| (name.to_owned(), description))
        });
        let scopes: IndexMap<_, _> = scopes.collect();
        Some(OAuthFlow {
            at: flow.at(),
            authorization_url: self.string(flow, "authorizationUrl"),
            device_authorization_url: self.string(flow, "deviceAuthorizationUrl"),
            token_url: self.string(flow, "tokenUrl"),
            refresh_url: self.string(flow, "refreshUrl"),
            scopes,
        })
    }

    /// The requirements of a document or an operation; `None` where nothing is said. The schemes
    /// have to be read before.
    pub(super) fn security(&mut self, object: Object<'a>) -> Option<Vec<SecurityRequirement>> {
        let node = self.value(object, "security")?;
        if node.kind() != Kind::List {
            self.wrong_type(node, "a list");
            return None;
        }
        Some(node.items().filter_map(|item| self.requirement(item)).collect())
    }

    fn requirement(&mut self, node: NodeRef<'a>) -> Option<SecurityRequirement> {
        if node.kind() != Kind::Object {
            self.wrong_type(node, "an object");
            return None;
        }
        let mut schemes = IndexMap::new();
        let mut sound = true;
        for (name, value) in node.entries() {
            sound &= self.check_scheme(name, value);
            let scopes = if value.kind() == Kind::List {
                value.items().filter_map(|scope| self.text(scope)).collect()
            } else {
                self.wrong_type(value, "a list");
                Vec::new()
            };
            schemes.insert(name.to_owned(), scopes);
        }
        sound.then(|| SecurityRequirement { at: node.at(), schemes })
    }

    /// Whether a scheme is declared. One that is declared but could not be read was reported.
    fn check_scheme(&mut self, name: &str, value: NodeRef<'a>) -> bool {
        if self.document.security_schemes.contains_key(name) {
            return true;
        }
        let declared = self.root.get("components").and_then(|components| components.get("securitySchemes"));
        if declared.is_some_and(|declared| declared.get(name).is_some()) {
            return false;
        }
        let near = declared.and_then(|declared| nearest(name, declared.entries().map(|(key, _)| key)));
        let help = match near {
            Some(near) => format!("did you mean {}?", quoted(near)),
            None => format!("declare it under `components/securitySchemes`, or remove {}", quoted(name)),
        };
        self.report(
            Diagnostic::new(Code::UnresolvedReference, format!("the security scheme {} does not exist", quoted(name)))
                .at(value.at().key(), "expected the name of a declared scheme; this alternative is left out")
                .help(help),
        );
        false
    }
}
