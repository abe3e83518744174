//! Frames and packets of received audio.

use std::time::Duration;

use bytes::Bytes;

use crate::pcm::Level;

/// 20 ms of received audio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Samples at the program's rate.
    pub(crate) samples: Vec<i16>,
    /// The time at which the frame begins, since the start of the clock that all receivers of a
    /// session share. It is a multiple of 20 ms, and increases by 20 ms with each frame unless the
    /// program was too slow.
    pub(crate) at: Duration,
    /// The part of the frame for which no audio arrived, up to 20 ms. It is silent.
    pub(crate) lost: Duration,
}

impl Frame {
    /// Returns the samples, at the program's rate. In a stereo frame of a tap, the samples of both
    /// sides alternate.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// Returns the samples without copying them.
    pub fn into_samples(self) -> Vec<i16> {
        self.samples
    }

    /// Returns the time at which the frame begins, since the session was opened. The two sides of a
    /// tap share one clock. It is a multiple of 20 ms, and increases by 20 ms with each frame,
    /// except after [`MediaEvent::Gap`](crate::MediaEvent::Gap). After silence, audio is placed at
    /// the nearest multiple, so that its frames are complete when their packets arrive.
    pub fn at(&self) -> Duration {
        self.at
    }

    /// Returns the part of the frame for which no audio arrived, up to 20 ms. It is silent. A call
    /// in a bridge of two sends no audio while the caller's device sends none.
    pub fn missing(&self) -> Duration {
        self.lost
    }

    /// Returns the level of the frame.
    pub fn level(&self) -> Level {
        Level::from_samples(&self.samples)
    }
}

/// A packet as it was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawFrame {
    /// The payload.
    pub(crate) packet: Bytes,
    /// The time at which its audio begins, since the start of the clock.
    pub(crate) at: Duration,
    /// The time before the packet for which no audio arrived.
    pub(crate) lost: Duration,
}

impl RawFrame {
    /// Returns the payload. Linear PCM is little-endian, but big-endian over RTP.
    pub fn payload(&self) -> &Bytes {
        &self.packet
    }

    /// Returns the time at which its audio begins, since the session was opened.
    pub fn at(&self) -> Duration {
        self.at
    }

    /// Returns the time before the packet for which no audio arrived.
    pub fn missing(&self) -> Duration {
        self.lost
    }
}

/// Received audio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Received {
    /// A frame of samples.
    Frame(Frame),
    /// A packet, if the program receives raw packets.
    Packet(RawFrame),
    /// This much audio was dropped before the next frame, because the program did not read it
    /// within two seconds, or because it arrived in a burst of more than a second.
    Lost(Duration),
}

/// Counters of a receiver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CaptureStats {
    /// Packets received.
    pub(crate) packets: u64,
    /// Packets that were repeated, or arrived after a later one.
    pub(crate) ignored: u64,
    /// Silence that replaced audio that did not arrive.
    pub(crate) filled: Duration,
    /// Audio that was dropped because it arrived in a burst, so that time does not lag behind.
    pub(crate) dropped: Duration,
    /// Audio that was dropped because the program was too slow.
    pub(crate) overflowed: Duration,
}
