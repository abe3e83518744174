//! The operations of device states, mailboxes and sounds.

use ari_api::runtime::Operation;

use crate::json::{Json, Object};
use crate::pbx::World;
use crate::server::{Answer, Params, Reply};

pub(crate) fn run(
    world: &mut World,
    operation: &'static Operation,
    params: &Params,
) -> Option<Reply> {
    let answer = match (operation.resource, operation.nickname) {
        ("deviceStates", "list") => {
            let devices = world.devices.own.iter();
            Answer::list(devices.map(|(name, state)| device(name, state)))
        }
        ("deviceStates", "get") => {
            let name = params.path("deviceName");
            Answer::object(&device(name, world.device_state(name)))
        }
        ("deviceStates", "update" | "delete") => {
            let name = params.path("deviceName").to_owned();
            if !name.starts_with("Stasis:") {
                return Some(Answer::refused(409, "Uncontrolled device specified").into());
            }
            change(world, operation.nickname, &name, params)
        }
        ("mailboxes", name) => mailbox(world, name, params)?,
        ("sounds", "list") => {
            let lang = params.some("lang").is_none_or(|lang| lang == "en");
            let format = params.some("format").is_none_or(|format| format == "gsm");
            if !lang || !format {
                let message = "No sounds found that matched the query";
                return Some(Answer::refused(404, message).into());
            }
            Answer::list(world.settings.sounds.keys().map(|name| sound(name)))
        }
        ("sounds", "get") => {
            let name = params.path("soundId");
            match world.settings.sounds.contains_key(name) {
                true => Answer::object(&sound(name)),
                false => Answer::refused(404, "Sound not found"),
            }
        }
        _ => return None,
    };
    Some(answer.into())
}

fn device(name: &str, state: &str) -> Object {
    Object::new().with("name", name).with("state", state)
}

fn change(world: &mut World, operation: &str, name: &str, params: &Params) -> Answer {
    if name == "Stasis:" {
        return Answer::refused(404, "Device name is missing");
    }
    const STATES: &[&str] = &[
        "NOT_INUSE",
        "INUSE",
        "BUSY",
        "INVALID",
        "UNAVAILABLE",
        "RINGING",
        "RINGINUSE",
        "ONHOLD",
    ];
    if operation == "delete" {
        // Newer releases send no event.
        if world.devices.own.remove(name).is_some() && !world.is_newer() {
            world.tell_device(name, "UNKNOWN");
        }
        return Answer::done();
    }
    let given = params.some("deviceState").map(str::to_ascii_uppercase);
    match given.filter(|state| STATES.contains(&state.as_str())) {
        Some(state) => {
            world.set_device(name, &state);
            Answer::done()
        }
        None => Answer::refused(500, "Unknown device"),
    }
}

fn mailbox(world: &mut World, operation: &str, params: &Params) -> Option<Answer> {
    let object = |name: &str, (old, new): (i64, i64)| {
        Object::new()
            .with("name", name)
            .with("old_messages", old)
            .with("new_messages", new)
    };
    let name = params.path("mailboxName");
    let missing = || Answer::refused(404, "Mailbox not found");
    Some(match operation {
        "list" => Answer::list(world.mailboxes.iter().map(|(name, of)| object(name, *of))),
        "get" => match world.mailboxes.get(name) {
            Some(of) => Answer::object(&object(name, *of)),
            None => missing(),
        },
        "update" => {
            let number = |name: &str| params.number(name).unwrap_or(0);
            let counts = (number("oldMessages"), number("newMessages"));
            world.mailboxes.insert(name.to_owned(), counts);
            Answer::done()
        }
        "delete" => match world.mailboxes.remove(name) {
            Some(_) => Answer::done(),
            None => missing(),
        },
        _ => return None,
    })
}

fn sound(name: &str) -> Object {
    let format = Object::new().with("language", "en").with("format", "gsm");
    let formats: Json = [format].into_iter().collect();
    Object::new().with("id", name).with("formats", formats)
}
