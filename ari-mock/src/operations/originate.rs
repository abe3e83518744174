//! The operations that create and dial channels.

use std::time::Duration;

use super::variables::parse_variables;
use crate::model::audio::AudioFormat;
use crate::model::{AnswerDestination, DialAttempt, Position};
use crate::pbx::{NewChannel, PbxState};
use crate::rest::{Params, Response};

/// Splits an endpoint of the form `technology/resource`.
pub(crate) fn split_endpoint(text: &str) -> Option<(String, String)> {
    let (technology, resource) = text.split_once('/')?;
    let complete = !technology.is_empty() && !resource.is_empty();
    complete.then(|| (technology.to_owned(), resource.to_owned()))
}

/// Returns the variables for a new channel. They are checked before everything else.
pub(crate) fn new_channel_variables(
    pbx: &PbxState,
    params: &Params,
) -> Result<Vec<(String, String, bool)>, Response> {
    let given = params.object("variables");
    given.map_or(Ok(Vec::new()), |values| parse_variables(pbx, values))
}

/// Performs the checks that originating and creating have in common, and creates the channel.
fn create_channel(
    pbx: &mut PbxState,
    params: &Params,
    id: Option<&str>,
) -> Result<(String, String), Response> {
    let refused = |status, message: &str| Err(Response::error(status, message));
    let Some(text) = params.non_empty("endpoint") else {
        return refused(400, "Endpoint must be specified");
    };
    let Some((technology, resource)) = split_endpoint(text) else {
        return refused(400, "Invalid endpoint specified");
    };
    let id = id.or(params.non_empty("channelId"));
    let other_id = params.non_empty("otherChannelId");
    for id in [id, other_id].into_iter().flatten() {
        if id.chars().count() > 149 {
            return refused(400, "Uniqueid length exceeds maximum of 149");
        }
    }
    let given = new_channel_variables(pbx, params)?;
    if !pbx.can_create_channel(&technology, &resource) {
        return Err(Response::allocation_failed());
    }
    if technology.eq_ignore_ascii_case("WebSocket")
        && let Some(new) = pbx.parse_websocket_channel(&resource)
        && pbx.crashes_on_websocket_channel(id, &new.options)
    {
        return Err(Response::allocation_failed());
    }
    let taken = |id: &str| pbx.channels.contains_key(id);
    if id.is_some_and(taken) || other_id.is_some_and(taken) || (id.is_some() && id == other_id) {
        return refused(409, "Channel with given unique ID already exists");
    }
    let call = NewChannel {
        technology,
        resource: resource.clone(),
        id: id.map(str::to_owned),
        other_half_id: other_id.map(str::to_owned),
        caller: params.non_empty("callerId").map(str::to_owned),
        variables: given,
    };
    let made = pbx
        .create_channel(call)
        .ok_or_else(Response::allocation_failed)?;
    Ok((made, resource))
}

pub(crate) fn originate(pbx: &mut PbxState, params: &Params, id: Option<&str>) -> Response {
    match try_originate(pbx, params, id) {
        Ok(response) | Err(response) => response,
    }
}

fn try_originate(
    pbx: &mut PbxState,
    params: &Params,
    id: Option<&str>,
) -> Result<Response, Response> {
    let refused = |status, message: &str| Err(Response::error(status, message));
    new_channel_variables(pbx, params)?;
    if params.non_empty("endpoint").is_none() {
        return refused(400, "Endpoint must be specified");
    }
    check_format_conflict(params)?;
    if params
        .non_empty("endpoint")
        .and_then(split_endpoint)
        .is_none()
    {
        return refused(400, "Invalid endpoint specified");
    }
    let then = match (params.non_empty("app"), params.non_empty("extension")) {
        (Some(app), _) => {
            let data = params.non_empty("appArgs").unwrap_or_default();
            let args = split_arguments(data);
            let written = match data {
                "" => app.to_owned(),
                data => format!("{app},{data}"),
            };
            AnswerDestination::Application(app.to_owned(), args, written)
        }
        (None, Some(extension)) => {
            let priority = dialplan_priority(params, 1)?;
            AnswerDestination::Dialplan(Position {
                context: params.non_empty("context").unwrap_or("default").to_owned(),
                extension: extension.to_owned(),
                priority,
            })
        }
        (None, None) => return refused(400, "Application or extension must be specified"),
    };
    let originator = params.non_empty("originator");
    params.non_empty("formats").map_or(Ok(()), check_formats)?;
    if originator.is_some_and(|id| !pbx.channels.contains_key(id)) {
        return refused(400, "Provided originator channel was not found");
    }
    let (id, string) = create_channel(pbx, params, id)?;
    pbx.mark_outgoing(&id);
    if let AnswerDestination::Application(app, ..) = &then {
        pbx.subscribe_channel(app, &id);
        if let Some(other) = pbx.other_half(&id) {
            pbx.subscribe_channel(app, &other);
        }
    }
    let response = match pbx.channels.get(&id) {
        Some(channel) => Response::object(&channel.object()),
        None => Response::allocation_failed(),
    };
    let limit = match params.number("timeout") {
        None | Some(0) => Some(Duration::from_secs(30)),
        Some(seconds) => u64::try_from(seconds).ok().map(Duration::from_secs),
    };
    pbx.dial(
        &id,
        DialAttempt {
            destination: then,
            dial_string: string,
        },
        limit,
    );
    Ok(response)
}

/// Returns the priority of a position. A numeric label takes precedence over the priority. Named
/// labels do not exist here.
pub(crate) fn dialplan_priority(params: &Params, default: i64) -> Result<i64, Response> {
    let given = params.number("priority").filter(|given| *given > 0);
    match params.non_empty("label").map(str::parse) {
        None => Ok(given.unwrap_or(default)),
        Some(Ok(priority)) => Ok(priority),
        Some(Err(_)) => Err(Response::error(404, "Requested label can not be found")),
    }
}

/// Checks that the formats are not given together with an originator, whose formats would be used.
fn check_format_conflict(params: &Params) -> Result<(), Response> {
    match (params.non_empty("formats"), params.non_empty("originator")) {
        (Some(_), Some(_)) => {
            let message = "Originator and formats can't both be specified";
            Err(Response::error(400, message))
        }
        _ => Ok(()),
    }
}

pub(crate) fn check_formats(formats: &str) -> Result<(), Response> {
    const VIDEO: &[&str] = &["h264", "vp8"];
    let is_known = |format: &str| AudioFormat::find(format).is_some() || VIDEO.contains(&format);
    match formats.split(',').find(|format| !is_known(format)) {
        Some(format) => {
            let message = format!("Provided format ({format}) was not found");
            Err(Response::error(400, message))
        }
        None => Ok(()),
    }
}

/// Splits application arguments. There are at most 128; a single empty one counts as none.
pub(crate) fn split_arguments(data: &str) -> Vec<String> {
    let mut args = crate::rest::split_list(data);
    args.truncate(128);
    args
}

/// Creates a channel without dialling it.
fn create_undialled(pbx: &mut PbxState, params: &Params) -> Result<String, Response> {
    new_channel_variables(pbx, params)?;
    check_format_conflict(params)?;
    if params
        .non_empty("endpoint")
        .and_then(split_endpoint)
        .is_some()
    {
        params.non_empty("formats").map_or(Ok(()), check_formats)?;
    }
    create_channel(pbx, params, None).map(|(id, _)| id)
}

pub(crate) fn create(pbx: &mut PbxState, params: &Params) -> Response {
    let app = params.text("app").unwrap_or_default().to_owned();
    let id = match create_undialled(pbx, params) {
        Ok(id) => id,
        Err(response) => return response,
    };
    let response = match pbx.channels.get(&id) {
        Some(channel) => Response::object(&channel.object()),
        None => Response::allocation_failed(),
    };
    pbx.subscribe_channel(&app, &id);
    let data = params.non_empty("appArgs").unwrap_or_default();
    let written = match data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    enter_application(pbx, &id, &app, &split_arguments(data), &written);
    response
}

/// Makes a channel enter an application as the dialplan does, with a `ChannelDialplan` event.
pub(crate) fn enter_application(
    pbx: &mut PbxState,
    id: &str,
    app: &str,
    args: &[String],
    data: &str,
) {
    let shown = pbx
        .channels
        .get(id)
        .map(|channel| channel.dialplan_application.clone());
    pbx.set_dialplan_application(id, "Stasis", data);
    if let (Some(channel), Some(shown)) = (pbx.channels.get_mut(id), shown) {
        channel.previous_application = shown;
    }
    if !pbx.enter_application(id, app, args, data) {
        pbx.end_channel(id, 0, 0);
    }
}

pub(crate) fn dial(pbx: &mut PbxState, id: &str, params: &Params) -> Response {
    let Some(channel) = pbx.channels.get(id) else {
        return Response::error(404, "Channel not found");
    };
    if channel.stasis_app.is_none() {
        return Response::error(409, "Channel not in Stasis application");
    }
    if channel.state != "Down" {
        return Response::error(409, "Channel is not in the 'Down' state");
    }
    let seconds = params.number("timeout").filter(|seconds| *seconds > 0);
    let limit = seconds.and_then(|seconds| u64::try_from(seconds).ok());
    let limit = limit.map(Duration::from_secs);
    let string = channel.resource.clone();
    let then = AnswerDestination::InApplication;
    // An unknown channel is ignored.
    if let Some(caller) = params.non_empty("caller") {
        pbx.inherit_from(caller, id);
    }
    pbx.dial(
        id,
        DialAttempt {
            destination: then,
            dial_string: string,
        },
        limit,
    );
    Response::no_content()
}
