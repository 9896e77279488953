/* SPDX-License-Identifier: Apache-2.0 */
/* Titles by language. <title> of a manifest has room for one text; its metadata (LOM 1.2:
 * general/title) may give it in several languages: langstring with xml:lang in SCORM 1.2,
 * string with language in 2004. Many tools leave a template's word there, so a single one
 * is not believed: two of our languages show that somebody meant it. */
#include "package/reading.h"

enum { LONGEST = 900 }; /* bytes; a longer one is no title */

static const struct json_field titles_fields[] = {
	JSON_TEXT(struct titles, kk, false, 1, 900),
	JSON_TEXT(struct titles, ru, false, 1, 900),
	JSON_TEXT(struct titles, en, false, 1, 900),
};
const struct shape titles_shape = SHAPE("Titles", struct titles, titles_fields);

static str *place_for(struct titles *t, str language)
{
	str two = str_part(language, 0, 2);
	if (str_is_nocase(two, S("kk"))) return &t->kk;
	if (str_is_nocase(two, S("ru"))) return &t->ru;
	if (str_is_nocase(two, S("en"))) return &t->en;
	return NULL;
}

static str language_of(const struct xml_node *text)
{
	str language = xml_attr(text, "language");
	return language.p ? language : xml_attr(text, "lang");
}

const struct titles *titles_read(struct arena *a, const struct xml_node *described)
{
	const struct xml_node *lom = xml_child(xml_child(described, "metadata"), "lom");
	const struct xml_node *title = xml_child(xml_child(lom, "general"), "title");
	struct titles found = { STR_NONE, STR_NONE, STR_NONE };
	for (const struct xml_node *x = title ? title->first : NULL; x; x = x->next) {
		str *place = place_for(&found, language_of(x));
		str text = str_trim(x->text);
		if (place && text.n && text.n <= LONGEST) *place = text;
	}
	if ((found.kk.p != NULL) + (found.ru.p != NULL) + (found.en.p != NULL) < 2)
		return NULL;
	struct titles *out = arena_new(a, struct titles);
	*out = found;
	return out;
}

str titles_in(const struct titles *t, str language, str otherwise)
{
	struct titles copy = t ? *t : (struct titles){ STR_NONE, STR_NONE, STR_NONE };
	str *place = place_for(&copy, language);
	return place && place->p ? *place : otherwise;
}
