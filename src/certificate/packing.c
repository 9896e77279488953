/* SPDX-License-Identifier: Apache-2.0 */
/* The packing is found backwards: the fewest bytes from each place to the end, over the
 * codebook's pieces that begin there and a run of plain bytes of any length. */
#include "certificate/packing.h"

#include "certificate/codebook.h"

enum { END, PLAIN, FIRST }; /* bytes: the end, plain bytes follow, the codebook's first */

#define PIECE(text) { text, sizeof(text) - 1 },
static const str codebook[] = { CODEBOOK(PIECE) };
_Static_assert(countof(codebook) == 254, "one byte a piece");

/* What to do at a place of the text. */
struct step {
	uint16_t cost; /* bytes from here to the end */
	uint8_t code;  /* of the codebook; PLAIN */
	uint8_t plain; /* how many bytes are taken plain */
};

/* The best piece of the codebook at `i`. */
static void try_pieces(str text, size_t i, struct step *step)
{
	for (size_t k = 0; k < countof(codebook); k++) {
		size_t n = codebook[k].n;
		if (codebook[k].p[0] != text.p[i] || i + n > text.n ||
		    memcmp(text.p + i, codebook[k].p, n) != 0)
			continue;
		unsigned cost = 1u + step[i + n].cost;
		if (cost >= step[i].cost) continue;
		step[i] = (struct step){ (uint16_t)cost, (uint8_t)(k + FIRST), 0 };
	}
}

/* The best run of plain bytes: PLAIN, how many, the bytes. */
static void try_plain(str text, size_t i, struct step *step)
{
	for (size_t n = 1; n < 256 && i + n <= text.n; n++) {
		unsigned cost = 2u + (unsigned)n + step[i + n].cost;
		if (cost >= step[i].cost) continue;
		step[i] = (struct step){ (uint16_t)cost, PLAIN, (uint8_t)n };
	}
}

void pack_text(struct buf *out, str text)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(0);
	text = str_part(text, 0, PACK_TEXT);
	struct step *step = arena_alloc(a, (text.n + 1) * sizeof *step);
	for (size_t i = text.n; i-- > 0;) {
		step[i].cost = UINT16_MAX;
		try_pieces(text, i, step);
		try_plain(text, i, step);
	}
	for (size_t i = 0; i < text.n;) {
		buf_char(out, (char)step[i].code);
		if (step[i].code == PLAIN) {
			buf_char(out, (char)step[i].plain);
			buf_add(out, text.p + i, step[i].plain);
			i += step[i].plain;
		} else {
			i += codebook[step[i].code - FIRST].n;
		}
	}
	buf_char(out, END);
}

str unpack_text(struct arena *a, str *rest)
{
	struct buf text;
	buf_init(&text, PACK_TEXT);
	size_t i = 0;
	bool ended = false;
	while (i < rest->n && !ended) {
		uint8_t code = (uint8_t)rest->p[i++];
		if (code == END) {
			ended = true;
		} else if (code == PLAIN) {
			size_t n = i < rest->n ? (uint8_t)rest->p[i++] : 0;
			if (!n || i + n > rest->n) break;
			buf_add(&text, rest->p + i, n);
			i += n;
		} else {
			buf_str(&text, codebook[code - FIRST]);
		}
	}
	str out = STR_NONE;
	if (ended && !text.over && str_is_utf8(buf_as_str(&text)))
		out = text.n ? arena_copy(a, buf_as_str(&text)) : S("");
	buf_free(&text);
	if (out.p) *rest = str_part(*rest, i, rest->n);
	return out;
}
