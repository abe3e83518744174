//! The fields that `--fields` can select, from the table of models.

use ari_api::Event;
use ari_api::models::MODELS;

use crate::closest_name::closest_name;
use crate::error::CliError;

/// The depth to which nested models are listed.
const MAX_DEPTH: usize = 4;

/// The number of fields that an error lists. All events together have hundreds.
const MAX_LISTED: usize = 24;

/// The name of a type in [`MODELS`], such as `Channel` or `List[Channel]`.
type TypeName = &'static str;

/// Rejects a field that none of these types has, before anything is sent.
pub(crate) fn check(fields: &[String], kinds: &[TypeName]) -> Result<(), CliError> {
    let Some(unknown) = fields
        .iter()
        .find(|field| !kinds.iter().any(|kind| has(item(kind), field)))
    else {
        return Ok(());
    };
    unknown_field(unknown, &all(kinds))
}

/// Rejects a field that a value of the command itself does not have.
pub(crate) fn check_names(fields: &[String], known: &[&str]) -> Result<(), CliError> {
    match fields.iter().find(|field| !known.contains(&&***field)) {
        Some(unknown) => {
            let known: Vec<_> = known.iter().map(|field| (*field).to_owned()).collect();
            unknown_field(unknown, &known)
        }
        None => Ok(()),
    }
}

fn unknown_field(unknown: &str, known: &[String]) -> Result<(), CliError> {
    let near = match closest_name(unknown, known.iter().cloned()) {
        Some(near) => format!("did you mean {near}? "),
        None => String::new(),
    };
    let listed = known.iter().take(MAX_LISTED).cloned().collect::<Vec<_>>();
    let more = match known.len() - listed.len() {
        0 => String::new(),
        more => format!(", and {more} more, which --json prints"),
    };
    Err(CliError::usage(format!(
        "unknown field {unknown:?}; {near}this command prints: {}{more}",
        listed.join(", ")
    )))
}

/// Returns the types of events: these types, or all of them if there are none.
pub(crate) fn events(types: &[String]) -> Vec<TypeName> {
    let chosen = |kind: &str| types.iter().any(|name| name.eq_ignore_ascii_case(kind));
    let kinds = Event::KINDS.iter().copied();
    kinds
        .filter(|kind| types.is_empty() || chosen(kind))
        .collect()
}

/// Returns every field of these types, without duplicates.
pub(crate) fn all(kinds: &[TypeName]) -> Vec<String> {
    let mut found = Vec::new();
    for kind in kinds {
        list(item(kind), "", MAX_DEPTH, &mut found);
    }
    found
}

/// Returns `true` if the fields of a type are known.
pub(crate) fn is_model(kind: TypeName) -> bool {
    model(item(kind)).is_some()
}

/// Returns the type of the rows: `Channel` for `List[Channel]`.
fn item(kind: TypeName) -> TypeName {
    let item = kind.strip_prefix("List[");
    item.and_then(|kind| kind.strip_suffix(']')).unwrap_or(kind)
}

fn model(name: &str) -> Option<&'static [(&'static str, TypeName)]> {
    let model = MODELS.iter().find(|model| model.name == name);
    model.map(|model| model.fields)
}

/// Returns `true` if there can be a value at `a.b`. Objects without a model can have any field.
fn has(kind: TypeName, path: &str) -> bool {
    let Some(fields) = model(kind) else {
        return kind == "object";
    };
    fields.iter().any(|(name, kind)| {
        let rest = path.strip_prefix(name);
        rest.is_some_and(|rest| match rest.strip_prefix('.') {
            Some(rest) => !rest.is_empty() && has(kind, rest),
            None => rest.is_empty(),
        })
    })
}

fn list(kind: TypeName, before: &str, depth: usize, found: &mut Vec<String>) {
    for (name, kind) in model(kind).unwrap_or_default() {
        let path = format!("{before}{name}");
        if depth > 1 && model(kind).is_some() {
            list(kind, &format!("{path}."), depth - 1, found);
        } else if !found.contains(&path) {
            found.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{all, check, events};

    #[test]
    fn every_response_has_fields() {
        for operation in ari_api::OPERATIONS {
            if let ari_api::schema::ResponseType::Json(kind) = operation.response {
                assert!(super::is_model(kind), "{operation}: {kind}");
            }
        }
    }

    #[test]
    fn fields_are_those_of_models() {
        for (kind, field, is_known) in [
            ("List[Channel]", "id", true),
            ("List[Channel]", "caller.number", true),
            ("Channel", "caller", true),
            ("Channel", "channelvars.CHANNEL(a.b)", true),
            ("Channel", "caller.", false),
            ("Channel", "ids", false),
            ("Channel", "id.x", false),
            ("Bridge", "channels.id", false),
            ("AsteriskInfo", "status.startup_time", true),
            ("StasisStart", "type", true),
            ("StasisStart", "channel.caller.name", true),
            ("StasisStart", "bridge.id", false),
        ] {
            let fields = [field.to_owned()];
            assert_eq!(check(&fields, &[kind]).is_ok(), is_known, "{kind} {field}");
        }
        let every = events(&[]);
        assert!(check(&["bridge.id".to_owned()], &every).is_ok());
        let one = events(&["stasisstart".to_owned()]);
        assert_eq!(one, ["StasisStart"]);
        let listed = all(&one);
        assert!(
            listed.contains(&"channel.dialplan.exten".to_owned()),
            "{listed:?}"
        );
        assert!(!listed.contains(&"channel".to_owned()), "{listed:?}");
    }
}
