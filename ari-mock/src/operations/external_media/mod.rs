//! Channels whose media is exchanged with an external program, by RTP, AudioSocket or WebSocket.

mod transport;

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use self::transport::{
    MediaTransport, error, internal_error, parse_transport, parse_uuid, required_format,
};
use super::originate::{check_formats, new_channel_variables, split_arguments};
use crate::json::Object;
use crate::model::audio::AudioFormat;
use crate::model::carrier::{AudioSocketMedia, MediaCarrier, RtpMedia};
use crate::model::{AnswerDestination, Channel, ChannelKind, ChannelRef, DialAttempt, Position};
use crate::pbx::{NetworkRequest, NewChannel, NewWebSocketChannel, PbxState};
use crate::rest::{DeferredResponse, Params, Response};

/// The time for a program to connect.
const CONNECTION_LIMIT: Duration = Duration::from_secs(31);

/// Variables with the address to which the program sends its packets.
const LOCAL_ADDRESS: &str = "UNICASTRTP_LOCAL_ADDRESS";
const LOCAL_PORT: &str = "UNICASTRTP_LOCAL_PORT";

type Variables = Vec<(&'static str, String)>;

/// A channel to be created.
struct NewMedia {
    id: Option<String>,
    app: String,
    data: String,
    format: &'static AudioFormat,
    variables: Vec<(String, String, bool)>,
}

pub(crate) fn external_media(pbx: &mut PbxState, params: &Params) -> DeferredResponse {
    try_create(pbx, params).unwrap_or_else(DeferredResponse::from)
}

fn try_create(pbx: &mut PbxState, params: &Params) -> Result<DeferredResponse, Response> {
    let newer = pbx.behaves_like_22();
    let variables = new_channel_variables(pbx, params)?;
    let app = params.non_empty("app").map(str::to_owned);
    let app = app.ok_or_else(|| error(400, "app cannot be empty"))?;
    let transport = parse_transport(pbx, params)?;
    let format = required_format(params)?;
    check_formats(&format).map_err(|response| if newer { internal_error() } else { response })?;
    let media = NewMedia {
        id: params.non_empty("channelId").map(str::to_owned),
        app,
        data: params.non_empty("data").unwrap_or_default().to_owned(),
        format: AudioFormat::find(&format).ok_or_else(internal_error)?,
        variables,
    };
    let module = match &transport {
        MediaTransport::Rtp { .. } => "chan_rtp",
        MediaTransport::AudioSocket { .. } => "chan_audiosocket",
        MediaTransport::WebSocket(..) => "chan_websocket",
    };
    if pbx.modules.find_loaded(module).is_none() {
        return Err(internal_error());
    }
    if let MediaTransport::WebSocket(new, _) = &transport
        && pbx.crashes_on_websocket_channel(media.id.as_deref(), &new.options)
    {
        return Err(internal_error());
    }
    check_id(pbx, &media)?;
    match transport {
        MediaTransport::Rtp { host } => create_rtp(pbx, media, &host).map(DeferredResponse::from),
        MediaTransport::WebSocket(new, dial_string) => {
            create_websocket(pbx, media, new, dial_string).map(DeferredResponse::from)
        }
        MediaTransport::AudioSocket { host, uuid } => {
            let uuid = parse_uuid(&uuid).ok_or_else(internal_error)?.to_owned();
            Ok(connect_audiosocket(pbx, media, host, uuid))
        }
    }
}

fn check_id(pbx: &PbxState, media: &NewMedia) -> Result<(), Response> {
    match &media.id {
        Some(id) if pbx.channels.contains_key(id) => Err(match pbx.behaves_like_22() {
            true => internal_error(),
            false => error(409, "Channel with given unique ID already exists"),
        }),
        _ => Ok(()),
    }
}

/// Adds a channel whose program needs no connection of its own.
fn add_channel(
    pbx: &mut PbxState,
    media: &NewMedia,
    name: &str,
    carrier: MediaCarrier,
    place: &Variables,
) -> ChannelRef {
    let id = media.id.clone().unwrap_or_else(|| pbx.new_channel_id());
    let kind = ChannelKind::ExternalMedia { waits: false };
    let mut channel = Channel::new(id.clone(), name.to_owned(), kind, Position::start());
    channel.carrier = Some(carrier);
    let call = NewChannel {
        variables: media.variables.clone(),
        ..NewChannel::default()
    };
    pbx.add_channel(channel, &call);
    for (name, value) in place {
        pbx.set_variable(&id, name, Some(value), false);
    }
    let serial = pbx.channels.get(&id).map(|channel| channel.serial);
    ChannelRef {
        id,
        serial: serial.unwrap_or_default(),
    }
}

/// Puts a channel into its application once it is answered, and returns the response.
fn start(
    pbx: &mut PbxState,
    media: NewMedia,
    id: &str,
    dial_string: String,
    place: &Variables,
    limit: Option<Duration>,
) -> Result<Response, Response> {
    let NewMedia {
        app,
        data,
        variables,
        ..
    } = media;
    pbx.mark_outgoing(id);
    pbx.subscribe_channel(&app, id);
    let response = pbx.channels.get(id);
    let response =
        response.map(|channel| Response::object(&media_object(pbx, channel, &variables, place)));
    // Older releases check `data` for AudioSocket, and pass no arguments on.
    let data = if pbx.behaves_like_22() {
        data
    } else {
        String::new()
    };
    let written = match &*data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    let dialing = DialAttempt {
        destination: AnswerDestination::Application(app, split_arguments(&data), written),
        dial_string,
    };
    pbx.dial(id, dialing, limit);
    response.ok_or_else(internal_error)
}

/// Returns the channel and the address of its media, in the form of the release.
fn media_object(
    pbx: &PbxState,
    channel: &Channel,
    given: &[(String, String, bool)],
    place: &Variables,
) -> Object {
    let channel = channel.object();
    // Releases that have this model return it instead of the channel.
    const MODEL: &str = "ExternalMedia";
    if pbx.schema.omits(MODEL) {
        let given = given.iter().map(|(name, value, _)| (&**name, value));
        let own = place.iter().map(|(name, value)| (*name, value));
        let shown = given
            .chain(own)
            .fold(Object::new(), |shown, (name, value)| {
                shown.with(name, value)
            });
        return channel.with("channelvars", shown);
    }
    let media = place.iter().fold(
        Object::new().with("channel", channel),
        |media, (name, value)| match *name {
            LOCAL_ADDRESS => media.with("local_address", value),
            LOCAL_PORT => media.with_some("local_port", value.parse::<i64>().ok()),
            _ => media,
        },
    );
    pbx.schema.trim_model(MODEL, media)
}

/// Returns the address of a program. Names other than `localhost` are not resolved.
fn parse_address(host: &str) -> Option<SocketAddr> {
    let port = host.strip_prefix("localhost:");
    match port.map(str::parse) {
        Some(port) => Some((Ipv6Addr::LOCALHOST, port.ok()?).into()),
        None => host.parse().ok(),
    }
}

fn create_rtp(pbx: &mut PbxState, media: NewMedia, host: &str) -> Result<Response, Response> {
    let peer = parse_address(host).ok_or_else(internal_error)?;
    let local: SocketAddr = match peer.is_ipv4() {
        true => (Ipv4Addr::LOCALHOST, 0).into(),
        false => (Ipv6Addr::LOCALHOST, 0).into(),
    };
    let bound = UdpSocket::bind(local).and_then(|socket| {
        socket.set_nonblocking(true)?;
        Ok((socket.local_addr()?, socket))
    });
    let (local, socket) = bound.map_err(|_| internal_error())?;
    let number = pbx.next_number();
    let (sender, packets) = mpsc::unbounded_channel();
    let is_linear = media.format.name == "slin" && !pbx.media_support.rtp_slin;
    let format = AudioFormat::find("ulaw").filter(|_| is_linear);
    let rtp = RtpMedia::new(format.unwrap_or(media.format), number as u32, sender);
    let place = vec![
        (LOCAL_ADDRESS, local.ip().to_string()),
        (LOCAL_PORT, local.port().to_string()),
    ];
    let name = format!(
        "UnicastRTP/{host}-0x{:012x}",
        0x7f00_0000_0000 + number * 16
    );
    let channel = add_channel(pbx, &media, &name, MediaCarrier::Rtp(rtp), &place);
    pbx.request_network(NetworkRequest::ServeRtp {
        socket,
        peer,
        packets,
        channel: channel.clone(),
    });
    let dial_string = match pbx.behaves_like_22() {
        true => format!("{host}/c({})", media.format.name),
        false => host.to_owned(),
    };
    start(pbx, media, &channel.id, dial_string, &place, None)
}

fn create_websocket(
    pbx: &mut PbxState,
    media: NewMedia,
    new: NewWebSocketChannel,
    dial_string: String,
) -> Result<Response, Response> {
    let id = media.id.clone().unwrap_or_else(|| pbx.new_channel_id());
    let call = NewChannel {
        variables: media.variables.clone(),
        ..NewChannel::default()
    };
    let place = pbx.add_websocket_channel(&id, new, media.format, &call);
    start(pbx, media, &id, dial_string, &place, Some(CONNECTION_LIMIT))
}

/// Connects to the program, and responds when that has succeeded or failed.
fn connect_audiosocket(
    pbx: &mut PbxState,
    media: NewMedia,
    host: String,
    uuid: String,
) -> DeferredResponse {
    let (reply, response) = oneshot::channel();
    let program = host.clone();
    let generation = pbx.generation;
    let connected = move |pbx: &mut PbxState, messages: Option<_>| {
        if pbx.generation != generation {
            let _ = reply.send(Response::overtaken());
            return None;
        }
        let created = messages
            .ok_or_else(internal_error)
            .and_then(|messages| create_audiosocket(pbx, media, &program, &uuid, messages));
        let (response, channel) = match created {
            Ok((response, channel)) => (response, Some(channel)),
            Err(response) => (response, None),
        };
        // The requester may have disconnected.
        let _ = reply.send(response);
        channel
    };
    pbx.request_network(NetworkRequest::ConnectAudioSocket {
        host,
        connected: Box::new(connected),
    });
    DeferredResponse::Pending(response)
}

fn create_audiosocket(
    pbx: &mut PbxState,
    media: NewMedia,
    host: &str,
    uuid: &str,
    messages: mpsc::UnboundedSender<Vec<u8>>,
) -> Result<(Response, ChannelRef), Response> {
    check_id(pbx, &media)?;
    let format = match AudioFormat::find("slin") {
        // Older releases only have 8 kHz.
        Some(narrow) if !pbx.media_support.audiosocket_rates && media.format.is_linear() => narrow,
        _ => media.format,
    };
    let carrier = MediaCarrier::AudioSocket(AudioSocketMedia::new(format, uuid, messages));
    let place = vec![
        ("AUDIOSOCKET_UUID", uuid.to_owned()),
        ("AUDIOSOCKET_SERVICE", host.to_owned()),
    ];
    let name = format!("AudioSocket/{host}-{uuid}");
    let channel = add_channel(pbx, &media, &name, carrier, &place);
    let dial_string = format!("{host}/{uuid}");
    let response = start(pbx, media, &channel.id, dial_string, &place, None)?;
    Ok((response, channel))
}
