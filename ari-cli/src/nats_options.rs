//! The options for the connection to NATS.

use std::fmt;
use std::path::PathBuf;

use ari_cluster::{Cluster, ClusterBuilder};
use clap::Args;

use crate::error::{CliError, ErrorKind};
use crate::signals::Signals;

/// The connection to NATS.
#[derive(Args, Clone)]
pub(crate) struct NatsOptions {
    /// Addresses of NATS servers, separated by commas, with a user and a password, or a token, such as
    /// nats://USER:PASSWORD@HOST. Processes of other users can read options, so use the variable then.
    #[arg(
        long,
        env = "ARI_NATS",
        default_value = "nats://127.0.0.1:4222",
        hide_env_values = true
    )]
    nats: String,
    /// File with the credentials for NATS.
    #[arg(long, value_name = "FILE")]
    nats_credentials: Option<PathBuf>,
    /// PEM file with the certificates that the NATS servers are checked with.
    #[arg(long, value_name = "FILE")]
    nats_ca_file: Option<PathBuf>,
    /// Prefix of the subjects for responses that the user of NATS may use, such as _INBOX.supervisor.
    #[arg(long, value_name = "PREFIX")]
    nats_inbox: Option<String>,
}

impl fmt::Debug for NatsOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address can contain a password.
        f.debug_struct("NatsOptions").finish_non_exhaustive()
    }
}

impl NatsOptions {
    /// Connects to NATS.
    pub(crate) async fn connect(
        &self,
        name: &str,
        signals: &mut Signals,
    ) -> Result<Cluster, CliError> {
        self.connect_with(self.builder(name), signals).await
    }

    /// Connects to NATS, as soon as it can be reached.
    pub(crate) async fn wait_and_connect(
        &self,
        name: &str,
        signals: &mut Signals,
    ) -> Result<Cluster, CliError> {
        let builder = self.builder(name).retry_on_initial_connect();
        self.connect_with(builder, signals).await
    }

    fn builder(&self, name: &str) -> ClusterBuilder {
        let mut builder = Cluster::builder(&self.nats).name(name);
        if let Some(path) = &self.nats_credentials {
            builder = builder.credentials_file(path);
        }
        if let Some(path) = &self.nats_ca_file {
            builder = builder.ca_file(path);
        }
        if let Some(prefix) = &self.nats_inbox {
            builder = builder.inbox_prefix(prefix);
        }
        builder
    }

    async fn connect_with(
        &self,
        builder: ClusterBuilder,
        signals: &mut Signals,
    ) -> Result<Cluster, CliError> {
        let connecting = async {
            let connected = builder.connect().await;
            connected.map_err(|error| CliError::new(ErrorKind::NotSent, error.to_string()))
        };
        signals.run_until_signal(connecting).await
    }
}
