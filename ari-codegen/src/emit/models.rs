//! Models: one struct and file each, inherited properties included; and open enums, those of their
//! properties and those of parameters.

use super::data::Data;
use super::format::Items;
use super::plan::{EnumPlan, ModelPlan, Plan, PropertyPlan, ResourcePlan};
use super::types::rust_type;
use super::{code, docs, types};
use crate::api::{Availability, DurationUnit, Scalar, Type};
use crate::markdown;
use crate::naming::{self, Scope};

/// `models/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    let resources = || {
        let resources = plan.resources.iter();
        resources.filter(|resource| !resource.resource.models.is_empty())
    };
    let modules = resources().map(|resource| format!("mod {};", resource.module));
    let exports = resources().filter_map(|resource| {
        let names = types_of(plan, resource).map(|(_, name)| name);
        code::import(&format!("pub use self::{}", resource.module), names)
    });
    let models = resources().flat_map(|resource| {
        let models = resource.resource.models.iter();
        models.map(|model| {
            let file = &plan.models[model.name.as_str()].file;
            Data::plain(format!("{}::{file}::{TABLE_ENTRY}", resource.module))
        })
    });
    let models = code::table(
        "Every model, as data, by resource.",
        &format!(
            "pub static MODELS: &[{}]",
            plan.path_text("runtime::ModelInfo")
        ),
        &Data::List(models.collect()),
    );
    let mut items = Items::declarations(modules.chain(exports));
    items.items.push(models.into());
    items
}

/// A model's entry in the table of all models.
const TABLE_ENTRY: &str = "INFO";

/// Returns the modules and types of a resource's models.
fn types_of<'p>(
    plan: &'p Plan<'_>,
    resource: &'p ResourcePlan<'_>,
) -> impl Iterator<Item = (&'p str, &'p str)> {
    let models = resource.resource.models.iter();
    let models = models.map(|model| &plan.models[model.name.as_str()]);
    let models = models.map(|model| (model.file.as_str(), model.type_name.as_str()));
    let enums = resource.model_enums.iter();
    models.chain(enums.map(|open_enum| (open_enum.file.as_str(), open_enum.name.as_str())))
}

/// `mod.rs` of one resource.
pub(super) fn resource_root(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> Items {
    let modules = types_of(plan, resource);
    let modules = modules.map(|(module, _)| format!("pub(super) mod {module};"));
    let exports = types_of(plan, resource);
    let exports = exports.map(|(module, name)| format!("pub use self::{module}::{name};"));
    Items::declarations(modules.chain(exports))
}

/// The file of one model.
pub(super) fn items(plan: &Plan<'_>, model: &ModelPlan<'_>) -> Items {
    let info = code::table(
        "The model as data.",
        &format!("pub(crate) const {TABLE_ENTRY}: runtime::ModelInfo"),
        &info(model),
    );
    Items {
        head: Vec::new(),
        from: plan.root.join("::"),
        names: vec!["models", "runtime"],
        items: vec![
            model_struct(plan, model).into(),
            code::macro_call("runtime::model", &serialization(model)).into(),
            info.into(),
        ],
    }
}

/// The file of one enum.
pub(super) fn enum_items(plan: &Plan<'_>, planned: &EnumPlan<'_>) -> Items {
    let (declaration, values) = open_enum(planned);
    Items {
        head: Vec::new(),
        from: plan.root.join("::"),
        names: vec!["runtime"],
        items: vec![
            declaration.into(),
            code::macro_call("runtime::open_enum", &values).into(),
        ],
    }
}

/// A model's entry in the table.
fn info(model: &ModelPlan<'_>) -> Data {
    let field = |name: &str, kind: String| Data::Tuple(vec![Data::text(name), Data::text(kind)]);
    let tag = model
        .discriminator_value
        .map(|tag| field(tag, "string".into()));
    let properties = model.properties.iter().map(|property| {
        let property = property.property;
        field(&property.name, types::type_name(&property.kind))
    });
    let fields = tag.into_iter().chain(properties);
    Data::Struct(
        "runtime::ModelInfo".into(),
        vec![
            ("name", Data::text(&model.model.name)),
            ("fields", Data::List(fields.collect())),
        ],
    )
}

fn model_struct(plan: &Plan<'_>, model: &ModelPlan<'_>) -> String {
    let covered = &model.model.availability;
    let everywhere = plan.api.full_availability();
    let wire = &model.model.name;
    let text = docs::paragraphs([
        Some(
            model
                .model
                .text
                .clone()
                .unwrap_or_else(|| format!("The model {}.", markdown::code(wire))),
        ),
        docs::available(&model.model.availability, &everywhere),
    ]);
    let mut item = code::doc("", &text);
    if model.hidden {
        item.push_str("#[doc(hidden)]\n");
    }
    item.push_str("#[derive(Clone, Debug, Default, PartialEq)]\n#[non_exhaustive]\n");
    item.push_str(&format!("pub struct {} {{", model.type_name));
    for (index, property) in model.properties.iter().enumerate() {
        item.push_str(if index == 0 { "\n" } else { "" });
        push_field(&mut item, plan, property, covered);
    }
    item.push_str("}\n");
    item
}

/// Returns the wire names of a model and of its properties.
fn serialization(model: &ModelPlan<'_>) -> Vec<Data> {
    let name = &model.type_name;
    let wire = Data::text(&model.model.name);
    // Members of a hierarchy write their kind themselves, so that they read back as an event.
    let called = match model.discriminator_value {
        Some(tag) => Data::call(format!("{name} = tagged"), [Data::text(tag), wire]),
        None => Data::call(format!("{name} = named"), [wire]),
    };
    [called]
        .into_iter()
        .chain(model.properties.iter().map(member))
        .collect()
}

/// Returns a property's wire name and its presence: required or optional.
fn member(property: &PropertyPlan<'_>) -> Data {
    let presence = match is_optional(property) {
        true => "optional",
        false => "required",
    };
    let duration = duration(property).map(|(unit, number)| {
        Data::plain(format!(
            "{} as {}",
            types::unit(unit),
            types::scalar(number)
        ))
    });
    let wire = Data::text(&property.property.name);
    Data::call(
        format!("{} = {presence}", property.field),
        [wire].into_iter().chain(duration),
    )
}

/// Returns a property's unit and the type of its number, if it is a duration.
fn duration(property: &PropertyPlan<'_>) -> Option<(DurationUnit, Scalar)> {
    let unit = property.property.duration?;
    match property.property.kind {
        Type::Scalar(number @ (Scalar::Int | Scalar::Long | Scalar::Double)) => {
            property.enum_name.is_none().then_some((unit, number))
        }
        _ => None,
    }
}

fn is_optional(property: &PropertyPlan<'_>) -> bool {
    !property.property.required || property.boxed
}

fn push_field(out: &mut String, plan: &Plan<'_>, field: &PropertyPlan<'_>, covered: &Availability) {
    let property = field.property;
    let text = docs::paragraphs([
        Some(
            property
                .text
                .clone()
                .unwrap_or_else(|| format!("The property {}.", markdown::code(&property.name))),
        ),
        duration(field).map(docs::counted),
        // Inherited properties are judged by the availability of the model that inherits them.
        docs::available(&property.availability, covered),
        docs::releases_note("Always sent by", &property.required_in, covered)
            .filter(|_| !property.required_in.is_superset(&property.availability)),
    ]);
    out.push_str(&code::doc("    ", &text));
    let mut kind = match &field.enum_name {
        Some(name) => format!("models::{name}"),
        None if duration(field).is_some() => "std::time::Duration".into(),
        None => rust_type(plan, &property.kind),
    };
    if field.boxed {
        kind = format!("Box<{kind}>");
    }
    if is_optional(field) {
        kind = format!("Option<{kind}>");
    }
    out.push_str(&format!("    pub {}: {kind},\n", field.field));
}

/// Returns an open enum, which has the known values and `Other` for values that servers may add,
/// and its values on the wire.
fn open_enum(plan: &EnumPlan<'_>) -> (String, Vec<Data>) {
    let mut scope = Scope::with(&["Other"]);
    let mut everywhere = Availability::default();
    for value in plan.values {
        everywhere.extend(&value.availability);
    }
    let mut item = code::doc("", &format!("Values of {}.", plan.owner));
    item.push_str("#[derive(Clone, Debug, PartialEq, Eq, Hash)]\n#[non_exhaustive]\n");
    item.push_str(&format!("pub enum {} {{\n", plan.name));
    let mut wires = vec![Data::plain(&plan.name)];
    for value in plan.values {
        let wire = &value.value;
        let variant = scope.claim(naming::variant(wire));
        wires.push(Data::plain(format!("{variant} = {wire:?}")));
        let text = docs::paragraphs([
            Some(
                value
                    .text
                    .clone()
                    .unwrap_or_else(|| format!("{}.", markdown::code(wire))),
            ),
            docs::available(&value.availability, &everywhere),
        ]);
        item.push_str(&code::doc("    ", &text));
        item.push_str(&format!("    {variant},\n"));
    }
    item.push_str("    /// A value that these bindings do not know.\n    Other(String),\n}\n");
    (item, wires)
}
