//! The signature services Paraph speaks to.
//!
//! [`provider::Provider`] is all the engine knows. Each provider has a folder of its own with
//! private wire types; nothing outside [`registry`] asks which provider it is.

pub mod error;
pub mod http;
pub mod provider;
pub mod registry;
#[cfg(test)]
mod scripted;
pub mod seams;
mod yousign_v2;
