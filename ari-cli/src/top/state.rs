//! State of the screen: the last snapshot of the server, updated by the events since then.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Instant, SystemTime};

use ari_api::stream::ConnectionEvent;
use serde_json::Value;

use super::rows::{self, Channel, Sort};
use super::snapshot::Snapshot;
use crate::event::CommandEvent;
use crate::temp_app;

/// Seconds over which rates are measured.
const RATE_SECONDS: usize = 10;

/// Seconds for which a notice is shown.
const NOTICE_SECONDS: u8 = 4;

/// The number of seconds in the sparkline.
const MAX_HISTORY: usize = 60;

/// The current input mode, which decides the meaning of keys.
#[derive(Default)]
pub(super) enum Mode {
    #[default]
    Table,
    /// Keys edit the filter.
    Filter,
    /// The details of a channel are shown.
    Details,
    /// Keys confirm or cancel the hangup of a channel.
    Confirm { id: String, name: String },
}

pub(super) struct State {
    pub(super) snapshot: Snapshot,
    /// The selected row in the table of channels.
    pub(super) selected: usize,
    pub(super) mode: Mode,
    /// The text that shown channels must contain.
    pub(super) filter: String,
    pub(super) sort: Sort,
    /// A notice about the last key, and the number of seconds for which it is still shown.
    notice: Option<(String, u8)>,
    /// The last error, or `None` if there is none.
    pub(super) problem: Option<String>,
    /// The time of the last refresh.
    fetched_at: Instant,
    current: BTreeMap<String, u64>,
    past: VecDeque<BTreeMap<String, u64>>,
    pub(super) history: VecDeque<u64>,
    pub(super) total: u64,
}

impl State {
    pub(super) fn new(snapshot: Snapshot) -> Self {
        State {
            snapshot,
            selected: 0,
            mode: Mode::Table,
            filter: String::new(),
            sort: Sort::default(),
            notice: None,
            problem: None,
            fetched_at: Instant::now(),
            current: BTreeMap::new(),
            past: VecDeque::new(),
            history: VecDeque::new(),
            total: 0,
        }
    }

    pub(super) fn replace(&mut self, snapshot: Snapshot) {
        self.snapshot = snapshot;
        self.fetched_at = Instant::now();
        self.problem = None;
        self.select(0);
    }

    pub(super) fn apply_event(&mut self, event: &CommandEvent) {
        match event {
            CommandEvent::Event { kind, .. } => {
                *self.current.entry(kind.clone()).or_default() += 1;
                self.total += 1;
            }
            CommandEvent::Connection(event @ ConnectionEvent::Disconnected { .. }) => {
                self.problem = Some(event.to_string());
            }
            CommandEvent::Connection(ConnectionEvent::Reconnected { .. }) => self.problem = None,
            CommandEvent::Connection(_) => {}
        }
    }

    /// Returns the age of the snapshot in seconds, if the last refresh failed.
    pub(super) fn stale(&self) -> Option<u64> {
        let problem = self.problem.as_ref();
        problem.map(|_| self.fetched_at.elapsed().as_secs())
    }

    /// Reports what a key has done, for some seconds.
    pub(super) fn notify(&mut self, text: String) {
        self.notice = Some((text, NOTICE_SECONDS));
    }

    /// Returns the effect of the last key if it was pressed recently.
    pub(super) fn notice(&self) -> Option<&str> {
        self.notice.as_ref().map(|(text, _)| text.as_str())
    }

    /// Advances the state by one second.
    pub(super) fn tick(&mut self) {
        self.notice = self
            .notice
            .take()
            .and_then(|(text, seconds)| Some((text, seconds.checked_sub(1)?)));
        let counted = std::mem::take(&mut self.current);
        self.history.push_back(counted.values().sum());
        self.past.push_back(counted);
        while self.past.len() > RATE_SECONDS {
            self.past.pop_front();
        }
        while self.history.len() > MAX_HISTORY {
            self.history.pop_front();
        }
    }

    /// Selects a row further down, or up.
    pub(super) fn select(&mut self, rows: isize) {
        let last = self.shown(SystemTime::now()).len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(rows).min(last);
    }

    /// Returns the channels that match the filter, in their order.
    pub(super) fn shown(&self, now: SystemTime) -> Vec<Channel<'_>> {
        rows::channels(
            self.channels(),
            self.bridges(),
            &self.filter,
            self.sort,
            now,
        )
    }

    /// Returns the id and the name of the selected channel.
    pub(super) fn selected_id(&self) -> Option<(String, String)> {
        let shown = self.shown(SystemTime::now());
        let channel = shown.into_iter().nth(self.selected)?;
        Some((channel.value["id"].as_str()?.to_owned(), channel.name))
    }

    /// Returns the events per second by type, the most frequent first.
    pub(super) fn rates(&self) -> Vec<(String, f64)> {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for second in &self.past {
            for (kind, count) in second {
                *counts.entry(kind).or_default() += count;
            }
        }
        let seconds = u32::try_from(self.past.len().max(1)).unwrap_or(1);
        let rate =
            |count: u64| u32::try_from(count).map_or(f64::MAX, f64::from) / f64::from(seconds);
        let mut rates: Vec<_> = counts
            .into_iter()
            .map(|(kind, count)| (kind.to_owned(), rate(count)))
            .collect();
        rates.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        rates
    }

    pub(super) fn channels(&self) -> &[Value] {
        rows(&self.snapshot.channels)
    }

    pub(super) fn bridges(&self) -> &[Value] {
        rows(&self.snapshot.bridges)
    }

    /// Returns the applications, except temporary ones of this command.
    pub(super) fn applications(&self) -> Vec<&Value> {
        let all = rows(&self.snapshot.applications).iter();
        all.filter(|application| {
            !temp_app::is_temp_app(application["name"].as_str().unwrap_or_default())
        })
        .collect()
    }
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use ari_api::stream::EventType as _;
    use serde_json::json;

    use super::*;

    #[test]
    fn rates_are_those_of_the_last_seconds() {
        let snapshot = Snapshot {
            info: json!({}),
            channels: json!([]),
            bridges: json!([]),
            applications: json!([]),
        };
        let mut state = State::new(snapshot);
        let event = |kind: &str| CommandEvent::decode(&json!({"type": kind}).to_string()).unwrap();
        for _ in 0..RATE_SECONDS + 5 {
            state.apply_event(&event("Dial"));
            state.apply_event(&event("Dial"));
            state.apply_event(&event("StasisEnd"));
            state.tick();
        }
        let rates = state.rates();
        assert_eq!(
            rates,
            [("Dial".to_owned(), 2.0), ("StasisEnd".to_owned(), 1.0)]
        );
        assert_eq!(state.total, 45);
        assert_eq!(state.history.back(), Some(&3));
    }
}
