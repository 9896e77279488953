/* SPDX-License-Identifier: Apache-2.0 */
/* A site's side of the exchange: enrol, send what the hub has not signed for, look whether
 * both count the same, mend what differs, fetch what comes from above. Which road the bytes
 * take is the caller's business. */
#pragma once

#include "sync/code.h"
#include "sync/exchange.h"
#include "sync/journal.h"
#include "sync/link.h"

/* A way to the hub and back. */
struct road {
	void *context;
	/* As line_say. */
	enum err (*say)(void *context, str request, struct buf *reply, int *status_out,
	                int *wait_s_out);
	/* Lets `ms` pass; false: no longer wanted. */
	bool (*pause)(void *context, int64_t ms);
};
/* The road over HTTP. */
struct line;
struct road line_road(struct line *);

struct site_sync {
	struct store *store;
	const char *folder;
	const struct identity *identity;
	struct road road;
	/* What came from above, whole and of the right hash, newest version; in the job
	 * that also notes it. An error leaves it unnoted. Empty content and an empty hash:
	 * withdrawn. NULL: kept, but nobody does anything with it. */
	enum err (*apply)(struct tx *, void *context, const struct down_entry *,
	                  str content);
	/* Puts a large thing where it belongs, before `apply` and outside of any
	 * transaction; again is harmless. `path` NULL: is it there already? ERR_NOT_FOUND:
	 * no, its bytes are needed. */
	enum err (*keep)(void *context, const struct down_entry *, const char *path);
	void *apply_context;
};

struct sync_report {
	int64_t sent, known, quarantined; /* by this run */
	int64_t unsent;                   /* the hub has not signed for */
	int64_t records;                  /* in the journal of this site, all epochs */
	str total;                        /* hex: the sum of their ids */
	bool agreed;                      /* the hub counts the same */
	bool forked;                      /* the hub holds another past under our numbers */
	int64_t items;                    /* fetched from above */
	bool carried; /* bundle_import: the file also holds things from above */
};
extern const struct shape sync_report_shape;

/* One contact, from greeting to farewell; tries again by itself when the line breaks. How
 * it went is noted in hub_link too. The report is filled in as far as it came, also on
 * failure: ERR_BUSY ("no-line", "later"), ERR_INVALID ("not-the-hub"), ERR_DENIED with the
 * hub's word. */
fallible sync_run(struct site_sync *, struct arena *, struct sync_report *out);
/* Trades a code for a certificate, and pins the hub's key. `url` is written down. */
fallible sync_enrol(struct site_sync *, str url, str code, str name, str contact);
/* What the report's last five say, without any contact. */
fallible sync_look(struct db *, struct arena *, struct sync_report *out);
