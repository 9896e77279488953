/* SPDX-License-Identifier: Apache-2.0 */
/* The browser's files: index.html, player.html, keeper.html, old.html and assets/NAME-HASH,
 * ready to send. Built in as a zip, or read from a folder while the UI is developed. Any
 * thread. */
#pragma once

#include "http/http.h"

struct ui;

/* `folder` is NULL or "" for the built-in files. */
fallible ui_open(const char *folder, struct ui **out);
void ui_close(struct ui *); /* takes NULL */
/* The Content-Security-Policy of the pages. */
extern const char ui_policy[];
/* NULL when there is none. `name` has no leading '/'. No lock and no allocation for
 * built-in files; the resource lives until ui_close. */
const struct resource *ui_find(struct ui *, str name);
/* The bytes of a file as they are, behind what `out` has already. */
fallible ui_read(struct ui *, str name, struct buf *out);
/* A page in which something that is known now takes the place of a word: what comes before
 * and after the null in its <script type="application/json" id="ID">null</script>. */
struct ui_page {
	struct buf bytes; /* the caller's, to free */
	str before, after;
};
fallible ui_page_read(struct ui *, str name, const char *id, struct ui_page *out);
/* Bytes of a built-in file without gzip: for server_options.plain. */
extern const struct resource_plain ui_plain;
