//! A certificate of the client's own, through a `reqwest::Client` and a `ureq::Agent` of the caller's.
//!
//! The keys in `tls/` are for this test alone; nothing trusts their authority, whose key is gone.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking", feature = "rustls"))]

mod support;

use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;

use clientwright_runtime::rustls::crypto::{CryptoProvider, ring};
use clientwright_runtime::rustls::pki_types::pem::PemObject;
use clientwright_runtime::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use clientwright_runtime::rustls::server::WebPkiClientVerifier;
use clientwright_runtime::rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, Stream};
use clientwright_runtime::ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};
use clientwright_runtime::{ClientBuilder, Error, ReqwestTransport, UreqTransport, ureq};
use support::{Shown, answer, builder, canary, get_pet, run};

const AUTHORITY: &[u8] = include_bytes!("tls/authority.pem");
const SERVER: &[u8] = include_bytes!("tls/server.pem");
const CLIENT: &[u8] = include_bytes!("tls/client.pem");

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn identity(pem: &[u8]) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
    (vec![CertificateDer::from_pem_slice(pem).unwrap()], PrivateKeyDer::from_pem_slice(pem).unwrap())
}

fn roots() -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(AUTHORITY).unwrap()).unwrap();
    roots
}

/// A server that answers only those who show a certificate of the authority; its URL.
fn server() -> String {
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots()), provider()).build().shown().unwrap();
    let config = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
    let (chain, key) = identity(SERVER);
    let config = Arc::new(config.with_client_cert_verifier(verifier).with_single_cert(chain, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut tls = Stream::new(&mut connection, &mut stream);
            let mut request = [0; 4096];
            if let Ok(length) = std::io::Read::read(&mut tls, &mut request) {
                canary::received(address.port(), &request[..length]);
                let rex = answer("200 OK", "content-type: application/json\r\n", "\"Rex\"");
                drop(tls.write_all(rex.as_bytes()));
                tls.conn.send_close_notify();
                drop(tls.flush());
            }
        }
    });
    format!("https://{address}")
}

/// What a caller writes whose server asks for a certificate.
fn with_certificate(builder: ClientBuilder, show: bool) -> ClientBuilder {
    let config = ClientConfig::builder_with_provider(provider()).with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots());
    let (chain, key) = identity(CLIENT);
    let config = if show { config.with_client_auth_cert(chain, key).unwrap() } else { config.with_no_client_auth() };
    let client = ReqwestTransport::builder().unwrap().tls_backend_preconfigured(config).build().shown().unwrap();

    let certificate = Certificate::from_pem(CLIENT).unwrap();
    let shown = ClientCert::new_with_certs(&[certificate], PrivateKey::from_pem(CLIENT).unwrap());
    let roots = RootCerts::Specific(Arc::new(vec![Certificate::from_pem(AUTHORITY).unwrap()]));
    let tls = TlsConfig::builder().root_certs(roots).client_cert(show.then_some(shown));
    let tls = tls.unversioned_rustls_crypto_provider(provider()).build();
    let agent: ureq::Agent = ureq::Agent::config_builder().tls_config(tls).build().into();
    builder.http_client(client).blocking_transport(UreqTransport::from(agent))
}

#[test]
fn a_server_that_asks_for_a_certificate_is_shown_the_callers() {
    let url = server();
    for show in [true, false] {
        let Ok(client) = with_certificate(builder().base_url(&url), show).build() else { panic!("no client") };
        for outcome in [run(get_pet(&client, "1").send()), get_pet(&client, "1").send_blocking().shown()] {
            assert_eq!(outcome.is_ok(), show, "{outcome:?}");
            assert!(show || matches!(outcome, Err(Error::Transport(_))));
        }
    }
}
