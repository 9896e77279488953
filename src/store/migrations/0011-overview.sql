-- The overview counts silent sites for each region: a range of this index and nothing else. A site that was never heard of
-- counts from its enrolment.
UPDATE hub_site SET heard_at = enrolled_at WHERE heard_at IS NULL;
CREATE INDEX hub_site_in_touch ON hub_site (scope, heard_at, revoked_at) WHERE revoked_at IS NULL;
