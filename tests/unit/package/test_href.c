/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/zip_maker.c */
/* From what a manifest calls a file to the file, and to its address. */
#include "support/manifest_sample.h"

static void parameters_are_appended_as_the_standard_says(void **state)
{
	(void)state;
	static const struct {
		const char *href, *parameters, *address, *reason;
	} rows[] = {
		{ "a.html", "q=1", "a.html?q=1", "a question mark is added" },
		{ "a.html", "?q=1", "a.html?q=1", "not twice" },
		{ "a.html", "&amp;?&amp;q=1", "a.html?q=1", "all leading signs go" },
		{ "a.html?x=2", "?q=1", "a.html?x=2&q=1", "to a query that is there" },
		{ "a.html", "#top", "a.html#top", "a fragment" },
		{ "a.html#x", "#top", "a.html#x", "one fragment is enough" },
		{ "a.html?x=2", "#top", "a.html?x=2#top", "a fragment after a query" },
		{ "a.html", "??", "a.html", "signs only" },
		{ "a.html", "  ", "a.html", "blanks only" },
		{ "a.html", "q=a b&quot;&lt;ж", "a.html?q=a%20b%22%3C%D0%B6", "encoded" },
		{ "a.html", "q=%20", "a.html?q=%20", "not encoded twice" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		char text[2000];
		snprintf(text, sizeof text,
		         HEAD_12 ORGANIZATION("<item identifier='I' identifierref='R'"
		                              " parameters='%s'/>")
		                 RESOURCES(SCO("R", "%s")),
		         rows[i].parameters, rows[i].href);
		struct sample s;
		const char *files[] = { "a.html", NULL };
		sample_of(&s, text, files);
		assert_ok(s.err);
		assert_str(s.manifest.activity[1].href, str_of(rows[i].address));
		sample_end(&s);
	}
}

static void files_are_found_however_they_are_called(void **state)
{
	(void)state;
	static const struct {
		const char *in_zip, *href, *address, *code, *reason;
	} rows[] = {
		{ "a b.html", "a%20b.html", "a%20b.html", NULL, "encoded as it should be" },
		{ "a b.html", "a b.html", "a%20b.html", NULL, "not encoded" },
		{ "100%25.html", "100%25.html", "100%2525.html", NULL, "a name with a %" },
		{ "Сабақ 1.html", "Сабақ 1.html", "%D0%A1%D0%B0%D0%B1%D0%B0%D2%9B%201.html",
		  NULL, "Kazakh" },
		{ "урок.html", "%D1%83%D1%80%D0%BE%D0%BA.html",
		  "%D1%83%D1%80%D0%BE%D0%BA.html", NULL, "UTF-8 behind the %" },
		{ "урок.html", "%F3%F0%EE%EA.html", "%D1%83%D1%80%D0%BE%D0%BA.html",
		  "href-encoding", "windows-1251 behind the %" },
		{ "Index.HTML", "index.html", "Index.HTML", "href-case", "case" },
		{ "УРОК.html", "урок.html", "%D0%A3%D0%A0%D0%9E%D0%9A.html", "href-case",
		  "Cyrillic case" },
		{ "dir/a.html", "dir\\a.html", "dir/a.html", "href-backslash",
		  "backslash" },
		{ "dir/a.html", "./dir/../dir//a.html", "dir/a.html", NULL, "dots" },
		{ "dir/a.html", "/dir/a.html", "dir/a.html", NULL, "from the top" },
		{ "a.html", "a.html?x=1#y", "a.html?x=1#y", NULL, "query and fragment" },
		{ "C# 1.html", "C# 1.html", "C%23%201.html", NULL, "a sign in the name" },
		{ "_ала_ ?лем.html", "Қалаң Әлем.html",
		  "_%D0%B0%D0%BB%D0%B0_%20%3F%D0%BB%D0%B5%D0%BC.html", "href-letters",
		  "letters that CP866 lacks" },
		{ "a.html", "b.html", "b.html", "launch-absent", "absent" },
		{ "a.html", "../a.html", NULL, "href-outside", "above the package" },
		{ "a.html", "javascript:alert(1)", NULL, "launch-scheme", "a script" },
		{ "a.html", "C:\\course\\a.html", NULL, "launch-scheme",
		  "the author's disk" },
		{ "a.html", "file:///a.html", NULL, "launch-scheme", "a file" },
		{ "a.html", "http://x.kz/a b", "http://x.kz/a%20b", "launch-external",
		  "web" },
		{ "a.html", "//x.kz/a", "//x.kz/a", "launch-external", "web, short" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		char text[2000];
		snprintf(text, sizeof text,
		         HEAD_12 ORGANIZATION("<item identifier='I' identifierref='R'/>"
		                              "<item identifier='J' identifierref='K'/>")
		                 RESOURCES(SCO("R", "%s") SCO("K", "ok.html")),
		         rows[i].href);
		struct sample s;
		const char *files[] = { rows[i].in_zip, "ok.html", NULL };
		sample_of(&s, text, files);
		assert_ok(s.err);
		const struct activity *a = &s.manifest.activity[1];
		assert_str(a->href, str_of(rows[i].address));
		bool there = rows[i].address &&
		             (!rows[i].code || strncmp(rows[i].code, "launch", 6) != 0);
		assert_str(a->file, there ? str_of(rows[i].in_zip) : STR_NONE);
		if (rows[i].code)
			assert_row(finding(&s, rows[i].code) != NULL, rows[i].reason);
		assert_row(s.manifest.n_findings == (rows[i].code ? 2 : 1), rows[i].reason);
		sample_end(&s);
	}
}

static void bases_are_joined(void **state)
{
	(void)state;
	struct sample s;
	const char *files[] = { "top/res/own/a.html", "top/res/b.html", "c.html", NULL };
	sample_of(
		&s,
		"<manifest identifier='M' xml:base='top/' xmlns:adlcp="
		"'http://www.adlnet.org/xsd/adlcp_rootv1p2'>" ORGANIZATION(
			"<item identifier='A' identifierref='RA'/>"
			"<item identifier='B' identifierref='RB'/>"
			"<item identifier='C' identifierref='RC'/>"
			"<item identifier='W' identifierref='RW'/>") "<resources "
								     "xml:base='res'>"
								     "<resource "
								     "identifier='RA' "
								     "xml:base='own/' "
								     "adlcp:scormtype='sco'"
								     " href='a.html'>"
								     "<file "
								     "href='a.html'/></"
								     "resource>"
								     "<resource "
								     "identifier='RB' "
								     "adlcp:scormtype='sco'"
								     " href='b.html'>"
								     "<file "
								     "href='b.html'/><file "
								     "href='lost.png'/></"
								     "resource>"
								     "<resource "
								     "identifier='RC' "
								     "adlcp:scormtype='sco'"
								     " href='../../c.html'/"
								     ">"
								     "<resource "
								     "identifier='RW' "
								     "xml:base='https://"
								     "x.kz/' "
								     "adlcp:scormtype='sco'"
								     " href='w.html'/></"
								     "resources></"
								     "manifest>",
		files);
	assert_ok(s.err);
	assert_str(s.manifest.activity[1].href, S("top/res/own/a.html"));
	assert_str(s.manifest.activity[2].href, S("top/res/b.html"));
	assert_str(s.manifest.activity[3].href, S("c.html"));
	assert_str(s.manifest.activity[4].href, S("https://x.kz/w.html"));
	const struct finding *absent = finding(&s, "file-absent");
	assert_non_null(absent);
	assert_str(absent->detail, S("lost.png"));
	sample_end(&s);
}

static void old_names_are_read_so_that_the_manifest_finds_them(void **state)
{
	(void)state;
	static const struct {
		const char *raw, *encoding, *reason;
	} rows[] = {
		{ "\xe3\xe0\xae\xaa.html", "cp866", "урок by Windows Explorer" },
		{ "\xf3\xf0\xee\xea.html", "windows-1251", "урок by an old archiver" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct sample s;
		sample_begin(&s);
		zip_text(&s.zip, "imsmanifest.xml", SIMPLE("урок.html"));
		zip_add(&s.zip, (struct zip_entry){ .name = rows[i].raw });
		sample_read(&s);
		assert_ok(s.err);
		assert_str(s.manifest.activity[1].file, S("урок.html"));
		assert_non_null(finding(&s, "names-encoding"));
		assert_str(finding(&s, "names-encoding")->detail, str_of(rows[i].encoding));
		sample_end(&s);
	}
	/* Қала in KZ-1048: nothing but the manifest can tell it from windows-1251 */
	struct sample s;
	sample_begin(&s);
	zip_add(&s.zip, (struct zip_entry){ .name = "\x8d\xe0\xeb\xe0/imsmanifest.xml",
	                                    .content = str_of(SIMPLE("\xd2\x9a.html")) });
	zip_add(&s.zip, (struct zip_entry){ .name = "\x8d\xe0\xeb\xe0/\x8d.html" });
	sample_read(&s);
	assert_ok(s.err);
	assert_str(s.manifest.base, S("Қала/"));
	assert_str(s.manifest.activity[1].file, S("Қала/Қ.html"));
	sample_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_are_appended_as_the_standard_says),
		cmocka_unit_test(files_are_found_however_they_are_called),
		cmocka_unit_test(bases_are_joined),
		cmocka_unit_test(old_names_are_read_so_that_the_manifest_finds_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
