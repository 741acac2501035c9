//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    crossread::cli::main()
}
