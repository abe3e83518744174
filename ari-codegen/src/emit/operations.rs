//! The table of operations: every fact of the specs as data, for tools that have no types.

use std::collections::{BTreeMap, BTreeSet};

use super::code;
use super::data::Data;
use super::docs;
use super::format::Items;
use super::plan::{OperationPlan, Plan, ResourcePlan};
use super::requests::with_requests;
use super::rewrite::rewrite_target;
use super::types::{scalar, type_name, unit};
use crate::Version;
use crate::api::{
    Allowed, Availability, DurationFormat, Location, MapValue, Method, Operation, Parameter,
    ParameterType, ResponseType, Scalar,
};

/// `operations/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    let modules = with_requests(plan).map(|resource| format!("pub mod {};", resource.module));
    let modules = ["mod availability;".into()].into_iter().chain(modules);
    let all = plan.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(|op| Data::plain(format!("&{}::{}", resource.module, op.constant)))
    });
    let releases = plan.api.releases.iter();
    let releases = releases.map(|release| Data::plain(release.number().to_string()));
    let operations = code::table(
        "Every operation, by resource.",
        "pub static OPERATIONS: &[&Operation]",
        &Data::List(all.collect()),
    );
    let releases = code::table(
        "The releases that these bindings cover, oldest first.",
        "pub static RELEASES: &[u16]",
        &Data::List(releases.collect()),
    );
    Items {
        head: modules.collect(),
        from: plan.path_text("runtime"),
        names: vec!["Operation"],
        items: vec![operations.into(), releases.into()],
    }
}

/// `operations/availability.rs`.
pub(super) fn availabilities_file(plan: &Plan<'_>) -> Items {
    let known: BTreeMap<String, &Availability> = plan
        .api
        .operations()
        .flat_map(|(_, op)| availabilities(op))
        .map(|availability| (constant_name(availability), availability))
        .collect();
    let known = known
        .iter()
        .map(|(name, availability)| constant(plan, name, availability));
    Items {
        head: Vec::new(),
        from: plan.path_text("runtime"),
        names: vec!["Availability", "Version"],
        items: known.map(Into::into).collect(),
    }
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

fn constant(plan: &Plan<'_>, name: &str, availability: &Availability) -> String {
    let releases = availability.releases.iter();
    let releases = releases.map(|release| Data::plain(release.number().to_string()));
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
    let fields = vec![
        ("releases", Data::List(releases.collect())),
        ("since", Data::List(since.collect())),
        ("until", Data::List(until.collect())),
    ];
    code::table(
        "",
        &format!("pub(super) const {name}: Availability"),
        &Data::Struct("Availability".into(), fields),
    )
}

fn version(version: &Version) -> Data {
    let numbers = [version.major, version.minor, version.patch];
    let numbers = numbers.map(|number| Data::plain(number.to_string()));
    Data::call("Version::new", numbers)
}

/// `mod.rs` of one resource.
pub(super) fn resource_root(_: &Plan<'_>, resource: &ResourcePlan<'_>) -> Items {
    let operations = || resource.operations.iter();
    let modules = operations().map(|op| format!("mod {};", op.file));
    let exports = operations().map(|op| format!("pub use self::{}::{};", op.file, op.constant));
    Items::declarations(modules.chain(exports))
}

/// The file of one operation.
pub(super) fn items(plan: &Plan<'_>, resource: &ResourcePlan<'_>, op: &OperationPlan<'_>) -> Items {
    Items {
        head: vec!["use super::super::availability;".into()],
        from: plan.path_text("runtime"),
        names: vec![
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
        ],
        items: vec![operation(plan, resource, op).into()],
    }
}

fn operation(plan: &Plan<'_>, resource: &ResourcePlan<'_>, planned: &OperationPlan<'_>) -> String {
    let op = planned.operation;
    let method = match op.method {
        Method::Get => "Get",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Patch => "Patch",
        Method::Delete => "Delete",
    };
    let all = || plan.api.operations().map(|(_, op)| &op.path);
    let parameters = op.parameters.iter().map(|known| {
        let reserved = match known.location {
            Location::Path => op.path.reserved(&known.name, all()),
            Location::Query | Location::Body => BTreeSet::new(),
        };
        parameter(known, &reserved)
    });
    let response = match &op.response {
        ResponseType::Empty => Data::plain("ResponseType::Empty"),
        ResponseType::Binary => Data::plain("ResponseType::Binary"),
        ResponseType::Json(kind) => Data::call("ResponseType::Json", [Data::text(type_name(kind))]),
    };
    let errors = op.errors.iter().map(|error| {
        let text = error.text.clone().unwrap_or_default();
        Data::Tuple(vec![Data::plain(error.code.to_string()), Data::text(text)])
    });
    let upgrade = op.websocket_protocol.as_ref();
    let upgrade =
        upgrade.map(|upgrade| Data::text(upgrade.subprotocol.clone().unwrap_or_default()));
    let modules = resource.resource.requires_modules.iter();
    let rewrite = rewrite_target(resource, planned).map(|(rewrite, target)| {
        let fields = vec![
            ("if_present", Data::text(&rewrite.if_present)),
            (
                "target",
                Data::plain(format!("&super::{}", target.constant)),
            ),
            ("id_param", Data::text(&rewrite.id_param)),
        ];
        Data::Struct("&Rewrite".into(), fields)
    });
    let overlaps = plan.resources.iter().flat_map(|other| {
        let overlapping = other.operations.iter().filter(|other| {
            let other = other.operation;
            other.method == op.method && other.path != op.path && op.path.is_matched_by(&other.path)
        });
        overlapping.map(|overlapping| {
            let constant = &overlapping.constant;
            Data::plain(match other.module == resource.module {
                true => format!("&super::{constant}"),
                false => format!("&super::super::{}::{constant}", other.module),
            })
        })
    });
    let fields = vec![
        ("resource", Data::text(&resource.resource.name)),
        ("nickname", Data::text(&op.nickname)),
        (
            "description",
            Data::text(op.text.clone().unwrap_or_default()),
        ),
        (
            "wire_format",
            Data::text(op.wire_text.clone().unwrap_or_default()),
        ),
        ("method", Data::plain(format!("Method::{method}"))),
        ("path", Data::text(op.path.to_string())),
        ("parameters", Data::List(parameters.collect())),
        ("response", response),
        ("errors", Data::List(errors.collect())),
        ("websocket_protocol", Data::option(upgrade)),
        (
            "blocks_channel_queue",
            Data::plain(op.blocks_channel_queue.is_some().to_string()),
        ),
        ("rewrite", Data::option(rewrite)),
        ("overlaps", Data::List(overlaps.collect())),
        (
            "requires_modules",
            Data::List(modules.map(Data::text).collect()),
        ),
        ("availability", availability(&op.availability)),
    ];
    code::table(
        &format!("{}.", docs::wire(op)),
        &format!("pub static {}: Operation", planned.constant),
        &Data::Struct("Operation".into(), fields),
    )
}

fn parameter(parameter: &Parameter, reserved: &BTreeSet<&str>) -> Data {
    let location = match parameter.location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Body => "Body",
    };
    let of = |kind: &'static str, inner: Scalar| {
        Data::call(kind, [Data::plain(format!("Scalar::{}", scalar(inner)))])
    };
    let kind = match &parameter.kind {
        ParameterType::Scalar(inner) => of("ParameterType::Scalar", *inner),
        ParameterType::List(inner) => of("ParameterType::List", *inner),
        ParameterType::Joined(inner) => of("ParameterType::Joined", *inner),
        ParameterType::Split(inner) => of("ParameterType::Split", *inner),
        ParameterType::Map(MapValue::Variable) => Data::plain("ParameterType::Variables"),
        ParameterType::Map(MapValue::Text) => Data::plain("ParameterType::TextMap"),
        ParameterType::Map(MapValue::Json) => Data::plain("ParameterType::JsonMap"),
        ParameterType::Fields => Data::plain("ParameterType::Fields"),
        ParameterType::EventFilter => Data::plain("ParameterType::EventFilter"),
        ParameterType::Json => Data::plain("ParameterType::Json"),
        ParameterType::Model(name) => Data::call("ParameterType::Model", [Data::text(name)]),
    };
    let default = parameter.default.as_ref().map(|value| {
        let text = value.as_str().map(str::to_owned);
        Data::text(text.unwrap_or_else(|| value.to_string()))
    });
    let (values, min, max) = match &parameter.allowed {
        Some(Allowed::Values(values)) => (values.as_slice(), None, None),
        Some(Allowed::Range { min, max }) => (&[][..], *min, *max),
        None => (&[][..], None, None),
    };
    let values = values.iter().map(|value| {
        let fields = vec![
            ("value", Data::text(&value.value)),
            (
                "description",
                Data::text(value.text.clone().unwrap_or_default()),
            ),
            ("availability", availability(&value.availability)),
        ];
        Data::Struct("AllowedValue".into(), fields)
    });
    let limit =
        |limit: Option<i64>| Data::option(limit.map(|limit| Data::plain(limit.to_string())));
    let reserved = reserved.iter().map(|&value| Data::text(value));
    let fields = vec![
        ("name", Data::text(&parameter.name)),
        (
            "description",
            Data::text(parameter.text.clone().unwrap_or_default()),
        ),
        (
            "wire_format",
            Data::text(parameter.wire_text.clone().unwrap_or_default()),
        ),
        ("location", Data::plain(format!("Location::{location}"))),
        ("kind", kind),
        ("required", Data::plain(parameter.required.to_string())),
        ("default", Data::option(default)),
        (
            "sends_default",
            Data::plain(parameter.sends_default.to_string()),
        ),
        (
            "duration",
            Data::option(parameter.duration.as_ref().map(duration)),
        ),
        ("values", Data::List(values.collect())),
        ("reserved", Data::List(reserved.collect())),
        ("min", limit(min)),
        ("max", limit(max)),
        ("availability", availability(&parameter.availability)),
    ];
    Data::Struct("Parameter".into(), fields)
}

fn availability(availability: &Availability) -> Data {
    Data::plain(format!("availability::{}", constant_name(availability)))
}

fn duration(format: &DurationFormat) -> Data {
    let unlimited = format
        .unlimited
        .map(|number| Data::plain(number.to_string()));
    let fields = vec![
        (
            "unit",
            Data::plain(format!("DurationUnit::{}", unit(format.unit))),
        ),
        ("unlimited", Data::option(unlimited)),
        ("takes_zero", Data::plain(format.takes_zero.to_string())),
    ];
    Data::Struct("DurationFormat".into(), fields)
}
