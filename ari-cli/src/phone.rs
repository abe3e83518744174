//! A phone that the command calls into a temporary application of its own, and that is hung up at
//! the end.

use std::sync::Arc;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::client::unique_id;
use ari_api::outcome::{CallOutcome, call_outcome};
use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::{Call, CallEnd, CallError};
use clap::Args;
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};

use crate::connection_options::ConnectionOptions;
use crate::error::{CliError, ErrorKind};
use crate::global_options::GlobalOptions;
use crate::registration::TakeOver;
use crate::signals::Signals;
use crate::terminal::print_note;
use crate::{connect, temp_app};

/// Limit for the removal of channels and bridges.
const REMOVAL_TIMEOUT: Duration = Duration::from_millis(1500);

/// Pause before the application is asked for its channels again.
const REMOVAL_POLL_DELAY: Duration = Duration::from_millis(30);

/// Options for the call to a phone.
#[derive(Args, Clone, Debug)]
pub(crate) struct PhoneOptions {
    /// Seconds that an endpoint has to answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..))]
    timeout: u32,
    /// Caller ID to present: a number, or Name <number>.
    #[arg(long, value_name = "TEXT", alias = "callerId")]
    pub(crate) caller_id: Option<String>,
}

impl PhoneOptions {
    pub(crate) fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout.into())
    }
}

/// The outcome of calling a phone.
pub(crate) enum Called {
    Answered(Box<Call>),
    NotAnswered(CallOutcome),
}

/// A client with a temporary application, and the channel that is called into it.
pub(crate) struct Phone {
    client: Client,
    app: String,
    channel: ChannelHandle,
    endpoint: String,
    /// Locked while the request that creates the channel is under way.
    request: Arc<Mutex<()>>,
    /// Keeps the WebSocket of the application open.
    _events: EventStream<Event>,
}

impl Phone {
    /// Connects the application. Nothing is called yet.
    pub(crate) async fn connect(endpoint: &str, global: &GlobalOptions) -> Result<Self, CliError> {
        let settings = ConnectionOptions::find(global)?;
        let client: Client = connect::build_client(&settings, global, TakeOver::Refused)?;
        let app = temp_app::unique_name();
        let events = client.application(&app).connect().await?;
        Ok(Phone {
            channel: client.channel(unique_id()),
            client,
            app,
            endpoint: endpoint.to_owned(),
            request: Arc::default(),
            _events: events,
        })
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the name of the application.
    pub(crate) fn app(&self) -> &str {
        &self.app
    }

    /// Calls the phone, and waits until it answers.
    ///
    /// # Errors
    /// Returns an error with exit code 7 if it does not.
    pub(crate) async fn call(&self, options: &PhoneOptions) -> Result<Call, CliError> {
        match self.try_call(options).await? {
            Called::Answered(call) => Ok(*call),
            Called::NotAnswered(outcome) => Err(self.not_answered(&outcome)),
        }
    }

    /// Returns the error for a phone that did not answer, with exit code 7.
    pub(crate) fn not_answered(&self, outcome: &CallOutcome) -> CliError {
        CliError::new(
            ErrorKind::ProblemsFound,
            format!("{} did not answer: {outcome}", self.endpoint),
        )
    }

    /// Calls the phone, and waits until it answers or does not.
    pub(crate) async fn try_call(&self, options: &PhoneOptions) -> Result<Called, CliError> {
        let id = self.channel.channel_id();
        let request = self
            .client
            .channels()
            .originate(&self.endpoint)
            .channel_id(id);
        let request = request.app(&self.app).timeout(options.timeout());
        let request = match &options.caller_id {
            Some(caller_id) => request.caller_id(caller_id),
            None => request,
        };
        print_note(format!("calling {}", self.endpoint));
        // In a task, because a request that is dropped may still create the channel.
        let pending = self.request.clone().lock_owned().await;
        let created = tokio::spawn(async move {
            let created = request.send_with_events().await;
            drop(pending);
            created
        });
        let created = created
            .await
            .map_err(|error| CliError::other(error.to_string()))?;
        let outcome = match created {
            Ok((channel, events)) => call_outcome(channel, events).await?,
            Err(error) => CallOutcome::of_error(error)?,
        };
        match outcome {
            CallOutcome::Answered {
                channel, events, ..
            } => {
                print_note(format!("{} has answered", self.endpoint));
                Ok(Called::Answered(Box::new(Call::new(channel, events))))
            }
            outcome => Ok(Called::NotAnswered(outcome)),
        }
    }

    /// Returns the error for a step that failed.
    pub(crate) fn error(&self, error: CallError) -> CliError {
        match error {
            CallError::Request(error) => error.into(),
            CallError::Ended(CallEnd::LeftApplication) => CliError::other(format!(
                "another program has taken the channel of {}",
                self.endpoint
            )),
            CallError::Ended(end) => CliError::other(format!("{} has {end}", self.endpoint)),
            error => CliError::usage(error.to_string()),
        }
    }

    /// Runs the steps of the command until they are done or a signal arrives. Then hangs the phone
    /// up, and closes the client.
    pub(crate) async fn run<T>(
        self,
        signals: &mut Signals,
        steps: impl AsyncFnOnce(&Phone) -> Result<T, CliError>,
    ) -> Result<T, CliError> {
        let result = signals.run_until_signal(steps(&self)).await;
        self.finish(signals).await;
        result
    }

    /// Hangs the phone up, and closes the client.
    pub(crate) async fn finish(self, signals: &mut Signals) {
        let closing = async {
            drop(self.request.lock().await);
            let _ = self.channel.hangup().await;
            let _ = timeout(REMOVAL_TIMEOUT, self.wait_until_empty()).await;
            self.client.close(Duration::from_secs(1)).await;
        };
        signals.run_cleanup(closing).await;
    }

    /// Waits until the application has no channel and no bridge. Tasks of their own remove those of
    /// a step that was interrupted, and Asterisk keeps the application while it has one.
    async fn wait_until_empty(&self) {
        let app = self.client.application(&self.app);
        while let Ok(found) = app.get().await
            && !(found.channel_ids.is_empty() && found.bridge_ids.is_empty())
        {
            sleep(REMOVAL_POLL_DELAY).await;
        }
    }
}
