//! `paraph-cli sandbox`.

use crate::Done;
use crate::say::Say;
use paraph_engine::accounts::PracticeServer;
use paraph_host::{Folders, practice};
use paraph_messages::Key;
use serde_json::json;

pub async fn serve(say: &Say) -> Done {
    let server = practice(&Folders::of_user()?)?;
    let access = server.access().await?;
    let ours = server.is_ours().await;
    let address = access.base_url.as_str().trim_end_matches('/');
    say.line(Key::CliPracticeAddress, &[("address", address)]);
    say.line(
        Key::CliPracticeMailbox,
        &[("address", access.mailbox.as_str())],
    );
    say.value(&json!({
        "base_url": address,
        "mailbox_url": access.mailbox.as_str(),
        "serves": ours,
    }));
    if ours {
        say.line(Key::CliPracticeUntil, &[]);
        // Where the signal cannot be waited for, the process ends with it anyway.
        let _ = tokio::signal::ctrl_c().await;
    } else {
        say.line(Key::CliPracticeElsewhere, &[]);
    }
    Ok(())
}
