//! Calls without a worker: offers, and the policies for calls that nobody takes.

use std::sync::Arc;
use std::time::Duration;

use ari_api::channels;
use ari_api::client::{ToRequest, unique_id};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::assignment::Offer;
use super::settings::{Orphaned, Unserved};
use super::shared::{Shared, Work};
use crate::bus::BusError;
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;

/// The time within which a worker responds to an offer.
const OFFER_LIMIT: Duration = Duration::from_secs(1);

/// The time for which a new call is offered.
const UNSERVED_LIMIT: Duration = Duration::from_secs(2);

/// The pause before a call is offered again, if there is no worker or none with room.
const OFFER_PAUSE: Duration = Duration::from_millis(250);

/// The time limit of the requests that apply a policy.
const POLICY_LIMIT: Duration = Duration::from_secs(30);

/// Offers calls, applies policies and executes requests, until the gateway ends.
pub(super) async fn run(shared: Arc<Shared>, mut work: mpsc::UnboundedReceiver<Work>) {
    let mut tasks = JoinSet::new();
    while let Some(next) = work.recv().await {
        while tasks.try_join_next().is_some() {}
        let shared = shared.clone();
        match next {
            Work::Offer(call) => tasks.spawn(async move { offer(&shared, &call).await }),
            Work::Execute(executing) => tasks.spawn(executing),
            Work::ApplyPolicy { channels, resumed } => tasks.spawn(async move {
                for channel in channels {
                    apply_policy(&shared, &channel, resumed).await;
                }
            }),
        };
    }
}

/// Offers a call until a worker takes it or its time is over.
async fn offer(shared: &Shared, call: &str) {
    loop {
        let Some(offer) = shared.update(|state, now| state.begin_offer(call, now)) else {
            return;
        };
        let limit = match (offer.resumed, shared.settings.unserved) {
            (true, _) => shared.settings.orphan_limit,
            (false, Unserved::Hold(limit)) => limit.max(UNSERVED_LIMIT),
            (false, _) => UNSERVED_LIMIT,
        };
        let left = limit.saturating_sub(offer.waiting);
        if left.is_zero() {
            shared.step(|state, now| state.give_up(call, now));
            return;
        }
        let began = Instant::now();
        let is_patient = limit > UNSERVED_LIMIT;
        let asked = {
            // Never closed.
            let _permit = shared.offer_permits.acquire().await;
            ask(shared, call, &offer, left.min(OFFER_LIMIT)).await
        };
        match asked {
            Ok(Some(worker)) => {
                shared.step(|state, now| state.accept(call, offer.generation, &worker, now));
                return;
            }
            Err(BusError::NoResponders(_)) if !is_patient => {
                shared.step(|state, now| state.give_up(call, now));
                return;
            }
            Ok(None) | Err(_) => {
                let pause = OFFER_PAUSE.saturating_sub(began.elapsed());
                sleep(pause.min(left)).await;
            }
        }
    }
}

/// Asks one worker. Returns its name if it accepts.
async fn ask(
    shared: &Shared,
    call: &str,
    offer: &Offer,
    limit: Duration,
) -> Result<Option<String>, BusError> {
    let Some(epoch) = shared.read(|state| state.epoch().map(str::to_owned)) else {
        return Ok(None);
    };
    let header = HeaderWriter::new()
        .text(field::SERVER, &shared.settings.server)
        .text(field::APPLICATION, &shared.application)
        .text(field::EPOCH, &epoch)
        .list(field::CALLS, &[call])
        .plain(field::GENERATION, offer.generation)
        .plain(field::RESUMED, u8::from(offer.resumed));
    let body = match offer.resumed {
        true => offer_body(offer),
        false => json!({ "channels": offer.channels }).to_string(),
    };
    let subject = subject::offer(&shared.application);
    // One worker of the group gets the offer, so that it cannot be sent in parts.
    let message = shared.fit(&unique_id(), header, Bytes::from(body));
    let asking = shared
        .bus
        .request(subject, message.header, message.body, limit);
    let reply = asking.await?;
    let header = Header::parse(&reply.header);
    Ok(header.and_then(|header| Some(header.text(field::WORKER)?.into_owned())))
}

/// Returns what a call's next worker gets: its objects, its state and its events.
pub(super) fn offer_body(offer: &Offer) -> String {
    let log: Vec<_> = offer
        .log
        .iter()
        .map(|text| String::from_utf8_lossy(text))
        .collect();
    json!({
        "channels": offer.channels,
        "bridges": offer.bridges,
        "state": BASE64.encode(&offer.state),
        "log": log,
    })
    .to_string()
}

/// Applies the policy for a call that nobody serves to one of its channels.
async fn apply_policy(shared: &Shared, channel: &str, resumed: bool) {
    let hang_up = |cause: u8| {
        let request = channels::Hangup::new(channel);
        request.reason_code(cause.to_string()).to_request()
    };
    let request = match (resumed, shared.settings.unserved, shared.settings.orphaned) {
        (true, _, Orphaned::HangUp) => channels::Hangup::new(channel).to_request(),
        (false, Unserved::HangUp { cause }, _) => hang_up(cause),
        _ => channels::ContinueInDialplan::new(channel).to_request(),
    };
    let Ok(request) = request else { return };
    let outcome = timeout(POLICY_LIMIT, shared.asterisk.send(&request)).await;
    match outcome {
        // It may have been hung up in the meantime.
        Ok(Ok(response)) if (200..300).contains(&response.status) || response.status == 404 => {}
        Ok(Ok(response)) => {
            let status = response.status;
            tracing::warn!(channel, status, "a channel that nobody serves stays");
        }
        Ok(Err(error)) => tracing::warn!(channel, %error, "a channel that nobody serves stays"),
        Err(_) => tracing::warn!(channel, "a channel that nobody serves stays: no response"),
    }
}
