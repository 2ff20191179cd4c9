//! What all request types, failures and successes of generated code have in common.
//!
//! In: the types, and the decoder for each status. Out: thin methods and impls that call what this crate has compiled.
//! Never happens: mechanism, or a `cfg` that the generated crate would have to know.

/// Gives a client its methods: a row for each with what it takes, the request type that it gives, and the
/// [`Call`](crate::Call) which that is made of.
///
/// ```
/// use clientwright_runtime::{Call, Client as Inner, Method, NoDocumentedError, Operation, calls, request};
///
/// /// The client of an API.
/// pub struct Client(Inner);
///
/// impl Client {
///     fn call(&self, operation: &'static Operation) -> Call {
///         self.0.call(operation)
///     }
/// }
///
/// calls!(Client {
///     /// `GET /people/{id}`
///     pub fn get_person(&self, id: i64) -> GetPerson = self.call(&GET_PERSON).path("id", &id);
/// });
///
/// static GET_PERSON: Operation = Operation::new("getPerson", Method::Get, "/people/{id}").accept("application/json");
/// request!(get_person, GetPerson, String = json, NoDocumentedError);
/// ```
#[macro_export]
macro_rules! calls {
    ($client:ident { $(
        $(#[$attribute:meta])*
        pub fn $method:ident(&$this:ident $(, $argument:ident: $taken:ty)* $(,)?) -> $request:ident = $call:expr;
    )* }) => {
        impl $client {
            $(
                $(#[$attribute])*
                pub fn $method(&$this $(, $argument: $taken)*) -> $request {
                    $request($call)
                }
            )*
        }
    };
}

/// Makes a request type: the method of the client that gives it, its name, what the body of its success is, which decoder
/// reads it, the enum of its documented failures, and a row for each setter, with its argument and the method of
/// [`Call`](crate::Call) that takes it. An argument that comes first stands in parentheses:
/// `body(media_type: &str): Bytes = bytes(media_type, body),`.
///
/// Failures that another enum has as well are another name for that: `GetVersionError = GetStatusError`. What is to be said
/// about them besides whose they are stands before that enum.
///
/// Decoders are [`json`](crate::decode::json), [`json_or_nothing`](crate::decode::json_or_nothing),
/// [`nothing`](crate::decode::nothing), [`text`](crate::decode::text), [`bytes`](fn@crate::decode::bytes) and, for several
/// documented successes, [`by_status`](crate::decode::by_status).
///
/// ```
/// use clientwright_runtime::{Call, calls, failure, request};
///
/// /// The calls that can be made.
/// pub struct Client;
/// # impl Client { fn call(&self) -> Call { unimplemented!() } }
///
/// calls!(Client {
///     /// `GET /version`
///     pub fn get_version(&self) -> GetVersion = self.call();
/// });
///
/// request!(get_version, GetVersion, String = json, GetVersionError {
///     /// Whether those to come are told, too.
///     coming: bool = query("coming", &coming),
/// });
///
/// failure!(get_version, GetVersionError {
///     /// There is none.
///     NotFound = 404,
///     /// Anything else.
///     Other(String) = default json,
/// });
/// ```
#[macro_export]
macro_rules! request {
    ($method:ident, $request:ident, $response:ty = $decoder:ident, $error:ident $(= $(#[$about:meta])* $shared:ty)? $({
        $($(#[$attribute:meta])* $setter:ident $(($first:ident: $given:ty))?: $taken:ty = $set:ident($($argument:expr),*),)*
    })?) => {
        #[doc = ::std::concat!(" Request made by [`Client::", ::std::stringify!($method), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct $request($crate::Call);

        $(
            #[doc = ::std::concat!(" Errors the API documents for [`Client::", ::std::stringify!($method), "`].\n")]
            $(#[$about])*
            pub type $error = $shared;
        )?

        $(
            impl $request {
                $(
                    $(#[$attribute])*
                    pub fn $setter(self, $($first: $given,)? $setter: $taken) -> Self {
                        Self(self.0.$set($($argument),*))
                    }
                )*
            }
        )?

        $crate::request!($request, $response = $decoder, $error);
    };
    ($request:ident, $response:ty = $decoder:ident, $error:ty) => {
        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl $request {
            /// Sends the request when the future is first polled. The future holds all it needs and can be spawned.
            pub fn send(self) -> $crate::Sending<$response, $error> {
                self.0.send($crate::decode::$decoder)
            }

            /// Sends the request and gives the answer as it comes, whatever its status.
            pub fn raw(self) -> $crate::SendingRaw {
                self.0.raw()
            }

            /// Reads an answer to this request that came by other means.
            ///
            /// # Errors
            ///
            /// As `send`, but for what only sending can run into.
            pub fn decode(
                &self,
                response: $crate::http::Response<$crate::bytes::Bytes>,
            ) -> ::std::result::Result<$crate::Response<$response>, $crate::Error<$error>> {
                self.0.decode(response, $crate::decode::$decoder)
            }

            $crate::__blocking!($response = $decoder, $error);
        }

        $crate::__settings!($request);
    };
}

/// The methods of all request types that do not depend on what they give.
#[doc(hidden)]
#[macro_export]
macro_rules! __settings {
    ($request:ident) => {
        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl $request {
            /// Sets how long this call may take with all its attempts, until the last byte of its answer.
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sets how long each attempt of this call may take.
            pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.attempt_timeout(timeout))
            }

            /// Sets how long this call waits for the next part of its answer's body.
            pub fn idle_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self(self.0.idle_timeout(timeout))
            }

            /// Sets whether and how this call is made again where it fails for a reason which passes.
            pub fn retries(self, retries: $crate::Retries) -> Self {
                Self(self.0.retries(retries))
            }

            /// Sets a header of this call alone.
            pub fn header(self, name: &str, value: &str) -> Self {
                Self(self.0.extra_header(name, value))
            }

            /// The complete request, with its credentials, without sending it.
            ///
            /// # Errors
            ///
            /// Fails where a value cannot be written, or a credential is missing.
            pub fn to_http(
                &self,
            ) -> ::std::result::Result<$crate::http::Request<$crate::bytes::Bytes>, $crate::RequestError> {
                self.0.to_http()
            }
        }
    };
}

/// The methods of request types that block.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    ($response:ty = $decoder:ident, $error:ty) => {
        /// Sends the request and waits for the answer. It may be called anywhere, but blocks its thread.
        ///
        /// # Errors
        ///
        /// As `send`.
        pub fn send_blocking(self) -> ::std::result::Result<$crate::Response<$response>, $crate::Error<$error>> {
            self.0.send_blocking($crate::decode::$decoder)
        }

        /// Sends the request and waits for the answer as it comes, whatever its status.
        ///
        /// # Errors
        ///
        /// Fails where there is no answer, or one that is longer than allowed.
        pub fn raw_blocking(
            self,
        ) -> ::std::result::Result<
            $crate::http::Response<$crate::bytes::Bytes>,
            $crate::Error<$crate::NoDocumentedError>,
        > {
            self.0.raw_blocking()
        }
    };
}

/// The methods of request types that block: none without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    ($($ignored:tt)*) => {};
}

/// Gives a request type a method for each other media type that its answer can be asked for in: the type and the decoder of
/// the success, and the media type. The methods give an [`Accepting`](crate::Accepting), which is sent as any request.
#[macro_export]
macro_rules! accepts {
    ($request:ident, $error:ty { $($method:ident: $response:ty = $decoder:ident $media_type:literal,)* }) => {
        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl $request {
            $(
                #[doc = ::std::concat!("Asks for the answer as `", $media_type, "`.")]
                pub fn $method(self) -> $crate::Accepting<$response, $error> {
                    self.0.accept($media_type, $crate::decode::$decoder)
                }
            )*
        }
    };
}

/// Gives a request type whose operation states its [`Paging`](crate::Paging) the methods that walk over the pages: what a
/// page is, which decoder reads it, the enum of documented failures, what an item is, and how items are taken out of a
/// page.
#[macro_export]
macro_rules! pages {
    ($request:ident, $page:ty = $decoder:ident, $error:ty, $item:ty = $items:expr) => {
        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl $request {
            /// The pages of the list, from this one on, as a stream; each is asked for when it is polled for.
            pub fn pages(self) -> $crate::Pages<$page, $error> {
                self.0.pages($crate::decode::$decoder)
            }

            /// The items of this page and all that follow, as a stream.
            pub fn items(self) -> $crate::Items<$page, $error, $item> {
                self.0.items($crate::decode::$decoder, $items)
            }

            $crate::__pages_blocking!($page = $decoder, $error, $item = $items);
        }
    };
}

/// The methods that walk over pages and block.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pages_blocking {
    ($page:ty = $decoder:ident, $error:ty, $item:ty = $items:expr) => {
        /// The pages of the list, from this one on, as an iterator; each is asked for when it is iterated to.
        pub fn pages_blocking(self) -> $crate::PagesBlocking<$page, $error> {
            self.0.pages_blocking($crate::decode::$decoder)
        }

        /// The items of this page and all that follow, as an iterator.
        pub fn items_blocking(self) -> $crate::ItemsBlocking<$page, $error, $item> {
            self.0.items_blocking($crate::decode::$decoder, $items)
        }
    };
}

/// The methods that walk over pages and block: none without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __pages_blocking {
    ($($ignored:tt)*) => {};
}

/// Makes the enum of an operation's documented failures: the method of the client, the name, and a row for each variant with its
/// status (`404`), range (`4XX`) or `default`, and where it has a body the decoder that reads it. The enum gets `Display` and
/// [`Failure`](crate::Failure). For an example, and for the decoders, see [`request!`](crate::request).
///
/// `failure!(GetVersionError { 404 => NotFound, 4XX => Other = json })` says so of an enum that is there, where several statuses
/// may have one variant. It must be `Debug`.
#[macro_export]
macro_rules! failure {
    ($(#[$about:meta])* $method:ident, $error:ident {
        $($(#[$said:meta])* $variant:ident $(($body:ty))? = $status:tt $($decoder:ident)?,)*
    }) => {
        #[doc = ::std::concat!(" Errors the API documents for [`Client::", ::std::stringify!($method), "`].\n")]
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $error {
            $($(#[$said])* $variant $(($body))?,)*
        }

        $crate::failure!($error { $($status => $variant $(= $decoder)?),* });
    };
    ($error:ident { $($status:tt => $variant:ident $(= $decoder:ident)?),* $(,)? }) => {
        impl $crate::Failure for $error {
            fn decode(
                reply: &$crate::Reply,
            ) -> ::std::option::Option<::std::result::Result<Self, $crate::decode::Mismatch>> {
                match reply.pick(&[$(::std::stringify!($status)),*]) {
                    $(::std::option::Option::Some(::std::stringify!($status)) => {
                        ::std::option::Option::Some($crate::__variant!(reply, Self::$variant $(, $decoder)?))
                    })*
                    _ => ::std::option::Option::None,
                }
            }
        }

        impl ::std::fmt::Display for $error {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::decode::show(self, formatter)
            }
        }
    };
}

/// Makes the enum of an operation's several documented successes, as [`failure!`](crate::failure) does, or says of one that is
/// there what it is. A success status that is not named is read as the first one.
#[macro_export]
macro_rules! success {
    ($(#[$about:meta])* $method:ident, $success:ident {
        $($(#[$said:meta])* $variant:ident $(($body:ty))? = $status:tt $($decoder:ident)?,)*
    }) => {
        #[doc = ::std::concat!(" Answers the API documents for [`Client::", ::std::stringify!($method), "`].\n")]
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum $success {
            $($(#[$said])* $variant $(($body))?,)*
        }

        $crate::success!($success { $($status => $variant $(= $decoder)?),* });
    };
    ($success:ident {
        $first:tt => $first_variant:ident $(= $first_decoder:ident)?
        $(, $status:tt => $variant:ident $(= $decoder:ident)?)* $(,)?
    }) => {
        impl $crate::decode::Success for $success {
            fn decode(reply: &$crate::Reply) -> ::std::result::Result<Self, $crate::decode::Mismatch> {
                match reply.pick(&[::std::stringify!($first) $(, ::std::stringify!($status))*]) {
                    $(::std::option::Option::Some(::std::stringify!($status)) => {
                        $crate::__variant!(reply, Self::$variant $(, $decoder)?)
                    })*
                    _ => $crate::__variant!(reply, Self::$first_variant $(, $first_decoder)?),
                }
            }
        }
    };
}

/// One variant, read with its decoder if it has one.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant {
    ($reply:ident, $variant:path) => {
        ::std::result::Result::Ok($variant)
    };
    ($reply:ident, $variant:path, $decoder:ident) => {
        $crate::decode::$decoder($reply).map($variant)
    };
}
