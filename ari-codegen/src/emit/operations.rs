//! The table of operations: every fact of the specs as data, for tools that have no types.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::plan::{OperationPlan, Plan, ResourcePlan};
use super::{docs, ident};
use crate::api::{
    Allowed, Availability, DurationFormat, DurationUnit, Location, MapValue, Method, Operation,
    Parameter, ParameterType, ResponseType, Scalar, Type,
};
use crate::{Release, Version};

/// `operations/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Vec<TokenStream> {
    let modules: Vec<_> = plan
        .resources
        .iter()
        .map(|resource| ident(&resource.module))
        .collect();
    let all = plan.resources.iter().flat_map(|resource| {
        let module = ident(&resource.module);
        resource.operations.iter().map(move |op| {
            let constant = ident(&op.constant);
            quote!(&#module::#constant)
        })
    });
    let releases = numbers(plan.api.releases.iter());
    // Availabilities recur: each has one name.
    let known: BTreeMap<String, &Availability> = plan
        .api
        .operations()
        .flat_map(|(_, op)| availabilities(op))
        .map(|availability| (constant_name(availability), availability))
        .collect();
    let (imports, known) = match known.is_empty() {
        true => (quote!(Operation), None),
        false => {
            let constants = known
                .iter()
                .map(|(name, availability)| constant(plan, name, availability));
            let constants: Vec<_> = constants.collect();
            let text: String = constants.iter().map(ToString::to_string).collect();
            let imports = match text.contains("Version") {
                true => quote!({Availability, Operation, Version}),
                false => quote!({Availability, Operation}),
            };
            (imports, Some(constants))
        }
    };
    let known = known.into_iter().flatten();
    let root = plan.root();
    vec![quote! {
        use #root::runtime::#imports;

        #(pub mod #modules;)*

        /// Every operation, by resource.
        pub static OPERATIONS: &[&Operation] = &[#(#all),*];

        /// The releases that these bindings cover, oldest first.
        pub static RELEASES: &[u16] = &[#(#releases),*];

        #(#known)*
    }]
}

fn numbers<'a>(releases: impl Iterator<Item = &'a Release>) -> impl Iterator<Item = Literal> {
    releases.map(|release| Literal::u16_unsuffixed(release.number()))
}

/// The availability of an operation and of everything in it.
fn availabilities(op: &Operation) -> impl Iterator<Item = &Availability> {
    let parameters = op.parameters.iter().flat_map(|parameter| {
        let values = match &parameter.allowed {
            Some(Allowed::Values(values)) => values.as_slice(),
            _ => &[],
        };
        values
            .iter()
            .map(|value| &value.availability)
            .chain([&parameter.availability])
    });
    parameters.chain([&op.availability])
}

/// `IN_13_16_TO_24`, `IN_V16_6_0_17_TO_24`.
fn constant_name(availability: &Availability) -> String {
    format!("IN_{}", availability.name())
}

fn constant(plan: &Plan<'_>, name: &str, availability: &Availability) -> TokenStream {
    let name = ident(name);
    let releases = numbers(availability.releases.iter());
    let since = availability.since.iter().map(version);
    // An item that the next covered release lacks is assumed to be absent from future releases.
    let covered = plan.api.releases.iter();
    let next = covered
        .copied()
        .find(|release| Some(release) > availability.releases.last());
    let end = next.map(|release| Version {
        major: release.number(),
        minor: 0,
        patch: 0,
    });
    let until = availability.until.iter().copied().chain(end);
    let until = until.map(|at| version(&at));
    quote! {
        const #name: Availability = Availability {
            releases: &[#(#releases),*],
            since: &[#(#since),*],
            until: &[#(#until),*],
        };
    }
}

fn version(version: &Version) -> TokenStream {
    let numbers = [version.major, version.minor, version.patch].map(Literal::u16_unsuffixed);
    quote!(Version::new(#(#numbers),*))
}

/// The file of one resource.
pub(super) fn items(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> Vec<TokenStream> {
    let items: Vec<_> = resource
        .operations
        .iter()
        .map(|op| operation(plan, resource, op))
        .collect();
    let names = [
        "AllowedValue",
        "ResponseType",
        "DurationFormat",
        "DurationUnit",
        "Location",
        "Method",
        "Operation",
        "Parameter",
        "ParameterType",
        "Scalar",
        "Rewrite",
    ];
    let root = plan.root();
    let imports = super::imports(&items, quote!(#root::runtime), &names);
    [imports].into_iter().chain(items).collect()
}

fn operation(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    planned: &OperationPlan<'_>,
) -> TokenStream {
    let op = planned.operation;
    let constant = ident(&planned.constant);
    let doc = docs::doc(&format!("{}.", docs::wire(op)));
    let resource_name = &resource.resource.name;
    let nickname = &op.nickname;
    let text = op.text.clone().unwrap_or_default();
    let method = match op.method {
        Method::Get => quote!(Get),
        Method::Post => quote!(Post),
        Method::Put => quote!(Put),
        Method::Patch => quote!(Patch),
        Method::Delete => quote!(Delete),
    };
    let path = op.path.to_string();
    let all = || plan.api.operations().map(|(_, op)| &op.path);
    let parameters = op.parameters.iter().map(|known| {
        let reserved = match known.location {
            Location::Path => op.path.reserved(&known.name, all()),
            Location::Query | Location::Body => BTreeSet::new(),
        };
        parameter(known, &reserved)
    });
    let answer = match &op.response {
        ResponseType::Empty => quote!(Empty),
        ResponseType::Binary => quote!(Binary),
        ResponseType::Json(kind) => {
            let name = type_name(kind);
            quote!(Json(#name))
        }
    };
    let errors = op.errors.iter().map(|error| {
        let code = Literal::u16_unsuffixed(error.code);
        let text = error.text.clone().unwrap_or_default();
        quote!((#code, #text))
    });
    let upgrade = match &op.websocket_protocol {
        Some(upgrade) => {
            let subprotocol = upgrade.subprotocol.clone().unwrap_or_default();
            quote!(Some(#subprotocol))
        }
        None => quote!(None),
    };
    let modules = &resource.resource.requires_modules;
    let waits = op.blocks_channel_queue.is_some();
    let availability = availability(&op.availability);
    let sent_as = match super::requests::rewrite_target(resource, planned) {
        Some((sent, other)) => {
            let (when, id) = (&sent.if_present, &sent.id_param);
            let other = ident(&other.constant);
            quote!(Some(&Rewrite { if_present: #when, target: &#other, id_param: #id }))
        }
        None => quote!(None),
    };
    let overlaps = plan.resources.iter().flat_map(|other| {
        let overlapping = other.operations.iter().filter(|other| {
            let other = other.operation;
            other.method == op.method && other.path != op.path && op.path.is_matched_by(&other.path)
        });
        overlapping.map(|overlapping| {
            let constant = ident(&overlapping.constant);
            if other.module == resource.module {
                return quote!(&#constant);
            }
            let module = ident(&other.module);
            quote!(&super::#module::#constant)
        })
    });
    quote! {
        #doc
        pub static #constant: Operation = Operation {
            resource: #resource_name,
            nickname: #nickname,
            description: #text,
            method: Method::#method,
            path: #path,
            parameters: &[#(#parameters),*],
            response: ResponseType::#answer,
            errors: &[#(#errors),*],
            websocket_protocol: #upgrade,
            blocks_channel_queue: #waits,
            rewrite: #sent_as,
            overlaps: &[#(#overlaps),*],
            requires_modules: &[#(#modules),*],
            availability: #availability,
        };
    }
}

fn parameter(parameter: &Parameter, reserved: &BTreeSet<&str>) -> TokenStream {
    let reserved = reserved.iter();
    let name = &parameter.name;
    let text = parameter.text.clone().unwrap_or_default();
    let location = match parameter.location {
        Location::Path => quote!(Path),
        Location::Query => quote!(Query),
        Location::Body => quote!(Body),
    };
    let kind = match &parameter.kind {
        ParameterType::Scalar(inner) => {
            let inner = scalar(*inner);
            quote!(Scalar(Scalar::#inner))
        }
        ParameterType::List(inner) => {
            let inner = scalar(*inner);
            quote!(List(Scalar::#inner))
        }
        ParameterType::Joined(inner) => {
            let inner = scalar(*inner);
            quote!(Joined(Scalar::#inner))
        }
        ParameterType::Split(inner) => {
            let inner = scalar(*inner);
            quote!(Split(Scalar::#inner))
        }
        ParameterType::Map(MapValue::Variable) => quote!(Variables),
        ParameterType::Map(MapValue::Text) => quote!(TextMap),
        ParameterType::Map(MapValue::Json) => quote!(JsonMap),
        ParameterType::Fields => quote!(Fields),
        ParameterType::EventFilter => quote!(EventFilter),
        ParameterType::Json => quote!(Json),
        ParameterType::Model(name) => quote!(Model(#name)),
    };
    let required = parameter.required;
    let default = match &parameter.default {
        Some(value) => {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            quote!(Some(#text))
        }
        None => quote!(None),
    };
    let sends_default = parameter.sends_default;
    let duration = match &parameter.duration {
        Some(format) => duration(format),
        None => quote!(None),
    };
    let limit = |limit: Option<i64>| match limit {
        Some(limit) => {
            let limit = Literal::i64_unsuffixed(limit);
            quote!(Some(#limit))
        }
        None => quote!(None),
    };
    let (values, min, max) = match &parameter.allowed {
        Some(Allowed::Values(values)) => {
            let values = values.iter().map(|value| {
                let availability = availability(&value.availability);
                let text = value.text.clone().unwrap_or_default();
                let value = &value.value;
                quote! {
                    AllowedValue {
                        value: #value,
                        description: #text,
                        availability: #availability,
                    }
                }
            });
            (quote!(&[#(#values),*]), limit(None), limit(None))
        }
        Some(Allowed::Range { min, max }) => (quote!(&[]), limit(*min), limit(*max)),
        None => (quote!(&[]), limit(None), limit(None)),
    };
    let availability = availability(&parameter.availability);
    quote! {
        Parameter {
            name: #name,
            description: #text,
            location: Location::#location,
            kind: ParameterType::#kind,
            required: #required,
            default: #default,
            sends_default: #sends_default,
            duration: #duration,
            values: #values,
            reserved: &[#(#reserved),*],
            min: #min,
            max: #max,
            availability: #availability,
        }
    }
}

fn availability(availability: &Availability) -> TokenStream {
    let name = ident(&constant_name(availability));
    quote!(super::#name)
}

fn duration(format: &DurationFormat) -> TokenStream {
    let unit = unit(format.unit);
    let unlimited = match format.unlimited.map(Literal::i64_unsuffixed) {
        Some(number) => quote!(Some(#number)),
        None => quote!(None),
    };
    let takes_zero = format.takes_zero;
    quote! {
        Some(DurationFormat {
            unit: DurationUnit::#unit,
            unlimited: #unlimited,
            takes_zero: #takes_zero,
        })
    }
}

/// The variant of the runtime's `DurationUnit`.
pub(super) fn unit(unit: DurationUnit) -> TokenStream {
    match unit {
        DurationUnit::Seconds => quote!(Seconds),
        DurationUnit::Milliseconds => quote!(Milliseconds),
    }
}

/// The variant of the runtime's `Scalar`.
pub(super) fn scalar(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Text => quote!(Text),
        Scalar::Boolean => quote!(Boolean),
        Scalar::Int => quote!(Int),
        Scalar::Long => quote!(Long),
        Scalar::Double => quote!(Double),
    }
}

/// A type as the specs write it.
pub(super) fn type_name(kind: &Type) -> String {
    match kind {
        Type::Scalar(Scalar::Text) => "string".into(),
        Type::Scalar(Scalar::Boolean) => "boolean".into(),
        Type::Scalar(Scalar::Int) => "int".into(),
        Type::Scalar(Scalar::Long) => "long".into(),
        Type::Scalar(Scalar::Double) => "double".into(),
        Type::Date => "Date".into(),
        Type::Object | Type::Any => "object".into(),
        Type::Model(name) => name.clone(),
        Type::List(item) => format!("List[{}]", type_name(item)),
    }
}
