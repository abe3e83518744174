//! Requests and responses without the passwords in them.
//!
//! A value is replaced if its name is that of a secret. The name is a key of an object, a parameter of
//! a query, or the `attribute`, `variable` or `name` next to a `value`, as in dynamic configuration and
//! channel variables. Also a value is replaced that has a user with a password in front of a host, such
//! as `https://user:password@host`.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The replacement for a secret.
pub const REDACTED: &str = "(redacted)";

/// Parts of names that hold a secret, in lower case and without separators.
const PARTS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "secret",
    "apikey",
    "privatekey",
    "credential",
    "token",
    "authorization",
    "bearer",
];

/// Words of names that hold a secret. As parts of names they also occur in other words.
const WORDS: &[&str] = &["pass", "pwd", "pin", "cred", "creds"];

/// Keys whose value is the name of the `value` next to it.
const NAMING: &[&str] = &["attribute", "variable", "name"];

/// Returns `true` if a name is that of a secret, such as `md5_cred`, `SIP_PASSWORD` or `userPin`.
fn is_secret(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let letters: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    PARTS.iter().any(|part| letters.contains(part))
        || words(name).iter().any(|word| WORDS.contains(&&**word))
}

/// Returns the words of a name in lower case: `md5_cred` and `md5Cred` have the word `cred`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && was_lower) {
            words.push(String::new());
        }
        was_lower = c.is_ascii_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphanumeric()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words
}

/// Returns `true` if a text has a user with a password in front of a host. `sip:user@host` has none.
fn has_login(text: &str) -> bool {
    text.match_indices('@').any(|(at, _)| {
        let is_delimiter = |c: char| c.is_whitespace() || "/,;&<>\"'".contains(c);
        let before = text[..at].rsplit(is_delimiter).next().unwrap_or_default();
        let before = ["sip:", "sips:"].iter().fold(before, |rest, scheme| {
            rest.strip_prefix(scheme).unwrap_or(rest)
        });
        before
            .split_once(':')
            .is_some_and(|(_, password)| !password.is_empty())
    })
}

/// Decodes a name or a value of a query.
fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Returns `true` if a query is about a secret, such as the value of a variable.
pub fn has_secret_name(query: &[(&'static str, String)]) -> bool {
    let mut named = query.iter().filter(|(name, _)| NAMING.contains(name));
    named.any(|(_, value)| is_secret(value))
}

/// Returns `true` if an encoded query is about a secret.
pub(crate) fn query_has_secret_name(query: &str) -> bool {
    let mut named = query.split('&').filter_map(|pair| pair.split_once('='));
    named.any(|(name, value)| NAMING.contains(&&*decode(name)) && is_secret(&decode(value)))
}

/// Redacts a path with its query.
pub fn target(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else {
        return target.to_owned();
    };
    let value_is_secret = query_has_secret_name(query);
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, value))
            if is_secret(&decode(name))
                || (decode(name) == "value" && value_is_secret)
                || has_login(&decode(value)) =>
        {
            format!("{name}={REDACTED}")
        }
        _ => pair.to_owned(),
    });
    format!("{path}?{}", shown.collect::<Vec<_>>().join("&"))
}

/// Redacts a body if it is JSON. `value_is_secret` is `true` if the `value` of the object is a secret.
pub fn body(bytes: &[u8], value_is_secret: bool) -> String {
    let text = String::from_utf8_lossy(bytes);
    match serde_json::from_slice::<Value>(bytes) {
        Ok(mut value) => match redact(&mut value, value_is_secret) {
            true => value.to_string(),
            false => text.into_owned(),
        },
        // JSON that cannot be parsed may contain a secret whose extent is unknown.
        Err(_) if text.trim_start().starts_with(['{', '[', '"']) && names_secret(&text) => {
            format!("({} bytes of invalid JSON)", bytes.len())
        }
        Err(_) => text.into_owned(),
    }
}

/// Returns `true` if a text contains a word that is the name of a secret.
fn names_secret(text: &str) -> bool {
    let mut names = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
    names.any(is_secret)
}

/// Replaces secrets in a value, and returns `true` if there were any.
fn redact(value: &mut Value, value_is_secret: bool) -> bool {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |found, item| redact(item, false) | found),
        Value::Object(members) => {
            let named = NAMING.iter().filter_map(|key| members.get(*key)?.as_str());
            let value_is_secret = value_is_secret || named.into_iter().any(is_secret);
            let mut found = false;
            for (key, member) in members {
                if !member.is_null() && (is_secret(key) || (key == "value" && value_is_secret)) {
                    *member = REDACTED.into();
                    found = true;
                } else {
                    found |= redact(member, false);
                }
            }
            found
        }
        Value::String(text) if has_login(text) => {
            *value = REDACTED.into();
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{body, is_secret, target};

    #[test]
    fn secrets_are_recognized_by_name() {
        for name in [
            "password",
            "md5_cred",
            "SIP_PASSWORD",
            "userPin",
            "PIN",
            "oauth_secret",
            "api_key",
            "refresh_token",
            "password_digest",
            "PJSIP_HEADER(add,Authorization)",
            "Pass",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "compass",
            "PINEAPPLE",
            "passthrough",
            "name",
            "auth",
            "key",
            "spin",
            "",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn bodies_and_queries_keep_everything_but_secrets() {
        for (text, shown) in [
            (r#"{"id": "1"}"#, r#"{"id": "1"}"#),
            (
                r#"{"fields":[{"attribute":"username","value":"a"},{"attribute":"password","value":"s"}]}"#,
                r#"{"fields":[{"attribute":"username","value":"a"},{"attribute":"password","value":"(redacted)"}]}"#,
            ),
            (
                r#"{"variables":{"A":"1","SIP_PASSWORD":{"value":"s","report_events":true}}}"#,
                r#"{"variables":{"A":"1","SIP_PASSWORD":"(redacted)"}}"#,
            ),
            (r#"[{"password":null}]"#, r#"[{"password":null}]"#),
            (
                r#"{"lang":"sip:u@h","media":"sound:http://u:s@h/a"}"#,
                r#"{"lang":"sip:u@h","media":"(redacted)"}"#,
            ),
            (r#"{"password":"s"#, "(14 bytes of invalid JSON)"),
            (r#"{"name":"s"#, r#"{"name":"s"#),
            ("<html>", "<html>"),
        ] {
            assert_eq!(body(text.as_bytes(), false), shown);
        }
        assert_eq!(body(br#"{"value":"s"}"#, true), r#"{"value":"(redacted)"}"#);
        for (text, shown) in [
            ("/a", "/a"),
            ("/a?b&c=1", "/a?b&c=1"),
            ("/a?b", "/a?b"),
            ("/a?api_key=u%3As", "/a?api_key=(redacted)"),
            ("/a?api%5Fkey=u%3As", "/a?api%5Fkey=(redacted)"),
            (
                "/v?v%61riable=MY%5FPIN&value=12",
                "/v?v%61riable=MY%5FPIN&value=(redacted)",
            ),
            (
                "/p?media=sound%3Ahttps%3A%2F%2Fu%3As%40h%2Fa",
                "/p?media=(redacted)",
            ),
            (
                "/c?endpoint=SIP%2Fbob%3As%40h&app=a",
                "/c?endpoint=(redacted)&app=a",
            ),
            (
                "/c?endpoint=PJSIP%2Ftrunk%2Fsip%3Abob%40h%3A5060",
                "/c?endpoint=PJSIP%2Ftrunk%2Fsip%3Abob%40h%3A5060",
            ),
            (
                "/c?endpoint=Local%2F1%40testari",
                "/c?endpoint=Local%2F1%40testari",
            ),
            (
                "/v?variable=MY_PIN&value=12",
                "/v?variable=MY_PIN&value=(redacted)",
            ),
            ("/v?variable=A&value=12", "/v?variable=A&value=12"),
        ] {
            assert_eq!(target(text), shown);
        }
    }
}
