-- Who works at the centre. What they sign in with is apart from who they are, in tables that only a job with the
-- right to secrets writes.

CREATE TABLE coordinator (
  id        TEXT PRIMARY KEY,            -- cod_…
  name      TEXT NOT NULL,
  login     TEXT NOT NULL,               -- as it was typed; signing in compares the folded one
  role      TEXT NOT NULL,               -- national, region, auditor
  scope     TEXT NOT NULL,               -- "KZ", "KZ-11", "KZ-11/113220100": sees and changes nothing outside
  language  TEXT NOT NULL,
  made_at   INTEGER NOT NULL,
  made_by   TEXT NOT NULL,               -- cod_…, or "command"
  ended_at  INTEGER
) STRICT;

CREATE TABLE coordinator_secret (
  coordinator   TEXT PRIMARY KEY REFERENCES coordinator(id),
  login         TEXT NOT NULL UNIQUE,    -- folded
  password      TEXT,                    -- Argon2id; NULL: has not begun yet
  totp          BLOB,                    -- the key that the authenticator app has
  totp_step     INTEGER NOT NULL DEFAULT 0,  -- of the last code that was taken: each is good for once
  start_hash    BLOB,                    -- SHA-256 of the code to begin with; NULL: used
  start_ends_at INTEGER,
  wrong         INTEGER NOT NULL DEFAULT 0,  -- wrong digits behind a right password, in a row
  wait_until    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- For the day on which the phone is lost. Each is good for once.
CREATE TABLE coordinator_recovery (
  coordinator  TEXT NOT NULL REFERENCES coordinator(id),
  hash         BLOB NOT NULL,            -- SHA-256
  used_at      INTEGER,
  PRIMARY KEY (coordinator, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE coordinator_session (
  id           TEXT PRIMARY KEY,         -- ses_…
  cookie_hash  BLOB NOT NULL UNIQUE,
  coordinator  TEXT NOT NULL REFERENCES coordinator(id),
  made_at      INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX coordinator_session_by_coordinator ON coordinator_session (coordinator);

-- The registry and the list of what was done, newest first.
CREATE INDEX hub_certificate_by_time ON hub_certificate (first_at);
CREATE INDEX hub_attention_by_time ON hub_attention (at) WHERE settled_at IS NULL;
