//! Every Rust name of the bindings, as [`super::planner`] decides them.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::ident;
use crate::api::{AllowedValue, Api, Model, Operation, Parameter, Property, Resource};

/// The names of everything in an [`Api`].
pub(crate) struct Plan<'a> {
    pub(crate) api: &'a Api,
    /// Path of the root module.
    pub(super) root: Vec<String>,
    pub(crate) resources: Vec<ResourcePlan<'a>>,
    /// Models by their wire name.
    pub(crate) models: BTreeMap<&'a str, ModelPlan<'a>>,
    /// The `Event` enum's variants, if there is a hierarchy of messages.
    pub(crate) events: Vec<&'a str>,
    /// Kinds of objects that events are about, by their models.
    pub(super) object_kinds: BTreeMap<&'a str, ObjectKindIndex<'a>>,
    /// Notes on unexpected differences from the specs: items of other names, and parts that
    /// are left out.
    pub(crate) notes: Vec<String>,
}

pub(crate) struct ResourcePlan<'a> {
    pub(crate) resource: &'a Resource,
    /// Module and file name; also the accessor on the client.
    pub(crate) module: String,
    pub(crate) accessor_type: String,
    pub(crate) enums: Vec<EnumPlan<'a>>,
    pub(crate) model_enums: Vec<EnumPlan<'a>>,
    pub(crate) operations: Vec<OperationPlan<'a>>,
    pub(crate) handles: Vec<HandlePlan<'a>>,
}

/// An open enum.
pub(crate) struct EnumPlan<'a> {
    pub(crate) name: String,
    /// The wire name of its parameter or property, for its documentation.
    pub(crate) owner: String,
    pub(crate) values: &'a [AllowedValue],
    /// Module and file name.
    pub(crate) file: String,
}

pub(crate) struct OperationPlan<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) type_name: String,
    pub(crate) method: String,
    pub(crate) constant: String,
    /// Module and file name, of the request and of the entry in the table.
    pub(crate) file: String,
    pub(crate) parameters: Vec<ParameterPlan<'a>>,
}

pub(crate) struct ParameterPlan<'a> {
    pub(crate) parameter: &'a Parameter,
    pub(crate) field: String,
    pub(crate) enum_name: Option<String>,
}

/// Operations below one object, such as `/channels/{channelId}`.
pub(crate) struct HandlePlan<'a> {
    pub(crate) type_name: String,
    /// Method of the client.
    pub(crate) accessor: String,
    /// The object that it is a handle of, for its documentation.
    pub(crate) noun: String,
    /// The model that describes the object, if there is one.
    pub(crate) model: Option<&'a str>,
    /// Path variables that identify it: wire name and Rust name.
    pub(crate) variables: Vec<(&'a str, String)>,
    /// Indices into the resource's operations.
    pub(crate) operations: Vec<usize>,
    /// Module and file name of the type.
    pub(crate) file: String,
    /// Module and file name of the methods that return requests.
    pub(crate) operations_file: String,
}

impl<'a> ResourcePlan<'a> {
    /// Returns the operations that the accessor of the resource has: those that no handle has.
    pub(crate) fn accessor_operations(&self) -> impl Iterator<Item = &OperationPlan<'a>> {
        let operations = self.operations.iter().enumerate();
        let operations = operations.filter(|(index, _)| {
            let mut handles = self.handles.iter();
            !handles.any(|handle| handle.operations.contains(index))
        });
        operations.map(|(_, op)| op)
    }

    /// Returns `true` if the resource has an accessor.
    pub(crate) fn has_accessor(&self) -> bool {
        self.accessor_operations().next().is_some()
    }
}

impl HandlePlan<'_> {
    /// The name of such objects: `live_recording`.
    pub(crate) fn name(&self) -> &str {
        self.accessor.trim_start_matches("r#")
    }
}

pub(crate) struct ModelPlan<'a> {
    pub(crate) model: &'a Model,
    pub(crate) type_name: String,
    /// Inherited properties first.
    pub(crate) properties: Vec<PropertyPlan<'a>>,
    /// The value of the discriminator, on members of a hierarchy.
    pub(crate) discriminator_value: Option<&'a str>,
    /// `true` if nothing that a user sends or receives has it.
    pub(crate) hidden: bool,
    /// Module and file name.
    pub(crate) file: String,
}

pub(crate) struct PropertyPlan<'a> {
    pub(crate) property: &'a Property,
    pub(crate) field: String,
    pub(crate) enum_name: Option<String>,
    /// Set if the model would contain itself.
    pub(crate) boxed: bool,
}

impl<'a> Plan<'a> {
    /// Returns the path of the root module.
    pub(crate) fn root(&self) -> TokenStream {
        let segments = self.root.iter().map(|segment| ident(segment));
        quote!(#(#segments)::*)
    }

    /// A path below the root module, for texts.
    pub(crate) fn path_text(&self, path: &str) -> String {
        format!("{}::{path}", self.root.join("::"))
    }

    /// Returns the name of the type of events, if the bindings have one.
    pub(crate) fn event_type(&self) -> &'static [&'static str] {
        match self.events.is_empty() {
            true => &[],
            false => &["Event"],
        }
    }

    /// The handle of objects that `model` describes, if they have one variable: for ids in events.
    pub(crate) fn find_handle(&self, model: &str) -> Option<&HandlePlan<'a>> {
        let (resource, handle) = self.position_of_handle(model)?;
        Some(&self.resources[resource].handles[handle])
    }

    /// Returns the position of that handle: its resource, and its index among the handles of
    /// the resource.
    pub(super) fn position_of_handle(&self, model: &str) -> Option<(usize, usize)> {
        let mut resources = self.resources.iter().enumerate();
        resources.find_map(|(index, resource)| {
            let mut handles = resource.handles.iter();
            let handle = handles.position(|handle| handle.model == Some(model))?;
            Some((index, handle))
        })
    }
}

/// An object kind in the [`Plan`], by the positions of its parts.
pub(super) struct ObjectKindIndex<'a> {
    /// Resource, and handle of that resource.
    pub(super) handle: (usize, usize),
    /// Properties of the model.
    pub(super) identity: Vec<usize>,
    pub(super) terminal_events: Vec<&'a str>,
}
