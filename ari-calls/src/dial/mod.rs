//! Calling other endpoints for a caller, and connecting the one that answers.
//!
//! See [`Call::dial`] for an example.

mod answer;
mod endpoint;
pub(crate) mod leg;
mod outcome;
mod ring;
mod screening;
mod settings;
mod talk;

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinError;

pub use answer::Reached;
pub use endpoint::Endpoint;
pub use outcome::{Dialed, TalkEnd, UnansweredLeg, UnansweredReason};
pub use screening::{Screening, ScreeningFuture};
pub use settings::Ringback;
use tracing::Instrument as _;

use crate::call::Call;
use crate::deadline::{LONGEST_TALK, check_requested, check_text};
use crate::dial::leg::Dialing;
use crate::dial::screening::ScreenSettings;
use crate::dial::settings::{DialSettings, Strategy};
use crate::error::CallError;

/// Default time that an endpoint has to answer.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// A call to other endpoints, made by [`Call::dial`]. `.await` calls them, and waits until the
/// conversation is over. [`Dial::wait_for_answer`] waits for the answer only, for programs that
/// control the [`Conversation`](crate::conversation::Conversation).
///
/// Dropping the future hangs up what was called, and leaves the caller in the application.
#[derive(Debug)]
#[must_use = "nothing is called until it is awaited"]
pub struct Dial<'a> {
    call: &'a mut Call,
    settings: DialSettings,
}

impl Call {
    /// Calls an endpoint, such as `PJSIP/200`, for the caller, connects both when it answers, and
    /// waits until one of them hangs up. The other side is hung up when the caller leaves, at any
    /// moment, and the bridge is removed. A caller who is not answered yet is answered when the
    /// endpoint answers.
    ///
    /// If something else destroys the bridge or takes a side out of it, the other side is hung up, too,
    /// unless it is in another bridge then. The caller stays in the application, unless
    /// [`Dial::hang_up_caller`] was called.
    ///
    /// The events of the other side's channel reach no stream of the application. Both sides may
    /// be in no other bridge. It takes Asterisk 14.
    ///
    /// A phone that forwards the call (302) has not answered: the outcome is
    /// [`CallOutcome::Forwarded`](ari_api::outcome::CallOutcome::Forwarded) with the extension, which
    /// the program may dial as `Local/EXTENSION@CONTEXT`.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use ari_calls::dial::Dialed;
    /// # use ari_calls::{Call, CallError};
    /// # async fn example(call: &mut Call) -> Result<(), CallError> {
    /// match call.dial("PJSIP/200").timeout(Duration::from_secs(20)).await? {
    ///     Dialed::Talked { duration, .. } => println!("{duration:?}"),
    ///     Dialed::NotAnswered { legs, .. } => {
    ///         for leg in legs {
    ///             println!("{}: {}", leg.endpoint, leg.reason);
    ///         }
    ///         call.play("sound:vm-nobodyavail").await?;
    ///     }
    ///     _ => {}
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the caller's call ends before somebody answers;
    /// [`CallError::InUse`] if another call of the caller's channel is in a step that connects it;
    /// [`CallError::Request`] if a request for the caller or the bridge fails, or the connection to
    /// the server is lost for good; and [`CallError::InvalidSettings`], before anything is sent, if
    /// there is no endpoint, one without a technology or a name, a variable without a name, or a
    /// timeout that Asterisk does not take: zero, or more than 24 days.
    pub fn dial(&mut self, endpoint: impl Into<Endpoint>) -> Dial<'_> {
        self.dial_with(Strategy::AllAtOnce, [endpoint])
    }

    /// Calls several endpoints at once. The first one that answers is connected, and the others are
    /// hung up as answered elsewhere. Each may have a timeout of its own: see [`Endpoint`], and
    /// [`Call::dial`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Call::dial`].
    pub fn dial_all<T: Into<Endpoint>>(
        &mut self,
        endpoints: impl IntoIterator<Item = T>,
    ) -> Dial<'_> {
        self.dial_with(Strategy::AllAtOnce, endpoints)
    }

    /// Calls several endpoints one after another, until one answers. Each may have a timeout of its
    /// own: see [`Endpoint`], and [`Call::dial`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Call::dial`].
    pub fn dial_in_order<T: Into<Endpoint>>(
        &mut self,
        endpoints: impl IntoIterator<Item = T>,
    ) -> Dial<'_> {
        self.dial_with(Strategy::InOrder, endpoints)
    }

    fn dial_with<T: Into<Endpoint>>(
        &mut self,
        strategy: Strategy,
        endpoints: impl IntoIterator<Item = T>,
    ) -> Dial<'_> {
        Dial {
            call: self,
            settings: DialSettings {
                endpoints: endpoints.into_iter().map(Into::into).collect(),
                timeout: DEFAULT_TIMEOUT,
                strategy,
                ringback: Ringback::Ringing,
                max_duration: LONGEST_TALK,
                hangs_up_caller: false,
                shows_caller: true,
                variables: Vec::new(),
                screening: ScreenSettings::default(),
            },
        }
    }

    /// Checks the settings, and returns the application that the legs enter.
    fn check_dial(&self, settings: &DialSettings) -> Result<String, CallError> {
        self.check_end()?;
        if settings.endpoints.is_empty() {
            let problem = "there is no endpoint to call";
            return Err(CallError::InvalidSettings(problem.to_owned()));
        }
        check_requested("a timeout", settings.timeout)?;
        for endpoint in &settings.endpoints {
            if !endpoint.is_complete() {
                let name = &endpoint.name;
                return Err(CallError::InvalidSettings(format!(
                    "`{name}` is no endpoint; one is a technology and a name, such as PJSIP/200"
                )));
            }
            if let Some(timeout) = endpoint.timeout {
                check_requested("a timeout", timeout)?;
            }
        }
        for (name, _) in &settings.variables {
            check_text("the name of a variable", name)?;
        }
        self.application().ok_or_else(|| {
            CallError::InvalidSettings("the call is in no application of this client".to_owned())
        })
    }

    async fn dial_and_talk(&mut self, settings: DialSettings) -> Result<Dialed, CallError> {
        let application = self.check_dial(&settings)?;
        let _claim = self.claim()?;
        let (dialing, watched) = watch::channel(Dialing::GoOn);
        let channel = self.channel().clone();
        // In a task, so that legs and bridge are removed if this future is dropped: with it goes
        // the sender.
        let talk = talk::run(channel, application, settings, watched);
        let mut talk = tokio::spawn(talk.in_current_span());
        let (outcome, end) = tokio::select! {
            outcome = &mut talk => (outcome, None),
            end = self.wait_for_party_end() => {
                dialing.send_replace(Dialing::Cancelled);
                (talk.await, Some(end?))
            }
        };
        match outcome {
            Ok(Ok(talk::Outcome::Talked(talked))) => Ok(Dialed::Talked {
                endpoint: talked.endpoint,
                duration: talked.duration,
                ended_by: match (talked.ended_by, end) {
                    (Some(ended_by), _) => ended_by,
                    (None, Some(end)) => TalkEnd::Caller(end),
                    (None, None) => TalkEnd::Caller(self.wait_for_end().await?),
                },
                others: talked.others,
            }),
            Ok(Ok(talk::Outcome::NotAnswered(legs))) => match end {
                Some(end) => Err(CallError::Ended(end)),
                None => Ok(Dialed::NotAnswered { legs }),
            },
            Ok(Err(error)) => match end {
                Some(end) => Err(CallError::Ended(end)),
                None => Err(self.explain(error).await),
            },
            Err(lost) => Err(lost_task(lost)),
        }
    }
}

/// Continues the panic of a task, or returns the error that its runtime was shut down.
fn lost_task(error: JoinError) -> CallError {
    match error.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(cancelled) => CallError::InvalidSettings(format!(
            "the runtime was shut down during the call: {cancelled}"
        )),
    }
}

impl Dial<'_> {
    /// Sets the time that each endpoint has to answer that has [none of its
    /// own](Endpoint::timeout), in whole seconds, rounded up. Default: 30 s.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = limit;
        self
    }

    /// Sets the sound that the caller hears until somebody answers. Default: [`Ringback::Ringing`].
    pub fn ringback(mut self, ringback: Ringback) -> Self {
        self.settings.ringback = ringback;
        self
    }

    /// Sets the longest duration of the conversation. Default: 24 hours.
    pub fn max_duration(mut self, limit: Duration) -> Self {
        self.settings.max_duration = limit;
        self
    }

    /// Hangs up the caller, too, when the conversation is over, so that the hangup of either side ends
    /// the other. By default, the caller stays in the application when the other side hangs up. A
    /// caller whom nobody has answered is not hung up. [`Dial::wait_for_answer`] ignores this.
    pub fn hang_up_caller(mut self) -> Self {
        self.settings.hangs_up_caller = true;
        self
    }

    /// Sets the caller id that the endpoints show, such as `Sales <100>`. Default: that of the
    /// caller, whose language, music class, account code and inherited variables the called
    /// channels get then, too. [`Endpoint::connected_line`] sets what the caller sees of an endpoint.
    pub fn caller_id(mut self, caller_id: impl Into<String>) -> Self {
        self.settings.shows_caller = false;
        self.variable("CONNECTEDLINE(all)", caller_id)
    }

    /// Sets a variable of each called channel before it is dialed, such as
    /// `PJSIP_HEADER(add,X-Id)`.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.variables.push((name.into(), value.into()));
        self
    }

    /// Sets a function that runs on the call to each endpoint that answers, before it is connected,
    /// and decides about it: it asks the callee to accept the call, or
    /// [detects a machine](Call::detect_answering_machine). The caller goes on hearing the
    /// ringback, and the other endpoints go on ringing, until one is accepted. One that is not is
    /// hung up, unless the function has sent it out of the application. Default: whoever answers
    /// is connected.
    ///
    /// With [`Ringback::EarlyMedia`] the endpoint leaves the bridge for the screening, and the
    /// caller hears the others only.
    ///
    /// ```no_run
    /// # use ari_calls::collect::Collected;
    /// # use ari_calls::dial::{Dialed, Screening};
    /// # use ari_calls::{Call, CallError};
    /// # async fn example(call: &mut Call) -> Result<(), CallError> {
    /// let dial = call.dial_in_order(["PJSIP/200", "PJSIP/+4989123@trunk"]);
    /// let dialed = dial.on_answer(|callee| {
    ///     Box::pin(async move {
    ///         let key = callee.collect(1).prompt(["sound:vm-press", "digits:1"]).await?;
    ///         Ok(match key.digits() {
    ///             Some("1") => Screening::Connect,
    ///             _ => Screening::Decline("nobody has pressed 1".to_owned()),
    ///         })
    ///     })
    /// });
    /// println!("{}", dialed.await?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_answer<F>(mut self, screen: F) -> Self
    where
        F: for<'b> Fn(&'b mut Call) -> ScreeningFuture<'b> + Send + Sync + 'static,
    {
        self.settings.screening.screen = Some(Arc::new(screen));
        self
    }

    /// Sets the longest duration of the function of [`Dial::on_answer`], for each endpoint.
    /// Default: 30 s.
    pub fn screening_timeout(mut self, limit: Duration) -> Self {
        self.settings.screening.timeout = limit;
        self
    }
}

impl<'a> IntoFuture for Dial<'a> {
    type Output = Result<Dialed, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        let Dial { call, settings } = self;
        Box::pin(async move {
            let hangs_up_caller = settings.hangs_up_caller;
            let dialed = call.dial_and_talk(settings).await?;
            if hangs_up_caller && matches!(dialed, Dialed::Talked { .. }) {
                call.hang_up().await?;
            }
            Ok(dialed)
        })
    }
}
