//! The behaviour of the operations: each takes parameters, changes the state of the server and
//! returns a response.
//!
//! The order of the checks, the status codes and the messages are those of real servers.

mod applications;
mod asterisk;
mod bridges;
mod channels;
mod configuration;
mod devices_mailboxes_sounds;
mod endpoints;
mod events;
mod external_media;
mod media_state;
mod originate;
mod recordings;
mod rtp_statistics;
mod snoop;
mod variables;

use ari_api::schema::Operation;

use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};

/// Executes an operation.
pub(crate) fn run(
    pbx: &mut PbxState,
    operation: &'static Operation,
    params: &Params,
) -> DeferredResponse {
    let name = operation.nickname;
    let reply = match operation.resource {
        "applications" => applications::run(pbx, name, params),
        "asterisk" => asterisk::run(pbx, name, params),
        "bridges" => bridges::run(pbx, name, params),
        "channels" => channels::run(pbx, operation, params),
        "deviceStates" | "mailboxes" | "sounds" => {
            devices_mailboxes_sounds::run(pbx, operation, params)
        }
        "endpoints" => endpoints::run(pbx, name, params),
        "events" => events::run(pbx, name, params),
        "playbacks" | "recordings" => recordings::run(pbx, operation, params),
        _ => None,
    };
    reply.unwrap_or_else(|| Response::not_implemented(&operation.to_string()).into())
}
