//! The connection of the commands that send or receive the audio of a call.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs as _, UdpSocket};
use std::time::Duration;

use ari_api::Client;
use ari_api::stream::EventStream;
use ari_media::{Carrier, CloseReason, Error as MediaError, MediaService};
use clap::{Args, ValueEnum};

use crate::connection_options::ConnectionOptions;
use crate::error::{CliError, ErrorKind};
use crate::global_options::GlobalOptions;
use crate::registration::TakeOver;
use crate::{connect, temp_app};

/// The UDP ports for RTP, of which a command takes one or two.
const RTP_PORTS: std::ops::RangeInclusive<u16> = 30_000..=39_999;

/// Options for the carrier of the audio.
#[derive(Args, Clone, Debug)]
pub(crate) struct AudioOptions {
    /// Protocol for the audio; defaults to the best that the server has. `ari doctor` lists them.
    #[arg(long, value_enum, value_name = "PROTOCOL")]
    carrier: Option<CarrierName>,
    /// IP address of this machine as Asterisk reaches it, for AudioSocket and RTP; defaults to the
    /// one from which this machine reaches Asterisk.
    #[arg(long, value_name = "ADDRESS")]
    address: Option<IpAddr>,
}

/// The carriers that a command can use.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum CarrierName {
    Websocket,
    Audiosocket,
    Rtp,
}

impl From<CarrierName> for Carrier {
    fn from(name: CarrierName) -> Self {
        match name {
            CarrierName::Websocket => Carrier::WebSocket,
            CarrierName::Audiosocket => Carrier::AudioSocket,
            CarrierName::Rtp => Carrier::Rtp,
        }
    }
}

/// A client with a temporary application, which is subscribed to the channel of a call and which
/// the channels for the audio enter. The call itself may be in another application or in none.
pub(crate) struct AudioApp {
    pub(crate) service: MediaService,
    pub(crate) name: String,
    client: Client,
    source: String,
    /// Keeps the WebSocket of the application open.
    _events: EventStream<ari_api::Event>,
}

/// The place of a call, on which it depends if its party hears audio that is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A bridge, which sends the audio of its other members.
    Bridge,
    /// An application, without a bridge. Asterisk sends no audio to which other audio could be
    /// added.
    Application,
    /// The dialplan, without a bridge. The party hears added audio while this application of the
    /// dialplan sends some.
    Dialplan(String),
}

impl AudioApp {
    pub(crate) async fn connect(
        settings: &ConnectionOptions,
        global: &GlobalOptions,
        options: &AudioOptions,
        channel: &str,
    ) -> Result<Self, CliError> {
        let client: Client = connect::build_client(settings, global, TakeOver::Refused)?;
        let name = temp_app::unique_name();
        let events = client.application(&name).connect().await?;
        let source = format!("channel:{channel}");
        let subscribed = client.application(&name).subscribe([source.as_str()]).await;
        let service = match subscribed {
            Ok(_) => service(&client, &settings.url, options).await,
            // Asterisk returns this status for objects that it cannot find.
            Err(error) if matches!(error.status(), Some(404 | 422)) => {
                Err(CliError::not_found("channel", channel))
            }
            Err(error) => Err(error.into()),
        };
        match service {
            Ok(service) => Ok(AudioApp {
                service,
                name,
                client,
                source,
                _events: events,
            }),
            Err(error) => {
                unsubscribe(&client, &name, &source).await;
                client.close(Duration::from_secs(1)).await;
                Err(error)
            }
        }
    }

    /// Returns the place of a call.
    pub(crate) async fn place(&self, channel: &str) -> Result<Place, CliError> {
        let found = self.client.channel(channel).get().await?;
        let bridges = self.client.bridges().list().await?;
        let mut members = bridges.iter().flat_map(|bridge| &bridge.channels);
        if members.any(|member| member == channel) {
            return Ok(Place::Bridge);
        }
        Ok(match found.dialplan.app_name {
            Some(name) if name == "Stasis" => Place::Application,
            Some(name) if !name.is_empty() => Place::Dialplan(name),
            _ => Place::Dialplan("nothing".to_owned()),
        })
    }

    /// Cancels the subscription, so that Asterisk removes the application when its WebSocket
    /// closes, and closes the client.
    pub(crate) async fn close(self) {
        unsubscribe(&self.client, &self.name, &self.source).await;
        self.client.close(Duration::from_secs(1)).await;
    }
}

async fn unsubscribe(client: &Client, name: &str, source: &str) {
    // The subscription no longer exists if the channel has ended.
    let _ = client.application(name).unsubscribe([source]).await;
}

/// Returns a service with every carrier that was not excluded.
async fn service(
    client: &Client,
    url: &str,
    options: &AudioOptions,
) -> Result<MediaService, CliError> {
    let mut builder = MediaService::builder(client);
    if let Some(carrier) = options.carrier {
        builder = builder.carrier(Carrier::from(carrier));
    }
    if !matches!(options.carrier, Some(CarrierName::Websocket))
        && let Some(address) = options.address.or_else(|| local_address(url))
        && let Some((listen, port)) = free_port(address)
    {
        let advertised = SocketAddr::new(address, port);
        builder = builder
            .audiosocket(SocketAddr::new(listen, port), advertised.to_string())
            .rtp_behind_nat(listen, address, RTP_PORTS);
    }
    builder.bind().await.map_err(open_error)
}

/// Returns the address from which this machine reaches the server. Nothing is sent.
fn local_address(url: &str) -> Option<IpAddr> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    let port = if url.starts_with("https") { 443 } else { 80 };
    let host_and_port = match authority.rsplit_once(':') {
        Some((_, port)) if port.parse::<u16>().is_ok() => authority.to_owned(),
        _ => format!("{authority}:{port}"),
    };
    let server = host_and_port.to_socket_addrs().ok()?.next()?;
    let any: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (std::net::Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any).ok()?;
    socket.connect(server).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Returns a local address to listen on, and a free port of it. If this machine does not have the
/// address, as behind NAT, the function returns the unspecified address, which stands for all of
/// its own.
fn free_port(address: IpAddr) -> Option<(IpAddr, u16)> {
    let any: IpAddr = match address {
        IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
    };
    [address, any].into_iter().find_map(|listen| {
        let listener = TcpListener::bind((listen, 0)).ok()?;
        Some((listen, listener.local_addr().ok()?.port()))
    })
}

/// Returns the error for a session that was not opened.
pub(crate) fn open_error(error: MediaError) -> CliError {
    match error {
        MediaError::Request { source, .. } => source.into(),
        MediaError::NoCarrier(_) => {
            CliError::new(ErrorKind::UnsupportedByRelease, error.to_string())
                .with_hint("`ari doctor` lists the carriers of the server")
        }
        error => CliError::other(error.to_string()),
    }
}

/// Returns true if a session has ended with its call.
pub(crate) fn is_end_of_call(reason: &CloseReason) -> bool {
    matches!(reason, CloseReason::CallEnded(_))
}
