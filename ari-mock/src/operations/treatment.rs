//! The operations that change what the far end of a channel hears: hold, mute, music, silence and
//! ringing.

use crate::pbx::{Treat, World};
use crate::server::{Answer, Params, Reply};

/// Runs the command when the command queue of the channel reaches it, if the operation is one of
/// these. The response is sent before that.
pub(crate) fn run(world: &mut World, name: &str, id: &str, params: &Params) -> Option<Reply> {
    let what = match name {
        "hold" | "unhold" => Treat::Hold(name == "hold"),
        "ring" | "ringStop" => Treat::Ring(name == "ring"),
        "progress" => Treat::Progress,
        "startSilence" | "stopSilence" => Treat::Silence(name == "startSilence"),
        "startMoh" => {
            let class = params.some("mohClass").unwrap_or("default");
            Treat::Music(Some(class.to_owned()))
        }
        "stopMoh" => Treat::Music(None),
        "mute" | "unmute" => {
            let (incoming, outgoing) = match params.some("direction") {
                None => return Some(Answer::refused(400, "Direction is required").into()),
                Some("in") => (true, false),
                Some("out") => (false, true),
                Some("both") => (true, true),
                Some(_) => {
                    return Some(Answer::refused(400, "Invalid direction specified").into());
                }
            };
            Treat::Mute {
                on: name == "mute",
                incoming,
                outgoing,
            }
        }
        _ => return None,
    };
    let channel = id.to_owned();
    Some(world.later(id, move |world| world.treat(&channel, what)))
}
