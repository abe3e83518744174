//! Channels whose media is exchanged with an external program, by RTP, AudioSocket or WebSocket.
//!
//! The channels exist, but no media is sent. A WebSocket channel waits for its program to connect.
//! A test takes that part with `FakeChannel::answer`.

use super::originate::{check_formats, new_channel_variables, split_arguments};
use crate::json::Object;
use crate::model::{AnswerDestination, Channel, ChannelKind, DialAttempt, Position};
use crate::pbx::{NewChannel, PbxState};
use crate::rest::{Params, Response};

/// The transport to the external program.
enum MediaTransport {
    Rtp {
        host: String,
    },
    AudioSocket {
        host: String,
        uuid: String,
    },
    /// The program connects to the server.
    WebSocket,
}

fn error(status: u16, message: &str) -> Response {
    Response::error(status, message)
}

fn internal_error() -> Response {
    error(
        500,
        "An internal error prevented this request from being handled",
    )
}

pub(crate) fn external_media(pbx: &mut PbxState, params: &Params) -> Response {
    match try_create(pbx, params) {
        Ok(response) | Err(response) => response,
    }
}

fn try_create(pbx: &mut PbxState, params: &Params) -> Result<Response, Response> {
    let newer = pbx.behaves_like_22();
    let given = new_channel_variables(pbx, params)?;
    let app = params.non_empty("app").map(str::to_owned);
    let app = app.ok_or_else(|| error(400, "app cannot be empty"))?;
    let way = match newer {
        true => parse_transport(params)?,
        false => parse_older_transport(params)?,
    };
    let format = required_format(params)?;
    check_formats(&format).map_err(|response| if newer { internal_error() } else { response })?;
    if let MediaTransport::AudioSocket { uuid, .. } = &way
        && !is_uuid(uuid)
    {
        return Err(internal_error());
    }
    let id = params.non_empty("channelId").map(str::to_owned);
    if id.as_ref().is_some_and(|id| pbx.channels.contains_key(id)) {
        let message = "Channel with given unique ID already exists";
        return Err(if newer {
            internal_error()
        } else {
            error(409, message)
        });
    }
    let id = id.unwrap_or_else(|| pbx.new_channel_id());
    let place = describe_channel(pbx, &way, &format);
    let kind = ChannelKind::ExternalMedia {
        waits: matches!(way, MediaTransport::WebSocket),
    };
    let channel = Channel::new(id.clone(), place.name.clone(), kind, Position::start());
    let call = NewChannel {
        variables: given,
        ..NewChannel::default()
    };
    pbx.add_channel(channel, &call);
    for (name, value) in &place.variables {
        pbx.set_variable(&id, name, Some(value), false);
    }
    pbx.mark_outgoing(&id);
    pbx.subscribe_channel(&app, &id);
    let response = pbx.channels.get(&id);
    let response = response.map(|channel| Response::object(&media_object(pbx, channel, &place)));
    let data = params.non_empty("data").unwrap_or_default();
    let written = match data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    let dialing = DialAttempt {
        destination: AnswerDestination::Application(app, split_arguments(data), written),
        dial_string: place.dial_string,
    };
    pbx.dial(&id, dialing, None);
    response.ok_or_else(internal_error)
}

/// Returns the channel and the address of its media, as the release describes them.
fn media_object(pbx: &PbxState, channel: &Channel, place: &MediaChannel) -> Object {
    let channel = channel.object();
    let variables = place.variables.iter();
    // Releases that have this model answer with it, in place of the channel.
    const MODEL: &str = "ExternalMedia";
    if pbx.schema.omits(MODEL) {
        let shown = variables.fold(Object::new(), |shown, (name, value)| {
            shown.with(*name, value)
        });
        return channel.with("channelvars", shown);
    }
    let media = variables.fold(
        Object::new().with("channel", channel),
        |media, (name, value)| match *name {
            LOCAL_ADDRESS => media.with("local_address", value),
            LOCAL_PORT => media.with_some("local_port", value.parse::<i64>().ok()),
            _ => media,
        },
    );
    pbx.schema.trim_model(MODEL, media)
}

/// Performs the checks of newer releases, in their order.
fn parse_transport(params: &Params) -> Result<MediaTransport, Response> {
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
        true => websocket_transport(params, serves)?,
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

fn websocket_transport(params: &Params, serves: bool) -> Result<MediaTransport, Response> {
    if serves {
        return required_format(params).map(|_| MediaTransport::WebSocket);
    }
    // The fake has no configured client.
    let message = "external_host must be a valid websocket_client connection id.";
    Err(error(400, message))
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

fn required_format(params: &Params) -> Result<String, Response> {
    let format = params.non_empty("format").map(str::to_owned);
    format.ok_or_else(|| error(400, "format cannot be empty"))
}

fn parse_older_transport(params: &Params) -> Result<MediaTransport, Response> {
    if params.non_empty("external_host").is_none() {
        return Err(error(400, "external_host cannot be empty"));
    }
    let host = parse_host(params, "external_host must be <host>:<port>")?;
    required_format(params)?;
    let given = |name: &str, default: &str| params.non_empty(name).is_none_or(|one| one == default);
    match given("transport", "udp") && given("encapsulation", "rtp") {
        true => Ok(MediaTransport::Rtp { host }),
        false => Err(unsupported()),
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

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.chars().all(|c| c == '-' || c.is_ascii_hexdigit())
}

/// Variables with the address to which the program sends its packets.
const LOCAL_ADDRESS: &str = "UNICASTRTP_LOCAL_ADDRESS";
const LOCAL_PORT: &str = "UNICASTRTP_LOCAL_PORT";

/// The name of an external media channel, its dial string, and the variables with its address.
struct MediaChannel {
    name: String,
    dial_string: String,
    variables: Vec<(&'static str, String)>,
}

fn describe_channel(pbx: &mut PbxState, way: &MediaTransport, format: &str) -> MediaChannel {
    let number = pbx.next_number();
    let pointer = 0x7f00_0000_0000 + number * 16;
    match way {
        MediaTransport::Rtp { host } => MediaChannel {
            name: format!("UnicastRTP/{host}-0x{pointer:012x}"),
            dial_string: match pbx.behaves_like_22() {
                true => format!("{host}/c({format})"),
                false => host.clone(),
            },
            variables: vec![
                (LOCAL_ADDRESS, "127.0.0.1".to_owned()),
                (LOCAL_PORT, (20_000 + number % 10_000).to_string()),
            ],
        },
        MediaTransport::AudioSocket { host, uuid } => MediaChannel {
            name: format!("AudioSocket/{host}-{uuid}"),
            dial_string: format!("{host}/{uuid}"),
            variables: vec![
                ("AUDIOSOCKET_UUID", uuid.clone()),
                ("AUDIOSOCKET_SERVICE", host.clone()),
            ],
        },
        MediaTransport::WebSocket => MediaChannel {
            name: format!("WebSocket/INCOMING/0x{pointer:012x}"),
            dial_string: "INCOMING".to_owned(),
            variables: vec![
                (
                    "MEDIA_WEBSOCKET_CONNECTION_ID",
                    ari_api::client::unique_id(),
                ),
                (
                    "MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE",
                    frame_size(format).to_string(),
                ),
            ],
        },
    }
}

/// Returns the number of bytes in 20 milliseconds of audio.
fn frame_size(format: &str) -> u32 {
    match format {
        "slin" | "slin8" => 320,
        "slin16" => 640,
        "slin48" => 1920,
        _ => 160,
    }
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
