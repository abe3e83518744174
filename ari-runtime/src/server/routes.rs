//! The mapping of sessions to handlers.

use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use super::IncomingSession;
use crate::client::api_client::ApiClient;
use crate::error::types::Error;
use crate::protocol::subprotocol;
use crate::server::media::{IncomingMediaSocket, MediaHandler};
use crate::transport::transport_trait::BoxFuture;

/// The output of a handler: `()`, or a `Result<(), E>` whose error is logged.
pub trait HandlerResult {
    /// Returns the error in one line, if there is one.
    fn into_error_text(self) -> Option<String>;
}

impl HandlerResult for () {
    fn into_error_text(self) -> Option<String> {
        None
    }
}

impl<E: Into<Box<dyn std::error::Error>>> HandlerResult for Result<(), E> {
    fn into_error_text(self) -> Option<String> {
        self.err()
            .map(|error| crate::error::connection::error_chain(&*error.into()))
    }
}

/// A handler, whose future returns the error if it failed.
pub(super) type Handler<C> =
    Arc<dyn Fn(IncomingSession<C>) -> BoxFuture<'static, Option<String>> + Send + Sync>;

/// Handlers by path and by application.
pub(super) struct Routes<C: ApiClient> {
    paths: HashMap<String, Handler<C>>,
    applications: HashMap<String, Handler<C>>,
    media: HashMap<String, MediaHandler>,
    /// A path or application that was added twice.
    duplicate: Option<String>,
}

impl<C: ApiClient> Default for Routes<C> {
    fn default() -> Self {
        Routes {
            paths: HashMap::new(),
            applications: HashMap::new(),
            media: HashMap::new(),
            duplicate: None,
        }
    }
}

impl<C: ApiClient> Routes<C> {
    pub(super) fn add_path<H, F>(&mut self, path: String, handler: H)
    where
        H: Fn(IncomingSession<C>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        let handler = boxed(handler);
        if self.media.contains_key(&path) || self.paths.insert(path.clone(), handler).is_some() {
            self.duplicate = Some(path);
        }
    }

    pub(super) fn add_application<H, F>(&mut self, name: String, handler: H)
    where
        H: Fn(IncomingSession<C>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        if self
            .applications
            .insert(name.clone(), boxed(handler))
            .is_some()
        {
            self.duplicate = Some(name);
        }
    }

    pub(super) fn add_media<H, F>(&mut self, path: String, handler: H)
    where
        H: Fn(IncomingMediaSocket) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        let handler = boxed(handler);
        if self.paths.contains_key(&path) || self.media.insert(path.clone(), handler).is_some() {
            self.duplicate = Some(path);
        }
    }

    /// Refuses routes that could never serve a session.
    pub(super) fn validate(&self) -> Result<(), Error> {
        let problem = if let Some(twice) = &self.duplicate {
            format!("{twice:?} has two handlers")
        } else if self.paths.is_empty() && self.applications.is_empty() && self.media.is_empty() {
            "a server needs a handler: add one with `route`".to_owned()
        } else if let Some(path) = self
            .paths
            .keys()
            .chain(self.media.keys())
            .find(|path| !path.starts_with('/') || path.contains(['?', '#']))
        {
            format!("{path:?} is no path such as \"/calls\"")
        } else {
            return Ok(());
        };
        Err(Error::InvalidConfig(problem))
    }

    /// Returns the subprotocol of the WebSockets on this path. `None` if no handler can be on this
    /// path.
    pub(super) fn subprotocol(&self, path: &str) -> Option<&'static str> {
        if self.media.contains_key(path) {
            return Some(subprotocol::MEDIA);
        }
        let serves = self.paths.contains_key(path) || !self.applications.is_empty();
        serves.then_some(subprotocol::ARI)
    }

    /// Returns true if there is a handler of media WebSockets.
    pub(super) fn serves_media(&self) -> bool {
        !self.media.is_empty()
    }

    /// Returns the handler of media WebSockets on this path.
    pub(super) fn find_media(&self, path: &str) -> Option<MediaHandler> {
        self.media.get(path).cloned()
    }

    /// Returns the handler of a session.
    pub(super) fn find(&self, path: &str, application: &str) -> Option<Handler<C>> {
        let of_path = self.paths.get(path);
        // The application of a single call consists of the application's name and the channel's,
        // both of which may contain colons.
        let of_call = || {
            let mut colons = application.rmatch_indices(':');
            colons.find_map(|(at, _)| self.applications.get(&application[..at]))
        };
        of_path
            .or_else(|| self.applications.get(application))
            .or_else(of_call)
            .cloned()
    }
}

fn boxed<I, H, F>(handler: H) -> Arc<dyn Fn(I) -> BoxFuture<'static, Option<String>> + Send + Sync>
where
    H: Fn(I) -> F + Send + Sync + 'static,
    F: Future + Send + 'static,
    F::Output: HandlerResult,
{
    Arc::new(move |incoming| {
        let handling = handler(incoming);
        Box::pin(async move { handling.await.into_error_text() })
    })
}

impl<C: ApiClient> fmt::Debug for Routes<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Routes")
            .field("paths", &self.paths.keys())
            .field("applications", &self.applications.keys())
            .field("media", &self.media.keys())
            .finish()
    }
}
