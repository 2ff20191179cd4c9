//! What requests whose answers come piece by piece have in common.
//!
//! In: the request type, the value in an event or record and which decoder reads it, and the enum of documented failures. Out: thin
//! methods that call what this crate has compiled. Never happens: mechanism, or a `cfg` that the generated crate would have to
//! know.

/// Makes a request type whose answer only comes piece by piece, as [`request!`](crate::request) makes others; `send` gives a
/// stream. Decoders are [`events`](crate::stream::events), [`text_events`](crate::stream::text_events),
/// [`whole_events`](crate::stream::whole_events) and [`records`](crate::stream::records).
///
/// ```
/// use clientwright_runtime::{Call, NoDocumentedError, streams};
///
/// /// The calls that can be made.
/// pub struct Client;
/// # impl Client { fn call(&self) -> Call { unimplemented!() } }
///
/// impl Client {
///     /// `GET /prices`
///     pub fn watch_prices(&self) -> WatchPrices {
///         WatchPrices(self.call())
///     }
/// }
///
/// streams!(watch_prices, WatchPrices, f64 = events, NoDocumentedError {
///     /// What is watched.
///     of: &str = query("of", &of),
/// });
/// ```
#[macro_export]
macro_rules! streams {
    ($method:ident, $request:ident, $value:ty = $decoder:ident, $error:ident $(= $(#[$about:meta])* $shared:ty)? $({
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

        $crate::streams!($request, $value = $decoder, $error);
    };
    ($request:ident, $value:ty = $decoder:ident, $error:ty) => {
        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl $request {
            /// Sends the request when the future is first polled, and gives its answer when it begins; what comes is read
            /// piece by piece. The limit of time of the call holds until the answer begins.
            pub fn send(self) -> $crate::Opening<$crate::__piece!($decoder $value), $error> {
                self.0.stream($crate::stream::$decoder)
            }

            $crate::__stream_blocking!(send_blocking, $crate::__piece!($decoder $value) = $decoder, $error);
        }

        $crate::__settings!($request);
    };
}

/// Gives a request type whose answer can also come piece by piece the methods for it, beside those of
/// [`request!`](crate::request); for the decoders see [`streams!`](crate::streams).
#[macro_export]
macro_rules! stream {
    ($request:ident, $value:ty = $decoder:ident, $error:ty) => {
        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl $request {
            /// Sends the request when the future is first polled, and gives its answer when it begins; what comes is read
            /// piece by piece. The limit of time of the call holds until the answer begins.
            pub fn stream(self) -> $crate::Opening<$crate::__piece!($decoder $value), $error> {
                self.0.stream($crate::stream::$decoder)
            }

            $crate::__stream_blocking!(stream_blocking, $crate::__piece!($decoder $value) = $decoder, $error);
        }
    };
}

/// Gives a request type whose answer is bytes or text the methods that do not read it into memory.
#[macro_export]
macro_rules! download {
    ($request:ident, $error:ty) => {
        #[allow(unreachable_pub)] // as visible as the type, which this cannot know
        impl $request {
            /// Sends the request when the future is first polled, and gives its answer when it begins, to be read in chunks
            /// or saved to a file. The limit of time of the call holds until the answer begins.
            pub fn download(self) -> $crate::Downloading<$error> {
                self.0.download()
            }

            $crate::__download_blocking!($error);
        }
    };
}

/// What a piece is where it is read with a decoder: an event of a value, or the value.
#[doc(hidden)]
#[macro_export]
macro_rules! __piece {
    (records $value:ty) => {
        $value
    };
    ($events:ident $value:ty) => {
        $crate::Event<$value>
    };
}

/// The method that reads piece by piece and blocks.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __stream_blocking {
    ($name:ident, $piece:ty = $decoder:ident, $error:ty) => {
        /// The same, blocking, as an iterator.
        ///
        /// # Errors
        ///
        /// Fails where there is no answer, or one that is no success.
        pub fn $name(self) -> ::std::result::Result<$crate::StreamingBlocking<$piece, $error>, $crate::Error<$error>> {
            self.0.stream_blocking($crate::stream::$decoder)
        }
    };
}

/// The method that reads piece by piece and blocks: none without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __stream_blocking {
    ($($ignored:tt)*) => {};
}

/// The method that downloads and blocks.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __download_blocking {
    ($error:ty) => {
        /// The same, blocking, as an iterator.
        ///
        /// # Errors
        ///
        /// Fails where there is no answer, or one that is no success.
        pub fn download_blocking(
            self,
        ) -> ::std::result::Result<$crate::DownloadBlocking<$error>, $crate::Error<$error>> {
            self.0.download_blocking()
        }
    };
}

/// The method that downloads and blocks: none without the feature `blocking`.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __download_blocking {
    ($($ignored:tt)*) => {};
}
