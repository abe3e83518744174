// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A mailbox, by its id.

use crate::{Client, models};

/// A mailbox, identified by its `mailboxName`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::mailbox`].
#[derive(Clone, Debug)]
pub struct MailboxHandle {
    pub(crate) client: Client,
    pub(super) mailbox_name: String,
}

impl MailboxHandle {
    pub(crate) fn new(client: Client, mailbox_name: impl Into<String>) -> Self {
        Self {
            client,
            mailbox_name: mailbox_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `mailboxName` of this handle.
    #[inline]
    pub fn mailbox_name(&self) -> &str {
        &self.mailbox_name
    }
}

impl models::Mailbox {
    /// Returns the handle of this mailbox, for its operations and events, as [`Client::mailbox`]
    /// does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> MailboxHandle {
        MailboxHandle::new(client.clone(), &self.name)
    }
}
