// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/moh`.

use crate::{Client, Error, operations, runtime};

/// Plays music on hold to a bridge, or changes the class that is playing.
///
/// An internal channel joins the bridge and plays; in a mixing bridge everyone hears the music
/// along with the others.
///
/// `POST /bridges/{bridgeId}/moh`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StartMoh<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) moh_class: Option<String>,
}

impl StartMoh {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> StartMoh<C> {
    pub(crate) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            moh_class: None,
        }
    }

    /// Music-on-hold class from `musiconhold.conf`. The server's default class when omitted.
    pub fn moh_class(mut self, moh_class: impl Into<String>) -> Self {
        self.moh_class = Some(moh_class.into());
        self
    }
}

impl<C> runtime::ToRequest for StartMoh<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::START_MOH;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("mohClass", &self.moh_class);
    }
}

impl<C> runtime::TypedRequest for StartMoh<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StartMoh<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
