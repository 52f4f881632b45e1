use super::*;
use crate::scripted::{Tokens, seams};

fn account(kind: ProviderKind, environment: Environment) -> AccountConfig {
    AccountConfig {
        kind,
        environment,
        base_url: None,
        app_url: None,
    }
}

fn link(account: AccountConfig) -> String {
    let provider = connect(account, Tokens::new(&["key"]), seams()).unwrap();
    provider.signing_link("/members/1").unwrap().to_string()
}

#[test]
fn each_environment_has_its_own_web_application_and_an_unknown_one_is_the_real_one() {
    let at = |host: &str| format!("{host}/procedure/sign?members=/members/1");
    let yousign = |environment| account(ProviderKind::YousignV2, environment);
    assert_eq!(
        link(yousign(Environment::Test)),
        at("https://staging-app.yousign.com")
    );
    assert_eq!(
        link(yousign(Environment::Live)),
        at("https://webapp.yousign.com")
    );
    assert_eq!(
        link(yousign(Environment::Practice)),
        at("https://webapp.yousign.com")
    );
    let here: Url = "http://127.0.0.1:4000".parse().unwrap();
    let practice = AccountConfig {
        base_url: Some(here),
        ..account(ProviderKind::Practice, Environment::Live)
    };
    assert_eq!(link(practice), at("http://127.0.0.1:4000"));
}

#[test]
fn only_the_vendor_s_staging_has_no_proof() {
    let here: Option<Url> = Some("http://127.0.0.1:4000".parse().unwrap());
    for (kind, environment, proof) in [
        (ProviderKind::Practice, Environment::Practice, true),
        (ProviderKind::YousignV2, Environment::Test, false),
        (ProviderKind::YousignV2, Environment::Live, true),
    ] {
        let account = AccountConfig {
            base_url: here.clone(),
            ..account(kind, environment)
        };
        let provider = connect(account, Tokens::new(&["key"]), seams()).unwrap();
        assert_eq!(
            provider.capabilities().proof,
            proof,
            "{kind:?} {environment:?}"
        );
    }
}

#[test]
fn an_account_without_a_safe_address_is_not_connected() {
    let practice = account(ProviderKind::Practice, Environment::Practice);
    let missing = connect(practice.clone(), Tokens::new(&["key"]), seams()).err();
    assert!(
        matches!(missing, Some(ConnectError::AddressMissing)),
        "{missing:?}"
    );
    for kind in [ProviderKind::Practice, ProviderKind::YousignV2] {
        let in_the_clear = AccountConfig {
            kind,
            base_url: Some("http://api.yousign.com".parse().unwrap()),
            ..practice.clone()
        };
        let refused = connect(in_the_clear, Tokens::new(&["key"]), seams()).err();
        assert!(
            matches!(
                refused,
                Some(ConnectError::Destination(BadDestination::Insecure))
            ),
            "{refused:?}"
        );
    }
}
