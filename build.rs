//! How the program is linked.
//!
//! On Linux the program stands at a fixed address, as Go's programs do. The tables of the libraries (the entities of HTML in four
//! of them) hold fifty thousand addresses, which would otherwise be put right at every start: a third of the time to the first
//! screen. Stack, heap and libraries are placed at random as ever. What unwinds the stack is part of the program where the compiler
//! for C has it to link, as it mostly does: a shared library less is found and put in place.

use std::env::var;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if has_unwinder() {
            println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
}

/// Whether the linker's own compiler has the library that unwinds the stack.
fn has_unwinder() -> bool {
    let native = var("HOST").is_ok_and(|host| var("TARGET").is_ok_and(|target| target == host));
    let Some(linker) = var("RUSTC_LINKER").ok().or_else(|| native.then(|| "cc".to_owned())) else { return false };
    let asked = Command::new(linker).arg("-print-file-name=libgcc_eh.a").output();
    // Where it has none, it answers with the bare name.
    asked.is_ok_and(|said| Path::new(String::from_utf8_lossy(&said.stdout).trim()).is_absolute())
}
