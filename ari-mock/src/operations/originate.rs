//! The operations that create and dial channels.

use std::time::Duration;

use super::variables;
use crate::pbx::{Call, Dialing, Position, Then, World};
use crate::server::{Answer, Params};

/// Splits an endpoint of the form `technology/resource`.
pub(crate) fn endpoint(text: &str) -> Option<(String, String)> {
    let (technology, resource) = text.split_once('/')?;
    let complete = !technology.is_empty() && !resource.is_empty();
    complete.then(|| (technology.to_owned(), resource.to_owned()))
}

/// Returns the variables for a new channel. They are checked before everything else.
pub(crate) fn wanted_variables(
    world: &World,
    params: &Params,
) -> Result<Vec<(String, String, bool)>, Answer> {
    let given = params.object("variables");
    given.map_or(Ok(Vec::new()), |values| variables(world, values))
}

/// Performs the checks that originating and creating have in common, and creates the channel.
fn make(world: &mut World, params: &Params, id: Option<&str>) -> Result<(String, String), Answer> {
    let refused = |status, message: &str| Err(Answer::refused(status, message));
    let Some(text) = params.some("endpoint") else {
        return refused(400, "Endpoint must be specified");
    };
    let Some((technology, resource)) = endpoint(text) else {
        return refused(400, "Invalid endpoint specified");
    };
    let id = id.or(params.some("channelId"));
    let other_id = params.some("otherChannelId");
    for id in [id, other_id].into_iter().flatten() {
        if id.chars().count() > 149 {
            return refused(400, "Uniqueid length exceeds maximum of 149");
        }
    }
    let given = wanted_variables(world, params)?;
    if !world.can_make(&technology, &resource) {
        return Err(Answer::allocation_failed());
    }
    let taken = |id: &str| world.channels.contains_key(id);
    if id.is_some_and(taken) || other_id.is_some_and(taken) || (id.is_some() && id == other_id) {
        return refused(409, "Channel with given unique ID already exists");
    }
    let call = Call {
        technology,
        resource: resource.clone(),
        id: id.map(str::to_owned),
        other_id: other_id.map(str::to_owned),
        caller: params.some("callerId").map(str::to_owned),
        variables: given,
    };
    let made = world.make(call).ok_or_else(Answer::allocation_failed)?;
    Ok((made, resource))
}

pub(crate) fn originate(world: &mut World, params: &Params, id: Option<&str>) -> Answer {
    match start(world, params, id) {
        Ok(answer) | Err(answer) => answer,
    }
}

fn start(world: &mut World, params: &Params, id: Option<&str>) -> Result<Answer, Answer> {
    let refused = |status, message: &str| Err(Answer::refused(status, message));
    wanted_variables(world, params)?;
    if params.some("endpoint").is_none() {
        return refused(400, "Endpoint must be specified");
    }
    check_source_of_formats(params)?;
    if params.some("endpoint").and_then(endpoint).is_none() {
        return refused(400, "Invalid endpoint specified");
    }
    let then = match (params.some("app"), params.some("extension")) {
        (Some(app), _) => {
            let data = params.some("appArgs").unwrap_or_default();
            let args = arguments(data);
            let written = match data {
                "" => app.to_owned(),
                data => format!("{app},{data}"),
            };
            Then::Application(app.to_owned(), args, written)
        }
        (None, Some(extension)) => {
            let priority = priority(params, 1)?;
            Then::Dialplan(Position {
                context: params.some("context").unwrap_or("default").to_owned(),
                extension: extension.to_owned(),
                priority,
            })
        }
        (None, None) => return refused(400, "Application or extension must be specified"),
    };
    let originator = params.some("originator");
    params.some("formats").map_or(Ok(()), known_formats)?;
    if originator.is_some_and(|id| !world.channels.contains_key(id)) {
        return refused(400, "Provided originator channel was not found");
    }
    let (id, string) = make(world, params, id)?;
    world.mark_outgoing(&id);
    if let Then::Application(app, ..) = &then {
        world.subscribe_channel(app, &id);
        if let Some(other) = world.other(&id) {
            world.subscribe_channel(app, &other);
        }
    }
    let answer = match world.channels.get(&id) {
        Some(channel) => Answer::object(&channel.object()),
        None => Answer::allocation_failed(),
    };
    let limit = match params.number("timeout") {
        None | Some(0) => Some(Duration::from_secs(30)),
        Some(seconds) => u64::try_from(seconds).ok().map(Duration::from_secs),
    };
    world.dial(&id, Dialing { then, string }, limit);
    Ok(answer)
}

/// Returns the priority of a position. A numeric label takes precedence over the priority. Named
/// labels do not exist here.
pub(crate) fn priority(params: &Params, default: i64) -> Result<i64, Answer> {
    let given = params.number("priority").filter(|given| *given > 0);
    match params.some("label").map(str::parse) {
        None => Ok(given.unwrap_or(default)),
        Some(Ok(priority)) => Ok(priority),
        Some(Err(_)) => Err(Answer::refused(404, "Requested label can not be found")),
    }
}

/// Checks that the formats are not given together with an originator, whose formats would be used.
fn check_source_of_formats(params: &Params) -> Result<(), Answer> {
    match (params.some("formats"), params.some("originator")) {
        (Some(_), Some(_)) => {
            let message = "Originator and formats can't both be specified";
            Err(Answer::refused(400, message))
        }
        _ => Ok(()),
    }
}

pub(crate) fn known_formats(formats: &str) -> Result<(), Answer> {
    const KNOWN: &[&str] = &[
        "ulaw", "alaw", "gsm", "slin", "slin16", "g722", "g729", "opus", "g726", "ilbc", "speex",
        "h264", "vp8", "slin8", "slin48",
    ];
    match formats.split(',').find(|format| !KNOWN.contains(format)) {
        Some(format) => {
            let message = format!("Provided format ({format}) was not found");
            Err(Answer::refused(400, message))
        }
        None => Ok(()),
    }
}

/// Splits application arguments. There are at most 128; a single empty one counts as none.
pub(crate) fn arguments(data: &str) -> Vec<String> {
    let mut args = crate::server::split(data);
    args.truncate(128);
    args
}

/// Creates a channel without dialling it.
fn make_alone(world: &mut World, params: &Params) -> Result<String, Answer> {
    wanted_variables(world, params)?;
    check_source_of_formats(params)?;
    if params.some("endpoint").and_then(endpoint).is_some() {
        params.some("formats").map_or(Ok(()), known_formats)?;
    }
    make(world, params, None).map(|(id, _)| id)
}

pub(crate) fn create(world: &mut World, params: &Params) -> Answer {
    let app = params.text("app").unwrap_or_default().to_owned();
    let id = match make_alone(world, params) {
        Ok(id) => id,
        Err(answer) => return answer,
    };
    let answer = match world.channels.get(&id) {
        Some(channel) => Answer::object(&channel.object()),
        None => Answer::allocation_failed(),
    };
    world.subscribe_channel(&app, &id);
    let data = params.some("appArgs").unwrap_or_default();
    let written = match data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    enter_shown(world, &id, &app, &arguments(data), &written);
    answer
}

/// Makes a channel enter an application as the dialplan does, with a `ChannelDialplan` event.
pub(crate) fn enter_shown(world: &mut World, id: &str, app: &str, args: &[String], data: &str) {
    let shown = world
        .channels
        .get(id)
        .map(|channel| channel.application.clone());
    world.show(id, "Stasis", data);
    if let (Some(channel), Some(shown)) = (world.channels.get_mut(id), shown) {
        channel.before_stasis = shown;
    }
    if !world.enter(id, app, args, data) {
        world.end(id, 0, 0);
    }
}

pub(crate) fn dial(world: &mut World, id: &str, params: &Params) -> Answer {
    let Some(channel) = world.channels.get(id) else {
        return Answer::refused(404, "Channel not found");
    };
    if channel.stasis.is_none() {
        return Answer::refused(409, "Channel not in Stasis application");
    }
    if channel.state != "Down" {
        return Answer::refused(409, "Channel is not in the 'Down' state");
    }
    let seconds = params.number("timeout").filter(|seconds| *seconds > 0);
    let limit = seconds.and_then(|seconds| u64::try_from(seconds).ok());
    let limit = limit.map(Duration::from_secs);
    let string = channel.resource.clone();
    let then = Then::Nothing;
    // An unknown channel is ignored.
    if let Some(caller) = params.some("caller") {
        world.inherit(caller, id);
    }
    world.dial(id, Dialing { then, string }, limit);
    Answer::done()
}
