//! Changes to a site as plans: in come the linked [`crate::site::Site`] and an intention (a new page, a move, a new name, the end of a page), out come the files to create,
//! to edit and to move. Writes nothing, and doesn't know where the folder of the site is nor what is checked or rendered.

mod change_plan;
pub mod impact;
pub mod init;
mod listed_redirects;
pub mod moves;
mod named_page;
mod new;
mod proof;
mod refusal;
pub mod rename;
pub mod retire;
mod typed_address;
mod typed_text;

pub use change_plan::ChangePlan;
pub use new::{NewFile, NewPage, NewPagePlan, new_page};
pub use proof::lost_links;
pub use refusal::Refusal;
