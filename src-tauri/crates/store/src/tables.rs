//! One module per table: its SQL, its row, and what is done with it.

use crate::error::Error;
use paraph_domain::ids::BlobId;
use rusqlite::Connection;
use std::collections::HashSet;

pub mod accounts;
pub mod archive;
pub mod draft_edits;
pub mod drafts;
pub mod events;
pub mod fetch_status;
pub mod outbox;
pub mod people;
pub mod procedures;
pub mod reminders;
pub mod settings;

/// Every blob that a stored value names. In all of them a blob stands under the key `blob`.
pub(crate) fn blobs_in_use(connection: &Connection) -> Result<HashSet<BlobId>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT leaf.atom FROM drafts, json_tree(drafts.value) AS leaf WHERE leaf.key = 'blob' \
         UNION SELECT leaf.atom FROM draft_edits, json_tree(edit) AS leaf WHERE leaf.key = 'blob' \
         UNION SELECT leaf.atom FROM draft_edits, json_tree(inverse) AS leaf \
         WHERE leaf.key = 'blob' \
         UNION SELECT leaf.atom FROM outbox, json_tree(outbox.value) AS leaf \
         WHERE leaf.key = 'blob'",
    )?;
    let rows = statement.query_and_then([], |row| Ok(BlobId(row.get(0)?)))?;
    rows.collect()
}
