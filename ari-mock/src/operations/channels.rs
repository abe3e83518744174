//! The operations of channels.

use std::time::Duration;

use ari_api::runtime::Operation;

use super::asterisk::no_name;
use super::{
    given_variables, named_variables, no_variables, originate, programs, recordings, snoop,
    statistics, treatment,
};
use crate::json::Object;
use crate::pbx::{Channel, Keys, Leaving, Position, Read, Target, World, cause};
use crate::server::{Answer, Params, Reply, leading_number};
use crate::violation::ViolationKind;

pub(crate) fn run(
    world: &mut World,
    operation: &'static Operation,
    params: &Params,
) -> Option<Reply> {
    let name = operation.nickname;
    let id = params.path("channelId").to_owned();
    let early = match name {
        "list" => Some(Answer::list(world.channels.values().map(Channel::object))),
        "originate" => Some(originate::originate(world, params, None)),
        "originateWithId" => Some(originate::originate(world, params, Some(&id))),
        "create" => Some(originate::create(world, params)),
        "externalMedia" => Some(programs::external_media(world, params)),
        "snoopChannel" | "snoopChannelWithId" => Some(snoop::snoop(world, &id, params)),
        "getChannelVar" | "setChannelVar" if params.some("variable").is_none() => Some(no_name()),
        "setChannelVars" if !params.has_body => Some(no_variables()),
        "getChannelVars" if !params.lists_any("variables") => {
            let message = "At least one variable name is required";
            Some(Answer::refused(400, message))
        }
        _ => None,
    };
    if let Some(answer) = early {
        return Some(answer.into());
    }
    let Some(channel) = world.channels.get(&id) else {
        let answer = match name {
            "getChannelVar" | "getChannelVars" | "setChannelVars" => {
                Answer::refused(404, "Provided channel was not found").saying("Channel Not Found")
            }
            _ => Answer::refused(404, "Channel not found"),
        };
        return Some(answer.into());
    };
    match name {
        "get" => return Some(Answer::object(&channel.object()).into()),
        "hangup" => return Some(hang_up(world, &id, params).into()),
        "getChannelVar" => return Some(get_variable(world, &id, params).into()),
        "getChannelVars" => return Some(get_variables(world, &id, params).into()),
        "rtp_statistics" | "rtpStatistics" => return Some(statistics::of(world, channel).into()),
        "dial" => return Some(originate::dial(world, &id, params).into()),
        _ => {}
    }
    // False for an outgoing call that is not answered yet.
    let ready = !matches!(channel.state, "Down" | "Rsrved" | "Ringing");
    // All other operations require that the channel is in an application.
    if channel.stasis.is_none() {
        return Some(Answer::refused(409, "Channel not in Stasis application").into());
    }
    if name == "transfer_progress" {
        return Some(transfer_progress(params).into());
    }
    if !ready && operation.error_reason(412).is_some() {
        return Some(Answer::refused(412, "Channel in invalid state").into());
    }
    let answer = match name {
        "redirect" => redirect(channel, params),
        "answer" => {
            let channel = id.clone();
            return Some(world.in_turn(&id, move |world| {
                world.answer(&channel);
                Answer::done()
            }));
        }
        "sendDTMF" => return Some(keys(world, &id, params)),
        "continueInDialplan" => return Some(go_on(world, &id, params)),
        "move" => return Some(move_to(world, operation, &id, params)),
        "play" | "playWithId" => recordings::play(world, Target::Channel(id), params),
        "record" => recordings::record(world, Target::Channel(id), params),
        "setChannelVar" => {
            let name = params.text("variable").unwrap_or_default().to_owned();
            let value = params.text("value").map(str::to_owned);
            let report = params.flag("report_events");
            return Some(set(world, &id, vec![(name, value, report)]));
        }
        "setChannelVars" => match given_variables(world, params) {
            Ok(values) => {
                let values = values.into_iter();
                let values = values.map(|(name, value, report)| (name, Some(value), report));
                return Some(set(world, &id, values.collect()));
            }
            Err(answer) => answer,
        },
        _ => return treatment::run(world, name, &id, params),
    };
    Some(answer.into())
}

fn hang_up(world: &mut World, id: &str, params: &Params) -> Answer {
    // Parameters that a release does not have are already removed.
    let by_code = params.some("reason_code");
    let reason = params.some("reason");
    let of_codes = world.is_newer();
    let refused = |message: &str, words| Err(Answer::refused(400, message).saying(words));
    let cause = match (by_code, reason) {
        (Some(_), Some(_)) => {
            let message = "The reason and reason_code can't both be specified";
            refused(message, "Bad Request")
        }
        (Some(code), None) => match leading_number(code) {
            Some(cause) => Ok(cause),
            None => {
                let message = "Invalid reason for hangup reason code provided";
                refused(message, "Invalid Reason Code")
            }
        },
        (None, Some(reason)) => match (cause::of_reason(reason), of_codes) {
            (Some(cause), _) => Ok(cause),
            (None, true) => {
                let message = "Invalid reason for hangup reason provided";
                refused(message, "Invalid Reason")
            }
            (None, false) => refused("Invalid reason for hangup provided", "Invalid Reason"),
        },
        (None, None) => Ok(16),
    };
    match cause {
        Ok(cause) => {
            world.hang_up(id, cause);
            Answer::done()
        }
        Err(answer) => answer,
    }
}

/// Sets variables when the command queue of the channel reaches this command. Older releases
/// respond before that.
fn set(world: &mut World, id: &str, values: Vec<(String, Option<String>, bool)>) -> Reply {
    let channel = id.to_owned();
    let run = move |world: &mut World| {
        for (name, value, report) in values {
            world.set_variable(&channel, &name, value.as_deref(), report);
        }
    };
    if !world.is_newer() {
        return world.later(id, run);
    }
    world.in_turn(id, |world| {
        run(world);
        Answer::done()
    })
}

fn get_variable(world: &World, id: &str, params: &Params) -> Answer {
    match world.read_variable(id, params.text("variable").unwrap_or_default()) {
        Read::Value(value) => Answer::object(&Object::new().with("value", value)),
        Read::Missing => no_variable(),
        Read::UnknownFunction => no_function(),
    }
}

fn no_function() -> Answer {
    Answer::refused(500, "Unable to read provided function").saying("Error With Function")
}

fn no_variable() -> Answer {
    Answer::refused(404, "Provided variable was not found").saying("Variable Not Found")
}

fn get_variables(world: &mut World, id: &str, params: &Params) -> Answer {
    named_variables(world, params, |world, name| {
        match world.read_variable(id, name) {
            Read::Value(value) => Ok(value),
            Read::Missing => Err(no_variable()),
            Read::UnknownFunction => Err(no_function()),
        }
    })
}

fn redirect(channel: &Channel, params: &Params) -> Answer {
    let Some(endpoint) = params.some("endpoint") else {
        let message = "Required parameter 'endpoint' not provided.";
        return Answer::refused(400, message).saying("Not Found");
    };
    let Some((technology, _)) = originate::endpoint(endpoint) else {
        let message = format!("Endpoint parameter '{endpoint}' does not contain tech/resource");
        return Answer::refused(422, message);
    };
    let own = channel.endpoint().map(|(own, _)| own).unwrap_or_default();
    if technology != own {
        let message =
            format!("Endpoint technology '{technology}' does not match channel technology '{own}'");
        return Answer::refused(422, message);
    }
    // The phone decides how to react, so nothing else happens here.
    Answer::done()
}

/// Accepts the progress of a transfer that the application carries out. There are no such transfers
/// here, so it has no effect.
fn transfer_progress(params: &Params) -> Answer {
    match params.some("states") {
        None => Answer::refused(400, "states must not be empty"),
        Some(
            "channel_progress" | "channel_answered" | "channel_unavailable" | "channel_declined",
        ) => Answer::done(),
        Some(_) => Answer::refused(400, "Invalid states value"),
    }
}

fn keys(world: &mut World, id: &str, params: &Params) -> Reply {
    let Some(keys) = params.some("dtmf").map(str::to_owned) else {
        return Answer::refused(400, "DTMF is required").into();
    };
    let time = |name: &str, default: u64| {
        let given = params
            .number(name)
            .and_then(|time| u64::try_from(time).ok());
        Duration::from_millis(given.unwrap_or(default))
    };
    let length = match time("duration", 100) {
        Duration::ZERO => Duration::from_millis(100),
        length => length,
    };
    let keys = Keys {
        keys,
        before: time("before", 0),
        between: time("between", 100),
        length,
        after: time("after", 0),
    };
    world.press_in_turn(id, keys)
}

fn go_on(world: &mut World, id: &str, params: &Params) -> Reply {
    let Some(channel) = world.channels.get(id) else {
        return Answer::refused(404, "Channel not found").into();
    };
    let at = &channel.position;
    let (context, extension) = (params.some("context"), params.some("extension"));
    let next = match context.or(extension) {
        Some(_) => 1,
        None => at.priority + 1,
    };
    // Without an extension, a context means its extension `s`.
    let own = context.map_or(&*at.extension, |_| "s");
    let priority = match originate::priority(params, next) {
        Ok(priority) => priority,
        Err(answer) => return answer.into(),
    };
    let position = Position {
        context: context.unwrap_or(&at.context).to_owned(),
        extension: extension.unwrap_or(own).to_owned(),
        priority,
    };
    leave(world, id, Leaving::Dialplan(position))
}

/// Makes a channel leave its application when its command queue reaches this command. The response
/// is sent before that.
fn leave(world: &mut World, id: &str, to: Leaving) -> Reply {
    let channel = id.to_owned();
    world.later(id, move |world| {
        if let Some(channel) = world.channels.get_mut(&channel) {
            channel.leaving = Some(to);
        }
    })
}

fn move_to(world: &mut World, operation: &'static Operation, id: &str, params: &Params) -> Reply {
    let Some(app) = params.text("app") else {
        let what = "moving a channel without an application crashes a real server";
        world.violation(Some(operation), ViolationKind::Crash, what);
        return Answer::refused(400, "Missing parameter app").into();
    };
    let args = params.text("appArgs").unwrap_or_default().split(',');
    let args: Vec<_> = args
        .filter(|arg| !arg.is_empty())
        .map(str::to_owned)
        .collect();
    leave(world, id, Leaving::Application(app.to_owned(), args))
}
