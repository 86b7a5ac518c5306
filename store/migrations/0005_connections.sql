-- Connections to providers of models that were made on the page. Conventions as in 0001.

CREATE TABLE connections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The provider's part of a model's name.
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    label TEXT NOT NULL CHECK (label <> ''),
    base_url TEXT NOT NULL CHECK (base_url <> ''),
    -- The last characters of the key; null if there is none.
    key_ending TEXT,
    -- JSON: the names of the extra headers.
    headers TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- The version of the key that encrypted the secrets.
    key_version INTEGER,
    nonce BLOB,
    -- Key and values of the headers, encrypted. Null if there are none, and in a backup without keys.
    secrets BLOB,
    CHECK ((secrets IS NULL) = (nonce IS NULL)),
    CHECK ((secrets IS NULL) = (key_version IS NULL))
) STRICT;
