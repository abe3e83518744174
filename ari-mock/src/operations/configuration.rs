//! The operations of modules, log channels and configuration objects.

use serde_json::Value;

use crate::pbx::{CLASS, Outcome, Refusal, World};
use crate::server::{Answer, Params, Reply};
use crate::violation::ViolationKind;

pub(crate) fn run(world: &mut World, name: &str, params: &Params) -> Option<Reply> {
    let answer = match name {
        "listModules" => Answer::list(world.modules.objects()),
        "getModule" => module(world, params.path("moduleName")),
        "loadModule" => match world.modules.load(params.path("moduleName")) {
            Outcome::Done => Answer::done(),
            Outcome::AlreadyLoaded => Answer::refused(409, "Module is already loaded"),
            _ => Answer::refused(409, "Module load declined"),
        },
        "unloadModule" => unload(world, params.path("moduleName")),
        "reloadModule" => match world.modules.reload(params.path("moduleName")) {
            Outcome::Done => Answer::done(),
            Outcome::NotReloadable => Answer::refused(409, "Module does not support reloading"),
            _ => not_running(),
        },
        "listLogChannels" => Answer::list(world.logs.objects()),
        "addLog" => {
            let name = params.path("logChannelName");
            match params.some("configuration") {
                None => Answer::refused(400, "Configuration levels are required"),
                Some(levels) if world.logs.add(name, levels) => Answer::done(),
                Some(_) => Answer::refused(409, "Log channel already exists"),
            }
        }
        "deleteLog" => existed(world.logs.delete(params.path("logChannelName"))),
        "rotateLog" => existed(world.logs.rotate(params.path("logChannelName"))),
        "getObject" | "updateObject" | "deleteObject" => object(world, name, params),
        _ => return None,
    };
    Some(answer.into())
}

fn not_running() -> Answer {
    Answer::refused(404, "Module not found in running modules")
}

fn existed(log: bool) -> Answer {
    match log {
        true => Answer::done(),
        false => Answer::refused(404, "Log channel does not exist"),
    }
}

fn module(world: &World, name: &str) -> Answer {
    match (world.modules.object(name), world.modules.find(name)) {
        (Some(object), _) => Answer::object(&object),
        // The module is found without its suffix, but its information is not.
        (None, Some(_)) => Answer::refused(409, "Module information could not be retrieved"),
        (None, None) => Answer::refused(404, "Module could not be found in running modules"),
    }
}

fn unload(world: &mut World, name: &str) -> Answer {
    if world.modules.find(name) == Some("res_ari_asterisk.so") {
        let what = "unloading the module that handles this request stops a real server";
        world.violation(None, ViolationKind::Crash, what);
        return Answer::refused(409, "Module could not be unloaded");
    }
    match world.modules.unload(name) {
        Outcome::Done => Answer::done(),
        Outcome::InUse => Answer::refused(409, "Module could not be unloaded"),
        _ => not_running(),
    }
}

fn object(world: &mut World, operation: &str, params: &Params) -> Answer {
    let (class, kind) = (params.path("configClass"), params.path("objectType"));
    let id = params.path("id");
    if class != CLASS {
        return Answer::refused(404, format!("configClass '{class}' not found"));
    }
    if !world.knows_type(kind) {
        return Answer::refused(404, format!("objectType '{kind}' not found"));
    }
    let missing = || Answer::refused(404, format!("Object with id '{id}' not found"));
    match operation {
        "deleteObject" => match world.delete_object(kind, id) {
            None => missing(),
            Some(Ok(())) => Answer::done(),
            Some(Err(_)) => Answer::refused(403, format!("Could not delete object with id '{id}'")),
        },
        "updateObject" => update(world, kind, id, params),
        _ => world.tuples(kind, id).map_or_else(missing, Answer::json),
    }
}

fn update(world: &mut World, kind: &str, id: &str, params: &Params) -> Answer {
    let fields = match params.json().and_then(|body| body.get("fields")) {
        None => None,
        Some(Value::Array(fields)) => {
            let text = |field: &Value, name: &str| field.get(name)?.as_str().map(str::to_owned);
            let pairs = fields
                .iter()
                .map(|field| Some((text(field, "attribute")?, text(field, "value")?)));
            match pairs.collect::<Option<Vec<_>>>() {
                Some(pairs) => Some(pairs),
                None => {
                    let what =
                        "a field whose attribute or value is not a string crashes a real server";
                    world.violation(None, ViolationKind::Crash, what);
                    return Answer::refused(400, "Error parsing request body");
                }
            }
        }
        Some(_) => Some(Vec::new()),
    };
    let exists = world.tuples(kind, id).is_some();
    let (noun, verb) = match exists {
        true => ("Update", "update"),
        false => ("Creation", "create"),
    };
    match world.put_object(kind, id, fields.as_deref()) {
        Ok(()) => match world.tuples(kind, id) {
            Some(tuples) => Answer::json(tuples),
            None => Answer::allocation_failed(),
        },
        Err(Refusal::Invalid) => {
            let message = format!("{noun} of object '{id}' failed field value validation");
            Answer::refused(400, message).saying("Bad request")
        }
        Err(Refusal::Fixed) => {
            let message = format!("Cannot {verb} sorcery objects of type '{kind}'");
            Answer::refused(403, message)
        }
        Err(Refusal::NoFields) => {
            let message = format!("Fields must be provided to update object '{id}'");
            Answer::refused(400, message).saying("Bad request")
        }
    }
}
