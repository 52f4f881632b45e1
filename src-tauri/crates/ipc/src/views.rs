//! What the window shows, each named for its place. Times are RFC 3339, days ISO 8601.

mod application;
mod draft;
mod files;
mod page;
mod request;
mod review;

pub use application::*;
pub use draft::*;
pub use files::*;
pub use page::*;
pub use paraph_domain::trouble::{KeychainTrouble, Trouble};
pub use request::*;
pub use review::*;
