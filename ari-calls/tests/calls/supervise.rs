//! Supervision: who hears whom, keys, ends, and that nothing is left behind.

use std::time::Duration;

use ari_api::Error;
use ari_calls::supervise::{SupervisionEvent, SupervisionMode};
use ari_calls::{Call, CallEnd, CallError, Key};
use ari_mock::FakeChannel;

use crate::support::{Arrived, ms, with_clock};

/// A supervisor, and an agent who talks to a customer outside of the application.
async fn arrived() -> (Arrived, [FakeChannel; 2]) {
    let pbx = ari_mock::Asterisk::builder().frozen();
    let arrived = Arrived::at(pbx).await;
    let agent = arrived.pbx.incoming_call("PJSIP/agent").id("agent");
    let customer = arrived.pbx.incoming_call("PJSIP/customer").id("customer");
    let parties = [
        agent.to_extension("testari", "1"),
        customer.to_extension("testari", "1"),
    ];
    (arrived, parties)
}

/// Listens, and changes the mode by keys, until `#`.
async fn supervise(mut call: Call) -> Result<&'static str, CallError> {
    let mut supervision = call.supervise("agent").await?;
    assert_eq!(
        (supervision.channel_id(), supervision.mode()),
        ("agent", SupervisionMode::Listen)
    );
    let end = loop {
        match supervision.next().await? {
            SupervisionEvent::Key(Key::Digit1) => {
                supervision.set_mode(SupervisionMode::Whisper).await?;
            }
            SupervisionEvent::Key(Key::Digit2) => {
                supervision.set_mode(SupervisionMode::Barge).await?;
            }
            SupervisionEvent::Key(Key::Pound) => break "ended",
            SupervisionEvent::ChannelEnded => break "agent gone",
            SupervisionEvent::Separated => break "separated",
            _ => {}
        }
    };
    supervision.end().await;
    call.answer().await?;
    Ok(end)
}

/// Returns the modes of the requests for snoop channels: `both`, `both, out`, ….
fn modes(arrived: &Arrived) -> Vec<String> {
    let requests = arrived.pbx.requests().into_iter();
    let snoops = requests.filter(|request| request.operation.nickname == "snoopChannelWithId");
    let value = |request: &ari_mock::Request, name: &str| {
        let mut query = request.query.iter();
        let found = query.find(|(known, _)| known == name);
        found.map_or(String::new(), |(_, value)| value.clone())
    };
    let mode = |request| format!("{} {}", value(&request, "spy"), value(&request, "whisper"));
    snoops
        .map(|request| mode(request).trim().to_owned())
        .collect()
}

#[test]
fn keys_change_the_mode_until_somebody_ends() {
    // (script, outcome, modes): `a` hangs the agent up.
    type Case = (
        &'static [(u64, &'static str)],
        &'static str,
        &'static [&'static str],
    );
    let cases: [Case; 5] = [
        (&[(1000, "#")], "ended", &["both"]),
        (
            &[(1000, "1"), (1000, "2"), (1000, "#")],
            "ended",
            &["both", "both out", "both both"],
        ),
        (
            &[(1000, "12#")],
            "ended",
            &["both", "both out", "both both"],
        ),
        (
            &[(1000, "2"), (1000, "a")],
            "agent gone",
            &["both", "both both"],
        ),
        (
            &[(1000, "1"), (1000, "h")],
            "supervisor gone",
            &["both", "both out"],
        ),
    ];
    for (script, expected, expected_modes) in cases {
        with_clock(async {
            let (mut arrived, [agent, _customer]) = arrived().await;
            let alice = arrived.alice.id().to_owned();
            let program = arrived.run(supervise);
            arrived.pbx.idle().await;
            for (pause, action) in script {
                arrived.pbx.elapse(ms(*pause)).await;
                match *action {
                    "a" => agent.hang_up(),
                    "h" => arrived.alice.hang_up(),
                    keys => arrived.alice.press(keys),
                }
            }
            arrived.pbx.elapse(ms(1000)).await;
            assert!(program.is_finished(), "{script:?}");
            let ended = match program.await.unwrap() {
                Ok(end) => end,
                Err(CallError::Ended(CallEnd::HungUp { .. })) => "supervisor gone",
                Err(error) => panic!("{script:?}: {error}"),
            };
            assert_eq!(ended, expected, "{script:?}");
            assert_eq!(modes(&arrived), expected_modes, "{script:?}");
            assert_eq!(arrived.pbx.bridges(), [], "{script:?}");
            let left: Vec<_> = arrived.pbx.channel_ids();
            let snoops = left
                .iter()
                .filter(|id| ![&alice, "agent", "customer"].contains(&id.as_str()));
            assert_eq!(snoops.count(), 0, "{script:?}: {left:?}");
            arrived.pbx.assert_no_violations();
        });
    }
}

/// A hangup of either side, a dropped future and a lost WebSocket, at every moment.
#[test]
fn nothing_is_left_behind() {
    #[derive(Clone, Copy, Debug)]
    enum Fault {
        Supervisor,
        Agent,
        Drop,
        Gap,
    }
    let script = |arrived: &Arrived, step: usize| match step {
        10 => arrived.alice.press("1"),
        20 => arrived.alice.press("2"),
        _ => {}
    };
    for fault in [Fault::Supervisor, Fault::Agent, Fault::Drop, Fault::Gap] {
        for at in (0..12).chain([15, 20, 21, 22, 25]) {
            with_clock(async {
                let name = format!("{fault:?} at {at}");
                let (mut arrived, [agent, _customer]) = arrived().await;
                let program = arrived.run(supervise);
                for step in 0..40 {
                    script(&arrived, step);
                    if step == at {
                        match fault {
                            Fault::Supervisor => arrived.alice.hang_up(),
                            Fault::Agent => agent.hang_up(),
                            Fault::Drop => program.abort(),
                            Fault::Gap => arrived.pbx.drop_connections(),
                        }
                    }
                    // A request and its response take some steps of the runtime.
                    for _ in 0..5 {
                        tokio::task::yield_now().await;
                    }
                    if step % 10 == 9 {
                        arrived.pbx.elapse(ms(200)).await;
                    }
                }
                arrived.alice.press("#");
                arrived.pbx.elapse(Duration::from_secs(30)).await;
                assert!(program.is_finished(), "{name}");
                match (fault, program.await) {
                    (Fault::Supervisor, Ok(Err(CallError::Ended(_)))) => {}
                    (Fault::Agent, Ok(Ok("agent gone"))) => {}
                    // The agent had gone before, or while the mode was changed.
                    (Fault::Agent, Ok(Err(CallError::Request(error)))) => {
                        assert_eq!(error.status(), Some(404), "{name}: {error}");
                        assert!(error.to_string().contains("agent"), "{name}: {error}");
                    }
                    (Fault::Drop, Err(error)) => assert!(error.is_cancelled()),
                    (Fault::Gap, Ok(Ok("ended"))) => {}
                    // A request was cut as well.
                    (Fault::Gap, Ok(Err(CallError::Request(Error::OutcomeUnknown { .. })))) => {}
                    (_, outcome) => panic!("{name}: {outcome:?}"),
                }
                assert_eq!(arrived.pbx.bridges(), [], "{name}");
                let left = arrived.pbx.channel_ids().len();
                let expected = match fault {
                    Fault::Supervisor | Fault::Agent => 2,
                    Fault::Drop | Fault::Gap => 3,
                };
                assert_eq!(left, expected, "{name}");
            });
        }
    }
}

/// Another program takes the supervisor away, so that the supervision does not go on in silence.
#[test]
fn supervisions_end_if_others_separate_them() {
    for destroys in [false, true] {
        with_clock(async move {
            let (mut arrived, _parties) = arrived().await;
            let alice = arrived.alice.id().to_owned();
            let client = arrived.client.clone();
            let program = arrived.run(supervise);
            arrived.pbx.elapse(ms(1000)).await;
            let bridge = client.bridge(arrived.pbx.bridges()[0].id.clone());
            let act = tokio::spawn(async move {
                match destroys {
                    true => bridge.destroy().await,
                    false => bridge.remove_channel([alice]).await,
                }
            });
            arrived.pbx.elapse(ms(5000)).await;
            act.await.unwrap().unwrap();
            assert!(program.is_finished(), "{destroys}");
            let outcome = program.await.unwrap().unwrap();
            assert_eq!(outcome, "separated", "{destroys}");
            arrived.pbx.elapse(ms(1000)).await;
            assert_eq!(arrived.pbx.bridges(), [], "{destroys}");
            assert_eq!(arrived.pbx.channel_ids().len(), 3, "{destroys}");
        });
    }
}
