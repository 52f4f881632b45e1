//! `paraph-cli accounts`.

use crate::Done;
use crate::say::{Say, time};
use crate::session::Session;
use paraph_domain::capabilities::Environment;
use paraph_domain::trouble::Trouble;
use paraph_engine::accounts::AccountLook;
use paraph_messages::Key;
use serde::Serialize;

#[derive(Serialize)]
struct AccountLine {
    id: String,
    name: String,
    environment: Environment,
    /// When it was last reached.
    as_of: Option<jiff::Timestamp>,
    trouble: Option<Trouble>,
}

pub async fn list(say: &mut Say) -> Done {
    let session = Session::open(say).await?;
    let accounts = session.engine.accounts().await?;
    session.close().await;
    if accounts.is_empty() {
        say.line(Key::CliNoAccounts, &[]);
    }
    for look in &accounts {
        let environment = environment(say, look.account.environment);
        let state = state(say, look);
        let values = [
            ("name", look.account.name.as_str()),
            ("environment", &environment),
            ("state", &state),
        ];
        say.line(Key::CliAccount, &values);
    }
    let lines: Vec<AccountLine> = accounts.iter().map(line).collect();
    say.value(&lines);
    Ok(())
}

fn line(look: &AccountLook) -> AccountLine {
    AccountLine {
        id: look.account.id.0.clone(),
        name: look.account.name.clone(),
        environment: look.account.environment,
        as_of: look.fetched.last_success,
        trouble: trouble(look),
    }
}

pub fn trouble(look: &AccountLook) -> Option<Trouble> {
    let error = look.fetched.last_error.clone()?;
    Some(serde_json::from_value(error).unwrap_or(Trouble::Internal))
}

fn state(say: &Say, look: &AccountLook) -> String {
    match (trouble(look), look.fetched.last_success) {
        (Some(trouble), _) => say.trouble(&trouble),
        (None, Some(moment)) => say.text(Key::CliAccountWell, &[("time", &time(moment))]),
        (None, None) => say.text(Key::CliAccountNever, &[]),
    }
}

fn environment(say: &Say, environment: Environment) -> String {
    let key = match environment {
        Environment::Practice => Key::CliEnvironmentPractice,
        Environment::Test => Key::CliEnvironmentTest,
        Environment::Live => Key::CliEnvironmentLive,
    };
    say.text(key, &[])
}
