//! The codecs of `ari-media`, compared with the server's conversion of files.

use std::f64::consts::TAU;
use std::fs;

use ari_media::pcm::{ByteOrder, Decoder, Encoder, Format};

use crate::asterisk::{Asterisk, Release};

/// Two seconds of speech-like sound: tones that glide and swell, and noise, with pauses.
fn signal(rate: u32) -> Vec<i16> {
    let mut noise = 1_u32;
    (0..2 * rate)
        .map(|i| {
            let t = f64::from(i) / f64::from(rate);
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let hiss = f64::from(noise >> 16) / 65536.0 - 0.5;
            let swell = (t * 3.0).sin().max(0.0);
            let glide = (TAU * t * (200.0 + 700.0 * t)).sin() + 0.5 * (TAU * 2900.0 * t).sin();
            (swell * (9000.0 * glide + 3000.0 * hiss)) as i16
        })
        .collect()
}

fn linear(samples: &[i16]) -> Vec<u8> {
    samples
        .iter()
        .flat_map(|sample| sample.to_le_bytes())
        .collect()
}

#[test]
fn codecs_equal_those_of_the_server() {
    for release in Release::ALL {
        let Some(asterisk) = Asterisk::start(release) else {
            continue;
        };
        for (format, linear_suffix) in [
            (Format::Ulaw, "sln"),
            (Format::Alaw, "sln"),
            (Format::G722, "sln16"),
        ] {
            let path = |name: &str| asterisk.dir().join(name).to_str().unwrap().to_owned();
            let (source, coded) = (
                path(&format!("in.{linear_suffix}")),
                path(&format!("a.{format}")),
            );
            let back = path(&format!("out-{format}.{linear_suffix}"));
            let samples = signal(format.sample_rate().hz());
            fs::write(&source, linear(&samples)).unwrap();
            for (from, to) in [(&source, &coded), (&coded, &back)] {
                let reply = asterisk.cli(&format!("file convert {from} {to}"));
                assert!(
                    reply.contains("onverted"),
                    "{release}, {from} to {to}: {reply}"
                );
            }

            let theirs = fs::read(&coded).unwrap();
            let mut ours = Vec::new();
            Encoder::new(format, ByteOrder::Little)
                .unwrap()
                .encode(&samples, &mut ours);
            assert!(
                theirs.len() >= 2 * 8000 - 160,
                "{release}, {format}: {} bytes",
                theirs.len()
            );
            let differ = ours.iter().zip(&theirs).filter(|(a, b)| a != b).count();
            assert_eq!(differ, 0, "{release}, {format}: of {} bytes", theirs.len());

            let heard = fs::read(&back).unwrap();
            let mut decoded = Vec::new();
            Decoder::new(format, ByteOrder::Little)
                .unwrap()
                .decode(&theirs, &mut decoded);
            let expected = linear(&decoded);
            let wrong = expected.iter().zip(&heard).filter(|(a, b)| a != b).count();
            assert!(
                heard.len() >= expected.len() - 640,
                "{release}, {format}: {}",
                heard.len()
            );
            assert_eq!(
                wrong,
                0,
                "{release}, {format}: of {} bytes decoded",
                heard.len()
            );
        }
    }
}
