//! A queue: callers hear music and their position until an agent is free.
//!
//! ```text
//! cargo run -p ari-calls --example queue
//! ```
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C. Without `ARI_URL` it starts a
//! fake Asterisk, prints its address and simulates calls of Alice, Bob and an agent, Carol. The
//! dialplan of a real one sends callers and agents to it:
//!
//! ```text
//! exten => 600,1,Stasis(queue)
//!  same => n,Hangup()
//! exten => 601,1,Stasis(queue,agent)
//!  same => n,Hangup()
//! ```

#[path = "server/calls.rs"]
mod calls;
mod server;

use std::sync::Arc;
use std::time::Duration;

use ari_calls::call_queue::{CallQueue, CallQueueEnd, CallQueueTalk};
use ari_calls::{Call, CallError, Keys};
use ari_mock::Asterisk;

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let (client, fake) = server::open(Asterisk::builder()).await?;
    let queue = CallQueue::builder().announce_every(Duration::from_secs(20));
    let queue = queue.build();
    let app = client.application("queue").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(simulate(pbx));
    }
    calls::serve(client, app, move |name, args, call| {
        serve(queue.clone(), name, args, call)
    })
    .await
}

async fn serve(
    queue: CallQueue,
    name: String,
    args: Vec<String>,
    mut call: Call,
) -> Result<(), CallError> {
    match args.iter().any(|arg| arg == "agent") {
        true => serve_agent(&queue, &name, &mut call).await,
        false => serve_caller(&queue, &name, &mut call).await,
    }
}

async fn serve_caller(queue: &CallQueue, name: &str, call: &mut Call) -> Result<(), CallError> {
    call.answer().await?;
    println!("{name}: waits behind {} others", queue.len());
    let enter = queue.enter(call).max_wait(Duration::from_secs(600));
    match enter.leave_keys(Keys::STAR).await? {
        CallQueueEnd::Talked {
            waited, duration, ..
        } => println!("{name}: talked for {duration:.0?} after {waited:.0?}"),
        end => {
            println!("{name}: {end:?}");
            call.play("sound:vm-nobodyavail").await?;
        }
    }
    call.hang_up().await
}

/// Serves one caller after another. `*` ends a conversation, and a hangup the service.
async fn serve_agent(queue: &CallQueue, name: &str, call: &mut Call) -> Result<(), CallError> {
    call.answer().await?;
    println!("{name}: serves callers");
    loop {
        let next = tokio::select! {
            next = queue.next() => next,
            end = call.wait_for_end() => return Err(CallError::Ended(end?)),
        };
        call.play("sound:beep").await?;
        match next.connect(call).end_keys(Keys::STAR).await? {
            CallQueueTalk::Talked { ended_by, .. } => println!("{name}: {ended_by:?}"),
            _ => println!("{name}: the caller has gone"),
        }
    }
}

/// Simulates two callers and an agent, who ends the conversation with the second one.
async fn simulate(pbx: Arc<Asterisk>) {
    let alice = pbx.incoming_call("PJSIP/alice").into_application("queue");
    pbx.wait_for_response("channels.startMoh", 1).await;
    let _bob = pbx.incoming_call("PJSIP/bob").into_application("queue");
    pbx.wait_for_response("channels.startMoh", 2).await;
    let carol = pbx.incoming_call("PJSIP/carol").app_args("agent");
    let carol = carol.into_application("queue");
    // The agent and the caller are added to a bridge, one after the other.
    pbx.wait_for_response("bridges.addChannel", 2).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    alice.hang_up();
    pbx.wait_for_response("bridges.addChannel", 4).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    carol.press("*");
}
