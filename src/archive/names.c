/* SPDX-License-Identifier: Apache-2.0 */
/* Names of members. A zip says that a name is UTF-8 by bit 11 of its flags or by Info-ZIP's
 * field 0x7075; without them the name is in whatever the maker's machine used. Where every
 * such name is well-formed UTF-8 they all are; otherwise all are in one of the code pages
 * of Kazakhstan: CP866 (Windows Explorer), windows-1251, KZ-1048 (KZ STRK 1048, 1251 with
 * the Kazakh letters). One archive, one encoding: "раз" in CP866 happens to be UTF-8 too,
 * so names cannot be judged one by one. */
#include "archive/inside.h"

#include "base/xml_encodings.h"

/* What each byte of a one-byte encoding means. */
struct code_page {
	int rune[256];
};

static struct code_page code_page(const char *encoding)
{
	struct code_page page;
	bool known = xml_encoding_map(encoding, page.rune);
	assert(known);
	return page;
}

bool encoding_is_known(const char *name)
{
	static const char *const known[] = { "utf-8", "cp866", "windows-1251", "kz-1048" };
	for (size_t i = 0; i < countof(known); i++)
		if (strcmp(name, known[i]) == 0) return true;
	return false;
}

/* Writes one code point below U+10000; the bytes written. */
static size_t put_rune(char *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	out[0] = (char)(0xE0 | c >> 12);
	out[1] = (char)(0x80 | (c >> 6 & 0x3F));
	out[2] = (char)(0x80 | (c & 0x3F));
	return 3;
}

str archive_decode(struct arena *a, str raw, const char *encoding)
{
	if (!encoding_is_known(encoding)) return STR_NONE;
	if (str_is_utf8(raw) && strcmp(encoding, "utf-8") == 0) return raw;
	char *p = arena_try(a, raw.n * 3 + 1);
	if (!p) return STR_NONE;
	/* What should be UTF-8 and is not is at least readable as windows-1252. */
	struct code_page page =
		code_page(strcmp(encoding, "utf-8") == 0 ? "windows-1252" : encoding);
	size_t n = 0;
	for (size_t i = 0; i < raw.n; i++)
		n += put_rune(p + n, (uint32_t)page.rune[(unsigned char)raw.p[i]]);
	return (str){ p, n };
}

static bool is_russian_letter(int c)
{
	return (c >= 0x410 && c <= 0x44F) || c == 0x401 || c == 0x451;
}

/* Letters that a Russian would read there, by either code page. */
struct letters {
	int cp866[256], cp1251[256];
	size_t as_866, as_1251;
};

static void letters_begin(struct letters *l)
{
	bool known = xml_encoding_map("cp866", l->cp866) &&
	             xml_encoding_map("windows-1251", l->cp1251);
	assert(known);
	l->as_866 = l->as_1251 = 0;
}

static void letters_count(struct letters *l, str raw)
{
	for (size_t i = 0; i < raw.n; i++) {
		unsigned char c = (unsigned char)raw.p[i];
		l->as_866 += is_russian_letter(l->cp866[c]);
		l->as_1251 += is_russian_letter(l->cp1251[c]);
	}
}

/* Where every letter is one by both, as in папка, which CP866 would read as яряър, it is
 * 1251: its E0 to EF are а to п, with most vowels; those of CP866 are р to я. */
static const char *letters_say(const struct letters *l)
{
	bool likelier = l->as_1251 && l->as_1251 >= l->as_866;
	return likelier ? "windows-1251" : "cp866";
}

const char *names_guess(const struct archive *a)
{
	struct letters letters;
	bool all_utf8 = true;
	letters_begin(&letters);
	for (size_t i = 0; i < a->n; i++) {
		if (a->certain[i].p) continue;
		str raw = a->member[i].raw_name;
		if (all_utf8 && !str_is_utf8(raw)) all_utf8 = false;
		letters_count(&letters, raw);
	}
	return all_utf8 ? "utf-8" : letters_say(&letters);
}

const char *archive_guess(str raw)
{
	struct letters letters;
	letters_begin(&letters);
	letters_count(&letters, raw);
	return str_is_utf8(raw) ? "utf-8" : letters_say(&letters);
}

str name_shown(str name)
{
	enum { SHOWN = 160 };
	if (name.n <= SHOWN) return name;
	size_t n = SHOWN;
	while (n && ((unsigned char)name.p[n] & 0xC0) == 0x80) n--;
	return str_part(name, 0, n);
}

static bool is_drive(str name)
{
	char c = name.n >= 2 ? (char)(name.p[0] | 0x20) : 0;
	return c >= 'a' && c <= 'z' && name.p[1] == ':';
}

static bool is_clean(str name)
{
	if (memchr(name.p, '\\', name.n) || memchr(name.p, 0, name.n)) return false;
	str rest = name, part;
	while (str_cut(&rest, '/', &part))
		if (part.n == 0 || str_is(part, S(".")) || str_is(part, S("..")))
			return false;
	return true;
}

#define LEADS_OUT(name)                                                                 \
	FAIL_WHY(ERR_REFUSED, "zip-slip", "%.*s: a name that leads out of the package", \
	         STR_ARG(name_shown(name)))

enum err name_tidy(struct arena *a, str name, str *out)
{
	if (name.n && (name.p[0] == '/' || name.p[0] == '\\')) return LEADS_OUT(name);
	if (is_drive(name) || memchr(name.p, 0, name.n)) return LEADS_OUT(name);
	if (is_clean(name)) {
		*out = name;
		return ERR_OK;
	}
	char *p = arena_try(a, name.n + 1);
	if (!p) return FAIL(ERR_TOO_LARGE, "zip: too many long names");
	memcpy(p, name.p, name.n);
	for (size_t i = 0; i < name.n; i++)
		if (p[i] == '\\') p[i] = '/';
	str rest = { p, name.n }, part;
	size_t n = 0;
	while (str_cut(&rest, '/', &part)) {
		if (part.n == 0 || str_is(part, S("."))) continue;
		if (str_is(part, S(".."))) return LEADS_OUT(name);
		if (n) p[n++] = '/';
		memmove(p + n, part.p, part.n);
		n += part.n;
	}
	p[n] = 0;
	if (n == 0)
		return FAIL_WHY(ERR_REFUSED, "zip-damaged", "zip: a member without a name");
	*out = (str){ p, n };
	return ERR_OK;
}
