// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The prompts installed on the server, with the languages and formats each is available in. Play
//! one with `sound:` and its id.

use crate::{Client, Error, models, operations, runtime};

/// The prompts installed on the server, with the languages and formats each is available in. Play
/// one with `sound:` and its id.
///
/// Returned by [`Client::sounds`].
#[derive(Clone, Debug)]
pub struct Sounds {
    client: Client,
}

impl Sounds {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the installed prompts, all or by language and format.
    ///
    /// `GET /sounds`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Gets one prompt, with all its languages and formats.
    ///
    /// `GET /sounds/{soundId}`: see [`Get`].
    #[inline]
    pub fn get(&self, sound_id: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), sound_id)
    }
}

/// Lists the installed prompts, all or by language and format.
///
/// The full list of a server with several prompt packages is long.
///
/// `GET /sounds`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No prompt matches the language and the format: this is how Asterisk says that the list is
///   empty.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct List<C = ()> {
    pub(crate) client: C,
    lang: Option<String>,
    format: Option<String>,
}

impl List {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> List<C> {
    pub(super) fn on(client: C) -> Self {
        Self {
            client,
            lang: None,
            format: None,
        }
    }

    /// Only prompts in this language, such as `en` or `en_GB`. It is compared literally: `en` does
    /// not find `en_GB`.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Only prompts in this format. It is the name of the codec, not the file's extension: `slin`
    /// finds `.wav` files.
    pub fn format(mut self, format: impl Into<String>) -> Self {
        self.format = Some(format.into());
        self
    }
}

impl Default for List {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for List<C> {
    const OPERATION: &'static runtime::Operation = &operations::sounds::LIST;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("lang", &self.lang);
        encoder.query_param("format", &self.format);
    }
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Sound>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Sound>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Sound>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

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
    sound_id: String,
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
    pub(super) fn on(client: C, sound_id: impl Into<String>) -> Self {
        Self {
            client,
            sound_id: sound_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::sounds::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("soundId", &self.sound_id);
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
