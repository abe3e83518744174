//! Lists of sounds, and the names of the sounds that all languages share.

/// Names of sounds in the order in which they are played.
#[derive(Debug, Default)]
pub(crate) struct Words(Vec<&'static str>);

impl Words {
    pub(crate) fn push(&mut self, sound: &'static str) {
        self.0.push(sound);
    }

    pub(crate) fn append(&mut self, mut other: Words) {
        self.0.append(&mut other.0);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_vec(self) -> Vec<&'static str> {
        self.0
    }
}

/// The form of a number, which decides how its last *one* is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Without a noun: *eins*, *uno*.
    Counting,
    /// Before a noun: *ein Tag*, *una hora*.
    Before(Gender),
}

/// The grammatical gender of a counted noun. English has none, and ignores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// *der Tag*, *el día*, *le jour*
    Masculine,
    /// *die Stunde*, *la hora*, *l'heure*
    Feminine,
    /// *das Jahr*
    Neuter,
}

/// Pushes a number below 21, which is one sound in every language.
pub(crate) fn push_small(words: &mut Words, number: u32) {
    words.push(at(&SMALL, number));
}

/// Pushes 20, 30, … 90.
pub(crate) fn push_tens(words: &mut Words, tens: u32) {
    words.push(at(&TENS, tens / 10));
}

/// Returns the sound at a place that exists, by the rules of the caller.
pub(crate) fn at(sounds: &'static [&'static str], index: u32) -> &'static str {
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    sounds.get(index).copied().unwrap_or_default()
}

const SMALL: [&str; 21] = [
    "digits/0",
    "digits/1",
    "digits/2",
    "digits/3",
    "digits/4",
    "digits/5",
    "digits/6",
    "digits/7",
    "digits/8",
    "digits/9",
    "digits/10",
    "digits/11",
    "digits/12",
    "digits/13",
    "digits/14",
    "digits/15",
    "digits/16",
    "digits/17",
    "digits/18",
    "digits/19",
    "digits/20",
];

const TENS: [&str; 10] = [
    "",
    "digits/10",
    "digits/20",
    "digits/30",
    "digits/40",
    "digits/50",
    "digits/60",
    "digits/70",
    "digits/80",
    "digits/90",
];

/// Ordinals below 21.
pub(crate) const ORDINALS: [&str; 21] = [
    "",
    "digits/h-1",
    "digits/h-2",
    "digits/h-3",
    "digits/h-4",
    "digits/h-5",
    "digits/h-6",
    "digits/h-7",
    "digits/h-8",
    "digits/h-9",
    "digits/h-10",
    "digits/h-11",
    "digits/h-12",
    "digits/h-13",
    "digits/h-14",
    "digits/h-15",
    "digits/h-16",
    "digits/h-17",
    "digits/h-18",
    "digits/h-19",
    "digits/h-20",
];

/// From January on.
pub(crate) const MONTHS: [&str; 12] = [
    "digits/mon-0",
    "digits/mon-1",
    "digits/mon-2",
    "digits/mon-3",
    "digits/mon-4",
    "digits/mon-5",
    "digits/mon-6",
    "digits/mon-7",
    "digits/mon-8",
    "digits/mon-9",
    "digits/mon-10",
    "digits/mon-11",
];

/// From Sunday on.
pub(crate) const WEEKDAYS: [&str; 7] = [
    "digits/day-0",
    "digits/day-1",
    "digits/day-2",
    "digits/day-3",
    "digits/day-4",
    "digits/day-5",
    "digits/day-6",
];

pub(crate) const HUNDRED: &str = "digits/hundred";
pub(crate) const THOUSAND: &str = "digits/thousand";
pub(crate) const MILLION: &str = "digits/million";
pub(crate) const MILLIONS: &str = "digits/millions";
pub(crate) const MINUS: &str = "digits/minus";
pub(crate) const OCLOCK: &str = "digits/oclock";
pub(crate) const AM: &str = "digits/a-m";
pub(crate) const PM: &str = "digits/p-m";
