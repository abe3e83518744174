//! `ari play`: media to a channel, until the end.

use std::time::Duration;

use ari_api::Error;
use ari_api::operations::{channels, playbacks};
use ari_api::runtime::{CreateContext, ObjectRef, Request, unique_id};
use clap::Args;
use indicatif::ProgressBar;
use serde_json::Value;
use tokio::time::timeout;

use crate::failure::{Failure, Kind};
use crate::interrupt::Interrupt;
use crate::output::Output;
use crate::release::Release;
use crate::seen::{Link, Seen};
use crate::settings::Global;
use crate::table::text;
use crate::{arguments, link, operation, private_app, progress};

/// Play media to a channel in an application, and wait for the end; Ctrl-C stops it.
#[derive(Args, Clone, Debug)]
pub(crate) struct Play {
    /// Id of the channel.
    channel: String,
    /// Media to play, one after another: sound:hello-world, tone:ring, digits:42.
    #[arg(required = true)]
    media: Vec<String>,
    /// Language of sounds.
    #[arg(long)]
    lang: Option<String>,
}

pub(crate) async fn run(
    play: Play,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let id = unique_id();
    let call = call(&play, &id, global.release)?;
    let output = Output::of(global, "Playback")?;
    let link = link::open(global)?;
    let session = interrupt
        .or(private_app::hear(&link, &play.channel))
        .await?;
    let result = tokio::select! {
        result = to_end(&link, &play, &call, &id) => result,
        signal = interrupt.next() => Err(Failure::interrupted(signal)),
    };
    if matches!(&result, Err(failure) if matches!(failure.kind, Kind::Interrupted(_))) {
        // A playback that has not begun cannot be stopped.
        let arguments = [("playbackId", id.as_str().into())];
        interrupt
            .briefly(operation::value(&link, &playbacks::STOP, &arguments))
            .await;
    }
    let ending = async {
        session.end(&link).await;
        link.close(Duration::from_secs(1)).await;
    };
    interrupt.briefly(ending).await;
    let playback = result?;
    match global.json {
        true => output.print(&playback),
        false => Ok(()),
    }
}

fn unplayable(playback: &Value) -> Failure {
    Failure::other(format!(
        "{} cannot be played: Asterisk lacks it, or a format for it; `ari sounds list` shows what \
         there is",
        text(&playback["media_uri"])
    ))
}

fn ended(play: &Play) -> Failure {
    Failure::other(format!(
        "the channel {} ended before the playback did: the caller has hung up, or Asterisk has",
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

fn call(play: &Play, id: &str, release: Option<Release>) -> Result<Request, Failure> {
    for media in &play.media {
        let scheme = media.split_once(':').map(|(scheme, _)| scheme);
        if scheme.is_none_or(|scheme| !SCHEMES.contains(&scheme)) {
            return Err(Failure::usage(format!(
                "{media:?} is nothing that Asterisk plays: give {}, such as sound:hello-world",
                SCHEMES.map(|scheme| format!("{scheme}:…")).join(", ")
            )));
        }
    }
    let mut given = vec![
        ("channelId", Value::from(play.channel.as_str())),
        ("playbackId", id.into()),
        // Old releases take one medium, and a list of one is the same there.
        ("media", play.media.clone().into()),
    ];
    if let Some(lang) = &play.lang {
        given.push(("lang", lang.as_str().into()));
    }
    arguments::call_of(&channels::PLAY, given, release)
}

/// Plays, and returns the playback as the last event shows it.
async fn to_end(link: &Link, play: &Play, call: &Request, id: &str) -> Result<Value, Failure> {
    let parent = ObjectRef::new("channel", &play.channel);
    let mut channel = link.try_watch(parent)?;
    let new = CreateContext {
        object: ObjectRef::new("playback", id),
        application: None,
        parent: Some(parent),
    };
    let (_, mut playback) = link.create_and_watch(new, link.execute(call)).await?;
    let bar = progress::of_pieces(play.media.len());
    let mut last = Value::Null;
    let mut hung_up = false;
    loop {
        let event = tokio::select! {
            biased;
            event = playback.next() => match event {
                Some(event) => event,
                None => break,
            },
            event = channel.next() => match event {
                Some(Ok(event)) => {
                    progress::tell_connection(&bar, &event);
                    hung_up |= is_hangup(&event);
                    continue;
                }
                Some(Err(Error::Lagged { .. } | Error::Decode(_))) => continue,
                Some(Err(error)) => Err(error),
                None => return Err(ended(play)),
            },
        };
        let value = event?.json();
        if !value["playback"].is_null() {
            step(&bar, play, &value["playback"]);
            last = value["playback"].clone();
        }
    }
    bar.finish_and_clear();
    if last["state"] != "failed" {
        return Ok(last);
    }
    // Asterisk says of what the caller did not wait for the same as of what it cannot play, but
    // before that, that the caller hangs up.
    while let Ok(Some(event)) = timeout(Duration::ZERO, channel.next()).await {
        hung_up |= event.is_ok_and(|event| is_hangup(&event));
    }
    Err(match hung_up {
        true => ended(play),
        false => unplayable(&last),
    })
}

fn is_hangup(event: &Seen) -> bool {
    event.kind() == "ChannelHangupRequest"
}

fn step(bar: &ProgressBar, play: &Play, playback: &Value) {
    let playing = playback["media_uri"].as_str().unwrap_or_default();
    if let Some(at) = play.media.iter().position(|media| media == playing) {
        bar.set_position(u64::try_from(at).unwrap_or_default());
    }
    bar.set_message(text(&playback["media_uri"]));
}
