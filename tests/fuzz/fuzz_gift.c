/* SPDX-License-Identifier: Apache-2.0 */
/* What the GIFT reader takes, its writer gives back: written and read again it is the same
 * bank, and written again the same text. */
/* needs: support/gift_write.c */
#include "authoring/gift.h"
#include "fuzz/fuzz.h"
#include "support/gift_write.h"

/* Absent and empty are written alike. */
static void same(str a, str b)
{
	check(a.n == b.n && (a.n == 0 || !memcmp(a.p, b.p, a.n)));
}

static void same_answer(const struct gift_answer *a, const struct gift_answer *b)
{
	same(a->text, b->text);
	same(a->match, b->match);
	same(a->feedback, b->feedback);
	same(a->least, b->least);
	same(a->most, b->most);
	same(a->tolerance, b->tolerance);
	check(a->weight >= b->weight && a->weight <= b->weight);
}

static void same_question(const struct gift_question *a, const struct gift_question *b)
{
	same(a->id, b->id);
	same(a->name, b->name);
	same(a->category, b->category);
	same(a->text, b->text);
	same(a->tail, b->tail);
	same(a->feedback, b->feedback);
	check(a->type == b->type && a->n == b->n && a->n_tags == b->n_tags);
	check(a->markdown == b->markdown && a->has_tail == b->has_tail);
	for (size_t i = 0; i < a->n_tags; i++) same(a->tag[i], b->tag[i]);
	for (size_t i = 0; i < a->n; i++) same_answer(&a->answer[i], &b->answer[i]);
}

static void round_trip(str text, struct arena *a)
{
	struct gift_bank one, two;
	struct buf once, twice;
	int line = 0;
	enum err e = gift_read(text, a, &one, &line);
	check(e == ERR_OK || e == ERR_INVALID || e == ERR_TOO_LARGE);
	if (e == ERR_INVALID) check(err_last()->reason && line >= 1);
	if (e) return;
	buf_init(&once, (size_t)16 << 20);
	buf_init(&twice, (size_t)16 << 20);
	gift_write(&once, &one);
	check(!once.over);
	check(gift_read(buf_as_str(&once), a, &two, &line) == ERR_OK);
	check(one.n == two.n);
	for (size_t i = 0; i < one.n; i++)
		same_question(&one.question[i], &two.question[i]);
	gift_write(&twice, &two);
	check(str_is(buf_as_str(&once), buf_as_str(&twice)) || !once.n);
	buf_free(&once);
	buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	str text = { n ? (const char *)bytes : "", n };
	if (n > 1 << 16 || !str_is_utf8(text) || memchr(text.p, 0, n)) return 0;
	struct arena *a = arena_open((size_t)64 << 20);
	round_trip(text, a);
	arena_close(a);
	return 0;
}
