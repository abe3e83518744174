// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /mailboxes/{mailboxName}`.

use crate::{Client, Error, operations, runtime};

/// Deletes a mailbox.
///
/// If messages were counted, subscribed phones are first notified that there are none.
///
/// `DELETE /mailboxes/{mailboxName}`
///
/// Available in Asterisk 12.1.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No mailbox of this name has been set. The `message` is `Resource not found` when the
///   module `res_ari_mailboxes` is not loaded.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Delete<C = ()> {
    pub(crate) client: C,
    pub(super) mailbox_name: String,
}

impl Delete {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `mailbox_name`: Name of the mailbox, exactly as the phones' configuration refers to it,
    ///   customarily `1000@default`.
    #[inline]
    pub fn new(mailbox_name: impl Into<String>) -> Self {
        Self::on((), mailbox_name)
    }
}

impl<C> Delete<C> {
    pub(crate) fn on(client: C, mailbox_name: impl Into<String>) -> Self {
        Self {
            client,
            mailbox_name: mailbox_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Delete<C> {
    const OPERATION: &'static runtime::Operation = &operations::mailboxes::DELETE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("mailboxName", &self.mailbox_name);
    }
}

impl<C> runtime::TypedRequest for Delete<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Delete<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
