//! Media that a caller hears.

use crate::error::CallError;

/// The scheme of WAV files of the program. Asterisk has none of this name.
const WAV_SCHEME: &str = "wav:";

/// One thing to play, as Asterisk addresses it: `sound:hello-world`, `recording:name`,
/// `digits:42`, `tone:ring`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Media {
    uri: String,
    /// `None` for the language of the step or of the channel.
    language: Option<String>,
}

impl Media {
    /// A sound file of the server, without its extension: `hello-world`, `digits/1`. A `&str` with
    /// a scheme, such as `sound:hello-world`, is media as well.
    pub fn sound(name: impl AsRef<str>) -> Self {
        Media::from(format!("sound:{}", name.as_ref()))
    }

    /// A recording that the server has stored.
    pub fn recording(name: impl AsRef<str>) -> Self {
        Media::from(format!("recording:{}", name.as_ref()))
    }

    /// A WAV file of the program, by its path: any rate, any number of channels, which are mixed,
    /// and PCM, floating point, μ-law or A-law. The program sends it over an
    /// [audio session](ari_media::MediaClient::media), which takes the call into a bridge of its own
    /// while the file plays, so the call must be in no other bridge. It is media of the steps of one
    /// call ([`Call::play`], [`Call::collect`] and the like), not of play queues, conferences and
    /// music.
    ///
    /// [`Call::play`]: crate::Call::play
    /// [`Call::collect`]: crate::Call::collect
    #[cfg(feature = "media")]
    #[cfg_attr(docsrs, doc(cfg(feature = "media")))]
    pub fn wav(path: impl AsRef<str>) -> Self {
        Media::from(format!("{WAV_SCHEME}{}", path.as_ref()))
    }

    /// Digits, spoken one by one in the language of the playback. Characters other than digits,
    /// `*`, `#` and `-` are left out, because Asterisk never ends a playback of them. `None` if
    /// nothing is left.
    pub fn digits(digits: impl AsRef<str>) -> Option<Self> {
        let is_spoken = |character: &char| matches!(character, '0'..='9' | '*' | '#' | '-');
        let spoken: String = digits.as_ref().chars().filter(is_spoken).collect();
        (!spoken.is_empty()).then(|| Media::from(format!("digits:{spoken}")))
    }

    /// A number, spoken as one by the server's rules for the language of the playback.
    pub fn number(number: i32) -> Self {
        Media::from(format!("number:{number}"))
    }

    /// A tone of the server's country: `ring`, `busy`, `dial`, `congestion`. It goes on until
    /// something stops it, such as a key or the limit of the playback.
    pub fn tone(name: impl AsRef<str>) -> Self {
        Media::from(format!("tone:{}", name.as_ref()))
    }

    /// Sets the language of this medium, such as `en` or `de`. Default: that of the step, or else
    /// that of the channel.
    pub fn in_language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Returns `true` if Asterisk speaks it. Such media can be neither stopped nor controlled.
    pub(crate) fn is_spoken(&self) -> bool {
        let scheme = self.uri.split_once(':').map(|(scheme, _)| scheme);
        matches!(scheme, Some("digits" | "number" | "characters"))
    }

    /// Returns the path of a WAV file of the program.
    pub(crate) fn wav_path(&self) -> Option<&str> {
        self.uri.strip_prefix(WAV_SCHEME)
    }

    /// Returns the address.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Returns the language that was set for this medium.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }
}

impl From<&str> for Media {
    fn from(uri: &str) -> Self {
        Media::from(uri.to_owned())
    }
}

impl From<String> for Media {
    fn from(uri: String) -> Self {
        Media {
            uri,
            language: None,
        }
    }
}

/// A list of media, played one after another. Made of one medium or of several.
///
/// ```
/// use ari_calls::{Media, Prompt};
///
/// let greeting = Prompt::from("sound:hello-world");
/// let balance = Prompt::from([Media::sound("your"), Media::number(42)]);
/// assert_eq!(greeting.then(balance).media().len(), 3);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt(Vec<Media>);

impl Prompt {
    /// Appends another list.
    pub fn then(mut self, other: impl Into<Prompt>) -> Self {
        self.0.extend(other.into().0);
        self
    }

    /// Sets the language of all media that have none of their own. A prompt may have media of
    /// several languages, as the one that offers a choice of languages.
    pub fn in_language(mut self, language: impl Into<String>) -> Self {
        let language = language.into();
        for media in self.0.iter_mut().filter(|it| it.language.is_none()) {
            media.language = Some(language.clone());
        }
        self
    }

    /// Returns the media.
    pub fn media(&self) -> &[Media] {
        &self.0
    }

    /// Returns an error if a medium has no scheme, or nothing after it.
    fn check(&self) -> Result<(), CallError> {
        self.0.iter().try_for_each(|media| {
            let uri = media.uri();
            let problem = match uri.split_once(':') {
                None | Some(("", _)) => {
                    let name = uri.trim_start_matches(':');
                    format!("the medium `{uri}` has no scheme; a sound is `sound:{name}`")
                }
                Some((_, "")) => format!("the medium `{uri}` has nothing after its scheme"),
                Some(_) => return Ok(()),
            };
            Err(CallError::InvalidSettings(problem))
        })
    }

    /// Returns an error if a step of a call cannot play it.
    pub(crate) fn check_for_call(&self) -> Result<(), CallError> {
        match cfg!(feature = "media") {
            true => self.check(),
            false => self.check_for_server(),
        }
    }

    /// Returns an error if a medium has no scheme, or if the server has not got it.
    pub(crate) fn check_for_server(&self) -> Result<(), CallError> {
        match self.0.iter().find(|it| it.wav_path().is_some()) {
            None => self.check(),
            Some(media) => {
                let problem = format!("the medium `{}`: {NOT_ON_SERVER}", media.uri());
                Err(CallError::InvalidSettings(problem))
            }
        }
    }

    /// Returns `true` if there is nothing to play.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The reason why Asterisk cannot play a WAV file of the program.
const NOT_ON_SERVER: &str = "a WAV file of the program is media of the steps of one call, \
    and needs the feature `media` of ari-calls; a sound of the server is `sound:NAME`";

impl From<Media> for Prompt {
    fn from(media: Media) -> Self {
        Prompt(vec![media])
    }
}

impl From<&str> for Prompt {
    fn from(uri: &str) -> Self {
        Prompt(vec![uri.into()])
    }
}

impl From<String> for Prompt {
    fn from(uri: String) -> Self {
        Prompt(vec![uri.into()])
    }
}

impl<T: Into<Media>, const N: usize> From<[T; N]> for Prompt {
    fn from(media: [T; N]) -> Self {
        media.into_iter().collect()
    }
}

impl<T: Into<Media>> From<Vec<T>> for Prompt {
    fn from(media: Vec<T>) -> Self {
        media.into_iter().collect()
    }
}

impl<T: Into<Media>> FromIterator<T> for Prompt {
    fn from_iter<I: IntoIterator<Item = T>>(media: I) -> Self {
        Prompt(media.into_iter().map(Into::into).collect())
    }
}
