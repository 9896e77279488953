/* SPDX-License-Identifier: Apache-2.0 */
/* How certificates look, as the centre sends it down. */
#include "api/api.h"
#include "api/hub_api.h"
#include "api/hub_handlers.h"
#include "api/hub_shapes.h"
#include "base/text.h"
#include "hub/publish.h"

struct looking {
	struct arena *a;
	str scope; /* the caller's */
	str id;    /* the publication that is changed */
	struct centre_template t;
	bool keep_logo;
	struct hub_publishing p;
};

/* ---- what is there ---- */

static fallible read_template(struct db *db, struct looking *l, struct hub_publication *out,
                              struct centre_template *t)
{
	str content;
	TRY(hub_publication_get(db, l->a, l->scope, l->id, out));
	if (!str_is(out->kind, S("template")))
		return FAIL_WHY(ERR_NOT_FOUND, "no-publication", "not a template");
	TRY(hub_publication_content(db, l->a, out, &content));
	return json_read(content, &centre_template_shape, JSON_LENIENT, l->a, t);
}

enum err hub_template_show(struct request *rq, struct reply *rs)
{
	struct looking l = { .a = request_arena(rq),
		             .scope = str_of(request_caller(rq)->scope),
		             .id = request_param(rq, "id") };
	struct hub_publication publication;
	struct centre_template t;
	HUB_READ(db, rq);
	TRY(read_template(db, &l, &publication, &t));
	struct template look = *t.look;
	look.logo = t.logo.n > 0;
	api_give(rs, 200, &hub_template_shape,
	         &(struct hub_template){ &publication, t.mandatory, &look });
	return ERR_OK;
}

/* ---- publishing ---- */

/* The logo of the one that this takes the place of. */
static fallible find_logo(struct db *db, struct looking *l)
{
	struct hub_publication before;
	struct centre_template t;
	str item = arena_printf(l->a, ITEM_TEMPLATE "%.*s", STR_ARG(l->p.scope));
	TRY(hub_publication_of(db, l->a, item, &l->id));
	if (!l->id.p) return ERR_OK;
	TRY(read_template(db, l, &before, &t));
	l->t.logo = t.logo;
	return ERR_OK;
}

static fallible write_template(struct tx *tx, struct looking *l)
{
	struct template look = *l->t.look;
	struct facts none = { 0 };
	struct buf text;
	look.logo = l->t.logo.n > 0;
	look.centre = STR_NONE;
	if (sheet_lacks(&none, &look))
		return FAIL_WHY(ERR_INVALID, "bad-letter",
		                "the template has a sign that cannot be printed");
	l->t.look = &look;
	l->p.title = look.title;
	buf_init(&text, (size_t)1 << 20);
	json_write(&text, &centre_template_shape, &l->t);
	str content = arena_copy(l->a, buf_as_str(&text));
	buf_free(&text);
	return hub_publish_template(tx, l->a, content, &l->p);
}

static enum err publish_look(struct tx *tx, void *arg)
{
	struct looking l = *(struct looking *)arg;
	if (l.keep_logo) TRY(find_logo(tx_db(tx), &l));
	TRY(write_template(tx, &l));
	((struct looking *)arg)->p.out = l.p.out;
	return ERR_OK;
}

enum err hub_template_new(struct request *rq, struct reply *rs)
{
	struct hub_template_new in;
	TRY(request_body(rq, &hub_template_new_shape, &in));
	TRY(hub_may_act(rq, in.scope));
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)16 << 20);
	struct looking l = { .a = a,
		             .scope = in.scope,
		             .t = { .look = in.look, .mandatory = in.mandatory },
		             .keep_logo = in.look->logo,
		             .p = { .scope = in.scope, .who = hub_who(rq) } };
	TRY(store_write(hub_api_of(rq)->hub.store, publish_look, &l));
	api_give(rs, 201, &hub_publication_shape, &l.p.out);
	return ERR_OK;
}

/* ---- the logo ---- */

static enum err publish_logo(struct tx *tx, void *arg)
{
	struct looking l = *(struct looking *)arg;
	struct hub_publication before;
	struct centre_template t;
	TRY(read_template(tx_db(tx), &l, &before, &t));
	if (!scope_covers(l.scope, before.scope))
		return FAIL_WHY(ERR_DENIED, "other-scope", "published for a wider area");
	t.logo = l.t.logo;
	l.t = t;
	l.p.scope = before.scope;
	TRY(write_template(tx, &l));
	((struct looking *)arg)->p.out = l.p.out;
	return ERR_OK;
}

static fallible read_logo(struct request *rq, struct arena *a, str *out)
{
	int64_t length = request_length(rq);
	bool fits = length > 0 && length <= (int64_t)LOGO_MOST;
	char *bytes = arena_alloc(a, fits ? (size_t)length : 1);
	size_t n = 0, got = 1;
	while (fits && got > 0 && n < (size_t)length) {
		TRY(request_read(rq, bytes + n, (size_t)length - n, &got));
		n += got;
	}
	if (!fits || !template_logo_is((str){ bytes, n }))
		return FAIL_WHY(ERR_INVALID, "bad-logo", "a logo of %lld bytes",
		                (long long)length);
	char *text = arena_alloc(a, n * 4 / 3 + 4);
	text_base64url((const uint8_t *)bytes, n, text);
	*out = str_of(text);
	return ERR_OK;
}

enum err hub_template_logo(struct request *rq, struct reply *rs)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open((size_t)16 << 20);
	struct looking l = { .a = a,
		             .scope = str_of(request_caller(rq)->scope),
		             .id = request_param(rq, "id"),
		             .p = { .who = hub_who(rq) } };
	TRY(read_logo(rq, a, &l.t.logo));
	TRY(store_write(hub_api_of(rq)->hub.store, publish_logo, &l));
	api_give(rs, 200, &hub_publication_shape, &l.p.out);
	return ERR_OK;
}

enum err hub_template_try(struct request *rq, struct reply *rs)
{
	struct template t;
	str svg;
	TRY(request_body(rq, &template_shape, &t));
	TRY(template_preview(request_arena(rq), &t, STR_NONE, S("Kenes"), &svg));
	rs->type = "image/svg+xml";
	return api_give_bytes(rs, svg);
}
