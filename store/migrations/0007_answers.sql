-- What comes with an answer beside its text. Conventions as in 0001.

-- What the model thought before it answered.
ALTER TABLE runs ADD COLUMN thoughts TEXT NOT NULL DEFAULT '';

-- Whether the system instructions were sent in front of the prompt, because the model takes none.
ALTER TABLE runs ADD COLUMN instructions_moved INTEGER NOT NULL DEFAULT 0;
