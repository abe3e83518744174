//! Letting a call go on in the dialplan or in another application.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use ari_api::channels::{ContinueInDialplan, Move};
use ari_api::{Client, Error};
use tokio::time::timeout;

use crate::call::Call;
use crate::error::{CallEnd, CallError};

/// Limit for a channel to leave the application after the response to the request.
const LEAVE_TIMEOUT: Duration = Duration::from_secs(10);

/// The outcome of letting a call go.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LetGo {
    /// The channel has left the application.
    Left,
    /// The channel has hung up first, or right after it has left.
    HungUp(CallEnd),
    /// The application to move to is not registered, or is none of ARI. The channel has not left.
    NoApplication,
    /// The channel has not left within 10 seconds, and no longer is hung up when the call is
    /// dropped. Asterisk lets it go when the operations that wait
    /// for the channel, such as a playback of the program's own, are finished.
    Pending,
}

/// Sending a call to the dialplan, made by [`Call::continue_in_dialplan`]. `.await` sends it.
#[derive(Debug)]
#[must_use = "the call stays in the application until this is awaited"]
pub struct Continue<'a> {
    call: &'a mut Call,
    request: ContinueInDialplan<Client>,
    /// The problem with a setting.
    problem: Option<&'static str>,
}

/// Sending a call to another application, made by [`Call::move_to`]. `.await` sends it.
#[derive(Debug)]
#[must_use = "the call stays in the application until this is awaited"]
pub struct MoveTo<'a> {
    call: &'a mut Call,
    request: Move<Client>,
    /// The problem with a setting.
    problem: Option<&'static str>,
}

impl Call {
    /// Sends the call to the dialplan, where it leaves the program for good, and waits until it has
    /// left. The default is the step behind the one that sent it to the application. Afterwards all
    /// steps return [`CallEnd::LeftApplication`], and dropping the call does not hang it up.
    ///
    /// A context or extension that does not exist ends the call.
    ///
    /// Dropping the future does not take a request back that was sent.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call has ended before; [`CallError::Request`] if the
    /// request fails, or the connection to the server is lost for good; and
    /// [`CallError::InvalidSettings`], before anything is sent, if the priority is below 1.
    pub fn continue_in_dialplan(&mut self) -> Continue<'_> {
        Continue {
            request: self.channel().continue_in_dialplan(),
            call: self,
            problem: None,
        }
    }

    /// Moves the call to another application, which need not be one of this client, and waits until
    /// it has left this one. Afterwards all steps return [`CallEnd::LeftApplication`], and dropping
    /// the call does not hang it up. If the application is not registered, the call stays in this one,
    /// and the outcome is [`LetGo::NoApplication`].
    ///
    /// It takes Asterisk 13.26 or 16.3.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::InvalidSettings`], before anything is sent, if the application has no
    /// name or an argument is empty or has a comma, and otherwise the errors of
    /// [`Call::continue_in_dialplan`].
    pub fn move_to(&mut self, application: impl Into<String>) -> MoveTo<'_> {
        let application = application.into();
        MoveTo {
            problem: (application.is_empty()).then_some("the name of an application is empty"),
            request: self.channel().r#move(application),
            call: self,
        }
    }

    /// Sends a request that lets the call go, and waits until it has left.
    async fn let_go(
        &mut self,
        request: impl IntoFuture<Output = Result<(), Error>>,
        problem: Option<&'static str>,
    ) -> Result<LetGo, CallError> {
        self.check_end()?;
        if let Some(problem) = problem {
            return Err(CallError::InvalidSettings(problem.to_owned()));
        }
        self.is_let_go = true;
        self.has_move_failed = false;
        let sent = request.await;
        self.check(sent).await?;
        let leaving = async {
            while !self.has_move_failed {
                self.receive().await?;
            }
            Ok(())
        };
        match timeout(LEAVE_TIMEOUT, leaving).await {
            Ok(Ok(())) => {
                self.is_let_go = false;
                Ok(LetGo::NoApplication)
            }
            Ok(Err(CallError::Ended(CallEnd::LeftApplication))) => Ok(LetGo::Left),
            Ok(Err(CallError::Ended(end))) => Ok(LetGo::HungUp(end)),
            Ok(Err(error)) => Err(error),
            Err(_) => {
                self.set_guarded(false);
                Ok(LetGo::Pending)
            }
        }
    }
}

impl Continue<'_> {
    /// Sets the context. Default: the one that the call was in.
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.request = self.request.context(context);
        self
    }

    /// Sets the extension. Default: the one that the call was in.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.request = self.request.extension(extension);
        self
    }

    /// Sets the priority, from 1. Default: the next one, or 1 if a context or an extension is set.
    pub fn priority(mut self, priority: i32) -> Self {
        if priority < 1 {
            self.problem = Some("a priority of the dialplan is 1 or higher");
        }
        self.request = self.request.priority(priority);
        self
    }

    /// Sets the priority by its label in the dialplan.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.request = self.request.label(label);
        self
    }
}

impl MoveTo<'_> {
    /// Sets the arguments of the application. They cannot be empty, nor contain commas.
    pub fn args<T: Into<String>>(mut self, args: impl IntoIterator<Item = T>) -> Self {
        let args: Vec<String> = args.into_iter().map(Into::into).collect();
        if args.iter().any(|it| it.is_empty() || it.contains(',')) {
            self.problem = Some("an argument of an application is empty or has a comma");
        }
        self.request = self.request.app_args(args);
        self
    }
}

impl<'a> IntoFuture for Continue<'a> {
    type Output = Result<LetGo, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.call.let_go(self.request, self.problem))
    }
}

impl<'a> IntoFuture for MoveTo<'a> {
    type Output = Result<LetGo, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            // The stream of the other application gets its events.
            if self.problem.is_none() {
                self.call.publish();
            }
            self.call.let_go(self.request, self.problem).await
        })
    }
}
