-- The fact that told how far a site's clock is off (hub_site.clock_off_ms): of two the later one counts.
ALTER TABLE hub_site ADD COLUMN clock_epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hub_site ADD COLUMN clock_seq INTEGER NOT NULL DEFAULT 0;
