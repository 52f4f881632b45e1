//! From the engine's values to what the window shows.

mod accounts;
mod drafts;
mod errors;
mod requests;
mod reviews;

pub use accounts::*;
pub use drafts::*;
pub use errors::*;
use jiff::Timestamp;
pub use requests::*;
pub use reviews::*;

pub fn time(moment: Timestamp) -> String {
    moment.to_string()
}
