-- Certificates of this site. A row is what was signed and is never changed; what became of it is in
-- certificate_end. The facts stand here whole, in the token perhaps shortened (docs/certificate-token.md).
CREATE TABLE certificate (
  serial       TEXT PRIMARY KEY,         -- "K7QF2M-00042-X"
  number       INTEGER NOT NULL UNIQUE,  -- of this site, from 1
  attempt      TEXT NOT NULL REFERENCES attempt(id),
  person       TEXT NOT NULL REFERENCES person(id),
  event        TEXT NOT NULL REFERENCES event(id),
  course       TEXT NOT NULL REFERENCES course(id),
  issuer       TEXT NOT NULL,            -- what the site called itself
  surname      TEXT NOT NULL,
  given        TEXT NOT NULL,
  patronymic   TEXT,
  council_name TEXT,
  course_title TEXT NOT NULL,
  revision     INTEGER NOT NULL,         -- of the course
  score        INTEGER,                  -- percent
  hours        INTEGER,                  -- academic hours
  event_title  TEXT,
  place        TEXT,
  held_on      TEXT NOT NULL,            -- YYYY-MM-DD, as the trainer confirmed it
  valid_until  TEXT,                     -- YYYY-MM-DD
  supersedes   TEXT REFERENCES certificate(serial),
  language     TEXT NOT NULL,            -- the person's
  token        BLOB NOT NULL,
  epoch        INTEGER NOT NULL,         -- of the fact in the journal; 0: told to no journal
  seq          INTEGER NOT NULL,
  made_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX certificate_by_event ON certificate (event);
CREATE INDEX certificate_by_person ON certificate (person);
CREATE INDEX certificate_by_attempt ON certificate (attempt);

-- A certificate that holds no longer. At most one row each: a superseded one may still be revoked, then the
-- row says that.
CREATE TABLE certificate_end (
  serial   TEXT PRIMARY KEY REFERENCES certificate(serial),
  successor TEXT REFERENCES certificate(serial),  -- the one in its place; NULL: revoked
  reason   TEXT,                         -- mistake, not-earned, request, other
  on_date  TEXT NOT NULL,                -- YYYY-MM-DD
  made_at  INTEGER NOT NULL
) STRICT;

-- The issuer's logo, a JPEG. At most one row. (The template's words are the setting "certificate.template".)
CREATE TABLE certificate_logo (
  only   INTEGER PRIMARY KEY CHECK (only = 1),
  bytes  BLOB NOT NULL
) STRICT;
