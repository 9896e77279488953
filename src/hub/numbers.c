/* SPDX-License-Identifier: Apache-2.0 */
/* A few figures about the whole: for metrics. */
#include "base/time.h"
#include "hub/hub.h"

#define SILENT_MS (21LL * 24 * 60 * 60 * 1000)

SQL(hub_figures,
    "SELECT (SELECT COUNT(*) FROM hub_site WHERE revoked_at IS NULL),"
    " (SELECT COUNT(*) FROM hub_site WHERE heard_at < :silent AND revoked_at IS NULL),"
    " (SELECT COALESCE(SUM(records), 0) FROM hub_site),"
    " (SELECT COUNT(*) FROM hub_attention WHERE settled_at IS NULL)");

enum err hub_numbers(struct db *db, struct hub_numbers *out)
{
	QUERY(q, db, hub_figures);
	bind_int(&q, ":silent", time_now() - SILENT_MS);
	if (query_next(&q))
		*out = (struct hub_numbers){ column_int(&q, 0, 0), column_int(&q, 1, 0),
			                     column_int(&q, 2, 0), column_int(&q, 3, 0) };
	return query_end(&q);
}
