-- Guidelines: the lists of prompts, the ledger of their changes, what the alignment model was asked,
-- sets of guidelines, and what drafts know of them. Conventions as in 0001.

CREATE TABLE consultations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    run_id INTEGER NOT NULL REFERENCES runs (id),
    author TEXT NOT NULL,
    -- Written provider/model.
    model TEXT NOT NULL,
    -- What is asked, as far as queries need it; `question` says it all.
    kind TEXT NOT NULL CHECK (kind IN ('distil', 'suggest_critiques', 'suggest_kudos')),
    state TEXT NOT NULL CHECK (
        state IN ('working', 'ready', 'accepted', 'dismissed', 'stopped', 'failed', 'interrupted')
    ),
    tries INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER,
    -- When it was accepted or dismissed.
    decided_at INTEGER,
    -- As in runs.
    interrupted_at INTEGER,
    -- JSON.
    usage TEXT,
    -- JSON.
    failure TEXT,
    -- JSON.
    answer TEXT,
    -- JSON.
    question TEXT NOT NULL
) STRICT;

CREATE INDEX consultations_open ON consultations (prompt_id, id)
WHERE state NOT IN ('accepted', 'dismissed');
CREATE INDEX consultations_unfinished ON consultations (id) WHERE state = 'working';

CREATE TABLE guideline_sets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- What makes two spellings the same name: the name in lower case.
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (name <> ''),
    -- Who saved it last.
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- JSON: what its guidelines say, in order.
    texts TEXT NOT NULL
) STRICT;

CREATE TABLE guidelines (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    -- Its place in the list, from 0 without gaps; null once it was removed, which can be undone.
    position INTEGER CHECK (position >= 0),
    is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- What it was distilled by.
    consultation_id INTEGER REFERENCES consultations (id),
    -- The set it came with, and the name of that set at the time.
    set_id INTEGER REFERENCES guideline_sets (id) ON DELETE SET NULL,
    set_name TEXT,
    text TEXT NOT NULL CHECK (text <> '')
) STRICT;

CREATE INDEX guidelines_listed ON guidelines (prompt_id, position) WHERE position IS NOT NULL;
CREATE INDEX guidelines_by_set ON guidelines (set_id, prompt_id);

-- The ledger. Entries are only added.
CREATE TABLE guideline_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    guideline_id INTEGER NOT NULL REFERENCES guidelines (id),
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (
        kind IN ('proposed', 'added', 'edited', 'switched', 'moved', 'removed', 'undone')
    ),
    consultation_id INTEGER REFERENCES consultations (id),
    -- An entry is undone once.
    undoes INTEGER UNIQUE REFERENCES guideline_changes (id),
    -- JSON; null if it was not in the list.
    before TEXT,
    -- JSON; null if it is not in the list any more.
    after TEXT,
    CHECK ((kind = 'undone') = (undoes IS NOT NULL))
) STRICT;

CREATE INDEX guideline_changes_by_prompt ON guideline_changes (prompt_id, id);

CREATE TRIGGER guideline_changes_stay BEFORE UPDATE ON guideline_changes BEGIN
    SELECT raise(ABORT, 'the ledger is only added to');
END;

CREATE TRIGGER guideline_changes_remain BEFORE DELETE ON guideline_changes BEGIN
    SELECT raise(ABORT, 'the ledger is kept');
END;

-- Which versions follow a guideline.
CREATE TABLE guideline_versions (
    guideline_id INTEGER NOT NULL REFERENCES guidelines (id),
    prompt_id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (guideline_id, prompt_id, version),
    FOREIGN KEY (prompt_id, version) REFERENCES versions (prompt_id, number)
) STRICT, WITHOUT ROWID;

-- The version whose text the model was given; null if it is the base.
ALTER TABLE drafts ADD COLUMN rewrites INTEGER;
-- The first of the drafts that were asked for together.
ALTER TABLE drafts ADD COLUMN batch INTEGER REFERENCES drafts (id);
-- JSON: the guidelines it follows, as they were when it was asked for.
ALTER TABLE drafts ADD COLUMN guidelines TEXT NOT NULL DEFAULT '[]';
-- JSON: the changes that a person left out.
ALTER TABLE drafts ADD COLUMN left_out TEXT NOT NULL DEFAULT '[]';

-- JSON; null while no output is being corrected.
ALTER TABLE working_copies ADD COLUMN correction TEXT;
-- The guideline that is being typed.
ALTER TABLE working_copies ADD COLUMN guideline TEXT NOT NULL DEFAULT '';
