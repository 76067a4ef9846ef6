//! The version of its original that a translation follows: as sections with hashes, which are recorded or known from history, and as a text
//! where history has it. Knows neither lock files nor Git.

use std::collections::BTreeMap;

use crate::source::{Source, SourceId};

use super::section_record::SectionRecord;

/// What a translation follows.
#[derive(Debug, Clone, Default)]
pub struct FollowedOriginal {
    /// The sections of the original at that time.
    pub sections: Vec<SectionRecord>,
    /// The original at that time, if history has it and it was another text than now.
    pub text: Option<Source>,
}

/// What translations follow, by translation. What others follow is not known.
pub type FollowedOriginals = BTreeMap<SourceId, FollowedOriginal>;
