//! Making the connection of a command.

use std::time::Duration;

use ari_api::runtime::ClientBuilder;

use crate::failure::Failure;
use crate::seen::{Link, SeenClient};
use crate::settings::{Global, Settings};

/// The connection that the options ask for. Nothing is sent yet.
pub(crate) fn open(global: &Global) -> Result<Link, Failure> {
    build(&Settings::find(global)?, global)
}

pub(crate) fn build(settings: &Settings, global: &Global) -> Result<Link, Failure> {
    let mut builder = ClientBuilder::<SeenClient>::new(&settings.url)
        .credentials(&settings.user, settings.password.as_str());
    if let Some(file) = &settings.ca_file {
        builder = builder.ca_file(file);
    }
    if let Some(seconds) = global.within {
        let limit = Duration::from_secs(seconds.into());
        builder = builder
            .timeout(limit)
            .connect_timeout(limit.min(Duration::from_secs(10)));
    }
    Ok(builder.build()?.0)
}
