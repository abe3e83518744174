//! The features of the carriers by release.
//!
//! `chan_websocket` and its changes were released in the branches 20, 21, 22 and 23 at the same
//! time, so one number identifies the changes of a point release: the minor version of the branch
//! 22 of the same day. Releases 20.18 and 23.2, for example, have the features of 22.8.

use ari_api::schema::Version;

/// The features that a release has, if the modules are loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Features {
    /// The features of the WebSocket carriers. `None` if the release lacks them.
    pub websocket: Option<WebSocketFeatures>,
    /// The formats of AudioSocket. `None` if `externalMedia` cannot use it.
    pub audiosocket: Option<AudioSocketFormats>,
    /// True if AudioSocket reports the keys that the caller presses.
    pub audiosocket_dtmf: bool,
    /// True if `externalMedia` can use RTP.
    pub rtp: bool,
    /// True if the format `slin` is linear PCM over RTP. Older releases send G.711 µ-law instead.
    pub rtp_slin: bool,
}

/// The features of `chan_websocket`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WebSocketFeatures {
    /// True if commands and events can be JSON. Otherwise they are plain text.
    pub json: bool,
    /// True if marks are processed.
    pub marks: bool,
    /// True if the server tolerates pings. Older releases hang up.
    pub pings: bool,
    /// True if `PAUSE_MEDIA`, `CONTINUE_MEDIA` and `REPORT_QUEUE_DRAINED` work.
    pub pause: bool,
    /// True if `SET_MEDIA_DIRECTION` and the option for directions exist.
    pub directions: bool,
}

/// The formats of AudioSocket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AudioSocketFormats {
    /// Linear PCM at 8 kHz only.
    Slin8,
    /// Linear PCM at all rates from 8 to 192 kHz.
    AllRates,
}

/// The minor version for releases that have all changes. Asterisk 24 began after 22.10.
const NEWEST: u16 = u16::MAX;

impl Features {
    /// Returns the features of a version.
    pub fn for_version(version: Version) -> Self {
        let Version { major, minor, .. } = version;
        // The minor version of the branch 22 with the same changes.
        let changes = match major {
            ..20 => None,
            20 => minor.checked_sub(10),
            // This branch ended before the later changes.
            21 => minor.checked_sub(5).map(|changes| changes.min(7)),
            22 => Some(minor),
            23 => Some(minor.saturating_add(6)),
            24.. => Some(NEWEST),
        };
        let since = |change: u16| changes.is_some_and(|changes| changes >= change);
        let websocket = since(6).then(|| WebSocketFeatures {
            json: since(8),
            marks: since(8),
            pings: since(8),
            pause: since(7),
            directions: since(9),
        });
        let audiosocket = match major {
            ..18 => None,
            _ if since(7) => Some(AudioSocketFormats::AllRates),
            _ => Some(AudioSocketFormats::Slin8),
        };
        let rtp = match major {
            ..16 => false,
            16 => minor >= 6,
            17 => minor >= 1,
            18.. => true,
        };
        let rtp_slin = match major {
            ..20 => false,
            20 => minor >= 6,
            21 => minor >= 1,
            22.. => true,
        };
        Features {
            websocket,
            audiosocket,
            audiosocket_dtmf: since(4),
            rtp,
            rtp_slin,
        }
    }

    /// Returns the features of the newest release. They also apply to a server whose version is
    /// unknown, such as one that was built from a working tree.
    pub fn newest() -> Self {
        Self::for_version(Version::new(24, NEWEST, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row has the last version without the feature, and the first one with it.
    #[test]
    fn features_begin_with_their_release() {
        type Has = fn(&Features) -> bool;
        let websocket: Has = |it| it.websocket.is_some();
        let json: Has = |it| {
            it.websocket
                .is_some_and(|it| it.json && it.marks && it.pings)
        };
        let pause: Has = |it| it.websocket.is_some_and(|it| it.pause);
        let directions: Has = |it| it.websocket.is_some_and(|it| it.directions);
        let rates: Has = |it| it.audiosocket == Some(AudioSocketFormats::AllRates);
        let audiosocket: Has = |it| it.audiosocket.is_some();
        let dtmf: Has = |it| it.audiosocket_dtmf;
        let rtp: Has = |it| it.rtp;
        let slin: Has = |it| it.rtp_slin;
        for (feature, without, with) in [
            (websocket, (20, 15), (20, 16)),
            (websocket, (21, 10), (21, 11)),
            (websocket, (22, 5), (22, 6)),
            (websocket, (19, 99), (23, 0)),
            (pause, (22, 6), (22, 7)),
            (pause, (20, 16), (20, 17)),
            (pause, (23, 0), (23, 1)),
            (json, (20, 17), (20, 18)),
            (json, (22, 7), (22, 8)),
            (json, (23, 1), (23, 2)),
            (json, (21, 99), (24, 0)),
            (directions, (20, 18), (20, 19)),
            (directions, (22, 8), (22, 9)),
            (directions, (23, 2), (23, 3)),
            (audiosocket, (17, 9), (18, 0)),
            (rates, (20, 16), (20, 17)),
            (rates, (21, 11), (21, 12)),
            (rates, (22, 6), (22, 7)),
            (rates, (23, 0), (23, 1)),
            (dtmf, (20, 13), (20, 14)),
            (dtmf, (21, 8), (21, 9)),
            (dtmf, (22, 3), (22, 4)),
            (rtp, (16, 5), (16, 6)),
            (rtp, (17, 0), (17, 1)),
            (rtp, (13, 38), (18, 0)),
            (slin, (20, 5), (20, 6)),
            (slin, (21, 0), (21, 1)),
            (slin, (19, 8), (22, 0)),
        ] {
            let version = |(major, minor)| Features::for_version(Version::new(major, minor, 0));
            assert!(!feature(&version(without)), "{without:?}");
            assert!(feature(&version(with)), "{with:?}");
        }
    }
}
