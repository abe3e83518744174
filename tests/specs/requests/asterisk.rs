//! The server itself.

use ari_api::asterisk;
use serde_json::json;

use super::{Row, row};

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row!(
            "GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}",
            |client| client
                .config_dynamic("res_pjsip", "endpoint", "alice@home")
                .get_object(),
            json!({
                "configClass": "res_pjsip",
                "objectType": "endpoint",
                "id": "alice@home",
            })
        ),
        row!(
            "PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}",
            |client| client
                .config_dynamic("res_pjsip", "endpoint", "alice@home")
                .update_object()
                .fields([("direct_media", "no"), ("allow", "!all,ulaw")]),
            json!({
                "configClass": "res_pjsip",
                "objectType": "endpoint",
                "id": "alice@home",
                "fields": [
                    {"attribute": "direct_media", "value": "no"},
                    {"attribute": "allow", "value": "!all,ulaw"},
                ],
            })
        ),
        row!(
            "DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}",
            |client| client
                .config_dynamic("res_pjsip", "endpoint", "alice@home")
                .delete_object(),
            json!({
                "configClass": "res_pjsip",
                "objectType": "endpoint",
                "id": "alice@home",
            })
        ),
        row!(
            "GET /asterisk/info",
            |client| client
                .asterisk()
                .get_info()
                .only([asterisk::GetInfoOnly::Build, asterisk::GetInfoOnly::Status]),
            json!({"only": ["build", "status"]})
        ),
        row!(
            "GET /asterisk/ping",
            |client| client.asterisk().ping(),
            json!({})
        ),
        row!(
            "GET /asterisk/modules",
            |client| client.asterisk().list_modules(),
            json!({})
        ),
        row!(
            "GET /asterisk/modules/{moduleName}",
            |client| client.module("res_pjsip.so").get_module(),
            json!({"moduleName": "res_pjsip.so"})
        ),
        row!(
            "POST /asterisk/modules/{moduleName}",
            |client| client.module("res_pjsip.so").load_module(),
            json!({"moduleName": "res_pjsip.so"})
        ),
        row!(
            "DELETE /asterisk/modules/{moduleName}",
            |client| client.module("res_pjsip.so").unload_module(),
            json!({"moduleName": "res_pjsip.so"})
        ),
        row!(
            "PUT /asterisk/modules/{moduleName}",
            |client| client.module("res_pjsip.so").reload_module(),
            json!({"moduleName": "res_pjsip.so"})
        ),
        row!(
            "GET /asterisk/logging",
            |client| client.asterisk().list_log_channels(),
            json!({})
        ),
        row!(
            "POST /asterisk/logging/{logChannelName}",
            |client| client
                .log_channel("calls & events.log")
                .add_log("notice,warning=+error"),
            json!({
                "logChannelName": "calls & events.log",
                "configuration": "notice,warning=+error",
            })
        ),
        row!(
            "DELETE /asterisk/logging/{logChannelName}",
            |client| client.log_channel("calls & events.log").delete_log(),
            json!({"logChannelName": "calls & events.log"})
        ),
        row!(
            "PUT /asterisk/logging/{logChannelName}/rotate",
            |client| client.log_channel("calls & events.log").rotate_log(),
            json!({"logChannelName": "calls & events.log"})
        ),
        row!(
            "GET /asterisk/variable",
            |client| client.asterisk().get_global_var("OTHER+GLOBAL"),
            json!({"variable": "OTHER+GLOBAL"})
        ),
        row!(
            "POST /asterisk/variable",
            |client| client
                .asterisk()
                .set_global_var("SOME GLOBAL")
                .value("50% of \"a+b\" = é"),
            json!({
                "variable": "SOME GLOBAL",
                "value": "50% of \"a+b\" = é",
            })
        ),
    ]
}
