//! What is done to a channel and heard at its other end: hold, mute, music, silence, ringing.

use crate::pbx::{Treat, World};
use crate::server::{Answer, Params};

/// Does it, where the operation is one of these.
pub(crate) fn run(world: &mut World, name: &str, id: &str, params: &Params) -> Option<Answer> {
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
            let (incoming, outgoing) = match params.text("direction") {
                None => return Some(Answer::refused(400, "Direction is required")),
                Some("in") => (true, false),
                Some("out") => (false, true),
                Some("both") => (true, true),
                Some(_) => return Some(Answer::refused(400, "Invalid direction specified")),
            };
            Treat::Mute {
                on: name == "mute",
                incoming,
                outgoing,
            }
        }
        _ => return None,
    };
    world.treat(id, what);
    Some(Answer::done())
}
