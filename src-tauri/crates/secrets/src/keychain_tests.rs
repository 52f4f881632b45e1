use super::*;

fn platform() -> keyring_core::error::PlatformError {
    "the collection of Jeanne Dupont".into()
}

#[test]
fn each_failure_of_the_keychain_has_its_word_and_no_content() {
    let secret = b"s3cret".to_vec();
    let cases = [
        (Error::NoStorageAccess(platform()), VaultError::Locked),
        (Error::NoDefaultStore, VaultError::NoService),
        (
            Error::PlatformFailure(platform()),
            VaultError::Other("platform"),
        ),
        (
            Error::BadEncoding(secret.clone()),
            VaultError::Other("bad_data"),
        ),
        (
            Error::BadDataFormat(secret, platform()),
            VaultError::Other("bad_data"),
        ),
        (
            Error::TooLong("secret".to_owned(), 2560),
            VaultError::Other("too_long"),
        ),
        (Error::Ambiguous(Vec::new()), VaultError::Other("ambiguous")),
    ];
    for (error, expected) in cases {
        let before = format!("{error:?}");
        let vault_error = translate(error);
        assert_eq!(vault_error, expected, "{before}");
        let shown = format!("{vault_error} {vault_error:?}");
        assert!(
            !shown.contains("Dupont") && !shown.contains("115"),
            "{shown} quotes {before}"
        );
    }
}

#[test]
fn a_development_build_has_entries_of_its_own() {
    assert!(
        SERVICE.ends_with(".dev"),
        "tests run in a development build"
    );
}

#[test]
fn a_call_that_panics_is_an_error_and_gives_its_place_back() {
    let vault = KeychainVault::default();
    for _ in 0..MOST_CALLS * 2 {
        let call = Call::begin(&vault.calls).expect("a finished call leaves its place");
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _call = call;
            panic!("on purpose");
        }));
        assert!(panicked.is_err());
    }
    let held: Vec<_> = (0..MOST_CALLS)
        .map_while(|_| Call::begin(&vault.calls))
        .collect();
    assert_eq!(held.len(), MOST_CALLS);
    assert!(
        Call::begin(&vault.calls).is_none(),
        "a frozen service collects no more threads"
    );
}
