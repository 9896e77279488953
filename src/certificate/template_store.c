/* SPDX-License-Identifier: Apache-2.0 */
/* The template as a setting, the logo beside it. */
#include "certificate/inside.h"

#define SETTING S("certificate.template")

SQL(logo_there, "SELECT COUNT(*) FROM certificate_logo");

static fallible has_logo(struct db *db, bool *out)
{
	QUERY(q, db, logo_there);
	*out = query_next(&q) && column_int(&q, 0, 0) > 0;
	return query_end(&q);
}

enum err template_get(struct db *db, struct arena *a, struct template *out)
{
	str text;
	struct template t = template_default();
	TRY(setting_get(db, a, SETTING, &text));
	/* What an older program wrote, or a newer one, may not be all there. */
	if (text.n) TRY(json_read(text, &template_shape, JSON_LENIENT, a, &t));
	TRY(has_logo(db, &t.logo));
	*out = t;
	return ERR_OK;
}

enum err template_set(struct tx *tx, struct arena *a, const struct template *t)
{
	struct facts none = { 0 };
	struct buf text;
	if (sheet_lacks(&none, t))
		return FAIL_WHY(ERR_INVALID, "bad-letter",
		                "the template has a sign that cannot be printed");
	buf_init(&text, 64 << 10);
	json_write(&text, &template_shape, t);
	str copy = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	return setting_set(tx, SETTING, copy);
}

SQL(logo_select, "SELECT bytes FROM certificate_logo WHERE only = 1");

enum err template_logo(struct db *db, struct arena *a, str *out)
{
	QUERY(q, db, logo_select);
	*out = query_next(&q) ? column_blob(&q, a, 0) : STR_NONE;
	return query_end(&q);
}

SQL(logo_drop, "DELETE FROM certificate_logo");
SQL(logo_put, "INSERT INTO certificate_logo (only, bytes) VALUES (1, :bytes)"
              " ON CONFLICT (only) DO UPDATE SET bytes = excluded.bytes");

enum err template_set_logo(struct tx *tx, str jpeg)
{
	int width, height;
	if (!jpeg.p) {
		QUERY(drop, tx_db(tx), logo_drop);
		return query_run(&drop, NULL);
	}
	if (jpeg.n > LOGO_MOST || !jpeg_size(jpeg, &width, &height))
		return FAIL_WHY(ERR_INVALID, "bad-logo",
		                "the logo is no JPEG picture of at most 300 KB");
	QUERY(put, tx_db(tx), logo_put);
	bind_blob(&put, ":bytes", jpeg.p, jpeg.n);
	return query_run(&put, NULL);
}
