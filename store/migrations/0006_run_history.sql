-- The history of runs: found by their words, and the model and settings that a version was saved
-- with. Conventions as in 0001.

-- JSON: the model and the settings in force when it was saved; null for versions saved before this.
ALTER TABLE versions ADD COLUMN model_choice TEXT;

-- The words of every run that has ended, by the run's id. It keeps no copy of the texts; `runs.rs`
-- of the module `search` prepares them in the transaction that ends the run.
CREATE VIRTUAL TABLE run_search USING fts5(
    output,
    inputs,
    content = '',
    contentless_delete = 1,
    prefix = '1 2',
    tokenize = "unicode61 remove_diacritics 2"
);

-- Whether the words of an ended run are in `run_search`. Those of earlier runs are put there when the
-- store is opened: what prepares them is no SQL.
ALTER TABLE runs ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_to_index ON runs (id) WHERE indexed = 0 AND state <> 'running';

-- How much feedback a run was given.
CREATE INDEX feedback_by_run ON feedback (run_id, id);
