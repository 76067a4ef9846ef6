//! One [`crate::site::Site`] -> how its translations stand to their originals. Writes nothing, and never sees how pages look.

mod compare;
mod lock;
mod locks;
mod pairs;
mod parity;
mod print;
mod pseudo;
mod sections;
mod status;
mod toc;
mod words;

pub use compare::{Change, How, changes};
pub use lock::{Followed, LOCK_FOLDER, Lock, Seen};
pub use locks::Locks;
pub use pairs::{Text, TextKind, texts};
pub use parity::differences;
pub use print::Print;
pub use pseudo::with_pseudo;
pub use sections::{METADATA, Section, own_print, sections, sections_of};
pub use status::{
    Basis, Entry, LocaleStatus, Revisions, SectionStatus, State, Status, stale_original, status,
};
