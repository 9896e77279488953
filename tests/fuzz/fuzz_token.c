/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens, lists of revocations, lists of trust and PDFs from anybody. What can be read
 * holds well-formed texts, its Base45 reads back as the same bytes, and nothing that was
 * made up verifies as issued by a hub. */
#include "certificate/base45.h"
#include "certificate/verify.h"
#include "seal/seal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_bytes_as_token(struct arena *a, const uint8_t *data, size_t size)
{
	struct token t, again;
	struct trust_list nobody = { 0 };
	struct verifying with = { &nobody, NULL, 0, S("2026-01-01") };
	struct verdict v;
	if (!token_read(a, data, size, &t)) return;
	const str texts[] = { t.facts.surname, t.facts.given, t.facts.course,
		              t.facts.issuer };
	for (size_t i = 0; i < countof(texts); i++)
		if (!str_is_utf8(texts[i])) abort();
	verify_token(a, &t, &with, &v);
	if (str_is(v.status, S("valid"))) abort();
	if (!token_find(a, token_text(a, &t), &again)) abort();
	if (again.n != t.n || memcmp(again.bytes, t.bytes, t.n) != 0) abort();
	if (!token_find(a, token_link(a, &t, S("hub.kz")), &again)) abort();
	if (again.n != t.n || memcmp(again.bytes, t.bytes, t.n) != 0) abort();
}

static void read_bytes_as_base45(struct arena *a, str text)
{
	const uint8_t *bytes;
	size_t n;
	struct buf again;
	if (!base45_read(a, text, &bytes, &n)) return;
	buf_init(&again, 2 * text.n + 16);
	base45_write(&again, bytes, n);
	if (!str_is(buf_as_str(&again), text) && text.n) abort();
	buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool started;
	if (!started && seal_start()) abort();
	started = true;
	struct arena *a = arena_open((size_t)8 << 20);
	str text = { (const char *)data, size }, link[4];
	struct token t;
	struct revocations list;
	struct trust_list trust;
	char serial[SERIAL_TEXT];
	read_bytes_as_token(a, data, size);
	read_bytes_as_base45(a, text);
	if (token_find(a, text, &t)) read_bytes_as_token(a, t.bytes, t.n);
	if (revocations_read(a, text, &list) == ERR_OK && list.entry.n > size) abort();
	if (trust_list_read(a, text, &trust) == ERR_OK && trust.hubs.n > size) abort();
	if (serial_read(text, serial, NULL) && !serial_read(str_of(serial), serial, NULL))
		abort();
	if (verify_find_in_pdf(a, text, link, 4) > 4) abort();
	arena_close(a);
	return 0;
}
