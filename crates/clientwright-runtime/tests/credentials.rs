//! Credentials that providers give, with both transports, against servers that refuse them.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking"))]

mod support;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientwright_runtime::{Client, Credential, Error, Issued, ProviderError, Response, Secret};
use support::{CANARY, GetPetError, Recorder, Shown, answer, builder, get_pet};

type Outcome = Result<Response<String>, Error<GetPetError>>;

/// A server that accepts only this key, and the numbers of requests with each key.
fn accepting(accepted: &'static str) -> Recorder {
    Recorder::new(move |request, stream| {
        let text = if request.to_lowercase().contains(&format!("x-api-key: {accepted}\r\n")) {
            answer("200 OK", "content-type: application/json\r\n", "\"Rex\"")
        } else {
            answer("401 Unauthorized", "", "")
        };
        drop(stream.write_all(text.as_bytes()));
    })
}

/// A provider that gives `canary-1`, `canary-2`, … and how often it was asked.
fn counting(lifetime: Option<Duration>) -> (impl Fn() -> Result<Issued, ProviderError>, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let provider = move || {
        let issued = Issued::new(format!("canary-{}", count.fetch_add(1, Ordering::SeqCst) + 1));
        Ok(lifetime.into_iter().fold(issued, Issued::expires_in))
    };
    (provider, asked)
}

fn client(server: &Recorder, secret: Secret) -> Client {
    builder().base_url(server.url()).credential("key", Credential::api_key(secret)).build().shown().unwrap()
}

fn sent(client: &Client) -> Outcome {
    support::run(get_pet(client, "1").send())
}

#[test]
fn a_refused_credential_is_renewed_once() {
    let ways: [fn(&Client) -> Outcome; 2] = [sent, |client| get_pet(client, "1").send_blocking().shown()];
    for send in ways {
        let server = accepting("canary-2");
        let (provider, asked) = counting(None);
        let client = client(&server, Secret::provided_blocking(provider));
        assert_eq!(*send(&client).unwrap(), "Rex");
        assert_eq!(*send(&client).unwrap(), "Rex", "what it gave is kept");
        assert_eq!((asked.load(Ordering::SeqCst), server.requests().len()), (2, 3));
    }
    for send in ways {
        let server = accepting("none");
        let (provider, asked) = counting(None);
        let error = send(&client(&server, Secret::provided_blocking(provider))).unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
        assert_eq!((asked.load(Ordering::SeqCst), server.requests().len()), (2, 2));
        let known = client(&server, Secret::from("canary"));
        assert!(send(&known).is_err() && server.requests().len() == 3, "what is known is sent once");
    }
}

#[test]
fn what_expires_is_asked_for_again() {
    let server = accepting("canary-");
    let (provider, asked) = counting(Some(Duration::ZERO));
    let expired = client(&server, Secret::provided_blocking(provider));
    (0..2).for_each(|_| drop(sent(&expired)));
    assert_eq!(asked.load(Ordering::SeqCst), 4, "each call asks, and once more when it is refused");
    let server = accepting("canary-1");
    let (provider, asked) = counting(Some(Duration::from_secs(3600)));
    let fresh = client(&server, Secret::provided_blocking(provider));
    (0..3).for_each(|_| assert!(sent(&fresh).is_ok()));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn many_calls_ask_a_provider_once() {
    let server = accepting("canary-1");
    let (provider, asked) = counting(None);
    let provider = Arc::new(provider);
    let client = client(
        &server,
        Secret::provided(move || {
            let provider = Arc::clone(&provider);
            async move {
                tokio::time::sleep(Duration::from_millis(50)).await;
                provider()
            }
        }),
    );
    support::run(async {
        let calls: Vec<_> = (0..20).map(|_| tokio::spawn(get_pet(&client, "1").send())).collect();
        for call in calls {
            assert_eq!(*call.await.unwrap().shown().unwrap(), "Rex");
        }
    });
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn what_cannot_be_had_or_sent_is_told_and_nothing_is_sent() {
    let server = accepting("any");
    let reason = |outcome: Outcome| {
        let Err(Error::Request(error)) = outcome else { panic!("something was sent") };
        assert!(!format!("{error:?}{error}").contains(CANARY), "{error}");
        error.reason().to_owned()
    };
    let failing = client(&server, Secret::provided(|| async { Err("the vault is closed".into()) }));
    assert!(reason(sent(&failing)).contains("`key` could not be had: the vault is closed"));
    assert!(reason(get_pet(&failing, "1").send_blocking().shown()).contains("asynchronous"));
    let unsound = client(&server, Secret::provided(|| async { Ok(Issued::new(format!("{CANARY}\r\nX: y"))) }));
    assert!(reason(sent(&unsound)).contains("end of a line"));
    assert!(get_pet(&unsound, "1").to_http().is_err());
    assert!(!format!("{unsound:?}{:?}", Credential::api_key(Secret::from(CANARY))).contains(CANARY));
    assert_eq!(server.requests().len(), 0);
}
