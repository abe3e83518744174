//! Tests against real servers: Asterisk 16 and 22 from Debian's packages.
//!
//! `tests/asterisk/install` installs them. Without them these tests report that they are skipped,
//! unless `ARI_LIVE=required`.

#![cfg(target_os = "linux")]

#[cfg(test)]
mod asterisk;
#[cfg(test)]
#[path = "support/example.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod example;
#[cfg(test)]
#[path = "truth/observations.rs"]
#[expect(dead_code, reason = "the test of the table uses the rest")]
mod observations;
#[cfg(test)]
mod live {
    mod address;
    mod answering_machine;
    mod app_args;
    mod applications;
    mod audio;
    mod authentication;
    mod blocking_operations;
    mod bodies;
    mod bridges;
    mod call_queue;
    mod call_recordings;
    mod call_steps;
    mod calls;
    mod carriers;
    mod channels;
    mod claims;
    mod close;
    mod cluster;
    mod codecs;
    mod conferences;
    mod configuration;
    mod conversations;
    mod defaults;
    mod devices;
    mod dialing;
    mod documented;
    mod endpoints;
    mod errors;
    mod example_server;
    mod examples;
    mod filters;
    mod fleet;
    mod gaps;
    mod generator;
    mod hangups;
    mod ids;
    mod lists;
    mod mailboxes;
    mod media;
    mod media_examples;
    mod outbound;
    mod over_websocket;
    mod phone_transfers;
    mod proxy;
    mod queues;
    mod reconnect;
    mod recorder;
    mod recordings;
    mod registrations;
    mod restart;
    mod separations;
    mod session;
    mod sip_calls;
    mod sip_phones;
    mod sipp;
    mod speech;
    mod streams;
    mod tls;
    mod transfers;
    mod variables;
    mod workers;
}

use std::process::Command;

use asterisk::{Asterisk, Release};

/// The tutorial, as a new user runs it.
#[test]
fn tutorial_runs_on_real_servers() {
    for release in Release::ALL {
        let Some(server) = Asterisk::start(release) else {
            continue;
        };
        let output = Command::new(env!("CARGO"))
            .args([
                "run",
                "--quiet",
                "--offline",
                "-p",
                "ari-api",
                "--example",
                "hello_stasis",
            ])
            .env("ARI_URL", server.url())
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "Asterisk {release}: {text}{errors}"
        );
        println!("Asterisk {release}:\n{text}");
        let mut rest: &str = &text;
        for expected in [
            &format!("Asterisk {release}."),
            "StasisStart",
            "args [\"world\"]",
            "PlaybackStarted",
            "PlaybackFinished",
            "sound:hello-world done",
            "StasisEnd",
        ] {
            let at = rest.find(expected);
            assert!(
                at.is_some(),
                "Asterisk {release}: {expected:?} is missing in order: {text}"
            );
            rest = &rest[at.unwrap_or_default()..];
        }
    }
}
