//! Audio over each carrier. Tones go into one channel, through a bridge, and out of another.

use std::f64::consts::TAU;
use std::fs::OpenOptions;
use std::future::pending;
use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use ari_api::client::unique_id;
use ari_api::models::Channel;
use ari_api::server::Server as MediaServer;
use ari_api::{Client, Event};
use ari_media::carrier::websocket::{
    ChannelOption, Command, ConnectionType, CorrelationId, Direction, Event as MediaEvent, Syntax,
    transport_data,
};
use ari_media::carrier::{Carrier, CarrierPreference, Offer, Server, choose};
use ari_media::connection::{
    AudioPacket, AudioSocketListener, CloseReason, Connection, Received, RtpPorts,
    WebSocketAcceptor, WebSocketConnection, WebSocketSettings,
};
use ari_media::pcm::{Decoder, Encoder, FRAME, Format, SampleRate};
use ari_test_support::{LIMIT, within_limit};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};

use super::session::{APP, Session, builder, on_every_release, on_release};
use super::tls::{Certificate, enable_tls};
use crate::asterisk::Release;

const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

const SLIN: Format = Format::Slin(SampleRate::Hz8000);
const SLIN16: Format = Format::Slin(SampleRate::Hz16000);
const SLIN24: Format = Format::Slin(SampleRate::Hz24000);
const SLIN48: Format = Format::Slin(SampleRate::Hz48000);

/// A media channel with its connection.
struct Media {
    channel: String,
    connection: Connection,
}

/// Returns a text that Asterisk reports about a new channel.
fn variable(channel: &Channel, name: &str) -> String {
    let variables = channel.channelvars.as_ref().expect("variables");
    variables[name].as_str().expect("a text").to_owned()
}

/// Returns a client that does not check messages as events of ARI.
fn plain_client(session: &Session) -> Client {
    builder(&session.server).build().unwrap()
}

/// Creates a channel whose WebSocket the program opens. Returns the id of the channel and of the
/// connection.
async fn incoming_channel(
    session: &Session,
    format: Format,
    options: &[ChannelOption],
) -> (String, String) {
    let id = unique_id();
    let request = session.client.channels().external_media(APP, format.name());
    let channel = request
        .channel_id(&id)
        .external_host("INCOMING")
        .connection_type("server")
        .transport("websocket")
        .encapsulation("none")
        .transport_data(transport_data(ConnectionType::Incoming, options).unwrap())
        .await
        .unwrap();
    (id, variable(&channel, "MEDIA_WEBSOCKET_CONNECTION_ID"))
}

async fn websocket(session: &mut Session, format: Format, options: &[ChannelOption]) -> Media {
    let (channel, connection_id) = incoming_channel(session, format, options).await;
    let settings = WebSocketSettings::default().with_pings(true);
    let client = plain_client(session);
    let connection = WebSocketConnection::connect(&client, &connection_id, settings)
        .await
        .unwrap();
    assert_eq!(connection.format(), format);
    assert_eq!(Some(connection.started().frame_size), format.frame_bytes());
    assert_eq!(connection.started().channel_id.as_deref(), Some(&*channel));
    session.wait_for_stasis_start(&channel).await;
    let connection = Connection::WebSocket(connection);
    Media {
        channel,
        connection,
    }
}

async fn audiosocket(
    session: &mut Session,
    listener: &AudioSocketListener,
    rate: SampleRate,
) -> Media {
    let expected = listener.expect();
    let channel = unique_id();
    let request = session
        .client
        .channels()
        .external_media(APP, Format::Slin(rate).name());
    let request = request
        .channel_id(&channel)
        .external_host(listener.local_addr().to_string())
        .transport("tcp")
        .encapsulation("audiosocket")
        .data(expected.key().to_string());
    request.await.unwrap();
    let mut connection = expected.accept(LIMIT).await.unwrap();
    connection.set_rate(rate);
    let mut connection = Connection::AudioSocket(connection);
    while_reading(&mut connection, session.wait_for_stasis_start(&channel)).await;
    Media {
        channel,
        connection,
    }
}

async fn rtp(session: &mut Session, ports: &RtpPorts, format: Format, outgoing: Format) -> Media {
    let socket = ports.bind().unwrap();
    let channel = unique_id();
    let request = session.client.channels().external_media(APP, format.name());
    let request = request
        .channel_id(&channel)
        .external_host(socket.local_addr().to_string());
    let created = request.await.unwrap();
    let address: IpAddr = variable(&created, "UNICASTRTP_LOCAL_ADDRESS")
        .parse()
        .unwrap();
    let port: u16 = variable(&created, "UNICASTRTP_LOCAL_PORT").parse().unwrap();
    session.wait_for_stasis_start(&channel).await;
    let peer = SocketAddr::from((address, port));
    let connection = Connection::Rtp(socket.connect(peer, outgoing).unwrap());
    Media {
        channel,
        connection,
    }
}

fn rtp_ports() -> RtpPorts {
    RtpPorts::new(LOCALHOST, 30_000..=31_999).unwrap()
}

/// Awaits a future, and reads a connection meanwhile. An AudioSocket keeps its channel alive only
/// while it is read.
async fn while_reading<T>(connection: &mut Connection, future: impl Future<Output = T>) -> T {
    let reading = async {
        while let Some(received) = connection.next().await {
            received.unwrap();
        }
        pending().await
    };
    tokio::select! {
        output = future => output,
        () = reading => unreachable!(),
    }
}

/// Puts two channels into a bridge.
async fn join(session: &Session, one: &mut Media, other: &mut Media) -> String {
    let bridge = session
        .client
        .bridges()
        .create()
        .kind("mixing")
        .await
        .unwrap()
        .id;
    let handle = session.client.bridge(&bridge);
    let added = handle.add_channel([&*one.channel, &*other.channel]);
    let added = while_reading(&mut one.connection, added.into_future());
    while_reading(&mut other.connection, added).await.unwrap();
    bridge
}

/// Returns frames of a tone of 1 kHz, with an amplitude of 8000.
fn tone(connection: &Connection, frames: usize) -> Vec<Vec<u8>> {
    let format = connection.outgoing_format();
    let rate = format.sample_rate().hz();
    let mut encoder = Encoder::new(format, connection.byte_order()).unwrap();
    let samples = format.sample_rate().frame_samples();
    let frame = |at: usize| {
        let sample = |index: usize| {
            let time = (at * samples + index) as f64 / f64::from(rate);
            (8000.0 * (TAU * 1000.0 * time).sin()).round() as i16
        };
        let samples: Vec<i16> = (0..samples).map(sample).collect();
        let mut bytes = Vec::new();
        encoder.encode(&samples, &mut bytes);
        bytes
    };
    (0..frames).map(frame).collect()
}

/// Sends frames, one each 20 ms. Returns the packets that arrive at the other side until none
/// arrives for half a second.
async fn transfer(
    from: &mut Connection,
    to: &mut Connection,
    frames: &[Vec<u8>],
) -> Vec<AudioPacket> {
    let mut ticks = interval(FRAME);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut frames, mut received) = (frames.iter(), Vec::new());
    // An idle AudioSocket sends silence, which does not count.
    let mut last_sound = Instant::now();
    loop {
        let end = last_sound + Duration::from_millis(500);
        tokio::select! {
            _ = ticks.tick(), if frames.len() > 0 => {
                let frame = frames.next().unwrap();
                from.send_audio(frame.clone().into()).unwrap();
            }
            item = to.next() => {
                if let Received::Audio(packet) = item.unwrap().unwrap()
                    && packet.payload.iter().any(|byte| *byte != 0)
                {
                    last_sound = Instant::now();
                    received.push(packet);
                }
            }
            () = sleep_until(end), if frames.len() == 0 => return received,
            item = from.next() => {
                item.unwrap().unwrap();
            }
        }
    }
}

/// Asserts that packets carry the tone of [`tone`] in this format.
#[track_caller]
fn assert_tone(name: &str, to: &Connection, packets: &[AudioPacket], format: Format, sent: usize) {
    let count = packets.len();
    assert!(
        (sent - 3..=sent + 3).contains(&count),
        "{name}: {count} packets of {sent}"
    );
    let mut decoder = Decoder::new(format, to.byte_order()).unwrap();
    let mut samples = Vec::new();
    for packet in packets {
        assert_eq!(packet.format, format, "{name}");
        decoder.decode(&packet.payload, &mut samples);
    }
    // Codecs and resamplers need some time at the beginning.
    let samples = &samples[samples.len() / 5..samples.len() * 9 / 10];
    let crossings = samples
        .windows(2)
        .filter(|it| (it[0] < 0) != (it[1] < 0))
        .count();
    let seconds = samples.len() as f64 / f64::from(format.sample_rate().hz());
    let pitch = crossings as f64 / 2.0 / seconds;
    let power = samples.iter().map(|it| f64::from(*it).powi(2)).sum::<f64>() / samples.len() as f64;
    let amplitude = (2.0 * power).sqrt();
    println!("{name}: {count} packets, {pitch:.0} Hz, amplitude {amplitude:.0}");
    assert!((pitch - 1000.0).abs() < 20.0, "{name}: {pitch} Hz");
    assert!(
        (amplitude / 8000.0 - 1.0).abs() < 0.15,
        "{name}: {amplitude}"
    );
}

/// The bytes arrive unchanged in every format, with JSON, with plain text, and with neither named.
#[test]
fn websocket_passes_frames_unchanged() {
    on_release(Release::V22, async |session| {
        let json = [ChannelOption::Syntax(Syntax::Json)];
        let plain = [ChannelOption::Syntax(Syntax::PlainText)];
        for (format, options, syntax) in [
            (Format::Ulaw, json.as_slice(), Syntax::Json),
            (Format::Alaw, &plain, Syntax::PlainText),
            (Format::G722, &json, Syntax::Json),
            (SLIN, &[], Syntax::PlainText),
            (SLIN16, &json, Syntax::Json),
            (SLIN24, &json, Syntax::Json),
            (SLIN48, &plain, Syntax::PlainText),
        ] {
            let mut one = websocket(session, format, options).await;
            let mut other = websocket(session, format, options).await;
            let bridge = join(session, &mut one, &mut other).await;
            let frames = tone(&one.connection, 50);
            let packets = transfer(&mut one.connection, &mut other.connection, &frames).await;
            let received: Vec<_> = packets
                .iter()
                .map(|packet| packet.payload.to_vec())
                .collect();
            assert_eq!(received, frames, "{format}");
            assert_tone(format.name(), &other.connection, &packets, format, 50);

            // A burst in one message, with a mark behind it, in either syntax.
            let Connection::WebSocket(connection) = &mut one.connection else {
                panic!("another carrier");
            };
            assert_eq!(connection.syntax(), syntax);
            connection.send_audio(frames[..10].concat().into()).unwrap();
            connection
                .send_command(&Command::Mark(CorrelationId::new("m/1").unwrap()))
                .unwrap();
            connection.send_command(&Command::GetStatus).unwrap();
            assert!(connection.ping().unwrap());
            let (mut queued, mut marked) = (None, false);
            while !marked {
                match within_limit(connection.next()).await.unwrap().unwrap() {
                    Received::Event(MediaEvent::Status(status)) => {
                        queued = Some(status.queue_length)
                    }
                    Received::Event(MediaEvent::MarkProcessed { correlation_id }) => {
                        assert_eq!(correlation_id, "m/1");
                        marked = true;
                    }
                    Received::Audio(_) => {}
                    received => panic!("{received:?}"),
                }
            }
            assert!(
                queued.is_some_and(|queued| (8..=10).contains(&queued)),
                "{queued:?}"
            );
            session.client.bridge(bridge).destroy().await.unwrap();

            // The end of the channel closes the connection, and the end of the connection ends the
            // channel.
            session.client.channel(&one.channel).hangup().await.unwrap();
            let closed = async {
                loop {
                    if let Received::Closed(reason) = one.connection.next().await.unwrap().unwrap()
                    {
                        return reason;
                    }
                }
            };
            let reason = within_limit(closed).await;
            assert!(
                matches!(
                    reason,
                    CloseReason::WebSocket {
                        code: Some(1000),
                        ..
                    }
                ),
                "{reason}"
            );
            within_limit(other.connection.close(LIMIT)).await;
            wait_for_destroyed(session, &other.channel).await;
        }
    });
}

async fn wait_for_destroyed(session: &mut Session, id: &str) {
    let ended = |event: &Event| match event {
        Event::ChannelDestroyed(event) if event.channel.id == id => Some(()),
        _ => None,
    };
    session.wait("the end of the channel", ended).await;
}

/// Tones keep their pitch between any two carriers and rates, in both directions.
#[test]
fn tones_keep_their_pitch_between_carriers() {
    on_release(Release::V22, async |session| {
        let listener = AudioSocketListener::bind((LOCALHOST, 0)).await.unwrap();
        let ports = rtp_ports();
        let json = [ChannelOption::Syntax(Syntax::Json)];
        let pairs = [
            // AudioSocket at all rates.
            ("AudioSocket slin, slin16", SLIN, SLIN16),
            ("AudioSocket slin24, slin48", SLIN24, SLIN48),
        ];
        for (name, first, second) in pairs {
            let mut one = audiosocket(session, &listener, first.sample_rate()).await;
            let other = audiosocket(session, &listener, second.sample_rate());
            let mut other = while_reading(&mut one.connection, other).await;
            join(session, &mut one, &mut other).await;
            both_ways(name, &mut one, first, &mut other, second).await;
            // Closing the connection ends the channel.
            within_limit(one.connection.close(LIMIT)).await;
            let ended = wait_for_destroyed(session, &one.channel);
            while_reading(&mut other.connection, ended).await;
            let hangup = session.client.channel(&other.channel).hangup();
            let closed = async {
                loop {
                    match other.connection.next().await.unwrap() {
                        Ok(Received::Closed(reason)) => {
                            return assert_eq!(reason, CloseReason::HungUp);
                        }
                        Ok(_) => {}
                        // Asterisk has closed the connection before it had read all silence.
                        Err(error) => {
                            return assert!(error.to_string().contains("reset"), "{error}");
                        }
                    }
                }
            };
            let (hung_up, ()) = within_limit(async { tokio::join!(hangup, closed) }).await;
            hung_up.unwrap();
        }
        // RTP: wideband PCM from Asterisk, G.722 or narrowband PCM to it.
        for (name, format, outgoing) in [
            (
                "WebSocket slin16, RTP slin16 with g722",
                SLIN16,
                Format::G722,
            ),
            ("WebSocket slin16, RTP slin16 with slin", SLIN16, SLIN),
            ("WebSocket slin16, RTP ulaw", Format::Ulaw, Format::Ulaw),
            ("WebSocket slin16, RTP alaw", Format::Alaw, Format::Alaw),
            ("WebSocket slin16, RTP slin", SLIN, SLIN),
        ] {
            let mut one = websocket(session, SLIN16, &json).await;
            let mut other = rtp(session, &ports, format, outgoing).await;
            join(session, &mut one, &mut other).await;
            both_ways(name, &mut one, SLIN16, &mut other, format).await;
            let Connection::Rtp(connection) = &other.connection else {
                panic!("another carrier");
            };
            let stats = connection.stats();
            assert_eq!(
                (stats.lost, stats.malformed, stats.foreign_source),
                (0, 0, 0),
                "{stats:?}"
            );
        }
    });
}

/// Sends a tone in both directions between channels, which receive these formats.
async fn both_ways(name: &str, one: &mut Media, first: Format, other: &mut Media, second: Format) {
    one_way(name, one, other, second).await;
    one_way(name, other, one, first).await;
}

async fn one_way(name: &str, from: &mut Media, to: &mut Media, format: Format) {
    let frames = tone(&from.connection, 50);
    let packets = transfer(&mut from.connection, &mut to.connection, &frames).await;
    assert_tone(name, &to.connection, &packets, format, 50);
}

/// Asterisk 16 has RTP alone, and sends µ-law for `slin`.
#[test]
fn rtp_works_on_every_release() {
    on_every_release(async |session| {
        let ports = rtp_ports();
        let is_new = session.is_at_least(22);
        let narrow = if is_new { SLIN } else { Format::Ulaw };
        for (name, format, received, outgoing) in [
            ("ulaw", Format::Ulaw, Format::Ulaw, Format::Ulaw),
            ("slin", SLIN, narrow, Format::Alaw),
            ("slin16 with g722", SLIN16, SLIN16, Format::G722),
        ] {
            let mut one = rtp(session, &ports, format, outgoing).await;
            let mut other = rtp(session, &ports, format, outgoing).await;
            join(session, &mut one, &mut other).await;
            let name = format!("Asterisk {}: RTP {name}", session.server.release());
            both_ways(&name, &mut one, received, &mut other, received).await;
        }
    });
}

/// Asterisk opens the WebSockets, with a parameter, and with a user.
#[test]
fn websockets_of_asterisk_are_matched_to_channels() {
    on_release(Release::V22, async |session| {
        let acceptor = WebSocketAcceptor::new(WebSocketSettings::default());
        let server = MediaServer::builder().credentials("asterisk", "secret");
        let server = server.media_route("/media", acceptor.handler()).serve();
        let server: MediaServer<Client> = server.await.unwrap();
        let conf = session.server.dir().join("etc/websocket_client.conf");
        let mut conf = OpenOptions::new().append(true).open(conf).unwrap();
        writeln!(
            conf,
            "[us]\ntype = websocket_client\nconnection_type = per_call_config\n\
             uri = ws://localhost:{}/media\nprotocols = media\nusername = asterisk\n\
             password = secret",
            server.local_addr().port()
        )
        .unwrap();
        session.server.cli("module reload res_websocket_client.so");
        let mut media = Vec::new();
        for at in 0..2 {
            let id = unique_id();
            let expected = acceptor.expect(&id);
            let parameters = vec![("call".to_owned(), format!("a,b={at}"))];
            let options = [
                ChannelOption::Syntax(Syntax::Json),
                ChannelOption::UriParameters(parameters),
            ];
            let request = session.client.channels().external_media(APP, "slin16");
            let request = request
                .channel_id(&id)
                .external_host("us")
                .connection_type("client")
                .transport("websocket")
                .encapsulation("none")
                .transport_data(transport_data(ConnectionType::Outgoing, &options).unwrap());
            request.await.unwrap();
            let connection = expected.accept(LIMIT).await.unwrap();
            assert_eq!(connection.carrier(), Carrier::WebSocketServer);
            session.wait_for_stasis_start(&id).await;
            media.push(Media {
                channel: id,
                connection: Connection::WebSocket(connection),
            });
        }
        let [one, other] = media.as_mut_slice() else {
            panic!("two channels");
        };
        join(session, one, other).await;
        both_ways("WebSocket of Asterisk", one, SLIN16, other, SLIN16).await;
    });
}

/// The client's address determines TLS and the prefix of the media WebSocket.
#[test]
fn websocket_uses_tls_and_prefix_of_the_client() {
    on_release(Release::V22, async |session| {
        let server = &session.server;
        let certificate = Certificate::create(server, "asterisk");
        let client = Client::builder(enable_tls(server, &certificate, "pbx/one"))
            .credentials(server.user(), server.password())
            .add_root_certificate(&certificate.authority)
            .build()
            .unwrap();
        let request = client.channels().external_media(APP, "slin16");
        let request = request
            .external_host("INCOMING")
            .connection_type("server")
            .transport("websocket")
            .encapsulation("none");
        let channel = request.await.unwrap();
        let id = variable(&channel, "MEDIA_WEBSOCKET_CONNECTION_ID");
        let settings = WebSocketSettings::default();
        let connection = WebSocketConnection::connect(&client, &id, settings)
            .await
            .unwrap();
        assert_eq!(
            connection.started().channel_id.as_deref(),
            Some(&*channel.id)
        );

        // A channel accepts one connection. An unknown id accepts none.
        for (id, status) in [(&*id, "409"), ("no-such", "404")] {
            let refused = WebSocketConnection::connect(&client, id, settings).await;
            let text = refused.unwrap_err().to_string();
            println!("{text}");
            assert!(text.contains(status), "{text}");
        }
    });
}

/// Refused commands on a channel that only receives.
#[test]
fn refused_commands_are_reported() {
    on_release(Release::V22, async |session| {
        let options = [
            ChannelOption::Syntax(Syntax::Json),
            ChannelOption::Direction(Direction::In),
        ];
        let mut media = websocket(session, SLIN16, &options).await;
        let Connection::WebSocket(connection) = &mut media.connection else {
            panic!("another carrier");
        };
        connection
            .send_command(&Command::Mark(CorrelationId::from_number(1)))
            .unwrap();
        match within_limit(connection.next()).await.unwrap().unwrap() {
            Received::Event(MediaEvent::Error { text }) => {
                println!("{text}");
                assert!(text.contains("MARK_MEDIA"), "{text}");
            }
            received => panic!("{received:?}"),
        }
    });
}

/// The carrier is chosen by the version and the modules that the server reports.
#[test]
fn carrier_is_chosen_by_release_and_modules() {
    on_every_release(async |session| {
        let modules = session.client.asterisk().list_modules().await.unwrap();
        let running = modules
            .into_iter()
            .filter(|module| module.status == "Running");
        let server = Server {
            version: session.client.connection().fetch_version().await.unwrap(),
            modules: running.map(|module| module.name).collect(),
        };
        let offer = Offer {
            websocket: true,
            websocket_client_id: Some("us".to_owned()),
            audiosocket: true,
            rtp: true,
        };
        let choice = choose(&server, &offer, CarrierPreference::Auto).unwrap();
        println!("{}", choice.reason);
        let expected = match session.server.release() {
            Release::V16 => Carrier::Rtp,
            Release::V22 => Carrier::WebSocket,
        };
        assert_eq!(choice.carrier, expected);
        for carrier in Carrier::ALL {
            let choice = choose(&server, &offer, carrier.into());
            let has_it = session.is_at_least(22) || carrier == Carrier::Rtp;
            assert_eq!(choice.is_ok(), has_it, "{choice:?}");
        }
    });
}
