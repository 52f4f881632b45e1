//! Signing: certificates, signature values, and the act itself.

pub(crate) mod act;
pub(crate) mod authority;
mod cms;
pub(crate) mod marks;
pub(crate) mod seal;
