// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `sounds`.

pub(super) mod format_lang_pair;
pub(super) mod sound;
pub use self::format_lang_pair::FormatLangPair;
pub use self::sound::Sound;
