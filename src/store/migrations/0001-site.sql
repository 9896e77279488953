-- What a site knows. Ids are text ("per_" + UUIDv7 in hex); *_at is ms since 1970 UTC; *_ms a duration.
-- Truth only: everything here is told by a person or a phone, nothing can be derived from the rest.

-- What the site decides about itself: "site.id", "site.name", "site.language".
CREATE TABLE setting (
  name   TEXT PRIMARY KEY,
  value  TEXT NOT NULL
) STRICT;

-- Keys that never leave this file: "capability", "token".
CREATE TABLE site_secret (
  name   TEXT PRIMARY KEY,
  value  BLOB NOT NULL
) STRICT;

-- Councils and organisations that learners pick from.
CREATE TABLE council (
  id       TEXT PRIMARY KEY,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL UNIQUE,        -- the name as text_fold gives it
  made_at  INTEGER NOT NULL
) STRICT;

-- People: learners and trainers. Nothing more personal than this (ground rule 8).
CREATE TABLE person (
  id          TEXT PRIMARY KEY,
  surname     TEXT NOT NULL,
  given       TEXT NOT NULL,
  patronymic  TEXT,
  council     TEXT REFERENCES council(id),
  folded      TEXT NOT NULL,             -- surname given patronymic as text_fold gives them
  language    TEXT NOT NULL,             -- kk, ru, en
  trainer     INTEGER NOT NULL DEFAULT 0,
  made_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (council, folded);

-- How a trainer signs in. Argon2id.
CREATE TABLE person_secret (
  person    TEXT PRIMARY KEY REFERENCES person(id),
  login     TEXT NOT NULL UNIQUE,        -- folded
  hash      TEXT NOT NULL,
  made_at   INTEGER NOT NULL
) STRICT;

-- A course stays the same while its packages are revised.
CREATE TABLE package (
  sha256       TEXT PRIMARY KEY,         -- hex; the file is packages/SHA256.zip
  file_name    TEXT NOT NULL,            -- as it was uploaded
  title        TEXT NOT NULL,
  standard     TEXT NOT NULL,            -- "SCORM 1.2", …
  identifier   TEXT NOT NULL,            -- of the manifest
  activities   INTEGER NOT NULL,
  bytes        INTEGER NOT NULL,
  findings     TEXT NOT NULL,            -- JSON: what import saw
  imported_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE course (
  id          TEXT PRIMARY KEY,
  identifier  TEXT NOT NULL,             -- manifest identifier and title name the course
  title       TEXT NOT NULL,
  package     TEXT NOT NULL REFERENCES package(sha256),  -- what new attempts get
  revision    INTEGER NOT NULL,          -- 1 = first
  hidden      INTEGER NOT NULL DEFAULT 0,
  made_at     INTEGER NOT NULL,
  UNIQUE (identifier, title)
) STRICT;

-- A training day.
CREATE TABLE event (
  id           TEXT PRIMARY KEY,
  title        TEXT NOT NULL,
  place        TEXT NOT NULL,
  held_on      TEXT NOT NULL,            -- YYYY-MM-DD or ''
  code         TEXT NOT NULL,            -- six digits
  open         INTEGER NOT NULL DEFAULT 1,
  all_courses  INTEGER NOT NULL DEFAULT 1,
  made_at      INTEGER NOT NULL,
  closed_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX event_by_code ON event (code) WHERE open = 1;

CREATE TABLE event_course (
  event     TEXT NOT NULL REFERENCES event(id),
  course    TEXT NOT NULL REFERENCES course(id),
  position  INTEGER NOT NULL,
  PRIMARY KEY (event, course)
) STRICT;

-- Who was there. Joining is presence; the trainer corrects it.
CREATE TABLE presence (
  event      TEXT NOT NULL REFERENCES event(id),
  person     TEXT NOT NULL REFERENCES person(id),
  present    INTEGER NOT NULL DEFAULT 1,
  joined_at  INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  PRIMARY KEY (event, person)
) STRICT;

-- Signed-in browsers. The cookie itself is not here, only its hash.
CREATE TABLE session (
  id           TEXT PRIMARY KEY,
  cookie_hash  BLOB NOT NULL UNIQUE,     -- SHA-256
  person       TEXT NOT NULL REFERENCES person(id),
  event        TEXT REFERENCES event(id),
  trainer      INTEGER NOT NULL DEFAULT 0,
  made_at      INTEGER NOT NULL,
  seen_at      INTEGER NOT NULL,
  ends_at      INTEGER NOT NULL
) STRICT;

-- "Continue as me": a second phone says it is somebody who has joined; the trainer confirms.
CREATE TABLE claim (
  id           TEXT PRIMARY KEY,
  event        TEXT NOT NULL REFERENCES event(id),
  person       TEXT NOT NULL REFERENCES person(id),
  cookie_hash  BLOB NOT NULL,
  code         TEXT NOT NULL,            -- six digits, said aloud
  state        TEXT NOT NULL,            -- waiting, confirmed, refused
  made_at      INTEGER NOT NULL,
  UNIQUE (cookie_hash, person)           -- a phone refused for one namesake may be another
) STRICT;
CREATE INDEX claim_by_event ON claim (event, state);

-- One learner's way through one revision of one course.
CREATE TABLE attempt (
  id             TEXT PRIMARY KEY,
  person         TEXT NOT NULL REFERENCES person(id),
  course         TEXT NOT NULL REFERENCES course(id),
  package        TEXT NOT NULL REFERENCES package(sha256),  -- pinned
  event          TEXT REFERENCES event(id),
  number         INTEGER NOT NULL,       -- 1 = first at this course
  completion     TEXT NOT NULL DEFAULT 'not attempted',
  success        TEXT NOT NULL DEFAULT 'unknown',
  score          REAL,                   -- 0..1
  progress       REAL,                   -- 0..1
  total_time_ms  INTEGER NOT NULL DEFAULT 0,
  seq            INTEGER NOT NULL DEFAULT 0,  -- of the last commit applied
  launch         TEXT NOT NULL DEFAULT '',    -- the one that may commit
  activity       TEXT,                   -- where the learner is
  suspended      INTEGER NOT NULL DEFAULT 0,
  kept           INTEGER NOT NULL DEFAULT 0,  -- commits the phone said it still keeps
  started_at     INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL,
  UNIQUE (person, course, number)
) STRICT;
CREATE INDEX attempt_by_event ON attempt (event, course);

-- The present state of each activity of an attempt.
CREATE TABLE activity_state (
  attempt        TEXT NOT NULL REFERENCES attempt(id),
  activity       TEXT NOT NULL,          -- item identifier
  completion     TEXT NOT NULL,
  success        TEXT NOT NULL,
  score          REAL,
  location       TEXT,
  total_time_ms  INTEGER NOT NULL,
  suspended      INTEGER NOT NULL,
  visits         INTEGER NOT NULL,
  versions       INTEGER NOT NULL,       -- older ones put aside so far
  version_at     INTEGER NOT NULL,       -- when the last one was, or the state was begun
  changed_at     INTEGER NOT NULL,
  cmi            TEXT NOT NULL,          -- JSON object: the data model as the SCO set it
  PRIMARY KEY (attempt, activity)
) STRICT;

-- Older data models of an activity: what each visit left, and one a minute, the last five. They help when a
-- course wipes its own data. A ring: slot = number of the version % 5.
CREATE TABLE activity_version (
  attempt   TEXT NOT NULL REFERENCES attempt(id),
  activity  TEXT NOT NULL,
  slot      INTEGER NOT NULL,            -- 0..4
  saved_at  INTEGER NOT NULL,
  cmi       TEXT NOT NULL,
  PRIMARY KEY (attempt, activity, slot)
) STRICT;

-- Every commit that came, in order.
-- applied = 0: it came from a launch that a newer one had fenced off. Kept, told, never merged.
CREATE TABLE attempt_commit (
  attempt     TEXT NOT NULL REFERENCES attempt(id),
  seq         INTEGER NOT NULL,
  launch      TEXT NOT NULL,
  applied     INTEGER NOT NULL,
  activity    TEXT,
  completion  TEXT NOT NULL,
  success     TEXT NOT NULL,
  score       REAL,
  location    TEXT,
  made_at     INTEGER NOT NULL,          -- the phone's clock
  saved_at    INTEGER NOT NULL,
  body        TEXT,                      -- the data model, where applied = 0
  PRIMARY KEY (attempt, seq, launch)
) STRICT, WITHOUT ROWID;
