//! The timeline of a call, from the newest traffic of this process.

use ari_api::traffic::TrafficFile;
use hyper::StatusCode;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::explorer::Explorer;
use super::reply::{ApiError, Reply, json};
use crate::trace;

/// Returns the call of a channel or bridge.
pub(super) async fn respond(explorer: &Explorer, id: &str) -> Result<Reply, ApiError> {
    let id = percent_decode_str(id).decode_utf8_lossy().into_owned();
    let read = explorer.recent.reader();
    let call = id.clone();
    let making = tokio::task::spawn_blocking(move || make(&read(), &call));
    let made = making.await.ok().flatten();
    made.as_ref().map(json).ok_or_else(|| {
        ApiError::new(
            StatusCode::NOT_FOUND,
            format!(
                "no event or request of the channel {id:?} was seen since `ari explore` was \
                 started, or they are too old"
            ),
        )
    })
}

/// Returns the object for the page; `None` if the text does not have the call.
fn make(text: &str, call: &str) -> Option<Value> {
    let file = TrafficFile::parse(text).ok()?;
    let (values, text) = trace::timeline(&file, call)?;
    let mut values = values.into_iter();
    let mut object = values.next()?;
    object["entries"] = values.collect();
    object["text"] = json!(text);
    Some(object)
}
