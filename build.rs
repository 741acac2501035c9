//! How the program is linked.
//!
//! On Linux the program stands at a fixed address, as Go's programs do. The tables of the libraries (the entities of HTML in four
//! of them) hold fifty thousand addresses, which would otherwise be put right at every start: a third of the time to the first
//! screen. Stack, heap and libraries are placed at random as ever.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
