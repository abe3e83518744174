//! The calls that enter the application of an example.

use std::collections::HashSet;
use std::pin::pin;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::stream::{ConnectionEvent, EventStream};
use ari_api::{Client, Event};
use ari_calls::{Call, CallError};

use crate::server::Result;

/// Runs a program for each call that enters the application, with a name of the call and the
/// arguments of `Stasis`, until Ctrl-C. Prints the ends of calls and errors.
pub(crate) async fn serve<F>(
    client: Client,
    mut app: EventStream<Event>,
    program: impl Fn(String, Vec<String>, Call) -> F + Clone + Send + 'static,
) -> Result<()>
where
    F: Future<Output = std::result::Result<(), CallError>> + Send + 'static,
{
    // Channels whose `StasisStart` may follow.
    let mut found = HashSet::new();
    // One future for the whole loop: a new one in each iteration could miss a signal between two.
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    loop {
        let event = tokio::select! {
            _ = &mut interrupted => break,
            event = app.next() => event,
        };
        let event = match event.transpose() {
            Ok(Some(event)) => event,
            Ok(None) => break,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        match &*event {
            Event::StasisStart(start) if !found.remove(&start.channel.id) => {
                let call = Call::incoming(&client, start);
                let name = start.channel.name.clone();
                tokio::spawn(run(
                    name.clone(),
                    call.channel().clone(),
                    program(name, start.args.clone(), call),
                ));
            }
            // Those that came while the WebSocket was lost.
            Event::Connection(ConnectionEvent::Resynced(report)) => {
                for id in &report.entered_channels {
                    found.insert(id.clone());
                    let channel = client.channel(id);
                    let call = Call::new(channel.clone(), channel.events());
                    let (id, program) = (id.clone(), program.clone());
                    tokio::spawn(async move {
                        let args = read_args(&channel).await;
                        run(id.clone(), channel, program(id, args, call)).await;
                    });
                }
            }
            Event::Connection(change) => println!("{change}"),
            _ => {}
        }
    }
    client.close(Duration::from_secs(5)).await;
    Ok(())
}

/// Returns the arguments with which the dialplan has called `Stasis`, without its event.
async fn read_args(channel: &ChannelHandle) -> Vec<String> {
    let data = match channel.get().await {
        Ok(channel) => channel.dialplan.app_data.unwrap_or_default(),
        Err(_) => String::new(),
    };
    data.split(',').skip(1).map(str::to_owned).collect()
}

async fn run(
    name: String,
    channel: ChannelHandle,
    program: impl Future<Output = std::result::Result<(), CallError>>,
) {
    match program.await {
        Ok(()) => {}
        // The caller has hung up, at whichever step.
        Err(CallError::Ended(end)) => println!("{name}: {end}"),
        Err(error) => {
            eprintln!("{name}: {error}");
            // No caller is left in silence.
            let _ = channel.hangup().await;
        }
    }
}
