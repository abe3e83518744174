//! The calls that are in the application when an epoch begins.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ari_api::Error;
use ari_api::client::ToRequest;
use ari_api::transport::Request;
use ari_api::{bridges, channels};
use serde_json::Value;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::call::Call;
use super::shared::Shared;
use super::state::{Action, State};

/// The time limit of a request, and the pause before it is repeated.
const LIMIT: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_secs(1);

/// Compares the calls with the server, when workers have had time to claim theirs.
pub(super) async fn run(shared: &Shared, claims_until: Instant) {
    sleep_until(claims_until).await;
    loop {
        // Channels that enter meanwhile may be missing in the lists.
        let before = shared.read(State::channels);
        match look(shared).await {
            Ok((existing, groups)) => {
                shared.step(|state, now| state.reconcile(&before, &existing, &groups, now));
                return;
            }
            Err(error) => {
                tracing::warn!(application = shared.application, %error, "cannot list the channels");
                sleep(PAUSE).await;
            }
        }
    }
}

/// Returns the ids of all channels, and those of the channels in the application, grouped by bridges.
async fn look(shared: &Shared) -> Result<(BTreeSet<String>, Vec<Vec<String>>), Error> {
    let channels = list(shared, channels::List::new().to_request()?).await?;
    let bridges = list(shared, bridges::List::new().to_request()?).await?;
    let id = |object: &Value| Some(object.get("id")?.as_str()?.to_owned());
    let existing: BTreeSet<_> = channels.iter().filter_map(id).collect();
    let ours = channels
        .iter()
        .filter(|channel| is_in(channel, &shared.application))
        .filter_map(id);
    // The bridge of a channel, or the channel itself.
    let mut group_of: BTreeMap<String, String> = BTreeMap::new();
    for bridge in &bridges {
        let members = bridge.get("channels").and_then(Value::as_array);
        for member in members.into_iter().flatten().filter_map(Value::as_str) {
            if let Some(bridge) = id(bridge) {
                group_of.insert(member.to_owned(), bridge);
            }
        }
    }
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for channel in ours {
        let group = group_of.get(&channel).unwrap_or(&channel).clone();
        groups.entry(group).or_default().push(channel);
    }
    Ok((existing, groups.into_values().collect()))
}

impl State {
    /// Returns the channels of all calls.
    fn channels(&self) -> BTreeSet<String> {
        let channels = self.calls.values().flat_map(|call| &call.channels);
        channels.cloned().collect()
    }

    /// Compares the calls with the channels of the server, and with those in the application, grouped
    /// by the bridges that connect them. Channels that are gone leave their calls, and unknown ones in
    /// the application become calls that are offered. `before` are the channels that were known before
    /// the server was asked.
    pub(crate) fn reconcile(
        &mut self,
        before: &BTreeSet<String>,
        existing: &BTreeSet<String>,
        groups: &[Vec<String>],
        now: Instant,
    ) -> Vec<Action> {
        let mut actions = Vec::new();
        let known: Vec<_> = self.calls.keys().cloned().collect();
        for id in known {
            if let Some(call) = self.calls.get_mut(&id) {
                let had_channels = !call.channels.is_empty();
                let is_gone = |id: &String| before.contains(id) && !existing.contains(id);
                call.channels.retain(|channel| !is_gone(channel));
                // The channel of a call without events is perhaps being created.
                let has_begun = had_channels || call.logged().next().is_some();
                call.is_over = has_begun && call.channels.is_empty();
            }
            self.end_if_over(&id, now, &mut actions);
        }
        for group in groups {
            let known = group
                .iter()
                .find_map(|channel| self.objects.get(channel).cloned());
            let Some(first) = group.first() else { continue };
            let known = known.or_else(|| self.calls.contains_key(first).then(|| first.clone()));
            let call = known.unwrap_or_else(|| {
                let mut call = Call::new(self.begun, now);
                call.resumed = true;
                self.calls.insert(first.clone(), call);
                actions.push(Action::Offer(first.clone()));
                first.clone()
            });
            for channel in group {
                if !self.objects.contains_key(channel) {
                    self.bind_channel(&call, channel);
                }
            }
        }
        actions
    }
}

/// Returns true if a channel is in the application. Its position in the dialplan is then
/// `Stasis`, with the application as the first argument.
fn is_in(channel: &Value, application: &str) -> bool {
    let text = |key: &str| channel.get("dialplan")?.get(key)?.as_str();
    let first = text("app_data").map(|data| data.split(',').next().unwrap_or_default());
    text("app_name") == Some("Stasis") && first == Some(application)
}

async fn list(shared: &Shared, request: Request) -> Result<Vec<Value>, Error> {
    let operation = request.operation();
    let failed = |source: String| Error::OutcomeUnknown {
        operation,
        source: source.into(),
    };
    let response = timeout(LIMIT, shared.asterisk.send(&request)).await;
    let response = response.map_err(|_| failed(format!("no response within {LIMIT:?}")))??;
    shared.learn_version(response.version);
    let status = response.status;
    let body = response.body.bytes().await?;
    let list = serde_json::from_slice(&body);
    list.map_err(|error| failed(format!("status {status}: {error}")))
}
