//! Everything a template may see. Field names are the variables of the templates: they are documented for theme authors in the manual, and a
//! change here is a change there. Knows nothing of how the values are found.

mod frame;
mod landing;
mod metadata;
mod page;

use std::borrow::Cow;

use serde::Serialize;

pub(super) use frame::{Frame, LanguageLink, NavItem, SearchUrls, SectionLink};
pub(super) use landing::{Card, CardGroup, CardList, Landing, Link};
pub(super) use metadata::Metadata;
pub(super) use page::{
    Alternate, Badge, Crumb, Dashboard, DashboardLanguage, DashboardPage, DashboardSection,
    DocumentBody, DocumentPage, Heading, LetterGroup, ListEntry, MovedSection, Notice, PageBody,
    PageView, RedirectView, Step, Tutorial, Updated,
};

/// The variables of one file, and the template that uses them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    /// The name of the template.
    #[serde(skip)]
    pub template: Cow<'static, str>,
    /// The number of the frame's language, for interface texts.
    pub(super) locale: usize,
    pub(super) frame: Frame,
    pub(super) page: PageView,
}
