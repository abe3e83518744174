//! `ari top`: a live view of the whole server.

mod keys;
mod rows;
mod snapshot;
mod state;
mod view;

use std::io::IsTerminal as _;
use std::time::{Duration, SystemTime};

use ari_api::operations::channels;
use clap::Args;
use ratatui::crossterm::event::{self, Event as Input, KeyEventKind};
use ratatui::{DefaultTerminal, crossterm};
use serde_json::Value;
use tokio::sync::mpsc;

use crate::error::CliError;
use crate::event::{CommandConnection, CommandEvent};
use crate::global_options::GlobalOptions;
use crate::signals::Signals;
use crate::{api_request, connect, temp_app};
use keys::Action;
use snapshot::fetch;
use state::State;

/// Show live channels, bridges, applications and event rates in the terminal; q quits.
///
/// Keys: arrows select a channel, Enter shows its details, h hangs it up after a confirmation,
/// / filters the channels by a text, s changes the order.
///
/// A temporary application receives all events of channels, bridges and endpoints, which can be a lot
/// on a busy server.
#[derive(Args, Clone, Debug)]
pub(crate) struct Top {
    /// Seconds between two refreshes.
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..))]
    every: u32,
}

pub(crate) async fn run(
    top: Top,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(CliError::usage(
            "`ari top` needs a terminal; `ari channels list` works without one",
        ));
    }
    // The output of --verbose would overwrite the screen.
    let mut global = global.clone();
    global.verbose &= !std::io::stderr().is_terminal();
    let connection = connect::open(&global)?;
    // Errors of the first requests are printed before the screen is taken.
    let mut state = State::new(
        signals
            .run_until_signal(async { Ok(fetch(&connection).await?) })
            .await?,
    );
    let mut session = signals
        .run_until_signal(temp_app::subscribe_all(&connection))
        .await?;
    let mut terminal = ratatui::try_init()?;
    let result = tokio::select! {
        result = live(&mut terminal, &connection, &mut state, &mut session.events, top.every) => result,
        // A usual way to end the command, like the key.
        _ = signals.next() => Ok(()),
    };
    ratatui::restore();
    let ending = async {
        session.close(&connection).await;
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    result
}

async fn live(
    terminal: &mut DefaultTerminal,
    connection: &CommandConnection,
    state: &mut State,
    events: &mut ari_api::stream::EventStream<CommandEvent>,
    every: u32,
) -> Result<(), CliError> {
    let mut keys = keys();
    let (fetched, mut snapshots) = mpsc::channel(1);
    let (ended, mut ends) = mpsc::channel(1);
    let mut refresh = tokio::time::interval(Duration::from_secs(every.into()));
    let mut second = tokio::time::interval(Duration::from_secs(1));
    let mut frame = tokio::time::interval(Duration::from_millis(100));
    frame.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut changed = true;
    loop {
        tokio::select! {
            key = keys.recv() => match key {
                Some(Input::Key(key)) if key.kind != KeyEventKind::Release => {
                    match state.press(key) {
                        Action::Quit => return Ok(()),
                        Action::HangUp(id) => {
                            let (connection, ended) = (connection.clone(), ended.clone());
                            tokio::spawn(async move {
                                let _ = ended.send(hang_up(&connection, &id).await).await;
                            });
                        }
                        Action::None => {}
                    }
                    changed = true;
                }
                Some(_) => changed = true,
                None => return Err(CliError::other("the terminal was closed")),
            },
            event = events.next() => match event {
                Some(Ok(event)) => {
                    state.apply_event(&event);
                    changed = true;
                }
                Some(Err(error @ ari_api::Error::Disconnected { .. })) => return Err(error.into()),
                Some(Err(error)) => state.problem = Some(error.to_string()),
                None => return Ok(()),
            },
            // A refresh runs in a task, so that keys and events are handled at the same time.
            _ = refresh.tick() => {
                if let Ok(place) = fetched.clone().try_reserve_owned() {
                    let connection = connection.clone();
                    tokio::spawn(async move { place.send(fetch(&connection).await) });
                }
            }
            Some(snapshot) = snapshots.recv() => {
                match snapshot {
                    Ok(snapshot) => state.replace(snapshot),
                    Err(error) => state.problem = Some(error.to_string()),
                }
                changed = true;
            }
            Some(ended) = ends.recv() => {
                match ended {
                    // The next refresh no longer has the channel.
                    Ok(()) => refresh.reset_immediately(),
                    Err(error) => state.notify(error.to_string()),
                }
                changed = true;
            }
            _ = second.tick() => {
                state.tick();
                changed = true;
            }
            _ = frame.tick(), if changed => {
                terminal.draw(|frame| view::draw(frame, state, SystemTime::now()))?;
                changed = false;
            }
        }
    }
}

async fn hang_up(connection: &CommandConnection, id: &str) -> Result<(), ari_api::Error> {
    let arguments = [("channelId", Value::from(id))];
    api_request::execute(connection, &channels::HANGUP, &arguments).await?;
    Ok(())
}

/// Returns key presses and changes of the terminal's size, which a thread reads, because that blocks.
fn keys() -> mpsc::Receiver<Input> {
    let (sender, receiver) = mpsc::channel(16);
    std::thread::spawn(move || {
        while !sender.is_closed() {
            match event::poll(Duration::from_millis(200)) {
                Ok(false) => {}
                Ok(true) => match crossterm::event::read() {
                    Ok(input) => {
                        if sender.blocking_send(input).is_err() {
                            return;
                        }
                    }
                    Err(_) => return,
                },
                Err(_) => return,
            }
        }
    });
    receiver
}
