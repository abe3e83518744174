//! Asking a server for the current epoch of an application.

use std::time::Duration;

use bytes::Bytes;

use crate::bus::{Bus, BusError};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;

/// Returns an application of a server, or the given one, and its current epoch. Only a gateway that
/// reads the application responds.
pub(crate) async fn who(
    bus: &dyn Bus,
    server: &str,
    application: Option<&str>,
    limit: Duration,
) -> Result<Option<(String, String)>, BusError> {
    let subject = subject::who(server, application);
    let header = HeaderWriter::new().finish();
    let response = bus.request(subject, header, Bytes::new(), limit).await?;
    Ok(Header::parse(&response.header).and_then(|header| {
        let application = header.text(field::APPLICATION)?.into_owned();
        Some((application, header.text(field::EPOCH)?.into_owned()))
    }))
}
