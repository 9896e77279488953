-- What leaves this site: immutable facts, in order (docs/protocol.md, docs/database.md). A fact is written in the
-- same transaction as the change that it tells of and never changed; erasing a person takes its body away.

-- A time during which this database had one past. A restored backup or a copied disk begins another one.
-- The one with the largest number is the present one.
CREATE TABLE journal_epoch (
  epoch      INTEGER PRIMARY KEY,
  site       TEXT NOT NULL,              -- sit_…
  opened_at  INTEGER NOT NULL,
  why        TEXT NOT NULL,              -- first, restored, forked, other-key
  seq        INTEGER NOT NULL DEFAULT 0, -- of the last fact; they are 1, 2, 3 … without gaps
  head       BLOB NOT NULL,              -- id of the last fact; at first the head of the epoch before, or zeros
  total      BLOB NOT NULL,              -- sum of all ids, modulo 2^256
  latest_at  INTEGER NOT NULL,           -- the latest that the clock ever showed
  clock      INTEGER NOT NULL DEFAULT 0, -- enum clock_trust
  through    INTEGER NOT NULL DEFAULT 0, -- the hub has signed for 1 … through
  told_at    INTEGER                     -- when it last did, by its own clock
) STRICT;

CREATE TABLE journal (
  epoch      INTEGER NOT NULL REFERENCES journal_epoch(epoch),
  seq        INTEGER NOT NULL,
  id         BLOB NOT NULL,              -- SHA-256 of the header
  kind       TEXT NOT NULL,              -- "person.added", …
  at_wall    INTEGER NOT NULL,
  clock      INTEGER NOT NULL,           -- enum clock_trust
  body       TEXT,                       -- JSON; NULL once erased
  body_hash  BLOB,                       -- SHA-256 of the body, once that is erased
  subject    TEXT,                       -- per_…: erasing this person erases the body
  PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_by_subject ON journal (subject) WHERE subject IS NOT NULL;

-- What the hub did not take, and why. It stays here and there until somebody decides.
CREATE TABLE journal_refused (
  epoch   INTEGER NOT NULL,
  seq     INTEGER NOT NULL,
  reason  TEXT NOT NULL,                 -- a word
  at      INTEGER NOT NULL,
  PRIMARY KEY (epoch, seq)
) STRICT;

-- The hub that this site is enrolled at. At most one row.
CREATE TABLE hub_link (
  only         INTEGER PRIMARY KEY CHECK (only = 1),
  url          TEXT NOT NULL,
  hub_key      BLOB NOT NULL,            -- its public key, pinned
  certificate  BLOB NOT NULL,            -- the site's, by the hub
  scope        TEXT NOT NULL,
  enrolled_at  INTEGER NOT NULL,
  down_version INTEGER NOT NULL DEFAULT 0, -- of the newest list from above that was applied
  tried_at     INTEGER,                  -- the last contact that was tried
  reached_at   INTEGER,                  -- … and that worked
  trouble      TEXT,                     -- a word: why the last one did not
  ended        TEXT                      -- a word: the hub has cut this site off
) STRICT;

-- Items from the hub, each signed; the newest version of each name.
CREATE TABLE down_item (
  name      TEXT PRIMARY KEY,            -- "course/ID", "roster", "template/ID", "revoked", "sites", "news/ID"
  version   INTEGER NOT NULL,
  sha256    TEXT NOT NULL,               -- of the content
  bytes     INTEGER NOT NULL,
  content   BLOB,                        -- NULL: a file of the shelf, by its hash
  got_at    INTEGER NOT NULL
) STRICT;

-- An erased person's browsers and claims are found without reading everybody's.
CREATE INDEX session_by_person ON session (person);
CREATE INDEX claim_by_person ON claim (person);
