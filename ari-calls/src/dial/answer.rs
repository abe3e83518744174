//! Calling endpoints without connecting the one that answers.

use tokio::sync::watch;
use tracing::Instrument as _;

use crate::call::Call;
use crate::dial::leg::Dialing;
use crate::dial::outcome::UnansweredLeg;
use crate::dial::ring::{destroy, ring};
use crate::dial::settings::DialSettings;
use crate::dial::{Dial, lost_task};
use crate::error::CallError;

/// The outcome of [`Dial::wait_for_answer`].
#[derive(Debug)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "it is made once in a call")]
pub enum Reached {
    /// An endpoint has answered. It is in no bridge yet.
    #[non_exhaustive]
    Answered {
        /// The call to the endpoint. Dropping it hangs it up.
        callee: Call,
        /// The endpoint.
        endpoint: String,
        /// The endpoints that did not answer, or were not accepted, in the order in which they
        /// failed.
        others: Vec<UnansweredLeg>,
    },
    /// No endpoint has answered, or been accepted. The caller is still there.
    #[non_exhaustive]
    NotAnswered {
        /// The endpoints, in the order in which they failed.
        legs: Vec<UnansweredLeg>,
    },
}

impl Dial<'_> {
    /// Calls the endpoints, and returns the call to the one that answers. It is not connected to
    /// the caller: play to it, ask it if it takes the call, and then connect both in a
    /// [`Conversation`](crate::conversation::Conversation). The caller is not answered by this.
    /// [`Dial::max_duration`] has no effect.
    ///
    /// ```no_run
    /// # use ari_calls::conversation::{Conversation, ConversationEvent, Side};
    /// # use ari_calls::dial::Reached;
    /// # use ari_calls::{Call, CallError, Key};
    /// # async fn example(mut call: Call) -> Result<(), CallError> {
    /// let callee = match call.dial("PJSIP/200").wait_for_answer().await? {
    ///     Reached::Answered { callee, .. } => callee,
    ///     _ => return call.hang_up().await,
    /// };
    /// let mut conversation = Conversation::new(call, callee);
    /// conversation.connect().await?;
    /// loop {
    ///     match conversation.next().await? {
    ///         // The callee presses 1 to hold the caller, and 2 to resume.
    ///         ConversationEvent::Key { side: Side::Callee, key: Key::Digit1 } => {
    ///             let _ = conversation.hold(Side::Caller).await?;
    ///         }
    ///         ConversationEvent::Key { side: Side::Callee, key: Key::Digit2 } => {
    ///             let _ = conversation.resume(Side::Caller).await?;
    ///         }
    ///         ConversationEvent::Ended(end) => break println!("{end:?}"),
    ///         _ => {}
    ///     }
    /// }
    /// conversation.hang_up().await;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Dropping the future hangs up what was called, and leaves the caller in the application.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Call::dial`].
    pub async fn wait_for_answer(self) -> Result<Reached, CallError> {
        self.call.dial_until_answered(self.settings).await
    }
}

impl Call {
    async fn dial_until_answered(&mut self, settings: DialSettings) -> Result<Reached, CallError> {
        let application = self.check_dial(&settings)?;
        let _claim = self.claim()?;
        let (dialing, watched) = watch::channel(Dialing::GoOn);
        let channel = self.channel().clone();
        // In a task, so that legs and bridge are removed if this future is dropped: with it goes
        // the sender.
        let ringing = async move {
            let rung = ring(&channel, application, settings, watched).await?;
            destroy(rung.bridge).await;
            Ok((rung.answered, rung.unanswered))
        };
        let mut ringing = tokio::spawn(ringing.in_current_span());
        let (outcome, end) = tokio::select! {
            outcome = &mut ringing => (outcome, None),
            end = self.wait_for_end() => {
                dialing.send_replace(Dialing::Cancelled);
                (ringing.await, Some(end?))
            }
        };
        let outcome = outcome.map_err(lost_task)?;
        // A leg that was answered in the same moment is hung up when it is dropped.
        if let Some(end) = end {
            return Err(CallError::Ended(end));
        }
        match outcome {
            Ok((Some((endpoint, leg)), others)) => Ok(Reached::Answered {
                callee: leg.callee.guarded_by(leg.guard),
                endpoint,
                others,
            }),
            Ok((None, legs)) => Ok(Reached::NotAnswered { legs }),
            Err(error) => Err(self.explain(error).await),
        }
    }
}
