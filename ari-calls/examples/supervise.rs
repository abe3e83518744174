//! A supervisor who listens to an agent, whispers, and barges in.
//!
//! ```text
//! cargo run -p ari-calls --example supervise
//! ```
//!
//! Callers talk to Bob, the agent. The supervisor hears both, and presses `4` to listen only, `5` to
//! be heard by Bob, and `6` to be heard by both.
//!
//! It connects to the Asterisk at `ARI_URL`, such as `http://localhost:8088/ari`, as `ARI_USER`
//! (`aritest`) with `ARI_PASSWORD` (`testme`), until you press Ctrl-C, and dials `PJSIP/bob`. Without
//! `ARI_URL` it starts a fake Asterisk, prints its address and simulates calls of Alice and a
//! supervisor. The dialplan of a real one sends callers and supervisors to it:
//!
//! ```text
//! exten => 600,1,Stasis(supervise)
//!  same => n,Hangup()
//! exten => 601,1,Stasis(supervise,supervisor)
//!  same => n,Hangup()
//! ```

#[path = "server/calls.rs"]
mod calls;
mod server;

use std::sync::Arc;
use std::time::Duration;

use ari_calls::conversation::Conversation;
use ari_calls::dial::Reached;
use ari_calls::supervise::{SupervisionEvent, SupervisionMode};
use ari_calls::{Call, CallError, Key};
use ari_mock::{Asterisk, Builder, Step};
use tokio::sync::watch;

/// The id of the agent's channel, while the agent talks.
type Agent = Arc<watch::Sender<Option<String>>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    let (client, fake) = server::open(fake()).await?;
    let agent = Agent::default();
    let app = client.application("supervise").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(simulate(pbx));
    }
    calls::serve(client, app, move |name, args, call| {
        serve(agent.clone(), name, args, call)
    })
    .await
}

async fn serve(
    agent: Agent,
    name: String,
    args: Vec<String>,
    mut call: Call,
) -> Result<(), CallError> {
    match args.iter().any(|arg| arg == "supervisor") {
        true => {
            supervise(&agent, &name, &mut call).await?;
            call.hang_up().await
        }
        false => connect(&agent, &name, call).await,
    }
}

/// Connects a caller to the agent.
async fn connect(agent: &Agent, name: &str, mut call: Call) -> Result<(), CallError> {
    let Reached::Answered { callee, .. } = call.dial("PJSIP/bob").wait_for_answer().await? else {
        println!("{name}: Bob does not answer");
        return call.hang_up().await;
    };
    let id = callee.id().to_owned();
    let mut conversation = Conversation::new(call, callee);
    let _ = conversation.connect().await?;
    println!("{name}: talks to Bob");
    agent.send_replace(Some(id));
    let end = conversation.wait_for_end().await;
    agent.send_replace(None);
    println!("{name}: the conversation was ended by {}", end?);
    conversation.hang_up().await;
    Ok(())
}

/// Supervises the agent, as soon as the agent talks.
async fn supervise(agent: &Agent, name: &str, call: &mut Call) -> Result<(), CallError> {
    call.answer().await?;
    let mut talking = agent.subscribe();
    let id = tokio::select! {
        id = talking.wait_for(Option::is_some) => id.ok().and_then(|id| id.clone()),
        end = call.wait_for_end() => return Err(CallError::Ended(end?)),
    };
    let mut supervision = call.supervise(id.unwrap_or_default()).await?;
    println!("{name}: listens");
    loop {
        let mode = match supervision.next().await? {
            SupervisionEvent::Key(Key::Digit4) => SupervisionMode::Listen,
            SupervisionEvent::Key(Key::Digit5) => SupervisionMode::Whisper,
            SupervisionEvent::Key(Key::Digit6) => SupervisionMode::Barge,
            SupervisionEvent::Key(_) => continue,
            _ => break,
        };
        supervision.set_mode(mode).await?;
        println!("{name}: {mode:?}");
    }
    supervision.end().await;
    println!("{name}: the supervision is over");
    Ok(())
}

/// Returns a fake Asterisk in which Bob answers.
fn fake() -> Builder {
    let wait = |seconds| Step::Wait(Duration::from_secs(seconds));
    let bob = [Step::Ringing, wait(1), Step::Answer, wait(6), Step::Hangup];
    Asterisk::builder().endpoint("PJSIP/bob", bob)
}

/// Simulates a caller, and a supervisor who whispers and barges in.
async fn simulate(pbx: Arc<Asterisk>) {
    let second = Duration::from_secs(1);
    let application = "supervise";
    let call = |endpoint: &str| pbx.incoming_call(endpoint);
    call("PJSIP/alice").into_application(application);
    let supervisor = call("PJSIP/supervisor").app_args("supervisor");
    let supervisor = supervisor.into_application(application);
    for key in ["5", "6"] {
        tokio::time::sleep(2 * second).await;
        supervisor.press(key);
    }
}
