//! The same specs result in the same bindings, byte for byte, for any number of threads.

#![cfg(test)]

use std::num::NonZero;

use ari_codegen::Generator;

#[test]
fn bindings_do_not_depend_on_the_run_or_the_number_of_threads() {
    let generate = |threads| {
        let generator = Generator::bundled().expect("the bundled specs");
        let generator = match NonZero::new(threads) {
            Some(threads) => generator.threads(threads),
            None => generator,
        };
        generator.generate().expect("bindings").files
    };
    let alone = generate(1);
    assert!(alone.len() > 30, "{}", alone.len());
    for threads in [1, 3, 0] {
        let files = generate(threads);
        let names = |files: &std::collections::BTreeMap<String, String>| {
            files.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(names(&files), names(&alone), "{threads} threads");
        for (name, text) in &files {
            assert!(
                text == &alone[name],
                "{name} differs with {threads} threads"
            );
        }
    }
}
