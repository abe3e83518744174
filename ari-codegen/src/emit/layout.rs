//! Names of the files inside the folder of a resource: one file for each operation, handle, model
//! and enum, so that an item that is added, changed or removed leaves the files of the others alone.

use super::plan::{Plan, ResourcePlan};
use crate::naming::{self, Scope};

/// The module that an operation named `mod` would get: its file would be the folder's own.
const ROOT_FILE: &str = "r#mod";

/// The file of a resource's accessor.
pub(super) const ACCESSOR_FILE: &str = "resource";

/// Decides the file of every item.
pub(super) fn assign_files(plan: &mut Plan<'_>) {
    for resource in &mut plan.resources {
        // A module must not have the name of the one that contains it.
        let module = resource.module.as_str();
        let mut files = Scope::with(&[ROOT_FILE, module, ACCESSOR_FILE]);
        for op in &mut resource.operations {
            op.file = claim(&mut files, &op.method);
        }
        for handle in &mut resource.handles {
            // Without the underscore of `self_`, since two in a row are not snake case.
            let name = handle.accessor.trim_start_matches("r#");
            let name = name.trim_end_matches('_');
            handle.file = claim(&mut files, &format!("{name}_handle"));
            handle.operations_file = claim(&mut files, &format!("{name}_operations"));
        }
        for parameter_enum in &mut resource.enums {
            parameter_enum.file = claim(&mut files, &naming::snake(&parameter_enum.name));
        }
        let mut files = Scope::with(&[ROOT_FILE, module]);
        for model in &resource.resource.models {
            if let Some(model) = plan.models.get_mut(model.name.as_str()) {
                model.file = claim(&mut files, &naming::snake(&model.type_name));
            }
        }
        for model_enum in &mut resource.model_enums {
            model_enum.file = claim(&mut files, &naming::snake(&model_enum.name));
        }
    }
}

fn claim(files: &mut Scope, name: &str) -> String {
    files.claim(naming::file_name(name.to_owned()))
}

/// Returns the path of a module's file.
pub(super) fn path(folder: &str, resource: &ResourcePlan<'_>, module: &str) -> String {
    let file = module.trim_start_matches("r#");
    format!("{folder}/{}/{file}.rs", resource.module)
}
