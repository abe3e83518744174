//! Calls that this program has originated without learning the outcome, and takes by their id.

use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_api::server::IncomingSession;
use bytes::Bytes;
use tokio::sync::mpsc;

use super::call::{CallKey, OwnCall};
use super::member::Member;
use super::serve::read_inheritance;
use super::session::{self, Origin};
use crate::bus::BusError;
use crate::bus::parts;
use crate::error::ClusterError;
use crate::reader::who::who;
use crate::transport::requester::WHO_LIMIT;
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::{refusal, subject, verb};

/// The time limit of a request to the gateway, which asks Asterisk, and the number of attempts.
const LIMIT: Duration = Duration::from_secs(11);
const ATTEMPTS: u32 = 3;

/// Takes a call.
pub(crate) async fn run(
    member: &Arc<Member>,
    place: (String, String),
    call: &str,
) -> Result<IncomingSession<Client>, ClusterError> {
    let (server, application) = (&*place.0, &*place.1);
    member
        .follow(application)
        .await
        .map_err(ClusterError::bus)?;
    let found = who(&*member.bus, server, Some(application), WHO_LIMIT).await;
    let no_gateway = || {
        ClusterError::NoServer(format!(
            "the server {server:?} has no gateway that is connected to Asterisk as {application:?}"
        ))
    };
    let epoch = match found {
        Ok(Some((_, epoch))) => epoch,
        Ok(None) | Err(BusError::NoResponders(_)) => return Err(no_gateway()),
        Err(error) => return Err(ClusterError::bus(error)),
    };
    let (socket, events) = mpsc::unbounded_channel();
    let mut own = OwnCall::new(0);
    own.socket = Some(socket);
    own.add_objects(&[format!("channel:{call}")]);
    let key = CallKey {
        place: place.clone(),
        call: call.to_owned(),
        generation: own.generation.clone(),
    };
    // Its events may come before the response.
    member.update(&key.place, |known, now| {
        known.on_offer(&epoch, now);
        known.calls.insert(call.to_owned(), own);
    });
    let guard = Forget {
        member,
        key: &key,
        is_armed: true,
    };
    let header = HeaderWriter::new()
        .text(field::WORKER, &member.id)
        .list(field::CALLS, &[call])
        .finish();
    let subject = subject::control(verb::ADOPT, (server, application, &epoch));
    let part_subject = subject::control(verb::PART, (server, application, &epoch));
    let mut attempts = 0;
    let response = loop {
        attempts += 1;
        let (subject, header) = (subject.clone(), header.clone());
        let (bus, none) = (&*member.bus, Bytes::new());
        match parts::request(bus, subject, &part_subject, header, none, LIMIT).await {
            Ok(response) => break response,
            Err(BusError::TimedOut(_)) if attempts < ATTEMPTS => {}
            Err(error) => return Err(ClusterError::bus(error)),
        }
    };
    let problem = |text: &str| ClusterError::Bus(format!("the call {call:?}: {text}"));
    let Some(header) = Header::parse(&response.header) else {
        return Err(problem(
            "the gateway speaks another version of the protocol",
        ));
    };
    match (header.number(field::STATUS), header.text(field::ERROR)) {
        (Some(200), _) => {}
        (Some(404), _) => return Err(ClusterError::NoCall(call.to_owned())),
        (_, Some(reason)) if reason == refusal::NOT_OWNER => {
            return Err(ClusterError::CallTaken(call.to_owned()));
        }
        _ => return Err(problem("the gateway did not give it to this program")),
    }
    let left = read_inheritance(&response.body);
    let (Some(generation), Some(left)) = (header.number(field::GENERATION), left) else {
        return Err(problem("the gateway's response cannot be read"));
    };
    key.generation.set(generation);
    let channels = left.channels.iter().map(|id| format!("channel:{id}"));
    let bridges = left.bridges.iter().map(|id| format!("bridge:{id}"));
    let objects: Vec<_> = channels.chain(bridges).collect();
    member.update(&key.place, |known, _| {
        if let Some(own) = known.calls.get_mut(call) {
            own.is_confirmed = true;
            own.add_objects(&objects);
        }
    });
    guard.disarm();
    Ok(session::open(member, &key, events, Origin::Adopted(left)).await?)
}

/// Forgets a call that was not adopted.
struct Forget<'a> {
    member: &'a Member,
    key: &'a CallKey,
    is_armed: bool,
}

impl Forget<'_> {
    fn disarm(mut self) {
        self.is_armed = false;
    }
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        if self.is_armed {
            // The gateway may have given it to this program.
            self.member.give_up(self.key);
        }
    }
}
