//! The program's end of a connection, per carrier. It is prepared before the media channel is
//! created, described in the request, and connected afterwards.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use ari_api::Client;
use ari_api::channels::{
    ExternalMedia, ExternalMediaConnectionType, ExternalMediaDirection, ExternalMediaEncapsulation,
    ExternalMediaTransport,
};
use ari_api::models::Channel;

use crate::carrier::websocket::{ChannelOption, ConnectionType, Syntax, transport_data};
use crate::carrier::{AudioSocketFormats, Carrier, CarrierChoice};
use crate::connection::{
    AudioSocketListener, Connection, ExpectedAudioSocket, RtpPorts, RtpSocket, WebSocketConnection,
    WebSocketSettings,
};
use crate::error::Error;
use crate::pcm::{Format, SampleRate};

/// The limit for Asterisk's connection, which it opens before it responds.
const ACCEPT_TIMEOUT: Duration = Duration::from_secs(5);

/// The ports that a service listens on.
#[derive(Debug, Default)]
pub(crate) struct Listeners {
    /// The listener, and the address at which Asterisk reaches it.
    pub(crate) audiosocket: Option<(AudioSocketListener, String)>,
    /// The ports, and the address at which Asterisk reaches them.
    pub(crate) rtp: Option<(RtpPorts, IpAddr)>,
    #[cfg(feature = "server")]
    pub(crate) websocket: Option<(crate::connection::WebSocketAcceptor, String)>,
}

impl Listeners {
    /// Returns the section of `websocket_client.conf` that contains the program's address.
    pub(crate) fn websocket_client_id(&self) -> Option<String> {
        #[cfg(feature = "server")]
        return self.websocket.as_ref().map(|(_, id)| id.clone());
        #[cfg(not(feature = "server"))]
        None
    }
}

/// The formats on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WireFormats {
    /// The format of the channel, in which the program receives audio.
    pub(crate) channel: Format,
    /// The format that the program sends.
    pub(crate) outgoing: Format,
}

/// A prepared connection.
pub(crate) enum Endpoint {
    WebSocket(WebSocketSettings),
    #[cfg(feature = "server")]
    WebSocketServer {
        expected: crate::connection::ExpectedConnection<String, WebSocketConnection>,
        client_id: String,
    },
    AudioSocket {
        expected: ExpectedAudioSocket,
        address: String,
    },
    Rtp {
        socket: RtpSocket,
        address: SocketAddr,
    },
}

/// Returns the rate on the wire if the program works at `rate`. Asterisk converts it to that of the
/// call, but at half the level from and to 44.1 kHz, and from 8 to 192 kHz. The library converts
/// these.
const fn convertible(rate: SampleRate) -> SampleRate {
    match rate {
        SampleRate::Hz44100 => SampleRate::Hz48000,
        SampleRate::Hz192000 => SampleRate::Hz96000,
        rate => rate,
    }
}

impl WireFormats {
    /// Chooses the formats for a program that works at `rate`, or passes `raw` audio through.
    pub(crate) fn choose(
        choice: &CarrierChoice,
        rate: SampleRate,
        raw: Option<Format>,
    ) -> Result<Self, Error> {
        let unusable = |problem: String| Error::UnusableFormat {
            carrier: choice.carrier,
            problem,
        };
        let both = |format| WireFormats {
            channel: format,
            outgoing: format,
        };
        match (choice.carrier, raw) {
            (Carrier::WebSocket | Carrier::WebSocketServer, raw) => {
                Ok(both(raw.unwrap_or(Format::Slin(convertible(rate)))))
            }
            (Carrier::AudioSocket, Some(format @ Format::Slin(rate))) => {
                match choice.features.audiosocket {
                    Some(AudioSocketFormats::AllRates) => Ok(both(format)),
                    _ if rate == SampleRate::Hz8000 => Ok(both(format)),
                    _ => Err(unusable(format!(
                        "this release carries only linear PCM at 8 kHz, not {format}"
                    ))),
                }
            }
            (Carrier::AudioSocket, Some(format)) => Err(unusable(format!(
                "it carries only linear PCM, not {format}: use WebSocket or RTP"
            ))),
            (Carrier::AudioSocket, None) => {
                Ok(both(Format::Slin(match choice.features.audiosocket {
                    Some(AudioSocketFormats::AllRates) => convertible(rate),
                    _ => SampleRate::Hz8000,
                })))
            }
            (Carrier::Rtp, Some(format)) => match format.is_accepted_over_rtp() {
                true => Ok(both(format)),
                false => Err(unusable(format!(
                    "Asterisk drops packets of {format} that arrive: use ulaw, alaw, g722, gsm or \
                     slin, or WebSocket"
                ))),
            },
            // Asterisk accepts no dynamic payload type, so wideband audio is sent as G.722.
            (Carrier::Rtp, None) => Ok(match rate {
                SampleRate::Hz8000 => both(Format::Ulaw),
                _ => WireFormats {
                    channel: Format::Slin(SampleRate::Hz16000),
                    outgoing: Format::G722,
                },
            }),
        }
    }
}

impl Endpoint {
    /// Prepares the program's end, before the channel is created.
    pub(crate) fn prepare(
        choice: &CarrierChoice,
        listeners: &Listeners,
        channel_id: &str,
    ) -> Result<Self, Error> {
        let pings = choice.features.websocket.is_some_and(|it| it.pings);
        let not_offered = || Error::UnusableResponse {
            carrier: choice.carrier,
            missing: "the service does not listen for it".to_owned(),
        };
        Ok(match choice.carrier {
            Carrier::WebSocket => {
                Endpoint::WebSocket(WebSocketSettings::default().with_pings(pings))
            }
            #[cfg(feature = "server")]
            Carrier::WebSocketServer => {
                let (acceptor, client_id) = listeners.websocket.as_ref().ok_or_else(not_offered)?;
                Endpoint::WebSocketServer {
                    expected: acceptor.expect(channel_id),
                    client_id: client_id.clone(),
                }
            }
            #[cfg(not(feature = "server"))]
            Carrier::WebSocketServer => {
                let _ = channel_id;
                return Err(not_offered());
            }
            Carrier::AudioSocket => {
                let (listener, address) = listeners.audiosocket.as_ref().ok_or_else(not_offered)?;
                Endpoint::AudioSocket {
                    expected: listener.expect(),
                    address: address.clone(),
                }
            }
            Carrier::Rtp => {
                let (ports, address) = listeners.rtp.as_ref().ok_or_else(not_offered)?;
                let socket = ports.bind()?;
                let address = SocketAddr::new(*address, socket.local_addr().port());
                Endpoint::Rtp { socket, address }
            }
        })
    }

    /// Adds the parameters of the connection to the request for the channel.
    pub(crate) fn describe<C>(
        &self,
        request: ExternalMedia<C>,
        choice: &CarrierChoice,
        channel_id: &str,
        receives_only: bool,
    ) -> Result<ExternalMedia<C>, Error> {
        let features = choice.features.websocket;
        let mut options = Vec::new();
        if features.is_some_and(|it| it.json) {
            options.push(ChannelOption::Syntax(Syntax::Json));
        }
        let websocket = |request: ExternalMedia<C>, connection, options: &[ChannelOption]| {
            let options = transport_data(connection, options);
            let options = options.map_err(|error| Error::UnusableFormat {
                carrier: choice.carrier,
                problem: error.to_string(),
            })?;
            // Only WebSockets have directions.
            let has_directions = features.is_some_and(|it| it.directions);
            let request = match receives_only && has_directions {
                true => request.direction(ExternalMediaDirection::Other("in".to_owned())),
                false => request,
            };
            let request = request
                .encapsulation(ExternalMediaEncapsulation::None)
                .transport(ExternalMediaTransport::Websocket);
            Ok(match options.is_empty() {
                true => request,
                false => request.transport_data(options),
            })
        };
        match self {
            Endpoint::WebSocket(_) => websocket(
                request
                    .external_host("INCOMING")
                    .connection_type(ExternalMediaConnectionType::Server),
                ConnectionType::Incoming,
                &options,
            ),
            #[cfg(feature = "server")]
            Endpoint::WebSocketServer { client_id, .. } => {
                let name = crate::connection::CHANNEL_ID_PARAMETER.to_owned();
                let parameter = (name, channel_id.to_owned());
                options.push(ChannelOption::UriParameters(vec![parameter]));
                websocket(
                    request
                        .external_host(client_id)
                        .connection_type(ExternalMediaConnectionType::Client),
                    ConnectionType::Outgoing,
                    &options,
                )
            }
            Endpoint::AudioSocket { expected, address } => Ok(request
                .external_host(address)
                .encapsulation(ExternalMediaEncapsulation::Audiosocket)
                .transport(ExternalMediaTransport::Tcp)
                .data(expected.key().to_string())),
            Endpoint::Rtp { address, .. } => {
                let _ = channel_id;
                Ok(request
                    .external_host(address.to_string())
                    .encapsulation(ExternalMediaEncapsulation::Rtp)
                    .transport(ExternalMediaTransport::Udp))
            }
        }
    }

    /// Opens the connection, once the channel exists.
    pub(crate) async fn connect(
        self,
        client: &Client,
        channel: &Channel,
        formats: WireFormats,
    ) -> Result<Connection, Error> {
        let variable = |carrier, name: &str| {
            let variables = channel.channelvars.as_ref();
            let value = variables.and_then(|variables| variables.get(name)?.as_str());
            value.ok_or_else(|| Error::UnusableResponse {
                carrier,
                missing: format!("the new channel has no variable {name}"),
            })
        };
        match self {
            Endpoint::WebSocket(settings) => {
                let id = variable(Carrier::WebSocket, "MEDIA_WEBSOCKET_CONNECTION_ID")?;
                let connection = WebSocketConnection::connect(client, id, settings).await?;
                Ok(Connection::WebSocket(connection))
            }
            #[cfg(feature = "server")]
            Endpoint::WebSocketServer { expected, .. } => Ok(Connection::WebSocket(
                expected.accept(ACCEPT_TIMEOUT).await?,
            )),
            Endpoint::AudioSocket { expected, .. } => {
                let mut connection = expected.accept(ACCEPT_TIMEOUT).await?;
                connection.set_rate(formats.outgoing.sample_rate());
                Ok(Connection::AudioSocket(connection))
            }
            Endpoint::Rtp { socket, .. } => {
                let carrier = Carrier::Rtp;
                let host = variable(carrier, "UNICASTRTP_LOCAL_ADDRESS")?;
                let port = variable(carrier, "UNICASTRTP_LOCAL_PORT")?;
                let unusable = || Error::UnusableResponse {
                    carrier,
                    missing: format!("{host}:{port} is not a valid address"),
                };
                let host: IpAddr = host.parse().map_err(|_| unusable())?;
                let port = port.parse().map_err(|_| unusable())?;
                let peer = SocketAddr::new(host, port);
                let connection = socket.connect(peer, formats.outgoing);
                let connection = connection.map_err(|error| Error::UnusableFormat {
                    carrier,
                    problem: error.to_string(),
                })?;
                Ok(Connection::Rtp(connection))
            }
        }
    }
}
