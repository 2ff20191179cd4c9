//! Security schemes and requirements.
//!
//! In: Security Scheme and Security Requirement Objects (`OpenAPI` 3.0.4, sections 4.7.27 to 4.7.30). Out: the
//! model's. Never: a requirement that names a scheme which is not declared.

use indexmap::IndexMap;

use super::context::{Object, Reader};
use super::shapes;
use super::version::Version;
use super::walk::declared;
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
    /// HTTP's own scheme of a name and a password, which 2.0 makes a type.
    Basic,
}

/// The values of `flow` in 2.0.
#[derive(Clone, Copy)]
enum Flow {
    Implicit,
    Password,
    Application,
    AccessCode,
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
        let later = [
            ("apiKey", SchemeType::ApiKey),
            ("oauth2", SchemeType::OAuth2),
            ("http", SchemeType::Http),
            ("openIdConnect", SchemeType::OpenIdConnect),
            ("mutualTLS", SchemeType::MutualTls),
        ];
        let of_2_0 = [later[0], later[1], ("basic", SchemeType::Basic), later[2]];
        let is_2_0 = self.version(scheme.node) == Version::V2_0;
        let types: &[_] = if is_2_0 { &of_2_0 } else { &later };
        if scheme.get("type").is_none() {
            self.missing(scheme, "type");
        }
        match self.choice(scheme, "type", types)? {
            SchemeType::ApiKey => self.api_key(scheme),
            SchemeType::Http => Some(SecurityKind::Http {
                scheme: self.required_string(scheme, "scheme")?.to_ascii_lowercase(),
                bearer_format: self.string(scheme, "bearerFormat"),
            }),
            SchemeType::Basic => Some(SecurityKind::Http { scheme: "basic".to_owned(), bearer_format: None }),
            SchemeType::OAuth2 if is_2_0 && scheme.get("flows").is_none() => Some(self.flow_2_0(scheme)),
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
            metadata_url: self.string(scheme, "oauth2MetadataUrl"),
        })
    }

    /// The one flow of a scheme of 2.0, whose keys stand in the scheme itself.
    fn flow_2_0(&mut self, scheme: Object<'a>) -> SecurityKind {
        let names = [
            ("implicit", Flow::Implicit),
            ("password", Flow::Password),
            ("application", Flow::Application),
            ("accessCode", Flow::AccessCode),
        ];
        if scheme.get("flow").is_none() {
            self.missing_with_default(scheme, "flow", "a token that is got by other means");
        }
        let name = self.choice(scheme, "flow", &names);
        let flow = self.flow(scheme);
        let mut flows = OAuthFlows::default();
        match name {
            Some(Flow::Implicit) => flows.implicit = Some(flow),
            Some(Flow::Password) => flows.password = Some(flow),
            Some(Flow::Application) => flows.client_credentials = Some(flow),
            Some(Flow::AccessCode) => flows.authorization_code = Some(flow),
            None => {}
        }
        SecurityKind::OAuth2 { flows: Box::new(flows), metadata_url: None }
    }

    fn oauth_flow(&mut self, flows: Object<'a>, key: &str) -> Option<OAuthFlow> {
        let flow = self.object_under(flows, key, &shapes::OAUTH_FLOW)?;
        Some(self.flow(flow))
    }

    fn flow(&mut self, flow: Object<'a>) -> OAuthFlow {
        let scopes = self.members(flow, "scopes");
        let scopes = scopes.into_iter().filter_map(|(name, node)| {
            let description = if node.kind() == Kind::Null { Some(String::new()) } else { self.text(node) };
            description.map(|description| (name.to_owned(), description))
        });
        let scopes: IndexMap<_, _> = scopes.collect();
        OAuthFlow {
            at: flow.at(),
            authorization_url: self.string(flow, "authorizationUrl"),
            device_authorization_url: self.string(flow, "deviceAuthorizationUrl"),
            token_url: self.string(flow, "tokenUrl"),
            refresh_url: self.string(flow, "refreshUrl"),
            scopes,
        }
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
        let declared = declared(self.root, "securitySchemes");
        if declared.is_some_and(|declared| declared.get(name).is_some()) {
            return false;
        }
        let near = declared.and_then(|declared| nearest(name, declared.entries().map(|(key, _)| key)));
        let help = match near {
            Some(near) => format!("did you mean {}?", quoted(near)),
            None if self.version(self.root) == Version::V2_0 => {
                format!("declare it under `securityDefinitions`, or remove {}", quoted(name))
            }
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
