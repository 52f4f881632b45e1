//! Everything that writes PDFs, as incremental updates of the source file.

mod appearance;
mod content;
mod font;
mod signing;
mod stamp;
mod straighten;
mod update;

pub use signing::prepare;
pub use stamp::stamp_pages;
pub use straighten::straighten;
