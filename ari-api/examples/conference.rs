//! A conference: all callers are added to one bridge, which plays a beep for each participant who
//! joins. The first caller creates the bridge, and the last one to leave destroys it. After a gap
//! in the connection it catches up with participants who joined or left during the gap.
//!
//! ```text
//! cargo run -p ari-api --example conference
//! ```
//!
//! It talks to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts
//! a fake one and says so; Alice and Bob call there. The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 200,1,Stasis(conference)
//!  same => n,Hangup()
//! ```

mod server;

use std::collections::HashSet;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::bridges::BridgeHandle;
use ari_api::channels::ChannelHandle;
use ari_api::stream::ConnectionEvent;
use ari_api::{Client, Error, Event};
use ari_mock::Asterisk;
use tokio::task::JoinSet;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let (client, fake) = server::open().await?;
    let mut app = client.application("conference").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(callers(pbx));
    }
    let mut conference = Conference {
        client: client.clone(),
        bridge: None,
        members: HashSet::new(),
        welcomes: JoinSet::new(),
    };
    // One future for the whole loop: a new one in each iteration could miss a signal between two.
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    loop {
        let event = tokio::select! {
            _ = &mut interrupted => break,
            Some(_) = conference.welcomes.join_next() => continue,
            event = app.next() => event,
        };
        match event.transpose() {
            Ok(Some(event)) => {
                // The conference continues even if one request fails.
                if let Err(error) = conference.follow(&event).await {
                    eprintln!("{error}");
                }
            }
            Ok(None) => break,
            Err(error) => eprintln!("{error}"),
        }
    }
    conference.end().await;
    client.close(Duration::from_secs(5)).await;
    Ok(())
}

struct Conference {
    client: Client,
    /// The bridge exists as long as somebody is in it.
    bridge: Option<BridgeHandle>,
    /// Channel ids of the participants, including those who are about to join.
    members: HashSet<String>,
    /// Tasks that welcome callers: this takes a while, during which others join and leave.
    welcomes: JoinSet<()>,
}

impl Conference {
    async fn follow(&mut self, event: &Event) -> Result<(), Error> {
        match event {
            Event::StasisStart(start) => self.enter(&start.channel.id).await,
            Event::StasisEnd(end) => self.leave(&end.channel.id).await?,
            Event::Connection(turn @ ConnectionEvent::Resynced(found)) => {
                println!("{turn}");
                for failure in &found.failures {
                    eprintln!("{failure}");
                }
                for id in found
                    .removed_channels
                    .iter()
                    .chain(&found.departed_channels)
                {
                    self.leave(id).await?;
                }
                for id in &found.entered_channels {
                    self.enter(id).await;
                }
            }
            Event::Connection(turn) => println!("{turn}"),
            _ => {}
        }
        Ok(())
    }

    /// Lets a caller in. If that fails, the caller continues in the dialplan instead of waiting in
    /// silence.
    async fn enter(&mut self, id: &str) {
        // After a gap, its `StasisStart` may arrive in addition to `entered_channels`.
        if !self.members.insert(id.to_owned()) {
            return;
        }
        let call = self.client.channel(id);
        let bridge = match self.bridge().await {
            Ok(bridge) => bridge,
            Err(error) => return continue_in_dialplan(&call, &error).await,
        };
        let alone = self.members.len() == 1;
        self.welcomes.spawn(async move {
            match welcome(&call, &bridge, alone).await {
                Ok(()) => println!("{} is in", call.channel_id()),
                // A caller who hangs up during this leaves like everyone else.
                Err(error) => continue_in_dialplan(&call, &error).await,
            }
        });
    }

    /// Returns the bridge, which is created for the first caller.
    async fn bridge(&mut self) -> Result<BridgeHandle, Error> {
        if let Some(bridge) = &self.bridge {
            return Ok(bridge.clone());
        }
        let bridge = self.client.bridges().create().kind("mixing");
        let bridge = bridge.name("conference").await?;
        println!("bridge {} is made", bridge.id);
        let bridge = self.client.bridge(bridge.id);
        self.bridge = Some(bridge.clone());
        Ok(bridge)
    }

    async fn leave(&mut self, id: &str) -> Result<(), Error> {
        if self.members.remove(id) {
            println!("{id} is out, {} left", self.members.len());
        }
        if self.members.is_empty()
            && let Some(bridge) = self.bridge.take()
        {
            destroy(&bridge).await?;
        }
        Ok(())
    }

    /// Continues all calls in the dialplan.
    async fn end(mut self) {
        self.welcomes.shutdown().await;
        for id in self.members {
            if let Err(error) = self.client.channel(&id).continue_in_dialplan().await {
                println!("{id}: {error}");
            }
        }
        if let Some(bridge) = self.bridge
            && let Err(error) = destroy(&bridge).await
        {
            println!("{error}");
        }
    }
}

async fn welcome(call: &ChannelHandle, bridge: &BridgeHandle, alone: bool) -> Result<(), Error> {
    call.answer().await?;
    if alone {
        call.play(["sound:conf-onlyperson"])
            .wait_until_finished()
            .await?;
    }
    bridge.add_channel([call.channel_id()]).await?;
    // Everyone in the bridge hears the beep.
    bridge.play(["sound:beep"]).await?;
    Ok(())
}

/// Continues the call of a caller who could not be let in in the dialplan.
async fn continue_in_dialplan(call: &ChannelHandle, error: &Error) {
    println!("{} is not in: {error}", call.channel_id());
    if error.is_channel_gone() {
        return;
    }
    if let Err(error) = call.continue_in_dialplan().await
        && !error.is_channel_gone()
    {
        eprintln!("{}: {error}", call.channel_id());
    }
}

async fn destroy(bridge: &BridgeHandle) -> Result<(), Error> {
    match bridge.destroy().await {
        // Another task has done it.
        Err(error) if error.gone_object().is_some() => {}
        result => result?,
    }
    println!("bridge {} is destroyed", bridge.bridge_id());
    Ok(())
}

/// Simulates callers if the Asterisk is a fake one.
async fn callers(pbx: Arc<Asterisk>) {
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application("conference");
    pbx.wait_for_request("bridges.addChannel", 1).await;
    let bob = pbx
        .incoming_call("PJSIP/bob")
        .into_application("conference");
    pbx.wait_for_request("bridges.play", 2).await;
    alice.hang_up();
    bob.hang_up();
}
