/* SPDX-License-Identifier: Apache-2.0 */
/* Which SCORM a manifest follows. Tools write schemaversion, namespaces and the spelling of
 * names carelessly and copy them from each other, so each is a witness and none decides
 * alone; when they disagree, the scripts of the package are asked which run-time they call.
 */
#include "package/reading.h"

enum { DEEPEST = 64 };

struct witnesses {
	bool said, used, spelt; /* schemaversion, namespaces in use, spelling */
};

struct evidence {
	struct witnesses scorm_12, scorm_2004;
	bool edition_2, edition_3, edition_4, threshold_4; /* named; used */
};

static bool contains(str s, const char *part)
{
	str wanted = str_of(part);
	for (size_t i = 0; i + wanted.n <= s.n; i++)
		if (str_is_nocase(str_part(s, i, i + wanted.n), wanted)) return true;
	return false;
}

static void hear_version(struct evidence *e, str version)
{
	e->edition_4 = contains(version, "4th");
	e->edition_3 = contains(version, "3rd");
	e->edition_2 = contains(version, "2nd") || contains(version, "1.3");
	e->scorm_2004.said = contains(version, "2004") || contains(version, "1.3");
	e->scorm_12.said = !e->scorm_2004.said && contains(version, "1.2");
}

/* SCORM 1.2 spells its names in small letters; only 2004 has sequencing. */
static void hear_name(struct evidence *e, str ns, str name)
{
	static const char *const small[] = { "scormtype",       "masteryscore",
		                             "datafromlms",     "prerequisites",
		                             "timelimitaction", "maxtimeallowed" };
	static const char *const large[] = { "scormType", "dataFromLMS", "timeLimitAction",
		                             "completionThreshold", "sequencing" };
	for (size_t i = 0; i < countof(small); i++)
		e->scorm_12.spelt |= str_is(name, str_of(small[i]));
	for (size_t i = 0; i < countof(large); i++)
		e->scorm_2004.spelt |= str_is(name, str_of(large[i]));
	e->threshold_4 |= str_is(name, S("minProgressMeasure")) ||
	                  str_is(name, S("completedByMeasure"));
	if (!ns.p) return;
	e->scorm_12.used |= contains(ns, "adlcp_rootv1p2");
	e->scorm_2004.used |= contains(ns, "adlcp_v1p3") ||
	                      contains(ns, "adlcp_rootv1p3") || contains(ns, "imsss");
}

static void hear(struct evidence *e, const struct xml_node *node, int depth)
{
	for (; node && depth < DEEPEST; node = node->next) {
		hear_name(e, node->ns, node->name);
		for (size_t i = 0; i < node->n_attributes; i++)
			hear_name(e, node->attribute[i].ns, node->attribute[i].name);
		if (!str_is_nocase(node->name, S("metadata")))
			hear(e, node->first, depth + 1);
	}
}

static int weight(struct witnesses w)
{
	return w.said + w.used + w.spelt;
}

static enum package_standard edition(const struct evidence *e)
{
	if (e->edition_4) return PACKAGE_2004_4TH;
	if (e->edition_3) return PACKAGE_2004_3RD;
	if (e->edition_2) return PACKAGE_2004_2ND;
	return e->threshold_4 ? PACKAGE_2004_4TH : PACKAGE_2004_3RD;
}

void read_standard(struct reading *r)
{
	struct evidence e = { 0 };
	hear_version(&e, xml_child_text(xml_child(r->root, "metadata"), "schemaversion"));
	hear(&e, r->root->first, 1);
	int for_12 = weight(e.scorm_12), for_2004 = weight(e.scorm_2004);
	bool agreed = (for_12 == 0) != (for_2004 == 0);
	bool is_12 = for_12 >= for_2004;
	if (!agreed) {
		struct calls calls = find_calls(r->archive);
		if (calls.scorm_12 != calls.scorm_2004) is_12 = calls.scorm_12;
	}
	r->out->standard = is_12 ? PACKAGE_SCORM_12 : edition(&e);
	str name = str_of(package_standard_name(r->out->standard));
	if (!agreed)
		found(r->findings, FOUND_STANDARD_GUESSED, name);
	else
		found(r->findings, FOUND_READ_AS, name);
}
