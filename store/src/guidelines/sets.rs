//! Guideline sets: kept under a name, applied to other prompts.

use super::{Addition, GuidelineList, Source, add, list};
use crate::columns::{Columns, Table};
use crate::json::Json;
use crate::sqlite::{Connection, Executor, Row};
use crate::{Noun, Store, StoreError, prompts};
use align::guidelines::is_same;
use align::record::{GuidelineSet, GuidelineSetId, PromptId, Replace, SetUse, Timestamp};

static SETS: Table = Table { name: "guideline_sets", key: &["id"] };

pub(crate) const SELECT_ALL: &str =
    "SELECT * FROM guideline_sets ORDER BY folded COLLATE \"binary\"";

/// The prompts in which guidelines of sets are listed, each once for each set.
pub(crate) const SELECT_USES: &str = "
    SELECT guidelines.set_id, prompts.id, prompts.title
    FROM guidelines
    JOIN prompts ON prompts.id = guidelines.prompt_id AND prompts.deleted_at IS NULL
    WHERE guidelines.set_id IS NOT NULL AND guidelines.position IS NOT NULL
    GROUP BY guidelines.set_id, prompts.id, prompts.title
    ORDER BY prompts.title COLLATE \"binary\", prompts.id";

const SELECT: &str = "SELECT * FROM guideline_sets WHERE id = $1";

impl Store {
    /// Every set with the prompts that use it, by name.
    pub async fn guideline_sets(&self) -> Result<Vec<GuidelineSet>, StoreError> {
        let mut read = self.read().await?;
        let sets = all(&mut read).await?;
        read.commit().await?;
        Ok(sets)
    }

    /// Keeps what the guidelines of a prompt say, in their order, as a set, and answers all sets.
    /// [`StoreError::NameTaken`] if there is one of the name that is not to be replaced.
    pub async fn save_guideline_set(
        &self,
        name: &str,
        id: PromptId,
        replace: Replace,
        author: &str,
        now: Timestamp,
    ) -> Result<Vec<GuidelineSet>, StoreError> {
        let mut write = self.write().await?;
        prompts::newest(&mut *write, id).await?;
        let texts = list(&mut *write, id).await?.into_iter().map(|it| it.text);
        let texts: Vec<_> = texts.collect();
        save(&mut write, name, &texts, replace, (author, now)).await?;
        let sets = all(&mut write).await?;
        write.commit().await?;
        Ok(sets)
    }

    /// Adds what a set says to a prompt, except what the prompt's guidelines say already.
    pub async fn apply_guideline_set(
        &self,
        set: GuidelineSetId,
        id: PromptId,
        author: &str,
        now: Timestamp,
    ) -> Result<GuidelineList, StoreError> {
        let mut write = self.write().await?;
        prompts::newest(&mut *write, id).await?;
        let set = get(&mut *write, set).await?;
        let known = list(&mut *write, id).await?;
        for text in &set.texts {
            if known.iter().any(|known| is_same(&known.text, text)) {
                continue;
            }
            let source = Source::Set(set.id, &set.name);
            let new = Addition { prompt_id: id, text, is_on: true, source };
            add(&mut write, new, author, now).await?;
        }
        let guidelines = list(&mut *write, id).await?;
        write.commit().await?;
        Ok(GuidelineList { prompt_id: id, guidelines })
    }

    /// Reads one set, without the prompts that use it.
    pub async fn guideline_set(&self, id: GuidelineSetId) -> Result<GuidelineSet, StoreError> {
        get(self.readers(), id).await
    }

    /// Deletes a set; guidelines that came with it stay and know its name. Deleting one that is gone is
    /// no failure. Answers all sets.
    pub async fn delete_guideline_set(
        &self,
        id: GuidelineSetId,
    ) -> Result<Vec<GuidelineSet>, StoreError> {
        let mut write = self.write().await?;
        let delete = sqlx::query("DELETE FROM guideline_sets WHERE id = $1");
        delete.bind(id.0).execute(&mut *write).await?;
        let sets = all(&mut write).await?;
        write.commit().await?;
        Ok(sets)
    }
}

async fn save(
    connection: &mut Connection,
    name: &str,
    texts: &[String],
    replace: Replace,
    (author, now): (&str, Timestamp),
) -> Result<(), StoreError> {
    let saved = sqlx::query(
        "INSERT INTO guideline_sets (folded, name, author, created_at, updated_at, texts)
        VALUES ($1, $2, $3, $4, $4, $5)
        ON CONFLICT (folded) DO UPDATE SET name = excluded.name, author = excluded.author,
            updated_at = excluded.updated_at, texts = excluded.texts WHERE $6",
    )
    .bind(prompts::folded(name))
    .bind(name)
    .bind(author)
    .bind(now)
    .bind(Json(texts))
    .bind(replace == Replace::Existing)
    .execute(connection)
    .await?;
    if saved.rows_affected() == 0 {
        return Err(StoreError::NameTaken { name: name.to_owned() });
    }
    Ok(())
}

async fn get(executor: impl Executor<'_>, id: GuidelineSetId) -> Result<GuidelineSet, StoreError> {
    let row = sqlx::query(SELECT).bind(id.0).fetch_optional(executor).await?;
    read(&row.ok_or(StoreError::NotFound { noun: Noun::GuidelineSet(id) })?)
}

async fn all(connection: &mut Connection) -> Result<Vec<GuidelineSet>, StoreError> {
    let rows = sqlx::query(SELECT_ALL).fetch_all(&mut *connection).await?;
    let mut sets = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let uses: Vec<(i64, i64, String)> = sqlx::query_as(SELECT_USES).fetch_all(connection).await?;
    for (set, prompt, title) in uses {
        if let Some(set) = sets.iter_mut().find(|known| known.id.0 == set) {
            set.used_by.push(SetUse { prompt_id: PromptId(prompt), title });
        }
    }
    Ok(sets)
}

/// Reads a row, without the prompts that use the set.
fn read(row: &Row) -> Result<GuidelineSet, StoreError> {
    let row = Columns::new(row, &SETS);
    Ok(GuidelineSet {
        id: GuidelineSetId(row.get("id")?),
        name: row.get("name")?,
        texts: row.json("texts")?,
        author: row.get("author")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        used_by: Vec::new(),
    })
}
