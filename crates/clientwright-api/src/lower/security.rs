//! Lowers security: schemes that can be attached to requests, and which of them operations need.
//!
//! In: Security Scheme and Security Requirement Objects. Out: the schemes, and alternatives by name. Never happens: a
//! scheme that is passed over in silence.

use std::collections::BTreeMap;

use clientwright_document::model as document;
use clientwright_document::{Code, Diagnostic};
use indexmap::IndexMap;

use super::{Lowering, extensions};
use crate::model::{ApiKeyLocation, SecurityKind};

/// The alternatives that authorize an operation, without the schemes that cannot be attached.
pub(super) fn of_operation(lowering: &mut Lowering<'_>, read: &document::Operation) -> Vec<Vec<String>> {
    let document = lowering.document;
    let requirements = read.security.as_ref().unwrap_or(&document.security);
    let known =
        |name: &&String| document.security_schemes.get(*name).is_none_or(|scheme| unsupported(scheme).is_none());
    for requirement in requirements {
        let schemes = requirement.schemes.keys().filter_map(|name| document.security_schemes.get_key_value(name));
        report_shared(lowering, requirement, &schemes.collect::<Vec<_>>());
    }
    let alternatives = requirements.iter();
    alternatives.map(|requirement| requirement.schemes.keys().filter(known).cloned().collect()).collect()
}

/// Reports schemes of one alternative of which a request can carry only one; once for each requirement.
fn report_shared(
    lowering: &mut Lowering<'_>,
    requirement: &document::SecurityRequirement,
    schemes: &[(&String, &document::SecurityScheme)],
) {
    for (index, (name, scheme)) in schemes.iter().enumerate() {
        let Some(header) = header(scheme) else { continue };
        let before = schemes.iter().take(index).find(|(_, other)| self::header(other).as_ref() == Some(&header));
        let Some((other, _)) = before else { continue };
        let title = format!("the security schemes `{other}` and `{name}` are both the header `{header}`");
        let diagnostic = Diagnostic::new(Code::SharedHeader, title)
            .at(requirement.at, format!("of the two only `{other}` is sent"))
            .help("write them as alternatives, in a list");
        if !lowering.diagnostics.contains(&diagnostic) {
            lowering.report(diagnostic);
        }
    }
}

/// The header that carries the credential of a scheme.
fn header(scheme: &document::SecurityScheme) -> Option<String> {
    match &scheme.kind {
        SecurityKind::ApiKey { location: ApiKeyLocation::Header, name } => Some(name.to_ascii_lowercase()),
        SecurityKind::ApiKey { .. } | SecurityKind::MutualTls => None,
        SecurityKind::Http { .. } | SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
            Some("authorization".to_owned())
        }
    }
}

const MUTUAL_TLS: &str = "mutual TLS";

/// What a scheme is that cannot be attached to requests yet.
fn unsupported(scheme: &document::SecurityScheme) -> Option<&'static str> {
    match &scheme.kind {
        SecurityKind::Http { scheme, .. } if !["basic", "bearer"].contains(&scheme.as_str()) => {
            Some("this HTTP scheme")
        }
        SecurityKind::MutualTls => Some(MUTUAL_TLS),
        SecurityKind::ApiKey { .. }
        | SecurityKind::Http { .. }
        | SecurityKind::OAuth2 { .. }
        | SecurityKind::OpenIdConnect { .. } => None,
    }
}

/// The schemes that can be expressed; the others are reported where they are declared.
pub(super) fn schemes(lowering: &mut Lowering<'_>) -> IndexMap<String, document::SecurityScheme> {
    let mut schemes = IndexMap::new();
    let mut unsupported = BTreeMap::new();
    let document = lowering.document;
    for (name, scheme) in &document.security_schemes {
        let is_key = matches!(scheme.kind, SecurityKind::ApiKey { .. });
        extensions::check(lowering, &scheme.extensions, if is_key { extensions::OF_KEY } else { &[] }, scheme.at);
        extensions::text(lowering, &scheme.extensions, extensions::PREFIX_OF_KEY, scheme.at);
        match self::unsupported(scheme) {
            Some(what) => drop(unsupported.insert(scheme.at, what)),
            None => drop(schemes.insert(name.clone(), scheme.clone())),
        }
    }
    for (at, what) in unsupported {
        let help = if what == MUTUAL_TLS {
            "give the client a `reqwest::Client` that has your certificate, with `http_client`"
        } else {
            "give the client a transport of your own that attaches it"
        };
        let diagnostic = Diagnostic::new(Code::UnsupportedSecurity, format!("{what} is not attached to requests yet"))
            .at(at, "operations that ask for it are sent without")
            .help(help);
        lowering.report(diagnostic);
    }
    schemes
}
