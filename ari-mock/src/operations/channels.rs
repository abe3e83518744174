//! The operations of channels.

use std::time::Duration;

use ari_api::schema::Operation;

use super::variables::{body_variables, missing_name, missing_variables, read_variables};
use super::{external_media, media_state, originate, recordings, rtp_statistics, snoop};
use crate::json::Object;
use crate::model::{Channel, DtmfSequence, LeaveDestination, MediaTarget, Position, cause};
use crate::pbx::{PbxState, VariableLookup};
use crate::rest::{DeferredResponse, Params, Response, parse_leading_number};
use crate::violation::ViolationKind;

pub(crate) fn run(
    pbx: &mut PbxState,
    operation: &'static Operation,
    params: &Params,
) -> Option<DeferredResponse> {
    let name = operation.nickname;
    let id = params.path("channelId").to_owned();
    if name == "externalMedia" {
        return Some(external_media::external_media(pbx, params));
    }
    let early = match name {
        "list" => Some(Response::list(pbx.channels.values().map(Channel::object))),
        "originate" => Some(originate::originate(pbx, params, None)),
        "originateWithId" => Some(originate::originate(pbx, params, Some(&id))),
        "create" => Some(originate::create(pbx, params)),
        "snoopChannel" | "snoopChannelWithId" => Some(snoop::snoop(pbx, &id, params)),
        "getChannelVar" | "setChannelVar" if params.non_empty("variable").is_none() => {
            Some(missing_name())
        }
        "setChannelVars" if !params.has_body => Some(missing_variables()),
        "getChannelVars" if !params.has_list_values("variables") => {
            let message = "At least one variable name is required";
            Some(Response::error(400, message))
        }
        _ => None,
    };
    if let Some(response) = early {
        return Some(response.into());
    }
    let Some(channel) = pbx.channels.get(&id) else {
        let response = match name {
            "getChannelVar" | "getChannelVars" | "setChannelVars" => {
                Response::error(404, "Provided channel was not found")
                    .with_phrase("Channel Not Found")
            }
            _ => Response::error(404, "Channel not found"),
        };
        return Some(response.into());
    };
    match name {
        "get" => return Some(Response::object(&channel.object()).into()),
        "hangup" => return Some(hang_up(pbx, &id, params).into()),
        "getChannelVar" => return Some(get_variable(pbx, &id, params).into()),
        "getChannelVars" => return Some(get_variables(pbx, &id, params).into()),
        "rtp_statistics" | "rtpStatistics" => {
            return Some(rtp_statistics::rtp_statistics(pbx, channel).into());
        }
        "dial" => return Some(originate::dial(pbx, &id, params).into()),
        _ => {}
    }
    // False for an outgoing call that is not answered yet.
    let ready = !matches!(channel.state, "Down" | "Rsrved" | "Ringing");
    // All other operations require that the channel is in an application.
    if channel.stasis_app.is_none() {
        return Some(Response::error(409, "Channel not in Stasis application").into());
    }
    if name == "transfer_progress" {
        return Some(transfer_progress(pbx, &id, params).into());
    }
    if !ready && operation.error_reason(412).is_some() {
        return Some(Response::error(412, "Channel in invalid state").into());
    }
    let response = match name {
        "redirect" => match check_redirect(channel, params) {
            Ok(target) => {
                let channel = id.clone();
                let run = move |pbx: &mut PbxState| pbx.redirect(&channel, target);
                return Some(pbx.queue_and_respond(&id, run));
            }
            Err(response) => response,
        },
        "answer" => {
            let channel = id.clone();
            return Some(pbx.run_in_queue(&id, move |pbx| {
                pbx.answer_channel(&channel);
                Response::no_content()
            }));
        }
        "sendDTMF" => return Some(send_dtmf(pbx, &id, params)),
        "continueInDialplan" => return Some(continue_in_dialplan(pbx, &id, params)),
        "move" => return Some(move_to_application(pbx, operation, &id, params)),
        "play" | "playWithId" => recordings::play(pbx, MediaTarget::Channel(id), params),
        "record" => recordings::record(pbx, MediaTarget::Channel(id), params),
        "setChannelVar" => {
            let name = params.text("variable").unwrap_or_default().to_owned();
            let value = params.text("value").map(str::to_owned);
            let report = params.flag("report_events");
            return Some(set_variables(pbx, &id, vec![(name, value, report)]));
        }
        "setChannelVars" => match body_variables(pbx, params) {
            Ok(values) => {
                let values = values.into_iter();
                let values = values.map(|(name, value, report)| (name, Some(value), report));
                return Some(set_variables(pbx, &id, values.collect()));
            }
            Err(response) => response,
        },
        _ => return media_state::run(pbx, name, &id, params),
    };
    Some(response.into())
}

fn hang_up(pbx: &mut PbxState, id: &str, params: &Params) -> Response {
    // Parameters that a release does not have are already removed.
    let by_code = params.non_empty("reason_code");
    let reason = params.non_empty("reason");
    let of_codes = pbx.behaves_like_22();
    let refused = |message: &str, words| Err(Response::error(400, message).with_phrase(words));
    let cause = match (by_code, reason) {
        (Some(_), Some(_)) => {
            let message = "The reason and reason_code can't both be specified";
            refused(message, "Bad Request")
        }
        (Some(code), None) => match parse_leading_number(code) {
            Some(cause) => Ok(cause),
            None => {
                let message = "Invalid reason for hangup reason code provided";
                refused(message, "Invalid Reason Code")
            }
        },
        (None, Some(reason)) => match (cause::from_reason(reason), of_codes) {
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
            pbx.hangup_local(id, cause);
            Response::no_content()
        }
        Err(response) => response,
    }
}

/// Sets variables when the command queue of the channel reaches this command. Older releases
/// respond before that.
fn set_variables(
    pbx: &mut PbxState,
    id: &str,
    values: Vec<(String, Option<String>, bool)>,
) -> DeferredResponse {
    let channel = id.to_owned();
    let run = move |pbx: &mut PbxState| {
        for (name, value, report) in values {
            pbx.set_variable(&channel, &name, value.as_deref(), report);
        }
    };
    if !pbx.behaves_like_22() {
        return pbx.queue_and_respond(id, run);
    }
    pbx.run_in_queue(id, |pbx| {
        run(pbx);
        Response::no_content()
    })
}

fn get_variable(pbx: &PbxState, id: &str, params: &Params) -> Response {
    match pbx.read_variable(id, params.text("variable").unwrap_or_default()) {
        VariableLookup::Value(value) => Response::object(&Object::new().with("value", value)),
        VariableLookup::Missing => unknown_variable(),
        VariableLookup::UnknownFunction => unknown_function(),
    }
}

fn unknown_function() -> Response {
    Response::error(500, "Unable to read provided function").with_phrase("Error With Function")
}

fn unknown_variable() -> Response {
    Response::error(404, "Provided variable was not found").with_phrase("Variable Not Found")
}

fn get_variables(pbx: &mut PbxState, id: &str, params: &Params) -> Response {
    read_variables(pbx, params, |pbx, name| match pbx.read_variable(id, name) {
        VariableLookup::Value(value) => Ok(value),
        VariableLookup::Missing => Err(unknown_variable()),
        VariableLookup::UnknownFunction => Err(unknown_function()),
    })
}

/// Returns the target of a redirection, which has to be of the technology of the channel.
fn check_redirect(channel: &Channel, params: &Params) -> Result<String, Response> {
    let Some(endpoint) = params.non_empty("endpoint") else {
        let message = "Required parameter 'endpoint' not provided.";
        return Err(Response::error(400, message).with_phrase("Not Found"));
    };
    let Some((technology, _)) = originate::split_endpoint(endpoint) else {
        let message = format!("Endpoint parameter '{endpoint}' does not contain tech/resource");
        return Err(Response::error(422, message));
    };
    let own = channel.endpoint().map(|(own, _)| own).unwrap_or_default();
    if technology != own {
        let message =
            format!("Endpoint technology '{technology}' does not match channel technology '{own}'");
        return Err(Response::error(422, message));
    }
    Ok(endpoint.to_owned())
}

/// Reports the progress of a transfer that an application carries out. Without such a transfer it
/// has no effect.
fn transfer_progress(pbx: &mut PbxState, id: &str, params: &Params) -> Response {
    match params.non_empty("states") {
        None => Response::error(400, "states must not be empty"),
        Some(
            state @ ("channel_progress"
            | "channel_answered"
            | "channel_unavailable"
            | "channel_declined"),
        ) => {
            pbx.report_transfer_progress(id, state);
            Response::no_content()
        }
        Some(_) => Response::error(400, "Invalid states value"),
    }
}

fn send_dtmf(pbx: &mut PbxState, id: &str, params: &Params) -> DeferredResponse {
    let Some(keys) = params.non_empty("dtmf").map(str::to_owned) else {
        return Response::error(400, "DTMF is required").into();
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
    let keys = DtmfSequence {
        digits: keys,
        before: time("before", 0),
        between: time("between", 100),
        duration: length,
        after: time("after", 0),
    };
    pbx.queue_dtmf(id, keys)
}

fn continue_in_dialplan(pbx: &mut PbxState, id: &str, params: &Params) -> DeferredResponse {
    let Some(channel) = pbx.channels.get(id) else {
        return Response::error(404, "Channel not found").into();
    };
    let at = &channel.position;
    let (context, extension) = (params.non_empty("context"), params.non_empty("extension"));
    let next = match context.or(extension) {
        Some(_) => 1,
        None => at.priority + 1,
    };
    // Without an extension, a context means its extension `s`.
    let own = context.map_or(&*at.extension, |_| "s");
    let priority = match originate::dialplan_priority(params, next) {
        Ok(priority) => priority,
        Err(response) => return response.into(),
    };
    let position = Position {
        context: context.unwrap_or(&at.context).to_owned(),
        extension: extension.unwrap_or(own).to_owned(),
        priority,
    };
    leave_application(pbx, id, LeaveDestination::Dialplan(position))
}

/// Makes a channel leave its application when its command queue reaches this command. The response
/// is sent before that.
fn leave_application(pbx: &mut PbxState, id: &str, to: LeaveDestination) -> DeferredResponse {
    let channel = id.to_owned();
    pbx.queue_and_respond(id, move |pbx| {
        if let Some(channel) = pbx.channels.get_mut(&channel) {
            channel.leave_to = Some(to);
        }
    })
}

fn move_to_application(
    pbx: &mut PbxState,
    operation: &'static Operation,
    id: &str,
    params: &Params,
) -> DeferredResponse {
    let Some(app) = params.text("app") else {
        let what = "moving a channel without an application crashes a real server";
        pbx.record_violation(Some(operation), ViolationKind::Crash, what);
        return Response::error(400, "Missing parameter app").into();
    };
    let args = params.text("appArgs").unwrap_or_default().split(',');
    let args: Vec<_> = args
        .filter(|arg| !arg.is_empty())
        .map(str::to_owned)
        .collect();
    leave_application(pbx, id, LeaveDestination::Application(app.to_owned(), args))
}
