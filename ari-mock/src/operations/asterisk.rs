//! The operations of the server itself: information and global variables.

use super::configuration;
use super::variables::missing_name;
use crate::json::Object;
use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};

pub(crate) fn run(pbx: &mut PbxState, name: &str, params: &Params) -> Option<DeferredResponse> {
    let reply = match name {
        "getInfo" => info(pbx, params),
        "ping" => Response::object(
            &Object::new()
                .with("ping", "pong")
                .with("timestamp", pbx.clock.timestamp())
                .with("asterisk_id", &pbx.settings.entity_id),
        ),
        "getGlobalVar" => match params.non_empty("variable") {
            None => missing_name(),
            Some(name) => {
                let value = pbx.globals.get(name).cloned().unwrap_or_default();
                Response::object(&Object::new().with("value", value))
            }
        },
        "setGlobalVar" => match params.non_empty("variable") {
            None => missing_name(),
            Some(name) => {
                let value = params.text("value").unwrap_or_default();
                pbx.globals.insert(name.to_owned(), value.to_owned());
                Response::no_content()
            }
        },
        _ => return configuration::run(pbx, name, params),
    };
    Some(reply.into())
}

fn info(pbx: &PbxState, params: &Params) -> Response {
    let only = params.list("only");
    let all = only.is_empty() && !params.is_present("only");
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
        .with("version", pbx.settings.version.to_string())
        .with("entity_id", &pbx.settings.entity_id);
    let config = Object::new()
        .with("name", "")
        .with("default_language", "en")
        .with("setid", Object::new().with("user", "").with("group", ""));
    let status = Object::new()
        .with("startup_time", &pbx.started_at)
        .with("last_reload_time", &pbx.started_at);
    let info = Object::new()
        .with_some("build", part("build", build))
        .with_some("system", part("system", system))
        .with_some("config", part("config", config))
        .with_some("status", part("status", status));
    Response::object(&info)
}
