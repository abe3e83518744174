//! Decoding of response bodies: JSON, empty, and bytes.

use serde::de::DeserializeOwned;
use serde_json::de::StrRead;
use serde_json::{Deserializer, Map, Value};

use crate::error::types::{DecodeError, Error};
use crate::json::{self, JsonError};
use crate::response::body::{Response, ResponseBody};
use crate::response::model::{Model, decode_model_into};
use crate::schema::operation::{Operation, Version};

/// Decodes a JSON body.
///
/// # Errors
/// Returns the errors listed at [`TypedRequest::decode`](crate::request::typed_request::TypedRequest::decode).
pub fn decode_json<T: DeserializeOwned>(
    operation: &'static Operation,
    response: Response,
) -> Result<T, Error> {
    let body = into_success_body(operation, response)?.into_bytes();
    match json::from_slice(&body) {
        Ok(value) => Ok(value),
        Err(source) => Err(response_decode_error(operation, &body, source)),
    }
}

/// Decodes a JSON body, or a property of it that has the expected type. Some point releases wrap
/// the response of an operation in an object.
///
/// # Errors
/// Returns the errors listed at [`TypedRequest::decode`](crate::request::typed_request::TypedRequest::decode).
pub fn decode_json_or_field<T: DeserializeOwned>(
    operation: &'static Operation,
    response: Response,
    property: &str,
) -> Result<T, Error> {
    let body = into_success_body(operation, response)?.into_bytes();
    let source = match json::from_slice(&body) {
        Ok(value) => return Ok(value),
        Err(source) => source,
    };
    let members = json::from_slice::<Map<String, Value>>(&body).ok();
    let within = members.and_then(|mut members| members.remove(property));
    match within.map(|within| json::from_str(&within.to_string())) {
        Some(Ok(value)) => Ok(value),
        _ => Err(response_decode_error(operation, &body, source)),
    }
}

#[cold]
fn response_decode_error(operation: &'static Operation, body: &[u8], source: JsonError) -> Error {
    Error::Decode(Box::new(DecodeError::new(
        format!("the response of {operation}"),
        String::from_utf8_lossy(body).into_owned(),
        source,
    )))
}

/// Decodes the version in a response to `GET /asterisk/info`, such as `22.10.1~dfsg`. `None` if the
/// version names no release, such as `GIT-master-1a2b3c`.
pub(crate) fn decode_version(
    operation: &'static Operation,
    response: Response,
) -> Result<Option<Version>, Error> {
    #[derive(Default)]
    struct Info {
        system: System,
    }
    crate::__model!(Info = named("Info"), system = required("system"));
    #[derive(Default)]
    struct System {
        version: String,
    }
    crate::__model!(System = named("System"), version = required("version"));
    let version = decode_json::<Info>(operation, response)?.system.version;
    Ok(Version::from_server_header(&format!("Asterisk/{version}")))
}

/// Checks the status and ignores the body.
///
/// # Errors
/// Returns the errors listed at [`TypedRequest::decode`](crate::request::typed_request::TypedRequest::decode).
pub fn decode_empty(operation: &'static Operation, response: Response) -> Result<(), Error> {
    into_success_body(operation, response).map(|_| ())
}

/// Returns the body as a stream of bytes.
///
/// # Errors
/// Returns the errors listed at [`TypedRequest::decode`](crate::request::typed_request::TypedRequest::decode).
pub fn decode_stream(
    operation: &'static Operation,
    response: Response,
) -> Result<ResponseBody, Error> {
    into_success_body(operation, response)
}

/// A model of any type that is read from text. The caller of [`decode_text_into`] is generic, so
/// this is the only part of it that is compiled for each model.
pub(crate) trait TextModel {
    /// Reads the model, whose fields have their default values.
    fn read_text(&mut self, text: &mut Deserializer<StrRead<'_>>) -> serde_json::Result<()>;
}

impl<T: Model> TextModel for T {
    fn read_text(&mut self, text: &mut Deserializer<StrRead<'_>>) -> serde_json::Result<()> {
        decode_model_into(self, text)
    }
}

/// Decodes a whole text into a model, whose fields have their default values.
pub(crate) fn decode_text_into(place: &mut dyn TextModel, text: &str) -> Result<(), JsonError> {
    let mut deserializer = Deserializer::from_str(text);
    let mut result = place.read_text(&mut deserializer);
    if result.is_ok() {
        result = deserializer.end();
    }
    match result {
        Ok(()) => Ok(()),
        Err(error) => Err(JsonError::from_serde(&error, text)),
    }
}

fn into_success_body(
    operation: &'static Operation,
    response: Response,
) -> Result<ResponseBody, Error> {
    if (200..300).contains(&response.status) {
        return Ok(response.body);
    }
    Err(Error::Response(Box::new(response.into_refusal(operation))))
}
