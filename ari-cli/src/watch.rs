//! `ari watch`: what happens on the server, without being anybody's application.

use std::time::Duration;

use clap::Args;

use crate::event_filter::Filter;
use crate::events::until_end;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::printer::Printer;
use crate::seen::Seen;
use crate::settings::Global;
use crate::{link, private_app};

/// Print what happens to channels, bridges and endpoints, one event a line, until Ctrl-C.
///
/// A temporary application of its own is subscribed to them: no program loses anything by it. All of
/// the server is watched unless something is named. Changes of device states are not shown, and
/// neither are StasisStart and StasisEnd: Asterisk sends these only to the application that the
/// channel enters or leaves, see `ari events`.
#[derive(Args, Clone, Debug)]
pub(crate) struct Watch {
    /// Watch this channel; may be given again.
    #[arg(long, value_name = "ID")]
    channel: Vec<String>,
    /// Watch this bridge; may be given again.
    #[arg(long, value_name = "ID")]
    bridge: Vec<String>,
    /// Watch this endpoint: PJSIP/alice; may be given again.
    #[arg(long, value_name = "TECHNOLOGY/RESOURCE")]
    endpoint: Vec<String>,
    #[command(flatten)]
    filter: Filter,
}

impl Watch {
    /// The kinds and names of what is watched.
    fn sources(&self) -> Vec<(&'static str, &str)> {
        let kinds = [
            ("channel", &self.channel),
            ("bridge", &self.bridge),
            ("endpoint", &self.endpoint),
        ];
        let sources = kinds
            .iter()
            .flat_map(|(kind, names)| names.iter().map(|name| (*kind, name.as_str())));
        sources.collect()
    }
}

pub(crate) async fn run(
    watch: Watch,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    let sources = watch.sources();
    if let Some((kind, _)) = sources.iter().find(|(_, name)| name.is_empty()) {
        return Err(Failure::usage(format!(
            "--{kind} needs an id; without it, all of the server is watched"
        )));
    }
    watch.filter.check_fields(&global.fields)?;
    let link = link::open(global)?;
    let mut printer = Printer::new(global, watch.filter.raw);
    let connecting = async {
        watch.filter.check_types(&link).await?;
        printer.learn(&link).await?;
        match sources.as_slice() {
            [] => private_app::hear_all(&link).await,
            sources => private_app::hear_of(&link, sources).await,
        }
    };
    let mut session = interrupt.or(connecting).await?;
    let wants = |seen: &Seen| watch.filter.wants(seen);
    let result = until_end(&mut session.events, wants, &mut printer, interrupt).await;
    let ending = async {
        session.end(&link).await;
        link.close(Duration::from_secs(1)).await;
    };
    interrupt.briefly(ending).await;
    result
}
