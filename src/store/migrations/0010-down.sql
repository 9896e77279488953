-- What goes down to sites: what the centre publishes, and what a site keeps of it.

-- ---- at a site ----

-- As the hub's list said. A withdrawn item keeps the hash of what it was, so that a course on the shelf can be marked.
ALTER TABLE down_item ADD COLUMN scope TEXT NOT NULL DEFAULT 'KZ';
ALTER TABLE down_item ADD COLUMN not_before TEXT;        -- YYYY-MM-DD
ALTER TABLE down_item ADD COLUMN not_after TEXT;
ALTER TABLE down_item ADD COLUMN withdrawn_at INTEGER;
CREATE INDEX down_item_by_hash ON down_item (sha256);

-- Announcements that somebody has put away.
CREATE TABLE down_news_read (
  name    TEXT NOT NULL,                 -- of the item
  person  TEXT NOT NULL REFERENCES person(id),
  at      INTEGER NOT NULL,
  PRIMARY KEY (name, person)
) STRICT, WITHOUT ROWID;

-- Files with items that somebody brought: nothing of them counts until the trainer says so.
CREATE TABLE down_staged (
  id         TEXT PRIMARY KEY,           -- stg_…; the file lies in staged/ID, sealed as it was brought
  sha256     TEXT NOT NULL UNIQUE,       -- of the file
  summary    TEXT NOT NULL,              -- JSON: how many of what
  staged_at  INTEGER NOT NULL
) STRICT;

-- ---- at a hub ----

-- Who published what, for whom; the bytes and the version are hub_item's.
CREATE TABLE hub_publication (
  id          TEXT PRIMARY KEY,          -- pub_…
  name        TEXT NOT NULL,             -- of its item; the newest publication of a name is the one that counts
  kind        TEXT NOT NULL,             -- course, news, template, roster
  scope       TEXT NOT NULL,
  title       TEXT NOT NULL,             -- what lists show; never a person's name
  version     INTEGER NOT NULL,          -- of the item
  sha256      TEXT NOT NULL,
  bytes       INTEGER NOT NULL,
  amount      INTEGER,                   -- of parts of a course, of people on a list
  not_before  TEXT,                      -- YYYY-MM-DD
  not_after   TEXT,
  made_by     TEXT NOT NULL,
  made_at     INTEGER NOT NULL,
  ended_at    INTEGER,                   -- withdrawn, or another took its place
  ended_by    TEXT
) STRICT;
CREATE INDEX hub_publication_by_kind ON hub_publication (kind, made_at);
CREATE INDEX hub_publication_by_name ON hub_publication (name);

-- Lists that have to be written anew before the next site asks.
CREATE TABLE hub_stale (
  name  TEXT PRIMARY KEY
) STRICT;
INSERT INTO hub_stale (name) VALUES ('revocations');

-- What a site said that it has: everything from above up to this version.
ALTER TABLE hub_site ADD COLUMN down_version INTEGER NOT NULL DEFAULT 0;
