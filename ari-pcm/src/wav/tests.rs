use proptest::prelude::*;

use super::*;
use ari_test_support::signal::noise;

/// Returns a file with this format chunk and data, with an unknown chunk of odd length before them.
fn file(format: u16, bits: u16, channels: u16, data: &[u8], length: u32) -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WAVEjunk\x03\0\0\0abc\0fmt \x10\0\0\0".to_vec();
    bytes.extend(format.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(8000_u32.to_le_bytes());
    bytes.extend(0_u32.to_le_bytes());
    bytes.extend(0_u16.to_le_bytes());
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(length.to_le_bytes());
    bytes.extend(data);
    bytes
}

fn read(bytes: &[u8]) -> Result<(WavSpec, Vec<i16>), WavError> {
    let mut reader = WavReader::new();
    let mut samples = Vec::new();
    reader.read(bytes, &mut samples)?;
    Ok((reader.finish()?, samples))
}

#[test]
fn every_encoding_gives_the_same_samples() {
    let float: Vec<u8> = [0.5_f32, -1.5]
        .iter()
        .flat_map(|v| v.to_le_bytes())
        .collect();
    let double: Vec<u8> = [0.5_f64, -1.5]
        .iter()
        .flat_map(|v| v.to_le_bytes())
        .collect();
    for (format, bits, data, expected) in [
        (1, 8, vec![192, 0], [16384, -32768]),
        (1, 16, vec![0, 64, 0, 128], [16384, -32768]),
        (1, 24, vec![9, 0, 64, 9, 0, 128], [16384, -32768]),
        (1, 32, vec![9, 9, 0, 64, 9, 9, 0, 128], [16384, -32768]),
        (3, 32, float, [16384, -32768]),
        (3, 64, double, [16384, -32768]),
        (6, 8, vec![0xd5, 0x55], [8, -8]),
        (7, 8, vec![0xff, 0x00], [0, -32124]),
    ] {
        for length in [data.len() as u32, 0, u32::MAX] {
            let bytes = file(format, bits, 1, &data, length);
            let spec = WavSpec {
                rate: 8000,
                channels: 1,
            };
            assert_eq!(
                read(&bytes),
                Ok((spec, expected.to_vec())),
                "{format}, {bits} bits"
            );
        }
    }
}

#[test]
fn files_that_are_wrong_are_refused() {
    let not_wav = *b"OggS\0\0\0\0WAVE";
    for (bytes, error) in [
        (not_wav.to_vec(), WavError::NotWav),
        (file(1, 16, 1, &[], 0)[..40].to_vec(), WavError::Truncated),
        (Vec::new(), WavError::Truncated),
        (
            file(2, 4, 1, &[], 0),
            WavError::Unsupported { format: 2, bits: 4 },
        ),
        (
            file(1, 16, 0, &[], 0),
            WavError::Invalid("it has no channels or no sample rate"),
        ),
        (
            b"RIFF\0\0\0\0WAVEdata\0\0\0\0".to_vec(),
            WavError::Invalid("samples come before their format"),
        ),
        (
            b"RIFF\0\0\0\0WAVEfmt \xff\xff\xff\xff".to_vec(),
            WavError::Invalid("the format is too long"),
        ),
        (
            b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0\x01\0".to_vec(),
            WavError::Invalid("the format is too short"),
        ),
    ] {
        assert_eq!(read(&bytes).map(|_| ()), Err(error));
    }
}

#[test]
fn channels_are_mixed_to_their_mean() {
    let mut mono = Vec::new();
    mix_to_mono(&[i16::MAX, i16::MAX, -4, 2, 7], 2, &mut mono);
    assert_eq!(mono, [i16::MAX, -1]);
}

proptest! {
    /// Written files are read again in pieces of any size, with the header of the beginning (a
    /// pipe) and of the end (a file).
    #[test]
    fn written_files_are_read_again(
        channels in 1_u16..4,
        groups in 1_usize..500,
        cut in 1_usize..90,
        rate in 1_u32..400_000,
        trailer in any::<bool>(),
        seed: u64,
    ) {
        let spec = WavSpec { rate, channels };
        let samples = noise(groups * usize::from(channels), seed);
        let mut writer = WavWriter::new(spec);
        let mut data = Vec::new();
        let at_first = writer.header();
        for chunk in samples.chunks(100) {
            writer.write(chunk, &mut data);
        }
        for header in [at_first, writer.header()] {
            let mut bytes = [&header[..], &data].concat();
            if trailer && header != at_first {
                bytes.extend(b"LIST\x04\0\0\0abcd");
            }
            let mut reader = WavReader::new();
            let mut read = Vec::new();
            for piece in bytes.chunks(cut) {
                prop_assert_eq!(reader.read(piece, &mut read), Ok(()));
            }
            prop_assert_eq!(reader.finish(), Ok(spec));
            prop_assert_eq!(&read, &samples);
        }
    }

    /// The reader does not panic for any bytes.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..60) {
        let mut damaged = file(1, 24, 2, &bytes, bytes.len() as u32);
        let at = at % damaged.len();
        damaged[at] ^= bytes.first().copied().unwrap_or(1);
        let _ = read(&damaged);
        let _ = read(&bytes);
    }
}
