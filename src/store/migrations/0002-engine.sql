-- What the SCORM engine (src/scorm) knows of attempts: its state as bytes, what outlives a course, and where
-- the server's word differs from what a phone claimed.

-- The engine's state after the last commit applied (scorm_snapshot): the server's own, never the phone's.
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
