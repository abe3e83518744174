//! Formats of documents.

/// The format of an exported document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// OpenAPI 3.1: operations and models.
    OpenApi,
    /// AsyncAPI 3.0: the WebSocket with its events and requests.
    AsyncApi,
    /// JSON Schema 2020-12: models. The root is a message of the WebSocket.
    JsonSchema,
}
