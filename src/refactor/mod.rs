//! Changes to a site as plans: in come the linked [`crate::site::Site`] and an intention (a new page), out come the files to create and the
//! edits to make. Writes nothing, and doesn't know where the folder of the site is nor what is checked or rendered.

mod new;

pub use new::{NewFile, NewPage, NewPagePlan, Refusal, new_page};
