//! The operations of modules, log channels and configuration objects.

use serde_json::Value;

use crate::model::ModuleOutcome;
use crate::pbx::{CONFIG_CLASS, ConfigError, PbxState};
use crate::rest::{DeferredResponse, Params, Response};
use crate::violation::ViolationKind;

pub(crate) fn run(pbx: &mut PbxState, name: &str, params: &Params) -> Option<DeferredResponse> {
    let response = match name {
        "listModules" => Response::list(pbx.modules.objects()),
        "getModule" => module(pbx, params.path("moduleName")),
        "loadModule" => match pbx.modules.load(params.path("moduleName")) {
            ModuleOutcome::Done => Response::no_content(),
            ModuleOutcome::AlreadyLoaded => Response::error(409, "Module is already loaded"),
            _ => Response::error(409, "Module load declined"),
        },
        "unloadModule" => unload(pbx, params.path("moduleName")),
        "reloadModule" => match pbx.modules.reload(params.path("moduleName")) {
            ModuleOutcome::Done => Response::no_content(),
            ModuleOutcome::NotReloadable => {
                Response::error(409, "Module does not support reloading")
            }
            _ => module_not_running(),
        },
        "listLogChannels" => Response::list(pbx.log_channels.objects()),
        "addLog" => {
            let name = params.path("logChannelName");
            match params.non_empty("configuration") {
                None => Response::error(400, "Configuration levels are required"),
                Some(levels) if pbx.log_channels.add(name, levels) => Response::no_content(),
                Some(_) => Response::error(409, "Log channel already exists"),
            }
        }
        "deleteLog" => found_log_channel(pbx.log_channels.delete(params.path("logChannelName"))),
        "rotateLog" => found_log_channel(pbx.log_channels.rotate(params.path("logChannelName"))),
        "getObject" | "updateObject" | "deleteObject" => object(pbx, name, params),
        _ => return None,
    };
    Some(response.into())
}

fn module_not_running() -> Response {
    Response::error(404, "Module not found in running modules")
}

fn found_log_channel(log: bool) -> Response {
    match log {
        true => Response::no_content(),
        false => Response::error(404, "Log channel does not exist"),
    }
}

fn module(pbx: &PbxState, name: &str) -> Response {
    match (pbx.modules.object(name), pbx.modules.find_loaded(name)) {
        (Some(object), _) => Response::object(&object),
        // The module is found without its suffix, but its information is not.
        (None, Some(_)) => Response::error(409, "Module information could not be retrieved"),
        (None, None) => Response::error(404, "Module could not be found in running modules"),
    }
}

fn unload(pbx: &mut PbxState, name: &str) -> Response {
    if pbx.modules.find_loaded(name) == Some("res_ari_asterisk.so") {
        let what = "unloading the module that handles this request stops a real server";
        pbx.record_violation(None, ViolationKind::Crash, what);
        return Response::error(409, "Module could not be unloaded");
    }
    match pbx.modules.unload(name) {
        ModuleOutcome::Done => Response::no_content(),
        ModuleOutcome::InUse => Response::error(409, "Module could not be unloaded"),
        _ => module_not_running(),
    }
}

fn object(pbx: &mut PbxState, operation: &str, params: &Params) -> Response {
    let (class, kind) = (params.path("configClass"), params.path("objectType"));
    let id = params.path("id");
    if class != CONFIG_CLASS {
        return Response::error(404, format!("configClass '{class}' not found"));
    }
    if !pbx.has_config_type(kind) {
        return Response::error(404, format!("objectType '{kind}' not found"));
    }
    let missing = || Response::error(404, format!("Object with id '{id}' not found"));
    match operation {
        "deleteObject" => match pbx.delete_config_object(kind, id) {
            None => missing(),
            Some(Ok(())) => Response::no_content(),
            Some(Err(_)) => Response::error(403, format!("Could not delete object with id '{id}'")),
        },
        "updateObject" => update(pbx, kind, id, params),
        _ => pbx
            .config_attributes(kind, id)
            .map_or_else(missing, Response::json),
    }
}

fn update(pbx: &mut PbxState, kind: &str, id: &str, params: &Params) -> Response {
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
                    pbx.record_violation(None, ViolationKind::Crash, what);
                    return Response::error(400, "Error parsing request body");
                }
            }
        }
        Some(_) => Some(Vec::new()),
    };
    let exists = pbx.config_attributes(kind, id).is_some();
    let (noun, verb) = match exists {
        true => ("Update", "update"),
        false => ("Creation", "create"),
    };
    match pbx.put_config_object(kind, id, fields.as_deref()) {
        Ok(()) => match pbx.config_attributes(kind, id) {
            Some(tuples) => Response::json(tuples),
            None => Response::allocation_failed(),
        },
        Err(ConfigError::Invalid) => {
            let message = format!("{noun} of object '{id}' failed field value validation");
            Response::error(400, message).with_phrase("Bad request")
        }
        Err(ConfigError::ReadOnly) => {
            let message = format!("Cannot {verb} sorcery objects of type '{kind}'");
            Response::error(403, message)
        }
        Err(ConfigError::NoFields) => {
            let message = format!("Fields must be provided to update object '{id}'");
            Response::error(400, message).with_phrase("Bad request")
        }
    }
}
