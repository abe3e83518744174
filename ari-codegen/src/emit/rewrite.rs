//! Operations that are sent as another one.

use super::plan::{OperationPlan, ParameterPlan, ResourcePlan};
use crate::api::{ParameterType, Scalar};
use crate::spec::Rewrite;

/// Returns the operation that is sent instead of another, and the condition; see the fixup of that
/// name. Returns `None` if the release lacks it, or cannot supply all its parameters.
pub(super) fn rewrite_target<'a>(
    resource: &'a ResourcePlan<'_>,
    op: &'a OperationPlan<'_>,
) -> Option<(&'a Rewrite, &'a OperationPlan<'a>)> {
    let sent = op.operation.rewrite.as_ref()?;
    let other = resource
        .operations
        .iter()
        .find(|other| other.operation.nickname == sent.target)?;
    let own = |name: &str| op.parameters.iter().find(|own| own.parameter.name == name);
    let optional = |name: &str| own(name).is_some_and(|own| !own.parameter.required);
    let is_same = |theirs: &ParameterPlan<'_>| {
        own(&theirs.parameter.name).is_some_and(|own| {
            let same = own.parameter.kind == theirs.parameter.kind
                && own.parameter.duration == theirs.parameter.duration
                && own.enum_name == theirs.enum_name;
            let is_id = own.parameter.name == sent.id_param;
            let text = own.parameter.kind == ParameterType::Scalar(Scalar::Text);
            match is_id {
                true => same && text && own.enum_name.is_none() && theirs.parameter.required,
                false => same && own.parameter.required == theirs.parameter.required,
            }
        })
    };
    let whole = optional(&sent.if_present) && optional(&sent.id_param);
    (whole && other.parameters.iter().all(is_same)).then_some((sent, other))
}
