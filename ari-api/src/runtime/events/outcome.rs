//! Waiting for what becomes of an object.

use std::pin::pin;
use std::time::Duration;

use tokio::time::timeout;

use super::ObjectStream;
use crate::runtime::race::race;
use crate::runtime::{Error, Message};

/// How long the end of an object may be told after that of the one in which it was made.
const GRACE: Duration = Duration::from_secs(2);

/// Waits for the end of an object, and takes out of its events what `find` finds there last.
/// `parent` is the stream of the object in which it was made, and with which it ends.
///
/// # Errors
/// [`Error::Gone`] where the object's end, or the parent's, is told by no event of the object;
/// [`Error::Disconnected`] and [`Error::Decode`] as streams yield them.
pub async fn last_of<E: Message, T>(
    mut events: ObjectStream<E>,
    mut parent: ObjectStream<E>,
    find: impl Fn(&E) -> Option<T>,
) -> Result<T, Error> {
    let mut last = None;
    let gone = |object: String| Error::Gone {
        object,
        reason: "it ended, and no event has told how".to_owned(),
    };
    let object = events.object();
    let watching = async {
        while let Some(event) = events.next().await {
            match event {
                Ok(event) => last = find(&event).or(last.take()),
                // What was missed was not the end, behind which nothing comes.
                Err(Error::Lagged { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        last.take().ok_or_else(|| gone(object.clone()))
    };
    let mut watching = pin!(watching);
    let parent_ends = async { while parent.next().await.is_some() {} };
    match race(watching.as_mut(), parent_ends).await {
        Ok(result) => result,
        Err(()) => match timeout(GRACE, watching).await {
            Ok(result) => result,
            Err(_) => Err(gone(object.clone())),
        },
    }
}
