//! Hangups of either side at moments over all steps of calls. The outcome is known, and nothing is
//! left behind.

use std::time::Duration;

use ari_api::Client;
use ari_calls::conversation::{Conversation, Side};
use ari_calls::dial::Reached;
use ari_calls::transfer::{AfterTransfer, Consulted, Transferred};
use ari_calls::{Call, CallEnd, CallError};
use ari_test_support::within_limit;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::call_steps::{call, on_every_release, wait_until_legs_are_removed};
use super::gaps::STEPS;

/// The side that hangs up.
#[derive(Clone, Copy, Debug, PartialEq)]
enum HangUp {
    Caller,
    /// Everybody else, such as the phone that was dialed.
    Others,
}

/// The number of moments, and the time between them.
const MOMENTS: u32 = 5;
const INTERVAL: Duration = Duration::from_millis(220);

/// Transfers the caller twice: after asking the target, and without.
async fn transfer(call: Call) -> Result<(), CallError> {
    let mut call = call.hang_up_on_drop();
    let dialed = call.dial("PJSIP/echo@loop").wait_for_answer().await?;
    let Reached::Answered { callee, .. } = dialed else {
        return Ok(());
    };
    let mut conversation = Conversation::new(call, callee);
    let _ = conversation.connect().await?;
    let consult = conversation.consult(Side::Caller, |callee| callee.dial("PJSIP/echo@loop"));
    let Consulted::Answered {
        mut consultation, ..
    } = consult.await?
    else {
        return Ok(());
    };
    let _ = consultation.swap().await?;
    let _ = consultation.join_all().await?;
    let completed = consultation.complete(AfterTransfer::HangUp).await?;
    let conversation = completed.conversation;
    let transfer = conversation.transfer(Side::Caller, AfterTransfer::HangUp, |caller| {
        caller.dial("PJSIP/echo@loop")
    });
    if let Transferred::Connected {
        mut conversation, ..
    } = transfer.await?
    {
        let _ = tokio::time::timeout(INTERVAL, conversation.wait_for_end()).await;
        conversation.hang_up().await;
    }
    Ok(())
}

/// Runs a step, or the transfers. Returns its name, its result, and the call if it is left.
async fn run(step: usize, mut call: Call) -> (&'static str, Result<(), CallError>, Option<Call>) {
    match STEPS.get(step) {
        Some((name, step)) => {
            let result = step(&mut call).await;
            (name, result, Some(call))
        }
        None => ("transfer", transfer(call).await, None),
    }
}

/// Hangs up all channels but these.
async fn hang_up_others(client: &Client, callers: &[String]) {
    for channel in client.channels().list().await.unwrap() {
        if !callers.contains(&channel.id) {
            let hung_up = client.channel(&channel.id).hangup().await;
            assert!(
                hung_up.is_ok() || hung_up.is_err_and(|error| error.is_channel_gone()),
                "{}",
                channel.name
            );
        }
    }
}

#[test]
fn hangups_of_either_side_end_every_step() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        for (side, moment) in [HangUp::Caller, HangUp::Others]
            .into_iter()
            .flat_map(|side| (0..MOMENTS).map(move |moment| (side, moment)))
        {
            let (mut programs, mut phones, mut callers) = (JoinSet::new(), Vec::new(), Vec::new());
            for step in 0..=STEPS.len() {
                let (call, phone) = call(client, app).await;
                callers.extend([call.id().to_owned(), phone.channel_id().to_owned()]);
                phones.push(phone);
                programs.spawn(run(step, call));
            }
            sleep(INTERVAL * moment).await;
            match side {
                HangUp::Caller => {
                    for phone in &phones {
                        // The transfers may be over.
                        let _ = phone.hangup().await;
                    }
                }
                HangUp::Others => hang_up_others(client, &callers).await,
            }
            while let Some(ended) = within_limit(programs.join_next()).await {
                let (name, result, call) = ended.unwrap();
                let case = format!("{release}, {name}, {side:?}, moment {moment}");
                match result {
                    Ok(()) => {}
                    Err(CallError::Ended(CallEnd::HungUp { .. })) => {
                        assert_eq!(side, HangUp::Caller, "{case}");
                    }
                    Err(error) => panic!("{case}: {error}"),
                }
                if let Some(mut call) = call {
                    let is_over = call.end().is_some();
                    assert!(side == HangUp::Caller || !is_over, "{case}");
                    call.hang_up().await.unwrap();
                }
            }
            wait_until_legs_are_removed(client, 0).await;
        }
    });
}
