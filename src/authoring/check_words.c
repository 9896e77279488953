/* SPDX-License-Identifier: Apache-2.0 */
/* The glossary: words that a term of law is not to be called by (glossary.tsv). Compared
 * without case, at the beginnings of words. */
#include "authoring/course.h"

/* Latin, Russian and Kazakh letters. */
static uint32_t lower(uint32_t c)
{
	if (c >= 'A' && c <= 'Z') return c + 32;
	if (c >= 0x410 && c <= 0x42F) return c + 32;
	if (c >= 0x400 && c <= 0x40F) return c + 80;
	if (c >= 0x48A && c <= 0x4BF && c % 2 == 0) return c + 1;
	if (c >= 0x4D0 && c <= 0x52F && c % 2 == 0) return c + 1;
	return c;
}

static bool is_letter(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 0x400 && c <= 0x52F);
}

/* How many bytes of `text` say `word`; 0 when it does not begin with it. */
static size_t says(str text, str word)
{
	bool any_ending = str_ends(word, S("*"));
	str rest = text;
	uint32_t a, b;
	if (any_ending) word = str_part(word, 0, word.n - 1);
	while (word.n) {
		size_t n = str_rune(word, &b), m = str_rune(rest, &a);
		if (!n || !m || lower(a) != lower(b)) return 0;
		word = str_part(word, n, word.n);
		rest = str_part(rest, m, rest.n);
	}
	if (!any_ending && str_rune(rest, &a) && is_letter(lower(a))) return 0;
	return text.n - rest.n;
}

static void check_word(struct course *c, str file, str text, const struct forbidden *f)
{
	int line = 1;
	bool inside = false; /* of a word */
	uint32_t r;
	for (size_t n; (n = str_rune(text, &r)) > 0; text = str_part(text, n, text.n)) {
		if (r == '\n') line++;
		bool letter = is_letter(lower(r));
		size_t said = letter && !inside ? says(text, f->word) : 0;
		if (said)
			problem(&c->problems, PROBLEM_GLOSSARY, file, line,
			        arena_printf(c->arena, "%.*s → %.*s",
			                     STR_ARG(str_part(text, 0, said)),
			                     STR_ARG(f->instead)));
		inside = letter;
	}
}

void check_words(struct course *c)
{
	for (size_t k = 0; k < c->tables.n_forbidden; k++) {
		const struct forbidden *f = &c->tables.forbidden[k];
		enum language l = f->language;
		if (!c->has[l]) continue;
		for (size_t i = 0; i < c->n_lessons; i++)
			check_word(c, c->lesson[i].in[l].file, c->lesson[i].in[l].text, f);
		for (size_t i = 0; i < c->n_annexes; i++)
			check_word(c, c->annex[i].in[l].file, c->annex[i].in[l].text, f);
		check_word(c, question_file(c, l), c->bank_text[l], f);
	}
}
