//! Hangups of either side, dropped futures, and gaps in the connection, at the requests of every step.

use std::pin::Pin;
use std::time::Duration;

use ari_api::Event;
use ari_calls::call_queue::CallQueue;
use ari_calls::dial::Ringback;
use ari_calls::{Call, CallEnd, CallError};

use crate::steps::{PROGRAMS, Program, server};
use crate::support::{Arrived, ms, with_clock};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Interruption {
    HangUp,
    /// All others hang up, such as the phone that was dialed.
    OthersHangUp,
    /// The future of the program is dropped.
    Drop,
    /// The WebSocket is lost, and is open again after a quarter of a second.
    Gap,
    /// It can be opened only at the third time, after some seconds.
    LongGap,
    /// The caller hangs up in a gap.
    HangUpInGap,
}

/// Runs a program, and interrupts it some time after a request has arrived. Returns what is wrong
/// afterwards, or `None` if there were fewer requests.
async fn interrupt(
    program: Program,
    undisturbed: &str,
    interruption: Interruption,
    request: usize,
    delay: Duration,
) -> Option<Vec<String>> {
    let mut arrived = Arrived::at(server()).await;
    let before = arrived.pbx.requests().len();
    let program = arrived.run(program);
    while arrived.pbx.requests().len() < before + request {
        if program.is_finished() {
            return None;
        }
        // A request may take some steps of the runtime.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        if arrived.pbx.requests().len() < before + request {
            arrived.pbx.elapse(ms(200)).await;
        }
    }
    if !delay.is_zero() {
        arrived.pbx.elapse(delay).await;
    }
    match interruption {
        Interruption::HangUp => arrived.alice.hang_up(),
        Interruption::OthersHangUp => {
            for id in others(&arrived) {
                arrived.pbx.channel(id).hang_up();
            }
        }
        Interruption::Drop => program.abort(),
        _ => {
            if interruption == Interruption::LongGap {
                let operation = "events.eventWebsocket";
                arrived.pbx.fail_times(operation, 503, "Unavailable", 2);
            }
            arrived.pbx.drop_socket("calls");
        }
    }
    if interruption == Interruption::HangUpInGap {
        arrived.pbx.elapse(ms(20)).await;
        arrived.alice.hang_up();
    }
    for _ in 0..30 {
        arrived.pbx.elapse(ms(2000)).await;
        if program.is_finished() {
            break;
        }
    }
    if !program.is_finished() {
        return Some(vec!["the program waits for ever".to_owned()]);
    }
    let outcome = match program.await {
        Ok(outcome) => outcome,
        Err(error) if error.is_cancelled() => Ok("dropped"),
        Err(panic) => return Some(vec![panic.to_string()]),
    };
    let ends_call = matches!(
        interruption,
        Interruption::HangUp | Interruption::HangUpInGap
    );
    let is_expected = match &outcome {
        // The program says what happens then.
        Ok(_)
            if matches!(
                interruption,
                Interruption::OthersHangUp | Interruption::Drop
            ) =>
        {
            true
        }
        // The interruption may have come after the last step.
        Ok(outcome) if *outcome == undisturbed => true,
        // `ended` is the outcome of steps that have such an outcome.
        Ok("ended") | Err(CallError::Ended(CallEnd::HungUp { .. })) => ends_call,
        _ => false,
    };
    let mut problems = Vec::new();
    if !is_expected {
        problems.push(format!("{outcome:?}"));
    }
    let mut left = String::new();
    // What was dropped is removed by tasks, after failures again.
    for _ in 0..10 {
        arrived.pbx.elapse(ms(2000)).await;
        left = list_left(&arrived);
        if left.is_empty() {
            break;
        }
    }
    if !left.is_empty() {
        problems.push(format!("{outcome:?}, and there are {left}"));
    }
    let alice = &arrived.alice;
    // A conversation that is dropped hangs up both.
    if alice.exists() == ends_call && interruption != Interruption::Drop {
        problems.push(format!("{outcome:?}, and the caller"));
    }
    let music = alice.music_class().map(|class| format!("music {class}"));
    let effects = [
        ("ringing", alice.is_playing_ringing()),
        ("talk detection", alice.is_talk_detected()),
        ("mute", alice.muted() != (false, false)),
    ];
    let effects = effects.into_iter().filter(|(_, is_on)| *is_on);
    let effects = effects.map(|(name, _)| name.to_owned()).chain(music);
    problems.extend(effects.map(|name| format!("{outcome:?}, and {name} for the caller")));
    Some(problems)
}

/// Returns the ids of all channels but that of the caller.
fn others(arrived: &Arrived) -> impl Iterator<Item = String> {
    let channels = arrived.pbx.channel_ids().into_iter();
    channels.filter(|id| id != arrived.alice.id())
}

/// Returns what is on the server besides the caller.
fn list_left(arrived: &Arrived) -> String {
    let pbx = &arrived.pbx;
    let left = others(arrived)
        .map(|id| format!("channel {id}"))
        .chain(pbx.bridges().into_iter().map(|it| format!("{it:?}")))
        .chain(pbx.playbacks().into_iter().map(|it| format!("{it:?}")))
        .chain(
            pbx.live_recordings()
                .into_iter()
                .map(|it| format!("{it:?}")),
        );
    left.collect::<Vec<_>>().join(", ")
}

/// Interrupts each step at every `step`th of its requests.
fn interrupt_everywhere(interruption: Interruption, step: usize) {
    let mut failures = Vec::new();
    for (name, program) in PROGRAMS {
        let undisturbed = with_clock(async {
            let mut arrived = Arrived::at(server()).await;
            let program = arrived.run(*program);
            arrived.pbx.elapse(Duration::from_secs(20)).await;
            program.await.unwrap().unwrap()
        });
        // At the response to one request, in the wait after another one.
        let mut cases = (0..).map(|case| (1 + case * step, ms(250 * (case as u64 % 2))));
        let interrupted = cases.by_ref().map_while(|(request, delay)| {
            let at = format!("{name}, {delay:?} after request {request}");
            let problems = interrupt(*program, undisturbed, interruption, request, delay);
            let problems = with_clock(problems)?;
            failures.extend(problems.into_iter().map(|it| format!("{at}: {it}")));
            Some(())
        });
        let count = interrupted.count();
        assert!(count >= 1, "{name}: no case");
    }
    let text = failures.join("\n");
    assert!(failures.is_empty(), "{interruption:?}:\n{text}");
}

#[test]
fn hangups_end_every_step() {
    interrupt_everywhere(Interruption::HangUp, 2);
}

#[test]
fn hangups_of_others_leave_the_caller() {
    interrupt_everywhere(Interruption::OthersHangUp, 5);
}

#[test]
fn dropped_steps_leave_nothing() {
    interrupt_everywhere(Interruption::Drop, 5);
}

#[test]
fn hangups_in_gaps_end_every_step() {
    interrupt_everywhere(Interruption::HangUpInGap, 5);
}

/// A lost WebSocket that is open again is not a hangup: the program reaches its end.
#[test]
fn gaps_end_no_step() {
    interrupt_everywhere(Interruption::Gap, 2);
}

#[test]
fn long_gaps_end_no_step() {
    interrupt_everywhere(Interruption::LongGap, 5);
}

/// The caller has hung up while the event of the call waited in the stream of the application.
#[test]
fn calls_that_are_taken_late_have_ended() {
    type Step = for<'a> fn(&'a mut Call) -> Waiting<'a>;
    type Waiting<'a> = Pin<Box<dyn Future<Output = Result<(), CallError>> + Send + 'a>>;
    let steps: [(&str, Step); 4] = [
        ("next_key", |call| {
            Box::pin(async { call.next_key(ms(5000)).await.map(drop) })
        }),
        ("collect", |call| {
            Box::pin(async { call.collect(1).await.map(drop) })
        }),
        ("dial", |call| {
            let dial = call.dial("PJSIP/phone").ringback(Ringback::Silence);
            Box::pin(async { dial.await.map(drop) })
        }),
        ("queue", |call| {
            let queue = CallQueue::builder().without_music().build();
            Box::pin(async move { queue.enter(call).await.map(drop) })
        }),
    ];
    for (name, step) in steps {
        with_clock(async move {
            let pbx = server().start().await.unwrap();
            let client = pbx.client().unwrap();
            let mut app = client.application("calls").connect().await.unwrap();
            let alice = pbx.incoming_call("PJSIP/alice").into_application("calls");
            pbx.idle().await;
            alice.hang_up();
            pbx.elapse(ms(1000)).await;
            let mut call = loop {
                if let Event::StasisStart(start) = &*app.next().await.unwrap().unwrap() {
                    break Call::incoming(&client, start);
                }
            };
            let waiting = tokio::spawn(async move {
                let result = step(&mut call).await;
                (result, call.wait_for_end().await)
            });
            pbx.elapse(ms(3000)).await;
            assert!(waiting.is_finished(), "{name} waits");
            let (result, end) = waiting.await.unwrap();
            let is_over = matches!(result, Err(CallError::Ended(CallEnd::HungUp { .. })));
            assert!(is_over, "{name}: {result:?}");
            assert!(matches!(end, Ok(CallEnd::HungUp { .. })), "{name}: {end:?}");
            pbx.elapse(ms(3000)).await;
            assert_eq!(pbx.channel_ids(), [""; 0], "{name}");
        });
    }
}

#[test]
fn a_call_that_leaves_the_application_has_ended_for_the_program() {
    with_clock(async {
        let mut arrived = Arrived::new().await;
        let channel = arrived.call.as_ref().unwrap().channel().clone();
        let program = arrived.run(|mut call| async move {
            call.play("sound:one").await?;
            call.play("sound:two").await
        });
        arrived.pbx.idle().await;
        arrived.pbx.elapse(ms(500)).await;
        // It waits behind the playback.
        let to_dialplan = channel
            .continue_in_dialplan()
            .context("testari")
            .extension("echo");
        let leaving = tokio::spawn(to_dialplan.into_future());
        arrived.pbx.elapse(Duration::from_secs(10)).await;
        leaving.await.unwrap().unwrap();
        let error = program.await.unwrap().unwrap_err();
        assert_eq!(error.call_end(), Some(&CallEnd::LeftApplication), "{error}");
    });
}
