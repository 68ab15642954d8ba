//! A call of an operation, and the ways to send it.
//!
//! An operation that takes nothing but what it requires gives a [`Call`]. Any other has a builder of
//! its own, which gives what is optional its names and types, and gets the rest from the macro
//! `methods`.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::draft::{CallOptions, Draft};
use super::error::{Error, ErrorBody, Failure};
use super::request::RequestPreview;
use super::response::{Finish, RawResponse, Response, ResponseBody, ResponseHeaders};
use super::transport::BoxFuture;
use super::validate::Violations;

/// A call that has not been sent yet, with all that its operation takes; cheap to clone. `T` is the
/// response, `E` the errors that the document lists.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<T, E> {
    draft: Draft,
    result: PhantomData<fn() -> Result<T, E>>,
}

impl<T, E> Call<T, E> {
    /// A call of what was given.
    #[inline]
    pub(crate) fn new(draft: Draft) -> Self {
        Self { draft, result: PhantomData }
    }

    /// Sets what is to be done otherwise than the client does it.
    #[inline]
    pub fn options(self, options: CallOptions) -> Self {
        Self::new(self.draft.with_options(options))
    }

    /// The request that would be sent, with its secrets redacted.
    ///
    /// # Errors
    /// What the request violates; then nothing would be sent.
    #[inline]
    pub fn dry_run(&self) -> Result<RequestPreview, Violations> {
        self.draft.preview()
    }
}

impl<T: ResponseBody, H: ResponseHeaders, E: ErrorBody> Call<Response<T, H>, E> {
    /// Sends the request, after it has been validated; nothing happens before the future is polled.
    #[inline]
    pub fn send(self) -> Pending<Response<T, H>, E> {
        Pending::new(self.draft)
    }

    /// Sends the request and waits for the response, without async.
    ///
    /// # Errors
    /// Those of [`Self::send`].
    #[cfg(feature = "blocking")]
    #[inline]
    pub fn send_blocking(self) -> Result<Response<T, H>, Error<E>> {
        let core = self.draft.core().clone();
        T::finish(core.run(self.draft.execution(T::EXPECTED)))
    }
}

impl<T: ResponseBody, H: ResponseHeaders, E: ErrorBody> IntoFuture for Call<Response<T, H>, E> {
    type Output = Result<Response<T, H>, Error<E>>;
    type IntoFuture = Pending<Response<T, H>, E>;

    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<T, E> Clone for Call<T, E> {
    fn clone(&self) -> Self {
        Self::new(self.draft.clone())
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(formatter)
    }
}

/// A call under way: a future of its response, which does nothing until it is awaited.
#[must_use = "a call does nothing unless it is awaited"]
pub struct Pending<T, E> {
    execution: BoxFuture<'static, Outcome>,
    finish: fn(Outcome) -> Result<T, Error<E>>,
}

impl<T: ResponseBody, H: ResponseHeaders, E: ErrorBody> Pending<Response<T, H>, E> {
    #[inline]
    pub(crate) fn new(draft: Draft) -> Self {
        Self { execution: draft.execution(T::EXPECTED), finish: T::finish }
    }
}

pub(crate) type Outcome = Result<Box<RawResponse>, Failure>;

impl<T, E> Future for Pending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let finish = self.finish;
        self.execution.as_mut().poll(context).map(finish)
    }
}

impl<T, E> fmt::Debug for Pending<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pending(..)")
    }
}

/// What the builders of all operations have in common, for a struct with a `draft` and the types of
/// the operation's success and errors: those of a [`Call`].
#[allow(unused_macros, reason = "a document may have no operations")]
macro_rules! methods {
    ($name:ident -> $success:ty, $error:ty) => {
        impl $name {
            /// Sets what is to be done otherwise than the client does it.
            #[inline]
            pub fn options(self, options: $crate::runtime::draft::CallOptions) -> Self {
                Self { draft: self.draft.with_options(options) }
            }

            /// Sends the request, after it has been validated.
            #[inline]
            pub fn send(self) -> $crate::runtime::call::Pending<$success, $error> {
                $crate::runtime::call::Pending::new(self.draft)
            }

            /// Sends the request and waits for the response, without async.
            ///
            /// # Errors
            /// Those of [`Self::send`].
            #[cfg(feature = "blocking")]
            #[inline]
            pub fn send_blocking(self) -> Result<$success, $crate::runtime::error::Error<$error>> {
                $crate::runtime::call::Call::<$success, $error>::new(self.draft).send_blocking()
            }

            /// The request that would be sent, with its secrets redacted.
            ///
            /// # Errors
            /// What the request violates; then nothing would be sent.
            #[inline]
            pub fn dry_run(
                &self,
            ) -> Result<
                $crate::runtime::request::RequestPreview,
                $crate::runtime::validate::Violations,
            > {
                self.draft.preview()
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.draft, formatter)
            }
        }

        impl ::core::future::IntoFuture for $name {
            type Output = Result<$success, $crate::runtime::error::Error<$error>>;
            type IntoFuture = $crate::runtime::call::Pending<$success, $error>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}

#[allow(unused_imports, reason = "a document may have no operations")]
pub(crate) use methods;
