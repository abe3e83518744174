//! The connection settings that programs and the command `ari` share: environment variables, and a
//! configuration file with profiles.
//!
//! [`ConfigLoader`] finds the server and the credentials by the rules of the command. Settings of the
//! program take precedence over the profile that is named, that over the environment, and that over
//! the default profile of the file. A password is only used with the server and the user that it was
//! given for.
//!
//! | variable | value |
//! |---|---|
//! | `ARI_URL` | the URL of ARI, such as `http://localhost:8088/ari`, which is the default |
//! | `ARI_PROFILE` | the name of a profile, instead of `ARI_URL` |
//! | `ARI_USER` | the user in `ari.conf` |
//! | `ARI_PASSWORD` | the password, which is sent only to that server and as that user |
//!
//! Empty variables count as unset. The file is `~/.config/ari/config.toml`, or `config.toml` in the
//! folder `ari` of `XDG_CONFIG_HOME`, or `%APPDATA%\ari\config.toml` on Windows:
//!
//! ```toml
//! default = "office"
//!
//! [profiles.office]
//! url = "https://pbx.example.com:8089/ari"
//! user = "aritest"
//! password_file = "~/.config/ari/office"  # or password = "…"
//! ca_file = "/path/ca.pem"                # trusts a certificate authority of your own
//! ```
//!
//! A file that contains a password is rejected if other users have access to it.

mod error;
mod file;
mod loader;
mod password_file;

#[cfg(test)]
mod tests;

pub use error::ConfigError;
pub use file::{ConfigFile, Profile, default_path};
pub use loader::{ConfigLoader, ConnectionConfig};
pub use password_file::PrivateFile;
