//! The state that all requests of the page share.

use std::sync::Arc;

use ari_api::schema::Version;
use serde_json::{Value, json};

use super::document::Document;
use super::hub::Hub;
use super::recent::Recent;
use super::registered::Applications;
use super::security::Security;
use super::snippets::Target;
use crate::event::CommandConnection;
use crate::global_options::GlobalOptions;
use crate::own_objects::OwnObjects;

/// The state of the command.
pub(super) struct Explorer {
    pub(super) security: Security,
    pub(super) global: GlobalOptions,
    pub(super) connection: CommandConnection,
    /// The URL of the server, without a slash at its end.
    pub(super) url: String,
    /// The server in the texts that are copied.
    pub(super) target: Target,
    pub(super) user: String,
    /// The version at the start of the command.
    pub(super) version: Option<Version>,
    pub(super) is_read_only: bool,
    /// The name of the temporary application that receives everything, if there is one.
    pub(super) temp_app: Option<String>,
    pub(super) document: Document,
    pub(super) hub: Hub,
    pub(super) applications: Applications,
    pub(super) own_objects: Arc<OwnObjects>,
    pub(super) recent: Recent,
}

impl Explorer {
    /// Returns the description of the server for the page.
    pub(super) fn describe_server(&self) -> Value {
        let version = self.connection.server_version().or(self.version);
        json!({
            "url": self.url,
            "user": self.user,
            "version": version.map(|version| version.to_string()),
            "release": version.map(|version| version.major.to_string()),
            "readOnly": self.is_read_only,
            "application": self.temp_app,
        })
    }
}
