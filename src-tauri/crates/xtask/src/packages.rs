//! The system's packages: installed by apt where there is apt, named where there is not.

use crate::step::{is_installed, output_of, step};
use anyhow::bail;
use std::collections::HashSet;
use std::process::Command;

#[derive(Clone, Copy)]
struct Package {
    name: &'static str,
    why: &'static str,
}

const fn package(name: &'static str, why: &'static str) -> Package {
    Package { name, why }
}

/// What building and running needs, by Debian's names.
const TO_BUILD: &[Package] = &[
    package("build-essential", "compiles and links the C parts"),
    package("pkg-config", "finds the libraries"),
    package("libgtk-3-dev", "the window"),
    package("libwebkit2gtk-4.1-dev", "the webview in the window"),
    package("libsoup-3.0-dev", "the webview's network library"),
    package("librsvg2-dev", "icons"),
    package("libayatana-appindicator3-dev", "the tray icon"),
    package(
        "fonts-dejavu-core",
        "letters in the window and on pages that embed no font",
    ),
];

/// What the tests of the crates need besides.
const TO_TEST_CRATES: &[Package] = &[package(
    "poppler-utils",
    "judges the signatures with other eyes than ours",
)];

/// What the tests of the real window need besides those.
const TO_TEST: &[Package] = &[
    package("xvfb", "the virtual display"),
    package("openbox", "a window manager on it"),
    package("tint2", "a panel with a tray"),
    package("dunst", "shows the notifications"),
    package("gnome-keyring", "the keychain"),
    package("libsecret-tools", "looks into the keychain"),
    package("dbus", "the session's message bus"),
    package("dbus-x11", "programs that start their own bus"),
    package("at-spi2-core", "what a screen reader sees"),
    package("webkit2gtk-driver", "drives the webview"),
    package("chromium", "the signer's browser"),
    package("chromium-driver", "drives the signer's browser"),
    package("xdotool", "moves the pointer"),
    package("x11-utils", "tells where a window is"),
    package("imagemagick", "takes the pictures"),
    package("qpdf", "checks the structure of the signed files"),
    package("python3-gi", "the window that files are dragged from"),
    package("gir1.2-gtk-3.0", "the same"),
];

/// Makes sure that everything needed to build is there.
pub fn to_build() -> anyhow::Result<()> {
    if is_debian_like() {
        return install_missing(TO_BUILD, "to build Paraph");
    }
    if !cfg!(target_os = "linux") {
        // macOS and Windows bring the webview, the tray and the keychain themselves.
        return Ok(());
    }
    let libraries = [
        "gtk+-3.0",
        "webkit2gtk-4.1",
        "libsoup-3.0",
        "librsvg-2.0",
        "ayatana-appindicator3-0.1",
    ];
    let found = Command::new("pkg-config")
        .arg("--exists")
        .args(libraries)
        .status()
        .is_ok_and(|status| status.success());
    if found {
        return Ok(());
    }
    bail!(
        "Paraph needs the development files of {}. Install them, then start again:\n\n    {}\n",
        libraries.join(", "),
        by_hand()
    )
}

/// Makes sure that everything needed to build and to test the crates is there.
pub fn to_test_crates() -> anyhow::Result<()> {
    if is_debian_like() {
        let all: Vec<_> = TO_BUILD.iter().chain(TO_TEST_CRATES).copied().collect();
        return install_missing(&all, "to build Paraph and test its crates");
    }
    to_build()?;
    if cfg!(target_os = "linux") && !is_installed("pdfsig") {
        bail!(
            "the tests of the crates need `pdfsig`, which this system's packages of poppler carry"
        )
    }
    Ok(())
}

/// Makes sure that everything needed to build and to test the real window is there.
pub fn to_test() -> anyhow::Result<()> {
    if is_debian_like() {
        let all: Vec<_> = TO_BUILD
            .iter()
            .chain(TO_TEST_CRATES)
            .chain(TO_TEST)
            .copied()
            .collect();
        return install_missing(&all, "to build Paraph and test its window");
    }
    to_build()?;
    if !cfg!(target_os = "linux") {
        bail!(
            "the tests of the real window run on Linux only; `cargo xtask test --only rust` and `--only ui` run here"
        );
    }
    let programs = [
        "Xvfb",
        "openbox",
        "tint2",
        "dunst",
        "gnome-keyring-daemon",
        "dbus-daemon",
        "WebKitWebDriver",
        "chromium",
        "chromedriver",
        "xdotool",
        "xwininfo",
        "import",
        "pdfsig",
        "qpdf",
        "python3",
    ];
    let missing: Vec<_> = programs
        .into_iter()
        .filter(|name| !is_installed(name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!(
        "the tests of the real window need these programs, which this system's packages carry: {}",
        missing.join(", ")
    )
}

/// Installs one more package, for a need that only sometimes arises.
pub fn also(name: &'static str, why: &'static str) -> anyhow::Result<()> {
    if is_debian_like() {
        return install_missing(&[package(name, why)], "to set Paraph up");
    }
    bail!("`{name}` is missing ({why}); install it by this system's means, then start again")
}

fn is_debian_like() -> bool {
    is_installed("apt-get") && is_installed("dpkg-query")
}

fn install_missing(wanted: &[Package], purpose: &str) -> anyhow::Result<()> {
    let installed = installed(wanted);
    let missing: Vec<_> = wanted
        .iter()
        .filter(|package| !installed.contains(package.name))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("system packages that are missing {purpose}:");
    for package in &missing {
        println!("    {:30} {}", package.name, package.why);
    }
    step("refreshing the list of packages", apt().arg("update"))?;
    step(
        "installing them",
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            // One line a package instead of a progress bar.
            .args(["--option", "Dpkg::Use-Pty=0"])
            .args(missing.iter().map(|package| package.name)),
    )
}

fn installed(wanted: &[Package]) -> HashSet<String> {
    let mut query = Command::new("dpkg-query");
    query
        .args([
            "--show",
            "--showformat",
            "${Package} ${db:Status-Status}\\n",
        ])
        .args(wanted.iter().map(|package| package.name));
    // dpkg-query fails when one of the names is unknown to it and prints the others all the same.
    let printed = query
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    printed
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::to_owned)
        .collect()
}

/// apt-get that never asks; through sudo unless this is root.
fn apt() -> Command {
    let is_root = output_of(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0");
    let mut command = if is_root {
        Command::new("env")
    } else {
        println!("(sudo may ask for your password)");
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]);
    command
}

/// The command of the package managers we know, for the person to type.
fn by_hand() -> &'static str {
    if is_installed("dnf") {
        "sudo dnf install gcc gcc-c++ make pkgconf-pkg-config gtk3-devel webkit2gtk4.1-devel libsoup3-devel librsvg2-devel libayatana-appindicator-gtk3-devel"
    } else if is_installed("pacman") {
        "sudo pacman -S --needed base-devel gtk3 webkit2gtk-4.1 libsoup3 librsvg libayatana-appindicator"
    } else if is_installed("zypper") {
        "sudo zypper install gcc gcc-c++ make pkg-config gtk3-devel webkit2gtk3-devel libsoup-devel librsvg-devel libayatana-appindicator3-devel"
    } else {
        "(by this system's package manager: a C compiler, pkg-config and the libraries above)"
    }
}
