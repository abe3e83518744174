//! `ari snoop`, which lets a phone listen to a call, whisper, and barge in.

use ari_calls::supervise::{SupervisionEvent, SupervisionMode};
use ari_calls::{Call, CallError, Key};
use clap::Args;
use serde_json::json;

use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::phone::{Phone, PhoneOptions};
use crate::signals::Signals;
use crate::terminal::print_note;

/// Call a phone that listens to the call of a channel, in any application or in none.
///
/// Plays both sides of the call to the phone. Nobody hears the phone by default, the party of the
/// channel does with --whisper, and both sides do with --barge. Keys of the phone change that: 4
/// listens only, 5 whispers, 6 barges in. Waits until the channel or the phone hangs up. Ctrl-C hangs
/// up the phone.
#[derive(Args, Clone, Debug)]
pub(crate) struct SnoopArguments {
    /// Id of the channel to listen to.
    channel: String,
    /// Endpoint of the phone, such as PJSIP/supervisor.
    endpoint: String,
    /// Let the party of the channel hear the phone.
    #[arg(long, conflicts_with = "barge")]
    whisper: bool,
    /// Let both sides of the call hear the phone.
    #[arg(long)]
    barge: bool,
    #[command(flatten)]
    phone: PhoneOptions,
}

/// The fields that `--json` prints.
const FIELDS: &[&str] = &["channel", "mode", "ended_by"];

/// The keys that change the mode, as those of `ChanSpy` in the dialplan do.
const MODE_KEYS: [(Key, SupervisionMode); 3] = [
    (Key::Digit4, SupervisionMode::Listen),
    (Key::Digit5, SupervisionMode::Whisper),
    (Key::Digit6, SupervisionMode::Barge),
];

pub(crate) async fn run(
    snoop: SnoopArguments,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let output = Output::for_fields(global, FIELDS)?;
    let phone = Phone::connect(&snoop.endpoint, global);
    let phone = signals.run_until_signal(phone).await?;
    let steps = async |phone: &Phone| supervise(&snoop, phone).await;
    let (mode, ended_by) = phone.run(signals, steps).await?;
    match output.json {
        true => output.print(&json!({
            "channel": snoop.channel,
            "mode": name(mode),
            "ended_by": ended_by,
        })),
        false => Ok(()),
    }
}

/// Supervises until one side ends. Returns the last mode, and who has ended it: `channel`,
/// `phone` or `other`.
async fn supervise(
    snoop: &SnoopArguments,
    phone: &Phone,
) -> Result<(SupervisionMode, &'static str), CliError> {
    // Nobody is called for a channel that does not exist.
    let found = phone.client().channel(&snoop.channel).get().await;
    found.map_err(|error| match error.is_channel_gone() {
        true => CliError::not_found("channel", &snoop.channel),
        false => error.into(),
    })?;
    let mut call = phone.call(&snoop.phone).await?;
    let mode = match (snoop.whisper, snoop.barge) {
        (_, true) => SupervisionMode::Barge,
        (true, _) => SupervisionMode::Whisper,
        _ => SupervisionMode::Listen,
    };
    let mut mode = mode;
    match listen(&snoop.channel, &mut call, &mut mode).await {
        Ok(SupervisionEvent::Separated) => {
            print_note("something else has taken the phone out of the bridge of the command");
            Ok((mode, "other"))
        }
        Ok(_) => {
            print_note(format!("channel {} has ended", snoop.channel));
            Ok((mode, "channel"))
        }
        Err(CallError::Ended(end)) => {
            print_note(format!("{} has {end}", snoop.endpoint));
            Ok((mode, "phone"))
        }
        Err(error) => Err(phone.error(error)),
    }
}

/// Returns when the channel has ended, or others have separated the phone from it.
async fn listen(
    channel: &str,
    call: &mut Call,
    mode: &mut SupervisionMode,
) -> Result<SupervisionEvent, CallError> {
    let mut supervision = call.supervise(channel).mode(*mode).await?;
    print_note(format!("{} channel {channel}", doing(*mode)));
    let end = loop {
        match supervision.next().await? {
            SupervisionEvent::Key(key) => {
                let mut known = MODE_KEYS.into_iter();
                if let Some((_, wanted)) = known.find(|(known, _)| *known == key) {
                    supervision.set_mode(wanted).await?;
                    *mode = wanted;
                    print_note(format!("{} channel {channel}", doing(wanted)));
                }
            }
            end => break end,
        }
    };
    supervision.end().await;
    Ok(end)
}

fn name(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Whisper => "whisper",
        SupervisionMode::Barge => "barge",
        _ => "listen",
    }
}

fn doing(mode: SupervisionMode) -> &'static str {
    match mode {
        SupervisionMode::Whisper => "whispering to the party of",
        SupervisionMode::Barge => "barging in on",
        _ => "listening to",
    }
}
