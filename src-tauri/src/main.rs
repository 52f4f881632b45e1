// A release build on Windows has no console.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    paraph_shell::run()
}
