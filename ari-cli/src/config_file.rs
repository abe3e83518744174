//! The help text about the configuration file, which the library reads.

/// The help text about the file.
pub(crate) const HELP: &str = r#"Profiles are in the file that --config names (~/.config/ari/config.toml, on Windows
%APPDATA%\ari\config.toml). If it contains a password, only its owner may have access to it:
  default = "office"

  [profiles.office]
  url = "https://pbx.example.com:8089/ari"
  user = "aritest"
  password = "…"          # or password_file = "~/path"
  ca_file = "/path/ca.pem"  # to trust a certificate authority of your own"#;
