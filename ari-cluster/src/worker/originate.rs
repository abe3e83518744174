//! Calls that this program originates, and that belong to it from the start.

use std::sync::Arc;
use std::time::Duration;

use ari_api::client::{ToRequest, TraceContext, unique_id};
use ari_api::server::IncomingSession;
use ari_api::{Client, Error, channels};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::call::{CallKey, OwnCall};
use super::member::Member;
use super::session::{self, Origin};
use crate::error::ClusterError;
use crate::reader::who::who;
use crate::transport::created::creation;
use crate::transport::requester::{Requester, WHO_LIMIT};

/// The generation of a call that begins with its owner.
const FIRST_GENERATION: u64 = 1;

/// The time for which a call can be adopted without being offered to others.
const ADOPTION_LIMIT: Duration = Duration::from_secs(30);

/// Originates a call and opens its session.
pub(crate) async fn run(
    member: &Arc<Member>,
    server: &str,
    request: channels::Originate,
    trace_context: Option<TraceContext>,
) -> Result<IncomingSession<Client>, ClusterError> {
    let given = request.to_request()?;
    let operation = given.operation();
    let text = |name: &str| Some(given.argument(name)?.as_str()?.to_owned());
    let Some(application) = text("app") else {
        return Err(ClusterError::Request(Error::InvalidConfig(format!(
            "{operation}: a call of a cluster begins in an application: set `app`"
        ))));
    };
    let call = text("channelId").unwrap_or_else(unique_id);
    let request = request.channel_id(&call);
    let requester = Requester {
        bus: member.bus.clone(),
        server: server.to_owned(),
        application: application.clone(),
    };
    let found = who(&*member.bus, server, Some(&application), WHO_LIMIT).await;
    let epoch = match found {
        Ok(Some((_, epoch))) => epoch,
        Ok(None) => return Err(requester.not_sent(operation, "it has no epoch").into()),
        Err(error) => return Err(requester.not_found(operation, &error).into()),
    };
    member
        .follow(&application)
        .await
        .map_err(ClusterError::bus)?;
    let (socket, events) = mpsc::unbounded_channel();
    let mut own = OwnCall::new(FIRST_GENERATION);
    own.socket = Some(socket);
    own.is_confirmed = true;
    own.add_objects(&creation(&request.to_request()?).objects);
    let key = CallKey {
        place: (server.to_owned(), application),
        call: call.clone(),
        generation: own.generation.clone(),
    };
    member.update(&key.place, |place, now| {
        // Its first event is numbered for this program, whether or not the epoch is known here.
        place.on_offer(&epoch, now);
        place.calls.insert(call, own);
    });
    // If the request fails, the session is dropped, and with it the call.
    let session = session::open(member, &key, events, Origin::Originated { epoch }).await?;
    let client = session.client.with_trace_context(trace_context);
    match client.send(request).await {
        Ok(_) => Ok(session),
        Err(error) => {
            if matches!(error, Error::OutcomeUnknown { .. }) {
                // The call may be there. It stays this program's, so that it can be adopted.
                member.spawn(Box::pin(async move {
                    sleep(ADOPTION_LIMIT).await;
                    drop(session);
                }));
            }
            Err(error.into())
        }
    }
}
