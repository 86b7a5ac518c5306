-- Words of guidelines and of kept feedback that are being changed. Conventions as in 0001.

-- JSON.
ALTER TABLE working_copies ADD COLUMN rewordings TEXT NOT NULL DEFAULT '[]';
