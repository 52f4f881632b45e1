use crate::support::Home;
use paraph_store::Error;
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Sample {
    folder: String,
    seconds: u32,
}

#[tokio::test]
async fn settings_survive_a_restart() {
    let home = Home::new();
    let sample = Sample {
        folder: "/home/ada/Contrats signés".to_owned(),
        seconds: 15,
    };
    assert_eq!(
        home.store
            .settings()
            .get_json::<Sample>("sample")
            .await
            .unwrap(),
        None
    );
    home.store
        .settings()
        .set_json(
            "sample",
            &Sample {
                folder: String::new(),
                seconds: 0,
            },
        )
        .await
        .unwrap();
    home.store
        .settings()
        .set_json("sample", &sample)
        .await
        .unwrap();
    let home = home.restarted();
    assert_eq!(
        home.store.settings().get_json("sample").await.unwrap(),
        Some(sample)
    );
    assert!(home.store.settings().remove("sample").await.unwrap());
    assert!(
        !home.store.settings().remove("sample").await.unwrap(),
        "it goes once"
    );
}

#[tokio::test]
async fn a_setting_of_another_shape_is_an_error_that_does_not_quote_it() {
    let home = Home::new();
    home.store
        .settings()
        .set_json("sample", "Jeanne Dupont")
        .await
        .unwrap();
    let error = home
        .store
        .settings()
        .get_json::<Sample>("sample")
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Unreadable {
                what: "setting",
                ..
            }
        ),
        "{error:?}"
    );
    assert!(
        !format!("{error} {error:?}").contains("Dupont"),
        "errors carry no content: {error:?}"
    );
}
