//! The command for curl.

use ari_api::schema::{Method, ResponseType};

use super::given::{FILE, GivenRequest};
use super::{Target, json_text, shell};

/// Returns the command, which takes the credentials from `ARI_USER` and `ARI_PASSWORD`.
pub(super) fn command(server: &Target, given: &GivenRequest) -> String {
    if given.opens_websocket() {
        return "# The response is a WebSocket, which curl does not print: use `ari`.".to_owned();
    }
    let target = format!(
        "{}{}",
        server.url.trim_end_matches('/'),
        given.path_and_query()
    );
    let mut words = Vec::new();
    let body = given.body.as_ref().map(json_text::to_text);
    if let Some(file) = &server.ca_file {
        words.extend(["--cacert", file]);
    }
    if given.method() != Method::Get || body.is_some() {
        words.extend(["-X", given.method().as_str()]);
    }
    // Square brackets of an IPv6 address are no ranges, and `..` can be the id of an object.
    if target.contains(['[', ']', '{', '}']) {
        words.push("--globoff");
    }
    if target.contains("/.") {
        words.push("--path-as-is");
    }
    if given.operation.response == ResponseType::Binary {
        words.extend(["--output", FILE]);
    }
    words.push(&target);
    if let Some(body) = &body {
        words.extend(["-H", "Content-Type: application/json", "--data-raw", body]);
    }
    format!("curl -u \"$ARI_USER:$ARI_PASSWORD\" {}", shell::join(words))
}
