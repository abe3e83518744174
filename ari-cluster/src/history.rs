//! The stream of the history in JetStream, and reading it. JetStream's interface is JSON over requests
//! of core NATS, so that its client is not needed.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use serde_json::{Value, json};

use crate::bus::{Bus, BusError};
use crate::error::ClusterError;
use crate::wire::subject;

/// The name of the stream.
const STREAM: &str = "ARI_HISTORY";

/// The limits of a stream that is created here: a week, and 1 GiB.
const MAX_AGE: Duration = Duration::from_secs(7 * 24 * 60 * 60);
const MAX_SIZE: u64 = 1024 * 1024 * 1024;

/// The time limit of a request to JetStream.
const LIMIT: Duration = Duration::from_secs(5);

/// JetStream's code for the end of the messages.
const NO_MESSAGE: u64 = 10_037;

/// The reason why JetStream cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StreamError {
    #[error("{0}")]
    Bus(#[from] BusError),
    #[error("JetStream responds: {description}")]
    Refused { code: u64, description: String },
}

impl From<StreamError> for ClusterError {
    fn from(error: StreamError) -> Self {
        match error {
            StreamError::Bus(BusError::NoResponders(_)) => ClusterError::Bus(
                "there is no history: JetStream is off, or no gateway has the option --history"
                    .to_owned(),
            ),
            StreamError::Bus(error) => ClusterError::bus(error),
            error => ClusterError::Bus(error.to_string()),
        }
    }
}

/// Returns the error that a response tells.
pub(crate) fn check(response: &Value) -> Result<(), StreamError> {
    let Some(error) = response.get("error") else {
        return Ok(());
    };
    let text = error.get("description").and_then(Value::as_str);
    Err(StreamError::Refused {
        code: error.get("err_code").and_then(Value::as_u64).unwrap_or(0),
        description: text.unwrap_or("an error without a description").to_owned(),
    })
}

async fn ask(bus: &dyn Bus, verb: &str, request: &Value) -> Result<Value, StreamError> {
    let subject = format!("$JS.API.STREAM.{verb}.{STREAM}");
    let body = match request {
        Value::Null => Bytes::new(),
        request => Bytes::from(request.to_string()),
    };
    let response = bus.request(subject, String::new(), body, LIMIT).await?;
    let response = serde_json::from_slice(&response.body).unwrap_or_default();
    check(&response)?;
    Ok(response)
}

/// Creates the stream, unless it exists. An existing one stays as it is, so that its limits and the
/// number of its copies can be chosen.
pub(crate) async fn ensure_stream(bus: &dyn Bus) -> Result<(), StreamError> {
    match ask(bus, "INFO", &Value::Null).await {
        Ok(_) => return Ok(()),
        Err(error @ StreamError::Bus(_)) => return Err(error),
        Err(StreamError::Refused { .. }) => {}
    }
    let settings = json!({
        "name": STREAM,
        "subjects": [subject::whole_history()],
        "retention": "limits",
        "storage": "file",
        "discard": "old",
        "max_age": u64::try_from(MAX_AGE.as_nanos()).unwrap_or(u64::MAX),
        "max_bytes": MAX_SIZE,
        "max_msgs": -1,
        "max_consumers": -1,
        "num_replicas": 1,
    });
    match ask(bus, "CREATE", &settings).await {
        Ok(_) => Ok(()),
        // Another gateway may have created it.
        Err(error) => match ask(bus, "INFO", &Value::Null).await {
            Ok(_) => Ok(()),
            Err(_) => Err(error),
        },
    }
}

/// An event of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PastEvent {
    /// The server.
    pub server: String,
    /// The application.
    pub application: String,
    /// The event, as Asterisk has sent it.
    pub text: String,
}

/// Returns the events of a call, oldest first.
pub(crate) async fn of_call(bus: &dyn Bus, call: &str) -> Result<Vec<PastEvent>, ClusterError> {
    let filter = subject::history(None, None, call, None);
    let mut events = Vec::new();
    let mut next = 1;
    loop {
        let request = json!({ "seq": next, "next_by_subj": filter });
        let response = match ask(bus, "MSG.GET", &request).await {
            Ok(response) => response,
            Err(StreamError::Refused {
                code: NO_MESSAGE, ..
            }) => return Ok(events),
            Err(error) => return Err(error.into()),
        };
        let message = response.get("message").unwrap_or(&Value::Null);
        let text = |key: &str| message.get(key).and_then(Value::as_str);
        let place = text("subject").and_then(subject::parse_history);
        let body = text("data").and_then(|data| BASE64.decode(data).ok());
        let sequence = message.get("seq").and_then(Value::as_u64);
        let (Some((server, application)), Some(sequence)) = (place, sequence) else {
            return Err(ClusterError::Bus(
                "JetStream has sent a message that is none of the history".to_owned(),
            ));
        };
        events.push(PastEvent {
            server,
            application,
            text: String::from_utf8_lossy(&body.unwrap_or_default()).into_owned(),
        });
        next = sequence + 1;
    }
}
