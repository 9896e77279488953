/* SPDX-License-Identifier: Apache-2.0 */
/* The courses that come with the program are imported after the server listens, in a thread
 * of their own, so that they do not keep the first page waiting. One that is here already
 * (known by its hash) is left as the trainer left it. */
#include "app/inside.h"
#include "base/log.h"
#include "base/text.h"
#include "web/web.h"

#define MEMORY ((size_t)64 << 20)

static void import_one(struct app *app, const struct web_course *course)
{
	uint8_t hash[SEAL_HASH];
	char hex[2 * SEAL_HASH + 1];
	seal_sha256(course->zip.p, course->zip.n, hash);
	text_hex(hash, SEAL_HASH, hex);
	const struct package *there;
	if (!shelf_get(app->site.shelf, str_of(hex), &there)) return;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	struct import_report report;
	if (package_import_bytes(app->site.shelf, course->zip, str_of(course->name), a,
	                         &report))
		log_failure(LOG_WARN, "starter.failed");
	else
		log_info("starter.imported", "course=%s", course->name);
}

static void *import_all(void *arg)
{
	size_t n;
	const struct web_course *course = web_courses(&n);
	for (size_t i = 0; i < n; i++) import_one(arg, &course[i]);
	return NULL;
}

enum err starter_begin(struct app *app)
{
	pthread_attr_t how;
	pthread_attr_init(&how);
	pthread_attr_setstacksize(&how, (size_t)1 << 20);
	int failed = pthread_create(&app->starter, &how, import_all, app);
	pthread_attr_destroy(&how);
	if (failed) return FAIL(ERR_IO, "no thread for the starter courses");
	app->starting = true;
	return ERR_OK;
}

void starter_wait(struct app *app)
{
	if (app->starting) pthread_join(app->starter, NULL);
	app->starting = false;
}
