//! Requests whose responses are decoded twice, so that no loss of data goes unnoticed.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use ari_api::Error;
use ari_api::client::{ToRequest, TypedRequest};
use ari_api::schema::Operation;
use ari_api::transport::{Request, RequestEncoder, Response};
use serde::Serialize;
use serde_json::{Value, json};

/// Response fields that no spec declares: scores of the call's audio quality.
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

/// A request whose response is encoded again and compared with the original text.
pub(super) struct CompleteResponse<R>(pub(super) R);

impl<R: ToRequest> ToRequest for CompleteResponse<R> {
    const OPERATION: &'static Operation = R::OPERATION;

    fn encode(&self, encoder: &mut RequestEncoder) {
        self.0.encode(encoder);
    }

    fn to_request(&self) -> Result<Request, Error> {
        self.0.to_request()
    }
}

impl<R: TypedRequest> TypedRequest for CompleteResponse<R>
where
    R::Output: Serialize,
{
    type Output = R::Output;

    /// # Panics
    ///
    /// Panics if any key or value is missing or different, unless no spec declares it, and if a
    /// list is empty, because an empty list does not show the type of its items.
    fn decode(answer: Response) -> Result<Self::Output, Error> {
        let (status, version) = (answer.status, answer.version);
        let mut body = pin!(answer.body.bytes());
        let Poll::Ready(body) = body.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("{}: the body is still arriving", R::OPERATION);
        };
        let body = body?;
        let output = R::decode(Response::new(status, body.clone()).with_version(version))?;
        // `null` for operations without a response body.
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
