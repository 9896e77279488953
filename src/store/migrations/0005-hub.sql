-- What a hub knows. Truth: sites, codes, records, quarantine, decisions and what is sent down. Everything from
-- hub_person on follows from the records (and the decisions) and is kept by the step that takes them in, in the same
-- transaction; `kenes hub rebuild` makes it anew.

-- ---- who may send ----

CREATE TABLE hub_site (
  number       INTEGER PRIMARY KEY,      -- short, for the large tables
  id           TEXT NOT NULL UNIQUE,     -- sit_…
  public_key   BLOB NOT NULL,
  key_id       BLOB NOT NULL UNIQUE,
  certificate  BLOB NOT NULL,
  scope        TEXT NOT NULL,            -- "KZ-11/113220100"
  name         TEXT NOT NULL,
  contact      TEXT,                     -- its trainer, as told on enrolment
  enrolled_at  INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,         -- of the certificate
  revoked_at   INTEGER,
  revoked_why  TEXT,
  heard_at     INTEGER,                  -- the last time that it sent or asked
  clock_off_ms INTEGER,                  -- its clock minus ours, when it last said
  forked_at    INTEGER,                  -- two copies of it are at work
  records      INTEGER NOT NULL DEFAULT 0,
  quarantined  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX hub_site_by_scope ON hub_site (scope, heard_at);
CREATE INDEX hub_site_by_heard ON hub_site (heard_at);

-- One-time codes. The code itself is not here, only what proves that somebody knows it.
CREATE TABLE hub_invite (
  id          TEXT PRIMARY KEY,          -- inv_…
  lookup      BLOB NOT NULL UNIQUE,      -- 8 bytes that follow from the code
  proof_key   BLOB NOT NULL,             -- 32 bytes that follow from the code
  scope       TEXT NOT NULL,
  label       TEXT NOT NULL,             -- whom it is for, in the coordinator's words
  made_by     TEXT NOT NULL,
  made_at     INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  revoked_at  INTEGER,
  used_at     INTEGER,
  used_by     TEXT                       -- sit_…
) STRICT;

-- ---- what they sent ----

CREATE TABLE hub_epoch (
  site      INTEGER NOT NULL REFERENCES hub_site(number),
  epoch     INTEGER NOT NULL,
  records   INTEGER NOT NULL,            -- of all branches
  total     BLOB NOT NULL,               -- the sum of their ids, modulo 2^256
  through   INTEGER NOT NULL,            -- 1 … through are here without a gap
  last      INTEGER NOT NULL,            -- the largest number that is here
  branches  INTEGER NOT NULL DEFAULT 1,  -- more than one: forked
  PRIMARY KEY (site, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE hub_record (
  site         INTEGER NOT NULL,
  epoch        INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  branch       INTEGER NOT NULL,         -- 0, but for forks
  id           BLOB NOT NULL,
  prev         BLOB NOT NULL,
  kind         TEXT NOT NULL,
  at_wall      INTEGER NOT NULL,
  clock        INTEGER NOT NULL,
  body         TEXT,                     -- NULL once erased
  body_hash    BLOB,                     -- once erased
  subject      TEXT,                     -- per_…: erasing this person erases the body
  received_at  INTEGER NOT NULL,
  PRIMARY KEY (site, epoch, seq, branch)
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_record_by_subject ON hub_record (subject) WHERE subject IS NOT NULL;

-- Taken, proven to be the site's, but not believed. Counts as received; changes nothing until somebody decides.
CREATE TABLE hub_quarantine (
  site         INTEGER NOT NULL,
  epoch        INTEGER NOT NULL,
  seq          INTEGER NOT NULL,
  branch       INTEGER NOT NULL,
  reason       TEXT NOT NULL,            -- a word
  at           INTEGER NOT NULL,
  settled_at   INTEGER,
  settled_by   TEXT,
  settled_how  TEXT,                     -- applied, dropped
  PRIMARY KEY (site, epoch, seq, branch)
) STRICT, WITHOUT ROWID;

-- What somebody at the hub should look at.
CREATE TABLE hub_attention (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,             -- quarantine, fork, dispute, clock
  site        INTEGER NOT NULL,
  scope       TEXT NOT NULL,             -- of the site, for the coordinator's region
  about       TEXT NOT NULL,             -- "EPOCH/SEQ", an id
  detail      TEXT NOT NULL,             -- a word, or what the person said
  at          INTEGER NOT NULL,
  settled_at  INTEGER,
  settled_by  TEXT,
  UNIQUE (kind, site, about)
) STRICT;
CREATE INDEX hub_attention_open ON hub_attention (scope, at) WHERE settled_at IS NULL;

-- Files that were brought: nothing of them counts until somebody confirms.
CREATE TABLE hub_import (
  id          TEXT PRIMARY KEY,          -- imp_…
  sha256      TEXT NOT NULL UNIQUE,      -- of the file, so that it is staged once
  site        INTEGER NOT NULL,
  requests    BLOB NOT NULL,             -- opened: the requests that it brought
  records     INTEGER NOT NULL,
  fresh       INTEGER NOT NULL,          -- of them not here when it was staged
  brought_by  TEXT NOT NULL,
  staged_at   INTEGER NOT NULL,
  settled_at  INTEGER,
  settled_how TEXT,                      -- confirmed, undone
  receipt     BLOB                       -- sealed for the way back
) STRICT;

-- Who did what at the hub.
CREATE TABLE hub_audit (
  id      INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  who     TEXT NOT NULL,                 -- a coordinator's id, "command", "program"
  what    TEXT NOT NULL,                 -- a word: site.revoked, iin.opened, person.merged
  about   TEXT NOT NULL,                 -- an id
  detail  TEXT NOT NULL DEFAULT ''       -- never a person's name
) STRICT;
CREATE INDEX hub_audit_about ON hub_audit (about);

-- ---- what goes down ----

CREATE TABLE hub_item (
  name        TEXT PRIMARY KEY,          -- "course/ID", "roster/SCOPE", "template/ID", "revoked", "sites", "news/ID"
  scope       TEXT NOT NULL,             -- for sites in it
  version     INTEGER NOT NULL UNIQUE,   -- one sequence for all
  sha256      TEXT NOT NULL,             -- hex; '' : withdrawn
  bytes       INTEGER NOT NULL,
  content     BLOB,                      -- NULL: the file items/SHA256
  not_before  TEXT,                      -- YYYY-MM-DD
  not_after   TEXT,
  made_at     INTEGER NOT NULL
) STRICT;

-- ---- what follows from the records ----

-- Where councils lie: summaries for the overview. A scope's row counts all that lies in it.
CREATE TABLE hub_area (
  scope         TEXT PRIMARY KEY,        -- "KZ", "KZ-11", "KZ-11/113220100"
  parent        TEXT,
  sites         INTEGER NOT NULL DEFAULT 0,
  councils      INTEGER NOT NULL DEFAULT 0,
  members       INTEGER NOT NULL DEFAULT 0,  -- as the register says; 0: it does not
  learners      INTEGER NOT NULL DEFAULT 0,
  trained       INTEGER NOT NULL DEFAULT 0,  -- learners with a completion
  completions   INTEGER NOT NULL DEFAULT 0,
  certificates  INTEGER NOT NULL DEFAULT 0,  -- in force
  events        INTEGER NOT NULL DEFAULT 0,
  heard_at      INTEGER                      -- the last record from there
) STRICT;
CREATE INDEX hub_area_by_parent ON hub_area (parent);

-- The trend, by month of receipt: the site's clock may be wrong, ours is ours.
CREATE TABLE hub_month (
  scope         TEXT NOT NULL,
  month         TEXT NOT NULL,           -- YYYY-MM
  learners      INTEGER NOT NULL DEFAULT 0,
  completions   INTEGER NOT NULL DEFAULT 0,
  certificates  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope, month)
) STRICT, WITHOUT ROWID;

-- Councils as sites name them, one by scope and folded name; the register's members beside.
CREATE TABLE hub_council (
  number        INTEGER PRIMARY KEY,
  scope         TEXT NOT NULL,           -- the site's: a district, where sites are a district's
  name          TEXT NOT NULL,
  folded        TEXT NOT NULL,
  members       INTEGER,                 -- as the register says
  learners      INTEGER NOT NULL DEFAULT 0,
  trained       INTEGER NOT NULL DEFAULT 0,
  completions   INTEGER NOT NULL DEFAULT 0,
  certificates  INTEGER NOT NULL DEFAULT 0,
  heard_at      INTEGER,
  UNIQUE (scope, folded)
) STRICT;

CREATE TABLE hub_person (
  id           TEXT PRIMARY KEY,         -- per_…
  site         INTEGER NOT NULL,
  surname      TEXT NOT NULL,            -- '' : not told yet, or erased
  given        TEXT NOT NULL,
  patronymic   TEXT,
  folded       TEXT NOT NULL,
  council      INTEGER,                  -- hub_council.number
  language     TEXT,
  sealed_iin   BLOB,
  told_epoch   INTEGER NOT NULL,         -- of the record that names come from: a later one of the site
  told_seq     INTEGER NOT NULL,         -- … takes their place, by number and not by clock
  first_at     INTEGER NOT NULL,         -- received
  completions  INTEGER NOT NULL DEFAULT 0,
  certificates INTEGER NOT NULL DEFAULT 0,
  merged_into  TEXT,                     -- per_…: a decision, or the site's word; undoable
  erased_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_person_by_name ON hub_person (folded, council);
CREATE INDEX hub_person_by_council ON hub_person (council, folded);
CREATE INDEX hub_person_by_merge ON hub_person (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE hub_event (
  id          TEXT PRIMARY KEY,          -- evt_…
  site        INTEGER NOT NULL,
  title       TEXT NOT NULL,
  place       TEXT NOT NULL,
  held_on     TEXT NOT NULL,
  closed      INTEGER NOT NULL,
  joined      INTEGER,                   -- as the site counted on closing
  present     INTEGER,
  told_epoch  INTEGER NOT NULL,
  told_seq    INTEGER NOT NULL,
  first_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_event_by_site ON hub_event (site, first_at);

CREATE TABLE hub_presence (
  event       TEXT NOT NULL,
  person      TEXT NOT NULL,
  present     INTEGER NOT NULL,
  told_epoch  INTEGER NOT NULL,
  told_seq    INTEGER NOT NULL,
  PRIMARY KEY (event, person)
) STRICT, WITHOUT ROWID;

-- One row an attempt that came to anything. `done`: it was completed or passed.
CREATE TABLE hub_result (
  attempt     TEXT PRIMARY KEY,          -- att_…
  site        INTEGER NOT NULL,
  person      TEXT NOT NULL,
  course      TEXT NOT NULL,             -- crs_…, the site's own
  title       TEXT NOT NULL,
  package     TEXT NOT NULL,             -- SHA-256 of the package: the same course at every site
  event       TEXT,
  completion  TEXT NOT NULL,
  success     TEXT NOT NULL,
  score       REAL,
  done        INTEGER NOT NULL,
  at_wall     INTEGER NOT NULL,
  told_epoch  INTEGER NOT NULL,
  told_seq    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_result_by_person ON hub_result (person);
CREATE INDEX hub_result_by_event ON hub_result (event) WHERE event IS NOT NULL;

CREATE TABLE hub_certificate (
  serial         TEXT PRIMARY KEY,
  site           INTEGER NOT NULL,
  person         TEXT NOT NULL,
  holder         TEXT NOT NULL,          -- the name as printed; '' once erased
  council_name   TEXT NOT NULL,
  title          TEXT NOT NULL,          -- of the course
  held_on        TEXT NOT NULL,          -- YYYY-MM-DD, as the trainer confirmed
  valid_until    TEXT,
  token          TEXT,                   -- as in the QR code
  state          TEXT NOT NULL,          -- valid, superseded, revoked
  superseded_by  TEXT,
  why            TEXT,
  first_at       INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX hub_certificate_by_person ON hub_certificate (person);
CREATE INDEX hub_certificate_by_site ON hub_certificate (site, first_at);
CREATE INDEX hub_certificate_by_state ON hub_certificate (state, changed_at);
