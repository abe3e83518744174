// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /asterisk/logging/{logChannelName}`.

use crate::{Client, Error, operations, runtime};

/// Opens a further log destination until it is deleted or Asterisk restarts.
///
/// A level that Asterisk does not know is silently left out. If the file cannot be opened, or the
/// syslog facility is unknown, the answer is 500.
///
/// `POST /asterisk/logging/{logChannelName}`
///
/// Available in Asterisk 13.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `configuration` is missing or empty.
/// - 409: A log channel of this name exists already, from `logger.conf` or from an earlier request.
///   Delete it first to change its levels.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct AddLog<C = ()> {
    pub(crate) client: C,
    pub(super) log_channel_name: String,
    pub(super) configuration: String,
}

impl AddLog {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `log_channel_name`: Name as in `logger.conf`: a file name, relative to Asterisk's log
    ///   directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such
    ///   as `syslog.local0`.
    /// - `configuration`: Levels to log, comma-separated, in the notation of `logger.conf`:
    ///   `error,warning,notice`, also `verbose`, `debug`, `dtmf`, and `*` for all.
    #[inline]
    pub fn new(
        log_channel_name: impl Into<String>,
        configuration: impl Into<String>,
    ) -> Self {
        Self::on((), log_channel_name, configuration)
    }
}

impl<C> AddLog<C> {
    pub(crate) fn on(
        client: C,
        log_channel_name: impl Into<String>,
        configuration: impl Into<String>,
    ) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
            configuration: configuration.into(),
        }
    }
}

impl<C> runtime::ToRequest for AddLog<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::ADD_LOG;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("logChannelName", &self.log_channel_name);
        request.argument("configuration", &self.configuration);
    }
}

impl<C> runtime::TypedRequest for AddLog<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for AddLog<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
