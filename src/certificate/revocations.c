/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate/revocations.h"

#include "base/text.h"
#include "base/time.h"
#include "certificate/serial.h"

#define PURPOSE "kenes revocations 1"
#define FIRST_LINE "kenes-revocations 1"
#define SIGNATURE_TEXT 86 /* base64url of 64 bytes */

bool revocation_reason_is(str word)
{
	return str_is(word, S("mistake")) || str_is(word, S("not-earned")) ||
	       str_is(word, S("request")) || str_is(word, S("other"));
}

void revocations_write(struct buf *out, const struct identity *id, int64_t dated_at,
                       struct json_list entries)
{
	char key[2 * SEAL_PUBLIC + 1], dated[TIME_TEXT], signature[SIGNATURE_TEXT + 1];
	uint8_t bytes[SEAL_SIGNATURE];
	const struct revocation *r = entries.items;
	text_hex(id->public_key, SEAL_PUBLIC, key);
	time_write(dated_at, dated);
	buf_reset(out);
	buf_printf(out, FIRST_LINE "\nissuer %s\ndated %s\n", key, dated);
	for (size_t i = 0; i < entries.n; i++) {
		bool revoked = !r[i].by.p;
		str last = revoked ? r[i].reason : r[i].by;
		buf_printf(out, "%s %.*s %.*s %.*s\n", revoked ? "revoked" : "superseded",
		           STR_ARG(r[i].serial), STR_ARG(r[i].on), STR_ARG(last));
	}
	identity_sign(id, PURPOSE, out->p, out->n, bytes);
	text_base64url(bytes, sizeof bytes, signature);
	buf_printf(out, "signature %s\n", signature);
}

/* What follows a word and a blank on the next line; STR_NONE when it is another word. */
static str line_of(str *rest, str word)
{
	str line, before = *rest;
	if (!str_cut(rest, '\n', &line) || !str_starts(line, word)) {
		*rest = before;
		return STR_NONE;
	}
	return str_trim(str_part(line, word.n, line.n));
}

static bool read_entry(struct arena *a, str line, struct revocation *out)
{
	str rest = line, word, serial, on, last;
	char clean[SERIAL_TEXT], by[SERIAL_TEXT];
	if (!str_cut(&rest, ' ', &word) || !str_cut(&rest, ' ', &serial) ||
	    !str_cut(&rest, ' ', &on) || !str_cut(&rest, ' ', &last) || rest.n)
		return false;
	if (!serial_read(serial, clean, NULL) || !time_is_date(on)) return false;
	struct revocation r = { .serial = arena_copy(a, str_of(clean)), .on = on };
	if (str_is(word, S("revoked")) && revocation_reason_is(last))
		r.reason = last;
	else if (str_is(word, S("superseded")) && serial_read(last, by, NULL))
		r.by = arena_copy(a, str_of(by));
	else
		return false;
	*out = r;
	return true;
}

static bool read_entries(struct arena *a, str body, struct json_list *out)
{
	size_t most = 0, n = 0;
	for (size_t i = 0; i < body.n; i++) most += body.p[i] == '\n';
	if (most > REVOCATIONS_MOST) return false;
	struct revocation *list = arena_try(a, (most + 1) * sizeof *list);
	str line;
	if (!list) return false;
	while (str_cut(&body, '\n', &line))
		if (n == most || !read_entry(a, line, &list[n++])) return false;
	*out = (struct json_list){ list, n };
	return true;
}

/* The list and where its signature begins. */
static bool read_list(struct arena *a, str text, struct revocations *out, size_t *signed_n)
{
	str rest = text, first;
	if (!str_cut(&rest, '\n', &first) || !str_is(first, S(FIRST_LINE))) return false;
	str key = line_of(&rest, S("issuer ")), dated = line_of(&rest, S("dated "));
	int64_t at;
	if (!text_unhex(key, out->public_key, SEAL_PUBLIC) || !time_read(dated, &at))
		return false;
	size_t tail = sizeof("signature ") - 1 + SIGNATURE_TEXT + 1;
	if (rest.n < tail || text.p[text.n - 1] != '\n') return false;
	key_id_of(out->public_key, out->key_id);
	out->dated = arena_copy(a, dated);
	*signed_n = text.n - tail;
	return read_entries(a, arena_copy(a, str_part(rest, 0, rest.n - tail)),
	                    &out->entry);
}

enum err revocations_read(struct arena *a, str text, struct revocations *out)
{
	struct revocations list = { 0 };
	uint8_t signature[SEAL_SIGNATURE];
	size_t n = 0;
	if (!read_list(a, text, &list, &n))
		return FAIL_WHY(ERR_INVALID, "no-revocations",
		                "this is not a list of revocations");
	str rest = str_part(text, n, text.n);
	str word = line_of(&rest, S("signature "));
	if (!text_unbase64url(word, signature, sizeof signature) ||
	    !seal_signed(list.public_key, PURPOSE, text.p, n, signature))
		return FAIL_WHY(ERR_INVALID, "no-revocations",
		                "the list of revocations has been altered");
	*out = list;
	return ERR_OK;
}

const struct revocation *revocations_find(const struct revocations *list, str serial)
{
	const struct revocation *r = list->entry.items;
	for (size_t i = list->entry.n; i-- > 0;)
		if (str_is(r[i].serial, serial)) return &r[i];
	return NULL;
}
