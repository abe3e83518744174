//! The modules of the server: their states and dependencies.

use std::collections::BTreeSet;

use ari_api::schema::Version;

use super::MediaSupport;
use crate::json::Object;
use crate::sorted_map::SortedMap;

/// Modules other than those that the operations need, with their dependencies, whether they can be
/// reloaded, and their descriptions.
const ADDITIONAL_MODULES: &[(&str, &[&str], bool, &str)] = &[
    ("app_echo.so", &[], false, "Dialplan application Echo"),
    (
        "app_senddtmf.so",
        &[],
        false,
        "Dialplan application SendDTMF",
    ),
    (
        "app_stasis.so",
        &["res_stasis.so"],
        false,
        "Dialplan application Stasis",
    ),
    ("bridge_holding.so", &[], false, "Holding bridges"),
    ("bridge_simple.so", &[], false, "Two-party bridges"),
    ("bridge_softmix.so", &[], false, "Multi-party bridges"),
    (
        "chan_audiosocket.so",
        &["res_audiosocket.so"],
        false,
        "AudioSocket channels",
    ),
    ("chan_pjsip.so", &["res_pjsip.so"], false, "SIP channels"),
    ("chan_rtp.so", &[], false, "External media channels"),
    (
        "chan_websocket.so",
        &["res_http_websocket.so", "res_websocket_client.so"],
        false,
        "WebSocket channels",
    ),
    (
        "res_ari.so",
        &["res_http_websocket.so"],
        true,
        "Asterisk REST Interface",
    ),
    ("res_audiosocket.so", &[], false, "AudioSocket"),
    ("res_ari_model.so", &[], false, "The models of ARI"),
    ("res_http_websocket.so", &[], false, "WebSockets"),
    ("res_musiconhold.so", &[], true, "Music on hold"),
    ("res_pjsip.so", &[], true, "SIP"),
    ("res_stasis.so", &[], false, "Applications"),
    ("res_websocket_client.so", &[], true, "Outgoing WebSockets"),
];

struct Module {
    description: String,
    /// The modules that this one depends on.
    dependencies: BTreeSet<String>,
    is_reloadable: bool,
    is_loaded: bool,
}

/// Installed modules, by name.
pub(crate) struct Modules(SortedMap<String, Module>);

/// The result of a request to change a module.
#[derive(Debug, PartialEq)]
pub(crate) enum ModuleOutcome {
    Done,
    NotFound,
    AlreadyLoaded,
    InUse,
    NotReloadable,
}

impl Modules {
    /// Returns the modules of a version without those that the test leaves out.
    pub(crate) fn installed(version: Version, missing: &[String]) -> Self {
        let mut modules = Modules::for_version(version);
        modules
            .0
            .retain(|name, _| !missing.iter().any(|missing| missing == name));
        modules
    }

    /// Returns the modules of a version. Each resource has a module, and its operations name the
    /// modules that they need.
    pub(crate) fn for_version(version: Version) -> Self {
        let mut modules = Modules(SortedMap::new());
        let media = MediaSupport::for_version(version);
        for (name, uses, reloads, description) in ADDITIONAL_MODULES {
            let exists = match *name {
                "chan_websocket.so" | "res_websocket_client.so" => media.websocket,
                "chan_audiosocket.so" | "res_audiosocket.so" => media.audiosocket,
                _ => true,
            };
            if !exists {
                continue;
            }
            modules.install(name, uses.iter().copied(), *reloads, description);
        }
        for operation in ari_api::OPERATIONS {
            if !operation.availability.includes(version) {
                continue;
            }
            for needed in operation.requires_modules {
                let what = format!("Needed by {}", operation.resource);
                modules.install(&format!("{needed}.so"), ["res_stasis.so"], false, &what);
            }
            let needed = operation.requires_modules.iter();
            let needed: Vec<_> = needed.map(|needed| format!("{needed}.so")).collect();
            let own = ["res_ari.so", "res_ari_model.so", "res_stasis.so"];
            let uses = own.into_iter().chain(needed.iter().map(String::as_str));
            let what = format!("ARI: {}", operation.resource);
            modules.install(&resource_module(operation.resource), uses, false, &what);
        }
        modules
    }

    /// Returns the names of the modules of all releases, without `.so`.
    pub(crate) fn all_names() -> Vec<String> {
        let additional = ADDITIONAL_MODULES
            .iter()
            .map(|(name, ..)| (*name).to_owned());
        let mut names: BTreeSet<String> = additional.collect();
        for operation in ari_api::OPERATIONS {
            names.insert(resource_module(operation.resource));
            let needed = operation.requires_modules.iter();
            names.extend(needed.map(|needed| format!("{needed}.so")));
        }
        let names = names
            .iter()
            .map(|name| name.trim_end_matches(".so").to_owned());
        names.collect()
    }

    fn install<'a>(
        &mut self,
        name: &str,
        uses: impl IntoIterator<Item = &'a str>,
        reloads: bool,
        description: &str,
    ) {
        let module = self.0.get_or_insert_with(name.to_owned(), || Module {
            description: description.to_owned(),
            dependencies: BTreeSet::new(),
            is_reloadable: reloads,
            is_loaded: true,
        });
        let uses = uses.into_iter().filter(|used| *used != name);
        module.dependencies.extend(uses.map(str::to_owned));
    }

    /// Returns whether a resource, such as `sounds`, is unavailable because its module is not
    /// loaded.
    pub(crate) fn is_unavailable(&self, resource: &str) -> bool {
        let module = self.0.get(&resource_module(resource));
        module.is_some_and(|module| !module.is_loaded)
    }

    /// Returns the installed name of a loaded module. The suffix may be missing, and case is
    /// ignored.
    pub(crate) fn find_loaded(&self, name: &str) -> Option<&str> {
        let full = match name.to_ascii_lowercase() {
            name if name.ends_with(".so") => name,
            name => name + ".so",
        };
        let (name, module) = self.0.get_key_value(&full)?;
        module.is_loaded.then_some(name)
    }

    fn use_count(&self, name: &str) -> i64 {
        let loaded = self.0.values().filter(|module| module.is_loaded);
        let users = loaded.filter(|module| module.dependencies.contains(name));
        i64::try_from(users.count()).unwrap_or_default()
    }

    /// Returns a loaded module, by its exact name.
    pub(crate) fn object(&self, name: &str) -> Option<Object> {
        let module = self.0.get(name).filter(|module| module.is_loaded)?;
        let object = Object::new()
            .with("name", name)
            .with("description", &module.description)
            .with("use_count", self.use_count(name))
            .with("status", "Running");
        Some(object.with("support_level", "core"))
    }

    /// Returns all loaded modules.
    pub(crate) fn objects(&self) -> impl Iterator<Item = Object> {
        self.0.keys().filter_map(|name| self.object(name))
    }

    pub(crate) fn load(&mut self, name: &str) -> ModuleOutcome {
        if self.find_loaded(name).is_some() {
            return ModuleOutcome::AlreadyLoaded;
        }
        let name = name.to_ascii_lowercase();
        let full = format!("{}.so", name.trim_end_matches(".so"));
        match self.0.get_mut(&full) {
            Some(module) => {
                module.is_loaded = true;
                ModuleOutcome::Done
            }
            None => ModuleOutcome::NotFound,
        }
    }

    pub(crate) fn unload(&mut self, name: &str) -> ModuleOutcome {
        let Some(name) = self.find_loaded(name).map(str::to_owned) else {
            return ModuleOutcome::NotFound;
        };
        if self.use_count(&name) > 0 {
            return ModuleOutcome::InUse;
        }
        if let Some(module) = self.0.get_mut(&name) {
            module.is_loaded = false;
        }
        ModuleOutcome::Done
    }

    pub(crate) fn reload(&self, name: &str) -> ModuleOutcome {
        let module = self.find_loaded(name).and_then(|name| self.0.get(name));
        match module {
            Some(module) if module.is_reloadable => ModuleOutcome::Done,
            Some(_) => ModuleOutcome::NotReloadable,
            None => ModuleOutcome::NotFound,
        }
    }
}

/// Returns the module of a resource: `res_ari_device_states.so` for `deviceStates`.
fn resource_module(resource: &str) -> String {
    let mut name = "res_ari_".to_owned();
    for letter in resource.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name + ".so"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_depend_on_one_another() {
        let mut modules = Modules::for_version(Version::new(22, 10, 1));
        assert!(!modules.is_unavailable("deviceStates"));
        assert_eq!(modules.unload("res_stasis_playback"), ModuleOutcome::InUse);
        for resource in ["bridges", "channels", "playbacks"] {
            assert_eq!(
                modules.unload(&resource_module(resource)),
                ModuleOutcome::Done
            );
            assert!(modules.is_unavailable(resource));
        }
        assert_eq!(modules.unload("res_stasis_playback"), ModuleOutcome::Done);
        assert_eq!(
            modules.unload("res_stasis_playback"),
            ModuleOutcome::NotFound
        );
        assert_eq!(modules.load("RES_ARI_channels"), ModuleOutcome::Done);
        assert!(!modules.is_unavailable("channels"));
    }
}
