//! The Prompts page: search, tags, pages.

use align::record::{PromptId, PromptList, PromptQuery, PromptSummary};

use super::tags::read_tags;
use super::{PROMPTS, folded};
use crate::columns::{Columns, Table};
use crate::pattern::containing;
use crate::sqlite::search::{Search, select_by_words};
use crate::sqlite::{Connection, Row};
use crate::{Store, StoreError};

static TAGS: Table = Table { name: "tags", key: &["id"] };

/// Which prompts match; `$1` words, `$2` a pattern of signs, `$3` a folded tag, each null for any. The
/// subqueries do not depend on the row, so each runs at most once, and not at all for a null.
macro_rules! matching {
    ($select:literal, $rest:literal) => {
        concat!(
            $select,
            " FROM prompts WHERE deleted_at IS NULL
            AND ($1 IS NULL OR id IN (",
            select_by_words!(),
            "))
            AND ($2 IS NULL OR title LIKE $2 ESCAPE '!' OR excerpt LIKE $2 ESCAPE '!' OR id IN
                (SELECT prompt_id FROM tags JOIN prompt_tags ON tag_id = tags.id
                    WHERE name LIKE $2 ESCAPE '!'))
            AND ($3 IS NULL OR id IN
                (SELECT prompt_id FROM tags JOIN prompt_tags ON tag_id = tags.id
                    WHERE folded = $3)) ",
            $rest
        )
    };
}

pub(crate) const SELECT_PAGE: &str = matching!(
    "SELECT id, title, excerpt, newest_version, author, updated_at,
        (SELECT string_agg(name, '\n' ORDER BY folded COLLATE \"binary\") FROM prompt_tags
            JOIN tags ON tags.id = tag_id WHERE prompt_id = prompts.id) AS tags",
    "ORDER BY updated_at DESC, id DESC LIMIT $4 OFFSET $5"
);

pub(crate) const COUNT: &str = matching!("SELECT count(*)", "");

pub(crate) const SELECT_TAGS: &str = "
    SELECT id, name, prompts FROM tags WHERE prompts > 0
    ORDER BY prompts DESC, folded COLLATE \"binary\" LIMIT 50";

impl Store {
    /// Finds prompts, newest change first. Every input is a search; signs like `{}` or an emoji
    /// alone are looked for in titles, excerpts and tags.
    pub async fn list_prompts(&self, query: &PromptQuery) -> Result<PromptList, StoreError> {
        let filter = Filter::new(query);
        let mut read = self.read().await?;
        let list = PromptList {
            prompts: filter.page(&mut read, query.page).await?,
            total: filter.count(&mut read).await?,
            tags: tags_in_use(&mut read).await?,
        };
        read.commit().await?;
        Ok(list)
    }
}

#[derive(Default)]
struct Filter {
    words: Option<String>,
    signs: Option<String>,
    tag: Option<String>,
}

impl Filter {
    fn new(query: &PromptQuery) -> Self {
        let tag = query.tag.as_deref().map(folded);
        match Search::parse(&query.search) {
            Search::All => Self { tag, ..Self::default() },
            Search::Words(words) => Self { words: Some(words), tag, ..Self::default() },
            Search::Signs(signs) => {
                Self { signs: Some(containing(&signs)), tag, ..Self::default() }
            }
        }
    }

    async fn page(
        &self,
        connection: &mut Connection,
        page: u32,
    ) -> Result<Vec<PromptSummary>, StoreError> {
        let rows = sqlx::query(SELECT_PAGE)
            .bind(&self.words)
            .bind(&self.signs)
            .bind(&self.tag)
            .bind(i64::from(PromptList::PAGE_SIZE))
            .bind(i64::from(page) * i64::from(PromptList::PAGE_SIZE))
            .fetch_all(connection)
            .await?;
        rows.iter().map(read_summary).collect()
    }

    async fn count(&self, connection: &mut Connection) -> Result<u32, StoreError> {
        let count = sqlx::query_scalar(COUNT).bind(&self.words).bind(&self.signs).bind(&self.tag);
        let count: i64 = count.fetch_one(connection).await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

async fn tags_in_use(connection: &mut Connection) -> Result<Vec<(String, u32)>, StoreError> {
    let rows = sqlx::query(SELECT_TAGS).fetch_all(connection).await?;
    let tags = rows.iter().map(|row| {
        let row = Columns::new(row, &TAGS);
        Ok((row.get("name")?, row.number("prompts")?))
    });
    tags.collect()
}

fn read_summary(row: &Row) -> Result<PromptSummary, StoreError> {
    let row = Columns::new(row, &PROMPTS);
    Ok(PromptSummary {
        id: PromptId(row.get("id")?),
        title: row.get("title")?,
        tags: read_tags(&row)?,
        excerpt: row.get("excerpt")?,
        version: row.optional_number("newest_version")?,
        author: row.get("author")?,
        updated_at: row.get("updated_at")?,
    })
}
