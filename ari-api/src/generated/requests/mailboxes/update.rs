// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /mailboxes/{mailboxName}`.

use crate::{Client, Error, operations, runtime};

/// Sets the message counts of a mailbox, and creates the mailbox if needed.
///
/// Both counts replace the former ones. Phones that watch the mailbox are notified; the lamp is lit
/// while there are new messages. The counts outlast a restart.
///
/// `PUT /mailboxes/{mailboxName}`
///
/// Available in Asterisk 12.1.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: The module `res_ari_mailboxes` is not loaded. An unknown name is no error here; the
///   mailbox is created.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Update<C = ()> {
    pub(crate) client: C,
    pub(super) mailbox_name: String,
    pub(super) old_messages: i32,
    pub(super) new_messages: i32,
}

impl Update {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `mailbox_name`: Name of the mailbox, exactly as the phones' configuration refers to it,
    ///   customarily `1000@default`.
    /// - `old_messages`: Number of messages already heard. Not a difference: the total.
    /// - `new_messages`: Number of messages not yet heard. Not a difference: the total. Use 0 to
    ///   turn the lamp off.
    #[inline]
    pub fn new(
        mailbox_name: impl Into<String>,
        old_messages: i32,
        new_messages: i32,
    ) -> Self {
        Self::on((), mailbox_name, old_messages, new_messages)
    }
}

impl<C> Update<C> {
    pub(crate) fn on(
        client: C,
        mailbox_name: impl Into<String>,
        old_messages: i32,
        new_messages: i32,
    ) -> Self {
        Self {
            client,
            mailbox_name: mailbox_name.into(),
            old_messages,
            new_messages,
        }
    }
}

impl<C> runtime::ToRequest for Update<C> {
    const OPERATION: &'static runtime::Operation = &operations::mailboxes::UPDATE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("mailboxName", &self.mailbox_name);
        request.argument("oldMessages", &self.old_messages);
        request.argument("newMessages", &self.new_messages);
    }
}

impl<C> runtime::TypedRequest for Update<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Update<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
