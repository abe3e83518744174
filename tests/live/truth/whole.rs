//! Requests whose answers are looked at twice, so that nothing of them is lost unnoticed.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use ari_api::Error;
use ari_api::runtime::{Answer, Call, Encode, Encoder, Operation, Request};
use serde::Serialize;
use serde_json::{Value, json};

/// What servers answer although no spec declares it: how good the call sounds, as a score.
const UNDECLARED: &[&str] = &[
    "txmes",
    "rxmes",
    "remote_maxmes",
    "remote_minmes",
    "remote_normdevmes",
    "remote_stdevmes",
    "local_maxmes",
    "local_minmes",
    "local_normdevmes",
    "local_stdevmes",
];

/// A request whose answer, written again, is what arrived.
pub(super) struct Whole<R>(pub(super) R);

impl<R: Encode> Encode for Whole<R> {
    const OPERATION: &'static Operation = R::OPERATION;

    fn encode(&self, encoder: &mut Encoder) {
        self.0.encode(encoder);
    }

    fn call(&self) -> Result<Call, Error> {
        self.0.call()
    }
}

impl<R: Request> Request for Whole<R>
where
    R::Output: Serialize,
{
    type Output = R::Output;

    /// # Panics
    ///
    /// If any key or value is missing or different, unless no spec declares it; also if a list is
    /// empty, which shows nothing of what it should hold.
    fn read(answer: Answer) -> Result<Self::Output, Error> {
        let (status, version) = (answer.status, answer.version);
        let mut body = pin!(answer.body.bytes());
        let Poll::Ready(body) = body.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("{}: the body is still arriving", R::OPERATION);
        };
        let body = body?;
        let output = R::read(Answer::new(status, body.clone()).from_version(version))?;
        // Nothing, for operations that answer nothing.
        let mut arrived: Value = match body.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&body).unwrap(),
        };
        if let (Value::Object(arrived), "rtpStatistics") = (&mut arrived, R::OPERATION.nickname) {
            arrived.retain(|name, _| !UNDECLARED.contains(&name.as_str()));
        }
        assert_ne!(arrived, json!([]), "{}: nothing was decoded", R::OPERATION);
        let written = serde_json::to_value(&output).unwrap();
        assert_eq!(written, arrived, "{}", R::OPERATION);
        Ok(output)
    }
}
