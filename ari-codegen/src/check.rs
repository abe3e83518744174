//! Unusual parts of a release's specs, for maintainers: everything that the reader lets pass,
//! and everything that a fixup corrects.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::api::Api;
use crate::emit;
use crate::error::{Place, Result};
use crate::naming;
use crate::parallel;
use crate::release::Release;
use crate::source::Source;
use crate::spec::{AllowableValues, OperationSpec, ParameterSpec, ResourceSpec, Spec};
use crate::spec_file::INDEX;

/// One thing worth knowing about a spec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its severity.
    pub severity: Severity,
    /// File, JSON path, and operation or model.
    pub place: String,
    /// The unusual part.
    pub problem: String,
    /// `true` if the specs of any Asterisk of this release give this note.
    pub stock: bool,
    /// Resource, and operation or model: the place without files and positions.
    #[serde(skip)]
    item: (String, Option<String>),
}

/// Severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// No bindings can be made.
    Error,
    /// The generator does not understand it, or a fixup has nothing to fix.
    Warning,
    /// Unusual, but handled.
    Note,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        if self.place.is_empty() {
            return write!(f, "{severity}: {}", self.problem);
        }
        write!(f, "{severity}: {}: {}", self.place, self.problem)
    }
}

/// Returns everything unusual in the specs of `release`.
pub fn check(release: Release, source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Err(error) = examine(release, source, &mut findings) {
        findings.push(Finding::new(
            Severity::Error,
            &Place::default(),
            error.to_string(),
        ));
    }
    let stock = stock_findings(release);
    let known: BTreeSet<_> = stock
        .iter()
        .filter(|finding| finding.severity == Severity::Note)
        .map(|finding| (&finding.item, &finding.problem))
        .collect();
    for finding in &mut findings {
        finding.stock |= known.contains(&(&finding.item, &finding.problem));
    }
    findings
}

/// Returns the findings for the bundled specs. An error in reading these is ignored here.
#[cfg(feature = "bundled")]
fn stock_findings(release: Release) -> Vec<Finding> {
    let mut findings = Vec::new();
    let _ = examine(release, &Source::Bundled(release), &mut findings);
    findings
}

#[cfg(not(feature = "bundled"))]
fn stock_findings(_: Release) -> Vec<Finding> {
    Vec::new()
}

impl Finding {
    fn new(severity: Severity, place: &Place, problem: String) -> Self {
        let file = place.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let resource = file.strip_suffix(".json").unwrap_or(file);
        Finding {
            severity,
            place: if place.file.is_empty() {
                String::new()
            } else {
                place.to_string()
            },
            problem,
            stock: false,
            item: (
                resource.to_owned(),
                place.subject.as_deref().map(str::to_owned),
            ),
        }
    }
}

fn examine(release: Release, source: &Source, findings: &mut Vec<Finding>) -> Result<()> {
    let (spec, anomalies) = source.load(release, false)?;
    findings.extend(
        anomalies
            .into_iter()
            .map(|anomaly| Finding::new(Severity::Warning, &anomaly.place, anomaly.problem)),
    );
    let has_prose = spec
        .resources
        .iter()
        .any(|resource| resource.description.is_some());
    for fixup in crate::fixups::for_release(release, has_prose) {
        let problem = format!("fixup `{}`: {}", fixup.name, fixup.reason);
        findings.push(Finding {
            // Fixups mend bugs of Asterisk's own.
            stock: true,
            ..Finding::new(Severity::Note, &Place::default(), problem)
        });
    }
    for resource in &spec.resources {
        check_resource(&spec, resource, findings);
    }
    check_references(&spec, findings);
    let api = Api::read(&spec)?;
    let root = syn::parse_quote!(crate);
    for problem in emit::files(&api, &root, parallel::available())?.notes {
        note(findings, &Place::default(), problem);
    }
    Ok(())
}

fn note(findings: &mut Vec<Finding>, place: &Place, problem: String) {
    findings.push(Finding::new(Severity::Note, place, problem));
}

fn check_resource(spec: &Spec, resource: &ResourceSpec, findings: &mut Vec<Finding>) {
    let place = Place {
        file: resource.file.as_str().into(),
        path: "$".into(),
        subject: None,
    };
    if resource.api_version != spec.api_version {
        note(
            findings,
            &place,
            format!(
                "apiVersion is {}, {INDEX}.json says {}: the index counts",
                resource.api_version, spec.api_version
            ),
        );
    }
    if resource.swagger_version != "1.1" {
        note(
            findings,
            &place,
            format!("swaggerVersion is {}", resource.swagger_version),
        );
    }
    for operation in resource.apis.iter().flat_map(|api| &api.operations) {
        check_operation(operation, findings);
    }
    for model in &resource.models {
        if model.properties.is_empty() && model.sub_types.is_empty() {
            note(findings, &model.place, "has no properties".into());
        }
        for property in &model.properties {
            if property.required.is_none() {
                let problem = format!("{}: `required` is missing, read as false", property.name);
                note(findings, &property.place, problem);
            }
            if property.data_type.contains("object") {
                let problem = format!("{}: type {} is any JSON", property.name, property.data_type);
                note(findings, &property.place, problem);
            }
        }
    }
}

fn check_operation(operation: &OperationSpec, findings: &mut Vec<Finding>) {
    if operation.nickname.contains('_') {
        note(
            findings,
            &operation.place,
            "the nickname is snake_case".into(),
        );
    }
    if syn::parse_str::<syn::Ident>(&operation.nickname).is_err() {
        note(
            findings,
            &operation.place,
            "the nickname is no Rust identifier".into(),
        );
    }
    if operation.error_responses.is_empty() {
        note(findings, &operation.place, "declares no error codes".into());
    }
    if let Some(upgrade) = &operation.upgrade {
        note(
            findings,
            &operation.place,
            format!("upgrades the connection to {upgrade}"),
        );
    }
    for parameter in &operation.parameters {
        check_parameter(parameter, findings);
    }
}

fn check_parameter(parameter: &ParameterSpec, findings: &mut Vec<Finding>) {
    let mut say = |problem: &str| {
        note(
            findings,
            &parameter.place,
            format!("{}: {problem}", parameter.name),
        );
    };
    match (parameter.required, parameter.param_type.as_str()) {
        (None, "path") => say("`required` is missing, a path variable is required all the same"),
        (None, _) => say("`required` is missing, read as false"),
        _ => {}
    }
    if parameter.allow_multiple.is_none() {
        say("`allowMultiple` is missing, read as false");
    }
    if matches!(parameter.data_type.as_str(), "containers" | "object") {
        say("the type does not define the content of the body");
    }
    if let (Some(Value::String(default)), Some(AllowableValues::List(values))) =
        (&parameter.default_value, &parameter.allowable_values)
        && !default.is_empty()
        && !values.contains(default)
    {
        say("the default is none of its values");
    }
    if naming::becomes_keyword(&parameter.name) {
        say("the name is a Rust keyword");
    }
}

/// Models that no operation, property or hierarchy uses.
fn check_references(spec: &Spec, findings: &mut Vec<Finding>) {
    let mut used = BTreeSet::new();
    for resource in &spec.resources {
        let operations = resource.apis.iter().flat_map(|api| &api.operations);
        used.extend(operations.map(|operation| inner(&operation.response_class)));
        for model in &resource.models {
            used.extend(
                model
                    .properties
                    .iter()
                    .map(|property| inner(&property.data_type)),
            );
            used.extend(model.sub_types.iter().map(String::as_str));
        }
    }
    for model in spec.resources.iter().flat_map(|resource| &resource.models) {
        if !used.contains(model.id.as_str()) {
            note(
                findings,
                &model.place,
                "nothing refers to this model".into(),
            );
        }
    }
}

/// `Channel` of `List[Channel]`.
fn inner(kind: &str) -> &str {
    kind.rsplit('[')
        .next()
        .unwrap_or(kind)
        .trim_end_matches(']')
}
