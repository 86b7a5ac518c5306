//! The files of `migrations/`, built into the program.
//!
//! sqlx's `migrate!` would do the same, but brings a second copy of sqlx and SQLite, built for the
//! compiler's machine.

use std::sync::LazyLock;

use sqlx::SqlSafeStr;
use sqlx::migrate::MigrationType::Simple;
use sqlx::migrate::{Migration, Migrator};

/// Number, name and text of each file.
const FILES: &[(i64, &str, &str)] = &[
    (1, "refine loop", include_str!("../../migrations/0001_refine_loop.sql")),
    (2, "guidelines", include_str!("../../migrations/0002_guidelines.sql")),
    (3, "rewordings", include_str!("../../migrations/0003_rewordings.sql")),
    (4, "leases", include_str!("../../migrations/0004_leases.sql")),
    (5, "connections", include_str!("../../migrations/0005_connections.sql")),
    (6, "run history", include_str!("../../migrations/0006_run_history.sql")),
    (7, "answers", include_str!("../../migrations/0007_answers.sql")),
];

/// Every migration, in order.
pub(crate) static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let migrations = FILES.iter().map(|(number, name, sql)| {
        Migration::new(*number, (*name).into(), Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
});

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[tokio::test]
    async fn every_file_of_the_folder_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let files = Migrator::new(folder.as_path()).await.unwrap();
        let shown = |migrator: &Migrator| -> Vec<_> {
            let each = migrator.iter();
            each.map(|it| (it.version, it.description.clone(), it.checksum.clone())).collect()
        };
        assert_eq!(shown(&MIGRATIONS), shown(&files));
    }
}
