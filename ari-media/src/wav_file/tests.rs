use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::capture::Frame;
use crate::pcm::wav::{WavReader, WavSpec, WavWriter, mix_to_mono};
use crate::pcm::{FRAME, Resampler, SampleRate};

fn on_runtime<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(work)
}

fn file(spec: WavSpec, samples: &[i16]) -> Vec<u8> {
    let mut writer = WavWriter::new(spec);
    let mut data = Vec::new();
    writer.write(samples, &mut data);
    [&writer.header()[..], &data].concat()
}

fn read(path: &Path) -> (WavSpec, Vec<i16>) {
    let mut reader = WavReader::new();
    let mut samples = Vec::new();
    let bytes = std::fs::read(path).unwrap();
    reader.read(&bytes, &mut samples).unwrap();
    // The length in the header is that of the file.
    let length = u32::from_le_bytes(bytes[40..44].try_into().unwrap());
    assert_eq!(length as usize, bytes.len() - 44);
    (reader.finish().unwrap(), samples)
}

/// A reader that returns bytes in pieces of these lengths, again and again.
struct Pieces(Vec<u8>, usize, Vec<usize>);

impl tokio::io::AsyncRead for Pieces {
    fn poll_read(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        let length = self.2[self.1 % self.2.len()];
        self.1 += 1;
        let length = length.min(self.0.len()).min(buffer.remaining());
        let piece: Vec<u8> = self.0.drain(..length).collect();
        buffer.put_slice(&piece);
        std::task::Poll::Ready(Ok(()))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A file gives the same samples in pieces of any size, to the last one. All channels are
    /// mixed, at the rate of the session.
    #[test]
    fn samples_do_not_depend_on_pieces(
        samples in prop::collection::vec(any::<i16>(), 0..9000),
        rate in prop::sample::select(vec![8000_u32, 11_025, 16_000, 22_050, 44_100]),
        channels in 1_u16..4,
        pieces in prop::collection::vec(1_usize..5000, 1..9),
    ) {
        let spec = WavSpec { rate, channels };
        let (mut mono, mut expected) = (Vec::new(), Vec::new());
        mix_to_mono(&samples, channels, &mut mono);
        let mut resampler = Resampler::new(rate, 16_000).unwrap();
        resampler.push(&mono, &mut expected);
        resampler.finish(&mut expected);
        let input = Pieces(file(spec, &samples), 0, pieces);
        let read = on_runtime(async {
            let source = WavSource::from_reader("pieces", input).await?;
            assert_eq!(source.spec(), spec);
            source.read_to_end(SampleRate::Hz16000).await
        });
        prop_assert_eq!(read.unwrap(), expected);
    }

    /// A recording has every sample, and silence for missing frames.
    #[test]
    fn recordings_keep_time(
        present in prop::collection::vec(any::<bool>(), 1..120),
        stereo in any::<bool>(),
        finish in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("call.wav");
        let channels = if stereo { 2 } else { 1 };
        let rate = SampleRate::Hz8000;
        let samples = rate.frame_samples() * usize::from(channels);
        let mut expected = Vec::new();
        on_runtime(async {
            let mut recorder = WavRecorder::create(&path, rate, channels).await.unwrap();
            let mut silent = 0;
            for (n, is_present) in present.iter().enumerate() {
                if !is_present {
                    silent += samples;
                    continue;
                }
                let frame = Frame {
                    samples: vec![n as i16 + 1; samples],
                    at: Duration::from_secs(7) + FRAME * n as u32,
                    lost: Duration::ZERO,
                };
                if !expected.is_empty() {
                    expected.resize(expected.len() + silent, 0);
                }
                silent = 0;
                expected.extend_from_slice(frame.samples());
                recorder.write_frame(&frame).await.unwrap();
            }
            let duration = rate.duration((expected.len() / usize::from(channels)) as u64);
            assert_eq!(recorder.duration(), duration);
            if finish {
                assert_eq!(recorder.finish().await.unwrap(), duration);
            }
        });
        if !expected.is_empty() {
            prop_assert_eq!(read(&path), (WavSpec { rate: 8000, channels }, expected));
        }
    }
}

/// Samples of a cancelled write precede those that are written later.
#[test]
fn cancelled_writes_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call.wav");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut recorder = WavRecorder::create(&path, SampleRate::Hz8000, 1)
            .await
            .unwrap();
        // The only thread for blocking work is busy, so the write waits.
        let (release, wait) = std::sync::mpsc::channel::<()>();
        let busy = tokio::task::spawn_blocking(move || wait.recv());
        let second = vec![1; 8000];
        {
            let mut write = std::pin::pin!(recorder.write(&second));
            let cancelled = std::future::poll_fn(|context| {
                std::task::Poll::Ready(write.as_mut().poll(context).is_pending())
            });
            assert!(cancelled.await);
        }
        recorder.write(&[2; 80]).await.unwrap();
        drop(recorder);
        let expected = [vec![1; 8000], vec![2; 80]].concat();
        assert_eq!(read(&path).1, expected);
        drop(release);
        busy.await.unwrap().unwrap_err();
    });
    // The late write finds no pending samples.
    drop(runtime);
    assert_eq!(read(&path).1.len(), 8080);
}

#[test]
fn errors_name_the_file_and_the_problem() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.wav");
    let text = folder.path().join("text.wav");
    std::fs::write(&text, "no audio, but long enough for a header").unwrap();
    let short = folder.path().join("short.wav");
    std::fs::write(
        &short,
        &file(
            WavSpec {
                rate: 8000,
                channels: 1,
            },
            &[],
        )[..30],
    )
    .unwrap();
    let slow = folder.path().join("slow.wav");
    std::fs::write(
        &slow,
        file(
            WavSpec {
                rate: 100,
                channels: 1,
            },
            &[],
        ),
    )
    .unwrap();
    for (path, problem) in [
        (&missing, "No such file"),
        (&text, "does not begin with RIFF"),
        (&short, "ends within its header"),
        (&slow, "100 Hz"),
    ] {
        let error = on_runtime(WavSource::open(path)).unwrap_err().to_string();
        assert!(error.contains(&path.display().to_string()), "{error}");
        assert!(error.contains(problem), "{error}");
    }
    let nowhere = missing.join("file.wav");
    let error = on_runtime(WavRecorder::create(&nowhere, SampleRate::Hz8000, 1));
    assert!(matches!(error, Err(Error::Wav { .. })), "{error:?}");
}

/// The length counts all samples, and frames of another shape are refused.
#[test]
fn recorders_accept_what_fits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("call.wav");
    on_runtime(async {
        let none = WavRecorder::create(&path, SampleRate::Hz8000, 0).await;
        assert!(
            none.unwrap_err()
                .to_string()
                .contains("at least one channel")
        );
        let mut recorder = WavRecorder::create(&path, SampleRate::Hz8000, 2)
            .await
            .unwrap();
        for _ in 0..1600 {
            recorder.write(&[1]).await.unwrap();
        }
        assert_eq!(recorder.duration(), Duration::from_millis(100));
        let mono = Frame {
            samples: vec![1; 160],
            at: Duration::ZERO,
            lost: Duration::ZERO,
        };
        let error = recorder.write_frame(&mono).await.unwrap_err().to_string();
        assert!(
            error.contains("a frame has 160 samples instead of 320"),
            "{error}"
        );
        assert_eq!(recorder.finish().await.unwrap(), Duration::from_millis(100));
    });
    assert_eq!(read(&path).1, [1; 1600]);
}
