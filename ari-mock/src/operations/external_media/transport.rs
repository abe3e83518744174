//! The transport of external media: the parameters that choose it, and their checks.

use crate::model::carrier::{MediaDirection, WebSocketOptions};
use crate::pbx::{NewWebSocketChannel, PbxState};
use crate::rest::{Params, Response};

/// The transport to the external program.
pub(super) enum MediaTransport {
    Rtp {
        host: String,
    },
    AudioSocket {
        host: String,
        uuid: String,
    },
    /// The channel, and its dial string.
    WebSocket(NewWebSocketChannel, String),
}

pub(super) fn error(status: u16, message: &str) -> Response {
    Response::error(status, message)
}

pub(super) fn internal_error() -> Response {
    error(
        500,
        "An internal error prevented this request from being handled",
    )
}

/// Performs the checks of the release, in its order.
pub(super) fn parse_transport(pbx: &PbxState, params: &Params) -> Result<MediaTransport, Response> {
    match pbx.media_support.websocket {
        true => parse_newer_transport(pbx, params),
        false => parse_older_transport(pbx, params),
    }
}

/// Performs the checks of releases with WebSocket channels.
fn parse_newer_transport(pbx: &PbxState, params: &Params) -> Result<MediaTransport, Response> {
    let transport = params.non_empty("transport").unwrap_or("udp");
    let encapsulation = params.non_empty("encapsulation").unwrap_or("rtp");
    let serves = params.non_empty("connection_type") == Some("server");
    let is_websocket = transport == "websocket";
    let contradiction = match (encapsulation, transport) {
        (encapsulation, "websocket") if encapsulation != "none" => {
            Some("encapsulation must be 'none' for websocket transport")
        }
        ("rtp", transport) if transport != "udp" => {
            Some("transport must be 'udp' for rtp encapsulation")
        }
        ("audiosocket", transport) if transport != "tcp" => {
            Some("transport must be 'tcp' for audiosocket encapsulation")
        }
        _ => None,
    };
    if let Some(message) = contradiction {
        return Err(error(400, message));
    }
    if serves && !is_websocket {
        let message = "'server' connection_type can only be used with the websocket transport";
        return Err(error(400, message));
    }
    if params.non_empty("external_host").is_none() && !serves {
        let message = "external_host is required for all but websocket server connections";
        return Err(error(400, message));
    }
    let way = match is_websocket {
        true => websocket_transport(pbx, params, serves)?,
        false => network_transport(params, encapsulation)?,
    };
    if !matches!(
        params.non_empty("direction"),
        None | Some("both" | "in" | "out")
    ) {
        return Err(error(400, "Invalid direction specified"));
    }
    match &way {
        MediaTransport::AudioSocket { uuid, .. } if uuid.is_empty() => {
            Err(error(400, "data can not be empty"))
        }
        _ => Ok(way),
    }
}

fn websocket_transport(
    pbx: &PbxState,
    params: &Params,
    serves: bool,
) -> Result<MediaTransport, Response> {
    let host = params.non_empty("external_host").unwrap_or_default();
    let connection = match serves {
        true => "INCOMING",
        false if pbx.settings.websocket_clients.contains_key(host) => host,
        false => {
            let message = "external_host must be a valid websocket_client connection id.";
            return Err(error(400, message));
        }
    };
    required_format(params)?;
    let mut data = params.text("transport_data").unwrap_or_default().to_owned();
    if let Some(direction) = params.non_empty("direction")
        && MediaDirection::parse(direction).is_some()
    {
        data += &format!("d({direction})");
    }
    let options = WebSocketOptions::parse(&data).ok_or_else(internal_error)?;
    if serves && options.parameters.is_some() {
        return Err(internal_error());
    }
    let new = NewWebSocketChannel {
        connection: connection.to_owned(),
        options,
    };
    let dial_string = match &*data {
        "" => connection.to_owned(),
        data => format!("{connection}/{data}"),
    };
    Ok(MediaTransport::WebSocket(new, dial_string))
}

fn network_transport(params: &Params, encapsulation: &str) -> Result<MediaTransport, Response> {
    let host = parse_host(
        params,
        "external_host must be <host>:<port> for all transports other than websocket",
    )?;
    required_format(params)?;
    match encapsulation {
        "rtp" => Ok(MediaTransport::Rtp { host }),
        "audiosocket" => Ok(MediaTransport::AudioSocket {
            host,
            uuid: params.text("data").unwrap_or_default().to_owned(),
        }),
        _ => Err(unsupported()),
    }
}

pub(super) fn required_format(params: &Params) -> Result<String, Response> {
    let format = params.non_empty("format").map(str::to_owned);
    format.ok_or_else(|| error(400, "format cannot be empty"))
}

/// Performs the checks of releases without WebSocket channels.
fn parse_older_transport(pbx: &PbxState, params: &Params) -> Result<MediaTransport, Response> {
    if params.non_empty("external_host").is_none() {
        return Err(error(400, "external_host cannot be empty"));
    }
    let host = parse_host(params, "external_host must be <host>:<port>")?;
    required_format(params)?;
    let transport = params.non_empty("transport").unwrap_or("udp");
    match (
        params.non_empty("encapsulation").unwrap_or("rtp"),
        transport,
    ) {
        ("rtp", "udp") => Ok(MediaTransport::Rtp { host }),
        ("audiosocket", "tcp") if pbx.media_support.audiosocket => {
            let uuid = params.non_empty("data");
            let uuid = uuid.ok_or_else(|| error(400, "data can not be empty"))?;
            Ok(MediaTransport::AudioSocket {
                host,
                uuid: uuid.to_owned(),
            })
        }
        _ => Err(unsupported()),
    }
}

fn unsupported() -> Response {
    error(501, "The encapsulation and/or transport is not supported")
}

/// Returns `host:port` if it is well-formed.
fn parse_host(params: &Params, malformed: &str) -> Result<String, Response> {
    let host = params.non_empty("external_host").unwrap_or_default();
    let port = host.rsplit_once(':').map(|(_, port)| port.parse::<u16>());
    match port {
        Some(Ok(_)) => Ok(host.to_owned()),
        _ => Err(error(400, malformed)),
    }
}

/// Returns the UUID of an AudioSocket, without the options that may follow it.
pub(super) fn parse_uuid(data: &str) -> Option<&str> {
    let uuid = data.split('/').next().unwrap_or_default();
    is_uuid(uuid).then_some(uuid)
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::is_uuid;

    #[test]
    fn uuids() {
        assert!(is_uuid("40325ec2-5efd-4bd3-805f-53576e581d13"));
        assert!(!is_uuid("40325ec2-5efd-4bd3-805f-53576e581d1"));
        assert!(!is_uuid("zz"));
    }
}
