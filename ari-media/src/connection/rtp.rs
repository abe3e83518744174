//! One call over RTP.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use tokio::io::ReadBuf;
use tokio::net::UdpSocket;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::carrier::Carrier;
use crate::carrier::rtp::{Arrival, Packet, Reorder, Sender, UnacceptedFormat, format_of};
use crate::connection::error::{Cause, ConnectionError, Step};
use crate::connection::received::{AudioPacket, Received};
use crate::pcm::Format;

/// The maximum size of a packet. Asterisk's are at most 1932 bytes: 20 ms at 48 kHz.
const MAX_PACKET_SIZE: usize = 4 * 1024;

/// The largest number of packets that wait for the system: 80 ms.
const MAX_UNSENT: usize = 4;

/// Counts of packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RtpStats {
    /// Packets that were passed on.
    pub received: u64,
    /// Packets that never arrived, or arrived too late.
    pub lost: u64,
    /// Packets that arrived after a later one had been passed on, and duplicates.
    pub late: u64,
    /// Packets from another address than the peer's, which were ignored.
    pub foreign_source: u64,
    /// Datagrams of the peer that are not RTP or too long, which were ignored.
    pub malformed: u64,
    /// Packets of the peer that carry no audio, which were ignored.
    pub other_payload: u64,
    /// Packets that the system did not accept in time.
    pub unsent: u64,
}

/// One call over RTP. Dropping it releases the port. Asterisk does not detect this, so end the
/// channel over ARI. Only ARI reports the end of the channel.
pub struct RtpConnection {
    socket: UdpSocket,
    peer: SocketAddr,
    sender: Sender,
    reorder: Reorder,
    /// The instant from which the times of the reorder buffer are counted.
    begin: Instant,
    /// A timer that runs while a packet waits for an earlier one.
    wait: Option<Pin<Box<Sleep>>>,
    buffer: BytesMut,
    /// Packets that the system has not accepted yet.
    unsent: VecDeque<Bytes>,
    stats: RtpStats,
}

impl RtpConnection {
    pub(super) fn new(
        socket: UdpSocket,
        peer: SocketAddr,
        outgoing: Format,
    ) -> Result<Self, UnacceptedFormat> {
        Ok(RtpConnection {
            socket,
            peer,
            sender: Sender::new(outgoing)?,
            reorder: Reorder::new(),
            begin: Instant::now(),
            wait: None,
            buffer: BytesMut::new(),
            unsent: VecDeque::new(),
            stats: RtpStats::default(),
        })
    }

    /// Returns the address of Asterisk's port.
    pub fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// Returns the format of the audio that is sent. Each packet that is received names its own.
    pub fn outgoing_format(&self) -> Format {
        self.sender.format()
    }

    /// Returns the counts of packets so far.
    pub fn stats(&self) -> RtpStats {
        let reorder = self.reorder.stats();
        RtpStats {
            lost: reorder.lost,
            late: reorder.late,
            ..self.stats
        }
    }

    /// Sends a frame of 20 ms. Linear PCM is big-endian. Asterisk passes it on immediately, so the
    /// program has to send it on time. A packet that the system does not accept immediately is
    /// written by [`RtpConnection::next`]. If more than four such packets wait, the oldest is
    /// dropped and counted.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::InvalidAudio`] if the payload is not one frame,
    /// and with [`Cause::Io`] if the system cannot reach the peer.
    pub fn send_audio(&mut self, payload: Bytes) -> Result<(), ConnectionError> {
        let failed = |cause| ConnectionError::new(Carrier::Rtp, Step::Send, cause);
        let frame_size = self.outgoing_format().frame_bytes().unwrap_or_default();
        let length = payload.len();
        if length != frame_size {
            return Err(failed(Cause::InvalidAudio { length, frame_size }));
        }
        let packet = self.sender.next_packet(payload);
        if self.unsent.len() == MAX_UNSENT {
            self.unsent.pop_front();
            self.stats.unsent += 1;
        }
        self.unsent.push_back(packet);
        self.write_unsent().map_err(|error| failed(error.into()))
    }

    /// Writes packets until the system accepts no more.
    fn write_unsent(&mut self) -> io::Result<()> {
        while let Some(packet) = self.unsent.front() {
            match self.socket.try_send_to(packet, self.peer) {
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if is_transient(&error) => self.stats.unsent += 1,
                Err(error) => return Err(error),
            }
            self.unsent.pop_front();
        }
        Ok(())
    }

    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ConnectionError>> {
        while !self.unsent.is_empty() {
            let ready = ready!(self.socket.poll_send_ready(context));
            if let Err(error) = ready.and_then(|()| self.write_unsent()) {
                return Poll::Ready(Err(ConnectionError::new(Carrier::Rtp, Step::Send, error)));
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Writes pending packets.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] with [`Cause::Io`] if the system cannot reach the peer.
    pub async fn flush(&mut self) -> Result<(), ConnectionError> {
        poll_fn(|context| self.poll_flush(context)).await
    }

    /// Skips frames in which nothing is sent, so that timestamps include the silence.
    pub fn skip(&mut self, frames: u32) {
        self.sender.skip(frames);
    }

    /// Returns the next packet of audio. It also writes pending packets. It never returns `None`,
    /// because RTP has no end.
    ///
    /// # Errors
    /// Returns [`ConnectionError`] if the system reports an error.
    pub async fn next(&mut self) -> Option<Result<Received, ConnectionError>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Polls for the next packet: see [`RtpConnection::next`].
    pub fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Received, ConnectionError>>> {
        if let Poll::Ready(Err(error)) = self.poll_flush(context) {
            return Poll::Ready(Some(Err(error)));
        }
        loop {
            let now = self.begin.elapsed();
            if let Some(arrival) = self.reorder.pop(now) {
                self.wait = None;
                match self.audio(arrival) {
                    Some(audio) => return Poll::Ready(Some(Ok(Received::Audio(audio)))),
                    None => continue,
                }
            }
            match self.poll_packet(context) {
                Poll::Ready(Ok(packet)) => {
                    let now = self.begin.elapsed();
                    self.reorder.push(packet, now);
                }
                Poll::Ready(Err(error)) => {
                    let error = ConnectionError::new(Carrier::Rtp, Step::Receive, error);
                    return Poll::Ready(Some(Err(error)));
                }
                Poll::Pending => {
                    let Some(deadline) = self.reorder.deadline() else {
                        return Poll::Pending;
                    };
                    let at = self.begin + deadline;
                    let wait = self.wait.get_or_insert_with(|| Box::pin(sleep_until(at)));
                    if wait.deadline() != at {
                        wait.as_mut().reset(at);
                    }
                    ready!(wait.as_mut().poll(context));
                }
            }
        }
    }

    fn audio(&mut self, arrival: Arrival) -> Option<AudioPacket> {
        let Some(format) = format_of(arrival.packet.payload_type) else {
            self.stats.other_payload += 1;
            return None;
        };
        self.stats.received += 1;
        Some(AudioPacket {
            format,
            timestamp: Some(arrival.packet.timestamp),
            payload: arrival.packet.payload,
            lost: arrival.lost,
            is_new_stream: arrival.is_new_stream,
        })
    }

    /// Polls for a packet of the peer. All other datagrams are counted and ignored.
    fn poll_packet(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Packet>> {
        loop {
            self.buffer.resize(MAX_PACKET_SIZE, 0);
            let mut read = ReadBuf::new(&mut self.buffer);
            let received = ready!(self.socket.poll_recv_from(context, &mut read));
            let length = read.filled().len();
            match received {
                Ok(source) if source != self.peer => self.stats.foreign_source += 1,
                // The system has cut the rest of a longer one.
                Ok(_) if length == MAX_PACKET_SIZE => self.stats.malformed += 1,
                Ok(_) => {
                    let bytes = Bytes::copy_from_slice(&self.buffer[..length]);
                    match Packet::parse(&bytes) {
                        Ok(packet) => return Poll::Ready(Ok(packet)),
                        Err(_) => self.stats.malformed += 1,
                    }
                }
                Err(error) if is_transient(&error) => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

/// Returns true for errors that do not affect later packets: the system is busy, or the peer's port
/// was not open when an earlier packet arrived.
fn is_transient(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

impl fmt::Debug for RtpConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RtpConnection")
            .field("peer", &self.peer)
            .field("outgoing_format", &self.outgoing_format())
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}
