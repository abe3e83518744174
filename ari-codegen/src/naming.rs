//! From wire names to Rust names: the same rules for every name, however odd.
//!
//! 1. Words are split at case changes and at everything that is neither letter nor digit; an
//!    acronym of [`ACRONYMS`] is a word of its own even if a small letter follows it.
//! 2. A name without letters and digits is spelt out (`*` is `star`), an empty one is `empty`.
//! 3. A leading digit gets an `n` in front.
//! 4. `type` becomes `kind`; other keywords become raw identifiers, or, where Rust has none
//!    (`self`, `super`, `crate`), get an underscore behind.
//! 5. Type names of Rust's prelude, and those that bindings use themselves, get a suffix.
//! 6. Durations lose the unit that their name ends with.
//! 7. Of two equal names in one scope the later one gets a number: `name_2`, `Name2`.

use std::collections::BTreeMap;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use crate::api::DurationUnit;

/// Acronyms that are one word even in front of a small letter, as in `RTPstat`.
pub(crate) const ACRONYMS: [&str; 5] = ["CEP", "DTMF", "ID", "MOH", "RTP"];

/// Type names that generated code must be free to use for what Rust or the bindings mean by them.
const RESERVED_TYPES: [&str; 41] = [
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "Default",
    "Clone",
    "Copy",
    "Debug",
    "Drop",
    "Eq",
    // A link to it in documentation would be ambiguous, because it is a macro as well.
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Send",
    "Sync",
    "Sized",
    "Iterator",
    "IntoIterator",
    "From",
    "Into",
    "ToString",
    "IntoFuture",
    "AsRef",
    "Fn",
    "Client",
    "Error",
    "Event",
    "Request",
    "Operation",
    // Its constructor would be called as itself.
    "New",
    // Type parameters of requests and of what makes an enum one of the runtime's.
    "C",
    "D",
    "E",
    "Visitor",
];

/// Type parameters of functions that take lists begin with this, a number follows.
pub(crate) const GENERIC_PREFIX: &str = "M";

/// Methods that the client has already.
pub(crate) const RESERVED_CLIENT_METHODS: [&str; 10] = [
    "builder",
    "clone",
    "close",
    "connection",
    "from_connection",
    "new",
    "over_session",
    "send",
    "with_timeout",
    "with_trace_context",
];

/// Names of modules and crates that bindings use themselves.
const RESERVED_MODULES: [&str; 15] = [
    "accessors",
    "alloc",
    "ari_api",
    "ari_runtime",
    "availability",
    "client",
    "core",
    "event",
    "models",
    "operations",
    "requests",
    "runtime",
    "serde",
    "serde_json",
    "std",
];

/// The words of a wire name, joined by single underscores, its case kept.
fn separate(name: &str) -> String {
    if !name.contains(|c: char| c.is_ascii_alphanumeric()) {
        let spelt: Vec<String> = name.chars().map(spell).collect();
        return if spelt.is_empty() {
            "empty".into()
        } else {
            spelt.join("_")
        };
    }
    let mut out = String::with_capacity(name.len() + 8);
    let mut before = None;
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let boundary = before.is_none_or(|c: char| !c.is_ascii_uppercase());
        let acronym = ACRONYMS.iter().find(|acronym| {
            let behind = rest.strip_prefix(**acronym);
            boundary
                && behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()))
        });
        let length = match acronym {
            Some(acronym) => {
                out.push('_');
                out.push_str(acronym);
                out.push('_');
                acronym.len()
            }
            None => {
                if c.is_ascii_alphanumeric() {
                    out.push(c);
                } else {
                    // Characters beyond ASCII may not be valid in identifiers, so they are spelt
                    // out.
                    if !c.is_ascii() {
                        out.push_str(&format!("_{}", spell(c)));
                    }
                    out.push('_');
                }
                c.len_utf8()
            }
        };
        before = rest[..length].chars().next_back();
        rest = &rest[length..];
    }
    out
}

/// Returns a name for a character that is not allowed in an identifier.
fn spell(c: char) -> String {
    let known = match c {
        '*' => "star",
        '#' => "pound",
        '+' => "plus",
        '-' => "minus",
        '.' => "dot",
        ',' => "comma",
        ' ' => "space",
        '_' => "underscore",
        '/' => "slash",
        '@' => "at",
        '!' => "bang",
        '?' => "question",
        '%' => "percent",
        '&' => "and",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        _ => return format!("u{:x}", u32::from(c)),
    };
    known.into()
}

fn not_leading_digit(name: String, prefix: char) -> String {
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
        _ => name,
    }
}

/// A snake_case identifier: fields, methods, parameters.
pub(crate) fn snake(name: &str) -> String {
    let name = not_leading_digit(separate(name).to_snake_case(), 'n');
    match name.as_str() {
        "type" => "kind".into(),
        "self" | "super" | "crate" => format!("{name}_"),
        _ if is_keyword(&name) => format!("r#{name}"),
        _ => name,
    }
}

/// Returns a name without the unit that it ends with, as in `maxSilenceSeconds`, `duration_ms` and
/// `skipms`: the type of a duration has it.
pub(crate) fn without_unit(name: &str, unit: DurationUnit) -> Option<String> {
    let name = separate(name).to_snake_case();
    let units = [unit.plural(), unit.symbol()];
    let mut words = units.into_iter();
    let words = words.find_map(|unit| name.strip_suffix(unit)?.strip_suffix('_'));
    // A name that ends with a single letter does not end with a unit.
    let joined = name.strip_suffix(unit.symbol());
    let joined = joined.filter(|_| unit.symbol().len() > 1);
    let rest = words.or(joined).filter(|rest| !rest.is_empty());
    rest.map(str::to_owned)
}

/// An UpperCamelCase identifier for a variant.
pub(crate) fn variant(name: &str) -> String {
    let name = not_leading_digit(separate(name).to_upper_camel_case(), 'N');
    if name == "Self" { "Self_".into() } else { name }
}

/// An UpperCamelCase identifier for a type; `suffix` keeps it apart from reserved ones.
pub(crate) fn type_name(name: &str, suffix: &str) -> String {
    let name = not_leading_digit(separate(name).to_upper_camel_case(), 'N');
    let is_form = name
        .strip_prefix(GENERIC_PREFIX)
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if is_form || RESERVED_TYPES.contains(&name.as_str()) {
        format!("{name}{suffix}")
    } else {
        name
    }
}

/// A SHOUTY_SNAKE_CASE identifier for a constant.
pub(crate) fn constant(name: &str) -> String {
    not_leading_digit(separate(name).to_shouty_snake_case(), 'N')
}

/// Bytes of a file's name that every system takes, with room for an ending and a number.
const MAX_FILE_NAME_LENGTH: usize = 200;

/// Shortens a name, so that a file can have it. The names that this module creates are ASCII.
pub(crate) fn file_name(mut name: String) -> String {
    name.truncate(MAX_FILE_NAME_LENGTH);
    name
}

/// A snake_case module name that is also a file name.
pub(crate) fn module(name: &str) -> String {
    let name = file_name(not_leading_digit(separate(name).to_snake_case(), 'n'));
    let reserved = [&RESERVED_MODULES[..], &RESERVED_CLIENT_METHODS[..]];
    if is_keyword(&name) || reserved.iter().any(|names| names.contains(&name.as_str())) {
        format!("{name}_resource")
    } else {
        name
    }
}

/// Returns `true` if a wire name would be a keyword when used unchanged.
pub(crate) fn becomes_keyword(name: &str) -> bool {
    is_keyword(&not_leading_digit(separate(name).to_snake_case(), 'n'))
}

fn is_keyword(name: &str) -> bool {
    /// Letters of the longest keywords, such as `continue`. None has anything but letters.
    const MAX_LENGTH: usize = 8;
    let can_be = name.len() <= MAX_LENGTH && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    // `gen` is a keyword of edition 2024 that syn still takes for a name.
    can_be && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}

/// The names of one scope, each of which is assigned only once.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// Names, and whose they are; empty for those of the bindings themselves.
    taken: BTreeMap<String, String>,
}

impl Scope {
    /// Creates a scope in which these names are already taken.
    pub(crate) fn with(taken: &[&str]) -> Self {
        Scope {
            taken: taken
                .iter()
                .map(|&name| (name.to_owned(), String::new()))
                .collect(),
        }
    }

    /// Returns `name`, with a number if it is taken: `name_2` for snake_case, otherwise `Name2`.
    pub(crate) fn claim(&mut self, name: String) -> String {
        if !self.taken.contains_key(&name) {
            self.taken.insert(name.clone(), String::new());
            return name;
        }
        let plain = name.trim_start_matches("r#").trim_end_matches('_');
        let snake = plain.chars().next().is_some_and(|c| c.is_ascii_lowercase());
        let underscore = if snake { "_" } else { "" };
        (2..)
            .map(|number| format!("{plain}{underscore}{number}"))
            .find(|candidate| !self.taken.contains_key(candidate))
            .inspect(|candidate| {
                self.taken.insert(candidate.clone(), String::new());
            })
            .unwrap_or(name)
    }

    /// Claims a name for `owner`, as [`Scope::claim`] does. If it is taken, adds a note that names
    /// both.
    pub(crate) fn claim_for(
        &mut self,
        owner: &str,
        name: String,
        notes: &mut Vec<String>,
    ) -> String {
        let holder = self.taken.get(&name).cloned();
        let claimed = self.claim(name.clone());
        self.taken.insert(claimed.clone(), owner.to_owned());
        if let Some(holder) = holder {
            let holder = match holder.as_str() {
                "" => "the bindings themselves have",
                _ => &format!("{holder} has"),
            };
            notes.push(format!(
                "{owner} gets the name `{claimed}`, because {holder} the name `{name}`"
            ));
        }
        claimed
    }
}

/// Returns the method that lists every object of a model: `channels` of `Channel`.
pub(crate) fn plural(model: &str) -> String {
    snake(&format!("{}s", type_name(model, "")))
}

/// One of several: `channels` is `channel`, `mailboxes` is `mailbox`, `stored` stays.
pub(crate) fn singular(word: &str) -> String {
    match word {
        _ if word.ends_with("ies") => format!("{}y", word.trim_end_matches("ies")),
        _ if word.ends_with("xes") || word.ends_with("sses") => {
            word.trim_end_matches("es").to_owned()
        }
        _ if word.ends_with('s') && !word.ends_with("ss") => word.trim_end_matches('s').to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_lose_the_unit_of_their_name() {
        for (name, unit, expected) in [
            (
                "maxSilenceSeconds",
                DurationUnit::Seconds,
                Some("max_silence"),
            ),
            ("duration_ms", DurationUnit::Milliseconds, Some("duration")),
            ("skipms", DurationUnit::Milliseconds, Some("skip")),
            ("wait_s", DurationUnit::Seconds, Some("wait")),
            ("waits", DurationUnit::Seconds, None),
            ("duration_ms", DurationUnit::Seconds, None),
            ("ms", DurationUnit::Milliseconds, None),
            ("timeout", DurationUnit::Seconds, None),
        ] {
            assert_eq!(without_unit(name, unit).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn wire_names_become_rust_names() {
        let cases = [
            // wire, snake, variant, constant
            ("channelId", "channel_id", "ChannelId", "CHANNEL_ID"),
            (
                "external_host",
                "external_host",
                "ExternalHost",
                "EXTERNAL_HOST",
            ),
            ("sendDTMF", "send_dtmf", "SendDtmf", "SEND_DTMF"),
            ("absorbDTMF", "absorb_dtmf", "AbsorbDtmf", "ABSORB_DTMF"),
            ("RTPstat", "rtp_stat", "RtpStat", "RTP_STAT"),
            ("DialplanCEP", "dialplan_cep", "DialplanCep", "DIALPLAN_CEP"),
            ("CallerID", "caller_id", "CallerId", "CALLER_ID"),
            ("startMoh", "start_moh", "StartMoh", "START_MOH"),
            ("MOHClass", "moh_class", "MohClass", "MOH_CLASS"),
            (
                "RESTQueryStringParameter",
                "rest_query_string_parameter",
                "RestQueryStringParameter",
                "REST_QUERY_STRING_PARAMETER",
            ),
            (
                "transfer_progress",
                "transfer_progress",
                "TransferProgress",
                "TRANSFER_PROGRESS",
            ),
            ("NOT_INUSE", "not_inuse", "NotInuse", "NOT_INUSE"),
            (
                "Dialing Offhook",
                "dialing_offhook",
                "DialingOffhook",
                "DIALING_OFFHOOK",
            ),
            ("Pre-ring", "pre_ring", "PreRing", "PRE_RING"),
            // names from hell
            ("type", "kind", "Type", "TYPE"),
            ("move", "r#move", "Move", "MOVE"),
            ("ref", "r#ref", "Ref", "REF"),
            ("async", "r#async", "Async", "ASYNC"),
            ("gen", "r#gen", "Gen", "GEN"),
            ("self", "self_", "Self_", "SELF"),
            ("crate", "crate_", "Crate", "CRATE"),
            ("3way", "n3way", "N3way", "N3WAY"),
            ("", "empty", "Empty", "EMPTY"),
            ("*", "star", "Star", "STAR"),
            ("#", "pound", "Pound", "POUND"),
            ("é", "ue9", "Ue9", "UE9"),
            ("a-b.c d", "a_b_c_d", "ABCD", "A_B_C_D"),
        ];
        for (wire, expected_snake, expected_variant, expected_constant) in cases {
            assert_eq!(snake(wire), expected_snake, "{wire:?}");
            assert_eq!(variant(wire), expected_variant, "{wire:?}");
            assert_eq!(constant(wire), expected_constant, "{wire:?}");
        }
        assert_eq!(type_name("Option", "Model"), "OptionModel");
        assert_eq!(type_name("M1", "Model"), "M1Model");
        // `Clone` and `Hash` are macros as well, and links to them ambiguous.
        for name in ["Clone", "Hash"] {
            assert_eq!(type_name(name, "Request"), format!("{name}Request"));
        }
        assert_eq!(type_name("Moh", "Model"), "Moh");
        assert_eq!(module("type"), "type_resource");
        assert_eq!(module("deviceStates"), "device_states");
        assert_eq!(module(&"aB".repeat(100)).len(), MAX_FILE_NAME_LENGTH);
        for method in RESERVED_CLIENT_METHODS {
            assert_eq!(module(method), format!("{method}_resource"));
        }
    }

    #[test]
    fn equal_names_are_numbered_in_order() {
        let mut scope = Scope::with(&["Other"]);
        let claimed = [
            "value", "value", "value", "r#move", "r#move", "Other", "self_", "self_",
        ];
        let claimed: Vec<_> = claimed
            .iter()
            .map(|name| scope.claim(name.to_string()))
            .collect();
        assert_eq!(
            claimed,
            [
                "value", "value_2", "value_3", "r#move", "move_2", "Other2", "self_", "self_2"
            ]
        );
    }

    #[test]
    fn plural_nouns_become_singular() {
        for (many, one) in [
            ("channels", "channel"),
            ("mailboxes", "mailbox"),
            ("queries", "query"),
            ("stored", "stored"),
            ("logging", "logging"),
            ("address", "address"),
        ] {
            assert_eq!(singular(many), one);
        }
    }
}
