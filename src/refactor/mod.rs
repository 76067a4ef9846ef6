//! Changes to a site as plans: in come the linked [`crate::site::Site`] and an intention (a new page, a move), out come the files to create,
//! to edit and to move. Writes nothing, and doesn't know where the folder of the site is nor what is checked or rendered.

mod change_plan;
pub mod impact;
pub mod init;
pub mod moves;
mod new;
mod proof;
mod refusal;

pub use change_plan::ChangePlan;
pub use new::{NewFile, NewPage, NewPagePlan, new_page};
pub use proof::lost_links;
pub use refusal::Refusal;
