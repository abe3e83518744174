//! Two legs: a caller hears ringing until an endpoint answers, and both are connected until one of
//! them hangs up. An endpoint that does not answer in time is hung up, and so is one that rings
//! when the caller gives up.
//!
//! ```text
//! cargo run -p ari-calls --example connect -- PJSIP/bob PJSIP/carol
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C, and dials the endpoints in
//! turn. Without `ARI_URL` it starts a fake Asterisk, prints its address and simulates callers. Bob
//! does not answer there, and Carol does. The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 602,1,Stasis(connect)
//!  same => n,Hangup()
//! ```

#[path = "server/calls.rs"]
mod calls;
mod server;

use std::env;
use std::sync::Arc;
use std::time::Duration;

use ari_calls::dial::{Dialed, Ringback};
use ari_calls::{Call, CallError};
use ari_mock::{Asterisk, Step};

async fn serve(name: String, mut call: Call, endpoints: Vec<String>) -> Result<(), CallError> {
    println!("{name}: calls");
    let dialed = call
        .dial_in_order(endpoints)
        .timeout(Duration::from_secs(3))
        .ringback(Ringback::Ringing)
        .await?;
    println!("{name}: {dialed}");
    if let Dialed::NotAnswered { .. } = dialed {
        call.answer().await?;
        call.play("sound:vm-nobodyavail").await?;
    }
    call.hang_up().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let second = Duration::from_secs(1);
    let never = [Step::Ringing, Step::Wait(3600 * second)];
    let answers = [
        Step::Ringing,
        Step::Wait(second),
        Step::Answer,
        Step::Wait(second),
    ];
    let fake = Asterisk::builder().endpoint("PJSIP/bob", never);
    let (client, fake) = server::open(fake.endpoint("PJSIP/carol", answers)).await?;
    let mut endpoints: Vec<String> = env::args().skip(1).collect();
    if endpoints.is_empty() {
        endpoints = vec!["PJSIP/bob".to_owned(), "PJSIP/carol".to_owned()];
    }
    let app = client.application("connect").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(callers(pbx));
    }
    calls::serve(client, app, move |name, _, call| {
        serve(name, call, endpoints.clone())
    })
    .await
}

/// Simulates a caller who waits for Carol, and one who gives up while Bob rings.
async fn callers(pbx: Arc<Asterisk>) {
    pbx.incoming_call("PJSIP/alice").into_application("connect");
    pbx.wait_for_response("bridges.destroy", 1).await;
    let dave = pbx.incoming_call("PJSIP/dave").into_application("connect");
    pbx.wait_for_response("channels.dial", 3).await;
    dave.hang_up();
    while !pbx.channel_ids().is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!("no channel is left");
}
