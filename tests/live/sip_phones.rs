//! Steps of calls with SIPp as the phones of the caller and of the callees.
//!
//! SIPp is Debian's package `sip-tester`. Without it these tests report that they are skipped.

use std::fs;
use std::net::UdpSocket;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ari_api::Event;
use ari_calls::collect::{Collected, InputEnd};
use ari_calls::dial::{Dialed, UnansweredLeg};
use ari_calls::record::RecordEnd;
use ari_calls::{Call, CallEnd, Key};
use ari_test_support::within_limit;
use tokio::time::sleep;

use super::call_steps::{call, on_every_release, wait_until_legs_are_removed};
use super::sipp::{Sipp, is_installed};
use crate::asterisk::{Asterisk, Release};

/// A running SIPp.
struct Phone {
    sipp: Sipp,
    port: u16,
    /// All messages that it has sent and received.
    messages: PathBuf,
}

impl Phone {
    /// Starts a scenario of `tests/asterisk/sipp` for one call. `status` is that of a refusal.
    fn start(server: &Asterisk, scenario: &str, status: &str) -> Phone {
        let free = || {
            let socket = UdpSocket::bind(("127.0.0.1", 0)).unwrap();
            (socket.local_addr().unwrap().port(), socket)
        };
        let ((port, sip), (media, rtp)) = (free(), free());
        drop((sip, rtp));
        let folder = server.dir().join(format!("phone-{port}"));
        fs::create_dir_all(&folder).unwrap();
        let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/asterisk/sipp");
        let messages = folder.join("messages");
        let text = fs::read_to_string(scenarios.join(scenario)).unwrap();
        let text = text.replace("486 Busy Here", status);
        fs::write(folder.join("scenario.xml"), text).unwrap();
        // Asterisk ends the recording of a phone that sends no audio.
        fs::write(folder.join("audio.ulaw"), [0x7f; 8000 * 30]).unwrap();
        let log = messages.to_string_lossy();
        let logging = ["-trace_msg", "-message_file", log.as_ref()];
        let sipp = Sipp::start(
            server,
            &folder,
            Path::new("scenario.xml"),
            [port, media],
            &logging,
        );
        Phone {
            sipp,
            port,
            messages,
        }
    }

    /// Starts a phone that can be called, and waits until it can.
    async fn callee(server: &Asterisk, scenario: &str, status: &str) -> Phone {
        let phone = Phone::start(server, scenario, status);
        let address = format!(":{:04X} ", phone.port);
        let is_ready = || {
            fs::read_to_string("/proc/net/udp")
                .unwrap()
                .contains(&address)
        };
        within_limit(async {
            while !is_ready() {
                sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
        phone
    }

    fn endpoint(&self) -> String {
        format!("PJSIP/loop/sip:phone@127.0.0.1:{}", self.port)
    }

    /// Waits until SIPp has ended, and returns its messages.
    async fn end(self) -> String {
        let status = self.sipp.end().await;
        let messages = fs::read_to_string(&self.messages).unwrap_or_default();
        assert!(status.success(), "SIPp: {status}\n{messages}");
        messages
    }
}

/// Keys are collected, and the hangup ends a recording.
#[test]
fn sip_callers_press_keys_and_hang_up() {
    if !is_installed() {
        return;
    }
    on_every_release(async |server, client, app| {
        let release = server.release();
        let phone = Phone::start(server, "caller.xml", "");
        let mut call = loop {
            let event = within_limit(app.next()).await.unwrap().unwrap();
            if let Event::StasisStart(start) = &*event {
                break Call::incoming(client, start);
            }
        };
        call.answer().await.unwrap();
        let collect = call.collect(1..=10);
        let collect = collect.first_key_timeout(Duration::from_secs(30));
        let collected = within_limit(collect.into_future()).await.unwrap();
        let Collected::Digits {
            digits, ended_by, ..
        } = collected
        else {
            panic!("{release}: {collected:?}");
        };
        let expected = ("42", InputEnd::Terminator(Key::Pound));
        assert_eq!((digits.as_str(), ended_by), expected, "{release}");
        let key = call.next_key(Duration::from_secs(30)).await.unwrap();
        assert_eq!(key, Some(Key::Digit7), "{release}");
        let record = call.record(ari_api::client::unique_id(), "wav");
        let recorded = within_limit(record.into_future()).await.unwrap();
        let ended_by = &recorded.ended_by;
        let is_hangup = matches!(ended_by, RecordEnd::CallEnded(CallEnd::HungUp { .. }));
        assert!(is_hangup, "{release}: {recorded:?}");
        assert!(recorded.stored.get_stored().await.is_ok(), "{release}");
        phone.end().await;
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// Phones that are busy, reject the call, do not answer, and are cancelled because another one has
/// answered or the caller has hung up.
#[test]
fn sip_callees_are_cancelled_with_the_cause() {
    if !is_installed() {
        return;
    }
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, caller) = call(client, app).await;
        let refusals = [
            ("486 Busy Here", "busy"),
            ("603 Decline", "rejected"),
            ("480 Temporarily Unavailable", "no answer"),
        ];
        for (status, outcome) in refusals {
            let phone = Phone::callee(server, "refusing.xml", status).await;
            let endpoint = phone.endpoint();
            let dialed = within_limit(call.dial(&endpoint).into_future()).await;
            let dialed = dialed.unwrap().to_string();
            // It is chance whether the channel of 16 has its cause by its end.
            let has_no_cause = release == Release::V16 && dialed == format!("{endpoint}: failed");
            assert!(
                has_no_cause || dialed == format!("{endpoint}: {outcome}"),
                "{release}, {status}: {dialed}"
            );
            phone.end().await;
        }

        // Nobody answers, and then another phone does.
        for (others, outcome, reason) in [
            (&[][..], "no answer", None),
            (&["PJSIP/late@loop"], "answered elsewhere", Some("cause=26")),
        ] {
            let phone = Phone::callee(server, "ringing.xml", "").await;
            let mut endpoints = vec![phone.endpoint()];
            endpoints.extend(others.iter().map(|it| (*it).to_owned()));
            let limit = if others.is_empty() { 10 } else { 60 };
            let dial = call.dial_all(endpoints).timeout(Duration::from_secs(limit));
            let dialed = within_limit(dial.into_future()).await.unwrap();
            let (Dialed::NotAnswered { legs, .. } | Dialed::Talked { others: legs, .. }) = dialed
            else {
                panic!("{release}: {dialed}");
            };
            let legs: Vec<String> = legs.iter().map(UnansweredLeg::to_string).collect();
            assert_eq!(
                legs,
                [format!("{}: {outcome}", phone.endpoint())],
                "{release}"
            );
            let messages = phone.end().await;
            if let Some(reason) = reason {
                let cancel = messages.split("CANCEL sip:").nth(1).unwrap();
                assert!(cancel.contains(reason), "{release}: {cancel}");
            }
        }

        // The caller hangs up.
        let phone = Phone::callee(server, "ringing.xml", "").await;
        let endpoint = phone.endpoint();
        let dial = tokio::spawn(async move { call.dial(endpoint).await.map(|it| it.to_string()) });
        within_limit(async {
            while !fs::read_to_string(&phone.messages).is_ok_and(|it| it.contains("180 Ringing")) {
                sleep(Duration::from_millis(20)).await;
            }
        })
        .await;
        caller.hangup().await.unwrap();
        let error = within_limit(dial).await.unwrap().unwrap_err();
        let end = error.call_end();
        assert!(
            matches!(end, Some(CallEnd::HungUp { .. })),
            "{release}: {error}"
        );
        phone.end().await;
        wait_until_legs_are_removed(client, 0).await;
    });
}
