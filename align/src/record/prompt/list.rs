//! The Prompts page: which prompts it shows, and its rows.

use serde::{Deserialize, Serialize};

use super::PromptId;
use crate::record::{Timestamp, VersionNumber};

/// One row of the Prompts page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromptSummary {
    /// Its identifier.
    pub id: PromptId,
    /// Its title.
    pub title: String,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// The beginning of the newest text, at most 160 characters, on one line.
    pub excerpt: String,
    /// Number of the newest version; `None` before the first.
    pub version: Option<VersionNumber>,
    /// Who changed it last.
    pub author: String,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// Which prompts a page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromptQuery {
    /// Words to find in titles, texts and tags; empty finds all. The last word matches as a prefix.
    pub search: String,
    /// Only prompts with this tag.
    pub tag: Option<String>,
    /// Page number from 0.
    pub page: u32,
}

/// One page of prompts, newest change first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PromptList {
    /// At most [`PromptList::PAGE_SIZE`] rows.
    pub prompts: Vec<PromptSummary>,
    /// How many prompts match in all.
    pub total: u32,
    /// Every tag in use with its number of prompts, most used first, at most 50.
    pub tags: Vec<(String, u32)>,
}

impl PromptList {
    /// Rows of one page.
    pub const PAGE_SIZE: u32 = 50;
}
