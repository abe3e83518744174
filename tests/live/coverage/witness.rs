//! The results of a session with one server.

use std::collections::BTreeMap;

use ari_api::client::TypedRequest;
use ari_api::schema::Operation;
use ari_api::stream::EventStream;
use ari_api::transport::ResponseBody;
use ari_api::{Client, Error, Event};
use serde::Serialize;

use super::whole::CompleteResponse;
use crate::live::checked::{Checked, connect};
use crate::live::session::{APP, Session, refusal, wait};

/// The verdict on one operation or event on one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It succeeded, and no data was lost.
    Proven,
    /// The release lacks it.
    Lacking,
    /// The packages lack its module.
    NotBuilt,
    /// The server refuses the connection on which it would be sent.
    NeverSent,
}

/// A session that records verdicts, and whose application receives every event.
pub(super) struct CoverageRecorder<'a> {
    pub(super) session: &'a mut Session,
    pub(super) client: Client,
    /// Verdicts by the name of the operation or event.
    verdicts: BTreeMap<String, Verdict>,
}

/// Returns the name of an operation in the table.
pub(super) fn name(operation: &Operation) -> String {
    format!("{}.{}", operation.resource, operation.nickname)
}

impl<'a> CoverageRecorder<'a> {
    /// Takes over the session's application, which the first socket is notified of.
    pub(super) async fn new(session: &'a mut Session) -> Self {
        let client = session.client.clone();
        // From now on responses contain the version, which identifies missing operations.
        client.asterisk().ping().await.unwrap();
        let second = connect(&session.server, APP, false).await;
        let mut first = std::mem::replace(&mut session.events, second);
        wait(
            &mut first,
            &session.server,
            "ApplicationReplaced",
            |event| (event.kind() == "ApplicationReplaced").then_some(()),
        )
        .await;
        let mut witness = CoverageRecorder {
            session,
            client,
            verdicts: BTreeMap::new(),
        };
        witness.record("ApplicationReplaced", Verdict::Proven);
        witness.record("events.eventWebsocket", Verdict::Proven);
        // An application that is taken over keeps its subscriptions, whatever the second socket
        // requests.
        let app = witness.client.application(APP);
        let everything = ["channel:", "bridge:", "endpoint:PJSIP/loop", "deviceState:"];
        witness.prove(app.subscribe(everything)).await;
        witness
    }

    /// Sends a request, which must succeed with a response that is decoded completely.
    pub(super) async fn prove<R: TypedRequest>(&mut self, request: R) -> R::Output
    where
        R::Output: Serialize,
    {
        let output = self.client.send(CompleteResponse(request)).await;
        self.succeeded(R::OPERATION, output)
    }

    /// Does the same for a request that newer releases have. If the release lacks it, it is sent
    /// nevertheless: the server must refuse it, and the client must name the reason.
    pub(super) async fn prove_if_known<R: TypedRequest>(&mut self, request: R) -> Option<R::Output>
    where
        R::Output: Serialize,
    {
        let version = self.client.connection().server_version().unwrap();
        if R::OPERATION.availability.includes(version) {
            return Some(self.prove(request).await);
        }
        match self.client.send(request).await {
            Err(Error::UnsupportedByRelease { refusal, .. }) => {
                let refusal = refusal.expect("it was sent");
                let refused = (refusal.status, refusal.message.as_deref());
                // If an object were missing, the error would name it.
                assert!(
                    matches!(
                        refused,
                        (404, Some("Resource not found")) | (405, Some("Invalid method"))
                    ),
                    "{}: {refused:?}",
                    R::OPERATION
                );
            }
            Err(error) => panic!("{version:?} lacks {}, but: {error}", R::OPERATION),
            Ok(_) => panic!("{version:?} lacks {}, but answers it", R::OPERATION),
        }
        self.record(name(R::OPERATION), Verdict::Lacking);
        None
    }

    /// Does the same for a request whose module may be missing. If so, the server can neither find
    /// nor load it.
    pub(super) async fn prove_if_built<R: TypedRequest>(&mut self, module: &str, request: R)
    where
        R::Output: Serialize,
    {
        let file = self.client.module(module);
        if file.get_module().await.is_ok() {
            self.prove(request).await;
            return;
        }
        let found = self.session.server.modules().join(module).exists();
        assert!(!found, "{module} is installed, but not loaded");
        let expected = (409, "Module load declined".to_owned());
        assert_eq!(refusal(file.load_module().await), expected);
        let expected = (404, "Resource not found".to_owned());
        assert_eq!(refusal(self.client.send(request).await), expected);
        self.record(name(R::OPERATION), Verdict::NotBuilt);
    }

    /// Sends a request that must succeed with a response of bytes.
    pub(super) async fn prove_download<R: TypedRequest<Output = ResponseBody>>(
        &mut self,
        request: R,
    ) {
        let output = self.client.send(request).await;
        let bytes = self.succeeded(R::OPERATION, output).bytes().await.unwrap();
        assert!(!bytes.is_empty());
    }

    fn succeeded<T>(&mut self, operation: &Operation, output: Result<T, Error>) -> T {
        let release = self.session.server.release();
        let output = output.unwrap_or_else(|error| panic!("Asterisk {release}: {error}"));
        self.record(name(operation), Verdict::Proven);
        output
    }

    /// Records the verdict on an operation or event.
    pub(super) fn record(&mut self, name: impl Into<String>, verdict: Verdict) {
        self.verdicts.insert(name.into(), verdict);
    }

    /// Connects another application, which receives its own events.
    pub(super) async fn connect(&mut self, app: &str) -> EventStream<Checked> {
        connect(&self.session.server, app, false).await
    }

    /// Waits until an event of each of these types has arrived that contains `of`: the unique id or
    /// name of its object.
    pub(super) async fn events(&mut self, kinds: &[&str], of: &str) {
        let mut missing = kinds.to_vec();
        let what = format!("{kinds:?} of {of}");
        let is_it = |event: &Event| {
            if missing.contains(&event.kind()) && serde_json::to_string(event).unwrap().contains(of)
            {
                missing.retain(|kind| *kind != event.kind());
            }
            missing.is_empty().then_some(())
        };
        self.session.wait(&what, is_it).await;
    }

    /// Takes the remaining events. Returns all verdicts.
    pub(super) async fn finish(mut self) -> BTreeMap<String, Verdict> {
        let events = self.client.events();
        events.user_event("the end", APP).await.unwrap();
        self.events(&["ChannelUserevent"], "the end").await;
        for kind in self.session.event_counts.keys() {
            self.verdicts.insert(kind.clone(), Verdict::Proven);
        }
        self.verdicts
    }
}
