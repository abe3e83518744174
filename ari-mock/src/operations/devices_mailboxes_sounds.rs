//! The operations of device states, mailboxes and sounds.

use ari_api::schema::Operation;

use crate::json::{Json, Object};
use crate::model::{DEVICE_STATES, Settings};
use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};
use crate::sorted_map::SortedMap;

pub(crate) fn run(
    pbx: &mut PbxState,
    operation: &'static Operation,
    params: &Params,
) -> Option<DeferredResponse> {
    let response = match (operation.resource, operation.nickname) {
        ("deviceStates", "list") => {
            let devices = pbx.device_states.controlled.iter();
            Response::list(devices.map(|(name, state)| device(name, state)))
        }
        ("deviceStates", "get") => {
            let name = params.path("deviceName");
            Response::object(&device(name, pbx.device_state(name)))
        }
        ("deviceStates", "update" | "delete") => {
            let name = params.path("deviceName").to_owned();
            if !name.starts_with("Stasis:") {
                return Some(Response::error(409, "Uncontrolled device specified").into());
            }
            change_device_state(pbx, operation.nickname, &name, params)
        }
        ("mailboxes", name) => mailbox(pbx, name, params)?,
        ("sounds", "list") => {
            let format = params.non_empty("format").unwrap_or("gsm");
            let sounds = match format {
                "gsm" => sounds(&pbx.settings, params.non_empty("lang")),
                _ => SortedMap::new(),
            };
            if sounds.is_empty() {
                let message = "No sounds found that matched the query";
                return Some(Response::error(404, message).into());
            }
            Response::list(
                sounds
                    .iter()
                    .map(|(name, languages)| sound(name, languages)),
            )
        }
        ("sounds", "get") => {
            let name = params.path("soundId");
            match sounds(&pbx.settings, None).get(name) {
                Some(languages) => Response::object(&sound(name, languages)),
                None => Response::error(404, "Sound not found"),
            }
        }
        _ => return None,
    };
    Some(response.into())
}

fn device(name: &str, state: &str) -> Object {
    Object::new().with("name", name).with("state", state)
}

fn change_device_state(
    pbx: &mut PbxState,
    operation: &str,
    name: &str,
    params: &Params,
) -> Response {
    if name == "Stasis:" {
        return Response::error(404, "Device name is missing");
    }
    if operation == "delete" {
        // Newer releases send no event.
        if pbx.device_states.controlled.remove(name).is_some() && !pbx.behaves_like_22() {
            pbx.publish_device_state(name, "UNKNOWN");
        }
        return Response::no_content();
    }
    let given = params.non_empty("deviceState").map(str::to_ascii_uppercase);
    match given.filter(|state| DEVICE_STATES[1..].contains(&state.as_str())) {
        Some(state) => {
            pbx.set_device_state(name, &state);
            Response::no_content()
        }
        None => Response::error(500, "Unknown device"),
    }
}

fn mailbox(pbx: &mut PbxState, operation: &str, params: &Params) -> Option<Response> {
    let object = |name: &str, (old, new): (i64, i64)| {
        Object::new()
            .with("name", name)
            .with("old_messages", old)
            .with("new_messages", new)
    };
    let name = params.path("mailboxName");
    let missing = || Response::error(404, "Mailbox not found");
    Some(match operation {
        "list" => Response::list(pbx.mailboxes.iter().map(|(name, of)| object(name, *of))),
        "get" => match pbx.mailboxes.get(name) {
            Some(of) => Response::object(&object(name, *of)),
            None => missing(),
        },
        "update" => {
            let number = |name: &str| params.number(name).unwrap_or(0);
            let counts = (number("oldMessages"), number("newMessages"));
            pbx.mailboxes.insert(name.to_owned(), counts);
            Response::no_content()
        }
        "delete" => match pbx.mailboxes.remove(name) {
            Some(_) => Response::no_content(),
            None => missing(),
        },
        _ => return None,
    })
}

/// Returns the languages of each sound, or the sounds of one language.
fn sounds<'a>(settings: &'a Settings, language: Option<&str>) -> SortedMap<&'a str, Vec<&'a str>> {
    let mut sounds = SortedMap::new();
    for name in settings.sounds.keys() {
        let in_folder = name.split_once('/');
        let (folder, id) = in_folder
            .filter(|(folder, _)| settings.sound_languages.iter().any(|known| known == folder))
            .unwrap_or(("en", name));
        if language.is_none_or(|wanted| wanted == folder) {
            sounds.get_or_insert_with(id, Vec::new).push(folder);
        }
    }
    sounds
}

fn sound(name: &str, languages: &[&str]) -> Object {
    let format = |language: &&str| {
        let format = Object::new().with("language", *language);
        format.with("format", "gsm")
    };
    let formats: Json = languages.iter().map(format).collect();
    Object::new().with("id", name).with("formats", formats)
}
