//! Models: one struct each, inherited properties included, and the open enums of their properties.

use proc_macro2::TokenStream;
use quote::quote;

use super::data::Data;
use super::format::{Item, Items, Table};
use super::plan::{EnumPlan, ModelPlan, Plan, PropertyPlan, ResourcePlan};
use super::tokens::ident;
use super::types::rust_type;
use super::{docs, types};
use crate::api::{Availability, DurationUnit, Scalar, Type};
use crate::markdown::code;
use crate::naming::{self, Scope};

/// `models/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    let modules = plan
        .resources
        .iter()
        .filter(|resource| !resource.resource.models.is_empty());
    let names: Vec<_> = modules.map(|resource| ident(&resource.module)).collect();
    let models = plan.resources.iter().flat_map(|resource| {
        let models = resource.resource.models.iter();
        models.map(|model| info(plan, &plan.models[model.name.as_str()]))
    });
    let models = Table {
        doc: "Every model, as data, by resource.".into(),
        declaration: format!(
            "pub static MODELS: &[{}]",
            plan.path_text("runtime::ModelInfo")
        ),
        value: Data::List(models.collect()),
    };
    let modules = quote! {
        #(mod #names;)*
        #(pub use #names::*;)*
    };
    let mut items = Items::without_imports(modules);
    items.items.push(Item::Table(models));
    items
}

/// A model's entry in the table.
fn info(plan: &Plan<'_>, model: &ModelPlan<'_>) -> Data {
    let field = |name: &str, kind: String| Data::Tuple(vec![Data::text(name), Data::text(kind)]);
    let tag = model
        .discriminator_value
        .map(|tag| field(tag, "string".into()));
    let properties = model.properties.iter().map(|property| {
        let property = property.property;
        field(&property.name, types::type_name(&property.kind))
    });
    let fields = tag.into_iter().chain(properties);
    // By its path: a model may have this very name.
    Data::Struct(
        plan.path_text("runtime::ModelInfo"),
        vec![
            ("name", Data::text(&model.model.name)),
            ("fields", Data::List(fields.collect())),
        ],
    )
}

/// The file of one resource.
pub(super) fn items(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> Items {
    let mut items: Vec<_> = resource
        .resource
        .models
        .iter()
        .map(|model| model_struct(plan, &plan.models[model.name.as_str()]))
        .collect();
    items.extend(resource.model_enums.iter().map(open_enum));
    Items {
        head: TokenStream::new(),
        from: plan.root(),
        names: vec!["models", "runtime"],
        items: items.into_iter().map(Item::Tokens).collect(),
    }
}

fn model_struct(plan: &Plan<'_>, model: &ModelPlan<'_>) -> TokenStream {
    let name = ident(&model.type_name);
    let covered = &model.model.availability;
    let everywhere = plan.api.full_availability();
    let wire = &model.model.name;
    let text = docs::paragraphs([
        Some(
            model
                .model
                .text
                .clone()
                .unwrap_or_else(|| format!("The model {}.", code(wire))),
        ),
        docs::available(&model.model.availability, &everywhere),
    ]);
    let doc = docs::doc(&text);
    // Members of a hierarchy write their kind themselves, so that they read back as an event.
    let called = match model.discriminator_value {
        Some(tag) => quote!(tagged(#tag, #wire)),
        None => quote!(named(#wire)),
    };
    let properties = model.properties.iter();
    let fields = properties
        .clone()
        .map(|property| field(plan, property, covered));
    let members = properties.map(member);
    quote! {
        #doc
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        runtime::model!(#name = #called #(, #members)*);
    }
}

/// Emits a property's wire name and its presence: required or optional.
fn member(property: &PropertyPlan<'_>) -> TokenStream {
    let field = ident(&property.field);
    let wire = &property.property.name;
    let presence = if is_optional(property) {
        quote!(optional)
    } else {
        quote!(required)
    };
    match duration(property) {
        Some((unit, number)) => {
            let (unit, number) = (ident(types::unit(unit)), ident(types::scalar(number)));
            quote!(#field = #presence(#wire, #unit as #number))
        }
        None => quote!(#field = #presence(#wire)),
    }
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

fn field(plan: &Plan<'_>, field: &PropertyPlan<'_>, covered: &Availability) -> TokenStream {
    let property = field.property;
    let text = docs::paragraphs([
        Some(
            property
                .text
                .clone()
                .unwrap_or_else(|| format!("The property {}.", code(&property.name))),
        ),
        duration(field).map(docs::counted),
        // Inherited properties are judged by the availability of the model that inherits them.
        docs::available(&property.availability, covered),
        docs::releases_note("Always sent by", &property.required_in, covered)
            .filter(|_| !property.required_in.is_superset(&property.availability)),
    ]);
    let doc = docs::doc(&text);
    let name = ident(&field.field);
    let base = match &field.enum_name {
        Some(name) => {
            let name = ident(name);
            quote!(models::#name)
        }
        None if duration(field).is_some() => quote!(std::time::Duration),
        None => rust_type(plan, &property.kind),
    };
    let base = if field.boxed {
        quote!(Box<#base>)
    } else {
        base
    };
    let kind = if is_optional(field) {
        quote!(Option<#base>)
    } else {
        base
    };
    quote! {
        #doc
        pub #name: #kind,
    }
}

/// Emits an open enum: the known values, and `Other` for values that servers may add.
pub(super) fn open_enum(plan: &EnumPlan<'_>) -> TokenStream {
    let name = ident(&plan.name);
    let mut scope = Scope::with(&["Other"]);
    let mut everywhere = Availability::default();
    for value in plan.values {
        everywhere.extend(&value.availability);
    }
    let mut variants = Vec::new();
    let mut wires = Vec::new();
    for value in plan.values {
        let wire = &value.value;
        let variant = ident(&scope.claim(naming::variant(wire)));
        let doc = docs::doc(&docs::paragraphs([
            Some(
                value
                    .text
                    .clone()
                    .unwrap_or_else(|| format!("{}.", code(wire))),
            ),
            docs::available(&value.availability, &everywhere),
        ]));
        variants.push(quote!(#doc #variant,));
        wires.push(quote!(#variant = #wire));
    }
    let doc = docs::doc(&format!("Values of {}.", plan.owner));
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that these bindings do not know.
            Other(String),
        }

        runtime::open_enum!(#name, #(#wires),*);
    }
}
