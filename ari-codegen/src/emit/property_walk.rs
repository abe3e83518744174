//! Walks through everything that a model carries, directly or inside other models.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::plan::{ModelPlan, Plan, PropertyPlan};
use super::tokens::ident;
use crate::api::Type;

/// An item found by a walk, with the expression that leads to it.
pub(super) enum Reached<'p, 'a> {
    /// A model inside.
    Model {
        model: &'a str,
        /// The value, fields of which can be borrowed.
        place: &'p TokenStream,
        /// A reference to it.
        reference: &'p TokenStream,
        /// `true` if it is an always present property of the model that the walk began with.
        direct: bool,
    },
    /// Any other property of a model.
    Property {
        property: &'p PropertyPlan<'a>,
        place: &'p TokenStream,
    },
}

/// Statements by a key that the caller chooses.
pub(super) type Statements = BTreeMap<String, TokenStream>;

/// Walks through a variant's model, which is called `event`, and collects the statements that
/// `emit` returns for its properties, inside the conditions under which these exist.
pub(super) fn collect_statements<'a>(
    plan: &Plan<'a>,
    model: &ModelPlan<'a>,
    emit: &dyn Fn(Reached<'_, 'a>) -> Vec<(String, TokenStream)>,
) -> Statements {
    let mut found = BTreeMap::new();
    visit_properties(
        plan,
        model,
        &quote!(event),
        &mut Vec::new(),
        emit,
        &mut found,
    );
    let joined = |statements: Vec<TokenStream>| quote!(#(#statements)*);
    found
        .into_iter()
        .map(|(key, statements)| (key, joined(statements)))
        .collect()
}

fn visit_properties<'a>(
    plan: &Plan<'a>,
    model: &ModelPlan<'a>,
    at: &TokenStream,
    above: &mut Vec<&'a str>,
    emit: &dyn Fn(Reached<'_, 'a>) -> Vec<(String, TokenStream)>,
    found: &mut BTreeMap<String, Vec<TokenStream>>,
) {
    if above.contains(&model.model.name.as_str()) {
        return;
    }
    above.push(&model.model.name);
    for property in &model.properties {
        let field = ident(&property.field);
        let place = quote!(#at.#field);
        let target = match &property.property.kind {
            Type::Model(name) => plan.models.get_key_value(name.as_str()),
            _ => None,
        };
        let Some((name, target)) = target else {
            for (key, statement) in emit(Reached::Property {
                property,
                place: &place,
            }) {
                found.entry(key).or_default().push(statement);
            }
            continue;
        };
        let optional = !property.property.required || property.boxed;
        let inner = match property.field.as_str() {
            // `found` is the collection that the statements extend.
            "found" => format_ident!("found_"),
            field => ident(field),
        };
        let next = if optional {
            quote!(#inner)
        } else {
            place.clone()
        };
        let reference = match (optional, property.boxed) {
            (true, true) => quote!(&**#inner),
            (true, false) => quote!(#inner),
            (false, _) => quote!(&#place),
        };
        let mut below = BTreeMap::new();
        for (key, statement) in emit(Reached::Model {
            model: name,
            place: &next,
            reference: &reference,
            direct: above.len() == 1 && !optional,
        }) {
            below.entry(key).or_insert_with(Vec::new).push(statement);
        }
        visit_properties(plan, target, &next, above, emit, &mut below);
        for (key, statements) in below {
            let statements = if optional {
                quote!(if let Some(#inner) = &#place { #(#statements)* })
            } else {
                quote!(#(#statements)*)
            };
            found.entry(key).or_default().push(statements);
        }
    }
    above.pop();
}
