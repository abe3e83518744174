//! Models: one struct each, inherited properties included, and the open enums of their properties.

use proc_macro2::TokenStream;
use quote::quote;

use super::operations::type_name;
use super::plan::{EnumPlan, ModelPlan, Plan, PropertyPlan, ResourcePlan};
use super::{docs, ident, model_path, operations};
use crate::api::{Availability, DurationUnit, Scalar, Type};
use crate::markdown::code;
use crate::naming::{self, Scope};

/// `models/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Vec<TokenStream> {
    let modules = plan
        .resources
        .iter()
        .filter(|resource| !resource.resource.models.is_empty());
    let names: Vec<_> = modules.map(|resource| ident(&resource.module)).collect();
    let root = plan.root();
    let models = plan.resources.iter().flat_map(|resource| {
        let models = resource.resource.models.iter();
        models.map(|model| info(plan, &plan.models[model.name.as_str()]))
    });
    vec![quote! {
        #(mod #names;)*
        #(pub use #names::*;)*

        /// Every model, as data, by resource.
        pub static MODELS: &[#root::runtime::ModelInfo] = &[#(#models),*];
    }]
}

/// A model's entry in the table.
fn info(plan: &Plan<'_>, model: &ModelPlan<'_>) -> TokenStream {
    // By its path: a model may have this very name.
    let root = plan.root();
    let name = &model.model.name;
    let tag = model
        .discriminator_value
        .map(|tag| quote!((#tag, "string")));
    let properties = model.properties.iter().map(|property| {
        let (name, kind) = (&property.property.name, type_name(&property.property.kind));
        quote!((#name, #kind))
    });
    let fields = tag.into_iter().chain(properties);
    quote!(#root::runtime::ModelInfo { name: #name, fields: &[#(#fields),*] })
}

/// The file of one resource.
pub(super) fn items(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> Vec<TokenStream> {
    let mut items: Vec<_> = resource
        .resource
        .models
        .iter()
        .map(|model| model_struct(plan, &plan.models[model.name.as_str()]))
        .collect();
    items.extend(resource.model_enums.iter().map(open_enum));
    items.insert(
        0,
        super::imports(&items, plan.root(), &["models", "runtime"]),
    );
    items
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
            let (unit, number) = (operations::unit(unit), operations::scalar(number));
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

/// The Rust type of a property or an answer.
pub(super) fn rust_type(plan: &Plan<'_>, kind: &Type) -> TokenStream {
    match kind {
        Type::Scalar(Scalar::Text) => quote!(String),
        Type::Scalar(Scalar::Boolean) => quote!(bool),
        // `int` is 32 bits in most places, but unsigned ones (ssrc) exceed what is signed.
        Type::Scalar(Scalar::Int | Scalar::Long) => quote!(i64),
        Type::Scalar(Scalar::Double) => quote!(f64),
        Type::Date => quote!(runtime::Timestamp),
        Type::Object => quote!(serde_json::Map<String, serde_json::Value>),
        Type::Any => quote!(serde_json::Value),
        Type::Model(name) => model_path(plan, name),
        Type::List(item) => {
            let item = rust_type(plan, item);
            quote!(Vec<#item>)
        }
    }
}

/// An open enum: the known values, and `Other` for what servers may add.
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
