//! `ari watch`: live events of the server, without taking over an application.

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

/// Print the events of channels, bridges and endpoints, one per line, until Ctrl-C.
///
/// A temporary application is subscribed to them, so that no other program is affected. Without
/// options, the whole server is watched. Changes of device states are not printed. Neither are
/// StasisStart and StasisEnd, which Asterisk only sends to the application that the channel enters or
/// leaves: see `ari events`.
#[derive(Args, Clone, Debug)]
pub(crate) struct Watch {
    /// Watch this channel; repeatable.
    #[arg(long, value_name = "ID")]
    channel: Vec<String>,
    /// Watch this bridge; repeatable.
    #[arg(long, value_name = "ID")]
    bridge: Vec<String>,
    /// Watch this endpoint, such as PJSIP/alice; repeatable.
    #[arg(long, value_name = "TECHNOLOGY/RESOURCE")]
    endpoint: Vec<String>,
    #[command(flatten)]
    filter: Filter,
}

impl Watch {
    /// Returns the kinds and ids of the watched objects.
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
            "--{kind} needs an id; omit it to watch the whole server"
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
