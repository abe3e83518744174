//! `ari top`: the whole server on one screen, as it changes.

mod keys;
mod rows;
mod state;
mod view;

use std::io::IsTerminal as _;
use std::time::{Duration, SystemTime};

use ari_api::operations::{applications, asterisk, bridges, channels};
use clap::Args;
use ratatui::crossterm::event::{self, Event as Input, KeyEventKind};
use ratatui::{DefaultTerminal, crossterm};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::failure::{Failure, chain};
use crate::interrupt::Interrupt;
use crate::seen::{Link, Seen};
use crate::settings::Global;
use crate::{link, operation, private_app};
use keys::Action;
use state::State;

/// Watch channels, bridges, applications and event rates on the whole screen; q quits.
///
/// Arrows select a channel, Enter shows all of it, h hangs it up after a question, / shows only
/// channels that hold a text, s sorts.
///
/// An application of its own hears of everything on the server, which on a busy one is a lot.
#[derive(Args, Clone, Debug)]
pub(crate) struct Top {
    /// Seconds between two looks at the server.
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..))]
    every: u32,
}

/// The result of a look at the server.
pub(super) struct Look {
    pub(super) info: Value,
    pub(super) channels: Value,
    pub(super) bridges: Value,
    pub(super) applications: Value,
}

pub(crate) async fn run(
    top: Top,
    global: &Global,
    interrupt: &mut Interrupt,
) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Failure::usage(
            "`ari top` needs a terminal; `ari channels list` works without one",
        ));
    }
    // Requests would be written across the screen.
    let mut global = global.clone();
    global.verbose &= !std::io::stderr().is_terminal();
    let link = link::open(&global)?;
    // What cannot work says so before the screen is taken.
    let mut state = State::new(interrupt.or(async { Ok(look(&link).await?) }).await?);
    let mut session = interrupt.or(private_app::hear_all(&link)).await?;
    let mut terminal = ratatui::try_init()?;
    let result = tokio::select! {
        result = live(&mut terminal, &link, &mut state, &mut session.events, top.every) => result,
        // The usual way to end it, as the key is.
        _ = interrupt.next() => Ok(()),
    };
    ratatui::restore();
    let ending = async {
        session.end(&link).await;
        link.close(Duration::from_secs(1)).await;
    };
    interrupt.briefly(ending).await;
    result
}

async fn live(
    terminal: &mut DefaultTerminal,
    link: &Link,
    state: &mut State,
    events: &mut ari_api::runtime::EventStream<Seen>,
    every: u32,
) -> Result<(), Failure> {
    let mut keys = keys();
    let (found, mut looks) = mpsc::channel(1);
    let (ended, mut ends) = mpsc::channel(1);
    let mut next_look = tokio::time::interval(Duration::from_secs(every.into()));
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
                            let (link, ended) = (link.clone(), ended.clone());
                            tokio::spawn(async move {
                                let _ = ended.send(hang_up(&link, &id).await).await;
                            });
                        }
                        Action::None => {}
                    }
                    changed = true;
                }
                Some(_) => changed = true,
                None => return Err(Failure::other("the terminal is gone")),
            },
            event = events.next() => match event {
                Some(Ok(seen)) => {
                    state.note(&seen);
                    changed = true;
                }
                Some(Err(error @ ari_api::Error::Disconnected { .. })) => return Err(error.into()),
                Some(Err(error)) => state.problem = Some(chain(&error)),
                None => return Ok(()),
            },
            // A look takes its time, during which keys and events still count.
            _ = next_look.tick() => {
                if let Ok(place) = found.clone().try_reserve_owned() {
                    let link = link.clone();
                    tokio::spawn(async move { place.send(look(&link).await) });
                }
            }
            Some(found) = looks.recv() => {
                match found {
                    Ok(found) => state.see(found),
                    Err(error) => state.problem = Some(chain(&error)),
                }
                changed = true;
            }
            Some(ended) = ends.recv() => {
                match ended {
                    // It is gone from the next look on.
                    Ok(()) => next_look.reset_immediately(),
                    Err(error) => state.notify(chain(&error)),
                }
                changed = true;
            }
            _ = second.tick() => {
                state.second();
                changed = true;
            }
            _ = frame.tick(), if changed => {
                terminal.draw(|frame| view::draw(frame, state, SystemTime::now()))?;
                changed = false;
            }
        }
    }
}

async fn look(link: &Link) -> Result<Look, ari_api::Error> {
    let only = [("only", json!(["status", "system"]))];
    Ok(Look {
        info: operation::value(link, &asterisk::GET_INFO, &only).await?,
        channels: operation::value(link, &channels::LIST, &[]).await?,
        bridges: operation::value(link, &bridges::LIST, &[]).await?,
        applications: operation::value(link, &applications::LIST, &[]).await?,
    })
}

async fn hang_up(link: &Link, id: &str) -> Result<(), ari_api::Error> {
    let arguments = [("channelId", Value::from(id))];
    operation::value(link, &channels::HANGUP, &arguments).await?;
    Ok(())
}

/// Keys and changes of the terminal's size. Reading them blocks, so a thread does.
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
