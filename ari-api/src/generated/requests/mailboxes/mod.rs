// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Message-waiting counts for mailboxes that something outside of Asterisk keeps, such as a
//! voicemail system of your own. Setting the counts makes Asterisk notify the phones that watch the
//! mailbox; no messages are stored here. It needs the modules `res_ari_mailboxes` and
//! `res_mwi_external`, which cannot be used together with Asterisk's own `app_voicemail`; without
//! them every operation responds with 404.
//!
//! Asterisk needs the module `res_stasis_mailbox` for it.

mod resource;
mod mailbox_handle;
mod list;
mod get;
mod update;
mod delete;
mod mailbox_operations;
pub use self::resource::Mailboxes;
pub use self::mailbox_handle::MailboxHandle;
pub use self::list::List;
pub use self::get::Get;
pub use self::update::Update;
pub use self::delete::Delete;
