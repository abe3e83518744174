//! Descriptions of the interface for other languages and tools: OpenAPI 3.1, AsyncAPI 3.0 and JSON
//! Schema.
//!
//! All three are JSON, and contain the same schemas of models. Facts for which the formats have no
//! place are in fields that begin with `x-ari-`.

mod asyncapi;
mod extensions;
mod format;
mod openapi;
mod parameters;
mod responses;
mod schema;
mod text;

use std::path::Path;

use crate::api::Api;
use crate::error::{Error, Result};
use crate::output;

pub use format::Format;

/// Returns a document about the interface, as JSON with a line break at its end. The same interface
/// gives the same text.
pub fn document(api: &Api, format: Format) -> String {
    let json = match format {
        Format::OpenApi => openapi::document(api),
        Format::AsyncApi => asyncapi::document(api),
        Format::JsonSchema => schema::document(api),
    };
    format!("{json:#}\n")
}

/// Writes a document into a file, which is never incomplete, or into a device or pipe.
///
/// # Errors
/// Returns [`Error::Io`] if that fails.
pub fn write(path: &Path, document: &str) -> Result<()> {
    // A link keeps its target.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if !target.exists() || target.is_file() {
        return output::replace(&target, document.as_bytes());
    }
    std::fs::write(&target, document).map_err(|source| Error::Io {
        path: target,
        action: "write",
        source,
    })
}
