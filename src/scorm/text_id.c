/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers and words of a vocabulary. */
#include "scorm/text.h"

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* RFC 2396 unreserved and reserved characters, and the '#' before a fragment. */
static bool is_uri_char(char c)
{
	if ((unsigned char)c >= 0x80) return true; /* anyURI allows them unescaped */
	if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return true;
	return c && strchr("-_.!~*'();/?:@&=+$,#", c);
}

/* urn:NID:NSS, neither of them empty. */
static bool is_urn(str s)
{
	str nid;
	s = str_part(s, 4, s.n);
	return str_cut(&s, ':', &nid) && nid.n && s.n;
}

bool text_uri(str s)
{
	if (!s.n) return false;
	for (size_t i = 0; i < s.n; i++) {
		bool escape = s.p[i] == '%' && i + 2 < s.n && is_hex(s.p[i + 1]) &&
		              is_hex(s.p[i + 2]);
		if (!escape && !is_uri_char(s.p[i])) return false;
	}
	return !str_is_nocase(str_part(s, 0, 4), S("urn:")) || is_urn(s);
}

bool text_identifier(str s)
{
	if (!s.n || s.n > 255) return false;
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F) return false;
	return true;
}

bool text_word(str s, const char *words)
{
	str rest = str_of(words), word;
	while (text_cut(&rest, S("|"), &word))
		if (str_is(s, word)) return true;
	return false;
}

bool text_cut(str *rest, str mark, str *piece)
{
	if (!rest->p) return false;
	for (size_t i = 0; i + mark.n <= rest->n; i++) {
		const char *found = memchr(rest->p + i, mark.p[0], rest->n - i);
		if (!found) break;
		i = (size_t)(found - rest->p);
		if (!str_starts(str_part(*rest, i, rest->n), mark)) continue;
		*piece = str_part(*rest, 0, i);
		*rest = str_part(*rest, i + mark.n, rest->n);
		return true;
	}
	*piece = *rest;
	*rest = STR_NONE;
	return true;
}
