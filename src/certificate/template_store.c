/* SPDX-License-Identifier: Apache-2.0 */
/* The template as a setting, the logo beside it; and what the centre says. */
#include "base/text.h"
#include "certificate/inside.h"

#define SETTING S("certificate.template")

SQL(logo_there, "SELECT COUNT(*) FROM certificate_logo");

static fallible has_logo(struct db *db, bool *out)
{
	QUERY(q, db, logo_there);
	*out = query_next(&q) && column_int(&q, 0, 0) > 0;
	return query_end(&q);
}

/* ---- the centre's ---- */

static const struct json_field centre_fields[] = {
	JSON_OBJECT(struct centre_template, look, true, template_shape),
	JSON_BOOL(struct centre_template, mandatory, true),
	JSON_TEXT(struct centre_template, logo, false, 0, LOGO_MOST * 4 / 3 + 4),
};
const struct shape centre_template_shape =
	SHAPE("CentreTemplate", struct centre_template, centre_fields);

/* Wide scopes before narrow ones: a narrow one is longer. */
SQL(centre_templates,
    "SELECT content FROM down_item WHERE name LIKE 'template/%' AND withdrawn_at IS NULL"
    " AND content IS NOT NULL AND (not_before IS NULL OR not_before <= :today)"
    " AND (not_after IS NULL OR not_after >= :today)"
    " ORDER BY LENGTH(scope), scope LIMIT 20");

/* `look` is NULL when the centre says nothing. */
static fallible find_centre(struct db *db, struct arena *a, struct centre_template *out)
{
	*out = (struct centre_template){ .look = NULL };
	QUERY(q, db, centre_templates);
	bind_text(&q, ":today", date_today(a));
	while (!out->mandatory && query_next(&q)) {
		struct centre_template one;
		str text = column_blob(&q, a, 0);
		struct facts none = { 0 };
		/* One that cannot be read or printed here is as if it were not there. */
		if (json_read(text, &centre_template_shape, JSON_LENIENT, a, &one) ||
		    sheet_lacks(&none, one.look))
			continue;
		*out = one;
	}
	return query_end(&q);
}

struct source {
	struct centre_template centre;
	bool by_centre; /* its look counts */
	str own;        /* the site's, as text */
};

static fallible find_source(struct db *db, struct arena *a, struct source *out)
{
	TRY(find_centre(db, a, &out->centre));
	TRY(setting_get(db, a, SETTING, &out->own));
	out->by_centre = out->centre.look && (out->centre.mandatory || !out->own.n);
	return ERR_OK;
}

enum err template_get(struct db *db, struct arena *a, struct template *out)
{
	struct source s;
	struct template t = template_default();
	TRY(find_source(db, a, &s));
	if (s.by_centre) {
		t = *s.centre.look;
		t.logo = s.centre.logo.n > 0;
		t.centre = s.centre.mandatory ? S("mandatory") : S("offered");
	} else if (s.own.n) {
		/* What an older program wrote, or a newer one, may not be all there. */
		TRY(json_read(s.own, &template_shape, JSON_LENIENT, a, &t));
		t.centre = STR_NONE;
	}
	bool own_logo;
	TRY(has_logo(db, &own_logo));
	if (!s.by_centre) t.logo = own_logo;
	if (s.by_centre && !s.centre.mandatory) t.logo |= own_logo;
	*out = t;
	return ERR_OK;
}

enum err template_reset(struct tx *tx)
{
	return setting_set(tx, SETTING, S(""));
}

enum err template_set(struct tx *tx, struct arena *a, const struct template *t)
{
	struct facts none = { 0 };
	struct template own = *t;
	struct source s;
	struct buf text;
	TRY(find_source(tx_db(tx), a, &s));
	if (s.centre.mandatory)
		return FAIL_WHY(ERR_DENIED, "template-mandatory",
		                "the centre decides how certificates look");
	own.centre = STR_NONE;
	if (sheet_lacks(&none, t))
		return FAIL_WHY(ERR_INVALID, "bad-letter",
		                "the template has a sign that cannot be printed");
	buf_init(&text, 64 << 10);
	json_write(&text, &template_shape, &own);
	str copy = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	return setting_set(tx, SETTING, copy);
}

SQL(logo_select, "SELECT bytes FROM certificate_logo WHERE only = 1");

bool template_logo_is(str bytes)
{
	int width, height;
	return bytes.n <= LOGO_MOST && jpeg_size(bytes, &width, &height);
}

/* The centre's JPEG; STR_NONE when what it sent is none. */
static str logo_of(struct arena *a, const struct centre_template *t)
{
	size_t n = t->logo.n * 3 / 4;
	uint8_t *bytes = arena_alloc(a, n + 1);
	str jpeg = { (const char *)bytes, n };
	bool good =
		t->logo.n && text_unbase64url(t->logo, bytes, n) && template_logo_is(jpeg);
	return good ? jpeg : STR_NONE;
}

enum err template_logo(struct db *db, struct arena *a, str *out)
{
	struct source s;
	TRY(find_source(db, a, &s));
	*out = s.by_centre ? logo_of(a, &s.centre) : STR_NONE;
	if (out->p || (s.by_centre && s.centre.mandatory)) return ERR_OK;
	QUERY(q, db, logo_select);
	*out = query_next(&q) ? column_blob(&q, a, 0) : STR_NONE;
	return query_end(&q);
}

SQL(logo_drop, "DELETE FROM certificate_logo");
SQL(logo_put, "INSERT INTO certificate_logo (only, bytes) VALUES (1, :bytes)"
              " ON CONFLICT (only) DO UPDATE SET bytes = excluded.bytes");

enum err template_set_logo(struct tx *tx, str jpeg)
{
	if (!jpeg.p) {
		QUERY(drop, tx_db(tx), logo_drop);
		return query_run(&drop, NULL);
	}
	if (!template_logo_is(jpeg))
		return FAIL_WHY(ERR_INVALID, "bad-logo",
		                "the logo is no JPEG picture of at most 300 KB");
	QUERY(put, tx_db(tx), logo_put);
	bind_blob(&put, ":bytes", jpeg.p, jpeg.n);
	return query_run(&put, NULL);
}
