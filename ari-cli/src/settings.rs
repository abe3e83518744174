//! Whom to talk to: options, environment, profiles, and the order in which they count.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use ari_api::operations::RELEASES;
use clap::Args;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use zeroize::Zeroizing;

use crate::configuration::{self, Configuration, Profile};
use crate::failure::Failure;
use crate::secret;

const LOCAL: &str = "http://localhost:8088/ari";

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub(crate) struct Global {
    /// Address of Asterisk's ARI, http://localhost:8088/ari unless given; or ARI_URL.
    #[arg(long, global = true, value_name = "URL", conflicts_with = "profile", help_heading = CONNECTION)]
    pub(crate) url: Option<String>,
    /// User of ari.conf; or ARI_USER. The password comes from ARI_PASSWORD, --password-file, the
    /// profile, or is asked for.
    #[arg(long, global = true, value_name = "NAME", help_heading = CONNECTION)]
    pub(crate) user: Option<String>,
    /// File whose first line is the password, which only its owner may read; - for the standard
    /// input.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) password_file: Option<PathBuf>,
    /// Profile of the configuration file; or ARI_PROFILE.
    #[arg(long, global = true, value_name = "NAME", help_heading = CONNECTION)]
    pub(crate) profile: Option<String>,
    /// Configuration file.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) config: Option<PathBuf>,
    /// PEM file of a certificate authority to trust besides the platform's.
    #[arg(long, global = true, value_name = "FILE", help_heading = CONNECTION)]
    pub(crate) ca_file: Option<PathBuf>,
    /// Seconds that an answer may take, 120 unless given.
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..), help_heading = CONNECTION)]
    pub(crate) within: Option<u32>,
    /// Refuse what this release of Asterisk lacks, and leave it out of the help.
    #[arg(long, global = true, value_name = "NUMBER", value_parser = releases(), hide_possible_values = true, help_heading = CONNECTION)]
    pub(crate) release: Option<u16>,
    /// Print JSON, for programs.
    #[arg(long, global = true, help_heading = OUTPUT)]
    pub(crate) json: bool,
    /// Print only these fields: id,caller.number.
    #[arg(long, global = true, value_name = "FIELDS", value_delimiter = ',', help_heading = OUTPUT)]
    pub(crate) fields: Vec<String>,
}

const CONNECTION: &str = "Connection";
const OUTPUT: &str = "Output";

fn releases() -> impl clap::builder::TypedValueParser<Value = u16> {
    let known = RELEASES.iter().map(ToString::to_string);
    PossibleValuesParser::new(known.map(clap::builder::PossibleValue::new))
        .try_map(|text| text.parse::<u16>())
}

/// A server and how to log in.
pub(crate) struct Settings {
    pub(crate) url: String,
    pub(crate) user: String,
    pub(crate) password: Zeroizing<String>,
    pub(crate) ca_file: Option<PathBuf>,
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What is given beside the profiles.
fn given_url(global: &Global) -> Option<String> {
    global.url.clone().or_else(|| environment("ARI_URL"))
}

impl Settings {
    /// Options count before the profile that they name, that before the environment, and that
    /// before the default profile. A password never goes to another server or another user than
    /// the one that it stands beside.
    pub(crate) fn find(global: &Global) -> Result<Self, Failure> {
        let named = match (&global.profile, &global.url) {
            (Some(name), _) => Some(name.clone()),
            (None, None) => environment("ARI_PROFILE"),
            (None, Some(_)) => None,
        };
        let profile = match (named, given_url(global)) {
            (Some(name), _) => Some(profile(global, Some(&name))?),
            (None, Some(url)) => Some(Profile {
                url,
                ..Profile::default()
            }),
            (None, None) => None,
        };
        let profile = match profile {
            Some(profile) => profile,
            None => profile_by_default(global)?,
        };
        let user = global.user.clone().or_else(|| profile.user.clone());
        let user = user.or_else(|| environment("ARI_USER")).ok_or_else(|| {
            Failure::usage(
                "no user is given: set --user or ARI_USER to one of ari.conf, or write a profile",
            )
        })?;
        // A profile without a user says nothing about whose password it holds.
        let own = profile.user.as_ref().is_none_or(|own| *own == user);
        let password = if let Some(file) = &global.password_file {
            secret::password(file)?
        } else if let Some(password) = profile.password.filter(|_| own) {
            password
        } else if let Some(file) = profile.password_file.filter(|_| own) {
            secret::password(&file)?
        } else if let Ok(password) = std::env::var("ARI_PASSWORD") {
            Zeroizing::new(password)
        } else {
            ask(&user, &profile.url)?
        };
        Ok(Settings {
            url: profile.url,
            user,
            password,
            ca_file: global.ca_file.clone().or(profile.ca_file),
        })
    }
}

/// The default profile, or else the local server.
fn profile_by_default(global: &Global) -> Result<Profile, Failure> {
    profile(global, None)
}

fn profile(global: &Global, name: Option<&str>) -> Result<Profile, Failure> {
    let place = global.config.clone().or_else(configuration::place);
    let shown = place.as_ref().map(|place| place.display().to_string());
    let shown = shown.unwrap_or_default();
    let found = match &place {
        Some(place) => configuration::read(place)?,
        None => None,
    };
    if found.is_none() && global.config.is_some() {
        return Err(Failure::usage(format!("there is no file {shown}")));
    }
    let Configuration {
        default,
        mut profiles,
    } = found.unwrap_or(Configuration {
        default: None,
        profiles: Default::default(),
    });
    let Some(name) = name.map(str::to_owned).or(default) else {
        return Ok(Profile {
            url: LOCAL.to_owned(),
            ..Profile::default()
        });
    };
    profiles.remove(&name).ok_or_else(|| {
        let names: Vec<_> = profiles.into_keys().collect();
        Failure::usage(format!(
            "{shown} has no profile {name:?}, only: {}",
            names.join(", ")
        ))
    })
}

fn ask(user: &str, url: &str) -> Result<Zeroizing<String>, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Failure::usage(format!(
            "no password for the user {user:?}: set ARI_PASSWORD or --password-file, or write a \
             profile"
        )));
    }
    let password = rpassword::prompt_password(format!("Password of {user} at {url}: "));
    password
        .map(Zeroizing::new)
        .map_err(|error| Failure::usage(format!("cannot ask for the password: {error}")))
}
