/* SPDX-License-Identifier: Apache-2.0 */
#include "hub/regions.h"

#include "base/text.h"

/* clang-format off */
static const struct { const char *code, *names[3]; bool city; } list[] = {
	{ "KZ-10", { "Абай", "Абай", "Abai" }, false },
	{ "KZ-11", { "Ақмола", "Акмолинская", "Akmola" }, false },
	{ "KZ-15", { "Ақтөбе", "Актюбинская", "Aktobe" }, false },
	{ "KZ-19", { "Алматы", "Алматинская", "Almaty" }, false },
	{ "KZ-23", { "Атырау", "Атырауская", "Atyrau" }, false },
	{ "KZ-27", { "Батыс Қазақстан", "Западно-Казахстанская", "West Kazakhstan" }, false },
	{ "KZ-31", { "Жамбыл", "Жамбылская", "Jambyl" }, false },
	{ "KZ-33", { "Жетісу", "Жетысу", "Jetisu" }, false },
	{ "KZ-35", { "Қарағанды", "Карагандинская", "Karaganda" }, false },
	{ "KZ-39", { "Қостанай", "Костанайская", "Kostanay" }, false },
	{ "KZ-43", { "Қызылорда", "Кызылординская", "Kyzylorda" }, false },
	{ "KZ-47", { "Маңғыстау", "Мангистауская", "Mangystau" }, false },
	{ "KZ-55", { "Павлодар", "Павлодарская", "Pavlodar" }, false },
	{ "KZ-59", { "Солтүстік Қазақстан", "Северо-Казахстанская", "North Kazakhstan" }, false },
	{ "KZ-61", { "Түркістан", "Туркестанская", "Turkistan" }, false },
	{ "KZ-62", { "Ұлытау", "Улытау", "Ulytau" }, false },
	{ "KZ-63", { "Шығыс Қазақстан", "Восточно-Казахстанская", "East Kazakhstan" }, false },
	{ "KZ-71", { "Астана", "Астана", "Astana" }, true },
	{ "KZ-75", { "Алматы", "Алматы", "Almaty" }, true },
	{ "KZ-79", { "Шымкент", "Шымкент", "Shymkent" }, true },
};
static const char *const region_words[] = { "облысы", "обл", "область", "region" };
static const char *const city_words[] = { "қаласы", "қала", "қ", "город", "гор", "г", "city" };
/* clang-format on */

enum { EITHER, REGION, CITY };

struct regions {
	str name[countof(list)][3];
	str region_word[countof(region_words)], city_word[countof(city_words)];
};

struct regions *regions_new(struct arena *a)
{
	struct regions *r = arena_new(a, struct regions);
	for (size_t i = 0; i < countof(list); i++)
		for (size_t j = 0; j < 3; j++)
			r->name[i][j] = text_fold(a, str_of(list[i].names[j]));
	for (size_t i = 0; i < countof(region_words); i++)
		r->region_word[i] = text_fold(a, str_of(region_words[i]));
	for (size_t i = 0; i < countof(city_words); i++)
		r->city_word[i] = text_fold(a, str_of(city_words[i]));
	return r;
}

static bool is_among(str word, const str *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, words[i])) return true;
	return false;
}

/* The name without its kind: "акмолинская обл." → "акмолинская", REGION. */
static str strip(const struct regions *r, struct arena *a, str folded, int *kind_out)
{
	char *p = arena_alloc(a, folded.n + 2);
	size_t n = 0;
	str word;
	*kind_out = EITHER;
	for (size_t i = 0; i < folded.n; i++)
		((char *)(uintptr_t)folded.p)[i] = folded.p[i] == '.' ? ' ' : folded.p[i];
	while (str_cut(&folded, ' ', &word)) {
		if (is_among(word, r->region_word, countof(region_words)))
			*kind_out = REGION;
		else if (is_among(word, r->city_word, countof(city_words)))
			*kind_out = CITY;
		else if (word.n) {
			if (n) p[n++] = ' ';
			memcpy(p + n, word.p, word.n);
			n += word.n;
		}
	}
	return (str){ p, n };
}

str regions_find(const struct regions *r, struct arena *a, str name)
{
	int kind;
	str core = strip(r, a, text_fold(a, name), &kind), found = STR_NONE;
	for (size_t i = 0; i < countof(list); i++) {
		if (str_is(name, str_of(list[i].code))) return name;
		if (kind != EITHER && list[i].city != (kind == CITY)) continue;
		if (!core.n || !is_among(core, r->name[i], 3)) continue;
		if (found.p) return STR_NONE;
		found = str_of(list[i].code);
	}
	return found;
}
