//! What Paraph is about: drafts, fields on pages, people, and the requests that were sent.
//!
//! Deliberately absent: input and output, clocks, randomness, async. Identifiers and times come
//! in as arguments, so everything here can be tested by calling it.

pub mod anchoring;
pub mod archive;
pub mod capabilities;
pub mod checks;
pub mod draft;
pub mod edit;
pub mod geometry;
pub mod ids;
pub mod mention;
pub mod page_content;
pub mod procedure;
pub mod sending;
pub mod suggestions;
pub mod text;
pub mod trouble;
