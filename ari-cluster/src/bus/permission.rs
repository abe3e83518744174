//! Subjects that NATS does not permit. NATS reports them apart from the message that it refuses.

use async_nats::{Event, ServerError};
use tokio::sync::broadcast;

use super::BusError;

/// The number of refusals that wait for those who look for theirs.
const CAPACITY: usize = 64;

/// The use of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Publish,
    Subscribe,
}

impl Use {
    fn as_str(self) -> &'static str {
        match self {
            Use::Publish => "publish to",
            Use::Subscribe => "subscribe to",
        }
    }
}

type Refused = (Use, String);

/// The refusals of one connection.
#[derive(Clone, Debug)]
pub(crate) struct Refusals(broadcast::Sender<Refused>);

impl Refusals {
    pub(crate) fn new() -> Self {
        Refusals(broadcast::Sender::new(CAPACITY))
    }

    /// Looks for refusals among the events of a connection, and logs the others.
    pub(crate) fn on_event(&self, event: &Event) {
        let text = match event {
            Event::ServerError(ServerError::Other(text)) => text,
            Event::Connected => return tracing::info!("connected to NATS"),
            Event::Disconnected => return tracing::warn!("the connection to NATS is lost"),
            event => return tracing::warn!(%event, "the connection to NATS"),
        };
        match parse(text) {
            Some((use_of, subject)) => {
                tracing::error!("{}", not_permitted(use_of, &subject));
                // Nobody may wait.
                let _ = self.0.send((use_of, subject));
            }
            None => tracing::warn!(%event, "the connection to NATS"),
        }
    }

    /// Begins to look for refusals.
    pub(super) fn look(&self) -> Look {
        Look(self.0.subscribe())
    }
}

/// The refusals from a moment on.
pub(super) struct Look(broadcast::Receiver<Refused>);

impl Look {
    /// Waits until one of these uses of subjects is refused.
    pub(super) async fn wait_for(&mut self, uses: &[(Use, &str)]) -> BusError {
        loop {
            match self.0.recv().await {
                Ok((use_of, subject)) if uses.contains(&(use_of, &*subject)) => {
                    return not_permitted(use_of, &subject);
                }
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
            }
        }
    }
}

fn not_permitted(use_of: Use, subject: &str) -> BusError {
    BusError::NotPermitted {
        use_of: use_of.as_str(),
        subject: subject.to_owned(),
    }
}

/// Reads the text of a refusal.
fn parse(text: &str) -> Option<Refused> {
    let rest = text.strip_prefix("Permissions Violation for ")?;
    let (use_of, rest) = match rest.strip_prefix("Publish to \"") {
        Some(rest) => (Use::Publish, rest),
        None => (Use::Subscribe, rest.strip_prefix("Subscription to \"")?),
    };
    let (subject, _) = rest.split_once('"')?;
    Some((use_of, subject.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_read() {
        for (text, expected) in [
            (
                r#"Permissions Violation for Publish to "a.b""#,
                Some((Use::Publish, "a.b")),
            ),
            (
                r#"Permissions Violation for Subscription to "a.>""#,
                Some((Use::Subscribe, "a.>")),
            ),
            (
                r#"Permissions Violation for Subscription to "a" using queue "w""#,
                Some((Use::Subscribe, "a")),
            ),
            ("Maximum Payload Violation", None),
        ] {
            let expected = expected.map(|(use_of, subject)| (use_of, subject.to_owned()));
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
