//! Reading answers: of JSON, of nothing, and of bytes.

use serde::de::DeserializeOwned;

use super::{Answer, DecodeError, Download, Error, Operation, Refusal};

/// Reads a body of JSON.
///
/// # Errors
/// See [`Request::read`](super::Request::read).
pub fn read_json<T: DeserializeOwned>(
    operation: &'static Operation,
    answer: Answer,
) -> Result<T, Error> {
    let body = success(operation, answer)?.into_bytes();
    serde_json::from_slice(&body).map_err(|source| {
        let raw = String::from_utf8_lossy(&body).into_owned();
        Error::Decode(DecodeError::new(
            format!("the answer of {operation}"),
            raw,
            source,
        ))
    })
}

/// Reads an empty body. Whatever it holds is of no interest.
///
/// # Errors
/// See [`Request::read`](super::Request::read).
pub fn read_nothing(operation: &'static Operation, answer: Answer) -> Result<(), Error> {
    success(operation, answer).map(|_| ())
}

/// Hands out a body of bytes.
///
/// # Errors
/// See [`Request::read`](super::Request::read).
pub fn read_download(operation: &'static Operation, answer: Answer) -> Result<Download, Error> {
    success(operation, answer)
}

fn success(operation: &'static Operation, answer: Answer) -> Result<Download, Error> {
    let status = answer.status;
    if (200..300).contains(&status) {
        return Ok(answer.body);
    }
    Err(Error::Refused(Box::new(Refusal::new(
        operation,
        status,
        answer.body.into_bytes(),
    ))))
}
