-- What the desk of a hub decides and remembers.

-- May open sealed IINs. Given by a national coordinator, one by one.
ALTER TABLE coordinator ADD COLUMN opens_iin INTEGER NOT NULL DEFAULT 0;

-- Of the councils of a scope, how many the register gives members of: only when it does of all is their sum the whole.
ALTER TABLE hub_area ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;

-- When we last heard of an attempt, by our own clock: a site's may be wrong.
ALTER TABLE hub_result ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;

-- How long things are kept: one row.
CREATE TABLE hub_retention (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  details_months  INTEGER NOT NULL DEFAULT 0,  -- scores and outcomes of attempts; 0: for ever
  names_months    INTEGER NOT NULL DEFAULT 0,  -- names of people without a certificate; 0: for ever
  ran_at          INTEGER,
  ran_details     INTEGER NOT NULL DEFAULT 0,  -- by the last run
  ran_names       INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO hub_retention (id) VALUES (1);

-- How far the bodies of attempts' records have been wiped.
CREATE TABLE hub_wiped (
  site     INTEGER NOT NULL,
  epoch    INTEGER NOT NULL,
  through  INTEGER NOT NULL,
  PRIMARY KEY (site, epoch)
) STRICT, WITHOUT ROWID;
