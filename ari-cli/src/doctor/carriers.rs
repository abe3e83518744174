//! The check of the carriers, which are the protocols over which a program sends and receives
//! audio.

use ari_api::schema::Version;
use ari_media::carrier::{Carrier, CarrierPreference, Features, Offer, Server, choose};

use super::checks::{Modules, module_advice};
use super::files::Files;
use super::report::{CheckResult, Report};
use crate::error::CliError;

/// Reports the carriers that the server has, and the modules that the others lack. A missing
/// carrier is never a problem of the setup, because most applications send no audio themselves.
pub(super) fn check(
    modules: &Modules,
    version: Option<Version>,
    files: Option<&Files>,
    report: &mut Report,
) -> Result<(), CliError> {
    let Some(running) = modules.running() else {
        return Ok(());
    };
    let server = Server {
        version,
        modules: running.map(|name| format!("{name}.so")).collect(),
    };
    let all = Offer {
        websocket: true,
        websocket_client_id: Some(String::new()),
        audiosocket: true,
        rtp: true,
    };
    for carrier in Carrier::ALL {
        // No setting can add a carrier that the release lacks.
        let with_modules = Server {
            modules: carrier
                .required_modules()
                .iter()
                .map(|module| (*module).to_owned())
                .collect(),
            ..server.clone()
        };
        let preference = CarrierPreference::Only(carrier);
        let (state, found, advice) = match (
            choose(&with_modules, &all, preference),
            choose(&server, &all, preference),
        ) {
            (Err(error), _) => {
                let found = format!("{carrier}: {}", error.problem);
                (CheckResult::Good, found, String::new())
            }
            (Ok(choice), Ok(_)) => (
                CheckResult::Good,
                format!("{carrier}{}", dialect(carrier, &choice.features)),
                need(carrier).to_owned(),
            ),
            (Ok(_), Err(_)) => {
                let required = carrier.required_modules().iter();
                let required = required.map(|module| module.trim_end_matches(".so"));
                let missing: Vec<&str> = required.filter(|it| modules.is_missing(it)).collect();
                (
                    CheckResult::Warning,
                    format!("{carrier} lacks {}", missing.join(", ")),
                    module_advice(&missing, files),
                )
            }
        };
        report.add(state, "audio", found, &advice)?;
    }
    Ok(())
}

/// Returns the features of a carrier in this release.
fn dialect(carrier: Carrier, features: &Features) -> &'static str {
    use ari_media::carrier::AudioSocketFormats;
    match carrier {
        Carrier::WebSocket | Carrier::WebSocketServer => match features.websocket {
            Some(websocket) if websocket.json => " with JSON",
            _ => " with plain text, without marks",
        },
        Carrier::AudioSocket => match features.audiosocket {
            Some(AudioSocketFormats::AllRates) => " with all rates",
            _ => " with 8 kHz",
        },
        _ => " with 8 and 16 kHz",
    }
}

/// Returns the configuration that a carrier also needs. Empty if it needs none.
fn need(carrier: Carrier) -> &'static str {
    match carrier {
        Carrier::WebSocketServer => {
            "Needs a section of websocket_client.conf with the address of the program."
        }
        Carrier::AudioSocket => "Needs a TCP port of the program that Asterisk can reach.",
        Carrier::Rtp => "Needs UDP ports of the program that Asterisk can reach.",
        _ => "",
    }
}
