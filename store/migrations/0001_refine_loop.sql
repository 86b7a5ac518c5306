-- The refine loop: prompts, their versions, runs, feedback, drafts and working copies.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z. Columns that hold JSON say so. Long texts
-- stand last in their rows, so that reading the columns before them does not load them.

CREATE TABLE prompts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL CHECK (title <> ''),
    -- Who changed it last, and when.
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Set while it is deleted; deleting can be undone.
    deleted_at INTEGER,
    -- Number of the newest version: reading it costs the same however long the history is.
    newest_version INTEGER CHECK (newest_version >= 1),
    -- The beginning of the newest text, as the list shows it.
    excerpt TEXT NOT NULL DEFAULT '',
    -- JSON: the models and settings it is used with.
    models TEXT NOT NULL
) STRICT;

CREATE INDEX prompts_by_change ON prompts (updated_at DESC, id DESC) WHERE deleted_at IS NULL;

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    -- What makes two spellings the same tag: the name in lower case.
    folded TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- How many prompts that are not deleted have it; kept by the triggers below.
    prompts INTEGER NOT NULL DEFAULT 0 CHECK (prompts >= 0)
) STRICT;

CREATE INDEX tags_by_use ON tags (prompts DESC, folded) WHERE prompts > 0;

CREATE TABLE prompt_tags (
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    tag_id INTEGER NOT NULL REFERENCES tags (id),
    PRIMARY KEY (prompt_id, tag_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX prompt_tags_by_tag ON prompt_tags (tag_id, prompt_id);

CREATE TRIGGER prompt_tagged AFTER INSERT ON prompt_tags BEGIN
    UPDATE tags SET prompts = prompts + 1
    WHERE id = new.tag_id
        AND (SELECT deleted_at FROM prompts WHERE id = new.prompt_id) IS NULL;
END;

CREATE TRIGGER prompt_untagged AFTER DELETE ON prompt_tags BEGIN
    UPDATE tags SET prompts = prompts - 1
    WHERE id = old.tag_id
        AND (SELECT deleted_at FROM prompts WHERE id = old.prompt_id) IS NULL;
END;

CREATE TRIGGER prompt_deleted AFTER UPDATE OF deleted_at ON prompts
WHEN old.deleted_at IS NULL AND new.deleted_at IS NOT NULL BEGIN
    UPDATE tags SET prompts = prompts - 1
    WHERE id IN (SELECT tag_id FROM prompt_tags WHERE prompt_id = new.id);
END;

CREATE TRIGGER prompt_undeleted AFTER UPDATE OF deleted_at ON prompts
WHEN old.deleted_at IS NOT NULL AND new.deleted_at IS NULL BEGIN
    UPDATE tags SET prompts = prompts + 1
    WHERE id IN (SELECT tag_id FROM prompt_tags WHERE prompt_id = new.id);
END;

-- The words of every prompt that is not deleted, by the prompt's id. It keeps no copy of the
-- texts; `search.rs` prepares them and replaces the row in the transaction that changes them.
CREATE VIRTUAL TABLE prompt_search USING fts5(
    title,
    body,
    tags,
    content = '',
    contentless_delete = 1,
    prefix = '1 2',
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TABLE versions (
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    number INTEGER NOT NULL CHECK (number >= 1),
    parent INTEGER,
    author TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('typed', 'draft_accepted', 'restored')),
    draft_id INTEGER REFERENCES drafts (id),
    restored_from INTEGER,
    created_at INTEGER NOT NULL,
    note TEXT NOT NULL,
    -- JSON: names that look like variables and are plain text.
    plain_names TEXT NOT NULL,
    system_instructions TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (prompt_id, number),
    FOREIGN KEY (prompt_id, parent) REFERENCES versions (prompt_id, number),
    FOREIGN KEY (prompt_id, restored_from) REFERENCES versions (prompt_id, number),
    CHECK (parent < number),
    CHECK ((origin = 'draft_accepted') = (draft_id IS NOT NULL)),
    CHECK ((origin = 'restored') = (restored_from IS NOT NULL))
) STRICT;

-- Versions are immutable.
CREATE TRIGGER versions_stay BEFORE UPDATE ON versions BEGIN
    SELECT raise(ABORT, 'versions are immutable');
END;

CREATE TRIGGER versions_remain BEFORE DELETE ON versions BEGIN
    SELECT raise(ABORT, 'versions are kept');
END;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    version INTEGER NOT NULL,
    author TEXT NOT NULL,
    -- Written provider/model.
    model TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
    finish TEXT CHECK (finish IN ('stop', 'length')),
    started_at INTEGER NOT NULL,
    first_token_ms INTEGER,
    duration_ms INTEGER,
    -- When the server noticed that it had been interrupted; the end itself nobody saw.
    interrupted_at INTEGER,
    -- JSON.
    usage TEXT,
    -- JSON.
    failure TEXT,
    -- JSON.
    settings TEXT NOT NULL,
    -- JSON.
    variable_values TEXT NOT NULL,
    output TEXT NOT NULL DEFAULT '',
    FOREIGN KEY (prompt_id, version) REFERENCES versions (prompt_id, number)
) STRICT;

CREATE INDEX runs_by_prompt ON runs (prompt_id, id, version);
CREATE INDEX runs_by_version ON runs (prompt_id, version, id);
CREATE INDEX runs_unfinished ON runs (id) WHERE state = 'running';

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    base INTEGER NOT NULL,
    -- Which candidate on its base it is, from 1.
    number INTEGER NOT NULL CHECK (number >= 1),
    run_id INTEGER REFERENCES runs (id),
    author TEXT NOT NULL,
    -- Written provider/model.
    model TEXT NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('drafting', 'ready', 'accepted', 'rejected', 'stopped', 'failed', 'interrupted')
    ),
    accepted_version INTEGER,
    tries INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER,
    -- When it was accepted or rejected.
    decided_at INTEGER,
    -- As in runs.
    interrupted_at INTEGER,
    -- JSON.
    usage TEXT,
    -- JSON.
    failure TEXT,
    -- JSON: every piece it answers, as it was when the draft was asked for.
    feedback TEXT NOT NULL,
    -- JSON.
    edited TEXT,
    -- JSON.
    proposal TEXT,
    reply TEXT NOT NULL DEFAULT '',
    UNIQUE (prompt_id, base, number),
    FOREIGN KEY (prompt_id, base) REFERENCES versions (prompt_id, number),
    FOREIGN KEY (prompt_id, accepted_version) REFERENCES versions (prompt_id, number),
    CHECK ((state = 'accepted') = (accepted_version IS NOT NULL))
) STRICT;

CREATE INDEX drafts_undecided ON drafts (prompt_id, base) WHERE state IN ('drafting', 'ready');
CREATE INDEX drafts_unfinished ON drafts (id) WHERE state = 'drafting';

CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The accepted draft that took it up; it is open until then.
    taken_up_by INTEGER REFERENCES drafts (id),
    -- JSON; null for the whole output.
    span TEXT,
    text TEXT NOT NULL
) STRICT;

CREATE INDEX feedback_open ON feedback (run_id, id) WHERE taken_up_by IS NULL;

-- Which kept pieces of feedback a draft answers, and so takes up when it is accepted.
CREATE TABLE draft_feedback (
    draft_id INTEGER NOT NULL REFERENCES drafts (id),
    feedback_id INTEGER NOT NULL REFERENCES feedback (id) ON DELETE CASCADE,
    PRIMARY KEY (draft_id, feedback_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_feedback_by_piece ON draft_feedback (feedback_id);

CREATE TABLE working_copies (
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    author TEXT NOT NULL,
    base INTEGER,
    -- Counts the saves.
    revision INTEGER NOT NULL CHECK (revision >= 1),
    updated_at INTEGER NOT NULL,
    -- JSON; null while no comment is being typed.
    comment TEXT,
    feedback TEXT NOT NULL,
    -- JSON.
    variable_values TEXT NOT NULL,
    -- JSON.
    prompt TEXT NOT NULL,
    PRIMARY KEY (prompt_id, author),
    FOREIGN KEY (prompt_id, base) REFERENCES versions (prompt_id, number)
) STRICT;
