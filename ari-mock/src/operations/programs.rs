//! Channels whose media is exchanged with an external program, by RTP, AudioSocket or WebSocket.
//!
//! The channels exist, but no media is sent. A WebSocket channel waits for its program to connect.
//! A test takes that part with `FakeChannel::answer`.

use super::originate::{arguments, known_formats, wanted_variables};
use crate::json::Object;
use crate::pbx::{Call, Channel, Dialing, Kind, Position, Then, World};
use crate::server::{Answer, Params};

/// The transport to the external program.
enum Way {
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

fn refused(status: u16, message: &str) -> Answer {
    Answer::refused(status, message)
}

fn internal() -> Answer {
    refused(
        500,
        "An internal error prevented this request from being handled",
    )
}

pub(crate) fn external_media(world: &mut World, params: &Params) -> Answer {
    match start(world, params) {
        Ok(answer) | Err(answer) => answer,
    }
}

fn start(world: &mut World, params: &Params) -> Result<Answer, Answer> {
    let newer = world.is_newer();
    let given = wanted_variables(world, params)?;
    let app = params.some("app").map(str::to_owned);
    let app = app.ok_or_else(|| refused(400, "app cannot be empty"))?;
    let way = match newer {
        true => way(params)?,
        false => older_way(params)?,
    };
    let format = format(params)?;
    known_formats(&format).map_err(|answer| if newer { internal() } else { answer })?;
    if let Way::AudioSocket { uuid, .. } = &way
        && !is_uuid(uuid)
    {
        return Err(internal());
    }
    let id = params.some("channelId").map(str::to_owned);
    if id
        .as_ref()
        .is_some_and(|id| world.channels.contains_key(id))
    {
        let message = "Channel with given unique ID already exists";
        return Err(if newer {
            internal()
        } else {
            refused(409, message)
        });
    }
    let id = id.unwrap_or_else(|| world.new_channel_id());
    let place = place(world, &way, &format);
    let kind = Kind::Media {
        waits: matches!(way, Way::WebSocket),
    };
    let channel = Channel::new(id.clone(), place.name.clone(), kind, Position::start());
    let call = Call {
        variables: given,
        ..Call::default()
    };
    world.add(channel, &call);
    for (name, value) in &place.variables {
        world.set_variable(&id, name, Some(value), false);
    }
    world.mark_outgoing(&id);
    world.subscribe_channel(&app, &id);
    let answer = world.channels.get(&id);
    let answer = answer.map(|channel| Answer::object(&described(world, channel, &place)));
    let data = params.some("data").unwrap_or_default();
    let written = match data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    let dialing = Dialing {
        then: Then::Application(app, arguments(data), written),
        string: place.string,
    };
    world.dial(&id, dialing, None);
    answer.ok_or_else(internal)
}

/// Returns the channel and the address of its media, as the release describes them.
fn described(world: &World, channel: &Channel, place: &Place) -> Object {
    let channel = channel.object();
    let variables = place.variables.iter();
    // Releases that have this model answer with it, in place of the channel.
    const MODEL: &str = "ExternalMedia";
    if world.shapes.lacks(MODEL) {
        let shown = variables.fold(Object::new(), |shown, (name, value)| {
            shown.with(*name, value)
        });
        return channel.with("channelvars", shown);
    }
    let media = variables.fold(
        Object::new().with("channel", channel),
        |media, (name, value)| match *name {
            LOCAL_ADDRESS => media.with("local_address", value),
            LOCAL_PORT => media.maybe("local_port", value.parse::<i64>().ok()),
            _ => media,
        },
    );
    world.shapes.trim_model(MODEL, media)
}

/// Performs the checks of newer releases, in their order.
fn way(params: &Params) -> Result<Way, Answer> {
    let transport = params.some("transport").unwrap_or("udp");
    let encapsulation = params.some("encapsulation").unwrap_or("rtp");
    let serves = params.some("connection_type") == Some("server");
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
        return Err(refused(400, message));
    }
    if serves && !is_websocket {
        let message = "'server' connection_type can only be used with the websocket transport";
        return Err(refused(400, message));
    }
    if params.some("external_host").is_none() && !serves {
        let message = "external_host is required for all but websocket server connections";
        return Err(refused(400, message));
    }
    let way = match is_websocket {
        true => over_websocket(params, serves)?,
        false => over_network(params, encapsulation)?,
    };
    if !matches!(params.some("direction"), None | Some("both" | "in" | "out")) {
        return Err(refused(400, "Invalid direction specified"));
    }
    match &way {
        Way::AudioSocket { uuid, .. } if uuid.is_empty() => {
            Err(refused(400, "data can not be empty"))
        }
        _ => Ok(way),
    }
}

fn over_websocket(params: &Params, serves: bool) -> Result<Way, Answer> {
    if serves {
        return format(params).map(|_| Way::WebSocket);
    }
    // The fake has no configured client.
    let message = "external_host must be a valid websocket_client connection id.";
    Err(refused(400, message))
}

fn over_network(params: &Params, encapsulation: &str) -> Result<Way, Answer> {
    let host = host(
        params,
        "external_host must be <host>:<port> for all transports other than websocket",
    )?;
    format(params)?;
    match encapsulation {
        "rtp" => Ok(Way::Rtp { host }),
        "audiosocket" => Ok(Way::AudioSocket {
            host,
            uuid: params.text("data").unwrap_or_default().to_owned(),
        }),
        _ => Err(unsupported()),
    }
}

fn format(params: &Params) -> Result<String, Answer> {
    let format = params.some("format").map(str::to_owned);
    format.ok_or_else(|| refused(400, "format cannot be empty"))
}

fn older_way(params: &Params) -> Result<Way, Answer> {
    if params.some("external_host").is_none() {
        return Err(refused(400, "external_host cannot be empty"));
    }
    let host = host(params, "external_host must be <host>:<port>")?;
    format(params)?;
    let given = |name: &str, default: &str| params.some(name).is_none_or(|one| one == default);
    match given("transport", "udp") && given("encapsulation", "rtp") {
        true => Ok(Way::Rtp { host }),
        false => Err(unsupported()),
    }
}

fn unsupported() -> Answer {
    refused(501, "The encapsulation and/or transport is not supported")
}

/// Returns `host:port` if it is well-formed.
fn host(params: &Params, malformed: &str) -> Result<String, Answer> {
    let host = params.some("external_host").unwrap_or_default();
    let port = host.rsplit_once(':').map(|(_, port)| port.parse::<u16>());
    match port {
        Some(Ok(_)) => Ok(host.to_owned()),
        _ => Err(refused(400, malformed)),
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
struct Place {
    name: String,
    string: String,
    variables: Vec<(&'static str, String)>,
}

fn place(world: &mut World, way: &Way, format: &str) -> Place {
    let number = world.number();
    let pointer = 0x7f00_0000_0000 + number * 16;
    match way {
        Way::Rtp { host } => Place {
            name: format!("UnicastRTP/{host}-0x{pointer:012x}"),
            string: match world.is_newer() {
                true => format!("{host}/c({format})"),
                false => host.clone(),
            },
            variables: vec![
                (LOCAL_ADDRESS, "127.0.0.1".to_owned()),
                (LOCAL_PORT, (20_000 + number % 10_000).to_string()),
            ],
        },
        Way::AudioSocket { host, uuid } => Place {
            name: format!("AudioSocket/{host}-{uuid}"),
            string: format!("{host}/{uuid}"),
            variables: vec![
                ("AUDIOSOCKET_UUID", uuid.clone()),
                ("AUDIOSOCKET_SERVICE", host.clone()),
            ],
        },
        Way::WebSocket => Place {
            name: format!("WebSocket/INCOMING/0x{pointer:012x}"),
            string: "INCOMING".to_owned(),
            variables: vec![
                (
                    "MEDIA_WEBSOCKET_CONNECTION_ID",
                    ari_api::runtime::unique_id(),
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
