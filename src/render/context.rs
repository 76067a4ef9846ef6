//! What files are rendered with besides the site: theme, interface texts, translation status.

use std::sync::Arc;

use super::progress::Progress;
use super::theme::Theme;
use crate::locale::Catalog;

/// What files are rendered with besides the site. Cheap to clone.
#[derive(Clone)]
pub struct RenderContext {
    /// Templates, theme files and grammars.
    pub theme: Arc<Theme>,
    /// Interface texts.
    pub catalog: Arc<Catalog>,
    /// True if elements of articles carry the file and line they come from, for the preview.
    pub source_positions: bool,
    /// The state of the translations.
    pub progress: Arc<dyn Progress>,
}
