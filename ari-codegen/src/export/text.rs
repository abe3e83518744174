//! Titles and descriptions.

use crate::Version;
use crate::api::{Api, Operation};

/// The name of the interface.
pub(super) const TITLE: &str = "Asterisk REST Interface (ARI)";

/// The two ways to log in.
pub(super) const BASIC_LOGIN: &str = "A user of `ari.conf`, and its password.";
pub(super) const API_KEY: &str = "The user, a colon, and the password. It is ignored beside the header \
    `Authorization`.";

/// Returns the covered releases, such as `22`, `12-24` or `22.10.1`.
pub(super) fn version(api: &Api) -> String {
    let numbers: Vec<u16> = api.releases.iter().map(|it| it.number()).collect();
    let is_range = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    if let (true, true, [first, .., last]) = (api.points.is_empty(), is_range, numbers.as_slice()) {
        return format!("{first}-{last}");
    }
    let names = numbers.iter().flat_map(|number| {
        let points = api.points.iter().filter(|point| point.major == *number);
        let points: Vec<_> = points.map(Version::to_string).collect();
        match points.is_empty() {
            true => vec![number.to_string()],
            false => points,
        }
    });
    names.collect::<Vec<_>>().join(",")
}

/// Returns the paragraphs that exist.
pub(super) fn paragraphs<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Option<String> {
    let texts: Vec<_> = texts.into_iter().flatten().collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// Returns the first paragraph without its full stop.
pub(super) fn summary(text: &str) -> String {
    let first = text.split("\n\n").next().unwrap_or_default();
    let first = first.strip_suffix('.').unwrap_or(first);
    first.replace('\n', " ")
}

/// Returns the requests of an operation that terminate the server.
pub(super) fn crashes(op: &Operation) -> Option<&str> {
    op.crashes.as_deref().or(op.wire_crashes.as_deref())
}

/// Returns the description of an operation.
pub(super) fn operation(op: &Operation) -> Option<String> {
    let queued = op.blocks_channel_queue.as_ref().map(|queue| {
        format!(
            "The response waits for {queue}. Over a WebSocket it delays the responses to all later \
             requests, too."
        )
    });
    let crashes = crashes(op).map(|text| format!("**Warning:** {text}"));
    paragraphs([
        op.text.as_deref(),
        crashes.as_deref(),
        op.wire_text.as_deref(),
        queued.as_deref(),
    ])
}
