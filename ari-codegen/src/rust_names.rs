//! The Rust names that bindings give to operations and parameters, for tools that write code which
//! uses the bindings.

use crate::api::{Api, Location};
use crate::emit;

/// The names of an operation in bindings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The name of the resource in the specs: `channels`.
    pub resource: String,
    /// The name of the operation in the specs: `sendDTMF`.
    pub nickname: String,
    /// The module of the request, and of the entry in the table of operations: `channels`.
    pub module: String,
    /// The entry in the table of operations: `SEND_DTMF`.
    pub constant: String,
    /// The method of the client that returns the resource or the handle: `channel`.
    pub accessor: String,
    /// The parameters that the accessor takes, by their names in the specs. Empty for a resource.
    pub handle: Vec<String>,
    /// The method of the resource or the handle that returns the request: `send_dtmf`.
    pub method: String,
    /// The parameters that the method takes, by their names in the specs.
    pub arguments: Vec<String>,
    /// The methods of the request that set the other parameters, after the names of these in the
    /// specs.
    pub setters: Vec<(String, String)>,
}

/// Returns the names of all operations, in the order of the specs.
pub fn operation_names(api: &Api) -> Vec<OperationNames> {
    let plan = emit::plan_names(api, &syn::parse_quote!(crate));
    let mut names = Vec::new();
    for resource in &plan.resources {
        for (index, op) in resource.operations.iter().enumerate() {
            let mut handles = resource.handles.iter();
            let handle = handles.find(|handle| handle.operations.contains(&index));
            let bound: Vec<String> = handle.map_or_else(Vec::new, |handle| {
                let wires = handle.variables.iter();
                wires.map(|(wire, _)| (*wire).to_owned()).collect()
            });
            let arguments = emit::arguments(op).map(|argument| argument.parameter.name.clone());
            let arguments = arguments.filter(|name| !bound.contains(name)).collect();
            let optional = op.parameters.iter().filter(|plan| {
                !plan.parameter.required && plan.parameter.location != Location::Path
            });
            names.push(OperationNames {
                resource: resource.resource.name.clone(),
                nickname: op.operation.nickname.clone(),
                module: resource.module.clone(),
                constant: op.constant.clone(),
                accessor: match handle {
                    Some(handle) => handle.accessor.clone(),
                    None => resource.module.clone(),
                },
                handle: bound,
                method: op.method.clone(),
                arguments,
                setters: optional
                    .map(|plan| (plan.parameter.name.clone(), plan.field.clone()))
                    .collect(),
            });
        }
    }
    names
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use super::*;
    use crate::Generator;

    #[test]
    fn names_are_those_of_the_bindings() {
        let (api, ..) = Generator::bundled().unwrap().read().unwrap();
        let names = operation_names(&api);
        let of = |resource: &str, nickname: &str| {
            let mut names = names.iter();
            names
                .find(|names| names.resource == resource && names.nickname == nickname)
                .unwrap()
        };
        let moved = of("channels", "move");
        assert_eq!(moved.accessor, "channel");
        assert_eq!(moved.handle, ["channelId"]);
        assert_eq!(moved.method, "r#move");
        assert_eq!(moved.arguments, ["app"]);
        assert_eq!(moved.setters, [("appArgs".into(), "app_args".into())]);
        let refer = of("endpoints", "referToEndpoint");
        assert_eq!(refer.accessor, "endpoint");
        assert_eq!(refer.handle, ["tech", "resource"]);
        let ping = of("asterisk", "ping");
        assert_eq!((&*ping.accessor, ping.handle.len()), ("asterisk", 0));
        assert_eq!(names.len(), api.operations().count());
    }
}
