//! Connections of all carriers, without the library. The carrier uses them, and the bare loop.

use std::io;
use std::net::SocketAddr;

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// A connection.
pub(crate) enum Wire {
    /// AudioSocket, and the bytes of a message that is incomplete.
    AudioSocket(TcpStream, BytesMut),
    Rtp {
        socket: UdpSocket,
        peer: SocketAddr,
        payload_type: u8,
        /// Samples of a frame on the clock of RTP.
        step: u32,
        sequence: u16,
        buffer: Box<[u8; 2048]>,
    },
    WebSocket(Box<WebSocketStream<TcpStream>>),
}

/// A message of the other side.
pub(crate) enum Received {
    Audio(Bytes),
    Text(String),
}

impl Wire {
    pub(crate) fn rtp(socket: UdpSocket, peer: SocketAddr, format: &str) -> Self {
        let (payload_type, step) = match format {
            "ulaw" => (0, 160),
            "g722" => (9, 160),
            _ => (118, 320),
        };
        Wire::Rtp {
            socket,
            peer,
            payload_type,
            step,
            sequence: 0,
            buffer: Box::new([0; 2048]),
        }
    }

    /// Sends a frame.
    pub(crate) async fn send_audio(&mut self, payload: &[u8]) -> io::Result<()> {
        match self {
            Wire::AudioSocket(stream, _) => {
                let mut message = BytesMut::with_capacity(3 + payload.len());
                message.put_u8(0x12);
                message.put_u16(u16::try_from(payload.len()).unwrap_or_default());
                message.put_slice(payload);
                stream.write_all(&message).await
            }
            Wire::Rtp {
                socket,
                peer,
                payload_type,
                step,
                sequence,
                ..
            } => {
                *sequence = sequence.wrapping_add(1);
                let mut packet = BytesMut::with_capacity(12 + payload.len());
                packet.put_slice(&[0x80, *payload_type]);
                packet.put_u16(*sequence);
                packet.put_u32(u32::from(*sequence).wrapping_mul(*step));
                packet.put_u32(7);
                packet.put_slice(payload);
                // The program may not have bound its port yet, or not any more.
                let _ = socket.send_to(&packet, *peer).await;
                Ok(())
            }
            Wire::WebSocket(socket) => {
                let message = Message::binary(Bytes::copy_from_slice(payload));
                socket.send(message).await.map_err(io::Error::other)
            }
        }
    }

    /// Sends a command or an event of `chan_websocket`.
    pub(crate) async fn send_text(&mut self, text: String) -> io::Result<()> {
        match self {
            Wire::WebSocket(socket) => {
                let sent = socket.send(Message::text(text)).await;
                sent.map_err(io::Error::other)
            }
            _ => Ok(()),
        }
    }

    /// Returns the next message. It can be cancelled without loss.
    pub(crate) async fn receive(&mut self) -> io::Result<Received> {
        match self {
            Wire::AudioSocket(stream, buffer) => loop {
                if let Some([kind, high, low]) = buffer.first_chunk::<3>() {
                    let length = usize::from(u16::from_be_bytes([*high, *low]));
                    let kind = *kind;
                    if buffer.len() >= 3 + length {
                        buffer.advance(3);
                        let payload = buffer.split_to(length).freeze();
                        match kind {
                            0x12 => return Ok(Received::Audio(payload)),
                            // The id of the call, at the beginning.
                            0x01 => continue,
                            _ => return Err(io::ErrorKind::UnexpectedEof.into()),
                        }
                    }
                }
                buffer.reserve(4096);
                if stream.read_buf(buffer).await? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            },
            Wire::Rtp { socket, buffer, .. } => loop {
                // An error reports that the program's port was not open.
                if let Ok((length, _)) = socket.recv_from(&mut buffer[..]).await
                    && length > 12
                {
                    return Ok(Received::Audio(Bytes::copy_from_slice(&buffer[12..length])));
                }
            },
            Wire::WebSocket(socket) => loop {
                match socket.next().await {
                    Some(Ok(Message::Binary(bytes))) => return Ok(Received::Audio(bytes)),
                    Some(Ok(Message::Text(text))) => {
                        return Ok(Received::Text(text.as_str().to_owned()));
                    }
                    Some(Ok(Message::Close(_))) | None => {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                    Some(Ok(_)) => {}
                    Some(Err(error)) => return Err(io::Error::other(error)),
                }
            },
        }
    }
}
