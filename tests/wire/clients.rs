//! The generated clients of `specs/`, each with the one credential that its tests know.
//!
//! In: the address of a server. Out: a client of it. A client that is generated needs a function of its name here.
//! Never: a wait of more than some seconds; more than one attempt.

use std::time::Duration;

use clientwright_tests::Shown;

macro_rules! clients {
    ($($client:ident: $($credential:ident)+;)+) => {
        $(pub(crate) fn $client(url: &str) -> ::$client::Client {
            let builder = ::$client::Client::builder().base_url(url).timeout(Duration::from_secs(30));
            let builder = builder.retries(::$client::Retries::none());
            builder$(.$credential("canary"))+.build().shown().unwrap()
        })+
    };
}

clients! {
    allo_client: api_key;
    onlyoffice_crm: api_key;
    rogerroger: api_key bearer_token;
    weeek: bearer_token;
}
