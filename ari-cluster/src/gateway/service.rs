//! The gateway as a service of NATS (its ADR-32), which `nats micro ls`, `info` and `stats` show.

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::count::counters;
use super::shared::Shared;
use super::timestamp::rfc3339;
use crate::bus::{BusError, SharedBus, respond, subscribe_with_retries};
use crate::wire::subject;

/// The name of the service.
const NAME: &str = "ari-gateway";

/// Responds to questions about the gateway, until it ends.
pub(super) async fn run(bus: SharedBus, applications: Vec<Arc<Shared>>) -> Result<(), BusError> {
    let Some(first) = applications.first() else {
        return Ok(());
    };
    let started = rfc3339(SystemTime::now());
    let mut questions = Vec::new();
    for subject in [
        "$SRV.*".to_owned(),
        format!("$SRV.*.{NAME}"),
        format!("$SRV.*.{NAME}.{}", first.id),
    ] {
        questions.push(subscribe_with_retries(&*bus, subject, None).await?);
    }
    let mut questions = futures_util::stream::select_all(questions);
    while let Some(question) = questions.next().await {
        let verb = question.subject.split('.').nth(1).unwrap_or_default();
        let mut response = json!({
            "name": NAME,
            "id": first.id,
            "version": env!("CARGO_PKG_VERSION"),
            "metadata": { "server": first.settings.server },
        });
        let (kind, more) = match verb {
            "PING" => ("ping", json!({})),
            "INFO" => ("info", info(&applications)),
            "STATS" => ("stats", stats(&applications, &started)),
            _ => continue,
        };
        if let (Some(response), Value::Object(more)) = (response.as_object_mut(), more) {
            let kind = format!("io.nats.micro.v1.{kind}_response");
            response.insert("type".to_owned(), Value::String(kind));
            response.extend(more);
        }
        let body = Bytes::from(response.to_string());
        respond(&*bus, &question, String::new(), body);
    }
    Ok(())
}

/// Returns what an endpoint of the service is: an application.
fn endpoint(shared: &Shared) -> Value {
    let (server, application) = (&shared.settings.server, &shared.application);
    json!({
        // Names of endpoints have no other characters.
        "name": subject::token(application).replace('=', "_"),
        "subject": subject::requests(server, application, "*"),
        "queue_group": "",
        "metadata": { "application": application },
    })
}

fn info(applications: &[Arc<Shared>]) -> Value {
    let endpoints: Vec<_> = applications.iter().map(|shared| endpoint(shared)).collect();
    json!({
        "description": "The gateway of an Asterisk server",
        "endpoints": endpoints,
    })
}

fn stats(applications: &[Arc<Shared>], started: &str) -> Value {
    let endpoints: Vec<_> = applications
        .iter()
        .map(|shared| {
            let counted = counters(shared);
            let nanos = u64::try_from(counted.request_time.as_nanos()).unwrap_or(u64::MAX);
            let mut endpoint = endpoint(shared);
            if let Some(endpoint) = endpoint.as_object_mut() {
                endpoint.remove("metadata");
                let count = counted.requests_executed + counted.requests_refused;
                let average = nanos.checked_div(counted.requests_executed).unwrap_or(0);
                endpoint.insert("num_requests".to_owned(), count.into());
                endpoint.insert("num_errors".to_owned(), counted.requests_refused.into());
                endpoint.insert("last_error".to_owned(), "".into());
                endpoint.insert("processing_time".to_owned(), nanos.into());
                endpoint.insert("average_processing_time".to_owned(), average.into());
                endpoint.insert("data".to_owned(), counted.to_json());
            }
            endpoint
        })
        .collect();
    json!({ "started": started, "endpoints": endpoints })
}
