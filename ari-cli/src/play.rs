//! `ari play`: plays media to a channel, and waits for the end.

use std::pin::pin;
use std::time::Duration;

use ari_api::client::{CreateContext, unique_id};
use ari_api::operations::{channels, playbacks};
use ari_api::stream::{EndReport, ObjectRef, wait_for_terminal_event};
use ari_api::transport::Request;
use clap::Args;
use indicatif::ProgressBar;
use serde_json::Value;

use crate::error::{CliError, ErrorKind};
use crate::event::{CommandConnection, CommandEvent};
use crate::global_options::GlobalOptions;
use crate::json_value::text;
use crate::output::Output;
use crate::release::Release;
use crate::signals::Signals;
use crate::{api_request, arguments, connect, progress, temp_app};

/// Play media to a channel in an application, and wait for the end. Ctrl-C stops the playback.
#[derive(Args, Clone, Debug)]
pub(crate) struct Play {
    /// Id of the channel.
    channel: String,
    /// Media to play, one after another, such as sound:hello-world, tone:ring or digits:42.
    #[arg(required = true)]
    media: Vec<String>,
    /// Language of sounds.
    #[arg(long)]
    lang: Option<String>,
}

pub(crate) async fn run(
    play: Play,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let id = unique_id();
    let request = play_request(&play, &id, global.release)?;
    let output = Output::for_type(global, "Playback")?;
    let connection = connect::open(global)?;
    let session = signals
        .run_until_signal(temp_app::subscribe_channel(&connection, &play.channel))
        .await?;
    let result = tokio::select! {
        result = play_to_end(&connection, &play, &request, &id) => result,
        signal = signals.next() => Err(CliError::interrupted(signal)),
    };
    if matches!(&result, Err(error) if matches!(error.kind, ErrorKind::Interrupted(_))) {
        // This fails if the playback has not started.
        let arguments = [("playbackId", id.as_str().into())];
        signals
            .run_cleanup(api_request::execute(
                &connection,
                &playbacks::STOP,
                &arguments,
            ))
            .await;
    }
    let ending = async {
        session.close(&connection).await;
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    let playback = result?;
    match global.json {
        true => output.print(&playback),
        false => Ok(()),
    }
}

fn unplayable(playback: &Value) -> CliError {
    CliError::other(format!(
        "{} cannot be played: Asterisk does not have it in a suitable format; `ari sounds list` \
         lists the sounds",
        text(&playback["media_uri"])
    ))
}

fn ended(play: &Play) -> CliError {
    CliError::other(format!(
        "channel {} ended before the playback did: the caller or Asterisk hung up",
        play.channel
    ))
}

/// URI schemes of `res_stasis_playback`. For any other scheme Asterisk reports that a playback has
/// started, but never that it has ended.
const SCHEMES: [&str; 6] = [
    "sound",
    "recording",
    "number",
    "digits",
    "characters",
    "tone",
];

fn play_request(play: &Play, id: &str, release: Option<Release>) -> Result<Request, CliError> {
    for media in &play.media {
        let scheme = media.split_once(':').map(|(scheme, _)| scheme);
        if scheme.is_none_or(|scheme| !SCHEMES.contains(&scheme)) {
            return Err(CliError::usage(format!(
                "invalid media {media:?}: expected {}, for example sound:hello-world",
                SCHEMES.map(|scheme| format!("{scheme}:…")).join(", ")
            )));
        }
    }
    let mut given = vec![
        ("channelId", Value::from(play.channel.as_str())),
        ("playbackId", id.into()),
        // Old releases accept one medium only, for which a list of one is the same.
        ("media", play.media.clone().into()),
    ];
    if let Some(lang) = &play.lang {
        given.push(("lang", lang.as_str().into()));
    }
    arguments::request_from_values(&channels::PLAY, given, release)
}

/// Plays the media, and returns the playback from the last event.
async fn play_to_end(
    connection: &CommandConnection,
    play: &Play,
    request: &Request,
    id: &str,
) -> Result<Value, CliError> {
    let parent = ObjectRef::new("channel", &play.channel);
    let mut channel = connection.try_watch(parent)?;
    let owner = connection.try_watch_until_end("playback", parent)?;
    let new = CreateContext {
        object: ObjectRef::new("playback", id),
        application: None,
        parent: Some(parent),
    };
    let (_, events) = connection
        .create_and_watch(new, connection.execute(request))
        .await?;
    let bar = progress::for_items(play.media.len());
    let find = |event: &CommandEvent| {
        let playback = event.json()["playback"].take();
        if playback.is_null() {
            return None;
        }
        update_progress(&bar, play, &playback);
        Some(playback)
    };
    let mut ending = pin!(wait_for_terminal_event(events, owner, Value::Null, find));
    let mut hung_up = false;
    let mut is_open = true;
    let result = loop {
        tokio::select! {
            biased;
            result = &mut ending => break result,
            event = channel.next(), if is_open => match event {
                Some(Ok(event)) => {
                    progress::show_connection(&bar, &event);
                    hung_up |= is_hangup(&event);
                }
                // What ends the channel's stream ends the wait, too.
                Some(Err(_)) => {}
                None => is_open = false,
            },
        }
    };
    bar.finish_and_clear();
    let finished = match result {
        Err(error) if error.is_channel_gone() => return Err(ended(play)),
        result => result?,
    };
    match finished.report {
        EndReport::Event => {}
        EndReport::NoEvent => return Err(skipped(play, &finished)),
        _ => {
            return Err(CliError::other(
                "the playback ended while the connection was lost: not all media may have been played",
            ));
        }
    }
    if finished["state"] != "failed" {
        return Ok(finished.into_inner());
    }
    // Asterisk reports the same state if the caller hangs up during the playback, but sends the
    // event of the hangup before.
    while let Some(event) = channel.try_next() {
        hung_up |= event.is_ok_and(|event| is_hangup(&event));
    }
    Err(match hung_up {
        true => ended(play),
        false => unplayable(&finished),
    })
}

/// Returns the error for media that Asterisk skips without an event about the end.
fn skipped(play: &Play, playback: &Value) -> CliError {
    let media = match &playback["media_uri"] {
        Value::String(media) => media,
        _ => &play.media.join(", "),
    };
    CliError::other(format!(
        "Asterisk skipped {media}: it cannot be played, or does not exist"
    ))
}

fn is_hangup(event: &CommandEvent) -> bool {
    event.event_type() == "ChannelHangupRequest"
}

fn update_progress(bar: &ProgressBar, play: &Play, playback: &Value) {
    let playing = playback["media_uri"].as_str().unwrap_or_default();
    if let Some(at) = play.media.iter().position(|media| media == playing) {
        bar.set_position(u64::try_from(at).unwrap_or_default());
    }
    bar.set_message(text(&playback["media_uri"]));
}
