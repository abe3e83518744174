// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `mailboxes` that no handle has.

use super::List;
use crate::Client;

/// Message-waiting counts for mailboxes that something outside of Asterisk keeps, such as a
/// voicemail system of your own. Setting the counts makes Asterisk notify the phones that watch the
/// mailbox; no messages are stored here. It needs the modules `res_ari_mailboxes` and
/// `res_mwi_external`, which cannot be used together with Asterisk's own `app_voicemail`; without
/// them every operation responds with 404.
///
/// Returned by [`Client::mailboxes`].
#[derive(Clone, Debug)]
pub struct Mailboxes {
    client: Client,
}

impl Mailboxes {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the mailboxes whose counts were set from outside, with their counts.
    ///
    /// `GET /mailboxes`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }
}
