// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /sounds`.

use crate::{Client, Error, models, operations, runtime};

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
    pub(super) lang: Option<String>,
    pub(super) format: Option<String>,
}

impl List {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> List<C> {
    pub(crate) fn on(client: C) -> Self {
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
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("lang", &self.lang);
        request.argument("format", &self.format);
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
