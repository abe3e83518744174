// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Message-waiting counts for mailboxes that something outside of Asterisk keeps, such as a
//! voicemail system of your own. Setting the counts makes Asterisk notify the phones that watch the
//! mailbox; no messages are stored here. It needs the modules `res_ari_mailboxes` and
//! `res_mwi_external`, which cannot be used together with Asterisk's own `app_voicemail`; without
//! them every operation is answered with 404.
//!
//! Asterisk needs the module `res_stasis_mailbox` for it.

use crate::{Client, Error, models, operations, runtime};

/// Message-waiting counts for mailboxes that something outside of Asterisk keeps, such as a
/// voicemail system of your own. Setting the counts makes Asterisk notify the phones that watch the
/// mailbox; no messages are stored here. It needs the modules `res_ari_mailboxes` and
/// `res_mwi_external`, which cannot be used together with Asterisk's own `app_voicemail`; without
/// them every operation is answered with 404.
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

    /// Returns the message counts of one mailbox.
    ///
    /// `GET /mailboxes/{mailboxName}`: see [`Get`].
    #[inline]
    pub fn get(&self, mailbox_name: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), mailbox_name)
    }

    /// Sets the message counts of a mailbox, and creates the mailbox if needed.
    ///
    /// `PUT /mailboxes/{mailboxName}`: see [`Update`].
    #[inline]
    pub fn update(
        &self,
        mailbox_name: impl Into<String>,
        old_messages: i32,
        new_messages: i32,
    ) -> Update<Client> {
        Update::on(self.client.clone(), mailbox_name, old_messages, new_messages)
    }

    /// Deletes a mailbox.
    ///
    /// `DELETE /mailboxes/{mailboxName}`: see [`Delete`].
    #[inline]
    pub fn delete(&self, mailbox_name: impl Into<String>) -> Delete<Client> {
        Delete::on(self.client.clone(), mailbox_name)
    }
}

/// A mailbox, identified by its `mailboxName`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::mailbox`].
#[derive(Clone, Debug)]
pub struct MailboxHandle {
    pub(crate) client: Client,
    mailbox_name: String,
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

impl models::Mailbox {
    /// Returns the handle of this mailbox, for its operations and events, as [`Client::mailbox`]
    /// does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> MailboxHandle {
        MailboxHandle::new(client.clone(), &self.name)
    }
}

/// Lists the mailboxes whose counts were set from outside, with their counts.
///
/// Mailboxes of `app_voicemail` never appear.
///
/// `GET /mailboxes`
///
/// Available in Asterisk 12.1.0 and later.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct List<C = ()> {
    pub(crate) client: C,
}

impl List {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> List<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for List {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for List<C> {
    const OPERATION: &'static runtime::Operation = &operations::mailboxes::LIST;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Mailbox>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Mailbox>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Mailbox>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Returns the message counts of one mailbox.
///
/// `GET /mailboxes/{mailboxName}`
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
pub struct Get<C = ()> {
    pub(crate) client: C,
    mailbox_name: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `mailbox_name`: Name of the mailbox, exactly as the phones' configuration refers to it,
    ///   customarily `1000@default`.
    #[inline]
    pub fn new(mailbox_name: impl Into<String>) -> Self {
        Self::on((), mailbox_name)
    }
}

impl<C> Get<C> {
    pub(super) fn on(client: C, mailbox_name: impl Into<String>) -> Self {
        Self {
            client,
            mailbox_name: mailbox_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::mailboxes::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("mailboxName", &self.mailbox_name);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Mailbox;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Mailbox, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Mailbox>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

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
    mailbox_name: String,
    old_messages: i32,
    new_messages: i32,
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
    pub(super) fn on(
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
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("mailboxName", &self.mailbox_name);
        encoder.query_param("oldMessages", &self.old_messages);
        encoder.query_param("newMessages", &self.new_messages);
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
    mailbox_name: String,
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
    pub(super) fn on(client: C, mailbox_name: impl Into<String>) -> Self {
        Self {
            client,
            mailbox_name: mailbox_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Delete<C> {
    const OPERATION: &'static runtime::Operation = &operations::mailboxes::DELETE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("mailboxName", &self.mailbox_name);
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
