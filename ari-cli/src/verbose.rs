//! `-v`: requests and responses on the standard error.

use std::sync::OnceLock;

use ari_api::Error;
use ari_api::runtime::{Answer, AnswerType, Call, Encode as _, EventStream};

use crate::failure::note;
use crate::seen::{Applications, Link, Seen};

/// The address of the server, if requests are shown.
static SHOWN: OnceLock<String> = OnceLock::new();

/// Shows what is sent to the server at this address from here on.
pub(crate) fn show(url: &str) {
    let _ = SHOWN.set(url.trim_end_matches('/').to_owned());
}

/// Sends a request, and shows it and its response if that is wanted.
pub(crate) async fn call(link: &Link, call: &Call) -> Result<Answer, Error> {
    let Some(url) = SHOWN.get() else {
        return link.call(call).await;
    };
    request(url, call);
    let answer = link.call(call).await.inspect_err(failure)?;
    let (status, version) = (answer.status, answer.version);
    if call.operation().answer == AnswerType::Binary {
        note(format!("< {status}, bytes that are not shown"));
        return Ok(answer);
    }
    let bytes = answer.body.bytes().await?;
    note(format!("< {status} {}", String::from_utf8_lossy(&bytes)));
    Ok(Answer::new(status, bytes).from_version(version))
}

/// Opens a WebSocket, and shows its request if that is wanted.
pub(crate) async fn connect(
    link: &Link,
    applications: &Applications,
) -> Result<EventStream<Seen>, Error> {
    let Some(url) = SHOWN.get() else {
        return link.connect(applications).await;
    };
    request(url, &applications.call()?);
    let events = link.connect(applications).await.inspect_err(failure)?;
    note("< 101, a WebSocket");
    Ok(events)
}

fn request(url: &str, call: &Call) {
    note(format!("> {} {url}{}", call.method(), call.target()));
    note("> Authorization: Basic (redacted)");
    if let Some(body) = call.body() {
        note(format!("> {}", String::from_utf8_lossy(body)));
    }
}

fn failure(error: &Error) {
    match error {
        Error::Refused(refusal) => note(format!(
            "< {} {}",
            refusal.status,
            String::from_utf8_lossy(&refusal.body).trim_end()
        )),
        error => note(format!("< {}", crate::failure::chain(error))),
    }
}
