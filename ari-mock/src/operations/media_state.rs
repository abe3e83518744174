//! The operations that change what the far end of a channel hears: hold, mute, music, silence and
//! ringing.

use crate::model::MediaCommand;
use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};

/// Runs the command when the command queue of the channel reaches it, if the operation is one of
/// these. The response is sent before that.
pub(crate) fn run(
    pbx: &mut PbxState,
    name: &str,
    id: &str,
    params: &Params,
) -> Option<DeferredResponse> {
    let what = match name {
        "hold" | "unhold" => MediaCommand::Hold(name == "hold"),
        "ring" | "ringStop" => MediaCommand::Ring(name == "ring"),
        "progress" => MediaCommand::Progress,
        "startSilence" | "stopSilence" => MediaCommand::Silence(name == "startSilence"),
        "startMoh" => {
            let class = params.non_empty("mohClass").unwrap_or("default");
            MediaCommand::Music(Some(class.to_owned()))
        }
        "stopMoh" => MediaCommand::Music(None),
        "mute" | "unmute" => {
            let (incoming, outgoing) = match params.non_empty("direction") {
                None => return Some(Response::error(400, "Direction is required").into()),
                Some("in") => (true, false),
                Some("out") => (false, true),
                Some("both") => (true, true),
                Some(_) => {
                    return Some(Response::error(400, "Invalid direction specified").into());
                }
            };
            MediaCommand::Mute {
                on: name == "mute",
                incoming,
                outgoing,
            }
        }
        _ => return None,
    };
    let channel = id.to_owned();
    Some(pbx.queue_and_respond(id, move |pbx| pbx.apply_media_command(&channel, what)))
}
