//! `ari transfer`, which connects the other party of a call to an endpoint.

use std::io;
use std::thread;
use std::time::Duration;

use ari_api::bridges::BridgeHandle;
use ari_api::models::Channel;
use ari_api::outcome::CallOutcome;
use ari_api::{Client, Event};
use ari_calls::conversation::{Conversation, ConversationEvent, Side};
use ari_calls::dial::TalkEnd;
use ari_calls::transfer::CONSULTATION_VARIABLE;
use ari_calls::{Call, CallEnd, CallError, Key};
use clap::Args;
use serde_json::{Value, json};
use tokio::select;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::phone::{Called, Phone, PhoneOptions};
use crate::signals::Signals;
use crate::terminal::print_note;

/// Limit for a channel to enter the application of the command.
const MOVE_TIMEOUT: Duration = Duration::from_secs(10);

/// Transfer the call of a channel: its other party talks to an endpoint.
///
/// The channel must be in a bridge with one other party, which is in an application. The endpoint is
/// called first, and the call goes on until it answers. Then the other party is connected to it, and
/// the channel is hung up. The command waits until one of them hangs up, and hangs up the other.
///
/// With --attended the channel talks to the endpoint first, and the other party hears music. Enter,
/// or 1 on the phone of the channel, or hanging it up, completes the transfer. Ctrl-C, or * on the
/// phone, cancels it.
///
/// Before the transfer, Ctrl-C leaves the call as it was. After it, Ctrl-C hangs up both parties.
/// Exits with 7 if the endpoint does not answer. The call goes on then. It takes Asterisk 16.3.
#[derive(Args, Clone, Debug)]
pub(crate) struct TransferArguments {
    /// Id of the channel whose call is transferred. It is hung up.
    channel: String,
    /// Endpoint that the other party is connected to, such as PJSIP/carol.
    target: String,
    /// Let the channel talk to the endpoint first.
    #[arg(long)]
    attended: bool,
    #[command(flatten)]
    phone: PhoneOptions,
}

/// The fields that `--json` prints.
const FIELDS: &[&str] = &[
    "channel",
    "party",
    "target",
    "transferred",
    "seconds",
    "ended_by",
    "cause",
    "reason",
];

/// The channels of the call, and their bridge.
struct Legs {
    transferor: Channel,
    party: Channel,
    bridge: BridgeHandle,
}

/// The outcome of the transfer.
enum Outcome {
    /// The target has not answered. The call goes on.
    NotAnswered(CallOutcome),
    /// The consultation was cancelled. The call goes on, unless a side has ended.
    Cancelled(Cancelled),
    /// The party has talked to the target.
    Talked { duration: Duration, end: TalkEnd },
}

pub(crate) async fn run(
    transfer: TransferArguments,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, FIELDS)?;
    if !transfer.target.contains('/') {
        return Err(CliError::usage(format!(
            "{:?} is not an endpoint: one is a technology and a name, such as PJSIP/alice",
            transfer.target
        )));
    }
    let phone = Phone::connect(&transfer.target, global);
    let phone = signals.run_until_signal(phone).await?;
    let result = steps(&transfer, &phone, signals).await;
    let result = match result {
        Ok((legs, outcome)) => report(&transfer, &legs, &outcome, &phone, &output),
        Err(error) => Err(error),
    };
    phone.finish(signals).await;
    result
}

async fn steps(
    transfer: &TransferArguments,
    phone: &Phone,
    signals: &mut Signals,
) -> Result<(Legs, Outcome), CliError> {
    let (legs, called) = signals
        .run_until_signal(call_target(transfer, phone))
        .await?;
    let target = match called {
        Called::Answered(target) => *target,
        Called::NotAnswered(outcome) => return Ok((legs, Outcome::NotAnswered(outcome))),
    };
    let target = match transfer.attended {
        false => target,
        true => match consult(&legs, phone, target, signals).await? {
            Consulted::Completed(target) => *target,
            Consulted::Cancelled(cancelled) => return Ok((legs, Outcome::Cancelled(cancelled))),
        },
    };
    let talking = talk(&legs, phone, target, &transfer.target);
    let outcome = signals.run_until_signal(talking).await?;
    Ok((legs, outcome))
}

/// Finds the legs of the call, and calls the target for the other party, or for the channel that
/// talks to it first.
async fn call_target(
    transfer: &TransferArguments,
    phone: &Phone,
) -> Result<(Legs, Called), CliError> {
    let legs = find_legs(phone.client(), transfer).await?;
    let shown = match transfer.attended {
        true => &legs.transferor.caller,
        false => &legs.party.caller,
    };
    let mut options = transfer.phone.clone();
    if options.caller_id.is_none() && !shown.number.is_empty() {
        options.caller_id = Some(format!("\"{}\" <{}>", shown.name, shown.number));
    }
    let called = phone.try_call(&options).await?;
    Ok((legs, called))
}

async fn find_legs(client: &Client, transfer: &TransferArguments) -> Result<Legs, CliError> {
    let id = &transfer.channel;
    let transferor = match client.channel(id).get().await {
        Err(error) if error.is_channel_gone() => return Err(CliError::not_found("channel", id)),
        found => found?,
    };
    let bridges = client.bridges().list().await?;
    let Some(bridge) = bridges.iter().find(|it| it.channels.contains(id)) else {
        return Err(CliError::other(format!(
            "channel {id} is in no bridge: there is nobody to transfer"
        )));
    };
    let mut others = Vec::new();
    for other in bridge.channels.iter().filter(|other| *other != id) {
        match client.channel(other).get().await {
            // They play to the bridge and record it.
            Ok(found) if is_helper(&found) => {}
            Ok(found) => others.push(found),
            Err(error) if error.is_channel_gone() => {}
            Err(error) => return Err(error.into()),
        }
    }
    let count = others.len();
    let (Some(party), 1) = (others.pop(), count) else {
        return Err(CliError::other(format!(
            "channel {id} is in a bridge with {count} other channels: a call of two can be \
             transferred"
        )));
    };
    check_application(&party)?;
    if transfer.attended {
        check_application(&transferor)?;
    }
    Ok(Legs {
        transferor,
        party,
        bridge: client.bridge(&bridge.id),
    })
}

/// Returns `true` for a channel of Asterisk's own.
fn is_helper(channel: &Channel) -> bool {
    ["Announcer/", "Recorder/"]
        .iter()
        .any(|prefix| channel.name.starts_with(prefix))
}

/// Returns an error for a channel that ARI cannot control.
fn check_application(channel: &Channel) -> Result<(), CliError> {
    match channel.dialplan.app_name.as_deref() {
        None | Some("Stasis") => Ok(()),
        Some(_) => Err(CliError::other(format!(
            "channel {} ({}) is in no application: only the dialplan, AMI or the phone itself can \
             transfer its call",
            channel.id, channel.name
        ))),
    }
}

/// The end of a consultation.
enum Consulted {
    /// The transferor has completed it. The target is in no bridge.
    Completed(Box<Call>),
    /// The target is hung up, and the call goes on.
    Cancelled(Cancelled),
}

/// The reason why a transfer was cancelled.
struct Cancelled {
    reason: String,
    signal: Option<u8>,
}

impl Cancelled {
    fn new(reason: impl Into<String>) -> Self {
        Cancelled {
            reason: reason.into(),
            signal: None,
        }
    }
}

/// Lets the transferor talk to the target, until the transfer is completed or cancelled. The channels
/// of the call stay in their application.
async fn consult(
    legs: &Legs,
    phone: &Phone,
    target: Call,
    signals: &mut Signals,
) -> Result<Consulted, CliError> {
    let client = phone.client();
    let app = client.application(phone.app());
    let sources = [&legs.transferor, &legs.party].map(|it| format!("channel:{}", it.id));
    app.subscribe(&sources).await?;
    let [transferor, mut party] = [&legs.transferor, &legs.party].map(|leg| {
        let channel = client.channel(&leg.id);
        let events = channel.events();
        Call::new(channel, events)
    });
    let mut conversation = Conversation::new(transferor, target);
    let enter = read_line();
    // Whatever fails, the call is given back.
    let consulting = async {
        mark(client, &legs.transferor.id, "1").await?;
        legs.bridge.start_moh().await?;
        let _ = conversation.connect().await?;
        print_note(format!(
            "{} talks to the endpoint: Enter, or 1 on its phone, completes the transfer; Ctrl-C, or \
             * on its phone, cancels it",
            legs.transferor.name
        ));
        decide(&mut conversation, &mut party, enter, signals).await
    };
    let decided: Result<Decision, CallError> = consulting.await;
    let (_, mut target) = conversation.separate().await;
    let _ = legs.bridge.stop_moh().await;
    // Asterisk keeps an application that has subscriptions.
    let _ = app.unsubscribe(&sources).await;
    let cancelled = match decided {
        Ok(Decision::Complete) => return Ok(Consulted::Completed(Box::new(target))),
        Ok(Decision::Cancel(cancelled)) => cancelled,
        Err(error) => Cancelled::new(error.to_string()),
    };
    let _ = target.hang_up().await;
    let back = legs.bridge.add_channel([&legs.transferor.id]).await;
    let _ = mark(client, &legs.transferor.id, "").await;
    match back {
        Err(error) if !error.is_channel_gone() => Err(CliError::from(error)
            .with_hint("the channel was not brought back into the bridge of its call")),
        _ => Ok(Consulted::Cancelled(cancelled)),
    }
}

enum Decision {
    Complete,
    Cancel(Cancelled),
}

/// Tells the program of the call that its channel comes back after the consultation, or is back.
async fn mark(client: &Client, channel: &str, value: &str) -> Result<(), ari_api::Error> {
    let variable = client
        .channel(channel)
        .set_channel_var(CONSULTATION_VARIABLE);
    variable.value(value).await
}

/// Waits until the transferor decides, or a call ends.
async fn decide(
    conversation: &mut Conversation,
    party: &mut Call,
    mut enter: oneshot::Receiver<()>,
    signals: &mut Signals,
) -> Result<Decision, CallError> {
    let cancel = |reason: &str| Ok(Decision::Cancel(Cancelled::new(reason)));
    loop {
        select! {
            event = conversation.next() => match event? {
                ConversationEvent::Key { side: Side::Caller, key } => match key {
                    Key::Digit1 => return Ok(Decision::Complete),
                    Key::Star => return cancel("cancelled by the channel"),
                    _ => {}
                },
                ConversationEvent::Ended(TalkEnd::Caller(_)) => return Ok(Decision::Complete),
                ConversationEvent::Ended(_) => return cancel("the endpoint has hung up"),
                _ => {}
            },
            end = party.wait_for_end() => {
                let reason = format!("the other party has {}", end?);
                return Ok(Decision::Cancel(Cancelled::new(reason)));
            }
            Ok(()) = &mut enter => return Ok(Decision::Complete),
            signal = signals.next() => {
                return Ok(Decision::Cancel(Cancelled {
                    signal: Some(signal),
                    ..Cancelled::new("cancelled")
                }));
            }
        }
    }
}

/// Waits for a line of the standard input. The end of the input is none.
fn read_line() -> oneshot::Receiver<()> {
    let (sender, line) = oneshot::channel();
    thread::spawn(move || {
        let mut text = String::new();
        match io::stdin().read_line(&mut text) {
            Ok(1..) => _ = sender.send(()),
            // It waits for ever: the end of the input completes nothing.
            _ => loop {
                thread::park();
            },
        }
    });
    line
}

/// Connects the other party to the target, hangs up the transferor, and waits until the conversation
/// is over.
async fn talk(
    legs: &Legs,
    phone: &Phone,
    target: Call,
    endpoint: &str,
) -> Result<Outcome, CliError> {
    let client = phone.client().clone();
    let app = phone.app().to_owned();
    let party = legs.party.id.clone();
    let transferor = client.channel(&legs.transferor.id);
    // In a task, so that nobody is left between two bridges if a signal arrives: what it returns is
    // hung up then.
    let connected = tokio::spawn(async move {
        let party = take_over(&client, &app, &party).await?;
        let mut conversation = Conversation::new(party, target);
        let connected = conversation.connect().await;
        match transferor.hangup().await {
            Err(error) if !error.is_channel_gone() => return Err(error.into()),
            _ => {}
        }
        let _ = connected.map_err(step_error)?;
        Ok::<_, CliError>(conversation)
    });
    let connected = connected.await;
    let mut conversation = connected.map_err(|error| CliError::other(error.to_string()))??;
    let since = Instant::now();
    print_note(format!("{} talks to {endpoint}", legs.party.name));
    print_note(format!("{} is hung up", legs.transferor.name));
    let end = conversation.wait_for_end().await.map_err(step_error)?;
    let duration = since.elapsed();
    conversation.hang_up().await;
    Ok(Outcome::Talked { duration, end })
}

/// Moves a channel into the application of the command. It stays in its bridge.
async fn take_over(client: &Client, app: &str, id: &str) -> Result<Call, CliError> {
    let channel = client.channel(id);
    let mut events = channel.events();
    channel.r#move(app).await?;
    let entered = async {
        while let Some(event) = events.next().await {
            if matches!(&*event?, Event::StasisStart(_)) {
                return Ok(true);
            }
        }
        Ok::<_, ari_api::Error>(false)
    };
    match timeout(MOVE_TIMEOUT, entered).await {
        Ok(Ok(true)) => Ok(Call::new(channel, events)),
        Ok(Err(error)) => Err(error.into()),
        _ => Err(CliError::other(format!(
            "channel {id} did not enter the application of the command"
        ))),
    }
}

fn step_error(error: CallError) -> CliError {
    match error {
        CallError::Request(error) => error.into(),
        error => CliError::other(error.to_string()),
    }
}

/// Prints the outcome of both legs.
fn report(
    transfer: &TransferArguments,
    legs: &Legs,
    outcome: &Outcome,
    phone: &Phone,
    output: &Output,
) -> Result<(), CliError> {
    let line = |target: &str, talked: Option<(f64, &str, Value)>, reason: &str| {
        let is_transferred = talked.is_some();
        let (seconds, ended_by, cause) = match talked {
            Some((seconds, side, cause)) => (Some(seconds), Some(side), cause),
            None => (None, None, Value::Null),
        };
        json!({
            "channel": legs.transferor.id,
            "party": legs.party.id,
            "target": target,
            "transferred": is_transferred,
            "seconds": seconds,
            "ended_by": ended_by,
            "cause": cause,
            "reason": reason,
        })
    };
    match outcome {
        Outcome::Talked { duration, end } => {
            let (side, name, end) = match end {
                TalkEnd::Caller(end) => ("party", legs.party.name.as_str(), Some(end)),
                TalkEnd::Callee(end) => ("target", transfer.target.as_str(), Some(end)),
                _ => ("other", "", None),
            };
            let reason = match end {
                Some(end) => format!("{name} has {end}"),
                None => "something else has separated them".to_owned(),
            };
            let seconds = duration.as_secs_f64();
            match output.json {
                true => {
                    let talked = Some((seconds, side, end.map_or(Value::Null, cause)));
                    output.print(&line("answered", talked, &reason))
                }
                false => {
                    print_note(format!("connected for {seconds:.1} s: {reason}"));
                    Ok(())
                }
            }
        }
        Outcome::Cancelled(Cancelled { reason, signal }) => {
            match output.json {
                true => output.print(&line("answered", None, reason))?,
                false => print_note(format!("no transfer: {reason}")),
            }
            signal.map_or(Ok(()), |signal| Err(CliError::interrupted(signal)))
        }
        Outcome::NotAnswered(outcome) => {
            if output.json {
                output.print(&line(outcome.name(), None, &outcome.to_string()))?;
            }
            Err(phone.not_answered(outcome).with_hint("the call goes on"))
        }
    }
}

fn cause(end: &CallEnd) -> Value {
    match end {
        CallEnd::HungUp { cause, .. } => json!(cause),
        _ => Value::Null,
    }
}
