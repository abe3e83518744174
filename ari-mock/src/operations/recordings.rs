//! The operations of playbacks and recordings.

use std::time::Duration;

use ari_api::runtime::Operation;

/// The characters that are percent-encoded in a path.
const UNSAFE: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The known file extensions of sound files.
const FORMATS: &[&str] = &[
    "wav", "WAV", "wav49", "wav16", "gsm", "ulaw", "ul", "mu", "ulw", "pcm", "alaw", "al", "alw",
    "sln", "raw", "sln12", "sln16", "sln24", "sln32", "sln44", "sln48", "sln96", "sln192", "g722",
    "g723", "g723sf", "g719", "g729", "ilbc", "vox", "au", "siren7", "siren14", "h263", "h264",
    "ogg", "g726-40", "g726-32", "g726-24", "g726-16",
];

use crate::broken;
use crate::json::Object;
use crate::pbx::{Live, Target, World};
use crate::server::{Answer, Params, Reply};

pub(crate) fn run(
    world: &mut World,
    operation: &'static Operation,
    params: &Params,
) -> Option<Reply> {
    let answer = match operation.resource {
        "playbacks" => playback(world, operation.nickname, params)?,
        _ => recording(world, operation.nickname, params)?,
    };
    Some(answer.into())
}

pub(crate) fn play(world: &mut World, target: Target, params: &Params) -> Answer {
    for name in ["skipms", "offsetms"] {
        if params.number(name).is_some_and(|number| number < 0) {
            return match target {
                Target::Channel(_) => Answer::refused(400, format!("{name} cannot be negative")),
                Target::Bridge(_) => Answer::allocation_failed(),
            };
        }
    }
    let media = params.list("media");
    if media.is_empty() || media.iter().any(String::is_empty) {
        return match target {
            Target::Channel(_) => Answer::refused(500, "Failed to queue media for playback"),
            Target::Bridge(_) => Answer::allocation_failed(),
        };
    }
    if media.iter().any(|media| broken::is_in(media)) {
        return Answer::refused(500, "Out of memory");
    }
    let id = Some(params.path("playbackId")).filter(|id| !id.is_empty());
    let id = id.or(params.some("playbackId")).map(str::to_owned);
    let id = id.unwrap_or_else(ari_api::runtime::unique_id);
    let object = world.play(target, id.clone(), media, params.some("lang"));
    Answer::created(&object, location("playbacks", &id))
}

pub(crate) fn record(world: &mut World, target: Target, params: &Params) -> Answer {
    let refused = |status, message: &str| Answer::refused(status, message);
    let limits = [
        ("maxDurationSeconds", "max_duration_seconds"),
        ("maxSilenceSeconds", "max_silence_seconds"),
    ];
    let negative = limits
        .into_iter()
        .find(|(name, _)| params.number(name).is_some_and(|number| number < 0));
    if let (Some((_, told)), Target::Channel(_)) = (negative, &target) {
        return refused(400, &format!("{told} cannot be negative"));
    }
    let word = |name: &str, default: &str| {
        let given = params.some(name).unwrap_or(default);
        given.to_ascii_lowercase()
    };
    let terminate_on = word("terminateOn", "none");
    if !matches!(&*terminate_on, "none" | "any" | "*" | "#") {
        return refused(400, "terminateOn invalid");
    }
    let if_exists = word("ifExists", "fail");
    if !matches!(&*if_exists, "fail" | "overwrite" | "append") {
        return refused(400, "ifExists invalid");
    }
    let format = match format(world, params) {
        Ok(format) => format,
        Err(answer) => return answer,
    };
    if negative.is_some() {
        return refused(500, "Error parsing request");
    }
    let name = params.some("name").unwrap_or_default().to_owned();
    let climbs = name.split('/').any(|piece| piece == "..");
    if name.is_empty() || climbs {
        let message = match climbs && !world.is_newer() {
            true => "Internal Server Error",
            false => "Error parsing request",
        };
        return refused(500, message);
    }
    let stored = world.stored.get(&name).map(|(_, file)| file.clone());
    let live = world.live.get_mut(&name);
    if live.is_some() || (if_exists == "fail" && stored.is_some()) {
        if let (Some(live), Target::Bridge(_)) = (live, &target) {
            // A bug of the real server: the recording goes on, but can no longer be found.
            live.is_lost = true;
        }
        let message = format!("Recording '{name}' already exists and can not be overwritten");
        return Answer::refused(409, message);
    }
    let mut live = Live::new(name.clone(), format.to_owned(), target);
    live.before = stored.filter(|_| if_exists == "append");
    live.terminate_on = terminate_on;
    live.watches_silence = params
        .number("maxSilenceSeconds")
        .is_some_and(|number| number > 0);
    live.limit = params
        .number("maxDurationSeconds")
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .map(Duration::from_secs);
    let object = live.object();
    world.record(live);
    Answer::created(&object, location("recordings/live", &name))
}

/// Returns the format of a recording if it is known.
pub(crate) fn format<'p>(world: &World, params: &'p Params) -> Result<&'p str, Answer> {
    let format = params.some("format").unwrap_or_default();
    let known = FORMATS.contains(&format) || matches!(format, "slin" | "opus") && world.is_newer();
    known
        .then_some(format)
        .ok_or_else(|| Answer::refused(422, "specified format is unknown on this system"))
}

fn location(below: &str, id: &str) -> String {
    let id = percent_encoding::utf8_percent_encode(id, UNSAFE);
    format!("/ari/{below}/{id}")
}

fn playback(world: &mut World, operation: &str, params: &Params) -> Option<Answer> {
    let id = params.path("playbackId").to_owned();
    let wanted = params.text("operation").map(str::to_owned);
    if operation == "control" {
        match wanted.as_deref() {
            None => return Some(Answer::refused(400, "Missing operation")),
            Some("restart" | "pause" | "unpause" | "reverse" | "forward") => {}
            Some(other) => {
                return Some(Answer::refused(400, format!("Invalid operation {other}")));
            }
        }
    }
    let Some(playback) = world.playbacks.get(&id) else {
        return Some(Answer::refused(404, "Playback not found"));
    };
    Some(match operation {
        "get" => Answer::object(&playback.object()),
        "stop" | "control" if playback.is_spoken() && wanted.as_deref() != Some("unpause") => {
            let what = wanted.as_deref().unwrap_or("stop");
            Answer::refused(500, format!("Could not {what} playback"))
        }
        "stop" => {
            world.stop_playback(&id);
            Answer::done()
        }
        "control" => {
            let wanted = wanted.unwrap_or_default();
            if world.control_playback(&id, &wanted) || wanted == "restart" {
                Answer::done()
            } else {
                Answer::refused(409, format!("Can only {wanted} while media is playing"))
            }
        }
        _ => return None,
    })
}

fn stored(name: &str, format: &str) -> Object {
    Object::new().with("name", name).with("format", format)
}

fn recording(world: &mut World, operation: &str, params: &Params) -> Option<Answer> {
    let name = params.path("recordingName").to_owned();
    let not_found = || Answer::refused(404, "Recording not found");
    if operation == "listStored" {
        let all = world.stored.iter();
        return Some(Answer::list(
            all.map(|(name, (format, _))| stored(name, format)),
        ));
    }
    let live = matches!(
        operation,
        "getLive" | "cancel" | "stop" | "pause" | "unpause" | "mute" | "unmute"
    );
    if live {
        let Some(recording) = world.live.get(&name).filter(|live| !live.is_lost) else {
            return Some(not_found());
        };
        let waits = matches!(recording.state, "queued" | "canceled");
        let not_in_session = || Answer::refused(409, "Recording not in session");
        return Some(match operation {
            "getLive" => Answer::object(&recording.object()),
            "cancel" | "stop" => match world.end_recording(&name, operation == "stop") {
                true => Answer::done(),
                false => not_in_session(),
            },
            "pause" | "unpause" => match world.pause_recording(&name, operation == "pause") {
                true => Answer::done(),
                false => not_in_session(),
            },
            _ if waits => not_in_session(),
            _ => Answer::done(),
        });
    }
    let Some((format, file)) = world.stored.get(&name).cloned() else {
        return Some(not_found());
    };
    Some(match operation {
        "getStored" => Answer::object(&stored(&name, &format)),
        "getStoredFile" => Answer::sound(&format, file),
        "deleteStored" => {
            world.stored.remove(&name);
            Answer::done()
        }
        "copyStored" => {
            let Some(copy) = params.text("destinationRecordingName") else {
                let message = "Invalid destination recording name";
                return Some(Answer::refused(400, message).saying("Bad request"));
            };
            if copy.is_empty() {
                return Some(Answer::refused(500, "Error building response"));
            }
            if copy.split('/').any(|piece| piece == "..") {
                return Some(Answer::refused(403, "Destination file path is forbidden"));
            }
            // A suffix that looks like a format is removed from the name.
            let copy = match copy.rsplit_once('.') {
                Some((name, format)) if !format.contains('/') => name,
                _ => copy,
            };
            if world.stored.contains_key(copy) {
                let message = "A recording with the same name already exists on the system";
                return Some(Answer::refused(409, message));
            }
            world.stored.insert(copy.to_owned(), (format.clone(), file));
            Answer::object(&stored(copy, &format))
        }
        _ => return None,
    })
}
