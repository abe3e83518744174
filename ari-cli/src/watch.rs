//! `ari watch`: what happens on the server, without being anybody's application.

use std::time::Duration;

use clap::Args;

use crate::error::CliError;
use crate::event::CommandEvent;
use crate::event_filter::Filter;
use crate::events::until_end;
use crate::global_options::GlobalOptions;
use crate::printer::Printer;
use crate::signals::Signals;
use crate::{connect, temp_app};

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
    fn event_sources(&self) -> Vec<(&'static str, &str)> {
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
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let sources = watch.event_sources();
    if let Some((kind, _)) = sources.iter().find(|(_, name)| name.is_empty()) {
        return Err(CliError::usage(format!(
            "--{kind} needs an id; without it, all of the server is watched"
        )));
    }
    watch.filter.check_fields(&global.fields)?;
    let connection = connect::open(global)?;
    let mut printer = Printer::new(global, watch.filter.raw);
    let connecting = async {
        watch.filter.check_types(&connection).await?;
        printer.fetch_time_zone(&connection).await?;
        match sources.as_slice() {
            [] => temp_app::subscribe_all(&connection).await,
            sources => temp_app::subscribe_objects(&connection, sources).await,
        }
    };
    let mut session = signals.run_until_signal(connecting).await?;
    let wants = |event: &CommandEvent| watch.filter.matches(event);
    let result = until_end(&mut session.events, wants, &mut printer, signals).await;
    let ending = async {
        session.close(&connection).await;
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    result
}
