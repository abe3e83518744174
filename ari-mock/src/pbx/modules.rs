//! The modules of the server: their states and dependencies.

use std::collections::{BTreeMap, BTreeSet};

use ari_api::runtime::Version;

use crate::json::Object;

/// Modules other than those that the operations need, with their dependencies, whether they can be
/// reloaded, and their descriptions.
const OTHERS: &[(&str, &[&str], bool, &str)] = &[
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
    ("chan_pjsip.so", &["res_pjsip.so"], false, "SIP channels"),
    ("chan_rtp.so", &[], false, "External media channels"),
    (
        "res_ari.so",
        &["res_http_websocket.so"],
        true,
        "Asterisk REST Interface",
    ),
    ("res_ari_model.so", &[], false, "The models of ARI"),
    ("res_http_websocket.so", &[], false, "WebSockets"),
    ("res_musiconhold.so", &[], true, "Music on hold"),
    ("res_pjsip.so", &[], true, "SIP"),
    ("res_stasis.so", &[], false, "Applications"),
];

struct Module {
    description: String,
    /// The modules that this one depends on.
    uses: BTreeSet<String>,
    reloads: bool,
    loaded: bool,
}

/// Installed modules, by name.
pub(crate) struct Modules(BTreeMap<String, Module>);

/// The result of a request to change a module.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Done,
    NotThere,
    AlreadyLoaded,
    InUse,
    NotReloadable,
}

impl Modules {
    /// Returns the modules of a version. Each resource has a module, and its operations name the
    /// modules that they need.
    pub(crate) fn of(version: Version) -> Self {
        let mut modules = Modules(BTreeMap::new());
        for (name, uses, reloads, description) in OTHERS {
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
            modules.install(&module_of(operation.resource), uses, false, &what);
        }
        modules
    }

    fn install<'a>(
        &mut self,
        name: &str,
        uses: impl IntoIterator<Item = &'a str>,
        reloads: bool,
        description: &str,
    ) {
        let module = self.0.entry(name.to_owned()).or_insert_with(|| Module {
            description: description.to_owned(),
            uses: BTreeSet::new(),
            reloads,
            loaded: true,
        });
        let uses = uses.into_iter().filter(|used| *used != name);
        module.uses.extend(uses.map(str::to_owned));
    }

    /// Returns whether a resource, such as `sounds`, is unavailable because its module is not
    /// loaded.
    pub(crate) fn lack(&self, resource: &str) -> bool {
        let module = self.0.get(&module_of(resource));
        module.is_some_and(|module| !module.loaded)
    }

    /// Returns the installed name of a loaded module. The suffix may be missing, and case is
    /// ignored.
    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        let full = match name.to_ascii_lowercase() {
            name if name.ends_with(".so") => name,
            name => name + ".so",
        };
        let (name, module) = self.0.get_key_value(&full)?;
        module.loaded.then_some(name)
    }

    fn users(&self, name: &str) -> i64 {
        let loaded = self.0.values().filter(|module| module.loaded);
        let users = loaded.filter(|module| module.uses.contains(name));
        i64::try_from(users.count()).unwrap_or_default()
    }

    /// Returns a loaded module, by its exact name.
    pub(crate) fn object(&self, name: &str) -> Option<Object> {
        let module = self.0.get(name).filter(|module| module.loaded)?;
        let object = Object::new()
            .with("name", name)
            .with("description", &module.description)
            .with("use_count", self.users(name))
            .with("status", "Running");
        Some(object.with("support_level", "core"))
    }

    /// Returns all loaded modules.
    pub(crate) fn objects(&self) -> impl Iterator<Item = Object> {
        self.0.keys().filter_map(|name| self.object(name))
    }

    pub(crate) fn load(&mut self, name: &str) -> Outcome {
        if self.find(name).is_some() {
            return Outcome::AlreadyLoaded;
        }
        let name = name.to_ascii_lowercase();
        let full = format!("{}.so", name.trim_end_matches(".so"));
        match self.0.get_mut(&full) {
            Some(module) => {
                module.loaded = true;
                Outcome::Done
            }
            None => Outcome::NotThere,
        }
    }

    pub(crate) fn unload(&mut self, name: &str) -> Outcome {
        let Some(name) = self.find(name).map(str::to_owned) else {
            return Outcome::NotThere;
        };
        if self.users(&name) > 0 {
            return Outcome::InUse;
        }
        if let Some(module) = self.0.get_mut(&name) {
            module.loaded = false;
        }
        Outcome::Done
    }

    pub(crate) fn reload(&self, name: &str) -> Outcome {
        let module = self.find(name).and_then(|name| self.0.get(name));
        match module {
            Some(module) if module.reloads => Outcome::Done,
            Some(_) => Outcome::NotReloadable,
            None => Outcome::NotThere,
        }
    }
}

/// Returns the module of a resource: `res_ari_device_states.so` for `deviceStates`.
fn module_of(resource: &str) -> String {
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
    fn modules_hold_each_other() {
        let mut modules = Modules::of(Version::new(22, 10, 1));
        assert!(!modules.lack("deviceStates"));
        assert_eq!(modules.unload("res_stasis_playback"), Outcome::InUse);
        for resource in ["bridges", "channels", "playbacks"] {
            assert_eq!(modules.unload(&module_of(resource)), Outcome::Done);
            assert!(modules.lack(resource));
        }
        assert_eq!(modules.unload("res_stasis_playback"), Outcome::Done);
        assert_eq!(modules.unload("res_stasis_playback"), Outcome::NotThere);
        assert_eq!(modules.load("RES_ARI_channels"), Outcome::Done);
        assert!(!modules.lack("channels"));
    }
}
