//! The session of a call: its client and its events, as the handler of the call receives them.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};

use ari_api::client::{ApiClient as _, Connection};
use ari_api::server::{HandshakeInfo, IncomingSession, ResumedCall};
use ari_api::{Client, Error};
use bytes::Bytes;
use tokio::sync::mpsc;

use super::call::CallKey;
use super::call_transport::CallTransport;
use super::member::Member;
use crate::wire::verb;

/// The remains of a call's previous worker.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inheritance {
    pub(crate) channels: Vec<String>,
    pub(crate) bridges: Vec<String>,
    pub(crate) state: Bytes,
    pub(crate) log: Vec<String>,
}

/// The way in which a call came to this program.
pub(crate) enum Origin {
    /// A gateway has offered it.
    Offered,
    /// A gateway has offered it, and it had another worker.
    Inherited(Inheritance),
    /// This program has asked for it, because it has originated it.
    Adopted(Inheritance),
    /// This program is about to originate it, in this epoch.
    Originated { epoch: String },
}

/// The place of a session in the cluster, which its client carries.
#[derive(Default)]
struct Context(OnceLock<InCluster>);

struct InCluster {
    member: Arc<Member>,
    key: CallKey,
    inheritance: Option<Inheritance>,
    /// True if the call is given up with its client. A worker does that when the handler returns.
    ends_with_client: bool,
}

impl Drop for InCluster {
    fn drop(&mut self) {
        if self.ends_with_client {
            self.member.give_up(&self.key);
        }
    }
}

/// Opens the session of a call.
pub(crate) async fn open(
    member: &Arc<Member>,
    key: &CallKey,
    events: mpsc::UnboundedReceiver<Bytes>,
    origin: Origin,
) -> Result<IncomingSession<Client>, Error> {
    let (server, application) = &key.place;
    let ends_with_client = matches!(origin, Origin::Originated { .. } | Origin::Adopted(_));
    let (inheritance, new_in) = match origin {
        Origin::Offered => (None, None),
        Origin::Inherited(left) | Origin::Adopted(left) => (Some(left), None),
        Origin::Originated { epoch } => (None, Some(epoch)),
    };
    let transport = CallTransport::new(member.clone(), key, events, new_in, inheritance.is_some());
    let client = Client::from_connection(Connection::new(transport));
    let resumed = inheritance.as_ref().map(|left| {
        ResumedCall::new(
            key.call.clone(),
            left.channels.clone(),
            left.bridges.clone(),
        )
    });
    let context = client.connection().extension::<Context>();
    let in_cluster = InCluster {
        member: member.clone(),
        key: key.clone(),
        inheritance,
        ends_with_client,
    };
    // The client is new.
    let _ = context.0.set(in_cluster);
    let events = client.application(application).connect().await?;
    let nowhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
    let origin = HandshakeInfo::new(format!("/{server}/{application}"), nowhere);
    Ok(IncomingSession::new(
        client,
        events,
        application.clone(),
        origin,
        resumed,
    ))
}

/// The additional methods of a session in a cluster: the server's name, and the state that one worker
/// leaves for the next.
pub trait ClusterSession {
    /// Returns the name of the server that the call is on. `None` if the session is not one of a
    /// cluster.
    fn server_name(&self) -> Option<String>;

    /// Leaves a state for the worker that takes the call if this one ends. It replaces the one left
    /// before. At most 16 KiB.
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`] if the session is not one of a cluster, the state is too
    /// large, another worker has the call, or the gateway does not respond.
    fn keep_state(
        &self,
        state: impl Into<Bytes> + Send,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// Returns the state that the previous worker has left. Empty if there is none.
    fn kept_state(&self) -> Bytes;

    /// Returns the events of the call before this session, oldest first, as Asterisk has sent them:
    /// the latest ones, up to 256 KiB.
    fn earlier_events(&self) -> Vec<String>;
}

impl ClusterSession for IncomingSession<Client> {
    fn server_name(&self) -> Option<String> {
        let context = self.client.connection().extension::<Context>();
        Some(context.0.get()?.key.place.0.clone())
    }

    async fn keep_state(&self, state: impl Into<Bytes> + Send) -> Result<(), Error> {
        let state = state.into();
        let context = self.client.connection().extension::<Context>();
        let Some(InCluster { member, key, .. }) = context.0.get() else {
            return Err(Error::InvalidConfig(
                "the session is not one of a cluster: there is nobody to keep its state".to_owned(),
            ));
        };
        let kept = member.tell(verb::KEEP, key, state);
        match kept.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Error::InvalidConfig(
                "the state was not kept: another worker has the call, or it is larger than 16 KiB"
                    .to_owned(),
            )),
            Err(error) => Err(Error::InvalidConfig(format!(
                "the state was not kept, or this is not known: {error}"
            ))),
        }
    }

    fn kept_state(&self) -> Bytes {
        let context = self.client.connection().extension::<Context>();
        let inheritance = context.0.get().and_then(|it| it.inheritance.as_ref());
        inheritance
            .map(|left| left.state.clone())
            .unwrap_or_default()
    }

    fn earlier_events(&self) -> Vec<String> {
        let context = self.client.connection().extension::<Context>();
        let inheritance = context.0.get().and_then(|it| it.inheritance.as_ref());
        inheritance.map(|left| left.log.clone()).unwrap_or_default()
    }
}
