/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c */
/* What manifests say, and what is made of those that say it badly. */
#include "support/manifest_sample.h"

static void simple_course_gives_a_tree(void **state)
{
	(void)state;
	struct sample s;
	const char *files[] = { "a.html", "b.html", NULL };
	sample_of(&s,
	          HEAD_12 ORGANIZATION(
			  "<item identifier='U'><title>Unit</title>"
			  "<item identifier='A' identifierref='R1' isvisible='false'>"
			  "<title> "
			  "First\n</title><adlcp:prerequisites>B</adlcp:prerequisites>"
			  "<adlcp:masteryscore>80</adlcp:masteryscore>"
			  "<adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed>"
			  "<adlcp:timelimitaction>exit,no message</adlcp:timelimitaction>"
			  "<adlcp:datafromlms>seed</adlcp:datafromlms></item>"
			  "<item identifier='B' identifierref='R2'/></item>"
			  "<item identifier='C' identifierref='R1' parameters='?q=1'>"
			  "<title>Again</title></item>")
	                  RESOURCES(SCO(
				  "R1",
				  "a.html") "<resource identifier='R2' type='webcontent'"
	                                    " adlcp:scormtype='asset' href='b.html'/>"),
	          files);
	assert_ok(s.err);
	const struct manifest *m = &s.manifest;
	assert_int_equal(m->standard, PACKAGE_SCORM_12);
	assert_str(m->identifier, S("M"));
	assert_str(m->title, S("Course"));
	assert_str(m->version, S("1"));
	assert_str(m->base, S(""));
	assert_int_equal(m->n, 5);
	static const struct {
		const char *id, *title, *href;
		int parent, child, sibling;
		enum activity_kind kind;
	} rows[] = {
		{ "O", "Course", NULL, -1, 1, -1, ACTIVITY_CLUSTER },
		{ "U", "Unit", NULL, 0, 2, 4, ACTIVITY_CLUSTER },
		{ "A", "First", "a.html", 1, -1, 3, ACTIVITY_SCO },
		{ "B", "B", "b.html", 1, -1, -1, ACTIVITY_ASSET },
		{ "C", "Again", "a.html?q=1", 0, -1, -1, ACTIVITY_SCO },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		const struct activity *a = &m->activity[i];
		assert_str(a->id, str_of(rows[i].id));
		assert_str(a->title, str_of(rows[i].title));
		assert_str(a->href, str_of(rows[i].href));
		assert_int_equal(a->parent, rows[i].parent);
		assert_int_equal(a->first_child, rows[i].child);
		assert_int_equal(a->next_sibling, rows[i].sibling);
		assert_int_equal(a->kind, rows[i].kind);
	}
	const struct activity *a = &m->activity[2];
	assert_false(a->visible);
	assert_true(m->activity[3].visible);
	assert_str(a->file, S("a.html"));
	assert_str(a->prerequisites, S("B"));
	assert_str(a->mastery_score, S("80"));
	assert_str(a->max_time_allowed, S("00:30:00"));
	assert_str(a->time_limit_action, S("exit,no message"));
	assert_str(a->launch_data, S("seed"));
	assert_str(m->activity[4].mastery_score, STR_NONE);
	assert_int_equal(m->n_findings, 1); /* what it was read as */
	assert_str(m->finding[0].code, S("read-as"));
	assert_str(m->finding[0].en, S("A SCORM 1.2 package was read."));
	sample_end(&s);
}

/* clang-format off */
#define LOM(title) "<metadata><lom><general><title>" title "</title></general></lom></metadata>"
#define ITEM(id, lom) "<item identifier='" id "' identifierref='R'><title>" id "</title>" lom "</item>"
static const char in_languages[] =
	HEAD_12 ORGANIZATION(
		LOM("<langstring xml:lang='kk-KZ'>Курс </langstring><langstring xml:lang='ru'>Урок</langstring>")
		ITEM("A", LOM("<string language='EN'>One</string><string language='ru'>Один</string>"))
		ITEM("B", LOM("<string language='en'>Untitled</string><string language='fr'>Sans titre</string>")))
	RESOURCES(SCO("R", "a.html"));
/* clang-format on */

static void titles_in_our_languages_are_read_where_two_of_them_stand(void **state)
{
	(void)state;
	struct sample s;
	const char *files[] = { "a.html", NULL };
	sample_of(&s, in_languages, files);
	assert_ok(s.err);
	const struct activity *a = s.manifest.activity;
	assert_str(a[0].title, S("Course"));
	assert_str(titles_in(a[0].titles, S("kk"), a[0].title), S("Курс"));
	assert_str(titles_in(a[0].titles, S("ru"), a[0].title), S("Урок"));
	assert_str(titles_in(a[0].titles, S("en"), a[0].title), S("Course"));
	assert_str(titles_in(a[1].titles, S("en"), a[1].title), S("One"));
	assert_str(titles_in(a[1].titles, S("kk"), a[1].title), S("A"));
	assert_null(a[2].titles); /* a template's word: nobody meant it */
	sample_end(&s);
}

static void standards_are_told_apart(void **state)
{
	(void)state;
#define R12 "<resource identifier='R' adlcp:scormtype='sco' href='a.html'/>"
#define R2004 "<resource identifier='R' adlcp:scormType='sco' href='a.html'/>"
	static const struct {
		const char *manifest, *script;
		enum package_standard standard;
		bool guessed;
		const char *reason;
	} rows[] = {
		{ SIMPLE("a.html"), "", PACKAGE_SCORM_12, false, "1.2 as it should be" },
		{ HEAD_2004("CAM 1.3") ONE_ITEM RESOURCES(R2004), "", PACKAGE_2004_2ND,
		  false, "2nd edition" },
		{ HEAD_2004("2004 3rd Edition") ONE_ITEM RESOURCES(R2004), "",
		  PACKAGE_2004_3RD, false, "3rd" },
		{ HEAD_2004("2004 4th Edition") ONE_ITEM RESOURCES(R2004), "",
		  PACKAGE_2004_4TH, false, "4th" },
		{ "<manifest identifier='M'>" ONE_ITEM RESOURCES(
			  "<resource identifier='R' scormtype='sco' href='a.html'/>"),
		  "", PACKAGE_SCORM_12, false, "no namespaces, no version: the spelling" },
		{ "<manifest identifier='M'>" ONE_ITEM RESOURCES(
			  "<resource identifier='R' href='a.html'/>"),
		  "window.API_1484_11.Initialize('')", PACKAGE_2004_3RD, true,
		  "nothing but the script" },
		{ "<manifest identifier='M'>" ONE_ITEM RESOURCES(
			  "<resource identifier='R' href='a.html'/>"),
		  "api.LMSInitialize('')", PACKAGE_SCORM_12, true,
		  "nothing but the script" },
		{ HEAD_2004("1.2") ONE_ITEM RESOURCES(R2004), "api.Initialize('')",
		  PACKAGE_2004_3RD, true, "schemaversion alone says 1.2" },
		{ HEAD_2004("2004 3rd Edition") ONE_ITEM RESOURCES(R12), "LMSInitialize",
		  PACKAGE_SCORM_12, true, "only the script and the spelling say 1.2" },
		{ "<manifest identifier='M' "
		  "xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_v1p3'>" ORGANIZATION(
			  "<item identifier='I' identifierref='R'>"
			  "<adlcp:completionThreshold completedByMeasure='true'/></item>")
		          RESOURCES(R2004),
		  "", PACKAGE_2004_4TH, false, "only the 4th has this" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct sample s;
		sample_begin(&s);
		zip_text(&s.zip, "imsmanifest.xml", rows[i].manifest);
		zip_text(&s.zip, "a.html", rows[i].script);
		sample_read(&s);
		assert_ok(s.err);
		assert_row(s.manifest.standard == rows[i].standard, rows[i].reason);
		assert_row((finding(&s, "standard-guessed") != NULL) == rows[i].guessed,
		           rows[i].reason);
		sample_end(&s);
	}
}

/* ---- the manifest itself ---- */

static void the_manifest_may_lie_deeper_or_be_called_otherwise(void **state)
{
	(void)state;
	static const struct {
		const char *files[4];
		const char *read, *base, *code, *reason;
	} rows[] = {
		{ { "c/imsmanifest.xml", "c/a.html" },
		  "c/a.html",
		  "c/",
		  "manifest-one-folder-down",
		  "the folder was packed, not its content" },
		{ { "c/d/imsmanifest.xml", "c/d/a.html" },
		  "c/d/a.html",
		  "c/d/",
		  "manifest-one-folder-down",
		  "two folders" },
		{ { "IMSManifest.XML", "a.html" }, "a.html", "", "manifest-name", "case" },
		{ { "c/imsmanifest.xml", "a.html" },
		  "a.html",
		  "c/",
		  "href-folder",
		  "files lie elsewhere than the manifest" },
		{ { "s/imsmanifest.xml", "imsmanifest.xml", "a.html" },
		  "a.html",
		  "",
		  "manifest-several",
		  "two: the outer one counts" },
		{ { "__MACOSX/imsmanifest.xml", "c/imsmanifest.xml", "c/a.html" },
		  "c/a.html",
		  "c/",
		  "manifest-one-folder-down",
		  "what macOS adds does not count" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct sample s;
		sample_begin(&s);
		for (size_t k = 0; k < 4 && rows[i].files[k]; k++) {
			bool page = strstr(rows[i].files[k], ".html") != NULL;
			zip_text(&s.zip, rows[i].files[k], page ? "" : SIMPLE("a.html"));
		}
		sample_read(&s);
		assert_ok(s.err);
		assert_str(s.manifest.base, str_of(rows[i].base));
		assert_str(s.manifest.activity[1].file, str_of(rows[i].read));
		assert_row(finding(&s, rows[i].code) != NULL, rows[i].reason);
		sample_end(&s);
	}
}

static void manifests_in_other_encodings_are_read(void **state)
{
	(void)state;
#define TITLED(declaration, title)                                                     \
	declaration "<manifest identifier='M'><organizations><organization>"           \
		    "<title>" title "</title><item identifier='I' identifierref='R'/>" \
		    "</organization></organizations>" RESOURCES(                       \
			    "<resource identifier='R' scormtype='sco' href='a.html'/>")
	static const struct {
		const char *text, *title, *code, *reason;
	} rows[] = {
		{ "\xef\xbb\xbf" TITLED("<?xml version='1.0'?>", "Курс"), "Курс", NULL,
		  "BOM" },
		{ TITLED(" \n<?xml version='1.0'?>", "Курс"), "Курс", NULL,
		  "blanks before" },
		{ TITLED("<?xml version='1.0' encoding='windows-1251'?>",
		         "\xca\xf3\xf0\xf1"),
		  "Курс", NULL, "windows-1251, as it says" },
		{ TITLED("<?xml version='1.0' encoding='windows-1252'?>", "caf\xe9"),
		  "café", NULL, "windows-1252, as it says" },
		{ TITLED("<?xml version='1.0' encoding='windows-1251'?>", "Курс"), "Курс",
		  NULL, "says 1251, is UTF-8" },
		{ TITLED("<?xml version='1.0' encoding='utf-8'?>", "\xca\xf3\xf0\xf1"),
		  "Курс", "manifest-encoding", "says UTF-8, is 1251" },
		{ TITLED("", "\xca\xf3\xf0\xf1"), "Курс", "manifest-encoding",
		  "says nothing" },
		{ TITLED("", "A & B &nbsp; &amp; &#33;"), "A & B &nbsp; & !",
		  "manifest-signs", "bare ampersands" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct sample s;
		const char *files[] = { "a.html", NULL };
		sample_of(&s, rows[i].text, files);
		if (s.err) fail_msg("%s: %s", rows[i].reason, err_last()->sentence);
		assert_str(s.manifest.title, str_of(rows[i].title));
		if (rows[i].code)
			assert_row(finding(&s, rows[i].code) != NULL, rows[i].reason);
		else
			assert_row(!finding(&s, "manifest-encoding"), rows[i].reason);
		sample_end(&s);
	}
	/* UTF-16, little end first */
	const char *text = TITLED("<?xml version='1.0' encoding='UTF-16'?>", "Kurs");
	char wide[2000] = { (char)0xff, (char)0xfe };
	size_t n = 2;
	for (const char *p = text; *p; p++, n += 2) wide[n] = *p;
	struct sample s;
	sample_begin(&s);
	zip_add(&s.zip,
	        (struct zip_entry){ .name = "imsmanifest.xml", .content = { wide, n } });
	zip_text(&s.zip, "a.html", "");
	sample_read(&s);
	assert_ok(s.err);
	assert_str(s.manifest.title, S("Kurs"));
	sample_end(&s);
}

static void missing_pieces_are_made_up_and_told(void **state)
{
	(void)state;
	static const struct {
		const char *manifest, *code, *reason;
		size_t n;
	} rows[] = {
		{ HEAD_12 "<organizations default='gone'><organization identifier='O'>"
		          "<item identifier='I' "
		          "identifierref='R'/></organization></organizations>" RESOURCES(
				  SCO("R", "a.html")),
		  "organization-default", "dangling default", 2 },
		{ HEAD_12 "<organizations/>" RESOURCES(SCO("R", "a.html")),
		  "organization-absent", "no organization", 2 },
		{ HEAD_12 RESOURCES(SCO("R", "a.html")), "organization-absent",
		  "nor the list", 2 },
		{ HEAD_12 ORGANIZATION("") RESOURCES(SCO("R", "a.html")),
		  "organization-absent", "an empty one", 2 },
		{ HEAD_12
		  "<organizations default='P'><organization identifier='O'/>"
		  "<organization identifier='P'><item identifier='I' identifierref='R'/>"
		  "</organization></organizations>" RESOURCES(SCO("R", "a.html")),
		  "organization-several", "two of them", 2 },
		{ HEAD_12 ORGANIZATION("<item identifier='I' identifierref='R'/>"
		                       "<item identifier='I' identifierref='R'/>")
		          RESOURCES(SCO("R", "a.html")),
		  "item-id", "one id twice", 3 },
		{ HEAD_12 ORGANIZATION("<item identifierref='R'/><item identifier=' '/>")
		          RESOURCES(SCO("R", "a.html")),
		  "item-id", "no id", 3 },
		{ HEAD_12 ORGANIZATION("<item identifier='I' identifierref='R'/>"
		                       "<item identifier='J' identifierref='gone'/>")
		          RESOURCES(SCO("R", "a.html")),
		  "item-dangling", "no such resource", 3 },
		{ HEAD_2004("2004 3rd Edition")
		          ORGANIZATION("<item identifier='I' identifierref='R'>"
		                       "<item identifier='J' identifierref='R'/></item>")
		                  RESOURCES("<resource identifier='R' "
		                            "adlcp:scormType='sco' href='a.html'/>"),
		  "item-both", "a cluster with a page", 3 },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct sample s;
		const char *files[] = { "a.html", NULL };
		sample_of(&s, rows[i].manifest, files);
		if (s.err) fail_msg("%s: %s", rows[i].reason, err_last()->sentence);
		assert_row(finding(&s, rows[i].code) != NULL, rows[i].reason);
		assert_row(s.manifest.n == rows[i].n, rows[i].reason);
		for (size_t k = 0; k < s.manifest.n; k++) {
			assert_row(s.manifest.activity[k].title.n > 0, rows[i].reason);
			for (size_t j = 0; j < k; j++)
				assert_row(!str_is(s.manifest.activity[j].id,
				                   s.manifest.activity[k].id),
				           rows[i].reason);
		}
		sample_end(&s);
	}
}

static void a_manifest_without_kinds_is_asked_for_its_scripts(void **state)
{
	(void)state;
	static const struct {
		const char *script;
		enum activity_kind kind;
	} rows[] = { { "LMSInitialize", ACTIVITY_SCO }, { "nothing", ACTIVITY_ASSET } };
	for (size_t i = 0; i < countof(rows); i++) {
		struct sample s;
		sample_begin(&s);
		zip_text(&s.zip, "imsmanifest.xml",
		         HEAD_12 ONE_ITEM RESOURCES(
				 "<resource identifier='R' href='a.html'/>"));
		zip_text(&s.zip, "a.html", rows[i].script);
		sample_read(&s);
		assert_ok(s.err);
		assert_int_equal(s.manifest.activity[1].kind, rows[i].kind);
		assert_int_equal(finding(&s, "kind-guessed") != NULL,
		                 rows[i].kind == ACTIVITY_SCO);
		sample_end(&s);
	}
}

static void what_cannot_be_a_course_is_refused_with_a_reason(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *why, *reason;
	} rows[] = {
		{ "index.html", "", "manifest-absent", "a web page" },
		{ "course.zip", "", "zip-in-zip", "a zip in a zip" },
		{ "cmi5.xml", "", "manifest-other-standard", "cmi5" },
		{ "tincan.xml", "", "manifest-other-standard", "xAPI" },
		{ "imsmanifest.xml", "", "manifest-unreadable", "an empty file" },
		{ "imsmanifest.xml", "<manifest><a></b></manifest>", "manifest-unreadable",
		  "not XML" },
		{ "imsmanifest.xml", "<html/>", "manifest-unreadable", "another XML" },
		{ "imsmanifest.xml", "<manifest/>", "manifest-nothing-to-launch",
		  "nothing" },
		{ "imsmanifest.xml", HEAD_12 ONE_ITEM RESOURCES(""),
		  "manifest-nothing-to-launch", "no resource" },
		{ "imsmanifest.xml", SIMPLE("javascript:x"), "manifest-nothing-to-launch",
		  "no page" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct sample s;
		sample_begin(&s);
		zip_text(&s.zip, rows[i].name, rows[i].text);
		sample_read(&s);
		assert_row(s.err == ERR_REFUSED, rows[i].reason);
		assert_string_equal(err_last()->reason, rows[i].why);
		sample_end(&s);
	}
}

static void trees_too_large_or_too_deep_are_refused(void **state)
{
	(void)state;
	struct buf b;
	for (int deep = 0; deep < 2; deep++) {
		buf_init(&b, 1 << 20);
		buf_str(&b, S(HEAD_12 "<organizations><organization identifier='O'>"));
		int n = deep ? 33 : 2001;
		for (int i = 0; i < n; i++)
			buf_printf(&b, "<item identifier='i%d' identifierref='R'>%s", i,
			           deep ? "" : "</item>");
		for (int i = 0; deep && i < n; i++) buf_str(&b, S("</item>"));
		buf_str(&b,
		        S("</organization></organizations>" RESOURCES(SCO("R", "a.html"))));
		buf_char(&b, 0);
		struct sample s;
		const char *files[] = { "a.html", NULL };
		sample_of(&s, b.p, files);
		assert_int_equal(s.err, ERR_REFUSED);
		assert_string_equal(err_last()->reason, "manifest-too-large");
		sample_end(&s);
		buf_free(&b);
	}
}

/* ---- SCORM 2004 ---- */

static void sequencing_takes_from_the_collection_what_it_does_not_say(void **state)
{
	(void)state;
	struct sample s;
	const char *files[] = { "a.html", NULL };
	sample_of(
		&s,
		HEAD_2004("2004 4th Edition") ORGANIZATION(
			"<item identifier='I' identifierref='R'><title>One</title>"
			"<adlcp:completionThreshold completedByMeasure='true'"
			" minProgressMeasure='0.75'/>"
			"<imsss:sequencing IDRef='S'><imsss:controlMode choice='false'/>"
			"</imsss:sequencing></item>"
			"<item identifier='J' identifierref='R'><title>Two</title>"
			"<imsss:sequencing IDRef='gone'/></item>") "<imsss:"
								   "sequencingCollection><"
								   "imsss:sequencing "
								   "ID='S'>"
								   "<imsss:controlMode "
								   "choice='true' "
								   "flow='true'/>"
								   "<imsss:limitConditions "
								   "attemptAbsoluteDuration"
								   "Limit='PT30M'/>"
								   "<imsss:objectives><"
								   "imsss:primaryObjective "
								   "satisfiedByMeasure='"
								   "true'>"
								   "<imsss:"
								   "minNormalizedMeasure>0."
								   "6</"
								   "imsss:"
								   "minNormalizedMeasure>"
								   "</"
								   "imsss:primaryObjective>"
								   "</imsss:objectives>"
								   "</imsss:sequencing></"
								   "imsss:"
								   "sequencingCollection"
								   ">" RESOURCES(
									   "<resource "
									   "identifier='R' "
									   "adlcp:"
									   "scormType='sco'"
									   " href='a.html'/"
									   ">"),
		files);
	assert_ok(s.err);
	const struct activity *a = &s.manifest.activity[1];
	assert_non_null(a->sequencing);
	assert_str(xml_attr(xml_child(a->sequencing, "controlMode"), "choice"), S("false"));
	assert_str(xml_attr(xml_child(a->sequencing, "controlMode"), "flow"), STR_NONE);
	assert_str(a->mastery_score, S("0.6"));
	assert_str(a->max_time_allowed, S("PT30M"));
	assert_str(a->completion_threshold, S("0.75"));
	const struct finding *f = finding(&s, "sequencing-dangling");
	assert_non_null(f);
	assert_str(f->detail, S("Two"));
	assert_str(s.manifest.activity[2].mastery_score, STR_NONE);
	sample_end(&s);
}

static void the_doctor_sees_what_phones_will_not_play(void **state)
{
	(void)state;
	struct sample s;
	const char *files[] = { "a.html",  "x.SWF",   "v/1.wmv",  "v/2.wmv",
		                "v/3.avi", "v/4.wmv", "s\\b.png", NULL };
	sample_begin(&s);
	zip_text(&s.zip, "imsmanifest.xml", SIMPLE("a.html"));
	for (const char **f = files; *f; f++) zip_text(&s.zip, *f, "");
	enum { HEAVY = 21 << 20 };
	char *film = calloc(1, HEAVY);
	assert_non_null(film);
	zip_add(&s.zip,
	        (struct zip_entry){ .name = "film.mp4", .content = { film, HEAVY } });
	free(film);
	sample_read(&s);
	assert_ok(s.err);
	assert_str(finding(&s, "file-flash")->detail, S("x.SWF"));
	assert_str(finding(&s, "file-codec")->detail, S("v/1.wmv, v/2.wmv, v/3.avi (+1)"));
	assert_str(finding(&s, "file-heavy")->detail, S("film.mp4 (21 MB)"));
	assert_non_null(finding(&s, "names-backslash"));
	sample_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(simple_course_gives_a_tree),
		cmocka_unit_test(titles_in_our_languages_are_read_where_two_of_them_stand),
		cmocka_unit_test(standards_are_told_apart),
		cmocka_unit_test(the_manifest_may_lie_deeper_or_be_called_otherwise),
		cmocka_unit_test(manifests_in_other_encodings_are_read),
		cmocka_unit_test(missing_pieces_are_made_up_and_told),
		cmocka_unit_test(a_manifest_without_kinds_is_asked_for_its_scripts),
		cmocka_unit_test(what_cannot_be_a_course_is_refused_with_a_reason),
		cmocka_unit_test(trees_too_large_or_too_deep_are_refused),
		cmocka_unit_test(sequencing_takes_from_the_collection_what_it_does_not_say),
		cmocka_unit_test(the_doctor_sees_what_phones_will_not_play),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
