-- Who works on what is unfinished, and until when; what a run is for. Conventions as in 0001.

-- What it is for. The workbench shows interactive runs only.
ALTER TABLE runs ADD COLUMN purpose TEXT NOT NULL DEFAULT 'interactive';

-- The server that works on it.
ALTER TABLE runs ADD COLUMN owner TEXT;
ALTER TABLE drafts ADD COLUMN owner TEXT;
ALTER TABLE consultations ADD COLUMN owner TEXT;

-- Until then no other server takes it for interrupted. Null once it has ended.
ALTER TABLE runs ADD COLUMN lease_until INTEGER;
ALTER TABLE drafts ADD COLUMN lease_until INTEGER;
ALTER TABLE consultations ADD COLUMN lease_until INTEGER;

-- What is unfinished now was left by a server that knew no leases.
UPDATE runs SET lease_until = 0 WHERE state = 'running';
UPDATE drafts SET lease_until = 0 WHERE state = 'drafting';
UPDATE consultations SET lease_until = 0 WHERE state = 'working';

DROP INDEX runs_by_version;
DROP INDEX runs_by_prompt;
CREATE INDEX runs_interactive ON runs (prompt_id, id, version) WHERE purpose = 'interactive';
