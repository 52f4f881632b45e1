//! Turns the catalogue into an enum of keys, so that a sentence that does not exist, or exists in
//! one language only, does not compile.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

fn main() -> Result<()> {
    println!("cargo:rerun-if-changed=catalogue");
    let english = read("catalogue/en")?;
    let french = read("catalogue/fr")?;
    for (key, sentence) in &english {
        let translated = french
            .get(key)
            .with_context(|| format!("catalogue/fr lacks {key}"))?;
        ensure!(
            placeholders(sentence) == placeholders(translated),
            "{key}: English and French name different placeholders"
        );
    }
    for key in french.keys() {
        ensure!(english.contains_key(key), "catalogue/en lacks {key}");
    }

    let mut code = String::from(
        "/// A sentence of the catalogue.\n#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]\npub enum Key {\n",
    );
    for (key, sentence) in &english {
        writeln!(code, "    #[doc = {sentence:?}]\n    {},", camel(key))?;
    }
    code.push_str("}\n\nfn sentence(language: Language, key: Key) -> &'static str {\n    match (language, key) {\n");
    for (language, sentences) in [("English", &english), ("French", &french)] {
        for (key, sentence) in sentences {
            writeln!(
                code,
                "        (Language::{language}, Key::{}) => {sentence:?},",
                camel(key)
            )?;
        }
    }
    code.push_str("    }\n}\n");
    let out = std::env::var("OUT_DIR").context("cargo sets OUT_DIR")?;
    std::fs::write(Path::new(&out).join("keys.rs"), code)?;
    Ok(())
}

fn read(folder: &str) -> Result<BTreeMap<String, String>> {
    let mut sentences = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.to_owned())? {
        let path = entry?.path();
        let text = std::fs::read_to_string(&path)?;
        let file: BTreeMap<String, String> =
            serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        for (key, sentence) in file {
            if key == "$schema" {
                continue;
            }
            ensure!(
                !sentences.contains_key(&key),
                "{key} stands in two files of {folder}"
            );
            sentences.insert(key, sentence);
        }
    }
    Ok(sentences)
}

fn placeholders(sentence: &str) -> Vec<&str> {
    let mut names: Vec<&str> = sentence
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn camel(key: &str) -> String {
    key.split('_')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        })
        .collect()
}
