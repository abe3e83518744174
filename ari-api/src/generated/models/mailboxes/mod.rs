// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `mailboxes`.

pub(super) mod mailbox;
pub use self::mailbox::Mailbox;
