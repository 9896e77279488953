-- A course's title in the languages of the screens, as its newest package gives them; NULL where it does not.
ALTER TABLE course ADD COLUMN title_kk TEXT;
ALTER TABLE course ADD COLUMN title_ru TEXT;
ALTER TABLE course ADD COLUMN title_en TEXT;
