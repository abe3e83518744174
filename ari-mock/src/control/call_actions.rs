//! Actions of the far ends of calls.

use super::{ControlError, Outcome, Values};
use crate::json::Object;
use crate::model::{Party, Position, Settings};
use crate::pbx::{ArrivingCall, Destination, PbxState};

type ActionResult = Result<Outcome, ControlError>;

/// Returns the channel of an action, which must exist.
fn channel<'a>(pbx: &PbxState, values: &'a Values) -> Result<&'a str, ControlError> {
    existing(pbx, "channel", values.required("channel"))
}

fn existing<'a>(pbx: &PbxState, field: &str, id: &'a str) -> Result<&'a str, ControlError> {
    match pbx.channels.contains_key(id) {
        true => Ok(id),
        false => Err(ControlError {
            status: 404,
            field: Some(field.to_owned()),
            message: format!(
                "channel {id:?} does not exist (it may have hung up): `ari mock state` and `/mock/state` list all channels"
            ),
        }),
    }
}

/// Checks that a call has an endpoint with a technology, and one destination.
pub(super) fn check_call(settings: Option<&Settings>, values: &Values) -> Result<(), ControlError> {
    let endpoint = values.required("endpoint");
    if !endpoint.contains('/') {
        return Err(ControlError::invalid(
            "endpoint",
            format!("endpoint is {endpoint:?}, but must have a technology, such as PJSIP/alice"),
        ));
    }
    let destination = destination(values)?;
    if let (Some(settings), Destination::Extension(position)) = (settings, &destination) {
        let Position {
            context, extension, ..
        } = position;
        if !settings.dialplan.contains(context, extension) {
            return Err(unknown_extension(settings, 400, context, extension));
        }
    }
    Ok(())
}

fn destination(values: &Values) -> Result<Destination, ControlError> {
    match (values.text("application"), values.text("extension")) {
        (Some(app), None) if values.text("context").is_none() => Ok(Destination::Application(
            app.to_owned(),
            values.texts("args"),
        )),
        (Some(_), None) => Err(ControlError::invalid(
            "context",
            "context belongs to an extension: leave it out, or give extension instead of \
             application",
        )),
        (None, Some(_)) if !values.texts("args").is_empty() => Err(ControlError::invalid(
            "args",
            "args are for an application: leave them out, or give application instead of extension",
        )),
        (None, Some(extension)) => Ok(Destination::Extension(Position {
            context: values.text("context").unwrap_or("testari").to_owned(),
            extension: extension.to_owned(),
            priority: 1,
        })),
        _ => Err(ControlError::invalid(
            "application",
            "give either application or extension: the destination of the call",
        )),
    }
}

pub(super) fn call(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let destination = destination(values)?;
    let id = values.text("id");
    if let Some(id) = id.filter(|id| pbx.channels.contains_key(*id)) {
        return Err(ControlError {
            status: 409,
            field: Some("id".to_owned()),
            message: format!("channel {id:?} exists already: choose another id"),
        });
    }
    let call = ArrivingCall {
        endpoint: values.required("endpoint").to_owned(),
        id: id.map(str::to_owned),
        caller: values.text("caller").map(Party::parse).unwrap_or_default(),
    };
    let id = pbx.receive_call(call, destination);
    Ok(Outcome {
        result: Some(Object::new().with("channel", &id)),
        channel: Some(id),
        ..Outcome::default()
    })
}

/// Returns the error for an extension that does not exist.
fn unknown_extension(
    settings: &Settings,
    status: u16,
    context: &str,
    extension: &str,
) -> ControlError {
    let dialplan = &settings.dialplan;
    let known = dialplan.extensions(context);
    let (field, place) = match &*known {
        [] => (
            "context",
            format!("; its contexts: {}", dialplan.contexts().join(", ")),
        ),
        known => ("extension", format!(", which has: {}", known.join(", "))),
    };
    ControlError {
        status,
        field: Some(field.to_owned()),
        message: format!(
            "the dialplan has no extension {extension:?} in the context {context:?}{place}; add it by \
             --extension or --setup"
        ),
    }
}

pub(super) fn press(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = channel(pbx, values)?;
    pbx.press_keys(id, &values.required("keys").to_ascii_uppercase());
    Ok(Outcome::default())
}

pub(super) fn talk(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = channel(pbx, values)?;
    pbx.on_talk(id, values.seconds("seconds").unwrap_or_default());
    Ok(Outcome::default())
}

pub(super) fn tone(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = channel(pbx, values)?;
    pbx.on_tone(id);
    Ok(Outcome::default())
}

pub(super) fn ring(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = dialed(pbx, values)?;
    pbx.on_ringing(id);
    Ok(Outcome::default())
}

pub(super) fn answer(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = dialed(pbx, values)?;
    pbx.on_answered(id);
    Ok(Outcome::default())
}

/// Returns the channel of an action, which must have been dialed and not answered.
fn dialed<'a>(pbx: &PbxState, values: &'a Values) -> Result<&'a str, ControlError> {
    let id = channel(pbx, values)?;
    let is_dialed = pbx
        .channels
        .get(id)
        .is_some_and(|channel| channel.dialing.is_some());
    match is_dialed {
        true => Ok(id),
        false => Err(ControlError::new(
            409,
            format!(
                "channel {id:?} is not being dialed: only a phone that the application calls rings \
                 and answers"
            ),
        )),
    }
}

pub(super) fn hold(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = channel(pbx, values)?;
    pbx.on_hold(id, true);
    Ok(Outcome::default())
}

pub(super) fn unhold(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = channel(pbx, values)?;
    pbx.on_hold(id, false);
    Ok(Outcome::default())
}

pub(super) fn hangup(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = channel(pbx, values)?;
    pbx.hangup_remote(id, values.integer("cause").unwrap_or(16));
    Ok(Outcome::default())
}

/// Checks that a transfer has one target, which is not the channel itself.
pub(super) fn check_transfer(_: Option<&Settings>, values: &Values) -> Result<(), ControlError> {
    match (values.text("extension"), values.text("other")) {
        (Some(_), None) => Ok(()),
        (None, Some(other)) if other == values.required("channel") => Err(ControlError::invalid(
            "other",
            "other is the channel itself: give the phone's other call",
        )),
        (None, Some(_)) => Ok(()),
        _ => Err(ControlError::invalid(
            "extension",
            "give either extension (blind transfer) or other (attended transfer)",
        )),
    }
}

pub(super) fn transfer(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let id = channel(pbx, values)?;
    let able = |pbx: &PbxState, id: &str| match pbx.can_request_transfer(id) {
        true => Ok(()),
        false => Err(ControlError::new(
            409,
            format!(
                "channel {id:?} cannot request a transfer: it must be a phone in a call (state Up) \
                 without another unfinished transfer"
            ),
        )),
    };
    if let Some(extension) = values.text("extension") {
        able(pbx, id)?;
        if let Some(context) = pbx.blind_transfer_context(id)
            && !pbx.settings.dialplan.contains(&context, extension)
        {
            // A real server responds to the phone with 404.
            let mut error = unknown_extension(&pbx.settings, 404, &context, extension);
            error.field = Some("extension".to_owned());
            return Err(error);
        }
        pbx.on_blind_transfer(id, extension);
    } else {
        let other = existing(pbx, "other", values.required("other"))?;
        able(pbx, id)?;
        able(pbx, other)?;
        pbx.on_attended_transfer(id, other);
    }
    Ok(Outcome::default())
}
