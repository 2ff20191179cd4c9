//! The client from the build script, called without a network.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use clientwright_runtime::http::{Request, Response};
use clientwright_runtime::{Body, TransportError, transport_fn};
use petshop::petshop::types::Pet;
use petshop::petshop::{Client, PutPetResponse};

fn answer(request: Request<Body>) -> Result<Response<Body>, TransportError> {
    assert_eq!(request.method(), "PUT");
    assert_eq!(request.uri(), "https://main.example.com/v3/pets/7?api_key=key");
    Ok(Response::builder().header("Content-Type", "application/json").body(Body::from(r#"{"name":"Rex"}"#)).unwrap())
}

#[test]
fn a_call_is_answered() {
    let client = Client::builder().api_key("key").transport(transport_fn(answer)).build().unwrap();
    let mut future = pin!(client.put_pet(7, Pet::new("Rex")).send());
    // What answers at once needs no runtime.
    let Poll::Ready(pet) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) else { panic!("no answer") };
    assert_eq!(*pet.unwrap(), PutPetResponse::Ok(Pet::new("Rex")));
}
