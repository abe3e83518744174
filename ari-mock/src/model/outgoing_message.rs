//! Messages to endpoints.

/// A text message, or a request to call another address, that was sent to an endpoint.
#[derive(Clone, Debug)]
pub(crate) struct OutgoingMessage {
    pub(crate) endpoint: String,
    pub(crate) from: String,
    pub(crate) body: String,
    pub(crate) refer_to: Option<String>,
    pub(crate) variables: Vec<(String, String)>,
}
