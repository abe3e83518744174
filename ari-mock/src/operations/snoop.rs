//! The operations that listen in to a channel.

use super::originate::{enter_application, split_arguments};
use crate::model::{Channel, ChannelKind, Position};
use crate::pbx::{NewChannel, PbxState};
use crate::rest::{Params, Response};

pub(crate) fn snoop(pbx: &mut PbxState, id: &str, params: &Params) -> Response {
    let refused = |status, message: &str| Response::error(status, message);
    let given = Some(params.path("snoopId")).filter(|id| !id.is_empty());
    let given = given.or(params.non_empty("snoopId")).map(str::to_owned);
    let direction = |name: &str| match params.non_empty(name) {
        None | Some("none") => Ok((false, false)),
        Some("in") => Ok((true, false)),
        Some("out") => Ok((false, true)),
        Some("both") => Ok((true, true)),
        Some(_) => Err(refused(
            400,
            &format!("Invalid direction specified for {name}"),
        )),
    };
    let (spies, whispers) = match (direction("spy"), direction("whisper")) {
        (Ok(spies), Ok(whispers)) => (spies, whispers),
        (Err(response), _) | (_, Err(response)) => return response,
    };
    if spies == (false, false) && whispers == (false, false) {
        let message = "Direction must be specified for at least spy or whisper";
        return refused(400, message);
    }
    let Some(app) = params.non_empty("app").map(str::to_owned) else {
        return refused(400, "Application name is required");
    };
    if !pbx.channels.contains_key(id) {
        return refused(404, "Provided channel was not found").with_phrase("Channel Not Found");
    }
    if given
        .as_ref()
        .is_some_and(|id| pbx.channels.contains_key(id))
    {
        return refused(500, "Snoop channel could not be created").with_phrase("Internal error");
    }
    let own = given.unwrap_or_else(|| pbx.new_channel_id());
    let name = format!("Snoop/{id}-{:08x}", pbx.next_name_number());
    let (hears_in, hears_out) = spies;
    let (whispers_in, whispers_out) = whispers;
    let kind = ChannelKind::Snoop {
        spied: id.to_owned(),
        hears_in,
        hears_out,
        whispers_in,
        whispers_out,
    };
    let mut channel = Channel::new(own.clone(), name, kind, Position::start());
    channel.state = "Up";
    pbx.add_channel(channel, &NewChannel::default());
    if let Some(spied) = pbx.channels.get_mut(id) {
        spied.audio.spies.push(own.clone());
    }
    let data = params.non_empty("appArgs").unwrap_or_default();
    let written = match data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    let args = split_arguments(data);
    let response = pbx
        .channels
        .get(&own)
        .map(|channel| Response::object(&channel.object()));
    enter_application(pbx, &own, &app, &args, &written);
    response.unwrap_or_else(|| refused(500, "Internal Server Error"))
}
