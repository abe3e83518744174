//! What a session with one server has proven.

use std::collections::BTreeMap;

use ari_api::runtime::{Download, EventStream, Operation, Request};
use ari_api::{Client, Error, Event};
use serde::Serialize;

use super::whole::Whole;
use crate::live::checked::{Checked, connect};
use crate::live::session::{APP, Session, refusal, wait};

/// What is known of one operation or event on one server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It succeeded, and nothing of it was lost.
    Proven,
    /// The release lacks it.
    Lacking,
    /// The packages lack its module.
    NotBuilt,
    /// The server refuses before there is anything to send it on.
    NeverSent,
}

/// A session that keeps a record, and whose application sees everything.
pub(super) struct Witness<'a> {
    pub(super) session: &'a mut Session,
    pub(super) client: Client,
    /// By the name of the operation or event.
    verdicts: BTreeMap<String, Verdict>,
}

/// How a row of the table calls an operation.
pub(super) fn name(operation: &Operation) -> String {
    format!("{}.{}", operation.resource, operation.nickname)
}

impl<'a> Witness<'a> {
    /// Takes the session's application over, which the first socket is told.
    pub(super) async fn new(session: &'a mut Session) -> Self {
        let client = session.client.clone();
        // From now on answers tell the version, by which missing operations are known.
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
        let mut witness = Witness {
            session,
            client,
            verdicts: BTreeMap::new(),
        };
        witness.record("ApplicationReplaced", Verdict::Proven);
        witness.record("events.eventWebsocket", Verdict::Proven);
        // An application that is taken over keeps its subscriptions, whatever the second socket
        // asks for.
        let app = witness.client.application(APP);
        let everything = ["channel:", "bridge:", "endpoint:PJSIP/loop", "deviceState:"];
        witness.prove(app.subscribe(everything)).await;
        witness
    }

    /// Sends a request, which has to succeed with an answer that is decoded whole.
    pub(super) async fn prove<R: Request>(&mut self, request: R) -> R::Output
    where
        R::Output: Serialize,
    {
        let output = self.client.send(Whole(request)).await;
        self.succeeded(R::OPERATION, output)
    }

    /// The same for a request that newer releases know. One that the release lacks is sent all the
    /// same: the server has to refuse it, and the client to say why.
    pub(super) async fn prove_if_known<R: Request>(&mut self, request: R) -> Option<R::Output>
    where
        R::Output: Serialize,
    {
        let version = self.client.connection().server_version().unwrap();
        if R::OPERATION.availability.includes(version) {
            return Some(self.prove(request).await);
        }
        match self.client.send(request).await {
            Err(Error::NotAvailable { refusal, .. }) => {
                let refusal = refusal.expect("it was sent");
                let refused = (refusal.status, refusal.message.as_deref());
                // If an object were missing, it would say which.
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

    /// The same for a request whose module need not be there. Where it is not, the server can
    /// neither find nor load it.
    pub(super) async fn prove_if_built<R: Request>(&mut self, module: &str, request: R)
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

    /// Sends a request that has to succeed with an answer of bytes.
    pub(super) async fn prove_download<R: Request<Output = Download>>(&mut self, request: R) {
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

    /// Takes down what became of an operation or event.
    pub(super) fn record(&mut self, name: impl Into<String>, verdict: Verdict) {
        self.verdicts.insert(name.into(), verdict);
    }

    /// Connects a further application, which sees what concerns it.
    pub(super) async fn connect(&mut self, app: &str) -> EventStream<Checked> {
        connect(&self.session.server, app, false).await
    }

    /// Waits until an event of each of these types has come in which `of` is mentioned: the id or
    /// name of what it is about, unlike anything else.
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

    /// Takes what is left of the events. Returns everything that was found out.
    pub(super) async fn finish(mut self) -> BTreeMap<String, Verdict> {
        let events = self.client.events();
        events.user_event("the end", APP).await.unwrap();
        self.events(&["ChannelUserevent"], "the end").await;
        for kind in self.session.seen.keys() {
            self.verdicts.insert(kind.clone(), Verdict::Proven);
        }
        self.verdicts
    }
}
