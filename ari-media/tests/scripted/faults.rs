//! Each fault of the table on each of its carriers: the events of the program in order, the outcome
//! of everything that it waits for, and the objects that remain on the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ari_media::pcm::SampleRate;
use ari_media::{
    AudioSender, CloseReason, Error, Frame, Media, MediaEvent, PlayOutcome, SendError, SendOutcome,
};
use ari_test_support::frame::opcode;
use ari_test_support::{LIMIT, wait_until, within_limit};

use crate::ari::{APPLICATION, Ari, CALL, Control, OpeningFault, Script};
use crate::asterisk::{Asterisk, FRAME};
use crate::program;
use crate::table::{During, Fault, ROWS, Sees, markdown};
use crate::wire::{Kind, Wire};

/// The sessions that run at a time. More would disturb each other's timing.
const CONCURRENT: usize = 16;

/// The frequency of the caller's tone.
const TONE: f64 = 500.0;

/// The frames of the prompt.
const PROMPT: usize = 33;

/// A case of the table.
#[derive(Clone, Copy)]
struct Case {
    fault: Fault,
    during: During,
    kind: Kind,
    sees: Sees,
}

impl Case {
    fn rate(&self) -> SampleRate {
        match (self.fault, self.kind) {
            // The system's buffers are full sooner.
            (Fault::Stall, Kind::AudioSocket) => SampleRate::Hz48000,
            _ => SampleRate::Hz16000,
        }
    }
}

#[test]
fn guide_has_the_table() {
    let guide = include_str!("../../src/guide.rs").replace("//! ", "");
    assert!(guide.contains(&markdown()), "the table is:\n{}", markdown());
}

#[test]
fn faults_are_seen_as_documented() {
    let _turn = crate::wait_for_turn();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let failed = runtime.block_on(run_all());
    assert!(failed.is_empty(), "not as documented: {failed:#?}");
}

/// Runs all cases, and returns the names of those that fail.
async fn run_all() -> Vec<String> {
    let mut cases = Vec::new();
    for row in ROWS {
        for (carriers, sees) in row.cases {
            cases.extend(carriers.kinds().into_iter().map(|kind| Case {
                fault: row.fault,
                during: row.during,
                kind,
                sees: *sees,
            }));
        }
    }
    // The long ones first.
    cases.sort_by_key(|case| !matches!(case.sees, Sees::Stalled(_)) && case.fault != Fault::Stall);
    let places = Arc::new(tokio::sync::Semaphore::new(CONCURRENT));
    let mut running = tokio::task::JoinSet::new();
    for case in cases {
        let places = places.clone();
        running.spawn(async move {
            let _place = places.acquire().await;
            let name = format!("{:?} over {:?}", case.fault, case.kind);
            (name, tokio::spawn(within_limit(run(case))).await.is_ok())
        });
    }
    let mut failed = Vec::new();
    while let Some(finished) = running.join_next().await {
        let (name, is_ok) = finished.expect("a case");
        failed.extend((!is_ok).then_some(name));
    }
    failed
}

/// A session with its scripted server.
struct Lab {
    case: Case,
    ari: Ari,
    asterisk: Running,
}

async fn run(case: Case) {
    let mut script = Script::new(case.kind);
    match case.fault {
        Fault::Opening(fault) => script.opening = Some(fault),
        Fault::OtherRate => script.format = Some("slin"),
        _ => {}
    }
    let ari = Ari::start(script);
    let client = program::client(&ari);
    let _app = client
        .application(APPLICATION)
        .connect()
        .await
        .expect("an application");
    let service = program::service(client.clone(), ari.control()).await;
    let opening = service
        .open(CALL)
        .application(APPLICATION)
        .rate(case.rate())
        .carrier(case.kind.carrier())
        .step_timeout(match case.fault {
            Fault::Opening(OpeningFault::NoStasisStart) => Duration::from_secs(1),
            _ => LIMIT,
        });
    let begin = Instant::now();
    let opened: Result<Media, Error> = opening.await;
    let control = ari.control();
    match (opened, case.sees) {
        (Err(error), Sees::Error(expected)) => {
            let text = error.to_string();
            assert!(
                text.contains(expected),
                "{:?} over {:?}: {text}",
                case.fault,
                case.kind
            );
            assert!(begin.elapsed() < LIMIT / 2, "{text}");
        }
        (Ok(media), sees) if !matches!(sees, Sees::Error(_)) => {
            let asterisk = Running::start(case, ari.wire(), control.clone());
            let lab = Lab {
                case,
                ari,
                asterisk,
            };
            lab.use_session(media).await;
        }
        (opened, sees) => panic!(
            "{:?} over {:?}: {opened:?}, not {sees:?}",
            case.fault, case.kind
        ),
    }
    if case.fault != Fault::NoResponseToRemoval {
        wait_until("nothing remains on the server", || {
            control.remaining().is_empty()
        })
        .await;
    }
}

impl Lab {
    async fn use_session(self, mut media: Media) {
        let Lab {
            case,
            ari,
            asterisk,
        } = self;
        let context = format!("{:?} over {:?}", case.fault, case.kind);
        let sender = media.sender().clone();
        let frame = case.rate().frame_samples();
        let length = if case.during == During::Prompt {
            PROMPT
        } else {
            1000
        };
        let audio: Vec<i16> = (0..length * frame).map(|at| level_of(at / frame)).collect();
        let (first, rest) = audio.split_at(3 * frame);
        sender.send(first).await.expect("room");
        sender.mark("first").expect("room");
        let sending = tokio::spawn({
            let (sender, rest) = (sender.clone(), rest.to_vec());
            async move { sender.send(&rest).await }
        });
        wait_until("the audio is queued", || media.stats().pushed > FRAME * 3).await;
        sender.mark("late").expect("room");
        let waiting = tokio::spawn({
            let sender = sender.clone();
            async move { sender.wait_until_played().await }
        });

        let mut seen = Seen::default();
        let mut cleared = None;
        match case.during {
            During::Prompt => {
                seen.read_until(&mut media, |seen| seen.has("MarkPlayed late"))
                    .await;
                assert_eq!(
                    waiting.await.expect("a result"),
                    Ok(PlayOutcome::Played),
                    "{context}"
                );
                assert_eq!(
                    sending.await.expect("a result"),
                    Ok(SendOutcome::Queued),
                    "{context}"
                );
            }
            During::Clearing => {
                asterisk.wait_until_ready().await;
                let clearing = {
                    let sender = sender.clone();
                    tokio::spawn(async move { sender.clear().await })
                };
                match case.sees {
                    Sees::Nothing(_) => {
                        cleared = Some(clearing.await.expect("a result"));
                        seen.read_until(&mut media, |seen| seen.has("MarkCleared late"))
                            .await;
                    }
                    _ => {
                        seen.read_until(&mut media, |_| false).await;
                        cleared = Some(clearing.await.expect("a result"));
                    }
                }
                assert_eq!(
                    waiting.await.expect("a result"),
                    Ok(PlayOutcome::Interrupted)
                );
                let sent = sending.await.expect("a result");
                assert!(
                    matches!(sent, Ok(SendOutcome::Stale)),
                    "{context}: {sent:?}"
                );
            }
            During::Playing | During::Opening => {
                seen.read_until(&mut media, |_| false).await;
                assert_eq!(
                    waiting.await.expect("a result"),
                    Ok(PlayOutcome::Interrupted)
                );
                assert_eq!(
                    sending.await.expect("a result"),
                    Err(SendError::Closed),
                    "{context}"
                );
            }
        }
        if !matches!(case.sees, Sees::Nothing(_)) {
            assert_nothing_waits(&sender).await;
        }
        let stats = media.stats();
        let known = stats.played + stats.cleared + stats.in_flight + stats.queued;
        assert_eq!(stats.pushed, known, "{context}: {stats:?}");
        let (in_flight, queued) = (stats.in_flight, stats.queued);
        assert_eq!(
            (in_flight, queued),
            Default::default(),
            "{context}: {stats:?}"
        );
        if let Some(cleared) = cleared {
            assert_eq!(cleared.played, stats.played, "{context}");
            assert!(cleared.dropped <= stats.cleared, "{context}");
        }
        // A busy machine also delays marks.
        let is_lossy = matches!(case.fault, Fault::LosesMarks | Fault::FlushLosesMark);
        assert!(stats.lost_marks > 0 || !is_lossy, "{context}: {stats:?}");
        if let Some(cleared) = cleared {
            assert_eq!(cleared.played, stats.played, "{context}");
            assert!(cleared.dropped <= stats.cleared, "{context}");
        }
        let is_lossy = matches!(case.fault, Fault::LosesMarks | Fault::FlushLosesMark);
        // A mark that is a second late counts as lost.
        if matches!(case.sees, Sees::Nothing(_)) && case.fault != Fault::LateTicks {
            assert_eq!(stats.lost_marks > 0, is_lossy, "{context}: {stats:?}");
        }
        media.close().await;
        let reason = sender.close_reason().expect("the session has ended");
        seen.assert_expected(case, &reason);
        let asterisk = asterisk.stop().await;
        if case.during == During::Prompt && case.fault != Fault::PortCloses {
            seen.assert_tone(case);
            assert_heard(case, &asterisk);
        }
        assert_eq!(asterisk.sent_while_full, 0, "{context}");
        drop(ari);
    }
}

/// Every method returns after the end of a session.
async fn assert_nothing_waits(sender: &AudioSender) {
    let samples = [0; 160];
    assert_eq!(sender.try_send(&samples), Err(SendError::Closed));
    assert_eq!(sender.send(&samples).await, Err(SendError::Closed));
    assert_eq!(sender.mark("after"), Err(SendError::Closed));
    let waited = sender.wait_until_played().await;
    assert_eq!(waited, Ok(PlayOutcome::Interrupted));
    assert_eq!(sender.clear().await.dropped, Duration::ZERO);
}

/// The events of a program.
#[derive(Default)]
struct Seen {
    events: Vec<String>,
    frames: Vec<Frame>,
}

impl Seen {
    fn has(&self, event: &str) -> bool {
        self.events.iter().any(|one| one == event)
    }

    /// Reads events until the condition holds, or to the end.
    async fn read_until(&mut self, media: &mut Media, condition: impl Fn(&Seen) -> bool) {
        while !condition(self) {
            match media.next().await {
                Some(MediaEvent::Audio(frame)) => self.frames.push(frame),
                Some(MediaEvent::MarkPlayed(mark)) => self.push(format!("MarkPlayed {mark}")),
                Some(MediaEvent::MarkCleared(mark)) => self.push(format!("MarkCleared {mark}")),
                Some(MediaEvent::Stalled) => self.push("Stalled".to_owned()),
                Some(MediaEvent::Gap(_)) => self.push("Gap".to_owned()),
                Some(MediaEvent::Closed(_)) => self.push("Closed".to_owned()),
                Some(other) => panic!("{other:?}"),
                None => break,
            }
        }
    }

    fn push(&mut self, event: String) {
        self.events.push(event);
    }

    fn assert_expected(&self, case: Case, reason: &CloseReason) {
        let late = match case.during {
            During::Prompt => "MarkPlayed late",
            _ => "MarkCleared late",
        };
        let mut expected = vec!["MarkPlayed first"];
        match case.sees {
            Sees::Stalled(_) => expected.extend(["Stalled", late, "Closed"]),
            Sees::Nothing(_) => expected.push(late),
            _ => expected.extend([late, "Closed"]),
        }
        let has_gap = self.has("Gap");
        let events: Vec<_> = self.events.iter().filter(|one| *one != "Gap").collect();
        let context = format!("{:?} over {:?}: {reason}", case.fault, case.kind);
        assert_eq!(events, expected, "{context}");
        let loses_audio = case.kind == Kind::AudioSocket && case.fault == Fault::Oversize;
        assert_eq!(has_gap, loses_audio, "{context}");
        let is_expected = match (case.sees, reason) {
            (Sees::CallEnded, CloseReason::CallEnded(end)) => end.cause.is_none_or(|it| it == 16),
            (Sees::MediaChannelEnded, CloseReason::MediaChannelEnded(_)) => true,
            (
                Sees::ConnectionLost(part) | Sees::Stalled(part),
                CloseReason::ConnectionLost(text),
            ) => text.to_lowercase().contains(&part.to_lowercase()),
            (Sees::Nothing(_), reason) => *reason == CloseReason::ClosedByProgram,
            _ => false,
        };
        assert!(is_expected, "{context}");
    }

    /// The frames follow each other, and have the caller's tone.
    fn assert_tone(&self, case: Case) {
        let context = format!("{:?} over {:?}", case.fault, case.kind);
        let times: Vec<_> = self.frames.iter().map(Frame::at).collect();
        let is_regular = times.windows(2).all(|pair| pair[1] - pair[0] == FRAME);
        // The audio that a gap replaces has no frames.
        assert!(
            is_regular || case.fault == Fault::Oversize,
            "{context}: {times:?}"
        );
        let is_foreign = |frame: &Frame| frame.samples().contains(&0x2222);
        assert!(!self.frames.iter().any(is_foreign), "{context}");
        let crossings = |frame: &&Frame| {
            let signs = frame.samples().windows(2);
            signs.filter(|pair| (pair[0] < 0) != (pair[1] < 0)).count()
        };
        let loud = self.frames.iter().filter(|frame| {
            frame.missing().is_zero() && frame.samples().iter().any(|one| one.abs() > 3000)
        });
        let mut counts: Vec<_> = loud.map(|frame| crossings(&frame)).collect();
        counts.sort_unstable();
        // The tone waits behind the long message.
        let is_delayed = case.kind == Kind::AudioSocket && case.fault == Fault::Oversize;
        assert!(
            counts.len() >= PROMPT / 2 || is_delayed,
            "{context}: {} frames",
            counts.len()
        );
        let median = counts[counts.len() / 2];
        let expected = (2.0 * TONE * FRAME.as_secs_f64()) as usize;
        assert!(median.abs_diff(expected) <= 1, "{context}: {counts:?}");
    }
}

/// Returns the value of the samples of a frame.
fn level_of(frame: usize) -> i16 {
    (frame % 100) as i16 * 300 + 300
}

/// All frames of the prompt are heard, once and in order.
fn assert_heard(case: Case, asterisk: &Asterisk) {
    let context = format!("{:?} over {:?}", case.fault, case.kind);
    let heard: Vec<_> = heard(asterisk).collect();
    if case.kind == Kind::Rtp || case.fault == Fault::OtherRate {
        // The frames are coded, and may have one more at the end.
        assert!(
            (PROMPT..=PROMPT + 1).contains(&heard.len()),
            "{context}: {}",
            heard.len()
        );
        return;
    }
    let levels: Vec<_> = heard
        .iter()
        .map(|frame| i16::from_le_bytes([frame[0], frame[1]]))
        .collect();
    let expected: Vec<_> = (0..PROMPT).map(level_of).collect();
    assert_eq!(levels, expected, "{context}");
}

/// Returns the frames that are not silence, which is sent to keep an AudioSocket alive.
fn heard(asterisk: &Asterisk) -> impl Iterator<Item = &Vec<u8>> {
    let frames = asterisk.heard.iter().map(|(_, frame)| frame);
    frames.filter(|frame| frame.iter().any(|byte| *byte != 0))
}

/// An Asterisk that runs in a thread.
struct Running {
    thread: JoinHandle<Asterisk>,
    is_ready: Arc<AtomicBool>,
    is_stopped: Arc<AtomicBool>,
}

impl Running {
    fn start(case: Case, wire: Wire, control: Control) -> Self {
        let is_ready = Arc::new(AtomicBool::new(false));
        let is_stopped = Arc::new(AtomicBool::new(false));
        let caller = Caller {
            case,
            control,
            asterisk: Asterisk::new(case.kind, wire, frame_bytes(case)),
            is_ready: is_ready.clone(),
            is_stopped: is_stopped.clone(),
            begin: Instant::now(),
            spoken: 0,
            is_mute: false,
            fault_at: None,
            second_at: None,
        };
        Running {
            thread: thread::spawn(move || caller.run()),
            is_ready,
            is_stopped,
        }
    }

    async fn wait_until_ready(&self) {
        wait_until("the fault has begun", || {
            self.is_ready.load(Ordering::SeqCst)
        })
        .await;
    }

    async fn stop(self) -> Asterisk {
        self.is_stopped.store(true, Ordering::SeqCst);
        let joined = tokio::task::spawn_blocking(|| self.thread.join());
        joined.await.expect("a thread").expect("an Asterisk")
    }
}

fn frame_bytes(case: Case) -> usize {
    match case.fault {
        Fault::OtherRate => 320,
        _ => 2 * case.rate().frame_samples(),
    }
}

/// A caller who sends a tone, and an Asterisk with a fault.
struct Caller {
    case: Case,
    control: Control,
    asterisk: Asterisk,
    is_ready: Arc<AtomicBool>,
    is_stopped: Arc<AtomicBool>,
    begin: Instant,
    /// The frames that were sent.
    spoken: u32,
    is_mute: bool,
    /// The time of the fault, and of its second part.
    fault_at: Option<Duration>,
    second_at: Option<Duration>,
}

impl Caller {
    fn run(mut self) -> Asterisk {
        while !self.is_stopped.load(Ordering::SeqCst) && !self.asterisk.has_ended {
            let now = self.begin.elapsed();
            self.asterisk.step(now);
            while !self.is_mute && FRAME * self.spoken <= now {
                self.speak();
            }
            match self.fault_at {
                None if heard(&self.asterisk).count() >= 10 => {
                    self.fault_at = Some(now);
                    self.inject(now);
                    self.is_ready.store(true, Ordering::SeqCst);
                }
                Some(at) if self.second_at.is_none() && self.is_second_due(now - at) => {
                    self.second_at = Some(now);
                    self.inject_second(now);
                }
                _ => {}
            }
            thread::sleep(match (self.case.fault, self.fault_at) {
                (Fault::LateTicks, Some(at)) if now - at < Duration::from_secs(1) => FRAME * 15,
                _ => Duration::from_millis(4),
            });
        }
        // Frames that have arrived are heard.
        if !self.asterisk.has_ended {
            self.asterisk.step(self.begin.elapsed());
        }
        self.asterisk
    }

    /// Sends 20 ms of the tone.
    fn speak(&mut self) {
        let rate = match self.case.fault {
            Fault::OtherRate => SampleRate::Hz8000,
            _ => SampleRate::Hz16000,
        };
        let first = u64::from(self.spoken) * rate.frame_samples() as u64;
        self.spoken += 1;
        let samples = (first..).take(rate.frame_samples()).map(|at| {
            let turns = at as f64 / f64::from(rate.hz()) * TONE;
            ((turns * std::f64::consts::TAU).sin() * 8000.0) as i16
        });
        let (kind, is_big) = match (self.case.kind, rate) {
            (Kind::Rtp, SampleRate::Hz8000) => (10, true),
            (Kind::Rtp, _) => (118, true),
            (_, SampleRate::Hz8000) => (0x10, false),
            _ => (0x12, false),
        };
        let payload: Vec<u8> = samples
            .flat_map(|one| {
                if is_big {
                    one.to_be_bytes()
                } else {
                    one.to_le_bytes()
                }
            })
            .collect();
        let wire = &mut self.asterisk.wire;
        let message = wire.encode_audio(kind, &payload);
        match (self.case.fault, self.fault_at) {
            (Fault::Pieces, Some(_)) => {
                for piece in message.chunks(200) {
                    wire.send_raw(piece);
                    thread::sleep(Duration::from_millis(2));
                }
            }
            (Fault::Duplicates, Some(_)) => {
                let next = wire.encode_audio(kind, &payload);
                self.spoken += 1;
                for packet in [&next, &message, &next, &message] {
                    wire.send_raw(packet);
                }
            }
            _ => wire.send_raw(&message),
        }
    }

    fn inject(&mut self, now: Duration) {
        let wire = &mut self.asterisk.wire;
        let deviations = &mut self.asterisk.deviations;
        match self.case.fault {
            Fault::CallEnds => self.control.end_call(),
            Fault::ChannelEnds => {
                self.control.end_media_channel(0);
                wire.close();
            }
            Fault::Closes => wire.close(),
            Fault::Cut => wire.cut(),
            Fault::Reset | Fault::PortCloses => {
                wire.reset();
                // Drops the socket.
                *wire = Wire::rtp(([127, 0, 0, 1], 9).into());
                self.asterisk.has_ended = true;
            }
            Fault::CutWithinMessage | Fault::Unfinished => {
                let message = wire.encode_audio(0x12, &[0; 640]);
                wire.send_raw(&message[..300]);
                if self.case.fault == Fault::CutWithinMessage {
                    wire.cut();
                }
                // Nothing can be sent within a message.
                (deviations.responds, deviations.loses_marks) = (false, true);
                self.is_mute = true;
            }
            Fault::Garbage => match self.case.kind {
                Kind::AudioSocket => wire.send_message(0x7f, b"hello"),
                Kind::Rtp => {
                    wire.send_raw(b"hello");
                    wire.send_raw(&[0x12; 200]);
                }
                _ => wire.send_frame(opcode::TEXT, b"hello {"),
            },
            Fault::Oversize => match self.case.kind {
                Kind::AudioSocket => wire.send_message(0x12, &[0x05; 65_534]),
                Kind::Rtp => wire.send_audio(118, &[0x22; 6000]),
                _ => wire.send_frame(opcode::BINARY, &[0x22; 70_000]),
            },
            Fault::SecondId => wire.send_message(0x01, &[7; 16]),
            Fault::ErrorMessage => wire.send_message(0xff, &[1]),
            Fault::Stall => {
                deviations.reads = false;
                deviations.plays = false;
                self.is_mute = true;
            }
            Fault::StopsPlaying | Fault::CutWhileClearing => deviations.plays = false,
            Fault::FullForever | Fault::FullForAWhile => self.asterisk.set_full(true, now),
            Fault::LosesMarks => deviations.loses_marks = true,
            Fault::LateReports => {
                deviations.delay = FRAME * 15;
                deviations.repeats = true;
            }
            Fault::OddLengths => {
                for length in [0, 1, 639, 641] {
                    let kind = if self.case.kind == Kind::Rtp {
                        118
                    } else {
                        0x12
                    };
                    wire.send_audio(kind, &vec![0; length]);
                }
            }
            Fault::ForeignSource => wire.send_from_another_address(),
            Fault::EventsCut => self.control.cut_events(),
            Fault::NoResponseToRemoval => self.control.ignore_removals(),
            Fault::FlushLosesMark => deviations.flush_loses_next_mark = true,
            Fault::NoReportOfFlush => {
                (deviations.responds, deviations.loses_marks) = (false, true);
            }
            // They have begun, or the loop of the thread has them.
            Fault::Opening(_)
            | Fault::LateTicks
            | Fault::OtherRate
            | Fault::Pieces
            | Fault::Duplicates => {}
        }
    }

    fn is_second_due(&self, elapsed: Duration) -> bool {
        match self.case.fault {
            Fault::FullForAWhile => elapsed >= Duration::from_secs(1),
            Fault::CutWhileClearing => self.asterisk.flushes > 0,
            _ => false,
        }
    }

    fn inject_second(&mut self, now: Duration) {
        match self.case.fault {
            Fault::FullForAWhile => self.asterisk.set_full(false, now),
            _ => self.asterisk.wire.cut(),
        }
    }
}
