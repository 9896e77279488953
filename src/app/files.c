/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are not routes: the UI's pages and assets on both ports, the courses' files on
 * the content port. It runs before the routes and for every file, so it neither locks nor
 * allocates. */
#include "app/inside.h"

static enum err ui_file(struct api *api, str name, struct resource *out)
{
	const struct resource *r = ui_find(api->ui, name);
	if (!r) return ERR_NOT_FOUND;
	*out = *r;
	return ERR_OK;
}

/* "/c/TOKEN/path" */
static enum err course_file(struct api *api, str path, struct resource *out)
{
	str rest = str_part(path, 3, path.n);
	size_t slash = str_index(rest, '/');
	if (slash == rest.n) return ERR_NOT_FOUND;
	const struct package *p = shelf_by_token(api->shelf, str_part(rest, 0, slash));
	if (!p) return ERR_NOT_FOUND;
	return members_find(&api->members, p, str_part(rest, slash + 1, rest.n), out);
}

/* Addresses of the app are its own business: /, /j/123456, /courses are one page, /trainer
 * and all below it another. */
static bool is_page(str path)
{
	size_t last = path.n;
	while (last > 0 && path.p[last - 1] != '/') last--;
	str name = str_part(path, last, path.n);
	return str_index(name, '.') == name.n && !str_is(path, S("/healthz"));
}

static enum err page(struct api *api, str path, struct resource *out)
{
	bool trainer = str_is(path, S("/trainer")) || str_starts(path, S("/trainer/"));
	TRY(ui_file(api, trainer ? S("trainer.html") : S("index.html"), out));
	if (atomic_load(&api->server)) out->csp = api->page_policy;
	return ERR_OK;
}

enum err files_find(void *app, enum http_origin origin, str path, struct resource *out)
{
	struct api *api = app;
	if (origin == CONTENT) {
		if (str_starts(path, S("/c/"))) return course_file(api, path, out);
		if (str_starts(path, S("/assets/")))
			return ui_file(api, str_part(path, 1, path.n), out);
		return ERR_NOT_FOUND;
	}
	if (str_is(path, S("/v"))) return ui_file(api, S("verify.html"), out);
	if (is_page(path)) return page(api, path, out);
	/* Pages of the other port, or with a policy of their own. */
	if (str_is(path, S("/player.html")) || str_is(path, S("/keeper.html")) ||
	    str_is(path, S("/trainer.html")) || str_is(path, S("/verify-file.html")))
		return ERR_NOT_FOUND;
	return ui_file(api, str_part(path, 1, path.n), out);
}
