//! The keychain vault against a real Secret Service, in every state in which clerks' machines have
//! been found.
//!
//! Each test starts this file again inside a D-Bus session of its own, with a home of its own; the
//! session's configuration activates nothing, so that what answers is what the test started.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends at the first thing that should not be"
)]

use paraph_domain::ids::AccountId;
use paraph_secrets::{KeychainVault, Vault, VaultError};
use rustix::process::{Pid, Signal, kill_process};
use secrecy::{ExposeSecret, SecretString};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Names the test that is running inside its session.
const INSIDE: &str = "PARAPH_TEST_INSIDE";
const SERVICE: &str = "app.paraph.desktop.test";
/// Far above what an answer takes, far below what a test may.
const PATIENT: Duration = Duration::from_secs(20);

const BUS_CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

#[test]
fn an_unlocked_keychain_keeps_secrets() {
    in_session("an_unlocked_keychain_keeps_secrets", async |home| {
        let _daemon = Daemon::start(home, Some("password")).await;
        let vault = vault();
        vault
            .check()
            .await
            .expect("an unlocked keychain passes the check");

        let (ada, bo) = (AccountId::new("ada"), AccountId::new("bo"));
        assert!(
            vault.load(&ada).await.unwrap().is_none(),
            "what was never saved is not there"
        );
        vault
            .delete(&ada)
            .await
            .expect("forgetting what is not there is no error");

        vault.save(&ada, SecretString::from("first")).await.unwrap();
        vault
            .save(&ada, SecretString::from("second, é €"))
            .await
            .unwrap();
        vault.save(&bo, SecretString::from("other")).await.unwrap();
        let found = vault
            .load(&ada)
            .await
            .unwrap()
            .expect("a saved secret is there");
        assert_eq!(
            found.expose_secret(),
            "second, é €",
            "the last one saved counts"
        );

        let again = KeychainVault::with_service(SERVICE, PATIENT);
        assert!(
            again.load(&ada).await.unwrap().is_some(),
            "the keychain outlives the vault"
        );
        let other_build = KeychainVault::with_service("app.paraph.desktop.other", PATIENT);
        assert!(
            other_build.load(&ada).await.unwrap().is_none(),
            "another build's service name never sees it"
        );

        vault.delete(&ada).await.unwrap();
        assert!(vault.load(&ada).await.unwrap().is_none(), "deleted is gone");
        assert!(
            vault.load(&bo).await.unwrap().is_some(),
            "deleting one leaves the others"
        );
    });
}

#[test]
fn a_restarted_keychain_works_again() {
    in_session("a_restarted_keychain_works_again", async |home| {
        let vault = vault();
        let account = AccountId::new("ada");
        let first = Daemon::start(home, Some("password")).await;
        vault
            .save(&account, SecretString::from("key"))
            .await
            .unwrap();
        drop(first);
        assert_eq!(
            vault.check().await,
            Err(VaultError::NoService),
            "a keychain that went away is no service"
        );
        let _second = Daemon::start(home, Some("password")).await;
        let found = vault.load(&account).await.unwrap();
        assert_eq!(
            found.expect("the entry is on the disk").expose_secret(),
            "key",
            "the same vault works again once the service is back"
        );
    });
}

#[test]
fn without_a_bus_there_is_no_service() {
    in_session("without_a_bus_there_is_no_service", async |_| {
        let vault = vault();
        // The session's own bus is hidden from this process: see `in_session`.
        assert_eq!(vault.check().await, Err(VaultError::NoService));
        let loaded = vault.load(&AccountId::new("ada")).await;
        assert_eq!(loaded.err(), Some(VaultError::NoService));
    });
}

#[test]
fn a_bus_without_a_keychain_is_no_service() {
    in_session("a_bus_without_a_keychain_is_no_service", async |_| {
        assert_eq!(vault().check().await, Err(VaultError::NoService));
    });
}

#[test]
fn a_keychain_without_a_collection_counts_as_locked() {
    in_session(
        "a_keychain_without_a_collection_counts_as_locked",
        async |home| {
            let _daemon = Daemon::start(home, None).await;
            assert_eq!(vault().check().await, Err(VaultError::Locked));
        },
    );
}

#[test]
fn a_locked_keychain_says_so() {
    in_session("a_locked_keychain_says_so", async |home| {
        let account = AccountId::new("ada");
        {
            let _unlocked = Daemon::start(home, Some("password")).await;
            vault()
                .save(&account, SecretString::from("key"))
                .await
                .unwrap();
        }
        let _locked = Daemon::start(home, None).await;
        let vault = vault();
        assert_eq!(vault.check().await, Err(VaultError::Locked));
        assert_eq!(
            vault.load(&account).await.err(),
            Some(VaultError::Locked),
            "a locked entry is not a missing one: the clerk must not be asked for a new key"
        );
    });
}

#[test]
fn a_frozen_keychain_is_given_up_and_works_when_it_thaws() {
    in_session(
        "a_frozen_keychain_is_given_up_and_works_when_it_thaws",
        async |home| {
            let daemon = Daemon::start(home, Some("password")).await;
            let account = AccountId::new("ada");
            let hasty = KeychainVault::with_service(SERVICE, Duration::from_millis(100));
            daemon.signal(Signal::STOP);
            for call in 0..20 {
                assert_eq!(
                    hasty.load(&account).await.err(),
                    Some(VaultError::TimedOut),
                    "call {call} to a frozen service ends at its deadline"
                );
            }
            daemon.signal(Signal::CONT);
            vault()
                .check()
                .await
                .expect("a vault works once the service does");
        },
    );
}

fn vault() -> KeychainVault {
    KeychainVault::with_service(SERVICE, PATIENT)
}

/// Runs `scenario` inside a fresh D-Bus session. `name` is the test's own.
fn in_session(name: &str, scenario: impl AsyncFnOnce(&Path)) {
    if std::env::var_os(INSIDE).is_some_and(|inside| inside == name) {
        let home = std::env::var_os("HOME").expect("the session has a home");
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(scenario(Path::new(&home)));
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let configuration = home.path().join("bus.conf");
    std::fs::write(&configuration, BUS_CONFIGURATION).unwrap();
    let mut session = if name.contains("without_a_bus") {
        let mut bare = Command::new(std::env::current_exe().unwrap());
        bare.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        bare
    } else {
        let mut session = Command::new(installed("dbus-run-session", "dbus"));
        session
            .arg(format!("--config-file={}", configuration.display()))
            .arg("--")
            .arg(std::env::current_exe().unwrap());
        session
    };
    let output = session
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(INSIDE, name)
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_RUNTIME_DIR", runtime_folder(home.path()))
        .env_remove("GNOME_KEYRING_CONTROL")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && printed.contains("1 passed"),
        "inside the session: {}\n{printed}\n{}",
        output.status,
        String::from_utf8_lossy(&output.stderr),
    );
}

/// A folder that only we may enter, as the daemon demands.
fn runtime_folder(home: &Path) -> std::path::PathBuf {
    use std::os::unix::fs::DirBuilderExt;
    let folder = home.join("run");
    std::fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .unwrap();
    folder
}

/// The path of a program; a machine without it fails the test and says what to install.
fn installed(program: &str, package: &str) -> std::path::PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("{program} is missing: install the package {package}"))
}

/// A gnome-keyring-daemon that ends with its test.
struct Daemon(Child);

impl Daemon {
    /// Starts it and waits until it answers. With a password it is unlocked, and its first start
    /// makes the login collection; without one it is as after an automatic login.
    async fn start(home: &Path, password: Option<&str>) -> Self {
        let mut command = Command::new(installed("gnome-keyring-daemon", "gnome-keyring"));
        command
            .args(["--foreground", "--components=secrets"])
            .args(password.map(|_| "--unlock"))
            .env("HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        input
            .write_all(password.unwrap_or_default().as_bytes())
            .unwrap();
        drop(input);
        let daemon = Self(child);
        let wanted = if password.is_some() {
            Ok(())
        } else {
            Err(VaultError::Locked)
        };
        let mut found = vault().check().await;
        for _ in 0..200 {
            if found == wanted {
                return daemon;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            found = vault().check().await;
        }
        panic!("the keychain daemon never became {wanted:?}: {found:?}");
    }

    fn signal(&self, signal: Signal) {
        let pid = Pid::from_child(&self.0);
        kill_process(pid, signal).unwrap();
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
