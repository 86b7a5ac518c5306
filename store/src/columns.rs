//! Reading rows into records; what cannot be read is reported with its place.

use serde::de::DeserializeOwned;
use sqlx::{Decode, Row as _, Type};

use crate::StoreError;
use crate::sqlite::{Engine, Row};

const OUT_OF_RANGE: &str = "not of its type or out of range";

/// A table with the columns of its key.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: &'static [&'static str],
}

/// The columns of one row.
pub(crate) struct Columns<'r> {
    row: &'r Row,
    table: &'static Table,
}

impl<'r> Columns<'r> {
    pub(crate) fn new(row: &'r Row, table: &'static Table) -> Self {
        Self { row, table }
    }

    /// A number, a text, or an option of one.
    pub(crate) fn get<T>(&self, column: &'static str) -> Result<T, StoreError>
    where
        T: Decode<'r, Engine> + Type<Engine>,
    {
        self.row.try_get(column).map_err(|_| self.corrupt(column, OUT_OF_RANGE))
    }

    /// A number that is smaller than what the database keeps.
    pub(crate) fn number<T: TryFrom<i64>>(&self, column: &'static str) -> Result<T, StoreError> {
        let number = self.get::<i64>(column)?;
        T::try_from(number).map_err(|_| self.corrupt(column, OUT_OF_RANGE))
    }

    /// The same, or null.
    pub(crate) fn optional_number<T: TryFrom<i64>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        match self.get::<Option<i64>>(column)? {
            Some(_) => self.number(column).map(Some),
            None => Ok(None),
        }
    }

    /// The lines of a text; none for null.
    pub(crate) fn lines(&self, column: &'static str) -> Result<Vec<&'r str>, StoreError> {
        let text = self.get::<Option<&str>>(column)?;
        Ok(text.map(|text| text.split('\n').collect()).unwrap_or_default())
    }

    /// A text that holds JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        let text = self.get::<&str>(column)?;
        serde_json::from_str(text).map_err(|_| self.corrupt(column, "not the expected JSON"))
    }

    /// A text that holds JSON, or null.
    pub(crate) fn optional_json<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        match self.get::<Option<&str>>(column)? {
            Some(_) => self.json(column).map(Some),
            None => Ok(None),
        }
    }

    /// A text in the written form of `T`.
    pub(crate) fn parsed<T: std::str::FromStr>(
        &self,
        column: &'static str,
    ) -> Result<T, StoreError> {
        let text = self.get::<&str>(column)?;
        text.parse().map_err(|_| self.corrupt(column, "not of its written form"))
    }

    /// Reports a column that holds what Attune did not write.
    pub(crate) fn corrupt(&self, column: &'static str, reason: &'static str) -> StoreError {
        let key = self.table.key.iter().map(|part| match self.row.try_get::<i64, _>(*part) {
            Ok(number) => number.to_string(),
            Err(_) => "?".to_owned(),
        });
        StoreError::Corrupt {
            table: self.table.name,
            id: key.collect::<Vec<_>>().join("/"),
            column,
            reason,
        }
    }
}
