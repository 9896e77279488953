/* SPDX-License-Identifier: Apache-2.0 */
/* How many members each council has, as the register says: what the share of those who are
 * trained is reckoned by. A table brought as CSV (a spreadsheet "saved as CSV UTF-8"):
 * columns for region, district code, council, members, found by their titles in Kazakh,
 * Russian or English; or the desk's own table of councils, filled in. It is looked into
 * first; what is refused is told line by line, and the rest counts when somebody says so.
 */
#pragma once

#include "hub/hub.h"

#define MEMBERS_FILE ((size_t)4 << 20)
#define MEMBERS_LINES 20000
#define MEMBERS_SHOWN 500 /* of each list in a report */

struct members_line {
	int64_t line; /* of the file, from 1 */
	str scope, council;
	int64_t members, before; /* before: JSON_ABSENT: not known */
	bool fresh;              /* a council that nobody has named yet */
	/* STR_NONE; or refused: "few-cells", "no-region", "bad-district", "other-scope",
	 * "no-council", "bad-members", "twice" */
	str reason;
	str text; /* of a refused one: the line as it came, shortened */
};
struct members_file {
	struct members_line *line;
	size_t n;
};
struct members_report {
	int64_t lines, changed, fresh, same, refused;
	struct json_list changes, refusals; /* of struct members_line, ≤ MEMBERS_SHOWN */
};
extern const struct shape members_report_shape;

/* Reads the lines and refuses what is wrong in itself, or outside of `scope`. ERR_INVALID:
 * "not-utf8", "no-columns", "no-lines"; ERR_TOO_LARGE. */
fallible members_read(struct arena *, str bytes, str scope, struct members_file *out);
/* What each good line would change. */
fallible members_look(struct db *, struct arena *, struct members_file *,
                      struct members_report *out);
/* Does it; the report is of what was done. */
fallible members_apply(struct tx *, struct arena *, struct members_file *, str who,
                       struct members_report *out);
