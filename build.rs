//! How the program is linked.
//!
//! On Linux the program stands at a fixed address, as Go's programs do. The tables of the libraries (the entities of HTML in four
//! of them) hold fifty thousand addresses, which would otherwise be put right at every start: a third of the time to the first
//! screen. Stack, heap and libraries are placed at random as ever. What unwinds the stack is part of the program, and of the tests
//! and benchmarks, where the compiler for C has it to link, as it mostly does: a shared library less is found and put in place.

use std::env::var;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if let Some(folder) = unwinder() {
            println!("cargo::rustc-link-search=native={}", folder.display());
            println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
}

/// The folder in which the compiler for C that links has the library that unwinds the stack.
fn unwinder() -> Option<PathBuf> {
    let is_native = var("HOST").ok()? == var("TARGET").ok()?;
    let linker = var("RUSTC_LINKER").ok().or_else(|| is_native.then(|| "cc".to_owned()))?;
    let said = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output().ok()?;
    // Where it has none, it answers with the bare name.
    let library = PathBuf::from(String::from_utf8_lossy(&said.stdout).trim());
    if library.is_absolute() && library.is_file() { library.parent().map(Path::to_owned) } else { None }
}
