//! Decides every Rust name of the bindings, before anything is emitted.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{
    EnumPlan, HandlePlan, ModelPlan, OperationPlan, ParameterPlan, Plan, PropertyPlan, ResourcePlan,
};
use super::{layout, object_kinds, standard};
use crate::api::{
    Allowed, AllowedValue, Api, DurationUnit, Model, Operation, ParameterType, Path, Property,
    Resource, ResponseType, Scalar, Segment, Type,
};
use crate::markdown::code;
use crate::naming::{self, Scope};

/// Decides every name.
pub(crate) fn plan<'a>(api: &'a Api, root: &syn::Path) -> Plan<'a> {
    let root: Vec<_> = root.segments.iter().map(|s| s.ident.to_string()).collect();
    let mut notes = Vec::new();
    let mut resources: Vec<ResourcePlan<'a>> = api
        .resources
        .iter()
        .map(|resource| plan_resource(resource, &mut notes))
        .collect();
    // Asterisk's own items get their names first, wherever a spec puts its additions.
    let is_standard = |&index: &usize| standard::is_resource(&resources[index].resource.name);
    let groups: (Vec<usize>, Vec<usize>) = (0..resources.len()).partition(is_standard);
    let mut accessors = Scope::with(&naming::RESERVED_CLIENT_METHODS);
    let mut model_types = Scope::default();
    let mut models = BTreeMap::new();
    let mut model_enums = BTreeMap::new();
    let mut owned = BTreeMap::new();
    for group in [groups.0, groups.1] {
        for &index in &group {
            let name = &resources[index].resource.name;
            let owner = format!("the resource {name:?}");
            resources[index].module = accessors.claim_for(&owner, naming::module(name), &mut notes);
        }
        let declared = group.iter().map(|&index| resources[index].resource);
        plan_models(api, declared, &mut model_types, &mut models, &mut notes);
        for &index in &group {
            let plan = &mut resources[index];
            plan.model_enums = plan_model_enums(
                plan.resource,
                &root,
                &models,
                &mut model_types,
                &mut model_enums,
            );
        }
        plan_handles(
            api,
            &mut resources,
            &group,
            &mut accessors,
            &mut owned,
            &mut notes,
        );
    }
    // Heirs use the enum of the model that declares the property.
    for property in models.values_mut().flat_map(|model| &mut model.properties) {
        let declared = std::ptr::from_ref(property.property);
        property.enum_name = model_enums.get(&declared).cloned();
    }
    let events = api
        .event_root()
        .map(|root| {
            api.leaves(root)
                .into_iter()
                .map(|leaf| leaf.name.as_str())
                .collect()
        })
        .unwrap_or_default();
    let mut plan = Plan {
        api,
        root,
        resources,
        models,
        events,
        object_kinds: BTreeMap::new(),
        notes,
    };
    plan.object_kinds = object_kinds::find_object_kinds(&plan);
    layout::assign_files(&mut plan);
    plan
}

/// The name of a parameter, and each of its values with the part of the parameter's releases that
/// accept it, if that is not the whole.
type ValuesKey<'a> = (&'a str, Vec<(&'a str, Option<String>)>);

fn plan_resource<'a>(resource: &'a Resource, notes: &mut Vec<String>) -> ResourcePlan<'a> {
    let accessor_type = naming::type_name(&resource.name, "Resource");
    let mut types = Scope::with(&[&accessor_type]);
    let mut methods = Scope::with(&["new"]);
    let mut constants = Scope::with(&["ALL"]);
    let mut enums: Vec<EnumPlan<'a>> = Vec::new();
    let mut names: BTreeMap<ValuesKey<'_>, String> = BTreeMap::new();
    let mut operations = Vec::new();
    // Those of Asterisk itself get their names first.
    let is_custom =
        |operation: &Operation| !standard::is_operation(&resource.name, &operation.nickname);
    let mut in_order_of_claims: Vec<_> = resource.operations.iter().enumerate().collect();
    in_order_of_claims.sort_by_key(|(_, operation)| is_custom(operation));
    for (place, operation) in in_order_of_claims {
        let owner = format!("the operation {}.{}", resource.name, operation.nickname);
        let type_name = naming::type_name(&operation.nickname, "Request");
        let type_name = types.claim_for(&owner, type_name, notes);
        let mut fields = Scope::with(&[
            "client",
            "default",
            "new",
            "on",
            "send",
            "add_arguments",
            "decode",
            "into_future",
            "to_request",
            // Of requests that make objects.
            "send_watched",
            "send_with_events",
            "wait_until_finished",
        ]);
        let mut parameters: Vec<_> = operation
            .parameters
            .iter()
            .map(|parameter| {
                let text = matches!(
                    parameter.kind,
                    ParameterType::Scalar(Scalar::Text) | ParameterType::List(Scalar::Text)
                );
                let enum_name = match &parameter.allowed {
                    Some(Allowed::Values(values)) if text && !values.is_empty() => {
                        // One type for parameters of the same name whose values are the same in all
                        // releases, named after the first operation that has it.
                        let of_value = |value: &'a AllowedValue| {
                            let part = value.availability.describe(&parameter.availability);
                            (value.value.as_str(), part)
                        };
                        let key = (
                            parameter.name.as_str(),
                            values.iter().map(of_value).collect(),
                        );
                        let name = names.entry(key).or_insert_with(|| {
                            let nickname = format!("{}_{}", operation.nickname, parameter.name);
                            let name = types.claim(naming::type_name(&nickname, "Value"));
                            let owner = code(&parameter.name);
                            enums.push(EnumPlan {
                                name: name.clone(),
                                owner,
                                values,
                                file: String::new(),
                            });
                            name
                        });
                        Some(name.clone())
                    }
                    _ => None,
                };
                let unit = parameter.duration.map(|format| format.unit);
                let unit = unit.filter(|_| enum_name.is_none());
                let others = operation.parameters.iter().map(|other| &other.name);
                ParameterPlan {
                    parameter,
                    field: field_name(&parameter.name, unit, others),
                    enum_name,
                }
            })
            .collect();
        claim_fields(&mut fields, &mut parameters, notes, |plan| {
            let wire = plan.parameter.name.as_str();
            let owner = format!("the parameter {wire:?} of {owner}");
            (&mut plan.field, owner, standard::is_parameter(wire))
        });
        let plan = OperationPlan {
            operation,
            type_name,
            method: methods.claim(naming::snake(&operation.nickname)),
            constant: constants.claim(naming::constant(&operation.nickname)),
            file: String::new(),
            parameters,
        };
        operations.push((place, plan));
    }
    operations.sort_by_key(|(place, _)| *place);
    ResourcePlan {
        resource,
        module: String::new(),
        accessor_type,
        enums,
        model_enums: Vec::new(),
        operations: operations.into_iter().map(|(_, plan)| plan).collect(),
        handles: Vec::new(),
    }
}

fn plan_models<'a>(
    api: &'a Api,
    resources: impl Iterator<Item = &'a Resource>,
    types: &mut Scope,
    plans: &mut BTreeMap<&'a str, ModelPlan<'a>>,
    notes: &mut Vec<String>,
) {
    let recursive = api.recursive_models();
    let unreachable = api.unreachable_models();
    let tagged: BTreeMap<&str, &str> = api
        .models()
        .filter_map(|(_, model)| Some((model, model.discriminator.as_deref()?)))
        .flat_map(|(root, discriminator)| {
            api.leaves(root)
                .into_iter()
                .map(move |leaf| (leaf.name.as_str(), discriminator))
        })
        .collect();
    let mut models: Vec<&'a Model> = resources.flat_map(|resource| &resource.models).collect();
    // An item whose name already has Rust's form keeps it: `Channel` beside `channel`.
    models.sort_by_cached_key(|model| naming::type_name(&model.name, "") != model.name);
    for model in models {
        let discriminator = tagged.get(model.name.as_str()).copied();
        let mut fields = Scope::default();
        let mut seen = BTreeSet::new();
        let inherited = api.ancestors(model).into_iter().chain([model]);
        let all: Vec<&Property> = inherited.flat_map(|m| &m.properties).collect();
        // A property that a subtype declares anew hides the inherited one.
        let mut properties: Vec<PropertyPlan<'a>> = Vec::new();
        for property in all.into_iter().rev() {
            let hidden = !seen.insert(property.name.as_str());
            if hidden || Some(property.name.as_str()) == discriminator {
                continue;
            }
            let boxed = matches!(&property.kind, Type::Model(name)
                if recursive.contains(name.as_str()) && recursive.contains(model.name.as_str()));
            properties.push(PropertyPlan {
                property,
                field: String::new(),
                enum_name: None,
                boxed,
            });
        }
        properties.reverse();
        let owner = format!("the model {:?}", model.name);
        let names: Vec<_> = properties.iter().map(|plan| &plan.property.name).collect();
        for plan in &mut properties {
            let unit = plan.property.duration.filter(|_| {
                let kind = &plan.property.kind;
                matches!(
                    kind,
                    Type::Scalar(Scalar::Int | Scalar::Long | Scalar::Double)
                )
            });
            plan.field = field_name(&plan.property.name, unit, names.iter().copied());
        }
        claim_fields(&mut fields, &mut properties, notes, |plan| {
            let wire = plan.property.name.as_str();
            let owner = format!("the property {wire:?} of {owner}");
            (&mut plan.field, owner, standard::is_property(wire))
        });
        let type_name = naming::type_name(&model.name, "Model");
        let type_name = types.claim_for(&owner, type_name, notes);
        plans.insert(
            model.name.as_str(),
            ModelPlan {
                model,
                type_name,
                properties,
                discriminator_value: discriminator,
                hidden: unreachable.contains(model.name.as_str()),
                file: String::new(),
            },
        );
    }
}

/// Claims the fields of parameters or properties. Those of Asterisk itself get their names first.
/// `parts` returns the field with its wanted name, the owner that notes name, and true for an item
/// of Asterisk itself.
fn claim_fields<T>(
    scope: &mut Scope,
    plans: &mut [T],
    notes: &mut Vec<String>,
    parts: impl Fn(&mut T) -> (&mut String, String, bool),
) {
    for is_first in [true, false] {
        for plan in &mut *plans {
            let (field, owner, is_standard) = parts(plan);
            if is_standard == is_first {
                *field = scope.claim_for(&owner, std::mem::take(field), notes);
            }
        }
    }
}

/// Returns the name of a field: that of a duration without its unit, unless another one has that
/// name.
fn field_name<'n>(
    name: &str,
    unit: Option<DurationUnit>,
    mut others: impl Iterator<Item = &'n String>,
) -> String {
    let short = unit.and_then(|unit| naming::without_unit(name, unit));
    let short = short.map(|short| naming::snake(&short));
    short
        .filter(|short| !others.any(|other| naming::snake(other) == *short))
        .unwrap_or_else(|| naming::snake(name))
}

/// Enums of a resource's models. Named `ChannelState`, or after the property alone if that
/// begins with the model's first word: `BridgeType`, `ContactStatus`.
fn plan_model_enums<'a>(
    resource: &'a Resource,
    root: &[String],
    models: &BTreeMap<&'a str, ModelPlan<'a>>,
    types: &mut Scope,
    names: &mut BTreeMap<*const Property, String>,
) -> Vec<EnumPlan<'a>> {
    let mut enums = Vec::new();
    for model in &resource.models {
        for property in &model.properties {
            let text = property.kind == Type::Scalar(Scalar::Text);
            let Some(Allowed::Values(values)) = property.allowed.as_ref().filter(|_| text) else {
                continue;
            };
            if values.is_empty() {
                continue;
            }
            let model_words = naming::snake(&model.name);
            let first = model_words.split('_').next().unwrap_or_default().to_owned();
            let own = naming::snake(&property.name);
            let wire = if own.starts_with(&format!("{first}_")) {
                property.name.clone()
            } else {
                format!("{}_{}", naming::type_name(&model.name, ""), property.name)
            };
            let name = types.claim(naming::type_name(&wire, "Value"));
            let owner = format!(
                "{} of [`{2}`]({}::models::{2})",
                code(&property.name),
                root.join("::"),
                models[model.name.as_str()].type_name
            );
            enums.push(EnumPlan {
                name: name.clone(),
                owner,
                values,
                file: String::new(),
            });
            names.insert(std::ptr::from_ref(property), name);
        }
    }
    enums
}

/// Plans a handle for every prefix of paths that ends in its first run of variables and has at
/// least two operations below it. It is named after the model that `GET` returns there, else after
/// the model that `GET` lists one level up, else after the path.
///
/// The handle of a model is that of the resource that declares the model, and there the one below
/// which `GET` returns it. Other handles have no methods of the model.
fn plan_handles<'a>(
    api: &'a Api,
    resources: &mut [ResourcePlan<'a>],
    group: &[usize],
    accessors: &mut Scope,
    owned: &mut BTreeMap<&'a str, String>,
    notes: &mut Vec<String>,
) {
    let mut candidates = Vec::new();
    let mut types = BTreeMap::new();
    for &index in group {
        candidates.extend(handle_candidates(api, index, &resources[index]));
        let plan = &resources[index];
        let mut names = Scope::with(&[plan.accessor_type.as_str()]);
        let operations = plan.operations.iter().map(|op| &op.type_name);
        for name in operations.chain(plan.enums.iter().map(|e| &e.name)) {
            names.claim(name.clone());
        }
        types.insert(index, names);
    }
    // In the order in which they get their names; then in that of the paths again.
    candidates.sort_by_key(|candidate| candidate.rank);
    let mut handles = BTreeMap::new();
    for (place, candidate) in candidates.into_iter().enumerate() {
        let owner = format!("the handle of {}", candidate.path);
        let accessor = accessors.claim_for(&owner, naming::snake(&candidate.wire), notes);
        let wanted = format!("{}Handle", naming::type_name(&candidate.wire, ""));
        let names = types.entry(candidate.resource).or_default();
        let model = candidate.model.filter(|model| match owned.get(model) {
            None => {
                owned.insert(model, owner.clone());
                true
            }
            Some(other) => {
                notes.push(format!(
                    "{owner} has no events of {model:?}, which belong to {other}"
                ));
                false
            }
        });
        let handle = HandlePlan {
            type_name: names.claim(naming::type_name(&wanted, "")),
            noun: accessor.trim_start_matches("r#").replace('_', " "),
            accessor,
            model,
            variables: candidate.variables,
            operations: candidate.operations,
            file: String::new(),
            operations_file: String::new(),
        };
        handles.insert((candidate.resource, candidate.place, place), handle);
    }
    for ((resource, _, _), handle) in handles {
        resources[resource].handles.push(handle);
    }
}

/// A candidate for a handle.
struct HandleCandidate<'a> {
    resource: usize,
    /// Its place among those of the resource.
    place: usize,
    path: Path,
    /// The name that it is named after.
    wire: String,
    model: Option<&'a str>,
    variables: Vec<(&'a str, String)>,
    operations: Vec<usize>,
    /// Smaller if the claim to the name and the model is better.
    rank: (bool, bool),
}

fn handle_candidates<'a>(
    api: &'a Api,
    index: usize,
    plan: &ResourcePlan<'a>,
) -> Vec<HandleCandidate<'a>> {
    let resource = plan.resource;
    let mut prefixes: Vec<&'a [Segment]> = Vec::new();
    for operation in &resource.operations {
        let segments = operation.path.0.as_slice();
        let is_variable = |segment: &Segment| matches!(segment, Segment::Variable(_));
        let Some(start) = segments.iter().position(is_variable) else {
            continue;
        };
        let run = segments[start..]
            .iter()
            .take_while(|segment| is_variable(segment))
            .count();
        let prefix = &segments[..start + run];
        if !prefixes.contains(&prefix) {
            prefixes.push(prefix);
        }
    }
    let longest: Vec<_> = prefixes
        .iter()
        .copied()
        .filter(|prefix| {
            prefixes.iter().all(|other| {
                other.len() <= prefix.len()
                    || !other.starts_with(prefix)
                    || !matches!(other[prefix.len()], Segment::Variable(_))
            })
        })
        .collect();
    let mut candidates = Vec::new();
    for prefix in longest {
        let below: Vec<usize> = (0..resource.operations.len())
            .filter(|&index| resource.operations[index].path.0.starts_with(prefix))
            .collect();
        let wires = prefix.iter().filter_map(|segment| match segment {
            Segment::Variable(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        });
        // A handle holds texts.
        let is_text = |wire: &str, index: usize| {
            let mut parameters = resource.operations[index].parameters.iter();
            let text = ParameterType::Scalar(Scalar::Text);
            parameters.any(|parameter| parameter.name == wire && parameter.kind == text)
        };
        let are_text = |wire| below.iter().all(|&index| is_text(wire, index));
        if below.len() < 2 || !wires.clone().all(are_text) {
            continue;
        }
        // Fields are getters, too, beside the methods of the operations.
        let mut fields = Scope::with(&["client", "connect", "events", "new"]);
        for &index in &below {
            fields.claim(plan.operations[index].method.clone());
        }
        let variables: Vec<(&str, String)> = wires
            .map(|wire| (wire, fields.claim(naming::snake(wire))))
            .collect();
        let parent = &prefix[..prefix.len() - variables.len()];
        let answered = get_model(resource, prefix, false);
        let model = answered.or_else(|| get_model(resource, parent, true));
        let wire = match model {
            Some(name) => name.to_owned(),
            None => {
                let words: Vec<_> = parent
                    .iter()
                    .skip(usize::from(parent.len() > 1))
                    .filter_map(|segment| match segment {
                        Segment::Literal(text) => Some(text.as_str()),
                        Segment::Variable(_) => None,
                    })
                    .collect();
                naming::singular(&words.join("_"))
            }
        };
        let declares = |name: &str| resource.models.iter().any(|model| model.name == name);
        candidates.push(HandleCandidate {
            resource: index,
            place: candidates.len(),
            path: Path(prefix.to_vec()),
            wire,
            model: model.filter(|name| api.model(name).is_some()),
            variables,
            operations: below,
            rank: (!model.is_some_and(declares), answered.is_none()),
        });
    }
    candidates
}

/// Returns the model that `GET` on this path returns or lists.
fn get_model<'a>(resource: &'a Resource, path: &[Segment], list: bool) -> Option<&'a str> {
    let get = resource
        .operations
        .iter()
        .find(|op| op.method == crate::api::Method::Get && op.path.0 == path)?;
    match (&get.response, list) {
        (ResponseType::Json(Type::Model(name)), false) => Some(name),
        (ResponseType::Json(Type::List(item)), true) => item.model(),
        _ => None,
    }
}
