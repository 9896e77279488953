/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "base/buf.h"
#include "base/xml.h"

static const struct xml_limits limits = { .nodes = 100, .depth = 5 };
static struct arena *arena;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_open(1 << 20);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static struct xml_node *read_ok(str bytes)
{
	struct xml_node *root = NULL;
	assert_ok(xml_read(bytes, limits, arena, &root));
	assert_non_null(root);
	return root;
}

static void a_tree_is_read(void **state)
{
	(void)state;
	const struct xml_node *root = read_ok(S("<?xml version=\"1.0\"?>\n"
	                                        "<!-- c --><a x='1' Y=\"&lt;2&#1178;\">\n"
	                                        " one <b> in<![CDATA[ <s>]]> </b>two"
	                                        "<c/><B>second</B></a>"));
	assert_str(root->name, S("a"));
	assert_str(root->ns, STR_NONE);
	assert_int_equal(root->line, 2);
	assert_str(str_trim(root->text), S("one two"));
	assert_str(xml_attr(root, "x"), S("1"));
	assert_str(xml_attr(root, "y"), S("<2Қ"));
	assert_str(xml_attr(root, "z"), STR_NONE);
	assert_str(xml_child_text(root, "b"), S("in <s>"));
	assert_int_equal(xml_child(root, "b")->line, 3);
	assert_str(xml_child(root, "c")->text, S(""));
	const struct xml_node *second = xml_named(xml_child(root, "b")->next, "b");
	assert_str(second->text, S("second"));
	assert_null(second->next);
	assert_null(xml_child(root, "d"));
	assert_null(xml_child(NULL, "d"));
	assert_str(xml_child_text(root, "d"), STR_NONE);
	assert_str(xml_attr(NULL, "x"), STR_NONE);
}

static void prefixes_are_resolved(void **state)
{
	(void)state;
	const struct xml_node *root = read_ok(
		S("<m xmlns='urn:m' xmlns:a='urn:a' a:x='1' y='2' xml:lang='kk'>"
	          "<a:i xmlns:a='urn:b' a:z='3'/><a:i/><n xmlns=''/><q:r q:s='4'/></m>"));
	assert_str(root->ns, S("urn:m"));
	assert_int_equal(root->n_attributes, 3);
	assert_str(root->attribute[0].ns, S("urn:a"));
	assert_str(root->attribute[1].ns, STR_NONE); /* an attribute has no default */
	assert_str(root->attribute[2].ns, S("http://www.w3.org/XML/1998/namespace"));
	const struct xml_node *child = root->first;
	assert_str(child->name, S("i"));
	assert_str(child->ns, S("urn:b"));
	assert_str(child->attribute[0].ns, S("urn:b"));
	child = child->next;
	assert_str(child->ns, S("urn:a")); /* the inner one has ended */
	child = child->next;
	assert_str(child->ns, STR_NONE);
	child = child->next;
	assert_str(child->name, S("r")); /* never declared */
	assert_str(child->ns, STR_NONE);
	assert_str(xml_attr(child, "s"), S("4"));
}

#define DECLARED(encoding) "<?xml version='1.0' encoding='" encoding "'?>"

static void course_tools_encodings_are_read(void **state)
{
	(void)state;
	static const struct {
		str bytes, text;
		const char *reason;
	} rows[] = {
#define ROW(bytes, text, reason) \
	{ { bytes, sizeof(bytes) - 1 }, { text, sizeof(text) - 1 }, reason }
		ROW("<a>Ә</a>", "Ә", "no declaration"),
		ROW("\xEF\xBB\xBF<a>Ә</a>", "Ә", "a byte order mark"),
		ROW("\xEF\xBB\xBF\xEF\xBB\xBF\r\n <a>Ә</a>", "Ә", "two of them and blanks"),
		ROW(" \r\n\t" DECLARED("UTF-8") "<a>Ә</a>", "Ә",
		    "blanks before the declaration"),
		ROW(DECLARED("windows-1251") "<a>\xCF\xF0\xE8\xB3</a>", "Приі",
		    "windows-1251"),
		ROW(DECLARED("Windows-1251") "<a>\xC0\x98</a>", "А\xEF\xBF\xBD",
		    "a hole in it"),
		ROW(DECLARED("cp1251") "<a>\xCF</a>", "П", "by another name"),
		ROW(DECLARED("kz-1048") "<a>\x8D\xA3\xBE\xA1\xAA\x8E\xAF\xAA</a>",
		    "ҚӘңҰҒҺҮҒ", "kz-1048"),
		ROW(DECLARED("koi8-r") "<a>\xF0\xD2\xC9\xD7\xC5\xD4</a>", "Привет",
		    "koi8-r"),
		ROW(DECLARED("cp866") "<a>\x8F\xE0\xA8\xA2</a>", "Прив", "cp866"),
		ROW(DECLARED("ISO-8859-5") "<a>\xBF\xE0\xF0\xA1</a>", "Пр№Ё", "iso-8859-5"),
		ROW(DECLARED("windows-1252") "<a>caf\xE9 \x80</a>", "café €",
		    "windows-1252"),
		ROW(DECLARED("iso-8859-1") "<a>caf\xE9 \x93</a>", "café “",
		    "read as browsers do"),
		ROW(DECLARED("iso-8859-15") "<a>\xA4\xE9</a>", "€é", "iso-8859-15"),
		ROW(DECLARED("windows-1251") "<a>Привет</a>", "Привет",
		    "declared so, but UTF-8"),
		ROW(DECLARED("utf-16") "<a>Ә</a>", "Ә", "declared UTF-16, but UTF-8"),
		ROW(DECLARED("UTF8") "<a>Ә</a>", "Ә", "a wrong name for UTF-8"),
		ROW(DECLARED("x-unheard-of") "<a>b</a>", "b", "no name at all, but ASCII"),
		ROW("\xFF\xFE<\0a\0>\0\xD8\x04<\0/\0a\0>\0", "Ә",
		    "UTF-16, little end first"),
		ROW("\xFE\xFF\0<\0a\0>\x04\xD8\0<\0/\0a\0>", "Ә", "UTF-16, big end first"),
		ROW("<\0a\0>\0\xD8\x04<\0/\0a\0>\0", "Ә", "UTF-16 without a mark"),
		ROW("\0<\0a\0>\x04\xD8\0<\0/\0a\0>", "Ә", "the other way round"),
		ROW("\xFF\xFE\r\0\n\0<\0a\0>\0x\0<\0/\0a\0>\0", "x",
		    "UTF-16, blanks in front"),
		ROW("\xFF\xFE<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0'\0001\0.\0000\0'\0 "
		    "\0"
		    "e\0n\0c\0o\0d\0i\0n\0g\0=\0'\0u\0t\0f\0-\0008\0'\0?\0>\0<\0a\0>\0x\0<"
		    "\0/\0a\0>\0",
		    "x", "UTF-16 that says it is UTF-8"),
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct xml_node *root = NULL;
		enum err e = xml_read(rows[i].bytes, limits, arena, &root);
		assert_row(!e, rows[i].reason);
		assert_row(str_is(root->text, rows[i].text), rows[i].reason);
	}
}

static void what_is_not_xml_is_refused_with_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *xml, *sentence;
	} rows[] = {
		{ "", "XML, line 1, column 1: no element found" },
		{ "<a>\n <b></a>", "XML, line 2, column 7: mismatched tag" },
		{ "<a/><b/>", "XML, line 1, column 5: junk after document element" },
		{ "<a x=1/>", "XML, line 1, column 6: not well-formed (invalid token)" },
		{ "<a x='1' x='2'/>", "XML, line 1, column 10: duplicate attribute" },
		{ "<a>&nothing;</a>", "XML, line 1, column 4: undefined entity" },
		{ "<a>\x01</a>", "XML, line 1, column 4: not well-formed (invalid token)" },
		{ "<a>\xFF</a>", "XML, line 1, column 4: not well-formed (invalid token)" },
		{ DECLARED("x-unheard-of") "<a>\xFF</a>",
		  "XML, line 1, column 31: unknown encoding" },
	};
	for (size_t i = 0; i < countof(rows); i++) {
		struct xml_node *root = NULL;
		enum err e = xml_read(str_of(rows[i].xml), limits, arena, &root);
		assert_row(e == ERR_INVALID, rows[i].sentence);
		assert_string_equal(err_last()->sentence, rows[i].sentence);
		assert_null(root);
	}
}

static void nothing_outside_is_opened(void **state)
{
	(void)state;
	const struct xml_node *root =
		read_ok(S("<!DOCTYPE a SYSTEM 'file:///etc/passwd' ["
	                  "<!ENTITY x SYSTEM 'file:///etc/passwd'>"
	                  "<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>"
	                  "<a>b&x;</a>"));
	assert_str(root->text, S("b"));
}

static void entities_expand_but_not_for_ever(void **state)
{
	(void)state;
	const struct xml_node *root =
		read_ok(S("<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;'>]><a>&z;</a>"));
	assert_str(root->text, S("yy"));

	struct buf laughs;
	buf_init(&laughs, 1 << 16);
	buf_str(&laughs, S("<!DOCTYPE a [<!ENTITY e0 'ha'>"));
	for (int i = 1; i < 30; i++)
		buf_printf(&laughs, "<!ENTITY e%d '&e%d;&e%d;'>", i, i - 1, i - 1);
	buf_str(&laughs, S("]><a>&e29;</a>"));
	struct xml_node *unused;
	enum err e = xml_read(buf_as_str(&laughs), limits, arena, &unused);
	assert_true(e == ERR_TOO_LARGE || e == ERR_INVALID);
	buf_free(&laughs);
}

static void limits_hold(void **state)
{
	(void)state;
	struct xml_node *root;
	assert_ok(xml_read(S("<a><b><c><d><e/></d></c></b></a>"), limits, arena, &root));
	assert_err(ERR_TOO_LARGE, xml_read(S("<a><b><c><d><e><f/></e></d></c></b></a>"),
	                                   limits, arena, &root));
	assert_string_equal(err_last()->sentence, "XML, line 1: deeper than 5");

	struct buf wide;
	buf_init(&wide, 1 << 16);
	buf_str(&wide, S("<a>"));
	for (int i = 0; i < 99; i++) buf_str(&wide, S("<b/>"));
	buf_str(&wide, S("</a>"));
	assert_ok(xml_read(buf_as_str(&wide), limits, arena, &root));
	buf_reset(&wide);
	buf_str(&wide, S("<a>"));
	for (int i = 0; i < 100; i++) buf_str(&wide, S("<b/>"));
	buf_str(&wide, S("</a>"));
	assert_err(ERR_TOO_LARGE, xml_read(buf_as_str(&wide), limits, arena, &root));

	buf_reset(&wide);
	buf_str(&wide, S("<a"));
	for (int i = 0; i < 257; i++) buf_printf(&wide, " xmlns:n%d='u'", i);
	buf_str(&wide, S("/>"));
	assert_err(ERR_TOO_LARGE, xml_read(buf_as_str(&wide), limits, arena, &root));
	buf_free(&wide);

	struct arena *little = arena_open(1000);
	assert_err(ERR_TOO_LARGE, xml_read(S("<a>0123456789<b/>0123456789<b/>0123456789<b/>"
	                                     "0123456789<b/>0123456789<b/></a>"),
	                                   limits, little, &root));
	arena_close(little);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_arena, close_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_tree_is_read),
		TEST(prefixes_are_resolved),
		TEST(course_tools_encodings_are_read),
		TEST(what_is_not_xml_is_refused_with_its_place),
		TEST(nothing_outside_is_opened),
		TEST(entities_expand_but_not_for_ever),
		TEST(limits_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
