//! `ari listen` and `ari talk`, with a real Asterisk.

use std::f64::consts::TAU;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use ari_media::pcm::wav::{WavReader, WavSpec, WavWriter};
use serde_json::Value;
use tempfile::TempDir;

use super::support::{
    RunningCommand, Server, command, originate, outcome, run, run_successfully, signal,
};
use crate::asterisk::{Asterisk, Release};

const RATE: u32 = 16_000;

/// The amplitude and frequency of the tone that `ari talk` plays.
const AMPLITUDE: f64 = 6000.0;
const TONE: f64 = 440.0;

/// The frequency of Asterisk's tone.
const MILLIWATT: f64 = 1004.0;

/// Writes a WAV file of 3 s with a tone.
fn write_tone(folder: &TempDir) -> PathBuf {
    let hz = f64::from(RATE);
    let sample = |n: u32| (AMPLITUDE * (TAU * TONE * f64::from(n) / hz).sin()) as i16;
    let samples: Vec<i16> = (0..3 * RATE).map(sample).collect();
    let mut writer = WavWriter::new(WavSpec {
        rate: RATE,
        channels: 1,
    });
    let mut data = Vec::new();
    writer.write(&samples, &mut data);
    let file = folder.path().join("tone.wav");
    fs::write(&file, [&writer.header()[..], &data].concat()).unwrap();
    file
}

/// Returns the samples of each channel of a WAV file. Panics if the header does not have its
/// length.
#[track_caller]
fn read(file: &Path) -> Vec<Vec<i16>> {
    let bytes = fs::read(file).unwrap();
    let length = u32::from_le_bytes(bytes[40..44].try_into().unwrap());
    assert_eq!(length as usize, bytes.len() - 44, "the header is wrong");
    let (mut reader, mut samples) = (WavReader::new(), Vec::new());
    reader.read(&bytes, &mut samples).unwrap();
    let spec = reader.finish().unwrap();
    assert_eq!(spec.rate, RATE);
    let channels = usize::from(spec.channels);
    let channel = |n: usize| samples.iter().skip(n).step_by(channels).copied().collect();
    (0..channels).map(channel).collect()
}

/// Returns the highest amplitude of a frequency in any half second.
fn loudest(samples: &[i16], frequency: f64) -> f64 {
    let step = TAU * frequency / f64::from(RATE);
    let amplitude = |part: &[i16]| {
        let (mut re, mut im) = (0.0, 0.0);
        for (n, sample) in part.iter().enumerate() {
            let (sin, cos) = (step * n as f64).sin_cos();
            re += f64::from(*sample) * cos;
            im += f64::from(*sample) * sin;
        }
        2.0 * f64::hypot(re, im) / part.len() as f64
    };
    let parts = samples.chunks_exact(RATE as usize / 2);
    parts.map(amplitude).fold(0.0, f64::max)
}

/// Originates a call in no application, with an echo at one end and an extension, such as a tone, at
/// the other. Returns the channel that echoes, and the one of the extension.
fn call_in_dialplan(server: &Server, extension: &str) -> [String; 2] {
    let out = run_successfully(
        server,
        &[
            "channels",
            "originate",
            &format!("--endpoint=Local/{extension}@testari"),
            "--context=testari",
            "--extension=echo",
            "--priority=1",
            "--formats=slin16",
            "--json",
        ],
    );
    let channel: Value = serde_json::from_str(&out).unwrap();
    let echo = channel["id"].as_str().unwrap().to_owned();
    let name = channel["name"].as_str().unwrap().replace(";1", ";2");
    let all = run_successfully(server, &["channels", "list", "--json"]);
    let all: Value = serde_json::from_str(&all).unwrap();
    let mut all = all.as_array().unwrap().iter();
    let tone = all
        .find(|channel| channel["name"] == name.as_str())
        .unwrap();
    // Waits until audio flows.
    thread::sleep(Duration::from_millis(500));
    [echo, tone["id"].as_str().unwrap().to_owned()]
}

/// Checks that the server has only the channels of calls and the application `hello`.
#[track_caller]
fn check_nothing_is_left(server: &Server) {
    let list = |resource| run_successfully(server, &[resource, "list", "--fields", "name"]);
    assert!(!list("applications").contains("ari-command"));
    let channels = list("channels");
    let mut names = channels.lines().filter(|line| *line != "name");
    assert!(names.all(|name| name.starts_with("Local/")), "{channels}");
    let bridges = run_successfully(server, &["bridges", "list", "--json"]);
    assert_eq!(bridges.trim(), "[]");
}

fn start() -> Option<Server> {
    Asterisk::start(Release::V22).map(Server::real)
}

/// The party of a call in any application or in none hears the played audio in addition, over each
/// carrier. The other side is recorded separately.
#[test]
fn calls_are_listened_and_talked_to() {
    let Some(server) = &start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let tone = write_tone(&folder);
    let tone = tone.to_str().unwrap();
    let [echo, other] = &call_in_dialplan(server, "tone");
    for carrier in ["websocket", "audiosocket", "rtp"] {
        let file = folder.path().join(format!("{carrier}.wav"));
        let path = file.to_str().unwrap();
        let listen = [
            "listen",
            other,
            "--out",
            path,
            "--stereo",
            "--carrier",
            carrier,
        ];
        let listen = command(server, &[&listen[..], &["--for", "4s", "--json"]].concat());
        let listen = thread::spawn(move || outcome(listen));
        let talk = ["talk", echo, tone, "--json", "--carrier", carrier];
        let played: Value = serde_json::from_str(&run_successfully(server, &talk)).unwrap();
        assert_eq!(
            (&played["played"], &played["seconds"]),
            (&3.0.into(), &3.0.into())
        );
        assert_eq!(played["audible"], true);
        let (code, out, err) = listen.join().unwrap();
        assert_eq!(code, Some(0), "{carrier}: {err}");
        let summary: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(summary["ended"], "duration", "{out}");
        assert_eq!(summary["seconds"], 4.0, "{out}");
        let [says, hears] = <[_; 2]>::try_from(read(&file)).unwrap();
        assert_eq!(says.len(), 4 * RATE as usize);
        let heard = loudest(&says, TONE) / AMPLITUDE;
        assert!((0.8..1.2).contains(&heard), "{carrier}: {heard}");
        assert!(loudest(&hears, TONE) < 0.02 * AMPLITUDE, "{carrier}");
        assert!(loudest(&hears, MILLIWATT) > AMPLITUDE, "{carrier}");
        check_nothing_is_left(server);
    }
    run_successfully(server, &["channels", "hangup", echo]);

    // Asterisk sends nothing to a call in `Wait()`.
    let [echo, waiting] = &call_in_dialplan(server, "1");
    let (code, out, err) = run(server, &["talk", waiting, tone, "--json"]);
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("executes Wait in the dialplan"), "{err}");
    assert!(err.contains("may have heard nothing"), "{err}");
    let played: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(played["audible"], false, "{out}");
    run_successfully(server, &["channels", "hangup", echo]);

    // A call that waits alone in the application of another program.
    let mut events = RunningCommand::start(server, &["events", "hello"]);
    events.wait_for_line("Connected");
    let id = &originate(server, "echo");
    events.wait_for_line("StasisStart");
    let file = folder.path().join("interrupted.wav");
    let listen = ["listen", id, "--out", file.to_str().unwrap(), "--json"];
    let listen = RunningCommand::start(server, &listen);
    thread::sleep(Duration::from_secs(1));
    let mut talk = command(server, &["talk", id, "-"]);
    talk.stdin(File::open(tone).unwrap());
    let (code, _, err) = outcome(talk);
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("played 3.0 s of the standard input"), "{err}");
    listen.signal("INT");
    let (code, lines) = listen.end();
    assert_eq!(code, Some(0), "{lines:?}");
    assert!(
        lines.concat().contains(r#""ended":"interrupted""#),
        "{lines:?}"
    );
    // Both directions have the tone, and are mixed.
    let [mixed] = <[_; 1]>::try_from(read(&file)).unwrap();
    assert!(loudest(&mixed, TONE) > 0.5 * AMPLITUDE);

    let talk = command(server, &["talk", id, tone]).spawn().unwrap();
    events.wait_for_line("ChannelEnteredBridge");
    thread::sleep(Duration::from_millis(300));
    signal(talk.id(), "INT");
    let code = talk.wait_with_output().unwrap().status.code();
    assert_eq!(code, Some(130));
    // Asterisk removes a snoop channel at the next audio of the call.
    run_successfully(server, &["channels", "hangup", id]);
    events.wait_for_line("StasisEnd");
    check_nothing_is_left(server);
    events.signal("INT");
    events.end();
}

/// A hangup ends both commands, and the file has the audio until then.
#[test]
fn hangup_ends_listening_and_talking() {
    let Some(server) = &start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let tone = write_tone(&folder);
    let [echo, other] = &call_in_dialplan(server, "tone");
    let file = folder.path().join("a.wav");
    let path = file.to_str().unwrap();
    let listen = RunningCommand::start(server, &["listen", other, "--out", path, "--json"]);
    let talk = command(server, &["talk", echo, tone.to_str().unwrap()]);
    let talk = thread::spawn(move || outcome(talk));
    thread::sleep(Duration::from_millis(1500));
    run_successfully(server, &["channels", "hangup", echo]);
    let (code, _, err) = talk.join().unwrap();
    assert_eq!(code, Some(1), "{err}");
    assert!(
        err.contains("played only") && err.contains("hung up"),
        "{err}"
    );
    let (code, lines) = listen.end();
    assert_eq!(code, Some(0), "{lines:?}");
    assert!(lines.concat().contains(r#""ended":"hangup""#), "{lines:?}");
    assert!(loudest(&read(&file)[0], MILLIWATT) > AMPLITUDE);

    // Files that cannot be read or written are reported before anything is sent.
    let missing = folder.path().join("missing/a.wav");
    let missing = missing.to_str().unwrap();
    let text = folder.path().join("a.txt");
    fs::write(&text, "This is no audio file.").unwrap();
    for (arguments, expected, message) in [
        (["listen", "nobody", "--out", path], 2, "exists"),
        (["listen", "nobody", "--out", missing], 1, "cannot write"),
        (["listen", "nobody", "--rate", "8000"], 3, "does not exist"),
        (["talk", "nobody", missing, "-v"], 2, "cannot read"),
        (
            ["talk", "nobody", text.to_str().unwrap(), "-v"],
            2,
            "not a WAV file",
        ),
        (
            ["talk", "nobody", tone.to_str().unwrap(), "-v"],
            3,
            "does not exist",
        ),
    ] {
        let (code, _, err) = run(server, &arguments);
        assert_eq!(code, Some(expected), "{arguments:?}: {err}");
        assert!(err.contains(message), "{arguments:?}: {err}");
        assert_eq!(
            err.contains("POST"),
            expected == 3 && arguments[3] == "-v",
            "{err}"
        );
    }
    check_nothing_is_left(server);
}
