//! The object that a request creates, and the object that it creates it in.

use super::object_kinds;
use super::plan::{HandlePlan, OperationPlan, ParameterPlan, Plan};
use crate::api::{Location, Method, ParameterType, ResponseType, Scalar, Segment, Type};

/// The class that a request makes an object of, and the parameter that chooses its id.
pub(super) fn created_object<'p, 'a>(
    plan: &'p Plan<'a>,
    op: &'p OperationPlan<'a>,
) -> Option<(&'a str, &'p ParameterPlan<'a>)> {
    if op.operation.method != Method::Post {
        return None;
    }
    let ResponseType::Json(Type::Model(name)) = &op.operation.response else {
        return None;
    };
    let (model, _) = plan.models.get_key_value(name.as_str())?;
    let handle = plan.find_handle(model)?;
    let [(variable, _)] = handle.variables.as_slice() else {
        return None;
    };
    let identity = object_kinds::identity(plan, model)?;
    let parameter = |wire: &str, path: bool| {
        let mut parameters = op.parameters.iter();
        parameters.find(|parameter| {
            parameter.parameter.name == wire
                && is_plain_text(parameter)
                && (parameter.parameter.location == Location::Path) == path
        })
    };
    let segments = &op.operation.path.0;
    let chosen = match segments.last()? {
        Segment::Variable(last) => parameter(last, true),
        Segment::Literal(last) => parameter(variable, false)
            .or_else(|| parameter(&format!("{last}Id"), false))
            .or_else(|| parameter(&identity.first()?.property.name, false)),
    };
    Some((model, chosen?))
}

/// The handle of the object below which an operation works, and the request's field with its id.
pub(super) fn parent<'p, 'a>(
    plan: &'p Plan<'a>,
    op: &'p OperationPlan<'a>,
) -> Option<(&'p HandlePlan<'a>, &'p str)> {
    let [Segment::Literal(_), Segment::Variable(variable), _, ..] = op.operation.path.0.as_slice()
    else {
        return None;
    };
    let mut handles = plan.resources.iter().flat_map(|resource| &resource.handles);
    let handle = handles.find(|handle| {
        handle.model.is_some()
            && matches!(handle.variables.as_slice(), [(wire, _)] if wire == variable)
    })?;
    let mut parameters = op.parameters.iter();
    let parameter = parameters.find(|parameter| parameter.parameter.name == *variable)?;
    is_plain_text(parameter).then_some((handle, &parameter.field))
}

/// Returns `true` if a parameter is a string, as ids and names of applications are.
pub(super) fn is_plain_text(parameter: &ParameterPlan<'_>) -> bool {
    parameter.parameter.kind == ParameterType::Scalar(Scalar::Text) && parameter.enum_name.is_none()
}
