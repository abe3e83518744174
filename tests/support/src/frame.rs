//! WebSocket frames, byte by byte.

use std::io::{self, Read};

/// Frame opcodes.
pub mod opcode {
    /// Continues a message.
    pub const CONTINUATION: u8 = 0;
    /// Begins a message of text.
    pub const TEXT: u8 = 1;
    /// Begins a message of bytes.
    pub const BINARY: u8 = 2;
    /// Closes the WebSocket.
    pub const CLOSE: u8 = 8;
    /// Asks for a pong.
    pub const PING: u8 = 9;
    /// Responds to a ping.
    pub const PONG: u8 = 10;
}

/// Returns a frame as a server sends it: without a mask.
pub fn encode(last: bool, opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = head(last, opcode, payload.len(), 0);
    bytes.extend(payload);
    bytes
}

/// Returns a frame as a client sends it. The mask is zero, which changes nothing.
pub fn encode_masked(last: bool, opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = head(last, opcode, payload.len(), 0x80);
    bytes.extend([0; 4]);
    bytes.extend(payload);
    bytes
}

fn head(last: bool, opcode: u8, length: usize, masked: u8) -> Vec<u8> {
    let mut bytes = vec![u8::from(last) << 7 | opcode];
    match length {
        short @ 0..126 => bytes.push(masked | short as u8),
        medium @ 126..0x1_0000 => {
            bytes.push(masked | 126);
            bytes.extend((medium as u16).to_be_bytes());
        }
        long => {
            bytes.push(masked | 127);
            bytes.extend((long as u64).to_be_bytes());
        }
    }
    bytes
}

/// Reads a frame of a client: returns its opcode, and its payload without the mask.
///
/// # Errors
///
/// Returns the error of the connection, and one if the connection ends.
///
/// # Panics
///
/// Panics if the frame has no mask.
pub fn read_masked(reader: &mut impl Read) -> io::Result<(u8, Vec<u8>)> {
    let [first, second] = read_bytes(reader)?;
    let length = match second & 0x7f {
        126 => u16::from_be_bytes(read_bytes(reader)?).into(),
        127 => u64::from_be_bytes(read_bytes(reader)?) as usize,
        short => short.into(),
    };
    assert_ne!(second & 0x80, 0, "clients mask their frames");
    let mask: [u8; 4] = read_bytes(reader)?;
    let mut payload = vec![0; length];
    reader.read_exact(&mut payload)?;
    for (index, byte) in payload.iter_mut().enumerate() {
        *byte ^= mask[index % 4];
    }
    Ok((first & 0x0f, payload))
}

fn read_bytes<const N: usize>(reader: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}
