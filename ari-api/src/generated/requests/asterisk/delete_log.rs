// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /asterisk/logging/{logChannelName}`.

use crate::{Client, Error, operations, runtime};

/// Closes a log destination that was added while Asterisk runs.
///
/// The file itself stays on disk.
///
/// `DELETE /asterisk/logging/{logChannelName}`
///
/// Available in Asterisk 13.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No log channel of this name was added while Asterisk runs. Current releases refuse in the
///   same way to remove one that comes from `logger.conf`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct DeleteLog<C = ()> {
    pub(crate) client: C,
    pub(super) log_channel_name: String,
}

impl DeleteLog {
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

impl<C> DeleteLog<C> {
    pub(crate) fn on(client: C, log_channel_name: impl Into<String>) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for DeleteLog<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::DELETE_LOG;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("logChannelName", &self.log_channel_name);
    }
}

impl<C> runtime::TypedRequest for DeleteLog<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for DeleteLog<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
