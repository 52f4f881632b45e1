//! What the integration and window tests share.
