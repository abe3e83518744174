//! The choice of a carrier, a pure function of the server and of the program's offer.

use std::fmt::Write as _;

use ari_api::schema::Version;

use crate::carrier::kind::Carrier;
use crate::carrier::release::Features;

/// The server's version and modules.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// The version. `None` if the server does not report it. The server then counts as the newest
    /// release, and only its modules decide.
    pub version: Option<Version>,
    /// The names of the loaded modules, such as `chan_rtp.so`.
    pub modules: Vec<String>,
}

/// The carriers that the program can use.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// True if the program can open WebSockets to the server's HTTP port.
    pub websocket: bool,
    /// The section of `websocket_client.conf` that contains the address of the program's server, if
    /// there is one.
    pub websocket_client_id: Option<String>,
    /// True if the program listens for AudioSocket, at an address that the server can reach.
    pub audiosocket: bool,
    /// True if the program has ports for RTP, at an address that the server can reach.
    pub rtp: bool,
}

/// The preference of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CarrierPreference {
    /// The best carrier that both sides have.
    #[default]
    Auto,
    /// This carrier. It is never replaced by another.
    Only(Carrier),
}

impl From<Carrier> for CarrierPreference {
    fn from(carrier: Carrier) -> Self {
        CarrierPreference::Only(carrier)
    }
}

/// The chosen carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CarrierChoice {
    /// The carrier.
    pub carrier: Carrier,
    /// The features of the server's release. If the version is unknown, those of the newest.
    pub features: Features,
    /// The reason in one line, such as `WebSocket with JSON, because Asterisk 22.10.1 has it`.
    pub reason: String,
}

/// The reason why there is no carrier. The text names the module to load, the setting to change or
/// the address to offer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no audio {}: {problem}", match .carrier {
    Some(carrier) => format!("over {carrier}"),
    None => "over any carrier".to_owned(),
})]
#[non_exhaustive]
pub struct CarrierError {
    /// The carrier that was named. `None` for [`CarrierPreference::Auto`].
    pub carrier: Option<Carrier>,
    /// The problem, and the change to make.
    pub problem: String,
}

/// The order of preference. The first two are WebSockets with JSON.
const ORDER: [(Carrier, Dialect); 6] = [
    (Carrier::WebSocket, Dialect::Json),
    (Carrier::WebSocketServer, Dialect::Json),
    (Carrier::AudioSocket, Dialect::Any),
    (Carrier::Rtp, Dialect::Any),
    // It has no marks, and its releases hang up if they receive a ping.
    (Carrier::WebSocket, Dialect::PlainText),
    (Carrier::WebSocketServer, Dialect::PlainText),
];

#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    Json,
    PlainText,
    Any,
}

/// Chooses a carrier.
///
/// [`CarrierPreference::Auto`] chooses the first usable carrier in this order: a WebSocket with
/// JSON, AudioSocket, RTP, a WebSocket with plain text. A carrier is usable if the server's release
/// has it, its modules are loaded, and the program offers it.
///
/// # Errors
/// Returns [`CarrierError`] if the named carrier, or any carrier, cannot be used.
pub fn choose(
    server: &Server,
    offer: &Offer,
    preference: CarrierPreference,
) -> Result<CarrierChoice, CarrierError> {
    let features = server
        .version
        .map_or_else(Features::newest, Features::for_version);
    let mut obstacles = Vec::new();
    for (carrier, dialect) in ORDER {
        let json = features.websocket.is_some_and(|websocket| websocket.json);
        let fits = match dialect {
            Dialect::Any => true,
            Dialect::Json => json,
            Dialect::PlainText => !json,
        };
        let is_wanted = match preference {
            CarrierPreference::Auto => true,
            CarrierPreference::Only(only) => only == carrier,
        };
        if !fits || !is_wanted {
            continue;
        }
        match find_obstacle(carrier, &features, server, offer) {
            None => {
                return Ok(CarrierChoice {
                    carrier,
                    features,
                    reason: reason(carrier, dialect, server, preference, &obstacles),
                });
            }
            Some(obstacle) => obstacles.push((carrier, obstacle)),
        }
    }
    Err(match preference {
        CarrierPreference::Only(carrier) => CarrierError {
            carrier: Some(carrier),
            problem: join(obstacles.into_iter().map(|(_, obstacle)| obstacle)),
        },
        CarrierPreference::Auto => CarrierError {
            carrier: None,
            problem: join(describe(&obstacles)),
        },
    })
}

/// Returns the reason why a carrier cannot be used, if there is one.
fn find_obstacle(
    carrier: Carrier,
    features: &Features,
    server: &Server,
    offer: &Offer,
) -> Option<String> {
    let (is_known, since) = match carrier {
        Carrier::WebSocket | Carrier::WebSocketServer => {
            (features.websocket.is_some(), "20.16, 21.11, 22.6 and 23.0")
        }
        Carrier::AudioSocket => (features.audiosocket.is_some(), "18"),
        Carrier::Rtp => (features.rtp, "16.6, 17.1 and 18"),
    };
    if !is_known {
        let version = version_text(server);
        return Some(format!("{version} lacks it, which came with {since}"));
    }
    let is_loaded = |module: &&str| server.modules.iter().any(|loaded| loaded == module);
    let mut modules = carrier.required_modules().iter();
    if let Some(missing) = modules.find(|module| !is_loaded(module)) {
        return Some(format!(
            "the server has not loaded {missing}: load it by `module load {missing}`, or allow it in \
             modules.conf"
        ));
    }
    let (is_offered, problem) = match carrier {
        Carrier::WebSocket => (
            offer.websocket,
            "the client cannot open WebSockets to the server: give it the server's HTTP address",
        ),
        Carrier::WebSocketServer => (
            offer.websocket_client_id.is_some(),
            "the program names no section of websocket_client.conf with its address",
        ),
        Carrier::AudioSocket => (
            offer.audiosocket,
            "the program does not listen for it: name the address at which Asterisk can reach it",
        ),
        Carrier::Rtp => (
            offer.rtp,
            "the program has no ports for it: name the address at which Asterisk can reach it, and \
             a range of ports",
        ),
    };
    (!is_offered).then(|| problem.to_owned())
}

fn reason(
    carrier: Carrier,
    dialect: Dialect,
    server: &Server,
    preference: CarrierPreference,
    obstacles: &[(Carrier, String)],
) -> String {
    let dialect = match dialect {
        Dialect::Json => " with JSON",
        Dialect::PlainText => " with plain text",
        Dialect::Any => "",
    };
    let mut text = format!("{carrier}{dialect}");
    match preference {
        CarrierPreference::Only(_) => text += ", as requested",
        CarrierPreference::Auto if obstacles.is_empty() => {
            let _ = write!(text, ", because {} has it", version_text(server));
        }
        CarrierPreference::Auto => {
            let _ = write!(text, ", because of {}", join(describe(obstacles)));
        }
    }
    text
}

fn version_text(server: &Server) -> String {
    match server.version {
        Some(version) => format!("Asterisk {version}"),
        None => "this Asterisk, whose version is unknown,".to_owned(),
    }
}

fn describe(obstacles: &[(Carrier, String)]) -> impl Iterator<Item = String> {
    obstacles
        .iter()
        .map(|(carrier, why)| format!("{carrier}: {why}"))
}

fn join(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a server with all modules.
    fn server(version: (u16, u16)) -> Server {
        let modules = Carrier::ALL.iter().flat_map(|it| it.required_modules());
        Server {
            version: Some(Version::new(version.0, version.1, 0)),
            modules: modules.map(|module| (*module).to_owned()).collect(),
        }
    }

    fn everything() -> Offer {
        Offer {
            websocket: true,
            websocket_client_id: Some("us".to_owned()),
            audiosocket: true,
            rtp: true,
        }
    }

    /// Each row has a release, and the carriers in their order for a program that offers
    /// everything, no AudioSocket, or only WebSockets.
    #[test]
    fn best_carrier_follows_the_release() {
        use Carrier::{AudioSocket, Rtp, WebSocket};
        for (version, all, no_audiosocket, websocket_only) in [
            ((13, 38), None, None, None),
            ((16, 5), None, None, None),
            ((16, 28), Some(Rtp), Some(Rtp), None),
            ((17, 0), None, None, None),
            ((17, 9), Some(Rtp), Some(Rtp), None),
            ((18, 0), Some(AudioSocket), Some(Rtp), None),
            ((19, 8), Some(AudioSocket), Some(Rtp), None),
            ((20, 15), Some(AudioSocket), Some(Rtp), None),
            ((20, 16), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((20, 17), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((20, 18), Some(WebSocket), Some(WebSocket), Some(WebSocket)),
            ((21, 10), Some(AudioSocket), Some(Rtp), None),
            ((21, 11), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((21, 12), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((22, 5), Some(AudioSocket), Some(Rtp), None),
            ((22, 6), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((22, 7), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((22, 8), Some(WebSocket), Some(WebSocket), Some(WebSocket)),
            ((22, 10), Some(WebSocket), Some(WebSocket), Some(WebSocket)),
            ((23, 0), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((23, 1), Some(AudioSocket), Some(Rtp), Some(WebSocket)),
            ((23, 2), Some(WebSocket), Some(WebSocket), Some(WebSocket)),
            ((24, 0), Some(WebSocket), Some(WebSocket), Some(WebSocket)),
        ] {
            let choose = |offer: &Offer| {
                let choice = choose(&server(version), offer, CarrierPreference::Auto);
                choice.ok().map(|choice| choice.carrier)
            };
            let mut offer = everything();
            assert_eq!(choose(&offer), all, "{version:?}");
            offer.audiosocket = false;
            assert_eq!(choose(&offer), no_audiosocket, "{version:?}");
            offer.rtp = false;
            assert_eq!(choose(&offer), websocket_only, "{version:?}");
        }
    }

    #[test]
    fn named_carriers_are_never_replaced() {
        for carrier in Carrier::ALL {
            let named = CarrierPreference::Only(carrier);
            let choice = choose(&server((22, 10)), &everything(), named).unwrap();
            assert_eq!(choice.carrier, carrier);
            assert!(choice.reason.contains("as requested"), "{choice:?}");
            // A WebSocket that was named is not refused because it has only plain text.
            let old = choose(&server((22, 6)), &everything(), named);
            assert_eq!(old.unwrap().carrier, carrier);

            let error = choose(&server((13, 0)), &everything(), named).unwrap_err();
            assert!(
                error.problem.contains("Asterisk 13.0.0 lacks it"),
                "{error}"
            );
            let mut bare = server((22, 10));
            for module in carrier.required_modules() {
                bare.modules.retain(|loaded| loaded != module);
            }
            let error = choose(&bare, &everything(), named).unwrap_err().to_string();
            assert!(error.contains(carrier.required_modules()[0]), "{error}");
            let error = choose(&server((22, 10)), &Offer::default(), named).unwrap_err();
            assert_eq!(error.carrier, Some(carrier));
        }
    }

    #[test]
    fn modules_and_offers_decide_and_are_named() {
        let mut debian = server((16, 28));
        debian.modules = vec!["chan_rtp.so".to_owned()];
        assert_eq!(
            choose(&debian, &everything(), CarrierPreference::Auto)
                .unwrap()
                .carrier,
            Carrier::Rtp
        );
        debian.modules.clear();
        let error = choose(&debian, &everything(), CarrierPreference::Auto).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("over any carrier"), "{text}");
        assert!(
            text.contains("RTP: the server has not loaded chan_rtp.so"),
            "{text}"
        );
        assert!(
            text.contains("AudioSocket: Asterisk 16.28.0 lacks it"),
            "{text}"
        );

        // For a working tree without a version, the modules decide.
        let mut tree = server((22, 10));
        tree.version = None;
        let choice = choose(&tree, &everything(), CarrierPreference::Auto).unwrap();
        assert_eq!(choice.carrier, Carrier::WebSocket);
        // Asterisk connects, if the program cannot.
        let mut offer = everything();
        offer.websocket = false;
        let choice = choose(&tree, &offer, CarrierPreference::Auto).unwrap();
        assert_eq!(choice.carrier, Carrier::WebSocketServer);
        assert!(choice.reason.contains("HTTP address"), "{choice:?}");
    }
}
