//! The carriers of media that a release has.

use ari_api::schema::Version;

/// The features of a release. Point releases of several branches have added them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MediaSupport {
    /// WebSocket channels.
    pub(crate) websocket: bool,
    /// JSON and marks on them, and errors that are reported as events. In earlier releases, a PING
    /// hangs up.
    pub(crate) json: bool,
    /// The direction of their media. In earlier releases, an empty queue plays silence.
    pub(crate) directions: bool,
    /// Messages in fragments, of which parts are lost. In earlier releases, they hang up.
    pub(crate) fragments: bool,
    /// The first releases with WebSocket channels. MEDIA_START has no id of the channel, and the
    /// server compares some commands with the wrong text.
    pub(crate) is_first_websocket: bool,
    /// AudioSocket by `externalMedia`.
    pub(crate) audiosocket: bool,
    /// AudioSocket with other formats than 8 kHz.
    pub(crate) audiosocket_rates: bool,
    /// AudioSocket with keys, sent to the program.
    pub(crate) audiosocket_keys: bool,
    /// AudioSocket heads that may arrive in pieces.
    pub(crate) audiosocket_split_heads: bool,
    /// `slin` over RTP. In earlier releases, it becomes ulaw.
    pub(crate) rtp_slin: bool,
    /// True if the id of an existing channel, or an unknown control message format, crashes the
    /// server when it creates a WebSocket channel.
    pub(crate) websocket_crashes: bool,
}

impl MediaSupport {
    pub(crate) fn for_version(version: Version) -> Self {
        // The first point release of each branch. Later branches have it from the start.
        let since = |branches: &[(u16, u16)]| {
            let own = branches.iter().find(|(major, _)| *major == version.major);
            match own {
                Some((_, minor)) => version.minor >= *minor,
                None => branches
                    .last()
                    .is_some_and(|(last, _)| version.major > *last),
            }
        };
        let Version {
            major,
            minor,
            patch,
        } = version;
        let websocket = since(&[(20, 16), (21, 11), (22, 6), (23, 0)]);
        let audiosocket_rates = since(&[(20, 17), (21, 12), (22, 7), (23, 1)]);
        let is_repaired = match major {
            20 => (minor, patch) > (20, 1),
            22 => (minor, patch) > (10, 1),
            23 => (minor, patch) > (4, 1),
            _ => major > 23,
        };
        MediaSupport {
            websocket,
            json: since(&[(20, 18), (21, u16::MAX), (22, 8), (23, 2)]),
            directions: since(&[(20, 19), (21, u16::MAX), (22, 9), (23, 3)]),
            fragments: since(&[(20, 20), (21, u16::MAX), (22, 10), (23, 4)]),
            // The two changes came in the same releases.
            is_first_websocket: websocket && !audiosocket_rates,
            audiosocket: major >= 18,
            audiosocket_rates,
            audiosocket_keys: since(&[(20, 14), (21, 9), (22, 4)]),
            audiosocket_split_heads: since(&[(20, 19), (21, u16::MAX), (22, 9), (23, 3)]),
            rtp_slin: since(&[(20, 6), (21, 1), (22, 0)]),
            websocket_crashes: websocket && !is_repaired,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriers_by_release() {
        for (version, expected) in [
            ((16, 30, 0), "       "),
            ((18, 0, 0), "   a   "),
            ((20, 15, 0), "   a sk"),
            ((20, 16, 0), "w  a sk"),
            ((21, 12, 3), "w  arsk"),
            ((22, 5, 0), "   a sk"),
            ((22, 6, 0), "w  a sk"),
            ((22, 8, 0), "wj arsk"),
            ((22, 9, 0), "wjdarsk"),
            ((23, 0, 0), "w  a sk"),
            ((24, 0, 0), "wjdarsk"),
        ] {
            let (major, minor, patch) = version;
            let has = MediaSupport::for_version(Version::new(major, minor, patch));
            let found: String = [
                (has.websocket, 'w'),
                (has.json, 'j'),
                (has.directions, 'd'),
                (has.audiosocket, 'a'),
                (has.audiosocket_rates, 'r'),
                (has.rtp_slin, 's'),
                (has.audiosocket_keys, 'k'),
            ]
            .map(|(has, letter)| if has { letter } else { ' ' })
            .into_iter()
            .collect();
            assert_eq!(found, expected, "{version:?}");
        }
        for (version, crashes) in [
            ((22, 5, 0), false),
            ((22, 10, 1), true),
            ((22, 11, 0), false),
            ((21, 12, 9), true),
            ((24, 0, 0), false),
        ] {
            let (major, minor, patch) = version;
            let has = MediaSupport::for_version(Version::new(major, minor, patch));
            assert_eq!(has.websocket_crashes, crashes, "{version:?}");
        }
    }
}
