//! Requests and responses without the passwords in them.
//!
//! A value is replaced if its name is that of a secret. The name is a key of an object, a parameter of
//! a query, or the `attribute`, `variable` or `name` next to a `value`, as in dynamic configuration and
//! channel variables. Also a value is replaced that has a user with a password in front of a host, such
//! as `https://user:password@host`, a secret in the query of a URL, a header `Authorization` or
//! `Proxy-Authorization`, or a JSON Web Token.
//!
//! Names of ARI's own are compared by words, so that `ping` and `passthrough` remain. Names that
//! applications choose, those of channel variables and in user events, are those of secrets if they
//! contain `pass`, `pwd`, `secret`, `token`, `key`, `auth`, `cred`, `pin` or `jwt` anywhere.

use std::borrow::Cow;
use std::collections::HashSet;

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

/// Parts of names of variables that hold a secret, in lower case. They occur in other words, too:
/// rather one value too many is replaced than one too few.
const VARIABLE_PARTS: &[&str] = &[
    "pass", "pwd", "secret", "token", "key", "auth", "cred", "pin", "jwt",
];

/// The key whose value is the name of a variable, the value of which is next to it.
const VARIABLE: &str = "variable";

/// Keys whose value is the name of the `value` next to it, if it is not a variable.
const NAMING: &[&str] = &["attribute", "name"];

/// Keys of objects whose keys are the names of variables.
const VARIABLES: &[&str] = &["variables", "channelvars", "userevent"];

/// Keys of arguments of dialplan applications, such as `PIN=1234` of `Set`.
const DIALPLAN_ARGUMENTS: &[&str] = &["app_data", "dialplan_app_data"];

/// The rules by which names are those of secrets, and names that the program has added.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redactor {
    /// In lower case.
    names: HashSet<String>,
}

/// The names that the keys of an object are.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Names of ARI's own.
    Fields,
    /// Names that an application chooses.
    Variables,
}

impl Redactor {
    /// Adds names of secrets. Their case is ignored.
    pub(crate) fn add_names(&mut self, names: impl IntoIterator<Item = String>) {
        let names = names.into_iter().map(|name| name.to_ascii_lowercase());
        self.names.extend(names);
    }

    fn is_added(&self, name: &str) -> bool {
        !self.names.is_empty() && self.names.contains(&name.to_ascii_lowercase())
    }

    /// Returns `true` if a name is that of a secret, such as `md5_cred`, `SIP_PASSWORD` or `userPin`.
    fn is_secret(&self, name: &str) -> bool {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        let letters: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        PARTS.iter().any(|part| letters.contains(part))
            || words(name).iter().any(|word| WORDS.contains(&&**word))
            || self.is_added(name)
    }

    /// Returns `true` if a variable holds a secret, such as `MYPASS` or `AWS_KEY`.
    fn is_secret_variable(&self, name: &str) -> bool {
        let lower = name.to_ascii_lowercase();
        VARIABLE_PARTS.iter().any(|part| lower.contains(part)) || self.is_secret(name)
    }

    /// Returns `true` if `key` names the value next to it, and `name` is that of a secret.
    fn names_secret_value(&self, key: &str, name: &str) -> bool {
        (key == VARIABLE && self.is_secret_variable(name))
            || (NAMING.contains(&key) && self.is_secret(name))
    }

    /// Returns `true` if an encoded query is about a secret.
    pub(crate) fn query_has_secret_name(&self, query: &str) -> bool {
        let mut named = query.split('&').filter_map(|pair| pair.split_once('='));
        named.any(|(name, value)| self.names_secret_value(&decode(name), &decode(value)))
    }

    /// Redacts a path with its query.
    pub(crate) fn target(&self, target: &str) -> String {
        let Some((path, query)) = target.split_once('?') else {
            return target.to_owned();
        };
        let value_is_secret = self.query_has_secret_name(query);
        let shown = query.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value))
                if self.is_secret(&decode(name))
                    || (decode(name) == "value" && value_is_secret)
                    || self.holds_secret(&decode(value)) =>
            {
                format!("{name}={REDACTED}")
            }
            _ => pair.to_owned(),
        });
        format!("{path}?{}", shown.collect::<Vec<_>>().join("&"))
    }

    /// Redacts a body if it is JSON. `value_is_secret` is `true` if the `value` of the object is a
    /// secret.
    pub(crate) fn body(&self, bytes: &[u8], value_is_secret: bool) -> String {
        let text = String::from_utf8_lossy(bytes);
        match serde_json::from_slice::<Value>(bytes) {
            Ok(mut value) => match self.redact(&mut value, Keys::Fields, value_is_secret) {
                true => value.to_string(),
                false => text.into_owned(),
            },
            // JSON that cannot be parsed may contain a secret whose extent is unknown.
            Err(_) if text.trim_start().starts_with(['{', '[', '"']) && self.has_name(&text) => {
                format!("({} bytes of invalid JSON)", bytes.len())
            }
            Err(_) => text.into_owned(),
        }
    }

    /// Returns `true` if a text contains a word that is the name of a secret.
    fn has_name(&self, text: &str) -> bool {
        let mut names = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
        names.any(|name| self.is_secret_variable(name))
    }

    /// Replaces secrets in a value, and returns `true` if there were any.
    fn redact(&self, value: &mut Value, keys: Keys, value_is_secret: bool) -> bool {
        match value {
            Value::Array(items) => items.iter_mut().fold(false, |found, item| {
                self.redact(item, Keys::Fields, false) | found
            }),
            Value::Object(members) => {
                let mut named = members.iter().filter_map(|(key, name)| {
                    let name = name.as_str()?;
                    Some(self.names_secret_value(key, name))
                });
                let value_is_secret = value_is_secret || named.any(|is_secret| is_secret);
                let mut found = false;
                for (key, member) in members {
                    let is_secret = match keys {
                        Keys::Fields => self.is_secret(key),
                        Keys::Variables => self.is_secret_variable(key),
                    };
                    let has_assignment = DIALPLAN_ARGUMENTS.contains(&key.as_str())
                        && member
                            .as_str()
                            .is_some_and(|text| self.assigns_secret(text));
                    if !member.is_null()
                        && (is_secret || has_assignment || (key == "value" && value_is_secret))
                    {
                        *member = REDACTED.into();
                        found = true;
                    } else {
                        let keys = match keys {
                            Keys::Fields if VARIABLES.contains(&key.as_str()) => Keys::Variables,
                            _ => Keys::Fields,
                        };
                        found |= self.redact(member, keys, false);
                    }
                }
                found
            }
            Value::String(text) if self.holds_secret(text) => {
                *value = REDACTED.into();
                true
            }
            _ => false,
        }
    }

    /// Returns `true` if a text has a secret that its form shows, whatever its name is.
    fn holds_secret(&self, text: &str) -> bool {
        has_login(text) || has_authorization(text) || has_web_token(text) || {
            let mut parameters = text.split(['?', '&']).skip(1);
            parameters.any(|pair| {
                let name = pair.split_once('=').map(|(name, _)| decode(name));
                name.is_some_and(|name| self.is_secret(&name))
            })
        }
    }

    /// Returns `true` if a text such as `A=1,PIN=2` has the value of a secret.
    fn assigns_secret(&self, text: &str) -> bool {
        text.match_indices('=').any(|(at, _)| {
            let name = text[..at].rsplit([',', '&', '?', ';', ' ']).next();
            self.is_secret_variable(name.unwrap_or_default())
        })
    }
}

/// Redacts a path with its query.
pub fn target(target: &str) -> String {
    Redactor::default().target(target)
}

/// Redacts a body if it is JSON. `value_is_secret` is `true` if the `value` of the object is a secret.
pub fn body(bytes: &[u8], value_is_secret: bool) -> String {
    Redactor::default().body(bytes, value_is_secret)
}

/// Returns `true` if a query is about a secret, such as the value of a variable.
pub fn has_secret_name(query: &[(&'static str, String)]) -> bool {
    let redactor = Redactor::default();
    let mut query = query.iter();
    query.any(|(name, value)| redactor.names_secret_value(name, value))
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

/// Returns `true` if a text contains a header with credentials, such as `Authorization: Bearer x`.
fn has_authorization(text: &str) -> bool {
    text.to_ascii_lowercase().contains("authorization:")
}

/// Returns `true` if a text contains a JSON Web Token: three parts in Base64, of which the first one
/// begins with `{"`.
fn has_web_token(text: &str) -> bool {
    let is_separator = |c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c));
    let mut words = text.split(is_separator);
    words.any(|word| word.starts_with("eyJ") && word.matches('.').count() == 2)
}

/// Decodes a name or a value of a query.
fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use super::{Redactor, body, target};

    #[test]
    fn secrets_are_recognized_by_name() {
        let mut redactor = Redactor::default();
        redactor.add_names(["Customer_Id".to_owned()]);
        for (name, is_secret) in [
            ("MYPASS", true),
            ("AWS_KEY", true),
            ("dbPwd", true),
            ("PJSIP_HEADER(add,X-Auth)", true),
            ("accountpin", true),
            ("customer_id", true),
            ("CUSTOMER", false),
            ("DIALSTATUS", false),
            ("BRIDGEPEER", false),
            ("", false),
        ] {
            assert_eq!(redactor.is_secret_variable(name), is_secret, "{name}");
        }
        assert!(redactor.is_secret("CUSTOMER_ID"));
        let is_secret = |name| Redactor::default().is_secret(name);
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
            (
                r#"{"channelvars":{"A":"1","AWS_KEY":"s"},"key":"k","ping":"pong"}"#,
                r#"{"channelvars":{"A":"1","AWS_KEY":"(redacted)"},"key":"k","ping":"pong"}"#,
            ),
            (
                r#"{"userevent":{"MyPass":"s","eventname":"e"}}"#,
                r#"{"userevent":{"MyPass":"(redacted)","eventname":"e"}}"#,
            ),
            (
                r#"{"value":"s","variable":"MYPASS"}"#,
                r#"{"value":"(redacted)","variable":"MYPASS"}"#,
            ),
            (
                r#"{"dialplan":{"app_data":"A=1,MYPASS=s","app_name":"Set"}}"#,
                r#"{"dialplan":{"app_data":"(redacted)","app_name":"Set"}}"#,
            ),
            (
                r#"{"dialplan_app_data":"PJSIP/keyes,30"}"#,
                r#"{"dialplan_app_data":"PJSIP/keyes,30"}"#,
            ),
            (
                r#"{"value":"Proxy-Authorization: Digest x","variable":"SIPADDHEADER0"}"#,
                r#"{"value":"(redacted)","variable":"SIPADDHEADER0"}"#,
            ),
            (
                r#"{"args":["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln","eyJ"]}"#,
                r#"{"args":["(redacted)","eyJ"]}"#,
            ),
            (
                r#"{"data":["https://pbx/?id=1&access_token=s","a?id=1&b=2"]}"#,
                r#"{"data":["(redacted)","a?id=1&b=2"]}"#,
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
            (
                "/v?variable=MYPASS&value=12",
                "/v?variable=MYPASS&value=(redacted)",
            ),
            ("/v?variable=A&value=12", "/v?variable=A&value=12"),
        ] {
            assert_eq!(target(text), shown);
        }
    }
}
