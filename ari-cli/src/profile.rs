//! `ari profile`: the profiles of the configuration file.

use std::path::{Path, PathBuf};

use ari_api::client::ClientBuilder;
use ari_api::config::{self, ConfigFile, PrivateFile, Profile};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use toml_edit::{DocumentMut, Item, Table, TableLike, value};
use zeroize::Zeroizing;

use crate::atomic_file::AtomicFile;
use crate::connection_options::{prompt_password, read_password};
use crate::error::CliError;
use crate::event::CommandClient;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::terminal::print_note;

/// The fields of a profile. The password is only named, never printed.
const FIELDS: [&str; 6] = ["name", "url", "user", "password", "ca_file", "default"];

/// List, add, choose and remove the profiles of servers in the configuration file.
///
/// Comments and unknown keys of the file stay as they are. The file is replaced as a whole, and only
/// its owner has access to it.
#[derive(Args, Clone, Debug)]
#[command(arg_required_else_help = true)]
pub(crate) struct ProfileArguments {
    #[command(subcommand)]
    command: ProfileCommand,
}

#[derive(Clone, Debug, Subcommand)]
enum ProfileCommand {
    /// List the profiles, without passwords.
    List,
    /// Print a profile, without its password.
    Show {
        /// Name of the profile; defaults to the default profile.
        name: Option<String>,
    },
    /// Add a profile for the server of --url.
    ///
    /// --user, --ca-file and --password-file are stored in it. The password is prompted for if
    /// --password-file is not given. `--password-file -` reads it from the standard input, and stores
    /// it in the configuration file.
    Add(Add),
    /// Make a profile the default, which is used if neither a URL nor a profile is given.
    Use {
        /// Name of the profile.
        name: String,
    },
    /// Remove a profile.
    Remove {
        /// Name of the profile.
        name: String,
    },
}

#[derive(Args, Clone, Debug)]
struct Add {
    /// Name of the profile.
    name: String,
    /// Replace the profile if it exists.
    #[arg(long)]
    force: bool,
    /// Make it the default profile.
    #[arg(long)]
    default: bool,
    /// Store no password: it comes from ARI_PASSWORD or --password-file at each use.
    #[arg(long, conflicts_with = "password_file")]
    no_password: bool,
}

pub(crate) fn run(arguments: &ProfileArguments, global: &GlobalOptions) -> Result<(), CliError> {
    let path = global.config.clone().or_else(config::default_path);
    let path = path
        .ok_or_else(|| CliError::usage("the user has no home folder: give the file by --config"))?;
    match &arguments.command {
        ProfileCommand::List => list(&path, global),
        ProfileCommand::Show { name } => show(&path, name.as_deref(), global),
        ProfileCommand::Add(add) => self::add(&path, add, global),
        ProfileCommand::Use { name } => {
            let mut file = EditedFile::read(&path)?;
            file.profile(name)?;
            set_text(file.document.as_table_mut(), "default", name);
            file.write()
        }
        ProfileCommand::Remove { name } => remove(&path, name),
    }
}

fn list(path: &Path, global: &GlobalOptions) -> Result<(), CliError> {
    let output = Output::for_fields(global, &FIELDS)?;
    let file = ConfigFile::read(path)?.unwrap_or_default();
    let rows = file.profiles.iter();
    let rows = rows.map(|(name, profile)| describe(name, profile, file.default.as_deref()));
    output.print(&rows.collect())
}

fn show(path: &Path, name: Option<&str>, global: &GlobalOptions) -> Result<(), CliError> {
    let output = Output::for_fields(global, &FIELDS)?;
    let file = ConfigFile::read(path)?.unwrap_or_default();
    let name = name.or(file.default.as_deref()).ok_or_else(|| {
        CliError::usage(format!(
            "{} has no default profile: give a name",
            path.display()
        ))
    })?;
    let profile = file
        .profiles
        .get(name)
        .ok_or_else(|| unknown_profile(path, name, file.profiles.keys().map(String::as_str)))?;
    output.print(&describe(name, profile, file.default.as_deref()))
}

/// Returns a profile as JSON, with the place of the password instead of the password.
fn describe(name: &str, profile: &Profile, default: Option<&str>) -> Value {
    let password = match (&profile.password, &profile.password_file) {
        (Some(_), _) => "stored".to_owned(),
        (None, Some(file)) => format!("in {}", file.display()),
        (None, None) => "none".to_owned(),
    };
    json!({
        "name": name,
        "url": profile.url,
        "user": profile.user,
        "password": password,
        "ca_file": profile.ca_file,
        "default": default == Some(name),
    })
}

fn add(path: &Path, add: &Add, global: &GlobalOptions) -> Result<(), CliError> {
    let url = global.url.as_deref().ok_or_else(|| {
        CliError::usage("no server: give --url, such as --url http://localhost:8088/ari")
    })?;
    if add.name.is_empty() {
        return Err(CliError::usage("the name of the profile is empty"));
    }
    // An invalid URL, or one that contains credentials, is an error before anything is asked for.
    ClientBuilder::<CommandClient>::new(url).build()?;
    let mut file = EditedFile::read(path)?;
    if file.profile(&add.name).is_ok() && !add.force {
        return Err(CliError::usage(format!(
            "the profile {:?} exists in {}: give another name, or --force to replace it",
            add.name,
            path.display()
        )));
    }
    let (password, password_file) = password(add, url, global)?;
    let profile = file.profile_or_new(&add.name)?;
    let ca_file = global.ca_file.as_deref().map(absolute).transpose()?;
    for (key, text) in [
        ("url", Some(url)),
        ("user", global.user.as_deref()),
        ("password", password.as_ref().map(|text| text.as_str())),
        ("password_file", password_file.as_deref()),
        ("ca_file", ca_file.as_deref()),
    ] {
        match text {
            Some(text) => set_text(profile, key, text),
            None => drop(profile.remove(key)),
        }
    }
    if add.default {
        set_text(file.document.as_table_mut(), "default", &add.name);
    }
    file.write()?;
    if !add.default && file.default() != Some(&add.name) {
        print_note(format!(
            "`ari profile use {}` makes it the default",
            add.name
        ));
    }
    Ok(())
}

/// A password to store, or the path of the file that has it.
type StoredPassword = (Option<Zeroizing<String>>, Option<String>);

fn password(add: &Add, url: &str, global: &GlobalOptions) -> Result<StoredPassword, CliError> {
    let user = global.user.as_deref().unwrap_or("any user");
    match &global.password_file {
        _ if add.no_password => Ok((None, None)),
        Some(file) if file == Path::new("-") => Ok((Some(read_password(file)?), None)),
        Some(file) => {
            // A file that will be refused at each use is refused now.
            read_password(file)?;
            Ok((None, Some(absolute(file)?)))
        }
        None => {
            let missing = CliError::usage(
                "no password: give --password-file FILE, --password-file - for the standard input, \
                 or --no-password",
            );
            Ok((Some(prompt_password(user, url, missing)?), None))
        }
    }
}

/// Returns an absolute path as text, because the file is used from any folder.
fn absolute(path: &Path) -> Result<String, CliError> {
    let path = std::path::absolute(path)
        .map_err(|error| CliError::usage(format!("invalid path {}: {error}", path.display())))?;
    path.into_os_string().into_string().map_err(|path| {
        CliError::usage(format!(
            "the path {} is not UTF-8, which a configuration file cannot hold",
            PathBuf::from(path).display()
        ))
    })
}

fn remove(path: &Path, name: &str) -> Result<(), CliError> {
    let mut file = EditedFile::read(path)?;
    file.profile(name)?;
    if let Some(profiles) = file.profiles() {
        profiles.remove(name);
    }
    if file.default() == Some(name) {
        file.document.remove("default");
        print_note("there is no default profile any more");
    }
    file.write()
}

/// The configuration file while it is changed.
struct EditedFile {
    path: PathBuf,
    document: DocumentMut,
}

impl EditedFile {
    /// Reads the file. One that does not exist counts as empty.
    fn read(path: &Path) -> Result<Self, CliError> {
        let found = PrivateFile::read(path)?;
        let text = found.as_ref().map_or("", PrivateFile::text);
        // The parser's full message quotes the line, which can contain a password.
        let document = text.parse::<DocumentMut>().map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.unwrap_or_default().matches('\n').count() + 1;
            CliError::usage(format!(
                "{}, line {line}: {}; nothing was changed",
                path.display(),
                error.message()
            ))
        })?;
        Ok(EditedFile {
            path: path.to_owned(),
            document,
        })
    }

    fn default(&self) -> Option<&str> {
        self.document.get("default").and_then(Item::as_str)
    }

    fn profiles(&mut self) -> Option<&mut dyn TableLike> {
        let profiles = self.document.get_mut("profiles");
        profiles.and_then(Item::as_table_like_mut)
    }

    /// Returns a profile.
    fn profile(&mut self, name: &str) -> Result<&mut dyn TableLike, CliError> {
        let path = self.path.clone();
        let known: Vec<String> = match self.profiles() {
            Some(profiles) => profiles.iter().map(|(name, _)| name.to_owned()).collect(),
            None => Vec::new(),
        };
        let profiles = self.profiles();
        let found = profiles.and_then(|profiles| profiles.get_mut(name));
        found
            .and_then(Item::as_table_like_mut)
            .ok_or_else(|| unknown_profile(&path, name, known.iter().map(String::as_str)))
    }

    /// Returns a profile, which is created if it does not exist.
    fn profile_or_new(&mut self, name: &str) -> Result<&mut dyn TableLike, CliError> {
        let mut empty = Table::new();
        // Only the profiles have a heading.
        empty.set_implicit(true);
        let profiles = self.document.entry("profiles").or_insert(empty.into());
        let profile = profiles
            .as_table_like_mut()
            .map(|profiles| profiles.entry(name).or_insert(Table::new().into()));
        profile.and_then(Item::as_table_like_mut).ok_or_else(|| {
            CliError::usage(format!(
                "{}: profiles.{name} is not a table; nothing was changed",
                self.path.display()
            ))
        })
    }

    /// Replaces the file, to which only its owner has access then.
    fn write(&self) -> Result<(), CliError> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.exists()) {
            create_private_folder(folder).map_err(|error| {
                CliError::other(format!("cannot create {}: {error}", folder.display()))
            })?;
        }
        let text = Zeroizing::new(self.document.to_string());
        let mut file = AtomicFile::create_private(&self.path)?;
        file.write(text.as_bytes())?;
        file.complete()
    }
}

/// Sets a text, and keeps the comment behind an old one.
fn set_text(table: &mut dyn TableLike, key: &str, text: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = text.into();
            *old.decor_mut() = decor;
        }
        None => drop(table.insert(key, value(text))),
    }
}

fn unknown_profile<'a>(path: &Path, name: &str, known: impl Iterator<Item = &'a str>) -> CliError {
    let known: Vec<_> = known.collect();
    let known = match known.is_empty() {
        true => "none".to_owned(),
        false => known.join(", "),
    };
    CliError::usage(format!(
        "profile {name:?} not found in {}, which has: {known}",
        path.display()
    ))
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)
}
