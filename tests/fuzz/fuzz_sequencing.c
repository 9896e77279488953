/* SPDX-License-Identifier: Apache-2.0 */
/* A random course, and a learner who does anything in any order. The engine never falls
 * over, says exactly what scorm_navigate then does, answers each sequencing request as the
 * pseudo-code read step by step does (support/book.c), and a snapshot restored in another
 * engine gives the same bytes again. */
/* needs: support/random_tree.c support/book.c */
#include "scorm/cmi.h"
#include "scorm/sequencing.h"

#include "fuzz/fuzz.h"
#include "support/book.h"
#include "support/random_tree.h"

#include <stdio.h>

enum { BLOCK = 1 << 20, SNAPSHOT = 1 << 20, TREE = 1 << 20 };

static _Alignas(16) uint8_t blocks[2][BLOCK], tree_room[TREE];
static uint8_t snapshots[2][SNAPSHOT];

struct play {
	struct scorm_tree tree;
	struct scorm_learner learner;
	int house; /* which of the blocks the engine lives in */
	struct scorm *e;
	int64_t now_ms;
};

/* ---- what the content does ---- */

static void content_acts(struct play *p, uint8_t what)
{
	static const char *const sets[][2] = {
		{ "cmi.completion_status", "completed" },
		{ "cmi.completion_status", "incomplete" },
		{ "cmi.success_status", "passed" },
		{ "cmi.success_status", "failed" },
		{ "cmi.score.scaled", "0.8" },
		{ "cmi.score.scaled", "-0.1" },
		{ "cmi.progress_measure", "1" },
		{ "cmi.progress_measure", "0.4" },
		{ "cmi.exit", "suspend" },
		{ "cmi.exit", "time-out" },
		{ "cmi.exit", "logout" },
		{ "cmi.exit", "normal" },
		{ "cmi.session_time", "PT10S" },
		{ "cmi.objectives.0.success_status", "passed" },
		{ "cmi.objectives.0.score.scaled", "0.5" },
		{ "adl.nav.request", "continue" },
		{ "adl.nav.request", "abandon" },
		{ "adl.nav.request", "_none_" },
		{ "cmi.success_status", "unknown" },
		{ "adl.data.0.store", "a" },
		{ "cmi.core.lesson_status", "completed" },
		{ "cmi.core.exit", "suspend" },
		{ "cmi.core.score.raw", "77" },
	};
	str none = STR_NONE;
	switch (what % 32) {
	case 30: scorm_call(p->e, S("Initialize"), S(""), none, p->now_ms); break;
	case 31: scorm_call(p->e, S("Terminate"), S(""), none, p->now_ms); break;
	case 29: scorm_call(p->e, S("Commit"), S(""), none, p->now_ms); break;
	default: {
		size_t i = what % 32 % countof(sets);
		scorm_call(p->e, S("SetValue"), str_of(sets[i][0]), str_of(sets[i][1]),
		           p->now_ms);
	}
	}
}

/* What an asset cannot say, said of it all the same. */
static void tracking_changes(struct play *p, uint8_t what)
{
	int32_t current = scorm_current(p->e);
	if (current < 0 || scorm_running(p->e) || !scorm_tracks(p->e)[current].active)
		return;
	struct scorm_objective_track o = { .known = KNOWN_SATISFIED,
		                           .satisfied = what & 1 };
	switch (what % 6) {
	case 0:
	case 1: track_objective_set(p->e, current, 0, &o, 0); break;
	case 2:
		o = (struct scorm_objective_track){ .known = KNOWN_MEASURE,
			                            .measure = (what & 7) / 7.0 };
		track_objective_set(p->e, current, 0, &o, 0);
		break;
	case 3: track_completion_set(p->e, current, true, what & 8); break;
	case 4: track_progress_set(p->e, current, true, (what & 15) / 15.0); break;
	case 5: track_suspended_set(p->e, current, what & 8); break;
	}
}

/* ---- what the learner does ---- */

static bool foretold(struct scorm *e, struct scorm_request r)
{
	const struct scorm_validity *v = scorm_validity_of(e);
	bool there = r.target >= 0 && r.target < e->tree->n;
	switch (r.what) {
	case NAV_NONE: return true;
	case NAV_START: return v->start;
	case NAV_RESUME_ALL: return v->resume_all;
	case NAV_CONTINUE: return v->next;
	case NAV_PREVIOUS: return v->previous;
	case NAV_CHOICE: return there && v->choice[r.target];
	case NAV_JUMP: return there && jumps_of(e)[r.target];
	case NAV_EXIT: return v->exit;
	case NAV_EXIT_ALL: return v->exit_all;
	case NAV_ABANDON: return v->abandon;
	case NAV_ABANDON_ALL: return v->abandon_all;
	case NAV_SUSPEND_ALL: return v->suspend_all;
	}
	return false;
}

/* What a SCO is told by adl.nav.request_valid. */
static void told_the_same(struct play *p, struct scorm_request r, bool valid)
{
	static const char *const words[] = { [NAV_CONTINUE] = "continue",
		                             [NAV_PREVIOUS] = "previous",
		                             [NAV_CHOICE] = "choice.",
		                             [NAV_JUMP] = "jump." };
	bool old = p->tree.version != SCORM_2004_4TH;
	if (!scorm_running(p->e) || r.what < NAV_CONTINUE || r.what > NAV_JUMP) return;
	if (is_scorm12(p->e) || (old && r.what == NAV_JUMP)) return;
	bool target = r.what == NAV_CHOICE || r.what == NAV_JUMP;
	str id = target ? p->tree.activity[r.target].id : S("");
	char name[80];
	int n = snprintf(name, sizeof name, "adl.nav.request_valid.%s%s%.*s%s",
	                 words[r.what], target ? "{target=" : "", STR_ARG(id),
	                 target ? "}" : "");
	str told = scorm_call(p->e, S("GetValue"), (str){ name, (size_t)n }, STR_NONE,
	                      p->now_ms);
	check(str_is(told, valid ? S("true") : S("false")));
}

/* cmi.exit of the SCO has the last word: whatever is asked for is Exit All. */
static bool leaves_course(const struct scorm *e)
{
	if (is_scorm12(e)) return false;
	return scorm_running(e) ? cmi2004_exits_all(e) : rte_exits_all(e);
}

/* What is closed is no valid choice, even where a post-condition would deliver another, or
 * an exit rule takes the whole course along. */
static bool may_be_overridden(const struct play *p, struct scorm_request r)
{
	for (int32_t i = 0; i < p->tree.n; i++)
		for (uint32_t n = 0; n < p->tree.activity[i].n_rules; n++)
			if (p->tree.activity[i].rule[n].set != RULES_PRE)
				return r.target >= 0;
	return false;
}

static void learner_acts(struct play *p, uint8_t what, uint8_t where)
{
	struct scorm_request r = { (enum scorm_navigation)(what % 12), -1 };
	if (what & 0x80) r.what = what & 1 ? NAV_CONTINUE : NAV_CHOICE;
	if (r.what == NAV_CHOICE || r.what == NAV_JUMP) r.target = where % p->tree.n;
	bool valid = foretold(p->e, r), leaves = r.what && leaves_course(p->e);
	struct scorm_delivery d;
	told_the_same(p, r, valid);
	scorm_navigate(p->e, r, p->e->now_ms, &d);
	if (leaves)
		check(d.session == SESSION_ENDED);
	else
		check(valid == !d.refused || (!valid && may_be_overridden(p, r)));
	check(d.session == scorm_session_of(p->e));
	if (d.activity < 0) return;
	check(d.activity == scorm_current(p->e) && d.session == SESSION_ACTIVE);
	check(p->tree.activity[d.activity].first_child < 0);
}

static bool is_word(const char *a, const char *b)
{
	return str_is(str_of(a), str_of(b));
}

static void book_agrees(const struct scorm *e, enum sequencing_request r, int32_t target)
{
	struct book_answer wanted = book_sequencing(e, r, target);
	struct sequenced got = sequencing_request(e, r, target);
	if (wanted.endless) return;
	check(got.deliver == wanted.deliver && got.end_session == wanted.end_session);
	check(is_word(got.exception, wanted.exception));
}

static void book_agrees_on_all(const struct scorm *e)
{
	for (int r = SEQUENCING_NONE; r <= SEQUENCING_PREVIOUS; r++)
		book_agrees(e, (enum sequencing_request)r, -1);
	for (int32_t i = 0; i < e->tree->n; i++) {
		book_agrees(e, SEQUENCING_CHOICE, i);
		book_agrees(e, SEQUENCING_JUMP, i);
	}
}

/* ---- snapshots ---- */

static void moves_house(struct play *p)
{
	size_t n, again;
	check(scorm_snapshot(p->e, snapshots[0], SNAPSHOT, &n));
	p->house = !p->house;
	p->e = scorm_open(blocks[p->house], BLOCK, &p->tree, &p->learner);
	check(p->e && scorm_restore(p->e, snapshots[0], n));
	check(scorm_snapshot(p->e, snapshots[1], SNAPSHOT, &again));
	check(again == n && memcmp(snapshots[0], snapshots[1], n) == 0);
}

/* What every state must obey. */
static void tree_is_sound(const struct scorm *e)
{
	int32_t current = scorm_current(e);
	const struct scorm_track *t = scorm_tracks(e);
	for (int32_t i = 0; i < e->tree->n; i++) {
		if (t[i].active) check(current >= 0 && is_within(e, current, i));
		check(t[i].n_available >= 0 && !e->touched[i]);
	}
}

static void play(struct play *p, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i + 2 < n && i < 3 * 200; i += 3) {
		p->now_ms += bytes[i + 2];
		switch (bytes[i] % 8) {
		case 0:
		case 1:
		case 2: learner_acts(p, bytes[i + 1], bytes[i + 2]); break;
		case 3:
		case 4:
		case 5: content_acts(p, bytes[i + 1]); break;
		case 6: tracking_changes(p, bytes[i + 1]); break;
		case 7: moves_house(p); break;
		}
		tree_is_sound(p->e);
		if (bytes[i] % 8 == 0) book_agrees_on_all(p->e);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	if (n < 8) return 0;
	struct play p = {
		.learner = { .id = S("l"), .name = S("Learner, A"), .seed = bytes[5] }
	};
	struct chance c = { 0 };
	memcpy(&c.state, bytes, 5);
	struct scorm_memory memory = { .p = tree_room, .room = TREE };
	random_tree(&c, 2 + bytes[6] % 40u, &memory, &p.tree);
	p.e = scorm_open(blocks[0], BLOCK, &p.tree, &p.learner);
	check(p.e != NULL);
	play(&p, bytes + 7, n - 7);
	return 0;
}
