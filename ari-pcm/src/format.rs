//! The formats in which carriers transport audio.

use std::fmt;
use std::str::FromStr;

use super::SampleRate;

/// The byte order of linear samples on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// Little-endian: WebSocket, AudioSocket and WAV files.
    Little,
    /// Big-endian: RTP.
    Big,
}

/// An audio format of Asterisk, as named in `format` of a request for external media.
///
/// [`Ulaw`](Format::Ulaw), [`Alaw`](Format::Alaw), [`G722`](Format::G722) and
/// [`Slin`](Format::Slin) can be converted from and to PCM. The others are for programs that
/// exchange raw packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// G.711 μ-law, 8 kHz.
    Ulaw,
    /// G.711 A-law, 8 kHz.
    Alaw,
    /// G.722 at 64 kbit/s, 16 kHz.
    G722,
    /// Signed linear samples of 16 bits: `slin`, `slin16` and so on.
    Slin(SampleRate),
    /// GSM full rate, 8 kHz. Raw packets only.
    Gsm,
    /// G.729, 8 kHz. Raw packets only.
    G729,
    /// Opus, 48 kHz. Raw packets only.
    Opus,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 15] = [
        Format::Ulaw,
        Format::Alaw,
        Format::G722,
        Format::Slin(SampleRate::Hz8000),
        Format::Slin(SampleRate::Hz12000),
        Format::Slin(SampleRate::Hz16000),
        Format::Slin(SampleRate::Hz24000),
        Format::Slin(SampleRate::Hz32000),
        Format::Slin(SampleRate::Hz44100),
        Format::Slin(SampleRate::Hz48000),
        Format::Slin(SampleRate::Hz96000),
        Format::Slin(SampleRate::Hz192000),
        Format::Gsm,
        Format::G729,
        Format::Opus,
    ];

    /// Returns Asterisk's name for the format.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Ulaw => "ulaw",
            Format::Alaw => "alaw",
            Format::G722 => "g722",
            Format::Slin(rate) => match rate {
                SampleRate::Hz8000 => "slin",
                SampleRate::Hz12000 => "slin12",
                SampleRate::Hz16000 => "slin16",
                SampleRate::Hz24000 => "slin24",
                SampleRate::Hz32000 => "slin32",
                SampleRate::Hz44100 => "slin44",
                SampleRate::Hz48000 => "slin48",
                SampleRate::Hz96000 => "slin96",
                SampleRate::Hz192000 => "slin192",
            },
            Format::Gsm => "gsm",
            Format::G729 => "g729",
            Format::Opus => "opus",
        }
    }

    /// Returns the sample rate of the audio.
    pub const fn sample_rate(self) -> SampleRate {
        match self {
            Format::Ulaw | Format::Alaw | Format::Gsm | Format::G729 => SampleRate::Hz8000,
            Format::G722 => SampleRate::Hz16000,
            Format::Slin(rate) => rate,
            Format::Opus => SampleRate::Hz48000,
        }
    }

    /// Returns the number of bytes in a frame of 20 ms, or `None` if it varies (Opus).
    pub const fn frame_bytes(self) -> Option<usize> {
        match self {
            Format::Ulaw | Format::Alaw | Format::G722 => Some(160),
            Format::Slin(rate) => Some(2 * rate.frame_samples()),
            Format::Gsm => Some(33),
            Format::G729 => Some(20),
            Format::Opus => None,
        }
    }

    /// Returns the number of samples in a packet of this number of bytes. A packet of Opus counts
    /// as a frame of 20 ms.
    pub const fn samples_in(self, bytes: usize) -> u64 {
        let samples = match self {
            Format::Ulaw | Format::Alaw => bytes,
            Format::G722 => 2 * bytes,
            Format::Slin(_) => bytes / 2,
            Format::Gsm => bytes / 33 * 160,
            Format::G729 => bytes / 10 * 80,
            Format::Opus => self.sample_rate().frame_samples(),
        };
        samples as u64
    }

    /// Returns `true` if the library can convert the format from and to PCM.
    pub const fn is_convertible(self) -> bool {
        matches!(
            self,
            Format::Ulaw | Format::Alaw | Format::G722 | Format::Slin(_)
        )
    }

    /// Returns the byte pattern of silence that is shorter than a frame, or `None` if the format
    /// consists of packets that cannot be cut.
    pub const fn silence(self) -> Option<&'static [u8]> {
        match self {
            Format::Ulaw => Some(&[0xff]),
            Format::Alaw => Some(&[0xd5]),
            // The smallest difference in the lower band, which makes the step size decay.
            Format::G722 => Some(&[0xff]),
            Format::Slin(_) => Some(&[0, 0]),
            Format::Gsm | Format::G729 | Format::Opus => None,
        }
    }

    /// Returns the RTP payload type in packets from Asterisk.
    pub const fn rtp_payload_type(self) -> u8 {
        match self {
            Format::Ulaw => 0,
            Format::Gsm => 3,
            Format::Alaw => 8,
            Format::G722 => 9,
            Format::G729 => 18,
            Format::Opus => 107,
            Format::Slin(rate) => match rate {
                SampleRate::Hz8000 => 10,
                SampleRate::Hz12000 => 122,
                SampleRate::Hz16000 => 118,
                SampleRate::Hz24000 => 123,
                SampleRate::Hz32000 => 124,
                SampleRate::Hz44100 => 125,
                SampleRate::Hz48000 => 126,
                SampleRate::Hz96000 => 127,
                SampleRate::Hz192000 => 96,
            },
        }
    }

    /// Returns `true` if Asterisk accepts packets with [this payload type](Self::rtp_payload_type).
    /// It silently drops packets with the dynamic types 96 to 127.
    pub const fn is_accepted_over_rtp(self) -> bool {
        self.rtp_payload_type() < 96
    }

    /// Returns the rate of RTP timestamps in Hz, which for G.722 differs from the sample rate.
    pub const fn rtp_clock(self) -> u32 {
        match self {
            Format::G722 => 8_000,
            other => other.sample_rate().hz(),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name of a format that this crate does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown audio format {0:?}: use a name of Asterisk, such as ulaw, alaw, g722 or slin16")]
pub struct UnknownFormat(pub String);

impl FromStr for Format {
    type Err = UnknownFormat;

    /// Parses a name of Asterisk, in upper or lower case.
    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        Format::ALL
            .into_iter()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Observed on Asterisk 22.10: names, bytes in a frame, payload types.
    #[test]
    fn formats_have_the_sizes_and_payload_types_of_asterisk() {
        let observed = [
            ("ulaw", 160, 0),
            ("alaw", 160, 8),
            ("g722", 160, 9),
            ("slin", 320, 10),
            ("slin12", 480, 122),
            ("slin16", 640, 118),
            ("slin24", 960, 123),
            ("slin48", 1920, 126),
            ("gsm", 33, 3),
        ];
        for (name, bytes, payload_type) in observed {
            let format: Format = name.parse().unwrap();
            assert_eq!(format.frame_bytes(), Some(bytes), "{name}");
            assert_eq!(format.rtp_payload_type(), payload_type, "{name}");
        }
        for format in Format::ALL {
            assert_eq!(format.name().to_uppercase().parse(), Ok(format));
        }
        assert!("slin11".parse::<Format>().is_err());
    }
}
