//! Adoption: a dialer takes a call whose originating request has no known outcome.

use std::sync::Arc;
use std::time::Duration;

use ari_api::channels;
use ari_api::client::ToRequest as _;
use ari_api::transport::BoxFuture;
use bytes::Bytes;
use tokio::time::{Instant, timeout};

use super::assignment::Offer;
use super::call::Call;
use super::fence::refuse;
use super::offers::offer_body;
use super::shared::Shared;
use super::state::{Action, State};
use crate::bus::{Message, respond};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::refusal;

/// The time limit of asking Asterisk for the channel.
const LIMIT: Duration = Duration::from_secs(10);

/// The decision on an adoption.
enum Adoption {
    /// The call is the worker's.
    Adopted(Offer),
    /// Another worker has it.
    Taken,
    /// The gateway does not know the call.
    Unknown,
}

impl State {
    /// Gives a call to the worker that asks for it, unless another worker has it. `exists` is true if
    /// Asterisk has the channel.
    fn adopt_call(
        &mut self,
        id: &str,
        worker: &str,
        exists: bool,
        now: Instant,
    ) -> (Adoption, Vec<Action>) {
        if self.objects.get(id).is_some_and(|call| call != id) {
            // It is part of another call.
            return (Adoption::Taken, Vec::new());
        }
        if exists {
            let begun = self.begun;
            let call = self.calls.entry(id.to_owned());
            call.or_insert_with(|| Call::new(begun, now));
            self.bind_channel(id, id);
        }
        // Without channels it has ended, although its worker may not have let it go yet.
        let call = self.calls.get_mut(id);
        let Some(call) = call.filter(|call| !call.channels.is_empty()) else {
            return (Adoption::Unknown, Vec::new());
        };
        if call.worker().is_some_and(|owner| owner != worker) {
            return (Adoption::Taken, Vec::new());
        }
        call.offer_again(now);
        let Some(offer) = self.begin_offer(id, now) else {
            return (Adoption::Unknown, Vec::new());
        };
        let actions = self.accept(id, offer.generation, worker, now);
        (Adoption::Adopted(offer), actions)
    }
}

/// Responds to a request for an adoption.
pub(super) fn respond_to(shared: Arc<Shared>, message: Message) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let parsed = Header::parse(&message.header).and_then(|header| {
            let worker = header.text(field::WORKER)?.into_owned();
            Some((worker, header.list(field::CALLS).into_iter().next()?))
        });
        let Some((worker, call)) = parsed else {
            let reply = refuse(refusal::MALFORMED, None);
            return respond(&*shared.bus, &message, reply.header, reply.body);
        };
        let mut adoption = adopt(&shared, &worker, &call, false);
        if matches!(adoption, Adoption::Unknown) {
            match status_of(&shared, &call).await {
                Some(200) => adoption = adopt(&shared, &worker, &call, true),
                Some(404) => {}
                // Not known. The dialer asks again.
                _ => return,
            }
        }
        let (header, body) = match adoption {
            Adoption::Adopted(offer) => {
                let header = HeaderWriter::new()
                    .plain(field::STATUS, 200)
                    .plain(field::GENERATION, offer.generation);
                (header, Bytes::from(offer_body(&offer)))
            }
            Adoption::Taken => {
                let header = HeaderWriter::new().plain(field::ERROR, refusal::NOT_OWNER);
                (header, Bytes::new())
            }
            Adoption::Unknown => {
                let header = HeaderWriter::new().plain(field::STATUS, 404);
                (header, Bytes::new())
            }
        };
        shared.respond_with(&message, header, body);
    })
}

fn adopt(shared: &Shared, worker: &str, call: &str, exists: bool) -> Adoption {
    let mut adoption = Adoption::Unknown;
    shared.step(|state, now| {
        let (decided, actions) = state.adopt_call(call, worker, exists, now);
        adoption = decided;
        actions
    });
    adoption
}

/// Returns the status of Asterisk's response to the question for a channel.
async fn status_of(shared: &Shared, channel: &str) -> Option<u16> {
    let request = channels::Get::new(channel).to_request().ok()?;
    let response = timeout(LIMIT, shared.asterisk.send(&request)).await;
    Some(response.ok()?.ok()?.status)
}
