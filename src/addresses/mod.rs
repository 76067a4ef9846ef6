//! The addresses that a site has published, and the promise that none of them dies. In: one or two revisions of a site. Out: the list of its
//! addresses, what became of them, problems with fixes for those that are lost. Knows neither Git nor the disk, nor how redirects are rendered.

mod compare;
pub mod inbound;
mod list;
mod lost;
mod model;
pub mod redirect_from;
mod redirects;
mod renames;
pub mod servers;

pub use compare::{AddressChanges, LostAddress, compare};
pub use list::{read_addresses, text_list, written_address};
pub use lost::lost_addresses;
pub use model::{PublishedAddresses, PublishedPage};
pub use redirects::{Redirect, redirects};
pub use renames::renames;
