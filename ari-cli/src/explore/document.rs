//! The description of the operations that the server has, as OpenAPI.

use ari_api::schema::Version;
use ari_codegen::export::{self, Format};
use ari_codegen::{Generator, Release, Selection};
use hyper::StatusCode;
use hyper::body::Bytes;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::body::ReplyBody;
use super::reply::{ApiError, JSON, Reply, with_type};

/// The document, which is made at the first request.
pub(super) struct Document {
    version: Option<Version>,
    text: OnceCell<Bytes>,
}

impl Document {
    /// Returns the document for a version, or for all releases together if it is unknown.
    pub(super) fn new(version: Option<Version>) -> Self {
        Document {
            version,
            text: OnceCell::new(),
        }
    }

    pub(super) async fn respond(&self) -> Result<Reply, ApiError> {
        let version = self.version;
        let made = self.text.get_or_try_init(|| async move {
            let making = tokio::task::spawn_blocking(move || make(version));
            let made = making.await.map_err(|error| error.to_string());
            made.and_then(|made| made.map_err(|error| error.to_string()))
        });
        let text = made.await.map_err(|error| {
            let message = format!("cannot describe the operations: {error}");
            ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message)
        })?;
        Ok(with_type(
            StatusCode::OK,
            JSON,
            ReplyBody::full(text.clone()),
        ))
    }
}

/// Returns the text of the document.
fn make(version: Option<Version>) -> ari_codegen::Result<Bytes> {
    let mut found = None;
    for selection in selections(version) {
        let generator = Generator::bundled()?.retain_releases([selection]);
        found = generator.and_then(|generator| generator.read()).ok();
        if found.is_some() {
            break;
        }
    }
    let (api, ..) = match found {
        Some(found) => found,
        None => Generator::bundled()?.read()?,
    };
    let document = export::document(&api, Format::OpenApi);
    let mut document: Value = serde_json::from_str(&document).unwrap_or_default();
    adapt(&mut document);
    Ok(document.to_string().into())
}

/// Returns the selections of specs that describe a version, the best one first.
fn selections(version: Option<Version>) -> Vec<Selection> {
    let Some(version) = version else {
        return Vec::new();
    };
    let point = ari_codegen::Version {
        major: version.major,
        minor: version.minor,
        patch: version.patch,
    };
    let point = Selection::try_from(point).ok();
    let release = Release::from_number(version.major).map(Selection::from);
    point.into_iter().chain(release).collect()
}

/// Makes the page send the requests to this process, which adds the credentials.
fn adapt(document: &mut Value) {
    document["servers"] = json!([{"url": "/api/ari"}]);
    if let Some(members) = document.as_object_mut() {
        members.shift_remove("security");
    }
    if let Some(components) = document["components"].as_object_mut() {
        components.shift_remove("securitySchemes");
    }
}
