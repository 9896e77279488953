/* SPDX-License-Identifier: Apache-2.0 */
/* The trace: the last calls and requests with their outcome, in a ring. */
#include "scorm/bytes.h"
#include "scorm/sequencing.h"

enum { ROWS = 128, TEXT = 64 };

struct row {
	int64_t at_ms;
	int32_t activity, error;
	uint8_t n_what, n_value, has_value;
	char what[TEXT], value[TEXT];
};

struct scorm_trace_ring {
	uint32_t first, n;
	struct row row[ROWS];
};

bool trace_open(struct scorm *e)
{
	e->trace = scorm_take_raw(&e->memory, sizeof *e->trace);
	return e->trace != NULL;
}

void trace_reset(struct scorm *e)
{
	e->trace->first = e->trace->n = 0;
}

/* Cut to TEXT bytes, never within a character. */
static uint8_t cut(char *to, str s)
{
	size_t n = s.n < TEXT ? s.n : TEXT;
	if (n < s.n)
		while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
	if (n) memcpy(to, s.p, n);
	return (uint8_t)n;
}

void scorm_trace_add(struct scorm *e, int32_t activity, str what, str value, int error)
{
	if (e->dry) return;
	struct scorm_trace_ring *t = e->trace;
	struct row *r = &t->row[(t->first + t->n) % ROWS];
	if (t->n < ROWS)
		t->n++;
	else
		t->first = (t->first + 1) % ROWS;
	*r = (struct row){ .at_ms = e->now_ms, .activity = activity, .error = error };
	r->n_what = cut(r->what, what);
	r->n_value = cut(r->value, value);
	r->has_value = value.p != NULL;
}

size_t scorm_trace(const struct scorm *e, struct scorm_trace_row *out, size_t most)
{
	const struct scorm_trace_ring *t = e->trace;
	size_t n = t->n < most ? t->n : most;
	for (size_t i = 0; i < n; i++) {
		const struct row *r = &t->row[(t->first + t->n - n + i) % ROWS];
		out[i] = (struct scorm_trace_row){
			.at_ms = r->at_ms,
			.activity = r->activity,
			.what = { r->what, r->n_what },
			.value = r->has_value ? (str){ r->value, r->n_value } : STR_NONE,
			.error = r->error,
		};
	}
	return n;
}

void trace_bytes(struct scorm *e, struct bytes *b)
{
	struct scorm_trace_ring *t = e->trace;
	uint32_t n = t->n;
	bytes_u32(b, &n, ROWS);
	if (b->reading) {
		t->first = 0;
		t->n = n;
	}
	for (uint32_t i = 0; i < n && !(b->reading && b->bad); i++) {
		struct row *r = &t->row[(t->first + i) % ROWS];
		str what = { r->what, r->n_what };
		str value = r->has_value ? (str){ r->value, r->n_value } : STR_NONE;
		bytes_i64(b, &r->at_ms);
		bytes_i32(b, &r->activity, -1, e->tree->n - 1);
		bytes_i32(b, &r->error, 0, 1000);
		bytes_str(b, &what);
		bytes_str(b, &value);
		if (!b->reading) continue;
		if (!what.p || what.n > TEXT || value.n > TEXT) {
			b->bad = true;
			return;
		}
		r->n_what = cut(r->what, what);
		r->n_value = cut(r->value, value);
		r->has_value = value.p != NULL;
	}
}
