-- The last sixteen commits of an attempt, each with the engine's state that it left (scorm_snapshot): a ring, so
-- that a commit writes one page and an attempt does not grow without bound. attempt.slot says which is the present
-- one; it stays where a commit could not be done again.
CREATE TABLE attempt_latest (
  attempt     TEXT NOT NULL REFERENCES attempt(id),
  slot        INTEGER NOT NULL,          -- 0..15
  seq         INTEGER NOT NULL,          -- 0: left by no commit, but where a launch began
  launch      TEXT,
  activity    TEXT,
  completion  TEXT,
  success     TEXT,
  score       REAL,
  location    TEXT,
  made_at     INTEGER,                   -- the phone's clock
  saved_at    INTEGER,
  trace       TEXT,                      -- what happened and how it went, JSON (TraceRow)
  snapshot    BLOB NOT NULL,
  PRIMARY KEY (attempt, slot)
) STRICT;

-- Commits `first` to `last` were applied and came from this launch, which was followed by another: so that one of
-- them is known when it comes once more.
CREATE TABLE attempt_launch (
  attempt  TEXT NOT NULL REFERENCES attempt(id),
  launch   TEXT NOT NULL,
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL,
  PRIMARY KEY (attempt, launch, first)
) STRICT, WITHOUT ROWID;

ALTER TABLE attempt ADD COLUMN slot INTEGER;
ALTER TABLE attempt ADD COLUMN launch_from INTEGER NOT NULL DEFAULT 0;  -- seq when the launch began

-- attempt_commit holds from now on what is not in the ring: commits that were kept without being applied or done
-- again, with their journals; and what it held before.
INSERT INTO attempt_latest (attempt, slot, seq, snapshot) SELECT attempt, 0, 0, snapshot FROM attempt_engine;
UPDATE attempt SET slot = 0 WHERE id IN (SELECT attempt FROM attempt_engine);
UPDATE attempt SET launch_from = COALESCE((SELECT MIN(c.seq) - 1 FROM attempt_commit c
  WHERE c.attempt = attempt.id AND c.launch = attempt.launch AND c.applied = 1), seq);
INSERT INTO attempt_launch (attempt, launch, first, last)
  SELECT c.attempt, c.launch, MIN(c.seq), MAX(c.seq) FROM attempt_commit c JOIN attempt t ON t.id = c.attempt
  WHERE c.applied = 1 AND c.launch <> t.launch GROUP BY c.attempt, c.launch;
DROP TABLE attempt_engine;
