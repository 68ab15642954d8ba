//! Lists the templates, so that the binary carries them and a new one needs no list to be kept.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let templates =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../templates");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for kind in ["runtime", "files", "formats"] {
        let folder = templates.join(kind);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut found = Vec::new();
        walk(&folder, "", &mut found)?;
        found.sort();
        let entries: String = found
            .iter()
            .map(|(name, path)| format!("({name:?}, include_str!({path:?})),\n"))
            .collect();
        fs::write(out.join(format!("{kind}.rs")), format!("[\n{entries}]"))?;
    }
    Ok(())
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push((name, entry.path().canonicalize()?));
        }
    }
    Ok(())
}
