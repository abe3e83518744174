// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `MailboxHandle`.

use super::{Delete, Get, MailboxHandle, Update};
use crate::Client;

impl MailboxHandle {
    /// Returns the message counts of one mailbox.
    ///
    /// `GET /mailboxes/{mailboxName}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.mailbox_name.clone())
    }

    /// Sets the message counts of a mailbox, and creates the mailbox if needed.
    ///
    /// `PUT /mailboxes/{mailboxName}`: see [`Update`].
    #[inline]
    pub fn update(&self, old_messages: i32, new_messages: i32) -> Update<Client> {
        Update::on(
            self.client.clone(),
            self.mailbox_name.clone(),
            old_messages,
            new_messages,
        )
    }

    /// Deletes a mailbox.
    ///
    /// `DELETE /mailboxes/{mailboxName}`: see [`Delete`].
    #[inline]
    pub fn delete(&self) -> Delete<Client> {
        Delete::on(self.client.clone(), self.mailbox_name.clone())
    }
}
