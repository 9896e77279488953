-- IINs that a trainer entered, sealed to the hub's key: this laptop cannot read them. Kept so that whatever is told of the
-- person later tells it again; gone when the person is erased.
CREATE TABLE person_iin (
  person     TEXT PRIMARY KEY REFERENCES person(id),
  sealed     TEXT NOT NULL,              -- base64url
  sealed_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
