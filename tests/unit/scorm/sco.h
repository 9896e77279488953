/* SPDX-License-Identifier: Apache-2.0 */
/* A SCO that runs: two of them in a course, the first one launched, and what it calls. */
#pragma once

#include "support/test.h"

#include "scorm/cmi.h"

enum { SCO_BLOCK = 4 << 20 };
static _Alignas(16) uint8_t sco_block[2][SCO_BLOCK];

struct sco {
	struct scorm_tree tree;
	struct scorm_activity a[3];
	struct scorm_objective objective[3][3];
	struct scorm_objective_map map[3][3];
	struct scorm_store_map store[3];
	struct scorm_learner learner;
	struct scorm *e;
	int64_t now_ms;
};

/* The tree; it may be changed before sco_open. */
static inline void sco_course(struct sco *s, enum scorm_version version)
{
	static const str ids[] = { { "course", 6 }, { "first", 5 }, { "second", 6 } };
	memset(s, 0, sizeof *s);
	s->tree = (struct scorm_tree){ .version = version,
		                       .objectives_global_to_system = true,
		                       .shared_data_global_to_system = true,
		                       .id = S("course"),
		                       .activity = s->a,
		                       .n = 3 };
	s->learner = (struct scorm_learner){ .id = S("l7"), .name = S("Learner, A") };
	for (int i = 0; i < 3; i++) {
		s->a[i] = scorm_activity_default(version);
		s->a[i].id = s->a[i].title = ids[i];
		s->a[i].parent = i ? 0 : -1;
		s->a[i].content = i ? CONTENT_SCO : CONTENT_CLUSTER;
		s->a[i].flow = true;
		s->objective[i][0].primary = true;
		s->objective[i][0].minimum_measure = 1;
		s->a[i].objective = s->objective[i];
		s->a[i].n_objectives = 1;
	}
	s->a[0].first_child = 1;
	s->a[1].next_sibling = 2;
}

static inline struct scorm_delivery sco_go(struct sco *s, enum scorm_navigation what,
                                           int32_t target)
{
	struct scorm_delivery d;
	scorm_navigate(s->e, (struct scorm_request){ what, target }, ++s->now_ms, &d);
	return d;
}

static inline void sco_open(struct sco *s)
{
	s->now_ms = 1000;
	s->e = scorm_open(sco_block[0], SCO_BLOCK, &s->tree, &s->learner);
	assert_non_null(s->e);
	assert_int_equal(sco_go(s, NAV_CHOICE, 1).activity, 1);
}

static inline str sco_call(struct sco *s, const char *method, const char *a, const char *b)
{
	return scorm_call(s->e, str_of(method), str_of(a), str_of(b), ++s->now_ms);
}

static inline bool sco_start(struct sco *s)
{
	return str_is(sco_call(s, "Initialize", "", NULL), S("true"));
}

/* A SCO of that version, initialised. */
static inline void sco_run(struct sco *s, enum scorm_version version)
{
	sco_course(s, version);
	sco_open(s);
	assert_true(sco_start(s));
}

static inline void sco_set(struct sco *s, const char *name, const char *value, int error,
                           const char *file, int line)
{
	str got = sco_call(s, "SetValue", name, value);
	int last = scorm_last_error(s->e);
	bool as_wanted = last == error && str_is(got, error ? S("false") : S("true"));
	if (as_wanted) return;
	fprintf(stderr, "%s:%d: SetValue(%s, %.60s): %d, not %d\n", file, line, name, value,
	        last, error);
	_fail(file, line);
}
#define set_is(s, name, value, error) sco_set(s, name, value, error, __FILE__, __LINE__)

static inline void sco_get(struct sco *s, const char *name, const char *value, int error,
                           const char *file, int line)
{
	str got = sco_call(s, "GetValue", name, NULL);
	int last = scorm_last_error(s->e);
	if (last == error && str_is(got, str_of(value))) return;
	fprintf(stderr, "%s:%d: GetValue(%s) = \"%.*s\", %d; not \"%s\", %d\n", file, line,
	        name, STR_ARG(str_part(got, 0, 60)), last, value, error);
	_fail(file, line);
}
#define get_is(s, name, value, error) sco_get(s, name, value, error, __FILE__, __LINE__)
