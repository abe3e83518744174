//! Code of the texts for new users builds word for word: in a clone, and with versions as from the
//! registry.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The clone beside the application, in the texts.
const CLONE: &str = "../ari/";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns a folder of its own, which is kept so that a second run builds only the changes.
fn scratch(name: &str) -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let folder = root().join(target).join("snippets").join(name);
    // Not the build output, which is beside it.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src")).expect("a folder");
    folder
}

/// Returns the blocks of a language in a text, without hidden lines of documentation, and with the
/// real path of the clone.
fn blocks(file: &str, language: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(file)).expect("a text");
    let mut found = Vec::new();
    let mut open: Option<Option<String>> = None;
    for line in text.lines() {
        open = match (line.strip_prefix("```"), open) {
            (Some(_), Some(block)) => {
                found.extend(block);
                None
            }
            (Some(begins), None) => {
                let wanted = begins.split(',').next() == Some(language);
                Some(wanted.then(String::new))
            }
            (None, Some(Some(block))) => {
                let line = match line {
                    "#" => "",
                    line if language == "rust" => line.strip_prefix("# ").unwrap_or(line),
                    line => line,
                };
                Some(Some(format!("{block}{line}\n")))
            }
            (None, open) => open,
        };
    }
    let clone = format!("{}/", root().display());
    found
        .iter()
        .map(|block| block.replace(CLONE, &clone))
        .collect()
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("written");
}

fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n")
}

fn cargo(folder: &Path, arguments: &[&str]) -> Output {
    let built = folder.parent().expect("a folder").join("target");
    Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", built)
        .output()
        .expect("cargo runs")
}

/// Builds; returns the output of a failed build.
fn check(folder: &Path) -> Result<(), String> {
    let output = cargo(folder, &["check", "--quiet", "--offline"]);
    let printed = String::from_utf8_lossy(&output.stderr).into_owned();
    output.status.success().then_some(()).ok_or(printed)
}

fn copy_lock(folder: &Path) {
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("a lock file");
}

#[test]
fn readme_build_scripts_work_and_report_errors() {
    let app = scratch("app");
    let manifests = blocks("ari-codegen/README.md", "toml");
    let scripts = blocks("ari-codegen/README.md", "rust");
    let library = blocks("ari-codegen/README.md", "text");
    let ([published, clone], [of_a_release, of_a_folder], [library]) =
        (manifests.as_slice(), scripts.as_slice(), library.as_slice())
    else {
        panic!("other blocks than this test knows: {manifests:?} {scripts:?} {library:?}");
    };
    // Versions as from the registry, replaced by the clone's crates.
    write(
        &app.join("Cargo.toml"),
        &format!("{}\n{published}\n{clone}", package("app")),
    );
    copy_lock(&app);
    write(&app.join("src/lib.rs"), library);
    write(&app.join("build.rs"), of_a_release);
    assert_eq!(check(&app), Ok(()));

    write(&app.join("build.rs"), of_a_folder);
    let failed = check(&app).expect_err("there is no folder `specs`");
    let sentence = "Error: specs: resources.json is missing: give a folder that holds a complete \
                    set of specs, resources.json and every file that it names\n";
    assert!(failed.contains(sentence), "{failed}");

    fs::create_dir(app.join("specs")).expect("a folder");
    for entry in fs::read_dir(root().join("api-docs/22")).expect("the facts") {
        let path = entry.expect("a file").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, app.join("specs").join(name)).expect("copied");
    }
    assert_eq!(check(&app), Ok(()));

    // A build script needs few dependencies: no command line, no HTTP, no TLS.
    let tree = [
        "tree",
        "-p",
        "ari-codegen",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
    ];
    let tree = cargo(&app, &[tree.as_slice(), &["--offline"]].concat());
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    assert!(tree.contains("prettyplease"), "{tree}");
    for heavy in ["clap", "ureq", "rustls", "ring"] {
        let found = tree
            .lines()
            .any(|line| line.starts_with(&format!("{heavy} ")));
        assert!(!found, "a build script needs {heavy}: {tree}");
    }
}

#[test]
fn readme_adds_crate_from_clone_or_registry() {
    let commands = blocks("README.md", "sh");
    let added = commands
        .iter()
        .find(|block| block.starts_with("cargo add "));
    let added = added.expect("how it is added");
    let example = blocks("README.md", "rust");
    let example = example.first().expect("a first example");
    for from_clone in [true, false] {
        let app = scratch(if from_clone {
            "from-clone"
        } else {
            "from-registry"
        });
        let mut manifest = package("hello");
        if !from_clone {
            let path = root().join("ari-api");
            manifest += &format!("[patch.crates-io]\nari-api = {{ path = {path:?} }}\n");
        }
        write(&app.join("Cargo.toml"), &manifest);
        write(&app.join("src/main.rs"), example);
        copy_lock(&app);
        for line in added.lines() {
            let (registry, clone) = line.split_once('#').unwrap_or((line, ""));
            let command = match clone.split_once("from a clone: ") {
                Some((_, command)) if from_clone => command,
                _ => registry,
            };
            let mut words: Vec<_> = command.split_whitespace().skip(1).collect();
            words.push("--offline");
            if words.contains(&"ari-api") && !from_clone {
                // The registry does not have it yet: the command would only add the version.
                let text = fs::read_to_string(app.join("Cargo.toml")).expect("it");
                write(
                    &app.join("Cargo.toml"),
                    &format!("{text}\n[dependencies]\nari-api = \"0.1\"\n"),
                );
                continue;
            }
            let output = cargo(&app, &words);
            let printed = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{command}: {printed}");
        }
        assert_eq!(check(&app), Ok(()), "from a clone: {from_clone}");
    }
}

#[test]
fn generated_crate_in_clone_uses_its_runtime() {
    let made = scratch("made");
    fs::remove_dir_all(&made).expect("a folder that is new");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "-p", "ari-codegen", "--"])
        .args(["generate", "--release", "22", "--crate"])
        .arg(&made)
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let printed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}");
    let manifest = fs::read_to_string(made.join("Cargo.toml")).expect("it");
    assert!(manifest.contains("path = \"../"), "{manifest}");
    assert!(
        !manifest.contains(&root().display().to_string()),
        "{manifest}"
    );
    copy_lock(&made);
    let tree = cargo(&made, &["tree", "--offline", "--prefix", "none"]);
    let text = String::from_utf8_lossy(&tree.stdout);
    let runtime = format!("({})", root().join("ari-runtime").display());
    let printed = String::from_utf8_lossy(&tree.stderr);
    assert!(text.contains(&runtime), "{text}{printed}");
}
