//! What the builders of all generated clients have in common.
//!
//! In: the names of a crate's builder and client. Out: the builder's methods that depend on no document. Never happens:
//! a `cfg` that the generated crate would have to know; which methods there are is decided by this crate's features.

/// Gives a builder (a tuple struct around a [`ClientBuilder`](crate::ClientBuilder)) its common methods, `build` among
/// them, which gives the client (a tuple struct around a [`Client`](crate::Client)).
#[macro_export]
macro_rules! builder {
    ($builder:ident => $client:ident) => {
        impl $builder {
            /// Sends calls to this URL in place of every documented server.
            pub fn base_url(self, url: impl Into<String>) -> Self {
                Self(self.0.base_url(url))
            }

            /// Sends calls to this documented server.
            pub fn server(self, server: impl Into<$crate::ServerUrl>) -> Self {
                Self(self.0.server(server))
            }

            /// Sends a header with every call.
            pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
                Self(self.0.header(name, value))
            }

            /// Says who calls, in the header `User-Agent`.
            pub fn user_agent(self, value: impl Into<String>) -> Self {
                Self(self.0.user_agent(value))
            }

            /// Sets how long a call may take with all its attempts, until the last byte of its answer; `None` is without
            /// a limit.
            pub fn timeout(self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// Sets how long each attempt of a call may take.
            pub fn attempt_timeout(self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                Self(self.0.attempt_timeout(timeout))
            }

            /// Sets whether and how calls are made again that failed for reasons which pass; at most twice unless set.
            pub fn retries(self, retries: $crate::Retries) -> Self {
                Self(self.0.retries(retries))
            }

            /// Sets how long a call waits for the next part of an answer's body.
            pub fn idle_timeout(self, timeout: impl Into<Option<::std::time::Duration>>) -> Self {
                Self(self.0.idle_timeout(timeout))
            }

            /// Sets how many retries the client makes in a row where nothing ends well; 100 unless set.
            pub fn retry_budget(self, retries: u32) -> Self {
                Self(self.0.retry_budget(retries))
            }

            /// Puts something around calls, or around each request that they send.
            pub fn middleware(self, middleware: impl $crate::Middleware) -> Self {
                Self(self.0.middleware(middleware))
            }

            /// Tells somebody of calls and attempts when they end: for metrics.
            pub fn observer(self, observer: impl $crate::Observer) -> Self {
                Self(self.0.observer(observer))
            }

            /// Sets how many bytes of a success are read at most, after decompression.
            pub fn max_body(self, bytes: usize) -> Self {
                Self(self.0.max_body(bytes))
            }

            /// Sets how many bytes of a failure are read at most, after decompression.
            pub fn max_error_body(self, bytes: usize) -> Self {
                Self(self.0.max_error_body(bytes))
            }

            /// Sends requests by this transport.
            pub fn transport(self, transport: impl $crate::Transport) -> Self {
                Self(self.0.transport(transport))
            }

            $crate::__builder_reqwest!();
            $crate::__builder_blocking!();

            /// Makes the client.
            ///
            /// # Errors
            ///
            /// Fails where the base URL is none that calls can be sent to, a credential cannot be sent, or no transport
            /// can be had.
            pub fn build(self) -> ::std::result::Result<$client, $crate::BuildError> {
                self.0.build().map($client)
            }
        }
    };
}

/// Gives a server (a tuple struct around a [`ServerUrl`](crate::ServerUrl)) what lets it be chosen.
#[macro_export]
macro_rules! server {
    ($server:ident) => {
        impl ::std::convert::From<$server> for $crate::ServerUrl {
            fn from(server: $server) -> Self {
                server.0
            }
        }
    };
}

/// Gives the values that a server's variable may have the texts that they stand for.
#[macro_export]
macro_rules! server_values {
    ($values:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $values {
            /// The value as it stands in the URL.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }
        }

        impl ::std::convert::From<$values> for ::std::string::String {
            fn from(value: $values) -> Self {
                value.as_str().to_owned()
            }
        }
    };
}

/// The methods of builders for the asynchronous default transport.
#[cfg(feature = "reqwest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_reqwest {
    () => {
        /// Sends requests by this `reqwest` client. Start it from
        /// `ReqwestTransport::builder()`, which follows no redirects by itself, so that
        /// credentials stay with the server.
        pub fn http_client(self, client: $crate::reqwest::Client) -> Self {
            Self(self.0.http_client(client))
        }
    };
}

/// The methods of builders for the asynchronous default transport: none without the feature `reqwest`.
#[cfg(not(feature = "reqwest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_reqwest {
    () => {};
}

/// The methods of builders for the blocking transport.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_blocking {
    () => {
        /// Sends blocking requests by this transport.
        pub fn blocking_transport(self, transport: impl $crate::BlockingTransport) -> Self {
            Self(self.0.blocking_transport(transport))
        }
    };
}

/// The methods of builders for the blocking transport: none without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __builder_blocking {
    () => {};
}
