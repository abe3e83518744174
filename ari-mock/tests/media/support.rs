//! A fake with one clock for all, and programs that record what they receive.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ari_api::schema::Version;
use ari_mock::{Asterisk, FakeChannel, ReceivedAudio};
use futures_util::{SinkExt as _, StreamExt as _, stream::SplitSink};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::raw;

pub(crate) const FRAME: Duration = Duration::from_millis(20);

pub(crate) fn builder(version: [u16; 3]) -> ari_mock::Builder {
    let [major, minor, patch] = version;
    Asterisk::builder()
        .frozen()
        .version(Version::new(major, minor, patch))
}

/// A fake, and the events of the application `hello`.
pub(crate) struct Lab {
    pub(crate) pbx: Asterisk,
    pub(crate) events: UnboundedReceiver<Value>,
    start: Instant,
}

impl Drop for Lab {
    fn drop(&mut self) {
        // The next fake of the test freezes the clock again.
        tokio::time::resume();
    }
}

impl Lab {
    pub(crate) async fn start(builder: ari_mock::Builder) -> Lab {
        let pbx = builder.start().await.unwrap();
        let events = raw::connect_events(&pbx, "app=hello").await;
        Lab {
            pbx,
            events,
            start: Instant::now(),
        }
    }

    pub(crate) async fn of(version: [u16; 3]) -> Lab {
        Lab::start(builder(version)).await
    }

    pub(crate) async fn post(&self, path: &str) -> (u16, Value) {
        raw::request(&self.pbx, "POST", path, "").await
    }

    /// Advances by whole frames.
    pub(crate) async fn frames(&self, count: u32) {
        self.pbx.elapse(FRAME * count).await;
    }

    pub(crate) fn elapsed(&self) -> u128 {
        self.start.elapsed().as_millis()
    }

    /// Returns the events that have arrived, as `type cause tech_cause`.
    pub(crate) async fn events(&mut self) -> Vec<String> {
        self.pbx.idle().await;
        let mut seen = Vec::new();
        while let Ok(event) = self.events.try_recv() {
            if event["type"] == "ChannelVarset" {
                continue;
            }
            let mut line = event["type"].as_str().unwrap().to_owned();
            for key in ["dialstatus", "cause", "tech_cause"] {
                match &event[key] {
                    Value::Null => {}
                    value => line += &format!(" {value}"),
                }
            }
            seen.push(line);
        }
        seen
    }

    pub(crate) fn call(&self, name: &str) -> FakeChannel {
        let call = self.pbx.incoming_call(format!("PJSIP/{name}")).id(name);
        let call = call.into_application("hello");
        call.answer();
        call
    }

    /// Puts channels into a new bridge.
    pub(crate) async fn bridge(&self, id: &str, channels: &str) {
        self.post(&format!("bridges/{id}?type=mixing")).await;
        let path = format!("bridges/{id}/addChannel?channel={channels}");
        assert_eq!(self.post(&path).await.0, 204);
    }

    /// Creates a media channel for a program that connects. Returns the response.
    pub(crate) async fn incoming(&self, id: &str, format: &str, options: &str) -> Value {
        let path = format!(
            "channels/externalMedia?app=hello&external_host=INCOMING&connection_type=server&\
             transport=websocket&encapsulation=none&channelId={id}&format={format}"
        );
        let path = match options {
            "" => path,
            options => format!("{path}&transport_data={options}"),
        };
        let (status, channel) = self.post(&path).await;
        assert_eq!(status, 200, "{channel}");
        channel
    }

    /// Creates a media channel and connects its program.
    pub(crate) async fn program(&self, id: &str, format: &str, options: &str) -> Program {
        let channel = self.incoming(id, format, options).await;
        let program = self.connect(&channel["channelvars"]).await;
        self.pbx.idle().await;
        program
    }

    pub(crate) fn address(&self) -> String {
        let url = self.pbx.url();
        url["http://".len()..].split('/').next().unwrap().to_owned()
    }

    pub(crate) async fn connect(&self, variables: &Value) -> Program {
        let id = variables["MEDIA_WEBSOCKET_CONNECTION_ID"].as_str().unwrap();
        let address = self.address();
        let mut request = format!("ws://{address}/media/{id}")
            .into_client_request()
            .unwrap();
        let headers = request.headers_mut();
        headers.insert("Sec-WebSocket-Protocol", "media".parse().unwrap());
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let (socket, _) = tokio_tungstenite::client_async(request, stream)
            .await
            .unwrap();
        Program::new(socket, self.start)
    }

    /// Takes the audio that a party has heard: the number of pieces, and all samples.
    pub(crate) fn heard(&self, party: &FakeChannel) -> (usize, Vec<i16>) {
        let received: Vec<ReceivedAudio> = party.take_received_audio();
        let samples = received.iter().flat_map(|one| one.samples.clone());
        (received.len(), samples.collect())
    }
}

/// A program on a WebSocket.
pub(crate) struct Program {
    sink: SplitSink<WebSocketStream<TcpStream>, Message>,
    received: Arc<Mutex<Vec<(u128, Message)>>>,
    reader: tokio::task::JoinHandle<()>,
}

impl Program {
    pub(crate) fn new(socket: WebSocketStream<TcpStream>, start: Instant) -> Program {
        let (sink, mut stream) = socket.split();
        let received = Arc::new(Mutex::new(Vec::new()));
        let stored = Arc::clone(&received);
        let reader = tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let at = start.elapsed().as_millis();
                stored.lock().unwrap().push((at, message));
            }
        });
        Program {
            sink,
            received,
            reader,
        }
    }

    pub(crate) async fn send(&mut self, message: Message) {
        // The server may have closed the connection.
        let _ = self.sink.send(message).await;
    }

    pub(crate) async fn text(&mut self, text: &str) {
        self.send(Message::text(text)).await;
    }

    /// Sends a command in JSON, with an id if that is not empty.
    pub(crate) async fn command(&mut self, name: &str, id: &str) {
        let text = match id {
            "" => format!(r#"{{"command":"{name}"}}"#),
            id => format!(r#"{{"command":"{name}","correlation_id":"{id}"}}"#),
        };
        self.text(&text).await;
    }

    pub(crate) async fn audio(&mut self, bytes: usize) {
        self.send(Message::binary(vec![0; bytes])).await;
    }

    /// Drops the connection without a closing handshake.
    pub(crate) fn abort(self) {
        self.reader.abort();
    }

    pub(crate) fn take(&self) -> Vec<(u128, Message)> {
        std::mem::take(&mut self.received.lock().unwrap())
    }

    /// Takes the texts.
    pub(crate) fn texts(&self) -> Vec<String> {
        let texts = self.take().into_iter();
        let texts = texts.filter_map(|(_, message)| match message {
            Message::Text(text) => Some(text.to_string()),
            _ => None,
        });
        texts.collect()
    }

    /// Takes the events in JSON, as `time EVENT correlation_id` and the like.
    pub(crate) fn events(&self) -> Vec<String> {
        let events = self.take().into_iter().filter_map(|(at, message)| {
            let Message::Text(text) = message else {
                return None;
            };
            let event: Value = serde_json::from_str(&text).unwrap();
            let mut line = format!("{at} {}", event["event"].as_str().unwrap());
            for key in ["correlation_id", "digit", "queue_length", "error_text"] {
                match &event[key] {
                    Value::Null => {}
                    Value::String(text) => line += &format!(" {text}"),
                    value => line += &format!(" {value}"),
                }
            }
            Some(line)
        });
        events.collect()
    }

    /// Takes the audio: the number of messages, and all samples of signed linear audio.
    pub(crate) fn heard(&self) -> (usize, Vec<i16>) {
        let mut count = 0;
        let mut samples = Vec::new();
        for (_, message) in self.take() {
            if let Message::Binary(bytes) = message {
                count += 1;
                let (pairs, _) = bytes.as_chunks();
                samples.extend(pairs.iter().copied().map(i16::from_le_bytes));
            }
        }
        (count, samples)
    }

    /// Returns the code with which the server has closed the connection.
    pub(crate) fn close_code(&self) -> Option<u16> {
        let received = self.received.lock().unwrap();
        received.iter().find_map(|(_, message)| match message {
            Message::Close(Some(frame)) => Some(frame.code.into()),
            _ => None,
        })
    }
}

/// Returns samples that differ from one another.
pub(crate) fn ramp(length: i16) -> Vec<i16> {
    (1..=length).collect()
}

pub(crate) fn little_endian(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|one| one.to_le_bytes()).collect()
}

pub(crate) async fn listener() -> (tokio::net::TcpListener, SocketAddr) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}
