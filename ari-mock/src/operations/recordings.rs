//! The operations of playbacks and recordings.

use std::time::Duration;

use ari_api::schema::Operation;

use crate::invalid_bytes;
use crate::json::Object;
use crate::model::{LiveRecording, MediaTarget};
use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};

/// The characters that are percent-encoded in a path.
const ESCAPED_CHARACTERS: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The known file extensions of sound files.
const FILE_FORMATS: &[&str] = &[
    "wav", "WAV", "wav49", "wav16", "gsm", "ulaw", "ul", "mu", "ulw", "pcm", "alaw", "al", "alw",
    "sln", "raw", "sln12", "sln16", "sln24", "sln32", "sln44", "sln48", "sln96", "sln192", "g722",
    "g723", "g723sf", "g719", "g729", "ilbc", "vox", "au", "siren7", "siren14", "h263", "h264",
    "ogg", "g726-40", "g726-32", "g726-24", "g726-16",
];

pub(crate) fn run(
    pbx: &mut PbxState,
    operation: &'static Operation,
    params: &Params,
) -> Option<DeferredResponse> {
    let response = match operation.resource {
        "playbacks" => run_playback_operation(pbx, operation.nickname, params)?,
        _ => run_recording_operation(pbx, operation.nickname, params)?,
    };
    Some(response.into())
}

pub(crate) fn play(pbx: &mut PbxState, target: MediaTarget, params: &Params) -> Response {
    for name in ["skipms", "offsetms"] {
        if params.number(name).is_some_and(|number| number < 0) {
            return match target {
                MediaTarget::Channel(_) => {
                    Response::error(400, format!("{name} cannot be negative"))
                }
                MediaTarget::Bridge(_) => Response::allocation_failed(),
            };
        }
    }
    let media = params.list("media");
    if media.is_empty() || media.iter().any(String::is_empty) {
        return match target {
            MediaTarget::Channel(_) => Response::error(500, "Failed to queue media for playback"),
            MediaTarget::Bridge(_) => Response::allocation_failed(),
        };
    }
    if media
        .iter()
        .any(|media| invalid_bytes::contains_markers(media))
    {
        return Response::error(500, "Out of memory");
    }
    let id = Some(params.path("playbackId")).filter(|id| !id.is_empty());
    let id = id.or(params.non_empty("playbackId")).map(str::to_owned);
    let id = id.unwrap_or_else(ari_api::client::unique_id);
    let skip = params
        .number("skipms")
        .and_then(|it| u64::try_from(it).ok());
    let skip = Duration::from_millis(skip.filter(|it| *it > 0).unwrap_or(3000));
    let language = params.non_empty("lang");
    let object = pbx.queue_playback(target, id.clone(), media, language, skip);
    Response::created(&object, location("playbacks", &id))
}

pub(crate) fn record(pbx: &mut PbxState, target: MediaTarget, params: &Params) -> Response {
    let refused = |status, message: &str| Response::error(status, message);
    let limits = [
        ("maxDurationSeconds", "max_duration_seconds"),
        ("maxSilenceSeconds", "max_silence_seconds"),
    ];
    let negative = limits
        .into_iter()
        .find(|(name, _)| params.number(name).is_some_and(|number| number < 0));
    if let (Some((_, label)), MediaTarget::Channel(_)) = (negative, &target) {
        return refused(400, &format!("{label} cannot be negative"));
    }
    let word = |name: &str, default: &str| {
        let given = params.non_empty(name).unwrap_or(default);
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
    let format = match check_format(pbx, params) {
        Ok(format) => format,
        Err(response) => return response,
    };
    if negative.is_some() {
        return refused(500, "Error parsing request");
    }
    let name = params.non_empty("name").unwrap_or_default().to_owned();
    let climbs = name.split('/').any(|piece| piece == "..");
    if name.is_empty() || climbs {
        let message = match climbs && !pbx.behaves_like_22() {
            true => "Internal Server Error",
            false => "Error parsing request",
        };
        return refused(500, message);
    }
    let stored = pbx
        .stored_recordings
        .get(&name)
        .map(|(_, file)| file.clone());
    let live = pbx.live_recordings.get_mut(&name);
    if live.is_some() || (if_exists == "fail" && stored.is_some()) {
        if let (Some(live), MediaTarget::Bridge(_)) = (live, &target) {
            // A bug of the real server: the recording goes on, but can no longer be found.
            live.is_inaccessible = true;
        }
        let message = format!("Recording '{name}' already exists and can not be overwritten");
        return Response::error(409, message);
    }
    let mut live = LiveRecording::new(name.clone(), format.to_owned(), target);
    live.previous_file = stored.filter(|_| if_exists == "append");
    live.terminate_on = terminate_on;
    live.detects_silence = params
        .number("maxSilenceSeconds")
        .is_some_and(|number| number > 0);
    live.max_duration = params
        .number("maxDurationSeconds")
        .and_then(|seconds| u64::try_from(seconds).ok())
        .filter(|seconds| *seconds > 0)
        .map(Duration::from_secs);
    let object = live.object();
    pbx.start_recording(live);
    Response::created(&object, location("recordings/live", &name))
}

/// Returns the format of a recording if it is known.
pub(crate) fn check_format<'p>(pbx: &PbxState, params: &'p Params) -> Result<&'p str, Response> {
    let format = params.non_empty("format").unwrap_or_default();
    let known = FILE_FORMATS.contains(&format)
        || matches!(format, "slin" | "opus") && pbx.behaves_like_22();
    known
        .then_some(format)
        .ok_or_else(|| Response::error(422, "specified format is unknown on this system"))
}

fn location(below: &str, id: &str) -> String {
    let id = percent_encoding::utf8_percent_encode(id, ESCAPED_CHARACTERS);
    format!("/ari/{below}/{id}")
}

fn run_playback_operation(
    pbx: &mut PbxState,
    operation: &str,
    params: &Params,
) -> Option<Response> {
    let id = params.path("playbackId").to_owned();
    let wanted = params.text("operation").map(str::to_owned);
    if operation == "control" {
        match wanted.as_deref() {
            None => return Some(Response::error(400, "Missing operation")),
            Some("restart" | "pause" | "unpause" | "reverse" | "forward") => {}
            Some(other) => {
                return Some(Response::error(400, format!("Invalid operation {other}")));
            }
        }
    }
    let found = pbx.find_playback(&id);
    let found = found.and_then(|key| Some((pbx.playbacks.get(&key)?, key)));
    let Some((playback, key)) = found else {
        return Some(Response::error(404, "Playback not found"));
    };
    Some(match operation {
        "get" => Response::object(&playback.object()),
        "stop" | "control" if playback.is_spoken() && wanted.as_deref() != Some("unpause") => {
            let what = wanted.as_deref().unwrap_or("stop");
            Response::error(500, format!("Could not {what} playback"))
        }
        "stop" => {
            pbx.stop_playback(&key);
            Response::no_content()
        }
        "control" => {
            let wanted = wanted.unwrap_or_default();
            if pbx.control_playback(&key, &wanted) || wanted == "restart" {
                Response::no_content()
            } else {
                Response::error(409, format!("Can only {wanted} while media is playing"))
            }
        }
        _ => return None,
    })
}

fn stored_object(name: &str, format: &str) -> Object {
    Object::new().with("name", name).with("format", format)
}

fn run_recording_operation(
    pbx: &mut PbxState,
    operation: &str,
    params: &Params,
) -> Option<Response> {
    let name = params.path("recordingName").to_owned();
    let not_found = || Response::error(404, "Recording not found");
    if operation == "listStored" {
        let all = pbx.stored_recordings.iter();
        return Some(Response::list(
            all.map(|(name, (format, _))| stored_object(name, format)),
        ));
    }
    let live = matches!(
        operation,
        "getLive" | "cancel" | "stop" | "pause" | "unpause" | "mute" | "unmute"
    );
    if live {
        let Some(recording) = pbx
            .live_recordings
            .get(&name)
            .filter(|live| !live.is_inaccessible)
        else {
            return Some(not_found());
        };
        let waits = matches!(recording.state, "queued" | "canceled");
        let not_in_session = || Response::error(409, "Recording not in session");
        return Some(match operation {
            "getLive" => Response::object(&recording.object()),
            "cancel" | "stop" => match pbx.end_recording(&name, operation == "stop") {
                true => Response::no_content(),
                false => not_in_session(),
            },
            "pause" | "unpause" => match pbx.pause_recording(&name, operation == "pause") {
                true => Response::no_content(),
                false => not_in_session(),
            },
            _ if waits => not_in_session(),
            _ => Response::no_content(),
        });
    }
    let Some((format, file)) = pbx.stored_recordings.get(&name).cloned() else {
        return Some(not_found());
    };
    Some(match operation {
        "getStored" => Response::object(&stored_object(&name, &format)),
        "getStoredFile" => Response::audio(&format, file),
        "deleteStored" => {
            pbx.stored_recordings.remove(&name);
            Response::no_content()
        }
        "copyStored" => {
            let Some(copy) = params.text("destinationRecordingName") else {
                let message = "Invalid destination recording name";
                return Some(Response::error(400, message).with_phrase("Bad request"));
            };
            if copy.is_empty() {
                return Some(Response::error(500, "Error building response"));
            }
            if copy.split('/').any(|piece| piece == "..") {
                return Some(Response::error(403, "Destination file path is forbidden"));
            }
            // A suffix that looks like a format is removed from the name.
            let copy = match copy.rsplit_once('.') {
                Some((name, format)) if !format.contains('/') => name,
                _ => copy,
            };
            if pbx.stored_recordings.contains_key(copy) {
                let message = "A recording with the same name already exists on the system";
                return Some(Response::error(409, message));
            }
            pbx.stored_recordings
                .insert(copy.to_owned(), (format.clone(), file));
            Response::object(&stored_object(copy, &format))
        }
        _ => return None,
    })
}
