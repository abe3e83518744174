//! Draining of a server by command: its cards say so, dialers choose other servers, and requests of
//! dialers that create something are refused. New calls from Asterisk are still offered.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::StreamExt as _;
use serde_json::json;

use super::beat;
use super::shared::Shared;
use crate::bus::{BusError, SharedBus, respond, subscribe_with_retries};
use crate::wire::header::{HeaderWriter, field};
use crate::wire::{subject, verb};

/// Executes the commands, until the gateway ends.
pub(super) async fn run(bus: SharedBus, applications: Vec<Arc<Shared>>) -> Result<(), BusError> {
    let Some(first) = applications.first() else {
        return Ok(());
    };
    let subject = subject::administration("*", &first.settings.server);
    let mut commands = subscribe_with_retries(&*bus, subject, None).await?;
    while let Some(command) = commands.next().await {
        let is_draining = match command.subject.rsplit('.').next() {
            Some(verb::DRAIN) => true,
            Some(verb::UNDRAIN) => false,
            _ => continue,
        };
        let mut calls = 0;
        for shared in &applications {
            calls += shared.update(|state, _| {
                state.is_draining = is_draining;
                state.load().0
            });
            beat::publish(shared);
        }
        let header = HeaderWriter::new().plain(field::STATUS, 200).finish();
        let body = json!({ "calls": calls }).to_string();
        respond(&*bus, &command, header, Bytes::from(body));
    }
    Ok(())
}
