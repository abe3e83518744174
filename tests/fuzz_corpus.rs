//! The functions of the fuzz targets (`fuzz/`) on every file of their corpus, and on mutations of
//! them that are the same in every run. `cargo fuzz` itself needs nightly.

#![cfg(test)]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::Value;

// Panics are how a target reports a fault.
#[allow(unreachable_pub, clippy::expect_used, clippy::panic)]
#[path = "../fuzz/src/lib.rs"]
mod targets;

/// The generator xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        // Short pieces, mostly.
        let longest = 1 << self.below(8);
        start..(start + 1 + self.below(longest)).min(length)
    }
}

/// Bytes that are special in JSON, in HTTP, or in Rust source.
const TOKENS: [&[u8]; 24] = [
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"-1e999",
    b"18446744073709551616",
    b"\\ud800",
    b"\\u0000",
    b"\r\n",
    b"\r\n\r\n",
    b"\n",
    b"\0",
    b"\xff",
    b" ",
    b"`",
    b"*/",
    b"#",
    b"{{",
    b"/../",
];

/// Applies a few random changes, which may take pieces of another input.
fn mutate(random: &mut Random, input: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            bytes.extend_from_slice(other);
        }
        let range = random.range(bytes.len());
        match random.below(7) {
            0 if !range.is_empty() => bytes[range.start] ^= 1 << random.below(8),
            1 => drop(bytes.drain(range)),
            2 => {
                let piece = bytes[range.clone()].to_vec();
                drop(bytes.splice(range.start..range.start, piece));
            }
            3 => {
                let piece = other[random.range(other.len())].to_vec();
                drop(bytes.splice(range, piece));
            }
            4 => bytes.truncate(range.start),
            5 => {
                let token = TOKENS[random.below(TOKENS.len())];
                drop(bytes.splice(range, token.iter().copied()));
            }
            _ => {
                let token = TOKENS[random.below(TOKENS.len())];
                let at = range.start;
                drop(bytes.splice(at..at, token.iter().copied()));
            }
        }
    }
    bytes
}

/// Returns the number of values in a value, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    }
}

/// Returns the value with this number, counted in depth-first order from 0.
fn nth(value: &mut Value, mut number: usize) -> &mut Value {
    if number == 0 {
        return value;
    }
    number -= 1;
    let children: Vec<&mut Value> = match value {
        Value::Array(items) => items.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for child in children {
        let size = size(child);
        if number < size {
            return nth(child, number);
        }
        number -= size;
    }
    unreachable!("the number is smaller than the size");
}

/// Applies a few random changes that leave JSON behind. Values are replaced, removed, or take the
/// place of those in another input.
fn mutate_json(random: &mut Random, input: &Value, other: &Value) -> Vec<u8> {
    let (mut input, mut other) = (input.clone(), other.clone());
    for _ in 0..=random.below(3) {
        let number = random.below(size(&other));
        let donor = nth(&mut other, number).clone();
        let token = String::from_utf8_lossy(TOKENS[random.below(TOKENS.len())]).into_owned();
        let number = random.below(size(&input));
        let index = random.next() as usize;
        match (nth(&mut input, number), random.below(4)) {
            (Value::Array(items), 0) if !items.is_empty() => {
                items.remove(index % items.len());
            }
            (Value::Array(items), 1) => items.push(donor),
            (Value::Object(fields), choice @ 0..2) if !fields.is_empty() => {
                let key = fields.keys().nth(index % fields.len()).cloned().unwrap();
                let value = fields.remove(&key).unwrap();
                if choice == 1 {
                    fields.insert(key + &token, value);
                }
            }
            (Value::String(text), 0..2) => {
                let (at, _) = text.char_indices().nth(index % 8).unwrap_or_default();
                text.insert_str(at, &token);
            }
            (value, 2) => *value = Value::String(token),
            (value, _) => *value = donor,
        }
    }
    input.to_string().into_bytes()
}

/// Calls the target with every file of its corpus, and with this many mutations of each.
fn run(name: &str, target: fn(&[u8]), mutations: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(name);
    let mut corpus: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    corpus.sort();
    assert!(corpus.len() >= 5, "{name}: {} files", corpus.len());
    let json: Vec<Value> = corpus
        .iter()
        .filter_map(|(_, input)| serde_json::from_slice(input).ok())
        .collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut failures = Vec::new();
    let mut check = |origin: String, input: &[u8]| {
        if catch_unwind(AssertUnwindSafe(|| target(input))).is_err() {
            failures.push(format!("{origin}: {}", input.escape_ascii()));
        }
    };
    for (file, input) in &corpus {
        check(file.clone(), input);
        for number in 0..mutations {
            let other = &corpus[random.below(corpus.len())].1;
            let input = mutate(&mut random, input, other);
            check(format!("{file}, mutation {number}"), &input);
        }
    }
    for input in &json {
        for _ in 0..mutations {
            let other = &json[random.below(json.len())];
            let input = mutate_json(&mut random, input, other);
            check("mutated JSON".into(), &input);
        }
    }
    let first: Vec<_> = failures.iter().take(5).map(String::as_str).collect();
    assert!(
        failures.is_empty(),
        "{name}: {} inputs fail, first\n{}",
        failures.len(),
        first.join("\n")
    );
}

#[test]
fn decode_event() {
    run("decode_event", targets::decode_event, 500);
}

#[test]
fn read_spec() {
    run("read_spec", targets::read_spec, 60);
}

#[test]
fn server_handshake() {
    run("server_handshake", targets::server_handshake, 60);
}
