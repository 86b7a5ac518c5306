//! Places in a list of guidelines: from 0, without gaps.

use align::record::{GuidelineId, GuidelineState, PromptId};

use super::row::GUIDELINES;
use crate::columns::Columns;
use crate::sqlite::{Connection, Executor};
use crate::{Noun, StoreError};

pub(crate) const SELECT_PLACES: &str =
    "SELECT id FROM guidelines WHERE prompt_id = $1 AND position IS NOT NULL ORDER BY position";

/// Gives a guideline a state, or with `None` takes it out of the list; the others move up or down.
/// Answers the state with the place it got.
pub(crate) async fn put(
    connection: &mut Connection,
    prompt_id: PromptId,
    id: GuidelineId,
    state: Option<GuidelineState>,
) -> Result<Option<GuidelineState>, StoreError> {
    let places: Vec<i64> =
        sqlx::query_scalar(SELECT_PLACES).bind(prompt_id.0).fetch_all(&mut *connection).await?;
    let mut places: Vec<_> = places.into_iter().filter(|other| *other != id.0).collect();
    let Some(mut state) = state else {
        let remove = sqlx::query("UPDATE guidelines SET position = NULL WHERE id = $1");
        remove.bind(id.0).execute(&mut *connection).await?;
        number(connection, &places).await?;
        return Ok(None);
    };
    let place = places.len().min(state.position as usize);
    places.insert(place, id.0);
    state.position = u32::try_from(place).unwrap_or(u32::MAX);
    sqlx::query("UPDATE guidelines SET text = $2, is_on = $3 WHERE id = $1")
        .bind(id.0)
        .bind(&state.text)
        .bind(state.is_on)
        .execute(&mut *connection)
        .await?;
    number(connection, &places).await?;
    Ok(Some(state))
}

/// Writes down the places of those that moved.
async fn number(connection: &mut Connection, places: &[i64]) -> Result<(), StoreError> {
    for (place, id) in (0_i64..).zip(places) {
        let update =
            "UPDATE guidelines SET position = $2 WHERE id = $1 AND position IS DISTINCT FROM $2";
        sqlx::query(update).bind(id).bind(place).execute(&mut *connection).await?;
    }
    Ok(())
}

/// The prompt of a guideline, and its state unless it was removed.
pub(crate) async fn find(
    executor: impl Executor<'_>,
    id: GuidelineId,
) -> Result<(PromptId, Option<GuidelineState>), StoreError> {
    let row =
        sqlx::query("SELECT id, prompt_id, text, is_on, position FROM guidelines WHERE id = $1");
    let row = row.bind(id.0).fetch_optional(executor).await?;
    let row = row.ok_or(StoreError::NotFound { noun: Noun::Guideline(id) })?;
    let row = Columns::new(&row, &GUIDELINES);
    let state = match row.optional_number("position")? {
        Some(position) => {
            Some(GuidelineState { text: row.get("text")?, is_on: row.get("is_on")?, position })
        }
        None => None,
    };
    Ok((PromptId(row.get("prompt_id")?), state))
}
