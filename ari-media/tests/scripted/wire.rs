//! Asterisk's end of a media connection: a real socket, which can also send what Asterisk would not.

use std::io::{self, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

use ari_media::Carrier;
use ari_test_support::frame::{self, opcode};

/// A kind of connection. Plain text and JSON differ in commands and events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Json,
    PlainText,
    #[cfg(feature = "server")]
    Outgoing,
    AudioSocket,
    Rtp,
}

/// The kinds of WebSockets.
pub(crate) const WEBSOCKETS: &[Kind] = &[
    Kind::Json,
    Kind::PlainText,
    #[cfg(feature = "server")]
    Kind::Outgoing,
];

/// All kinds.
pub(crate) const ALL: &[Kind] = &[
    Kind::Json,
    Kind::PlainText,
    #[cfg(feature = "server")]
    Kind::Outgoing,
    Kind::AudioSocket,
    Kind::Rtp,
];

impl Kind {
    pub(crate) fn is_websocket(self) -> bool {
        WEBSOCKETS.contains(&self)
    }

    pub(crate) fn carrier(self) -> Carrier {
        match self {
            Kind::Json | Kind::PlainText => Carrier::WebSocket,
            #[cfg(feature = "server")]
            Kind::Outgoing => Carrier::WebSocketServer,
            Kind::AudioSocket => Carrier::AudioSocket,
            Kind::Rtp => Carrier::Rtp,
        }
    }
}

/// An item from the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Audio(Vec<u8>),
    /// A command of a WebSocket.
    Text(String),
    Pong,
    /// The end of the connection.
    End,
}

#[derive(Debug)]
enum Transport {
    WebSocket {
        stream: TcpStream,
        /// True if the program has opened the WebSocket.
        is_server: bool,
    },
    AudioSocket(TcpStream),
    Rtp {
        socket: UdpSocket,
        program: SocketAddr,
        sequence: u16,
    },
}

#[derive(Debug)]
pub(crate) struct Wire {
    transport: Transport,
    received: Vec<u8>,
    has_ended: bool,
}

impl Wire {
    /// Takes a WebSocket after its handshake.
    pub(crate) fn websocket(stream: TcpStream, is_server: bool) -> Self {
        stream.set_nonblocking(true).expect("a socket");
        stream.set_nodelay(true).expect("a socket");
        Self::new(Transport::WebSocket { stream, is_server })
    }

    /// Opens the WebSocket to the program, as Asterisk does with a section of
    /// `websocket_client.conf`.
    #[cfg(feature = "server")]
    pub(crate) fn open_websocket(program: SocketAddr) -> Self {
        let mut stream = TcpStream::connect(program).expect("a program that listens");
        let request = "GET /media HTTP/1.1\r\nHost: program\r\nUpgrade: websocket\r\n\
                       Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                       Sec-WebSocket-Protocol: media\r\n\r\n";
        stream
            .write_all(request.as_bytes())
            .expect("a program that reads");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a response");
            head.push(byte[0]);
        }
        assert!(head.starts_with(b"HTTP/1.1 101"), "{}", head.escape_ascii());
        Self::websocket(stream, false)
    }

    /// Connects to the program's listener, and names the call.
    pub(crate) fn open_audiosocket(program: &str, call: &[u8; 16]) -> Self {
        let stream = TcpStream::connect(program).expect("a program that listens");
        stream.set_nodelay(true).expect("a socket");
        let mut wire = Self::new(Transport::AudioSocket(stream));
        wire.send_message(0x01, call);
        wire.tcp().set_nonblocking(true).expect("a socket");
        wire
    }

    pub(crate) fn rtp(program: SocketAddr) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        socket.set_nonblocking(true).expect("a socket");
        Self::new(Transport::Rtp {
            socket,
            program,
            sequence: 0,
        })
    }

    fn new(transport: Transport) -> Self {
        Wire {
            transport,
            received: Vec::new(),
            has_ended: false,
        }
    }

    /// Returns the port to which the program sends RTP.
    pub(crate) fn port(&self) -> u16 {
        let Transport::Rtp { socket, .. } = &self.transport else {
            panic!("not RTP");
        };
        socket.local_addr().expect("an address").port()
    }

    fn tcp(&mut self) -> &mut TcpStream {
        match &mut self.transport {
            Transport::WebSocket { stream, .. } | Transport::AudioSocket(stream) => stream,
            Transport::Rtp { .. } => panic!("RTP has no stream"),
        }
    }

    /// Returns everything that has arrived.
    pub(crate) fn receive(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut buffer = [0; 8 * 1024];
        while !self.has_ended {
            let read = match &mut self.transport {
                Transport::Rtp { socket, .. } => match socket.recv(&mut buffer) {
                    Ok(length) => {
                        items.push(Item::Audio(buffer[12..length].to_vec()));
                        continue;
                    }
                    Err(error) => Err(error),
                },
                Transport::WebSocket { stream, .. } | Transport::AudioSocket(stream) => {
                    stream.read(&mut buffer)
                }
            };
            match read {
                Ok(0) => self.has_ended = true,
                Ok(length) => self.received.extend(&buffer[..length]),
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(_) => self.has_ended = true,
            }
        }
        match self.transport {
            Transport::WebSocket { .. } => self.take_frames(&mut items),
            Transport::AudioSocket(_) => self.take_messages(&mut items),
            Transport::Rtp { .. } => {}
        }
        if self.has_ended {
            items.push(Item::End);
        }
        items
    }

    /// Takes whole frames of a WebSocket out of the received bytes.
    fn take_frames(&mut self, items: &mut Vec<Item>) {
        let Transport::WebSocket { is_server, .. } = self.transport else {
            return;
        };
        loop {
            let mut rest = self.received.as_slice();
            let frame = match is_server {
                true => frame::read_masked(&mut rest),
                false => read_unmasked(&mut rest),
            };
            let Ok((opcode, payload)) = frame else { return };
            let taken = self.received.len() - rest.len();
            self.received.drain(..taken);
            match opcode {
                opcode::BINARY => items.push(Item::Audio(payload)),
                opcode::TEXT => {
                    items.push(Item::Text(String::from_utf8(payload).expect("text")));
                }
                opcode::CLOSE => self.has_ended = true,
                opcode::PONG => items.push(Item::Pong),
                other => panic!("a frame with opcode {other}"),
            }
        }
    }

    /// Takes whole messages of AudioSocket out of the received bytes.
    fn take_messages(&mut self, items: &mut Vec<Item>) {
        while let [kind, high, low, rest @ ..] = self.received.as_slice() {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let Some(payload) = rest.get(..length) else {
                return;
            };
            match kind {
                0x00 => self.has_ended = true,
                _ => items.push(Item::Audio(payload.to_vec())),
            }
            self.received.drain(..3 + length);
        }
    }

    /// Sends bytes as they are, without a frame or a head.
    pub(crate) fn send_raw(&mut self, mut bytes: &[u8]) {
        if let Transport::Rtp {
            socket, program, ..
        } = &self.transport
        {
            let _ = socket.send_to(bytes, *program);
            return;
        }
        while !bytes.is_empty() {
            match self.tcp().write(bytes) {
                Ok(written) => bytes = &bytes[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                // The program has closed the connection.
                Err(_) => return,
            }
        }
    }

    /// Returns the bytes of a message of audio: a WebSocket message, an AudioSocket message of this
    /// kind, or an RTP packet of this payload type.
    pub(crate) fn encode_audio(&mut self, kind: u8, payload: &[u8]) -> Vec<u8> {
        match &mut self.transport {
            Transport::WebSocket { is_server, .. } => encode(*is_server, opcode::BINARY, payload),
            Transport::AudioSocket(_) => encode_message(kind, payload),
            Transport::Rtp { sequence, .. } => {
                *sequence = sequence.wrapping_add(1);
                let mut packet = vec![0x80, kind];
                packet.extend(sequence.to_be_bytes());
                packet.extend((u32::from(*sequence) * 320).to_be_bytes());
                packet.extend([1, 2, 3, 4]);
                packet.extend(payload);
                packet
            }
        }
    }

    pub(crate) fn send_audio(&mut self, kind: u8, payload: &[u8]) {
        let bytes = self.encode_audio(kind, payload);
        self.send_raw(&bytes);
    }

    /// Sends a message of AudioSocket.
    pub(crate) fn send_message(&mut self, kind: u8, payload: &[u8]) {
        self.send_raw(&encode_message(kind, payload));
    }

    /// Sends a frame of a WebSocket.
    pub(crate) fn send_frame(&mut self, opcode: u8, payload: &[u8]) {
        let Transport::WebSocket { is_server, .. } = self.transport else {
            panic!("not a WebSocket");
        };
        self.send_raw(&encode(is_server, opcode, payload));
    }

    /// Closes the connection as Asterisk does when the channel ends.
    pub(crate) fn close(&mut self) {
        match self.transport {
            Transport::WebSocket { .. } => self.send_frame(opcode::CLOSE, &[3, 232]),
            Transport::AudioSocket(_) => self.cut(),
            Transport::Rtp { .. } => {}
        }
    }

    /// Ends the TCP connection without a closing handshake.
    pub(crate) fn cut(&mut self) {
        let _ = self.tcp().shutdown(Shutdown::Write);
    }

    /// Makes the socket reset its connection when it is dropped.
    pub(crate) fn reset(&mut self) {
        let (Transport::WebSocket { stream, .. } | Transport::AudioSocket(stream)) =
            &self.transport
        else {
            return;
        };
        let stream = stream.try_clone().expect("a socket");
        let socket = tokio::net::TcpSocket::from_std_stream(stream);
        socket.set_zero_linger().expect("a socket");
    }

    /// Sends RTP from another port.
    pub(crate) fn send_from_another_address(&mut self) {
        let packet = self.encode_audio(118, &[0x22; 640]);
        let Transport::Rtp { program, .. } = &self.transport else {
            panic!("not RTP");
        };
        let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
        socket.send_to(&packet, program).expect("sent");
    }
}

fn encode(is_server: bool, opcode: u8, payload: &[u8]) -> Vec<u8> {
    match is_server {
        true => frame::encode(true, opcode, payload),
        false => frame::encode_masked(true, opcode, payload),
    }
}

fn encode_message(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).expect("a short message");
    let mut message = vec![kind];
    message.extend(length.to_be_bytes());
    message.extend(payload);
    message
}

/// Reads a frame of a server: returns its opcode and its payload.
fn read_unmasked(bytes: &mut &[u8]) -> io::Result<(u8, Vec<u8>)> {
    let mut take = |length: usize| -> io::Result<Vec<u8>> {
        let mut taken = vec![0; length];
        bytes.read_exact(&mut taken)?;
        Ok(taken)
    };
    let head = take(2)?;
    let length = match head[1] {
        126 => take(2)?
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
        127 => take(8)?
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte)),
        short => short.into(),
    };
    Ok((head[0] & 0x0f, take(length)?))
}
