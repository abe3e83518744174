//! Numbers, dates, times, durations and money, spoken with the sounds of the server.
//!
//! [`Speech`] turns them into [`Prompt`]s by the rules of a language: English, French, German or
//! Spanish. A prompt goes wherever media go: [`Call::play`], [`Collect::prompt`], [`Menu::new`].
//! Its media have the language set, so that it works on a channel of any language, and prompts of
//! several languages can be joined.
//!
//! [`Media::number`] leaves a number to the server. It can be neither stopped by a key nor followed
//! by a noun of a gender, and says *veintiuno mil* and *hunderteins tausend*.
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use ari_calls::speech::{Date, Gender, Language, Noun, Speech, TimeOfDay, Topic};
//! use ari_calls::menu::Menu;
//! use ari_calls::{Call, Keys, Prompt};
//!
//! // When the program starts: an error names the sounds that the server lacks.
//! async fn start(client: &ari_api::Client) -> Result<Speech, Box<dyn std::error::Error>> {
//!     let speech = Speech::new(Language::Spanish);
//!     let topics = [Topic::Counts(Gender::Masculine), Topic::Dates, Topic::Times];
//!     speech.check(client, topics).await?;
//!     Ok(speech)
//! }
//!
//! async fn serve(call: &mut Call, speech: &Speech) -> Result<(), Box<dyn std::error::Error>> {
//!     let messages = Noun::new("vm-message", "vm-messages", Gender::Masculine);
//!     let count = Prompt::from("sound:vm-youhave").then(speech.counted(3, &messages));
//!     call.play(count).barge_in(Keys::ALL).await?;
//!
//!     let date = Date::new(2026, 11, 29)?;
//!     let received = speech.date(date).then(speech.time(TimeOfDay::new(14, 30)?));
//!     let menu = Menu::new(received.then("sound:vm-repeat")).on("5", "repeat");
//!     call.choose(&menu).await?;
//!     call.play(speech.duration(Duration::from_secs(125))).await?;
//!     Ok(())
//! }
//! ```
//!
//! # Spoken forms
//!
//! | | English | French | German | Spanish |
//! |---|---|---|---|---|
//! | 21 | twenty one | vingt et un | einundzwanzig | veintiuno |
//! | 71 | seventy one | soixante et onze | einundsiebzig | setenta y uno |
//! | 101 | one hundred one | cent un | ein hundert eins | ciento uno |
//! | 1001 | one thousand one | mille un | ein tausend eins | mil uno |
//! | 21,000 | twenty one thousand | vingt et un mille | einundzwanzig tausend | veintiún mil |
//! | 2,000,000 | two million | deux million(s) | zwei Millionen | dos millones |
//! | 10⁹ | one billion | mille million(s) | eine Milliarde | mil millones |
//! | 1, before a feminine noun | one | une | eine | una |
//! | 1, before a masculine noun | one | un | ein | un |
//! | 2026-11-29 | November twenty ninth two thousand twenty six | vingt-neuf novembre deux mille vingt-six | neunundzwanzigster November zwei tausend sechsundzwanzig | veintinueve de noviembre de dos mil veintiséis |
//! | the year 1999 | nineteen ninety nine | mille neuf cent quatre-vingt-dix-neuf | neunzehn hundert neunundneunzig | mil novecientos noventa y nueve |
//! | 14:30 | two thirty p.m. | quatorze heures trente | vierzehn Uhr dreißig | dos y treinta de la tarde |
//! | 01:00 | one o'clock a.m. | un heure | ein Uhr | una a. m. |
//! | 125 s | two minutes five seconds | deux minutes cinq secondes | zwei Minuten fünf Sekunden | dos minutos cinco segundos |
//!
//! Numbers are those that Asterisk itself says, apart from the ones that it gets wrong. The sounds
//! are those of its sound sets, which leaves a few flaws:
//!
//! - French sets have no *une* (`digits/1F`). [`Speech::number_before`] needs it before a feminine
//!   noun, and times and durations use *un*, as Asterisk does.
//! - Spanish sets have *doscientos* without a feminine form, and no *segundo*.
//! - No set has a single hour: 90 minutes are spoken as minutes.
//! - No set has a complete currency: [`Currency`] takes sounds of your own.
//!
//! # Sounds
//!
//! | language | folder | from where |
//! |---|---|---|
//! | English | `en` | Debian's `asterisk-core-sounds-en`, or Asterisk's `make menuselect` |
//! | French | `fr` | Debian's `asterisk-core-sounds-fr`, or Asterisk's `make menuselect` |
//! | German | `de` | sets of other sources, or recordings |
//! | Spanish | `es` | Debian's `asterisk-core-sounds-es`, or Asterisk's `make menuselect` |
//!
//! A German set has the names of the English one, and Asterisk expects these besides:
//!
//! | sound | words |
//! |---|---|
//! | `digits/1-and` to `digits/9-and` | einund, zweiund, … neunund |
//! | `digits/1F`, `digits/1N` | eine, ein |
//! | `digits/and` | und |
//! | `digits/h-1` to `digits/h-20`, `digits/h-30` | erster, … zwanzigster, dreißigster |
//! | `digits/millions`, `digits/milliard`, `digits/milliards` | Millionen, Milliarde, Milliarden |
//! | `digits/oclock` | Uhr |
//!
//! Asterisk plays a sound that is missing in a language in English, or leaves it out, and reports
//! neither. [`Speech::check`] finds missing sounds when the program starts, and
//! [`InstalledSounds::check`] those of any prompt.
//!
//! [`Prompt`]: crate::Prompt
//! [`Media::number`]: crate::Media::number
//! [`Call::play`]: crate::Call::play
//! [`Collect::prompt`]: crate::collect::Collect::prompt
//! [`Menu::new`]: crate::menu::Menu::new

mod calendar;
mod english;
mod french;
mod german;
mod installed;
mod language;
mod noun;
mod spanish;
mod speaker;
mod vocabulary;
mod words;

pub use calendar::{Date, InvalidDateTime, TimeOfDay};
pub use installed::{InstalledSounds, MissingSounds, SpeechError};
pub use language::Language;
pub use noun::{Currency, Noun};
pub use speaker::Speech;
pub use vocabulary::Topic;
pub use words::Gender;
