/* SPDX-License-Identifier: Apache-2.0 */
/* The player of cases: how values are compared, and that a case which is not kept is told
 * with its reason. */
#include "support/test.h"

#include "base/arena.h"
#include "runtime/casebook.h"

/* ---- values ---- */
static void values_compare_as_the_book_types_them(void **state)
{
	(void)state;
	static const struct {
		const char *el, *type, *got, *wanted;
		bool same;
		const char *why;
	} rows[] = {
		{ "cmi.location", "", "a", "a", true, "the same bytes" },
		{ "cmi.location", "", "1.0", "1", false, "a text is no number" },
		{ "cmi.score.scaled", "", "0.80000001", "0.8", true, "within 1e-7" },
		{ "cmi.score.scaled", "", "0.8001", "0.8", false, "beyond it" },
		{ "cmi.score.raw", "", "", "0", false, "nothing is not 0" },
		{ "cmi.progress_measure", "", "1", "1.0000", true, "a real" },
		{ "cmi.total_time", "", "PT90S", "PT1M30S", true, "the same length" },
		{ "cmi.total_time", "", "P1DT0H", "PT24H0.00S", true, "days are hours" },
		{ "cmi.total_time", "", "PT90S", "PT91S", false, "another length" },
		{ "cmi.total_time", "", "90", "PT90S", false, "no duration" },
		{ "cmi.interactions.0.timestamp", "", "2003-07-25T03:00:00Z",
		  "2003-07-25T05:00:00+02:00", true, "the same instant" },
		{ "cmi.interactions.0.timestamp", "", "2003", "2003-01-01", true,
		  "a year is its first day" },
		{ "cmi.interactions.0.timestamp", "", "2003-07-25T03:00:00",
		  "2003-07-25T03:00:01", false, "another second" },
		{ "cmi.comments_from_learner.0.comment", "", "{lang=en}a", "a", true,
		  "en is the default" },
		{ "cmi.comments_from_learner.0.comment", "", "{lang=kk}a", "a", false,
		  "another language" },
		{ "cmi.score._children", "", "raw,scaled,min,max", "scaled,raw,min,max",
		  true, "a set of names" },
		{ "cmi.score._children", "", "raw,scaled,min,may", "scaled,raw,min,max",
		  false, "another name" },
		{ "cmi.interactions.0.learner_response", "choice", "b[,]a", "a[,]b", true,
		  "a set" },
		{ "cmi.interactions.0.learner_response", "choice", "a[,]a", "a[,]b", false,
		  "another set" },
		{ "cmi.interactions.0.learner_response", "sequencing", "b[,]a", "a[,]b",
		  false, "an order" },
		{ "p", "fill-in", "{case_matters=false}{lang=en}a[,]{lang=en}b", "a[,]b",
		  true, "defaults go without saying" },
		{ "p", "fill-in", "{order_matters=false}b[,]a",
		  "{order_matters=false}a[,]b", true, "order does not matter" },
		{ "p", "fill-in", "{case_matters=true}a", "a", false, "case matters" },
		{ "p", "numeric", "1.00[:]2", "1[:]2.0", true, "two reals" },
		{ "p", "numeric", "[:]2", "1[:]2", false, "an open range" },
		{ "p", "likert", "a", "A", false, "an id" },
	};
	for (size_t i = 0; i < countof(rows); i++)
		assert_row(case_value_is(str_of(rows[i].el),
		                         *rows[i].type ? str_of(rows[i].type) : STR_NONE,
		                         str_of(rows[i].got),
		                         str_of(rows[i].wanted)) == rows[i].same,
		           rows[i].why);
}

static void ids_compare_without_encoding_and_superfluous_space(void **state)
{
	(void)state;
	assert_true(case_id_is(S("a b"), S("a%20b")));
	assert_true(case_id_is(S("  a \t b "), S("a b")));
	assert_true(case_id_is(S("%4a"), S("J")));
	assert_true(case_id_is(S("50%"), S("50%")));
	assert_true(case_id_is(S(""), S("  ")));
	assert_false(case_id_is(S("ab"), S("a b")));
	assert_false(case_id_is(S("obj"), S("Obj")));
	assert_false(case_id_is(S("a"), S("ab")));
}

/* ---- cases ---- */
static const char manifest[] =
	"<manifest identifier='M' xmlns:adlcp='http://www.adlnet.org/xsd/adlcp_v1p3' "
	"xmlns:imsss='http://www.imsglobal.org/xsd/imsss'>"
	"<metadata><schemaversion>2004 4th Edition</schemaversion></metadata>"
	"<organizations default='O'><organization identifier='O'><title>C</title>"
	"<item identifier='A' identifierref='R' "
	"parameters='?act=1'><title>One</title></item>"
	"<item identifier='B' identifierref='R' "
	"parameters='?act=2'><title>Two</title></item>"
	"<imsss:sequencing><imsss:controlMode flow='true'/></imsss:sequencing>"
	"</organization></organizations><resources><resource identifier='R' "
	"type='webcontent' adlcp:scormType='sco' href='a.htm'/></resources></manifest>";

static enum err manifest_of(void *context, str package, struct arena *a,
                            struct manifest *out)
{
	(void)context, (void)package;
	return manifest_read_text(str_of(manifest), a, out);
}

static struct case_result play(struct arena *a, const char *json)
{
	const struct case_packages packages = { manifest_of, NULL };
	struct casebook *book = casebook_open();
	struct case_result result;
	assert_ok(casebook_play(book, str_of(json), &packages, a, NULL, &result));
	casebook_close(book);
	return result;
}

#define CASE(visits)                                                    \
	"{\"tc\":\"T\",\"packages\":[\"P\"],\"start\":{\"auto\":true}," \
	"\"sessionEndQuestion\":true,\"visits\":[" visits "]}"
#define INIT "{\"m\":\"Initialize\",\"el\":\"\",\"exp\":\"true\",\"err\":\"0\"}"

static void a_case_that_holds_passes(void **state)
{
	(void)state;
	struct arena *a = arena_open(64 << 20);
	struct case_result r = play(
		a, CASE("{\"visit\":\"V1\",\"activity\":\"1\",\"ui\":[{\"kind\":"
	                "\"previous.enabled\",\"expect\":\"N\"},{\"kind\":"
	                "\"toc.enabled.selectable\",\"target\":\"Two\",\"expect\":\"Y\"}],"
	                "\"calls\":[" INIT ",{\"m\":\"SetValue\",\"el\":\"cmi.location\","
	                "\"val\":\"3\",\"exp\":\"true\",\"err\":\"0\"}],"
	                "\"after\":{\"do\":\"continue\"}},"
	                "{\"visit\":\"V2\",\"activity\":\"2\",\"calls\":[" INIT
	                ",{\"m\":\"SetValue\",\"el\":\"adl.nav.request\",\"val\":"
	                "\"exitAll\",\"exp\":\"true\",\"err\":\"0\"}],"
	                "\"after\":{\"do\":\"none\",\"session\":\"ended\"}}"));
	assert_str(r.why, STR_NONE);
	assert_true(r.passed);
	assert_int_equal(r.visits, 2);
	assert_int_equal(r.calls, 4);
	arena_close(a);
}

static void a_case_that_does_not_hold_says_why(void **state)
{
	(void)state;
	static const struct {
		const char *json, *why;
	} rows[] = {
		{ CASE("{\"visit\":\"V1\",\"activity\":\"2\",\"after\":{\"do\":\"none\"}}"),
		  "V1: \"One\" is launched, activity 2 should be" },
		{ CASE("{\"visit\":\"V1\",\"activity\":\"1\",\"calls\":[" INIT
		       ",{\"m\":\"GetValue\",\"el\":\"cmi.mode\",\"exp\":\"review\","
		       "\"err\":\"0\"}],\"after\":{\"do\":\"exitAll\"}}"),
		  "V1: call 1, GetValue(cmi.mode, ) = \"normal\", 0; not \"review\", 0" },
		{ CASE("{\"visit\":\"V1\",\"activity\":\"1\",\"after\":{\"do\":\"choose\","
		       "\"title\":\"Three\"}}"),
		  "V1: no entry \"Three\"" },
		{ CASE("{\"visit\":\"V1\",\"activity\":\"1\",\"after\":{\"do\":\"none\"}}"),
		  "V1: the session has not ended" },
	};
	struct arena *a = arena_open(256 << 20);
	for (size_t i = 0; i < countof(rows); i++) {
		struct case_result r = play(a, rows[i].json);
		assert_false(r.passed);
		assert_str(r.why, str_of(rows[i].why));
	}
	arena_close(a);
}

static void what_is_no_case_is_refused(void **state)
{
	(void)state;
	const struct case_packages packages = { manifest_of, NULL };
	struct arena *a = arena_open(1 << 20);
	struct casebook *book = casebook_open();
	struct case_result r;
	assert_err(ERR_INVALID,
	           casebook_play(book, S("{\"tc\":\"T\"}"), &packages, a, NULL, &r));
	casebook_close(book);
	arena_close(a);
}

/* ---- what a browser saw ---- */
static const char judged[] = CASE(
	"{\"visit\":\"V1\",\"activity\":\"1\",\"ui\":[{\"kind\":\"continue.enabled\","
	"\"expect\":\"Y\"}],\"calls\":[" INIT
	",{\"m\":\"GetValue\",\"el\":\"cmi.score.raw\",\"exp\":\"5\",\"err\":\"0\"},"
	"{\"m\":\"GetValue\",\"el\":\"cmi.learner_id\",\"learner\":\"id\",\"err\":\"0\"},"
	"{\"m\":\"compareObjIds\",\"ids\":[\"a b\",\"c\"]}],"
	"\"after\":{\"do\":\"exitAll\",\"session\":\"ended\"}}");

#define SEEN(visits, rest) "{\"id\":\"7\",\"name\":\"N\",\"visits\":[" visits "]" rest "}"
#define VISIT(activity, ui, raw, ids, session)                                             \
	"{\"activity\":\"" activity "\",\"ui\":[\"" ui "\"],\"session\":\"" session        \
	"\",\"calls\":[{\"el\":\"\",\"value\":\"true\",\"error\":0},{\"el\":"              \
	"\"cmi.score.raw\",\"value\":\"" raw "\",\"error\":0},{\"el\":\"cmi.learner_id\"," \
	"\"value\":\"7\",\"error\":0},{\"ids\":[" ids "]}]}"
#define IDS "\"c\",\"a%20b\""
#define ENDED ",\"ended\":true"

static void what_a_browser_saw_is_judged_by_the_same_rules(void **state)
{
	(void)state;
	static const struct {
		const char *seen, *why; /* NULL: as the case wants it */
	} rows[] = {
		{ SEEN(VISIT("1", "Y", "5.0", IDS, "ended"), ENDED), NULL },
		{ SEEN(VISIT("1", "Y", "5", IDS, "suspended"), ENDED), NULL },
		{ SEEN(VISIT("2", "Y", "5", IDS, "ended"), ENDED),
		  "V1: activity 2 is launched, 1 should be" },
		{ SEEN(VISIT("1", "N", "5", IDS, "ended"), ENDED),
		  "V1: continue.enabled  is N" },
		{ SEEN(VISIT("1", "Y", "6", IDS, "ended"), ENDED),
		  "V1: call 1, GetValue(cmi.score.raw, ) = \"6\", 0; not \"5\", 0" },
		{ SEEN(VISIT("1", "Y", "5", "\"c\"", "ended"), ENDED),
		  "V1: 1 objectives, 1 of the wanted 2" },
		{ SEEN(VISIT("1", "Y", "5", IDS, "active"), ENDED),
		  "V1: the session is not ended but active" },
		{ SEEN(VISIT("1", "Y", "5", IDS, "ended"), ENDED ",\"why\":\"stuck\""),
		  "V1: stuck" },
		{ SEEN(VISIT("1", "Y", "5", IDS, "ended"), ""),
		  "V1: the session has not ended" },
		{ SEEN("", ",\"why\":\"stuck\""), "start: then V1 is not launched: stuck" },
		{ SEEN("{\"activity\":\"1\",\"ui\":[\"Y\"],\"calls\":[]}", ENDED),
		  "V1: call 0, Initialize() was not made" },
		{ SEEN("{\"activity\":\"1\",\"ui\":[],\"calls\":[]}", ENDED),
		  "V1: no answer to continue.enabled" },
	};
	struct arena *a = arena_open(1 << 20);
	for (size_t i = 0; i < countof(rows); i++) {
		struct case_result r;
		assert_ok(casebook_judge(str_of(judged), str_of(rows[i].seen), a, &r));
		assert_str(r.why, rows[i].why ? str_of(rows[i].why) : STR_NONE);
		assert_int_equal(r.passed, !rows[i].why);
	}
	arena_close(a);
}

static void what_is_no_record_is_refused(void **state)
{
	(void)state;
	struct arena *a = arena_open(1 << 20);
	struct case_result r;
	assert_err(ERR_INVALID, casebook_judge(str_of(judged), S("{\"id\":\"7\"}"), a, &r));
	arena_close(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_compare_as_the_book_types_them),
		cmocka_unit_test(ids_compare_without_encoding_and_superfluous_space),
		cmocka_unit_test(a_case_that_holds_passes),
		cmocka_unit_test(a_case_that_does_not_hold_says_why),
		cmocka_unit_test(what_is_no_case_is_refused),
		cmocka_unit_test(what_a_browser_saw_is_judged_by_the_same_rules),
		cmocka_unit_test(what_is_no_record_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
