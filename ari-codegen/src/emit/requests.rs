//! Requests: one struct and file per operation, with its required arguments in the constructor and
//! setters for the others.

use std::collections::BTreeSet;

use super::arguments::{arguments, conversion, duration, field_type, signature, unlimited};
use super::format::{Item, Items};
use super::layout::ACCESSOR_FILE;
use super::plan::{OperationPlan, ParameterPlan, Plan, ResourcePlan};
use super::rewrite::rewrite_target;
use super::{code, creation, docs, types};
use crate::api::{ParameterType, ResponseType};

/// `requests/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    Items::declarations(with_requests(plan).map(|resource| format!("pub mod {};", resource.module)))
}

/// Returns the resources that have a module of requests.
pub(super) fn with_requests<'p, 'a>(
    plan: &'p Plan<'a>,
) -> impl Iterator<Item = &'p ResourcePlan<'a>> {
    let resources = plan.resources.iter();
    resources.filter(|resource| !resource.operations.is_empty())
}

/// `mod.rs` of one resource.
pub(super) fn resource_root(_: &Plan<'_>, resource: &ResourcePlan<'_>) -> Items {
    let mut modules = Vec::new();
    let mut exports = Vec::new();
    let mut add = |module: &str, name: &str| {
        modules.push(format!("mod {module};"));
        exports.push(format!("pub use self::{module}::{name};"));
    };
    if resource.has_accessor() {
        add(ACCESSOR_FILE, &resource.accessor_type);
    }
    for handle in &resource.handles {
        add(&handle.file, &handle.type_name);
    }
    for op in &resource.operations {
        add(&op.file, &op.type_name);
    }
    for parameter_enum in &resource.enums {
        add(&parameter_enum.file, &parameter_enum.name);
    }
    let methods = resource.handles.iter();
    let methods = methods.map(|handle| format!("mod {};", handle.operations_file));
    modules.extend(methods);
    Items::declarations(modules.into_iter().chain(exports))
}

/// The file of one operation.
pub(super) fn items(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    operation: &OperationPlan<'_>,
) -> Items {
    let other = rewrite_target(resource, operation).map(|(_, other)| other.type_name.as_str());
    let enums = operation.parameters.iter();
    let enums = enums.filter_map(|parameter| parameter.enum_name.as_deref());
    Items {
        head: import_siblings(enums.chain(other)),
        ..importing(plan, request(plan, resource, operation))
    }
}

/// Returns items of requests, and the names that these may use.
pub(super) fn importing(plan: &Plan<'_>, items: Vec<Item>) -> Items {
    let names = ["Client", "Error", "models", "operations", "runtime"];
    Items {
        head: Vec::new(),
        from: plan.root.join("::"),
        names: [&names, plan.event_type()].concat(),
        items,
    }
}

/// Returns the import of types of the same resource.
pub(super) fn import_siblings<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let names: BTreeSet<_> = names.collect();
    code::import("use super", names).into_iter().collect()
}

fn request(plan: &Plan<'_>, resource: &ResourcePlan<'_>, op: &OperationPlan<'_>) -> Vec<Item> {
    let items = [
        Some(request_struct(plan, op).into()),
        Some(methods(plan, op).into()),
        default_impl(op).map(Into::into),
        Some(to_request_impl(resource, op).into()),
        send_impls(plan, op).map(Into::into),
        creation::creation_methods(plan, op).map(Into::into),
    ];
    items.into_iter().flatten().collect()
}

fn request_struct(plan: &Plan<'_>, op: &OperationPlan<'_>) -> String {
    let everywhere = plan.api.full_availability();
    let text = docs::paragraphs([
        Some(docs::operation(op.operation, &everywhere)),
        docs::errors(&op.operation.errors),
    ]);
    let mut item = code::doc("", &text);
    item.push_str(&format!(
        "#[derive(Clone, Debug, PartialEq)]\n\
         #[must_use = \"a request does nothing until it is awaited or sent\"]\n\
         pub struct {}<C = ()> {{\n    pub(crate) client: C,\n",
        op.type_name
    ));
    for parameter in &op.parameters {
        let kind = field_type(plan, parameter);
        // Another operation may be sent as this one.
        item.push_str(&format!("    pub(super) {}: {kind},\n", parameter.field));
    }
    item.push_str("}\n");
    item
}

fn methods(plan: &Plan<'_>, op: &OperationPlan<'_>) -> String {
    let name = &op.type_name;
    let mut text = format!("impl {name} {{\n");
    push_constructor(&mut text, plan, op);
    text.push_str(&format!("}}\n\nimpl<C> {name}<C> {{\n"));
    push_client_constructor(&mut text, plan, op);
    for parameter in &op.parameters {
        if !parameter.parameter.required {
            push_setter(&mut text, plan, op, parameter);
        }
    }
    text.push_str("}\n");
    text
}

fn default_impl(op: &OperationPlan<'_>) -> Option<String> {
    let name = &op.type_name;
    arguments(op).next().is_none().then(|| {
        format!(
            "\
impl Default for {name} {{
    #[inline]
    fn default() -> Self {{
        Self::new()
    }}
}}
"
        )
    })
}

fn push_constructor(out: &mut String, plan: &Plan<'_>, op: &OperationPlan<'_>) {
    let (generics, signature) = signature(plan, arguments(op));
    let names = arguments(op).map(|parameter| parameter.field.clone());
    let names: Vec<_> = ["()".to_owned()].into_iter().chain(names).collect();
    let everywhere = &op.operation.availability;
    let lines: Vec<_> = arguments(op)
        .map(|parameter| {
            let text = docs::parameter(parameter.parameter, everywhere);
            let field = parameter.field.trim_start_matches("r#");
            format!("- `{field}`: {}", docs::indent(&text))
        })
        .collect();
    let about = "Creates the request without a client. Any client can send it.".to_owned();
    let text = docs::paragraphs([Some(about), (!lines.is_empty()).then(|| lines.join("\n"))]);
    out.push_str(&code::doc("    ", &text));
    out.push_str("    #[inline]\n");
    let head = format!("pub fn new{generics}");
    code::push_list(out, "    ", &head, &signature, " -> Self {");
    code::push_list(out, "        ", "Self::on", &names, "");
    out.push_str("    }\n");
}

fn push_client_constructor(out: &mut String, plan: &Plan<'_>, op: &OperationPlan<'_>) {
    let (generics, mut signature) = signature(plan, arguments(op));
    signature.insert(0, "client: C".into());
    let head = format!("pub(crate) fn on{generics}");
    code::push_list(out, "    ", &head, &signature, " -> Self {");
    if op.parameters.is_empty() {
        out.push_str("        Self { client }\n    }\n");
        return;
    }
    out.push_str("        Self {\n            client,\n");
    for parameter in &op.parameters {
        let field = &parameter.field;
        // Spares clippy::redundant_field_names.
        let value = match (parameter.parameter.required, conversion(parameter)) {
            (false, _) => ": None".into(),
            (true, None) => String::new(),
            (true, Some(value)) => format!(": {value}"),
        };
        out.push_str(&format!("            {field}{value},\n"));
    }
    out.push_str("        }\n    }\n");
}

fn push_setter(
    out: &mut String,
    plan: &Plan<'_>,
    op: &OperationPlan<'_>,
    parameter: &ParameterPlan<'_>,
) {
    let field = &parameter.field;
    let (generics, mut signature) = signature(plan, std::iter::once(parameter));
    signature.insert(0, "mut self".into());
    let value = conversion(parameter).unwrap_or_else(|| field.clone());
    let text = docs::parameter(parameter.parameter, &op.operation.availability);
    out.push('\n');
    out.push_str(&code::doc("    ", &text));
    let head = format!("pub fn {field}{generics}");
    code::push_list(out, "    ", &head, &signature, " -> Self {");
    let value = match value.contains('\n') {
        true => format!("\n            {value},\n        "),
        false => value,
    };
    out.push_str(&format!(
        "        self.{field} = Some({value});\n        self\n    }}\n"
    ));
}

/// Returns the Rust type of the operation's result, and the function that decodes it.
fn response_type(plan: &Plan<'_>, answer: &ResponseType) -> (String, &'static str) {
    match answer {
        ResponseType::Empty => ("()".into(), "decode_empty"),
        ResponseType::Binary => ("runtime::ResponseBody".into(), "decode_stream"),
        ResponseType::Json(kind) => (types::rust_type(plan, kind), "decode_json"),
    }
}

fn to_request_impl(resource: &ResourcePlan<'_>, op: &OperationPlan<'_>) -> String {
    let OperationPlan {
        type_name: name,
        constant,
        ..
    } = op;
    let module = &resource.module;
    let mut body = rewrite(resource, op).unwrap_or_default();
    for parameter in &op.parameters {
        let (method, value) = encoding(parameter);
        let wire = &parameter.parameter.name;
        body.push_str(&format!("        request.{method}({wire:?}, {value});\n"));
    }
    let (request, body) = match body.as_str() {
        "" => ("_", "{}".into()),
        _ => ("request", format!("{{\n{body}    }}")),
    };
    format!(
        "\
impl<C> runtime::ToRequest for {name}<C> {{
    const OPERATION: &'static runtime::Operation = &operations::{module}::{constant};
    fn add_arguments(&self, {request}: &mut runtime::RequestBuilder) {body}
}}
"
    )
}

/// Returns the method that adds a parameter to a request, and the value that it takes.
fn encoding(parameter: &ParameterPlan<'_>) -> (&'static str, String) {
    let field = format!("self.{}", parameter.field);
    let required = parameter.parameter.required;
    if duration(parameter).is_some() {
        let value = match (required, unlimited(parameter)) {
            (true, true) => format!("Some({field})"),
            (true, false) => format!("Some(Some({field}))"),
            (false, true) => field,
            (false, false) => format!("{field}.map(Some)"),
        };
        return ("duration", value);
    }
    let method = match &parameter.parameter.kind {
        ParameterType::Map(_) => "object",
        ParameterType::Fields => "attribute_list",
        ParameterType::EventFilter | ParameterType::Json | ParameterType::Model(_) => "json",
        ParameterType::Scalar(_)
        | ParameterType::List(_)
        | ParameterType::Joined(_)
        | ParameterType::Split(_) => return ("argument", format!("&{field}")),
    };
    match required {
        true => (method, format!("&{field}")),
        false => (method, format!("{field}.as_ref()")),
    }
}

/// Sends another operation when a certain parameter is given.
fn rewrite(resource: &ResourcePlan<'_>, op: &OperationPlan<'_>) -> Option<String> {
    let (sent, other) = rewrite_target(resource, op)?;
    let field = |name: &str| {
        let mut own = op.parameters.iter();
        own.find(|own| own.parameter.name == name)
    };
    let when = field(&sent.if_present)?;
    let id = field(&sent.id_param)?;
    let mut text = format!(
        "        if self.{}.is_some() {{\n            let instead = {} {{\n                client: (),\n",
        when.field, other.type_name
    );
    for parameter in &other.parameters {
        let field = &parameter.field;
        let value = match parameter.parameter.name == sent.id_param {
            true => format!(
                "self.{}.clone().unwrap_or_else(runtime::unique_id)",
                id.field
            ),
            false => format!("self.{field}.clone()"),
        };
        text.push_str(&format!("                {field}: {value},\n"));
    }
    text.push_str(
        "            };
            request.rewrite_as(&instead);
            return;
        }
",
    );
    Some(text)
}

fn send_impls(plan: &Plan<'_>, op: &OperationPlan<'_>) -> Option<String> {
    let name = &op.type_name;
    if op.operation.websocket_protocol.is_some() {
        return plan.api.opens_event_stream(op.operation).then(|| {
            format!(
                "\
impl<C> runtime::WebSocketRequest for {name}<C> {{
    type Event = Event;
}}

impl IntoFuture for {name}<Client> {{
    type Output = Result<runtime::EventStream<Event>, Error>;
    type IntoFuture = runtime::ConnectFuture<Event>;
    fn into_future(self) -> Self::IntoFuture {{
        self.client.connection().connect_owned(&self)
    }}
}}
"
            )
        });
    }
    let (output, read) = response_type(plan, &op.operation.response);
    let (read, property) = match &op.operation.nested_response {
        Some(within) => ("decode_json_or_field", format!(", {:?}", within.property)),
        None => (read, String::new()),
    };
    Some(format!(
        "\
impl<C> runtime::TypedRequest for {name}<C> {{
    type Output = {output};
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {{
        runtime::{read}(<Self as runtime::ToRequest>::OPERATION, response{property})
    }}
}}

impl IntoFuture for {name}<Client> {{
    type Output = Result<{output}, Error>;
    type IntoFuture = runtime::ResponseFuture<{output}>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {{
        self.client.connection().send_owned(&self)
    }}
}}
"
    ))
}
