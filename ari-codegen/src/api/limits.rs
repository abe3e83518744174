//! Limits far above any spec of Asterisk. Rejecting larger input keeps every later step fast.

use crate::error::{Place, Result};
use crate::spec::{AllowableValues, ModelSpec, OperationSpec, Spec};

/// Operations, parameters, models, properties, values, codes and versions: the newest Asterisk has
/// about 1500.
const MAX_ITEMS: usize = 5_000;

/// Bytes of a name or a value; Asterisk's longest has 40.
const MAX_NAME_LENGTH: usize = 256;

/// Bytes of a path, which has several names; Asterisk's longest has 70.
const MAX_PATH_LENGTH: usize = 1024;

/// Rejects input that is too large to be a spec.
pub(super) fn check_limits(spec: &Spec) -> Result<()> {
    let mut items = 0;
    for resource in &spec.resources {
        let place = || Place {
            file: resource.file.as_str().into(),
            path: "$".into(),
            subject: None,
        };
        check_name(&resource.name, &place())?;
        items += resource.since.len() + resource.requires_modules.len();
        for api in &resource.apis {
            for operation in &api.operations {
                check_length(&api.path, MAX_PATH_LENGTH, &operation.place)?;
                items += operation_size(operation)?;
            }
        }
        for model in &resource.models {
            items += model_size(model)?;
        }
        if items > MAX_ITEMS {
            return Err(place().error(format!(
                "more than {MAX_ITEMS} operations, parameters, models, properties and values: \
                 this is no spec of Asterisk"
            )));
        }
    }
    Ok(())
}

fn operation_size(operation: &OperationSpec) -> Result<usize> {
    check_name(&operation.nickname, &operation.place)?;
    let mut items = 1 + operation.since.len() + operation.error_responses.len();
    for parameter in &operation.parameters {
        check_name(&parameter.name, &parameter.place)?;
        items += 1 + values_size(&parameter.allowable_values, &parameter.place)?;
    }
    Ok(items)
}

fn model_size(model: &ModelSpec) -> Result<usize> {
    check_name(&model.id, &model.place)?;
    let mut items = 1 + model.sub_types.len();
    for property in &model.properties {
        check_name(&property.name, &property.place)?;
        items += 1 + values_size(&property.allowable_values, &property.place)?;
    }
    Ok(items)
}

fn values_size(allowed: &Option<AllowableValues>, place: &Place) -> Result<usize> {
    let Some(AllowableValues::List(values)) = allowed else {
        return Ok(0);
    };
    values
        .iter()
        .try_for_each(|value| check_name(value, place))?;
    Ok(values.len())
}

fn check_name(name: &str, place: &Place) -> Result<()> {
    check_length(name, MAX_NAME_LENGTH, place)
}

fn check_length(name: &str, longest: usize, place: &Place) -> Result<()> {
    if name.len() <= longest {
        return Ok(());
    }
    let start: String = name.chars().take(20).collect();
    Err(place.error(format!(
        "the name {start:?}… has {} bytes: more than {longest} are no name",
        name.len()
    )))
}
