/* SPDX-License-Identifier: Apache-2.0 */
/* The link behind the QR code is in our PDFs as the address of a link over it: a literal
 * string (ISO 32000-1 §7.3.4.2) in a plain object. Other programs may rewrite a PDF so that
 * it is found no more; then the QR code itself is what to read. */
#include "certificate/verify.h"

#define STRING_MOST 2000

/* One character of a literal string, with its escapes taken away. */
static bool next_char(str pdf, size_t *i, char *out)
{
	if (*i >= pdf.n) return false;
	char c = pdf.p[(*i)++];
	if (c != '\\') {
		*out = c;
		return true;
	}
	unsigned v = 0, digits = 0;
	while (digits < 3 && *i < pdf.n && pdf.p[*i] >= '0' && pdf.p[*i] <= '7') {
		v = v * 8 + (unsigned)(pdf.p[(*i)++] - '0');
		digits++;
	}
	if (digits)
		*out = (char)v;
	else if (*i < pdf.n)
		*out = pdf.p[(*i)++];
	else
		return false;
	return true;
}

/* The literal string behind a '(' at `i`; its end when it is one of ours. */
static str read_string(struct arena *a, str pdf, size_t i)
{
	char text[STRING_MOST];
	size_t n = 0;
	while (n < sizeof text && i < pdf.n && pdf.p[i] != ')')
		if (!next_char(pdf, &i, &text[n++])) return STR_NONE;
	if (n == sizeof text || i >= pdf.n) return STR_NONE;
	return arena_copy(a, (str){ text, n });
}

/* One of ours, even when its token was altered so that it can be read no more. */
static bool is_link(str s)
{
	size_t hash = str_index(s, '#');
	return str_starts(s, S("KENES/V#")) ||
	       (str_starts(s, S("https://")) && hash < s.n &&
	        str_ends(str_part(s, 0, hash), S("/v")));
}

size_t verify_find_in_pdf(struct arena *a, str pdf, str *out, size_t most)
{
	static const char mark[] = "/URI (";
	size_t n = 0, m = sizeof mark - 1;
	for (size_t i = 0; i + m < pdf.n && n < most; i++) {
		if (pdf.p[i] != '/' || memcmp(pdf.p + i, mark, m) != 0) continue;
		str text = read_string(a, pdf, i + m);
		if (text.p && is_link(text)) out[n++] = text;
	}
	return n;
}
