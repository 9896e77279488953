/* SPDX-License-Identifier: Apache-2.0 */
/* imsmanifest.xml: SCORM 1.2 (CAM 1.2, chapter 2.3) and SCORM 2004 4th Edition (CAM 3.4,
 * SN 3). Elements stand in the order that the schemas ask for. The identifier is the same
 * in every revision of a course, so that an import is a new revision. */
#include "authoring/course.h"
#include "authoring/markdown.h"

#define LOM_2004 "http://ltsc.ieee.org/xsd/LOM"
#define LOM_12 "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"

/* Titles of the first two languages: a manifest has room for one text. */
static void title(const struct course *c, struct buf *out, const struct page *p)
{
	int n = 0;
	buf_str(out, S("<title>"));
	for (int l = 0; l < LANGUAGES && n < 2; l++) {
		if (!c->has[l]) continue;
		if (n++) buf_str(out, S(" · "));
		html_text(out, p ? course_page_title(c, p, (enum language)l) : c->title[l]);
	}
	buf_str(out, S("</title>\n"));
}

static bool is_item(const struct page *p)
{
	return p->kind != PAGE_ANNEX;
}

/* ---- what the course is about, in every language ---- */

static void lom_texts(const struct course *c, struct buf *out, const char *element,
                      const str text[LANGUAGES])
{
	bool old = c->options.scorm_12;
	buf_printf(out, "<lom:%s>", element);
	for (int l = 0; l < LANGUAGES; l++) {
		if (!c->has[l] || !text[l].n) continue;
		buf_printf(out,
		           old ? "<lom:langstring xml:lang=\"%s\">"
		               : "<lom:string language=\"%s\">",
		           language_codes[l]);
		html_text(out, text[l]);
		buf_str(out, old ? S("</lom:langstring>") : S("</lom:string>"));
	}
	buf_printf(out, "</lom:%s>\n", element);
}

static void open_lom(const struct course *c, struct buf *out)
{
	buf_printf(out, "<lom:lom xmlns:lom=\"%s\">\n<lom:general>\n",
	           c->options.scorm_12 ? LOM_12 : LOM_2004);
}

static void lom(const struct course *c, struct buf *out)
{
	open_lom(c, out);
	lom_texts(c, out, "title", c->title);
	for (int l = 0; l < LANGUAGES; l++)
		if (c->has[l])
			buf_printf(out, "<lom:language>%s</lom:language>\n",
			           language_codes[l]);
	lom_texts(c, out, "description", c->description);
	buf_str(out, S("</lom:general>\n</lom:lom>\n"));
}

/* ---- resources ---- */

static void resources(const struct course *c, const struct page *page, size_t n,
                      struct buf *out)
{
	const char *type = c->options.scorm_12 ? "scormtype" : "scormType";
	buf_str(out, S("<resources>\n"));
	for (size_t i = 0; i < n; i++) {
		const struct page *p = &page[i];
		bool asset = p->kind == PAGE_ANNEX || p->kind == PAGE_ANNEXES;
		buf_printf(out,
		           "<resource identifier=\"R-%.*s\" type=\"webcontent\" "
		           "adlcp:%s=\"%s\" "
		           "href=\"%.*s.html\">\n<file href=\"%.*s.html\"/>\n"
		           "<dependency identifierref=\"R-common\"/>\n",
		           STR_ARG(p->name), type, asset ? "asset" : "sco",
		           STR_ARG(p->name), STR_ARG(p->name));
		buf_str(out, S("</resource>\n"));
	}
	buf_printf(out,
	           "<resource identifier=\"R-common\" type=\"webcontent\" "
	           "adlcp:%s=\"asset\">\n"
	           "<file href=\"lesson.css\"/>\n<file href=\"lesson.js\"/>\n",
	           type);
	for (size_t i = 0; i < c->n_media; i++) {
		buf_str(out, S("<file href=\""));
		html_text(out, c->media[i]);
		buf_str(out, S("\"/>\n"));
	}
	buf_str(out, S("</resource>\n</resources>\n</manifest>\n"));
}

/* <title> has room for one text; an LMS that knows whom it speaks to finds his here. */
static void titles_by_language(const struct course *c, const struct page *p,
                               struct buf *out)
{
	str text[LANGUAGES];
	for (int l = 0; l < LANGUAGES; l++)
		text[l] = course_page_title(c, p, (enum language)l);
	open_lom(c, out);
	lom_texts(c, out, "title", text);
	buf_str(out, S("</lom:general>\n</lom:lom>\n"));
}

static void open_item(const struct course *c, const struct page *p, struct buf *out)
{
	buf_printf(out, "<item identifier=\"I-%.*s\" identifierref=\"R-%.*s\">\n",
	           STR_ARG(p->name), STR_ARG(p->name));
	title(c, out, p);
	buf_str(out, S("<metadata>\n"));
	titles_by_language(c, p, out);
	buf_str(out, S("</metadata>\n"));
}

/* ---- SCORM 1.2 ---- */

/* The final test opens after the lessons; its pass mark is the LMS's to apply. */
static void test_12(const struct course *c, struct buf *out)
{
	buf_str(out, S("<adlcp:prerequisites type=\"aicc_script\">"));
	for (size_t i = 0; i < c->n_lessons; i++)
		buf_printf(out, "%sI-%.*s", i ? "&amp;" : "", STR_ARG(c->lesson[i].name));
	buf_printf(
		out,
		"</adlcp:prerequisites>\n<adlcp:masteryscore>%lld</adlcp:masteryscore>\n",
		(long long)c->pass_mark);
}

void manifest_12(const struct course *c, const struct page *page, size_t n, struct buf *out)
{
	buf_printf(out,
	           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	           "<manifest identifier=\"kz.kenes.%.*s\" version=\"%lld\"\n"
	           " xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\"\n"
	           " xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">\n"
	           "<metadata>\n<schema>ADL SCORM</schema>\n"
	           "<schemaversion>1.2</schemaversion>\n",
	           STR_ARG(c->id), (long long)c->version);
	lom(c, out);
	buf_printf(out, "</metadata>\n<organizations default=\"O-course\">\n"
	                "<organization identifier=\"O-course\">\n");
	title(c, out, NULL);
	for (size_t i = 0; i < n; i++) {
		/* Whether an asset counts as something to complete differs between LMSs:
		 * the templates are reached from the lessons. */
		if (!is_item(&page[i]) || page[i].kind == PAGE_ANNEXES) continue;
		open_item(c, &page[i], out);
		if (page[i].kind == PAGE_TEST) test_12(c, out);
		buf_str(out, S("</item>\n"));
	}
	buf_str(out, S("</organization>\n</organizations>\n"));
	resources(c, page, n, out);
}

/* ---- SCORM 2004 4th Edition ---- */

/* A lesson says "done" to a global objective, which the test reads. It neither passes nor
 * fails the course. */
static void lesson_sequencing(const struct course *c, const struct page *p, struct buf *out)
{
	buf_printf(
		out,
		"<imsss:sequencing>\n<imsss:rollupRules rollupObjectiveSatisfied=\"false\" "
		"objectiveMeasureWeight=\"0\"/>\n<imsss:objectives>\n"
		"<imsss:primaryObjective objectiveID=\"done\">\n"
		"<imsss:mapInfo targetObjectiveID=\"kz.kenes.%.*s.%.*s\" "
		"readSatisfiedStatus=\"false\" readNormalizedMeasure=\"false\" "
		"writeSatisfiedStatus=\"true\"/>\n"
		"</imsss:primaryObjective>\n</imsss:objectives>\n"
		"<imsss:deliveryControls completionSetByContent=\"true\" "
		"objectiveSetByContent=\"true\"/>\n</imsss:sequencing>\n",
		STR_ARG(c->id), STR_ARG(p->name));
}

/* The pre-test counts for nothing but the gain: its score goes to a global objective. */
static void pretest_sequencing(const struct course *c, struct buf *out)
{
	buf_printf(
		out,
		"<imsss:sequencing>\n<imsss:rollupRules rollupObjectiveSatisfied=\"false\" "
		"rollupProgressCompletion=\"false\" objectiveMeasureWeight=\"0\"/>\n"
		"<imsss:objectives>\n<imsss:primaryObjective objectiveID=\"asked\"/>\n"
		"<imsss:objective objectiveID=\"gain-before\">\n"
		"<imsss:mapInfo targetObjectiveID=\"kz.kenes.%.*s.gain-before\" "
		"readSatisfiedStatus=\"false\" readNormalizedMeasure=\"false\" "
		"writeNormalizedMeasure=\"true\"/>\n"
		"</imsss:objective>\n</imsss:objectives>\n"
		"<imsss:deliveryControls completionSetByContent=\"true\" "
		"objectiveSetByContent=\"true\"/>\n</imsss:sequencing>\n",
		STR_ARG(c->id));
}

/* An objective of the test that reads a global one. */
static void reads(const struct course *c, str name, bool measure, struct buf *out)
{
	buf_printf(out,
	           "<imsss:objective objectiveID=\"%.*s\">\n"
	           "<imsss:mapInfo targetObjectiveID=\"kz.kenes.%.*s.%.*s\" "
	           "readSatisfiedStatus=\"%s\" readNormalizedMeasure=\"%s\"/>\n"
	           "</imsss:objective>\n",
	           STR_ARG(name), STR_ARG(c->id), STR_ARG(name), measure ? "false" : "true",
	           measure ? "true" : "false");
}

static void test_rules(const struct course *c, struct buf *out)
{
	buf_str(out, S("<imsss:sequencingRules>\n<imsss:preConditionRule>\n"
	               "<imsss:ruleConditions conditionCombination=\"any\">\n"));
	for (size_t i = 0; i < c->n_lessons; i++) {
		str name = c->lesson[i].name;
		/* "not satisfied" of what is not known is not true (SN UP.2.1). */
		buf_printf(out,
		           "<imsss:ruleCondition referencedObjective=\"%.*s\" "
		           "operator=\"not\" "
		           "condition=\"objectiveStatusKnown\"/>\n"
		           "<imsss:ruleCondition referencedObjective=\"%.*s\" "
		           "operator=\"not\" "
		           "condition=\"satisfied\"/>\n",
		           STR_ARG(name), STR_ARG(name));
	}
	buf_str(out, S("</imsss:ruleConditions>\n<imsss:ruleAction action=\"disabled\"/>\n"
	               "</imsss:preConditionRule>\n</imsss:sequencingRules>\n"));
}

static void test_sequencing(const struct course *c, struct buf *out)
{
	buf_str(out, S("<imsss:sequencing>\n"));
	test_rules(c, out);
	buf_printf(out,
	           "<imsss:rollupRules objectiveMeasureWeight=\"1\"/>\n<imsss:objectives>\n"
	           "<imsss:primaryObjective objectiveID=\"test\" "
	           "satisfiedByMeasure=\"true\">\n"
	           "<imsss:minNormalizedMeasure>%lld.%02lld</imsss:minNormalizedMeasure>\n"
	           "</imsss:primaryObjective>\n",
	           (long long)c->pass_mark / 100, (long long)c->pass_mark % 100);
	for (size_t i = 0; i < c->n_lessons; i++) reads(c, c->lesson[i].name, false, out);
	if (c->pretest_questions) {
		reads(c, S("gain-before"), true, out);
		buf_str(out, S("<imsss:objective objectiveID=\"gain-after\"/>\n"));
	}
	buf_str(out, S("</imsss:objectives>\n"
	               "<imsss:deliveryControls completionSetByContent=\"true\" "
	               "objectiveSetByContent=\"true\"/>\n</imsss:sequencing>\n"));
}

static void sequencing(const struct course *c, const struct page *p, struct buf *out)
{
	if (p->kind == PAGE_LESSON) lesson_sequencing(c, p, out);
	if (p->kind == PAGE_PRETEST) pretest_sequencing(c, out);
	if (p->kind == PAGE_TEST) test_sequencing(c, out);
	if (p->kind == PAGE_ANNEXES)
		buf_str(out, S("<imsss:sequencing>\n<imsss:deliveryControls "
		               "tracked=\"false\"/>\n</imsss:sequencing>\n"));
}

void manifest_2004(const struct course *c, const struct page *page, size_t n,
                   struct buf *out)
{
	buf_printf(out,
	           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	           "<manifest identifier=\"kz.kenes.%.*s\" version=\"%lld\"\n"
	           " xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\"\n"
	           " xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\"\n"
	           " xmlns:adlseq=\"http://www.adlnet.org/xsd/adlseq_v1p3\"\n"
	           " xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\">\n"
	           "<metadata>\n<schema>ADL SCORM</schema>\n"
	           "<schemaversion>2004 4th Edition</schemaversion>\n",
	           STR_ARG(c->id), (long long)c->version);
	lom(c, out);
	buf_str(out, S("</metadata>\n<organizations default=\"O-course\">\n"
	               "<organization identifier=\"O-course\" "
	               "adlseq:objectivesGlobalToSystem=\"false\">\n"));
	title(c, out, NULL);
	for (size_t i = 0; i < n; i++) {
		if (!is_item(&page[i])) continue;
		open_item(c, &page[i], out);
		sequencing(c, &page[i], out);
		buf_str(out, S("</item>\n"));
	}
	buf_str(out,
	        S("<imsss:sequencing>\n<imsss:controlMode choice=\"true\" flow=\"true\"/>\n"
	          "</imsss:sequencing>\n</organization>\n</organizations>\n"));
	resources(c, page, n, out);
}
