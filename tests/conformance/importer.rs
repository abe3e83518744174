//! The generator can import specs from the fake as from a real server, and gets exactly the facts
//! of this repository.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::points::points;

#[test]
fn the_importer_reads_what_the_fake_serves() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for release in ["12", "16", "21", "24"] {
        let builder = ari_mock::Asterisk::builder().release(release.parse().unwrap());
        let pbx = runtime.block_on(builder.start()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let output = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline", "-p", "ari-codegen", "--"])
            .args(["import", "--from", &pbx.url(), "--release", release])
            .arg("--into")
            .arg(folder.path())
            .env("ARI_USER", "aritest")
            .env("ARI_PASSWORD", "testme")
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{release}: {errors}");
        let known = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs");
        // The newest point release is compared, because the facts may contain changes that are not
        // part of any release yet.
        let newest = points(&known, release.parse().unwrap()).pop().unwrap();
        let read = |path: &Path| -> Value {
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
        };
        let mut files = newest.files;
        let index = read(&known.join(release).join("resources.json"));
        files.insert("resources".to_owned(), index);
        assert_eq!(files.len(), 12);
        for (name, mut old) in files {
            let imported = folder.path().join(release).join(format!("{name}.json"));
            let mut new = read(&imported);
            // The address is that of the server.
            for spec in [&mut new, &mut old] {
                spec["basePath"] = Value::Null;
            }
            assert!(new == old, "{release}: {} differs", imported.display());
        }
    }
}
