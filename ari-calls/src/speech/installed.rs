//! The sounds of the server, to find missing ones before anything is played.

use std::collections::HashSet;
use std::fmt;

use ari_api::{Client, Error};

use super::language::Language;
use crate::media::{Media, Prompt};

/// The most names that an error shows.
const MAX_NAMES: usize = 10;

/// The sounds of a server, in all its languages, at the moment when it was asked.
///
/// ```no_run
/// use ari_calls::speech::{InstalledSounds, Language, Speech, Topic};
/// use ari_calls::Prompt;
///
/// # async fn example(client: &ari_api::Client) -> Result<(), Box<dyn std::error::Error>> {
/// let installed = InstalledSounds::fetch(client).await?;
/// let speech = Speech::new(Language::German);
/// installed.check(&speech.vocabulary([Topic::Numbers, Topic::Times]))?;
/// installed.check(&Prompt::from("sound:welcome").in_language("de"))?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct InstalledSounds {
    /// Languages and names.
    sounds: HashSet<(String, String)>,
}

impl InstalledSounds {
    /// Asks the server for its sounds, with one request. Asterisk reads its folder of sounds each
    /// time, which takes it a moment: once per program is enough.
    ///
    /// # Errors
    ///
    /// Returns the error of the request.
    pub async fn fetch(client: &Client) -> Result<Self, Error> {
        let listed = match client.sounds().list().await {
            // No sounds are installed.
            Err(error) if error.status() == Some(404) => Vec::new(),
            listed => listed?,
        };
        let sounds = listed.into_iter().flat_map(|sound| {
            let id = sound.id;
            let formats = sound.formats.into_iter();
            formats.map(move |format| (format.language, id.clone()))
        });
        Ok(InstalledSounds {
            sounds: sounds.collect(),
        })
    }

    /// Returns `true` if the server has a sound, named without a scheme, in a language. A language
    /// with a region falls back to the one without, as on the server: `de_AT` to `de`.
    pub fn contains(&self, language: &str, sound: &str) -> bool {
        let has = |language: &str, sound: &str| {
            self.sounds
                .contains(&(language.to_owned(), sound.to_owned()))
        };
        let mut language = language;
        loop {
            if has(language, sound) {
                return true;
            }
            match language.rsplit_once('_') {
                Some((shorter, _)) => language = shorter,
                None => break,
            }
        }
        // The server lists each folder as a language, also one that has sounds for all languages.
        let (folder, rest) = sound.split_once('/').unwrap_or_default();
        has(folder, rest)
    }

    /// Checks that the server has all sounds of a prompt, each in its own language. Media that are
    /// not sounds, or have no language, are not checked, and neither are URLs and absolute paths.
    ///
    /// Asterisk would play a sound that is missing in English, or not at all.
    ///
    /// # Errors
    ///
    /// Returns [`MissingSounds`] if a sound is missing in the first language of which there is one.
    pub fn check(&self, prompt: &Prompt) -> Result<(), MissingSounds> {
        let mut missing: Option<MissingSounds> = None;
        for media in prompt.media() {
            let (Some(sound), Some(language)) = (sound_of(media), media.language()) else {
                continue;
            };
            if self.contains(language, sound) {
                continue;
            }
            let missing = missing.get_or_insert_with(|| MissingSounds {
                language: language.to_owned(),
                sounds: Vec::new(),
            });
            if missing.language == language && !missing.sounds.iter().any(|known| known == sound) {
                missing.sounds.push(sound.to_owned());
            }
        }
        match missing {
            Some(missing) => Err(missing),
            None => Ok(()),
        }
    }
}

/// Returns the name of a sound that the server lists.
fn sound_of(media: &Media) -> Option<&str> {
    let sound = media.uri().strip_prefix("sound:")?;
    let is_listed = !sound.starts_with('/') && !sound.contains("://");
    is_listed.then_some(sound)
}

/// Sounds that the server lacks in a language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct MissingSounds {
    /// The code of the language, which is the name of its folder on the server.
    pub language: String,
    /// The names, without a scheme, in the order of the prompt.
    pub sounds: Vec<String>,
}

impl fmt::Display for MissingSounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = &self.language;
        let first = &self.sounds[..self.sounds.len().min(MAX_NAMES)];
        write!(
            f,
            "the server lacks sounds in `{language}`: {}",
            first.join(", ")
        )?;
        if self.sounds.len() > MAX_NAMES {
            write!(f, " and {} more", self.sounds.len() - MAX_NAMES)?;
        }
        write!(
            f,
            "; they belong in the folder `sounds/{language}` of Asterisk's data directory"
        )?;
        match Language::from_code(language) {
            Some(known) => write!(f, " ({})", known.source_of_sounds()),
            None => Ok(()),
        }
    }
}

/// The reason why [`Speech::check`](crate::speech::Speech::check) cannot confirm the sounds.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SpeechError {
    /// The server lacks sounds.
    #[error(transparent)]
    Missing(#[from] MissingSounds),
    /// The server could not be asked.
    #[error(transparent)]
    Request(#[from] Error),
}
