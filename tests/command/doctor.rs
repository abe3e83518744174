//! `ari doctor`.

use std::fs;

use super::support::{command, on_every_server, outcome, run, run_successfully};
use crate::asterisk::Release;

#[test]
fn doctor_names_settings_to_fix() {
    on_every_server(|server| {
        let out = run_successfully(server, &["doctor"]);
        for expected in [
            "credentials",
            "release",
            "events",
            "modules",
            "sessions",
            "clock",
        ] {
            let line = out.lines().find(|line| line.contains(expected));
            // Packages lack a module that one resource needs.
            let states = match expected {
                "modules" => &["ok", "warning"][..],
                _ => &["ok"],
            };
            let state = line.and_then(|line| line.split(' ').next());
            assert!(
                state.is_some_and(|state| states.contains(&state)),
                "{expected}: {out}"
            );
        }
        let mut nobody = command(server, &["doctor"]);
        nobody.env("ARI_USER", "nobody");
        let (code, out, _) = outcome(nobody);
        assert_eq!(code, Some(7), "{out}");
        assert!(out.contains("401") && out.contains("ari.conf"), "{out}");
        let mut reader = command(server, &["doctor"]);
        reader
            .env("ARI_USER", "reader")
            .env("ARI_PASSWORD", "readme");
        let (code, out, _) = outcome(reader);
        assert!(code == Some(0) && out.contains("read_only = no"), "{out}");
        let outside = server.url.replace("/ari", "/nowhere");
        let (code, out, _) = run(server, &["doctor", "--url", &outside]);
        assert_eq!(code, Some(7));
        assert!(out.contains("has to end in /ari"), "{out}");
        let Some(asterisk) = server.asterisk() else {
            return;
        };
        // No channel uses the module, and only this release has it.
        if asterisk.release() == Release::V22 {
            asterisk.cli("module unload -f chan_websocket.so");
            let out = run_successfully(server, &["doctor"]);
            for expected in [
                "warning  audio        WebSocket lacks chan_websocket",
                "`load = chan_websocket.so`",
                "ok       audio        AudioSocket with all rates",
                "ok       audio        RTP with 8 and 16 kHz",
            ] {
                assert!(out.contains(expected), "{expected}: {out}");
            }
        }
        let asterisk = server.asterisk().unwrap();
        asterisk.cli("module unload -f res_stasis_recording.so");
        if !asterisk
            .cli("module show like res_stasis_recording")
            .contains("Running")
        {
            let (code, out, _) = run(server, &["doctor"]);
            assert_eq!(code, Some(7), "{out}");
            for expected in [
                "problem  modules      channels lacks res_stasis_recording",
                "`load = res_stasis_recording.so`",
            ] {
                assert!(out.contains(expected), "{expected}: {out}");
            }
        }
    });
}

/// Common problems of new users: each is found, by name.
#[test]
fn missing_parts_are_found() {
    on_every_server(|server| {
        let Some(asterisk) = server.asterisk() else {
            return;
        };
        let etc = asterisk.dir().join("etc");
        let etc = etc.to_str().unwrap().to_owned();
        let spool = asterisk.dir().join("spool/recording");
        fs::remove_dir_all(&spool).unwrap();
        let (code, out, _) = run(server, &["doctor"]);
        let missing = "the folder for recordings is missing";
        assert!(
            code == Some(7) && out.contains(missing),
            "{}: {out}",
            server.name
        );
        let (_, out, _) = run(server, &["doctor", "--etc", &etc]);
        assert!(
            out.contains("spool/recording does not exist"),
            "{}: {out}",
            server.name
        );
        // The packages have no file for the resource of mailboxes.
        assert!(
            !out.contains("`load = res_stasis_mailbox.so`"),
            "{}: {out}",
            server.name
        );
        fs::create_dir(&spool).unwrap();
        let asterisk = server.asterisk().unwrap();
        asterisk.cli("module unload -f res_ari_sounds.so");
        let (code, out, _) = run(server, &["doctor"]);
        let line = out
            .lines()
            .find(|line| line.contains("sounds lacks res_ari_sounds"));
        assert!(
            line.is_some_and(|line| line.starts_with("problem")),
            "{}: {out}",
            server.name
        );
        assert_eq!(code, Some(7));
        // An option that Asterisk does not know makes it ignore the user.
        let asterisk = server.asterisk().unwrap();
        let ari = asterisk.dir().join("etc/ari.conf");
        let text = fs::read_to_string(&ari).unwrap();
        let wrong = text.replace("[aritest]\n", "[aritest]\nnonsense = 1\n");
        assert_ne!(wrong, text);
        fs::write(&ari, wrong).unwrap();
        asterisk.cli("module reload res_ari.so");
        let (code, out, _) = run(server, &["doctor", "--etc", &etc]);
        println!("{}: {out}", server.name);
        assert_eq!(code, Some(7), "{}: {out}", server.name);
        assert!(
            out.contains("unknown option `nonsense`"),
            "{}: {out}",
            server.name
        );
    });
}

/// Every connection counts, and connections over the limit are closed without a response.
#[test]
fn session_limit_is_found() {
    on_every_server(|server| {
        let Some(asterisk) = server.asterisk() else {
            // The fake one has no such limit.
            return;
        };
        let http = asterisk.dir().join("etc/http.conf");
        let text = fs::read_to_string(&http).unwrap();
        fs::write(&http, text + "\nsessionlimit = 8\n").unwrap();
        asterisk.restart();
        let (code, out, _) = run(server, &["doctor"]);
        assert_eq!(code, Some(7), "{}: {out}", server.name);
        let line = out.lines().find(|line| line.contains("sessions"));
        assert!(
            line.is_some_and(|line| line.starts_with("problem")),
            "{out}"
        );
        assert!(out.contains("of 16 concurrent connections"), "{out}");
        assert!(out.contains("`sessionlimit` (100 by default)"), "{out}");
    });
}
