/* SPDX-License-Identifier: Apache-2.0 */
#include "package/findings.h"

#include "base/buf.h"

static const struct {
	const char *code;
	enum finding_level level;
	const char *kk, *ru, *en;
} table[] = {
#define X(name, code, level, kk, ru, en) { code, FINDING_##level, kk, ru, en },
	FINDINGS(X)
#undef X
};

static const char *const level_words[] = { "fact", "repaired", "warning", "refused" };

static const struct json_field finding_fields[] = {
	JSON_TEXT(struct finding, code, true, 1, 40),
	JSON_TEXT(struct finding, level, true, 1, 10),
	JSON_TEXT(struct finding, detail, false, 0, 1000),
	JSON_TEXT(struct finding, kk, true, 1, 2000),
	JSON_TEXT(struct finding, ru, true, 1, 2000),
	JSON_TEXT(struct finding, en, true, 1, 2000),
};
const struct shape finding_shape = SHAPE("Finding", struct finding, finding_fields);

/* `template` with its detail in place. */
static str fill(struct arena *a, const char *template, str detail)
{
	struct buf b;
	buf_init(&b, 16 << 10);
	for (const char *p = template; *p; p++) {
		if (strncmp(p, "{}", 2) == 0) {
			buf_str(&b, detail);
			p += 1;
		} else if (strncmp(p, "{:}", 3) == 0) {
			if (detail.n) buf_str(&b, S(": "));
			buf_str(&b, detail);
			p += 2;
		} else
			buf_char(&b, *p);
	}
	str filled = arena_printf(a, "%.*s", STR_ARG(buf_as_str(&b)));
	buf_free(&b);
	return filled;
}

static size_t position_of(str code)
{
	size_t i = 0;
	while (i < countof(table) && !str_is(str_of(table[i].code), code)) i++;
	return i;
}

str finding_sentence(struct arena *a, const char *code, const char *language, str detail)
{
	size_t i = position_of(str_of(code));
	if (i == countof(table)) return STR_NONE;
	const char *template = table[i].en;
	if (strcmp(language, "kk") == 0) template = table[i].kk;
	if (strcmp(language, "ru") == 0) template = table[i].ru;
	return fill(a, template, detail);
}

bool finding_of(struct arena *a, str code, str detail, struct finding *out)
{
	size_t i = position_of(code);
	if (i == countof(table)) return false;
	*out = (struct finding){
		.code = str_of(table[i].code),
		.level = str_of(level_words[table[i].level]),
		.detail = detail,
		.kk = fill(a, table[i].kk, detail),
		.ru = fill(a, table[i].ru, detail),
		.en = fill(a, table[i].en, detail),
	};
	return true;
}

/* ---- gathering ---- */

struct findings *findings_open(struct arena *a)
{
	struct findings *f = arena_new(a, struct findings);
	f->arena = a;
	return f;
}

/* At most 120 bytes, cut between code points, control characters as blanks. */
static str short_detail(struct arena *a, str s)
{
	enum { LONGEST = 120 };
	size_t n = s.n;
	if (n > LONGEST) {
		n = LONGEST;
		while (n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
	}
	char *p = arena_alloc(a, n + sizeof "…");
	memcpy(p, s.p, n);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)p[i] < ' ') p[i] = ' ';
	if (n < s.n) {
		memcpy(p + n, "…", sizeof "…" - 1);
		n += sizeof "…" - 1;
	}
	return (str){ p, n };
}

void found(struct findings *f, enum finding_code code, str detail)
{
	size_t n = f->of[code].count;
	if (n < countof(f->of[code].detail)) {
		str shown = detail.p ? short_detail(f->arena, detail) : STR_NONE;
		for (size_t i = 0; i < n; i++)
			if (str_is(f->of[code].detail[i], shown)) return;
		f->of[code].detail[n] = shown;
	}
	f->of[code].count++;
}

/* "a, b, c (+7)" */
static str joined_detail(struct arena *a, const str *detail, size_t count)
{
	if (!detail[0].p) return STR_NONE;
	str all = detail[0];
	for (size_t i = 1; i < 3 && i < count; i++)
		all = arena_printf(a, "%.*s, %.*s", STR_ARG(all), STR_ARG(detail[i]));
	return count > 3 ? arena_printf(a, "%.*s (+%zu)", STR_ARG(all), count - 3) : all;
}

struct json_list findings_list(const struct findings *f)
{
	struct finding *all = arena_alloc(f->arena, FINDING_CODES * sizeof *all);
	size_t n = 0;
	for (size_t i = 0; i < FINDING_CODES; i++) {
		if (!f->of[i].count) continue;
		str detail = joined_detail(f->arena, f->of[i].detail, f->of[i].count);
		n += finding_of(f->arena, str_of(table[i].code), detail, &all[n]);
	}
	return (struct json_list){ all, n };
}

/* A refusal's sentence is "THING: what", with "zip" for the whole file. */
struct finding finding_of_refusal(struct arena *a)
{
	const struct err_note *note = err_last();
	str sentence = str_of(note->sentence), thing = sentence;
	for (size_t i = 0; i + 1 < sentence.n; i++)
		if (sentence.p[i] == ':' && sentence.p[i + 1] == ' ') thing.n = i;
	bool whole = thing.n == sentence.n || str_is(thing, S("zip"));
	/* A name is refused before it is known how the names of this zip are written. */
	thing = archive_decode(a, thing, archive_guess(thing));
	str detail = whole ? STR_NONE : short_detail(a, thing);
	struct finding f;
	if (!note->reason || !finding_of(a, str_of(note->reason), detail, &f))
		finding_of(a, S("zip-damaged"), STR_NONE, &f);
	return f;
}
