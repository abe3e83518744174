//! The program without the library: one task for each connection, which reads and writes frames
//! that are prepared. Channels are created by the same request as those of the library.

use std::future::pending;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use ari_api::Client;
use ari_api::channels::{
    ExternalMedia, ExternalMediaConnectionType, ExternalMediaEncapsulation, ExternalMediaTransport,
};
use ari_api::client::unique_id;
use ari_media::Carrier;
use bytes::BytesMut;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinHandle;
use tokio::time::{Instant, Interval, interval_at};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;

use crate::Result;
use crate::control::{APPLICATION, sample_of};
use crate::subject::{Activity, Case, Control, phase};
use crate::wire::{Received, Wire};

const FRAME: Duration = Duration::from_millis(20);

/// The frames of a WebSocket message, two of which are sent ahead. The library's are as long.
const CHUNK: usize = 5;

/// Open connections.
pub(crate) struct Bare {
    client: Client,
    channels: Vec<String>,
    tasks: Vec<JoinHandle<()>>,
}

impl Bare {
    pub(crate) async fn open(
        client: &Client,
        case: Case,
        carrier_address: &str,
        count: usize,
        control: &Control,
    ) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let opened = stream::iter(0..count).map(|_| open(client, case, carrier_address, &listener));
        let opened: Vec<_> = opened.buffered(16).try_collect().await?;
        let (channels, wires): (Vec<_>, Vec<_>) = opened.into_iter().unzip();
        let tasks = wires.into_iter().enumerate();
        let tasks = tasks.map(|(number, wire)| {
            let control = control.clone();
            tokio::spawn(async move {
                let _ = serve(wire, case, number, control).await;
            })
        });
        Ok(Bare {
            client: client.clone(),
            channels,
            tasks: tasks.collect(),
        })
    }

    pub(crate) async fn close(self) {
        for channel in &self.channels {
            let _ = self.client.channel(channel).hangup().await;
        }
        for task in self.tasks {
            task.abort();
            let _ = task.await;
        }
    }
}

/// Creates a channel, and connects it.
async fn open(
    client: &Client,
    case: Case,
    carrier_address: &str,
    listener: &TcpListener,
) -> Result<(String, Wire)> {
    let id = unique_id();
    let request = ExternalMedia::new(APPLICATION, case.format).channel_id(&id);
    let wire = match case.carrier {
        Carrier::AudioSocket => {
            let request = request
                .external_host(listener.local_addr()?.to_string())
                .encapsulation(ExternalMediaEncapsulation::Audiosocket)
                .transport(ExternalMediaTransport::Tcp)
                .data("00000000-0000-0000-0000-000000000001");
            client.send(request).await?;
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            Wire::AudioSocket(stream, BytesMut::new())
        }
        Carrier::Rtp => {
            let socket = UdpSocket::bind("127.0.0.1:0").await?;
            let request = request
                .external_host(socket.local_addr()?.to_string())
                .encapsulation(ExternalMediaEncapsulation::Rtp)
                .transport(ExternalMediaTransport::Udp);
            let channel = client.send(request).await?;
            let variables = channel.channelvars.unwrap_or_default();
            let port = variables.get("UNICASTRTP_LOCAL_PORT");
            let port = port.and_then(|it| it.as_str()?.parse().ok());
            let peer = SocketAddr::new(IpAddr::from([127, 0, 0, 1]), port.unwrap_or_default());
            Wire::rtp(socket, peer, case.outgoing)
        }
        _ => {
            let request = request
                .external_host("INCOMING")
                .connection_type(ExternalMediaConnectionType::Server)
                .encapsulation(ExternalMediaEncapsulation::None)
                .transport(ExternalMediaTransport::Websocket);
            client.send(request).await?;
            let mut request = format!("ws://{carrier_address}/media/{id}").into_client_request()?;
            let protocol = HeaderValue::from_static("media");
            request
                .headers_mut()
                .insert("Sec-WebSocket-Protocol", protocol);
            let stream = TcpStream::connect(carrier_address).await?;
            stream.set_nodelay(true)?;
            let (socket, _) = tokio_tungstenite::client_async(request, stream).await?;
            Wire::WebSocket(Box::new(socket))
        }
    };
    Ok((id, wire))
}

async fn serve(mut wire: Wire, case: Case, number: usize, control: Control) -> Result<()> {
    let frame = match case.outgoing {
        "ulaw" | "g722" => vec![5; 160],
        _ => sample_of(5).to_le_bytes().repeat(320),
    };
    let chunk = frame.repeat(CHUNK);
    let is_websocket = matches!(wire, Wire::WebSocket(_));
    let mut changes = control.subscribe();
    let mut clock: Option<Interval> = None;
    loop {
        tokio::select! {
            changed = changes.changed() => {
                changed?;
                let speaks = control.is(Activity::Speak);
                if speaks && is_websocket {
                    for _ in 0..2 {
                        send_chunk(&mut wire, &chunk).await?;
                    }
                }
                // Late ticks are caught up.
                clock = (speaks && !is_websocket)
                    .then(|| interval_at(Instant::now() + phase(number), FRAME));
            }
            received = wire.receive() => match received? {
                Received::Audio(bytes) if control.is(Activity::Echo) => {
                    wire.send_audio(&bytes).await?;
                }
                Received::Text(text)
                    if control.is(Activity::Speak) && text.contains("MEDIA_MARK_PROCESSED") =>
                {
                    send_chunk(&mut wire, &chunk).await?;
                }
                _ => {}
            },
            _ = async {
                match &mut clock {
                    Some(clock) => clock.tick().await,
                    None => pending().await,
                }
            } => wire.send_audio(&frame).await?,
        }
    }
}

/// Sends frames over a WebSocket, and a mark behind them.
async fn send_chunk(wire: &mut Wire, chunk: &[u8]) -> Result<()> {
    wire.send_audio(chunk).await?;
    let mark = r#"{"command":"MARK_MEDIA","correlation_id":"1"}"#;
    Ok(wire.send_text(mark.to_owned()).await?)
}
