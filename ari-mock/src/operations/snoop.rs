//! The operations that listen in to a channel.

use super::originate::{arguments, enter_shown};
use crate::pbx::{Call, Channel, Kind, Position, World};
use crate::server::{Answer, Params};

pub(crate) fn snoop(world: &mut World, id: &str, params: &Params) -> Answer {
    let refused = |status, message: &str| Answer::refused(status, message);
    let given = Some(params.path("snoopId")).filter(|id| !id.is_empty());
    let given = given.or(params.some("snoopId")).map(str::to_owned);
    let direction = |name: &str| match params.some(name) {
        None | Some("none") => Ok(false),
        Some("in" | "out" | "both") => Ok(true),
        Some(_) => Err(refused(
            400,
            &format!("Invalid direction specified for {name}"),
        )),
    };
    let (spies, whispers) = match (direction("spy"), direction("whisper")) {
        (Ok(spies), Ok(whispers)) => (spies, whispers),
        (Err(answer), _) | (_, Err(answer)) => return answer,
    };
    if !spies && !whispers {
        let message = "Direction must be specified for at least spy or whisper";
        return refused(400, message);
    }
    let Some(app) = params.some("app").map(str::to_owned) else {
        return refused(400, "Application name is required");
    };
    if !world.channels.contains_key(id) {
        return refused(404, "Provided channel was not found").saying("Channel Not Found");
    }
    if given
        .as_ref()
        .is_some_and(|id| world.channels.contains_key(id))
    {
        return refused(500, "Snoop channel could not be created").saying("Internal error");
    }
    let own = given.unwrap_or_else(|| world.new_channel_id());
    let name = format!("Snoop/{id}-{:08x}", world.name_number());
    let kind = Kind::Snoop {
        spied: id.to_owned(),
    };
    let mut channel = Channel::new(own.clone(), name, kind, Position::start());
    channel.state = "Up";
    world.add(channel, &Call::default());
    let data = params.some("appArgs").unwrap_or_default();
    let written = match data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    let args = arguments(data);
    let answer = world
        .channels
        .get(&own)
        .map(|channel| Answer::object(&channel.object()));
    enter_shown(world, &own, &app, &args, &written);
    answer.unwrap_or_else(|| refused(500, "Internal Server Error"))
}
