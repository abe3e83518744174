//! The recognition of a session that continues a call whose earlier WebSocket was lost.

use std::future::poll_fn;
use std::time::Duration;

use tokio::time::timeout;

use crate::error::types::Error;
use crate::protocol::{event_type, object_kind};
use crate::reconcile::control;
use crate::routing::queue::{Item, Queue};
use crate::session::core::SessionCore;
use crate::session::handle::Session;
use crate::state::inventory::InventoryUpdate;
use crate::state::sources::is_all_topic;

/// The time that a `StasisStart` may take to arrive after the server has listed its channel.
const START_DELAY: Duration = Duration::from_millis(500);

/// A call whose earlier WebSocket was lost: its objects, as Asterisk lists them for the call's
/// application. See [`IncomingSession::resumed`](crate::server::IncomingSession::resumed).
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ResumedCall {
    channel_id: Option<String>,
    channel_ids: Vec<String>,
    bridge_ids: Vec<String>,
}

impl ResumedCall {
    /// Creates the objects of a call, for sessions that did not come over a WebSocket.
    pub fn new(
        channel_id: impl Into<Option<String>>,
        channel_ids: Vec<String>,
        bridge_ids: Vec<String>,
    ) -> Self {
        ResumedCall {
            channel_id: channel_id.into(),
            channel_ids,
            bridge_ids,
        }
    }

    /// Returns the id of the channel that has entered the application from the dialplan. `None` if
    /// it has left the application or was renamed by a transfer.
    pub fn channel_id(&self) -> Option<&str> {
        self.channel_id.as_deref()
    }

    /// Returns the ids of all channels that the call's application is subscribed to: those that are
    /// in it, those that are being originated into it, and the other halves of Local channels.
    pub fn channel_ids(&self) -> &[String] {
        &self.channel_ids
    }

    /// Returns the ids of the bridges that contain channels of the application, or that it has
    /// subscribed to.
    pub fn bridge_ids(&self) -> &[String] {
        &self.bridge_ids
    }
}

/// Returns the objects of the call that a session continues. `None` if the session begins with its
/// call, or is not that of a single call.
pub(super) async fn find<E>(
    session: &Session<E>,
    application: &str,
) -> Result<Option<ResumedCall>, Error> {
    // The application of a single call ends in a colon and the name of the call's channel.
    if !application.contains(':') {
        return Ok(None);
    }
    let kind = Some(event_type::STASIS_START);
    let starts = session.untyped.add_queue(kind);
    let found = find_older(&session.untyped.state.core, application, &starts).await;
    session.remove_stream(kind, &starts);
    match found {
        // The call has just ended.
        Err(error) if error.status() == Some(404) => Ok(None),
        found => found,
    }
}

/// Returns the objects of an application that has channels whose `StasisStart` this session has not
/// received. Asterisk sends it half a second after the WebSocket has opened, and lists the channel
/// only from then on.
async fn find_older(
    core: &SessionCore,
    application: &str,
    starts: &Queue,
) -> Result<Option<ResumedCall>, Error> {
    let (_, comparison) = core.inventory.begin_comparison();
    let listed = control::get_application(core, application).await?;
    let is_older = |id: &String| !is_all_topic(id) && !core.inventory.is_in_application(id);
    let all_started = async {
        while listed.channel_ids.iter().any(is_older) {
            if let Item::End(_) = poll_fn(|context| starts.poll(context)).await {
                return;
            }
        }
    };
    if timeout(START_DELAY, all_started).await.is_ok() {
        return Ok(None);
    }
    let mut call = ResumedCall::default();
    let mut known = InventoryUpdate::default();
    let class = core.bindings.object_kind(object_kind::CHANNEL);
    let get = class.and_then(|class| class.get_operation);
    for id in listed.channel_ids {
        let Some(channel) = (match get {
            Some(get) if !is_all_topic(&id) => control::get_object(core, get, &id).await?,
            _ => None,
        }) else {
            continue;
        };
        // The first argument of `Stasis()`, which the name of the application extends.
        let begun = channel.stasis_application();
        let rest = begun.and_then(|begun| application.strip_prefix(begun));
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':')) {
            known.entered.push((id.clone(), application.to_owned()));
        }
        if rest.is_some_and(|rest| rest.strip_prefix(':') == Some(&*channel.name)) {
            call.channel_id = Some(id.clone());
        }
        call.channel_ids.push(id);
    }
    call.bridge_ids = listed.bridge_ids;
    call.bridge_ids.retain(|id| !is_all_topic(id));
    known.channels.clone_from(&call.channel_ids);
    known.bridges.clone_from(&call.bridge_ids);
    comparison.apply(known);
    Ok(Some(call))
}
