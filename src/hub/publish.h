/* SPDX-License-Identifier: Apache-2.0 */
/* What coordinators send down to sites: courses, announcements, the look of certificates,
 * lists of people. Each is an item (hub.h) and a row that says who published it for whom.
 * Of one name the newest publication counts; withdrawing it tells the sites so. */
#pragma once

#include "hub/hub.h"
#include "package/package.h"
#include "sync/items.h"

struct hub_publication {
	str id;          /* pub_… */
	str kind, scope; /* kind: "course", "news", "template", "roster" */
	str title;       /* of a course, of a file; the first words of an announcement */
	str item;        /* what sites know it by: "course/pub_…" */
	int64_t version, bytes;
	int64_t amount; /* parts of a course, people on a list; JSON_ABSENT */
	str sha256, not_before, not_after;
	str made_by, made_by_name; /* a coordinator, or "command" */
	int64_t made_at;
	int64_t ended_at; /* JSON_ABSENT: in force */
	/* Sites in its scope that are not cut off, and those of them that have it. */
	int64_t sites, have;
};
extern const struct shape hub_publication_shape;

/* Those whose scope lies in `scope`, or that reach into it, newest first, ≤ 200. `kind` "":
 * all. */
fallible hub_publication_all(struct db *, struct arena *, str scope, str kind,
                             struct json_list *out);
/* ERR_NOT_FOUND when it neither lies in `scope` nor reaches into it. */
fallible hub_publication_get(struct db *, struct arena *, str scope, str id,
                             struct hub_publication *out);
/* The one in force of an item's name; STR_NONE. */
fallible hub_publication_of(struct db *, struct arena *, str item, str *id_out);
/* The bytes of an item that lies in the database. */
fallible hub_publication_content(struct db *, struct arena *,
                                 const struct hub_publication *, str *out);
/* Takes it back: sites mark it at their next contact. Again is fine. `scope` is the
 * caller's: ERR_NOT_FOUND for what is not theirs to end. */
fallible hub_publication_end(struct tx *, str scope, str id, str who);

/* Lists of people whose last day is over (before `today`, YYYY-MM-DD) end: their names go,
 * here and at the sites. */
fallible hub_publications_over(struct tx *, str today);

/* ---- publishing ---- */
struct hub_publishing {
	str scope, title, who;
	str not_before, not_after; /* STR_NONE or "": at once, for ever */
	str file_name; /* of a course that came in, for the title of last resort; STR_NONE
	                */
	struct hub_publication out;
};
/* ERR_INVALID ("bad-scope", "bad-date", "bad-period", "too-long"). */
fallible hub_publish_news(struct tx *, struct arena *, const struct item_news *,
                          struct hub_publishing *);
/* `content` is a CentreTemplate (certificate.h) as JSON; one for each scope. */
fallible hub_publish_template(struct tx *, struct arena *, str content,
                              struct hub_publishing *);
/* `file` is a zip on this machine, looked through as an import would (the report says what
 * was found; ERR_REFUSED) and copied. ERR_CONFLICT ("published-already"): the same bytes
 * for the same scope are in force. */
fallible hub_publish_course(struct hub *, const char *file, struct arena *,
                            struct hub_publishing *, struct import_report *);
/* A name for a file that comes in, in the folder that hub_publish_course takes it from
 * without copying when `file` is that. */
fallible hub_incoming_path(const struct hub *, char out[FILE_PATH]);
/* Removes what a program that was killed left there. Only while nobody else serves. */
fallible hub_incoming_clean(const struct hub *);

/* ---- lists of people: CSV with surname, given name, patronymic, council ---- */
struct roster_refused {
	int64_t line;
	str why; /* "surname", "given", "patronymic", "council", "columns", "twice" */
};
struct roster_read {
	int64_t people, councils;
	struct json_list refused; /* of struct roster_refused, ≤ 200 */
	int64_t refused_all;
	struct json_list list; /* of struct roster_person */
};
extern const struct shape roster_read_shape; /* without the list */
/* `;`, `,` or tabs; with or without a line of headings (kk, ru, en), which then says the
 * order. ERR_INVALID ("not-utf8", "empty-list"), ERR_TOO_LARGE ("list-too-long"). */
fallible roster_read_csv(struct arena *, str text, struct roster_read *out);
/* One list for each scope, read until `not_after`. */
fallible hub_publish_roster(struct tx *, struct arena *, const struct roster_read *,
                            struct hub_publishing *);
/* Takes a person off every list that is in force. */
fallible roster_forget(struct tx *, struct arena *, str folded, str who);

/* ---- by file ---- */
struct hub_export {
	str site;            /* sit_… */
	int64_t course_most; /* bytes: larger courses stay out */
	int64_t most;        /* bytes of the section: courses that do not fit stay out */
	/* out */
	int64_t items, courses, left_out;
};
/* Adds a section with what the site is not known to have, sealed to it. ERR_NOT_FOUND,
 * ERR_DENIED ("revoked"). */
fallible hub_items_export(struct hub *, struct arena *, struct hub_export *,
                          struct buf *out);
