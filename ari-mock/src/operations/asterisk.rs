//! The operations of the server itself: information and global variables.

use crate::json::Object;
use crate::pbx::World;
use crate::server::{Answer, Params, Reply};

pub(crate) fn run(world: &mut World, name: &str, params: &Params) -> Option<Reply> {
    let reply = match name {
        "getInfo" => info(world, params),
        "ping" => Answer::object(
            &Object::new()
                .with("ping", "pong")
                .with("timestamp", world.clock.timestamp())
                .with("asterisk_id", &world.settings.entity_id),
        ),
        "getGlobalVar" => match params.some("variable") {
            None => no_name(),
            Some(name) => {
                let value = world.globals.get(name).cloned().unwrap_or_default();
                Answer::object(&Object::new().with("value", value))
            }
        },
        "setGlobalVar" => match params.some("variable") {
            None => no_name(),
            Some(name) => {
                let value = params.text("value").unwrap_or_default();
                world.globals.insert(name.to_owned(), value.to_owned());
                Answer::done()
            }
        },
        _ => return super::configuration::run(world, name, params),
    };
    Some(reply.into())
}

pub(crate) fn no_name() -> Answer {
    Answer::refused(400, "Variable name is required")
}

fn info(world: &World, params: &Params) -> Answer {
    let only = params.list("only");
    let all = only.is_empty() && !params.is_given("only");
    let part = |name: &str, object: Object| {
        let wanted = all || only.iter().any(|only| only.eq_ignore_ascii_case(name));
        wanted.then_some(object)
    };
    let build = Object::new()
        .with("os", "Linux")
        .with("kernel", "unknown")
        .with("machine", "unknown")
        .with("options", "")
        .with("date", "2026-01-01 00:00:00 UTC")
        .with("user", "nobody");
    let system = Object::new()
        .with("version", world.settings.version.to_string())
        .with("entity_id", &world.settings.entity_id);
    let config = Object::new()
        .with("name", "")
        .with("default_language", "en")
        .with("setid", Object::new().with("user", "").with("group", ""));
    let status = Object::new()
        .with("startup_time", &world.started)
        .with("last_reload_time", &world.started);
    let info = Object::new()
        .maybe("build", part("build", build))
        .maybe("system", part("system", system))
        .maybe("config", part("config", config))
        .maybe("status", part("status", status));
    Answer::object(&info)
}
