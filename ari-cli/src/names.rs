//! Names of resources and operations on the command line.

use ari_api::OPERATIONS;
use ari_api::schema::Operation;

/// Converts a name to kebab case: `sendDTMF` to `send-dtmf`, `reason_code` to `reason-code`.
pub(crate) fn kebab(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut words = String::new();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1);
        let begins = c.is_uppercase()
            && before.is_some_and(|before| {
                !before.is_uppercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if begins && before != Some('_') {
            words.push('-');
        }
        words.extend(if c == '_' { '-' } else { c }.to_lowercase());
    }
    words
}

/// Returns the names of all resources, in the order of the operation table.
pub(crate) fn resources() -> Vec<&'static str> {
    let mut names: Vec<&str> = Vec::new();
    for operation in OPERATIONS {
        if !names.contains(&operation.resource) {
            names.push(operation.resource);
        }
    }
    names
}

/// Returns the operations of a resource.
pub(crate) fn operations(resource: &str) -> impl Iterator<Item = &'static Operation> {
    let operations = OPERATIONS.iter().copied();
    operations.filter(move |operation| operation.resource == resource)
}

/// Returns the operation of a command.
pub(crate) fn operation(resource: &str, name: &str) -> Option<&'static Operation> {
    operations(resource).find(|operation| kebab(operation.nickname) == name)
}
