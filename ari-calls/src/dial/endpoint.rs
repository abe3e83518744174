//! The endpoints of a call, each with the settings of its own.

use std::time::Duration;

/// An endpoint to call, such as `PJSIP/200`, with the settings of its own. A name alone is an
/// endpoint, too, and so is a name with its timeout.
///
/// ```no_run
/// # use std::time::Duration;
/// # use ari_calls::dial::Endpoint;
/// # use ari_calls::{Call, CallError};
/// # async fn example(call: &mut Call) -> Result<(), CallError> {
/// # let secs = Duration::from_secs;
/// // The phone on the desk, and then the mobile phone.
/// let dial = call.dial_in_order([("PJSIP/200", secs(10)), ("PJSIP/+4989123@trunk", secs(25))]);
/// println!("{}", dial.await?);
/// // The timeout of the second is that of the step.
/// let dial = call.dial_all([Endpoint::new("PJSIP/200").timeout(secs(10)), "PJSIP/300".into()]);
/// println!("{}", dial.timeout(secs(30)).await?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    pub(crate) name: String,
    /// `None` for that of the step.
    pub(crate) timeout: Option<Duration>,
    pub(crate) connected_line: Option<String>,
}

impl Endpoint {
    /// Creates an endpoint from a technology and a name, such as `PJSIP/200`.
    pub fn new(name: impl Into<String>) -> Self {
        Endpoint {
            name: name.into(),
            timeout: None,
            connected_line: None,
        }
    }

    /// Sets the time that the endpoint has to answer, in whole seconds, rounded up. Default: that of
    /// [`Dial::timeout`](crate::dial::Dial::timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = Some(limit);
        self
    }

    /// Sets the name and number that the caller sees when the endpoint has answered and both are
    /// connected (connected line), such as `Bob <200>`. Default: the caller id that the endpoint has in
    /// Asterisk's configuration, or nothing.
    ///
    /// Asterisk sends it to a caller with a SIP phone (re-INVITE) if the endpoint of that phone has
    /// `send_pai` or `send_rpid`. Other endpoints of the same step are not affected.
    pub fn connected_line(mut self, caller_id: impl Into<String>) -> Self {
        self.connected_line = Some(caller_id.into());
        self
    }

    /// Returns `true` if it has a technology and a name.
    pub(crate) fn is_complete(&self) -> bool {
        let parts = self.name.split_once('/');
        parts.is_some_and(|(technology, name)| !technology.is_empty() && !name.is_empty())
    }
}

impl From<&str> for Endpoint {
    fn from(name: &str) -> Self {
        Endpoint::new(name)
    }
}

impl From<String> for Endpoint {
    fn from(name: String) -> Self {
        Endpoint::new(name)
    }
}

impl From<&String> for Endpoint {
    fn from(name: &String) -> Self {
        Endpoint::new(name)
    }
}

impl<T: Into<String>> From<(T, Duration)> for Endpoint {
    fn from((name, timeout): (T, Duration)) -> Self {
        Endpoint::new(name).timeout(timeout)
    }
}
