//! Answering machine detection by `ari-calls`, of phones that talk like a person and like a machine.

use std::time::Duration;

use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::detect::{AnsweredBy, Beep, DetectAnsweringMachine, Greeting, Heard, MachineSign};
use ari_calls::dial::Screening;
use ari_calls::{Call, CallEnd};
use ari_test_support::within_limit;

use super::audio;
use super::call_steps;
use super::call_steps::on_every_release;

/// Calls an endpoint, and returns the call when it has been answered.
async fn call(client: &Client, app: &mut EventStream<Event>, endpoint: &str) -> Call {
    let request = client.channels().originate(endpoint).app("live");
    let created = request.formats("slin16").await.unwrap();
    loop {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        if let Event::StasisStart(start) = &*event
            && start.channel.id == created.id
        {
            return Call::incoming(client, start);
        }
    }
}

/// Limits that a loaded machine does not reach.
fn unhurried(detect: DetectAnsweringMachine<'_>) -> DetectAnsweringMachine<'_> {
    let minute = Duration::from_secs(60);
    let detect = detect.initial_silence(minute).max_duration(minute);
    detect.max_words(1000)
}

#[test]
fn persons_and_machines_are_distinguished() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let seconds = Duration::from_secs;
        let mut person = call(client, app, "PJSIP/person@loop").await;
        let mut machine = call(client, app, "PJSIP/machine@loop").await;
        let mut silent = call(client, app, "Local/1@testari").await;
        let (person_result, machine_result, silent_result) = tokio::join!(
            unhurried(person.detect_answering_machine())
                .max_greeting(seconds(20))
                .into_future(),
            unhurried(machine.detect_answering_machine())
                .max_greeting(Duration::from_millis(900))
                .silence_after_greeting(seconds(20))
                .wait_for_greeting_end(seconds(60))
                .into_future(),
            silent
                .detect_answering_machine()
                .initial_silence(seconds(1))
                .into_future(),
        );
        let person_result = person_result.unwrap();
        assert!(person_result.is_human(), "{release}: {person_result:?}");
        let heard = person_result.heard();
        let words = heard.iter().filter(|it| matches!(it, Heard::Talk(_)));
        assert_ne!(words.count(), 0, "{release}: {heard:?}");

        let machine_result = machine_result.unwrap();
        let expected = matches!(
            machine_result,
            AnsweredBy::Machine {
                sign: MachineSign::LongGreeting,
                greeting: Greeting::Over,
                ..
            }
        );
        assert!(expected, "{release}: {machine_result:?}");
        // The greeting is over, so that a message can be left.
        let last = machine_result.heard().last();
        let is_silent = matches!(last, Some(Heard::Silence(time)) if *time >= seconds(2));
        assert!(is_silent, "{release}: {machine_result:?}");

        let silent_result = silent_result.unwrap();
        let expected = matches!(
            silent_result,
            AnsweredBy::Machine {
                sign: MachineSign::InitialSilence,
                greeting: Greeting::NotAwaited,
                ..
            }
        );
        assert!(expected, "{release}: {silent_result:?}");
        for mut call in [person, machine, silent] {
            call.hang_up().await.unwrap();
        }

        // Asterisk reports the beginning of the tone again, because the dropped detection was
        // switched off before the second one.
        let mut tone = call(client, app, "Local/tone@testari").await;
        let dropped = unhurried(tone.detect_answering_machine()).max_greeting(seconds(60));
        let dropped = tokio::time::timeout(seconds(1), dropped.into_future()).await;
        assert!(dropped.is_err(), "{release}: {dropped:?}");
        let detect = unhurried(tone.detect_answering_machine());
        let answered_by = detect.await.unwrap();
        assert!(answered_by.is_machine(), "{release}: {answered_by:?}");

        // The caller hangs up.
        let channel = tone.channel().clone();
        let (result, ()) = tokio::join!(
            tone.detect_answering_machine()
                .max_greeting(seconds(60))
                .max_duration(seconds(60))
                .into_future(),
            async {
                tokio::time::sleep(Duration::from_millis(300)).await;
                channel.hangup().await.unwrap();
            }
        );
        let error = result.unwrap_err();
        let is_hangup = matches!(error.call_end(), Some(CallEnd::HungUp { .. }));
        assert!(is_hangup, "{release}: {error}");
    });
}

/// The program hears the beep of a machine behind its greeting: over a WebSocket on 22, and over RTP
/// on 16.
#[test]
fn beeps_of_machines_are_heard() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let seconds = Duration::from_secs;
        let service = audio::service(client).await;
        let mut machine = call(client, app, "PJSIP/mailbox@loop").await;
        let mut silent = call(client, app, "Local/1@testari").await;
        for call in [&mut machine, &mut silent] {
            call.set_media_service(&service);
        }
        let detect = unhurried(machine.detect_answering_machine());
        let detect = detect.max_greeting(Duration::from_millis(900));
        let detect = detect.silence_after_greeting(seconds(20));
        let detected = within_limit(detect.into_future()).await.unwrap();
        assert!(detected.is_machine(), "{release}: {detected:?}");
        let wait = machine.wait_for_beep().max_silence(seconds(600));
        let wait = wait.max_duration(seconds(600));
        let beep = within_limit(wait.into_future()).await.unwrap();
        let Beep::Heard { frequency, .. } = beep else {
            panic!("{release}: {beep:?}");
        };
        assert!((950.0..1050.0).contains(&frequency), "{release}: {beep:?}");
        // The call is out of the bridge of the session.
        machine.play("sound:beep").await.unwrap();

        let wait = silent.wait_for_beep().max_silence(seconds(1));
        let wait = wait.max_duration(seconds(600));
        let beep = within_limit(wait.into_future()).await.unwrap();
        assert_eq!(beep, Beep::Silence, "{release}");

        // The machine hangs up.
        let channel = silent.channel().clone();
        let wait = silent.wait_for_beep().max_silence(seconds(600));
        let (result, ()) = tokio::join!(wait.into_future(), async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            channel.hangup().await.unwrap();
        });
        let error = result.unwrap_err();
        let is_hangup = matches!(error.call_end(), Some(CallEnd::HungUp { .. }));
        assert!(is_hangup, "{release}: {error}");
        machine.hang_up().await.unwrap();
        call_steps::wait_until_legs_are_removed(client, 0).await;
    });
}

/// A machine that answers a dialed call is declined, and a person is connected.
#[test]
fn machines_are_not_connected() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut caller, phone) = call_steps::call(client, app).await;
        let endpoints = ["PJSIP/machine@loop", "PJSIP/person@loop"];
        let dial = caller
            .dial_in_order(endpoints)
            .screening_timeout(Duration::from_secs(120));
        let dial = dial.on_answer(|callee| {
            Box::pin(async {
                let detect = unhurried(callee.detect_answering_machine());
                // A sentence of the machine is longer, and a word of the person is shorter.
                let detect = detect.max_greeting(Duration::from_millis(900));
                Ok(match detect.await?.is_machine() {
                    true => Screening::Decline("a machine".to_owned()),
                    false => Screening::Connect,
                })
            })
        });
        let dial = dial.max_duration(Duration::from_secs(1)).into_future();
        let dialed = within_limit(dial).await.unwrap().to_string();
        let expected = "; PJSIP/machine@loop: declined: a machine";
        assert!(
            dialed.starts_with("PJSIP/person@loop: talked") && dialed.ends_with(expected),
            "{release}: {dialed}"
        );
        phone.hangup().await.unwrap();
        call_steps::wait_until_legs_are_removed(client, 0).await;
    });
}
