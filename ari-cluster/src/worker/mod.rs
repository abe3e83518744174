//! Workers: the calls that this program serves, on all servers.

pub(crate) mod adopt;
mod call;
mod call_transport;
mod changes;
pub(crate) mod member;
pub(crate) mod originate;
pub(crate) mod place;
pub(crate) mod serve;
pub(crate) mod session;
mod shared_list;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_api::server::{HandlerResult, IncomingSession};
use tokio::time::timeout;

use crate::bus::{BusError, SharedBus};
use crate::error::ClusterError;
use crate::hooks::tasks::JoinSet;
use member::Member;
use serve::{Handler, Service, boxed};

/// The default maximum number of calls of a worker.
const DEFAULT_MAX_CALLS: usize = 100;

/// Settings of a [`Worker`].
#[must_use = "a worker takes no calls until `serve` is awaited"]
pub struct WorkerBuilder {
    bus: SharedBus,
    application: String,
    max_calls: usize,
    resume: Option<Handler>,
}

impl WorkerBuilder {
    pub(crate) fn new(bus: SharedBus, application: String) -> Self {
        WorkerBuilder {
            bus,
            application,
            max_calls: DEFAULT_MAX_CALLS,
            resume: None,
        }
    }

    /// Sets the maximum number of calls at the same time. A worker that has as many is not offered
    /// another. Defaults to 100.
    pub fn max_calls(mut self, count: usize) -> Self {
        self.max_calls = count.max(1);
        self
    }

    /// Sets the handler of calls whose worker is gone. Its session has
    /// [`resumed`](IncomingSession::resumed) with the objects of the call, and
    /// [`ClusterSession::kept_state`](crate::ClusterSession::kept_state). Without such a handler, the
    /// worker does not take such calls, and if no worker does, the gateway's policy for orphaned calls
    /// decides.
    pub fn resume<H, F>(mut self, handler: H) -> Self
    where
        H: Fn(IncomingSession<Client>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        self.resume = Some(boxed(handler));
        self
    }

    /// Takes calls, and runs the handler for each in a task of its own. It is of the same form as the
    /// handler of a route of a server that Asterisk connects to.
    ///
    /// The session's stream has the events of the call: of its first channel, and of the channels and
    /// bridges that its handler creates. It ends without an error when the last channel of the call
    /// has left the application, and with an error if another worker has the call. If the handler
    /// returns while channels are left, the call is offered to another worker, at most twice.
    ///
    /// # Errors
    /// Returns [`ClusterError::Bus`] if the bus cannot be reached, and [`ClusterError::NotPermitted`] if
    /// NATS does not permit this program to read the application's events.
    pub async fn serve<H, F>(self, handler: H) -> Result<Worker, ClusterError>
    where
        H: Fn(IncomingSession<Client>) -> F + Send + Sync + 'static,
        F: Future + Send + 'static,
        F::Output: HandlerResult,
    {
        // A member of its own: it can be drained without the other workers of this program.
        let joining = Member::join(self.bus, Some(&self.application));
        let (member, tasks) = joining.await.map_err(ClusterError::bus)?;
        let service = Service {
            application: self.application,
            max_calls: self.max_calls,
            handler: boxed(handler),
            resume: self.resume,
        };
        let mut serving = JoinSet::new();
        serving.spawn(serve::run(member.clone(), service));
        Ok(Worker {
            member,
            serving,
            _tasks: tasks,
        })
    }
}

impl fmt::Debug for WorkerBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WorkerBuilder")
            .field("application", &self.application)
            .field("max_calls", &self.max_calls)
            .finish_non_exhaustive()
    }
}

/// A running worker. Dropping it ends its handlers immediately. The gateways find that within seconds,
/// and offer its calls to other workers.
#[must_use = "dropping the worker ends it"]
pub struct Worker {
    member: Arc<Member>,
    serving: JoinSet<Result<(), BusError>>,
    _tasks: JoinSet<()>,
}

impl Worker {
    /// Returns the id of the worker, which is random.
    pub fn id(&self) -> &str {
        &self.member.id
    }

    /// Returns the number of calls.
    pub fn call_count(&self) -> usize {
        self.member.call_count()
    }

    /// Waits until the worker fails. It does not end by itself otherwise.
    pub async fn failed(&mut self) -> ClusterError {
        loop {
            match self.serving.join_next().await {
                Some(Ok(Err(error))) => return ClusterError::bus(error),
                Some(_) => {}
                None => return ClusterError::Bus("the worker has ended".to_owned()),
            }
        }
    }

    /// Takes no more calls, waits until the handlers have returned, and gives the calls that are left
    /// after `limit` to other workers. Returns the number of these calls.
    pub async fn drain(mut self, limit: Duration) -> usize {
        self.member.set_draining();
        let ending = async { while self.serving.join_next().await.is_some() {} };
        if timeout(limit, ending).await.is_ok() {
            return 0;
        }
        // Their handlers end first, so that they do not act on a call that another worker has.
        let left = self.member.calls();
        self.serving.shutdown().await;
        let count = left.len();
        self.member.release(left).await;
        count
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Worker")
            .field("id", &self.member.id)
            .field("calls", &self.call_count())
            .finish_non_exhaustive()
    }
}
