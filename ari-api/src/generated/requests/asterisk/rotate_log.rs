// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /asterisk/logging/{logChannelName}/rotate`.

use crate::{Client, Error, operations, runtime};

/// Rotates one log file: the current file is renamed and a new one begun.
///
/// The setting `rotatestrategy` in `logger.conf` determines the names of old files. Disabled log
/// channels are enabled again on the way. A log channel that was added while Asterisk runs is
/// removed when it is rotated.
///
/// `PUT /asterisk/logging/{logChannelName}/rotate`
///
/// Available in Asterisk 13.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No log file of this name is open. The console and syslog cannot be rotated and end here
///   too.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RotateLog<C = ()> {
    pub(crate) client: C,
    pub(super) log_channel_name: String,
}

impl RotateLog {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `log_channel_name`: Name as in `logger.conf`: a file name, relative to Asterisk's log
    ///   directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such
    ///   as `syslog.local0`.
    #[inline]
    pub fn new(log_channel_name: impl Into<String>) -> Self {
        Self::on((), log_channel_name)
    }
}

impl<C> RotateLog<C> {
    pub(crate) fn on(client: C, log_channel_name: impl Into<String>) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for RotateLog<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::ROTATE_LOG;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("logChannelName", &self.log_channel_name);
    }
}

impl<C> runtime::TypedRequest for RotateLog<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for RotateLog<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
