/* SPDX-License-Identifier: Apache-2.0 */
/* `kenes doctor`: looks at everything that a training day stands on and says it in plain
 * sentences. It changes nothing but a probe file. Exit 1 when something is broken. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/room.h"
#include "app/app.h"
#include "app/ports.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/inside.h"
#include "training/training.h"

#define MEMORY ((size_t)64 << 20)
#define CHECKS_MOST 64
#define BUILT_AFTER 1761955200000 /* 2025-11-01: no clock is right that is before it */

enum level { GOOD, WARNING, BROKEN };

struct check {
	str name, level, sentence;
};
struct checkup {
	bool ok;
	struct json_list checks;
	/* while it goes on */
	struct arena *arena;
	struct check check[CHECKS_MOST];
	size_t n;
	const struct config *config;
	struct site site;
	int64_t serving; /* port of the server that runs on this folder; 0: none */
};
static const struct json_field check_fields[] = {
	JSON_TEXT(struct check, name, true, 1, 40),
	JSON_TEXT(struct check, level, true, 1, 10),
	JSON_TEXT(struct check, sentence, true, 1, 2000),
};
static const struct shape check_shape = SHAPE("Check", struct check, check_fields);
static const struct json_field checkup_fields[] = {
	JSON_BOOL(struct checkup, ok, true),
	JSON_LIST(struct checkup, checks, true, CHECKS_MOST, check_shape),
};
static const struct shape checkup_shape = SHAPE("Checkup", struct checkup, checkup_fields);

static void add(struct checkup *c, const char *name, enum level level, str sentence)
{
	static const str levels[] = { S("good"), S("warning"), S("broken") };
	if (c->n == CHECKS_MOST) return;
	if (level == BROKEN) c->ok = false;
	c->check[c->n++] = (struct check){ str_of(name), levels[level], sentence };
}
#define say(c, name, level, ...) add(c, name, level, arena_printf((c)->arena, __VA_ARGS__))

/* ---- the machine ---- */
static void look_at_clock(struct checkup *c)
{
	char text[TIME_TEXT];
	time_write(time_now(), text);
	if (time_now() < BUILT_AFTER)
		say(c, "clock", BROKEN,
		    "The clock says %s, which cannot be: set date and time before the "
		    "event.",
		    text);
	else
		say(c, "clock", GOOD, "The clock says %s (UTC).", text);
}

static void look_at_network(struct checkup *c)
{
	struct room_place place[16];
	size_t n = room_places(c->arena, c->config->listen, place, countof(place));
	if (n == 0 || place[0].loopback) {
		say(c, "network", WARNING,
		    "This machine is in no network: phones cannot reach it. Join a Wi-Fi "
		    "or "
		    "start a hotspot.");
		return;
	}
	say(c, "network", GOOD, "Phones reach this machine at %.*s (%.*s).",
	    STR_ARG(place[0].ip), STR_ARG(place[0].interface));
}

static void look_at_port(struct checkup *c, const char *name, int64_t port)
{
	if (c->serving)
		say(c, name, GOOD, "A kenes serves this folder now, on port %lld.",
		    (long long)c->serving);
	else if (port == 0 || port_is_free(c->config->listen, (int)port))
		say(c, name, GOOD, "Port %lld is free.", (long long)port);
	else
		say(c, name, WARNING,
		    "Port %lld is taken by another program; kenes will look for another, "
		    "or "
		    "say --port.",
		    (long long)port);
}

/* ---- the data folder ---- */
static void look_at_folder(struct checkup *c)
{
	char probe[FILE_PATH];
	if (file_path(probe, c->site.folder, "doctor.probe") ||
	    file_write(probe, S("probe\n"), 0600) || file_drop(probe)) {
		say(c, "folder", BROKEN, "The data folder %s cannot be written to: %s",
		    c->site.folder, err_last()->sentence);
		return;
	}
	uint64_t room = 0;
	if (file_room(c->site.folder, &room)) room = 0;
	uint64_t mb = room >> 20;
	if (mb < 200)
		say(c, "folder", mb < 20 ? BROKEN : WARNING,
		    "Only %llu MB are free for the data folder %s: make room.",
		    (unsigned long long)mb, c->site.folder);
	else
		say(c, "folder", GOOD,
		    "The data folder %s can be written to; %llu MB are free.",
		    c->site.folder, (unsigned long long)mb);
}

struct run_note {
	int64_t pid, port;
};
static const struct json_field run_fields[] = {
	JSON_INT(struct run_note, pid, true, 0, INT32_MAX),
	JSON_INT(struct run_note, port, true, 0, 65535),
};
static const struct shape run_shape = SHAPE("RunNote", struct run_note, run_fields);

/* A run.json whose port is still in use. */
static void look_for_server(struct checkup *c)
{
	char path[FILE_PATH];
	str text;
	struct run_note note;
	if (file_path(path, c->site.folder, "run.json") || !file_exists(path)) return;
	if (file_read(path, 1 << 16, c->arena, &text) ||
	    json_read(text, &run_shape, JSON_LENIENT, c->arena, &note))
		return;
	if (!port_is_free(c->config->listen, (int)note.port)) c->serving = note.port;
}

/* ---- what is in it ---- */
static void look_at_database(struct checkup *c)
{
	if (store_check(c->site.store))
		say(c, "database", BROKEN, "The database is damaged: %s",
		    err_last()->sentence);
	else if (store_healthy(c->site.store))
		say(c, "database", BROKEN, "The database cannot be written to: %s",
		    err_last()->sentence);
	else
		say(c, "database", GOOD, "The database is whole and can be written to.");
}

static void look_at_trainer(struct checkup *c, struct db *db)
{
	bool there = false;
	if (trainer_exists(db, &there) || !there)
		say(c, "trainer", WARNING,
		    "The site has no trainer yet: open it in the browser of this machine.");
	else
		say(c, "trainer", GOOD, "The site has a trainer.");
}

/* Reads a file through and compares its hash with its name. */
static bool hash_is(const char *path, const char *sha256)
{
	FILE *f = fopen(path, "rbe");
	if (!f) return false;
	char *piece = malloc(1 << 16);
	struct seal_sha256_state state;
	seal_sha256_begin(&state);
	size_t n = 0;
	while (piece && (n = fread(piece, 1, 1 << 16, f)) > 0)
		seal_sha256_add(&state, piece, n);
	bool whole = piece && !ferror(f);
	fclose(f);
	free(piece);
	uint8_t hash[SEAL_HASH];
	char hex[2 * SEAL_HASH + 1];
	seal_sha256_end(&state, hash);
	text_hex(hash, SEAL_HASH, hex);
	return whole && str_is(str_of(hex), str_of(sha256));
}

static bool package_is_whole(struct checkup *c, const struct course *course)
{
	char path[FILE_PATH], name[80];
	const struct package *package;
	snprintf(name, sizeof(name), "packages/%.*s.zip", STR_ARG(course->package));
	if (file_path(path, c->site.folder, name)) return false;
	if (shelf_get(c->site.shelf, course->package, &package)) return false;
	return hash_is(path, package->sha256) && !archive_verify(package->archive);
}

static void look_at_packages(struct checkup *c, struct db *db)
{
	struct json_list list;
	if (course_all(db, c->arena, &list)) {
		say(c, "courses", BROKEN, "The courses cannot be read: %s",
		    err_last()->sentence);
		return;
	}
	size_t bad = 0;
	const struct course *course = list.items;
	for (size_t i = 0; i < list.n; i++) {
		if (package_is_whole(c, &course[i])) continue;
		bad++;
		say(c, "courses", BROKEN,
		    "The package of the course \"%.*s\" is missing or damaged: import it "
		    "again.",
		    STR_ARG(course[i].title));
	}
	if (!bad) say(c, "courses", GOOD, "%zu courses, each package whole.", list.n);
}

static void look_inside(struct checkup *c)
{
	if (site_open(c->config->data, &c->site)) {
		say(c, "database", BROKEN, "The data folder cannot be opened: %s",
		    err_last()->sentence);
		return;
	}
	look_at_database(c);
	struct db *db;
	if (!store_reader(c->site.store, &db)) {
		look_at_trainer(c, db);
		look_at_packages(c, db);
		store_reader_done(c->site.store, db);
	}
	site_close(&c->site);
}

/* ---- the command ---- */
static void print(const struct checkup *c)
{
	printf("kenes %s\n", KENES_VERSION);
	for (size_t i = 0; i < c->n; i++)
		printf("%-8.*s %.*s\n", STR_ARG(c->check[i].level),
		       STR_ARG(c->check[i].sentence));
	puts(c->ok ? "Nothing stands in the way." : "Something is broken: see above.");
}

int cmd_doctor(char **argument)
{
	const char *data = "";
	bool json = false;
	const struct option options[] = {
		{ "--data", &data, NULL },
		{ "--json", NULL, &json },
	};
	if (!cli_options(argument, options, countof(options), NULL)) return CLI_WRONG;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(MEMORY);
	/* config_read wants arguments as main has them, not const. */
	str flag = arena_copy(a, S("--data")), folder = arena_copy(a, str_of(data));
	char *said[3] = { NULL, NULL, NULL };
	memcpy(&said[0], &flag.p, sizeof(char *));
	memcpy(&said[1], &folder.p, sizeof(char *));
	struct config config;
	int code = cli_config(a, said, &config);
	if (code) return code;
	struct checkup *c = arena_new(a, struct checkup);
	c->ok = true;
	c->arena = a;
	c->config = &config;
	if (site_folder(config.data, c->site.folder)) return cli_failure();
	look_at_clock(c);
	look_for_server(c);
	look_at_network(c);
	look_at_port(c, "port", config.port);
	if (!c->serving) look_at_port(c, "content_port", config.content_port);
	look_at_folder(c);
	look_inside(c);
	c->checks = (struct json_list){ c->check, c->n };
	if (json)
		cli_print_json(&checkup_shape, c);
	else
		print(c);
	return c->ok ? CLI_OK : CLI_FAILED;
}
