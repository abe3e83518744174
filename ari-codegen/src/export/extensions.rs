//! Fields that begin with `x-ari-`, for facts that no format has a place for. They are documented in
//! `api-docs/openapi/README.md`.

use serde_json::{Map, Value, json};

use crate::api::{Allowed, Availability, DurationFormat, DurationUnit};

/// The fields of an object.
pub(super) type Fields = Map<String, Value>;

/// Adds a field if there is a value.
pub(super) fn add(fields: &mut Fields, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        fields.insert(name.into(), value.into());
    }
}

/// Returns the releases that have an item, or `None` if all of `covered` have it.
fn describe(availability: &Availability, covered: &Availability) -> Option<Value> {
    let text = availability.describe(covered)?;
    let releases = availability.releases.iter().map(|it| it.number());
    let mut fields = Fields::new();
    fields.insert("releases".into(), releases.collect());
    for (name, versions) in [
        ("since", &availability.since),
        ("until", &availability.until),
    ] {
        if !versions.is_empty() {
            let versions = versions.iter().map(ToString::to_string);
            fields.insert(name.into(), versions.collect());
        }
    }
    fields.insert("text".into(), text.into());
    Some(fields.into())
}

/// Adds the releases that have an item, if not all of `covered` do.
pub(super) fn add_availability(fields: &mut Fields, it: &Availability, covered: &Availability) {
    add(fields, "x-ari-availability", describe(it, covered));
}

/// Adds the releases that always send, or demand, an optional item. `own` are the releases that have
/// the item, and `container` those that have its container.
pub(super) fn add_required_in(
    fields: &mut Fields,
    it: &Availability,
    own: &Availability,
    container: &Availability,
) {
    if it.is_empty() {
        return;
    }
    // Some releases have the container without the item.
    let releases = describe(it, own).or_else(|| describe(it, container));
    add(fields, "x-ari-required-in", releases);
}

/// Adds the meaning and the availability of known values.
pub(super) fn add_values(fields: &mut Fields, allowed: Option<&Allowed>, covered: &Availability) {
    let Some(Allowed::Values(values)) = allowed else {
        return;
    };
    let entries = values.iter().map(|value| {
        let mut entry = Fields::new();
        entry.insert("value".into(), value.value.clone().into());
        add(&mut entry, "description", value.text.clone());
        add_availability(&mut entry, &value.availability, covered);
        Value::from(entry)
    });
    fields.insert("x-ari-values".into(), entries.collect());
}

/// Returns the unit of a number that is a length of time.
pub(super) fn unit(unit: DurationUnit) -> Value {
    json!({"unit": unit.symbol()})
}

/// Returns the unit of a parameter that is a length of time, and the meaning of special numbers.
pub(super) fn duration(format: DurationFormat) -> Value {
    let mut fields = Fields::new();
    fields.insert("unit".into(), format.unit.symbol().into());
    add(&mut fields, "unlimited", format.unlimited);
    if !format.takes_zero && format.unlimited != Some(0) {
        fields.insert("zeroIsDefault".into(), true.into());
    }
    fields.into()
}
