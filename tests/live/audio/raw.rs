//! Sessions of raw packets, in each format that a carrier takes.

use ari_media::Format;
use ari_media::pcm::{ByteOrder, Decoder, Encoder};

use super::*;

/// Returns a tone in frames of a format.
fn packets(format: Format, order: ByteOrder, frequency: f64, length: Duration) -> Vec<Vec<u8>> {
    let rate = format.sample_rate();
    let mut encoder = Encoder::new(format, order).unwrap();
    let samples = tone(frequency, rate, length);
    let frames = samples.chunks(rate.frame_samples()).map(|frame| {
        let mut bytes = Vec::new();
        encoder.encode(frame, &mut bytes);
        bytes
    });
    frames.collect()
}

/// Receives packets until one tone is heard.
async fn hear_packets(media: &mut Media, format: Format, order: ByteOrder, frequency: f64) {
    let rate = format.sample_rate();
    let mut decoder = Decoder::new(format, order).unwrap();
    let mut heard = Vec::new();
    for _ in 0..15 {
        let mut samples = Vec::new();
        while samples.len() < 10 * rate.frame_samples() {
            match within_limit(media.next()).await.unwrap() {
                MediaEvent::Packet(packet) => decoder.decode(packet.payload(), &mut samples),
                MediaEvent::Closed(reason) => panic!("{reason}"),
                _ => {}
            }
        }
        let level = amplitude(&samples, frequency, rate) / AMPLITUDE;
        if (0.8..1.2).contains(&level) {
            return;
        }
        heard.push(level);
    }
    panic!("{format}: {heard:?} at {frequency}");
}

/// Tones in each format reach the other side at the right pitch and level.
#[test]
fn raw_packets_arrive_in_both_directions() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        let order = match carrier {
            Carrier::Rtp => ByteOrder::Big,
            _ => ByteOrder::Little,
        };
        // Asterisk converts 44.1 kHz at half the level.
        let rates = SampleRate::ALL.into_iter();
        let rates = rates.filter(|rate| *rate != SampleRate::Hz44100);
        let linear: Vec<Format> = rates.map(Format::Slin).collect();
        let others = [Format::Ulaw, Format::Alaw, Format::G722];
        let mut formats = [&others, &linear[..]].concat();
        formats.retain(|format| match carrier {
            Carrier::AudioSocket => linear.contains(format),
            Carrier::Rtp => {
                // 16 sends μ-law for `slin`.
                let is_sent = release == Release::V22 || others.contains(format);
                format.is_accepted_over_rtp() && is_sent
            }
            _ => true,
        });
        let call = calls.create().await;
        for format in formats {
            let near = service.open(&call.near).raw(format).carrier(carrier);
            let far = service.open(&call.far).raw(format).carrier(carrier);
            let (mut near, mut far) = tokio::try_join!(near, far).unwrap();
            let long = Duration::from_secs(4);
            for (media, frequency) in [(&near, 440.0), (&far, 1000.0)] {
                for packet in packets(format, order, frequency, long) {
                    media.sender().try_send_raw(packet).unwrap();
                }
            }
            tokio::join!(
                hear_packets(&mut near, format, order, 1000.0),
                hear_packets(&mut far, format, order, 440.0)
            );
            tokio::join!(near.close(), far.close());
        }
        client.channel(&call.far).hangup().await.unwrap();
        wait_until_removed(client, 0).await;
    });
}
