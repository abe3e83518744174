// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /sounds/{soundId}`.

use crate::{Client, Error, models, operations, runtime};

/// Gets one prompt, with all its languages and formats.
///
/// `GET /sounds/{soundId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No prompt has this id. The prompt package may not be installed.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    pub(super) sound_id: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `sound_id`: Id of the prompt: its path below the language's directory, without extension,
    ///   such as `hello-world` or `digits/1`.
    #[inline]
    pub fn new(sound_id: impl Into<String>) -> Self {
        Self::on((), sound_id)
    }
}

impl<C> Get<C> {
    pub(crate) fn on(client: C, sound_id: impl Into<String>) -> Self {
        Self {
            client,
            sound_id: sound_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::sounds::GET;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("soundId", &self.sound_id);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Sound;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Sound, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Sound>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
