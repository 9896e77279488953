-- What the SCORM engine (src/scorm) knows of attempts: its state as bytes, what outlives a course, and where
-- the server's word differs from what a phone claimed.

-- The engine's state after the last commit applied (scorm_snapshot): the server's own, never a phone's.
CREATE TABLE attempt_engine (
  attempt   TEXT PRIMARY KEY REFERENCES attempt(id),
  snapshot  BLOB NOT NULL
) STRICT;

-- Objectives and shared data that are global to the system, of one learner over all courses
-- (scorm_globals_write).
CREATE TABLE person_globals (
  person   TEXT PRIMARY KEY REFERENCES person(id),
  version  INTEGER NOT NULL,             -- counts changes
  globals  BLOB NOT NULL
) STRICT;

-- What happened in a commit and how it went, as JSON (TraceRow): calls, requests, errors; values cut short.
ALTER TABLE attempt_commit ADD COLUMN trace TEXT;

-- Commits that claimed something else than the server came to, or that it could not do again. At most 50 an attempt.
CREATE TABLE attempt_dispute (
  attempt            TEXT NOT NULL REFERENCES attempt(id),
  seq                INTEGER NOT NULL,
  saved_at           INTEGER NOT NULL,
  why                TEXT NOT NULL,      -- result, state; state-unreadable, too-much-work, state-too-large
  completion         TEXT,               -- what was claimed
  success            TEXT,
  score              REAL,
  progress           REAL,
  server_completion  TEXT,               -- what was derived
  server_success     TEXT,
  server_score       REAL,
  server_progress    REAL,
  PRIMARY KEY (attempt, seq)
) STRICT, WITHOUT ROWID;
