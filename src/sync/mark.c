/* SPDX-License-Identifier: Apache-2.0 */
/* A file beside the database that says how far facts have left this folder. Written before
 * they leave: a database that does not hold what it names is an older copy, put back. It is
 * not in the database for that very reason. */
#include <stdio.h>

#include "base/file.h"
#include "base/text.h"
#include "sync/inside.h"

#define MARK_FILE "site.mark"

struct mark_file {
	str site, head;
	int64_t epoch, seq;
};
static const struct json_field mark_fields[] = {
	JSON_TEXT(struct mark_file, site, true, ID_TEXT - 1, ID_TEXT - 1),
	JSON_INT(struct mark_file, epoch, true, 1, RECORD_EPOCH),
	JSON_INT(struct mark_file, seq, true, 1, RECORD_EPOCH),
	JSON_TEXT(struct mark_file, head, true, 2 * RECORD_ID, 2 * RECORD_ID),
};
static const struct shape mark_shape = SHAPE("MarkFile", struct mark_file, mark_fields);

enum err mark_read(const char *folder, str site, struct mark *out)
{
	char path[FILE_PATH];
	struct mark_file file;
	str text;
	*out = (struct mark){ 0 };
	TRY(file_path(path, folder, MARK_FILE));
	if (!file_exists(path)) return ERR_OK;
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(16 << 10);
	TRY(file_read(path, 4096, a, &text));
	if (json_read(text, &mark_shape, JSON_LENIENT, a, &file) ||
	    !text_unhex(file.head, out->head, RECORD_ID))
		return FAIL(
			ERR_CORRUPT,
			"%.150s is damaged: delete it, then this site begins a new epoch "
			"when the centre asks for one",
			path);
	if (!str_is(file.site, site)) return ERR_OK;
	out->epoch = file.epoch;
	out->seq = file.seq;
	return ERR_OK;
}

enum err journal_mark(const char *folder, const struct journal_epoch *e)
{
	char path[FILE_PATH], head[2 * RECORD_ID + 1];
	if (!e->seq) return ERR_OK;
	TRY(file_path(path, folder, MARK_FILE));
	text_hex(e->head, RECORD_ID, head);
	struct mark_file file = { e->site, str_of(head), e->epoch, e->seq };
	struct buf text;
	buf_init(&text, 4096);
	json_write(&text, &mark_shape, &file);
	buf_char(&text, '\n');
	enum err err = file_write(path, buf_as_str(&text), 0600);
	buf_free(&text);
	return err;
}
