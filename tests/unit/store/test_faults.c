/* SPDX-License-Identifier: Apache-2.0 */
/* needs: support/fault_vfs.c */
/* The disk breaks at its n-th operation, for n = 1, 2, 3 … until a whole life of a store
 * passes without. Each time the same questions: is there all that was acknowledged? Is
 * nothing there that was undone by its own job, and nothing by halves? */
#include "base/time.h"
#include "support/fault_vfs.h"
#include "unit/store/crowd.h"

enum { ALONE = 4, TOGETHER = 6, WRITES = 2 * ALONE + TOGETHER };
enum fate { NEVER_TRIED, ACKNOWLEDGED, UNDONE, REFUSED };

/* One write: two councils, so that halves would show. The text fills some pages. */
struct deed {
	char id[2][8];
	bool says_no;
	enum fate fate;
};

static char filler[3000];

static enum err do_deed(struct tx *tx, void *arg)
{
	const struct deed *d = arg;
	for (int half = 0; half < 2; half++) {
		struct council_new c = { .id = d->id[half],
			                 { filler, sizeof filler },
			                 ERR_OK };
		TRY(council_write(tx, &c));
	}
	return d->says_no ? FAIL(ERR_LIMITED, "%s said no", d->id[0]) : ERR_OK;
}

static void judge(struct deed *d, enum err err)
{
	if (!err)
		d->fate = ACKNOWLEDGED;
	else if (err == ERR_LIMITED)
		d->fate = UNDONE;
	else {
		assert_true(err == ERR_FULL || err == ERR_IO);
		d->fate = REFUSED;
	}
}

/* A store's whole life: opened, written to alone and in a group, closed. */
static void live(const char *folder, struct deed *deed)
{
	struct store *s;
	enum err err = store_open_vfs(folder, FAULT_VFS, &s);
	if (err) {
		assert_true(err == ERR_FULL || err == ERR_IO);
		return;
	}
	int n = 0;
	for (; n < ALONE; n++) judge(&deed[n], store_write(s, do_deed, &deed[n]));
	struct member member[TOGETHER];
	for (int i = 0; i < TOGETHER; i++)
		member[i] = (struct member){ .run = do_deed, .arg = &deed[n + i] };
	crowd_write(s, member, TOGETHER);
	for (int i = 0; i < TOGETHER; i++) judge(&deed[n + i], member[i].err);
	n += TOGETHER;
	for (; n < WRITES; n++) judge(&deed[n], store_write(s, do_deed, &deed[n]));
	store_close(s);
}

static void question(const char *folder, const struct deed *deed, int n)
{
	struct store *s;
	assert_ok(store_open_vfs(folder, FAULT_VFS, &s));
	assert_ok(store_check(s));
	for (int i = 0; i < WRITES; i++) {
		const struct deed *d = &deed[i];
		int64_t first = councils(s, d->id[0]), second = councils(s, d->id[1]);
		bool right = first == second;
		if (d->fate == ACKNOWLEDGED) right = right && first == 1;
		if (d->fate == UNDONE || d->fate == NEVER_TRIED)
			right = right && first == 0;
		if (!right)
			fail_msg("operation %d broke: write %d has fate %d and is there "
			         "%d, %d",
			         n, i, d->fate, (int)first, (int)second);
	}
	assert_ok(council_add(s, "afterwards"));
	store_close(s);
}

/* A store as it is after its first start, which costs most of all operations. */
static void copy_begun(const char *folder)
{
	static char begun[1 << 20];
	static size_t size;
	char path[FILE_PATH];
	struct store *s;
	assert_ok(file_path(path, folder, STORE_FILE));
	if (!size) {
		assert_ok(store_open_vfs(folder, FAULT_VFS, &s));
		store_close(s);
		assert_ok(file_read_at(path, 0, begun, sizeof begun, &size));
		assert_true(size < sizeof begun);
	}
	assert_ok(file_write(path, (str){ begun, size }, 0600));
}

/* False when nothing broke any more. */
static bool run_once(int n, int code, bool for_good, bool first_start)
{
	char folder[FILE_PATH];
	test_folder(folder);
	if (!first_start) copy_begun(folder);
	struct deed deed[WRITES] = { 0 };
	for (int i = 0; i < WRITES; i++) {
		snprintf(deed[i].id[0], sizeof deed[i].id[0], "c%02da", i);
		snprintf(deed[i].id[1], sizeof deed[i].id[1], "c%02db", i);
		deed[i].says_no = i % 4 == 3;
	}
	disk_breaks_at(n, code, for_good);
	live(folder, deed);
	bool happened = disk_broke();
	disk_breaks_at(0, 0, false);
	disk_power_back((unsigned)n);
	question(folder, deed, n);
	int lost = 0;
	for (int i = 0; i < WRITES; i++) lost += deed[i].fate == REFUSED;
	/* A disk that recovers costs one group at most. */
	if (!for_good && code != FAULT_POWER) assert_true(lost <= TOGETHER);
	test_drop_folder(folder);
	return happened;
}

/* Every third point in a usual run, and of a first start, which is long and of one kind,
 * every fifteenth; `test_store_faults every` takes three times as many. */
enum { FIRST_START = 5 };
static int stride = 3;

static void until_nothing_breaks(int code, bool for_good, const char *what)
{
	fault_vfs_register(false);
	disk_slow_sync(-1);
	memset(filler, 'f', sizeof filler);
	for (int first = 0; first < 2; first++) {
		int n = 1, points = 0, step = first ? FIRST_START * stride : stride;
		if (code == FAULT_POWER && !first) step = 1;
		for (; run_once(n, code, for_good, first); points++) n += step;
		printf("%s, %s: broke at %d of %d operations\n", what,
		       first ? "from the first start" : "later", points, n);
		assert_true(points > 15);
	}
	disk_slow_sync(0);
}

static void a_full_disk_loses_nothing_acknowledged(void **state)
{
	(void)state;
	until_nothing_breaks(SQLITE_FULL, true, "full");
}

static void a_disk_full_for_a_moment_loses_nothing_acknowledged(void **state)
{
	(void)state;
	until_nothing_breaks(SQLITE_FULL, false, "full once");
}

static void a_broken_disk_loses_nothing_acknowledged(void **state)
{
	(void)state;
	until_nothing_breaks(SQLITE_IOERR, true, "I/O error");
}

static void one_io_error_loses_nothing_acknowledged(void **state)
{
	(void)state;
	until_nothing_breaks(SQLITE_IOERR, false, "I/O error once");
}

static void a_power_cut_loses_nothing_acknowledged(void **state)
{
	(void)state;
	until_nothing_breaks(FAULT_POWER, true, "power cut");
}

/* ---- a transaction that is lost before its end ---- */

enum { BIG_ROWS = 60 };

/* Writes more than the page cache holds, so the WAL is written to before COMMIT; takes no
 * notice of errors. */
static enum err write_regardless(struct tx *tx, void *arg)
{
	(void)arg;
	static char text[100 << 10];
	memset(text, 't', sizeof text);
	for (int i = 0; i < BIG_ROWS; i++) {
		char id[16];
		snprintf(id, sizeof id, "big%02d", i);
		struct council_new c = { id, { text, sizeof text }, ERR_OK };
		if (council_write(tx, &c)) continue;
	}
	return ERR_OK;
}

/* A small write, the big one, a small write, as one group. */
static bool lose_in_the_middle(int n, int code)
{
	char folder[FILE_PATH];
	struct store *s;
	test_folder(folder);
	assert_ok(store_open_vfs(folder, FAULT_VFS, &s));
	struct council_new before = { .id = "before" }, after = { .id = "after" };
	struct member member[] = { { .run = council_write, .arg = &before },
		                   { .run = write_regardless },
		                   { .run = council_write, .arg = &after } };
	disk_breaks_at(n, code, false);
	crowd_write(s, member, 3);
	bool happened = disk_broke();
	disk_breaks_at(0, 0, false);
	int64_t wanted = member[0].err ? 0 : BIG_ROWS + 2;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(member[i].err, member[0].err);
		if (member[i].err) assert_non_null(strstr(member[i].note.sentence, "disk"));
	}
	assert_int_equal(councils(s, NULL), wanted);
	assert_ok(council_add(s, "later"));
	store_close(s);
	assert_ok(store_open_vfs(folder, FAULT_VFS, &s));
	assert_int_equal(councils(s, NULL), wanted + 1);
	store_close(s);
	test_drop_folder(folder);
	return happened;
}

static void a_transaction_lost_in_the_middle_takes_its_whole_group_along(void **state)
{
	(void)state;
	fault_vfs_register(false);
	disk_slow_sync(-1);
	static const int codes[] = { SQLITE_FULL, SQLITE_IOERR_WRITE };
	for (size_t i = 0; i < countof(codes); i++) {
		int n = 1, points = 0;
		for (; lose_in_the_middle(n, codes[i]); points++) n += 101 * stride;
		assert_true(points > 4);
	}
	disk_slow_sync(0);
}

static void health_says_that_the_disk_is_full(void **state)
{
	(void)state;
	char folder[FILE_PATH];
	test_folder(folder);
	fault_vfs_register(false);
	struct store *s;
	assert_ok(store_open_vfs(folder, FAULT_VFS, &s));
	disk_breaks_at(1, SQLITE_FULL, true);
	assert_err(ERR_FULL, store_healthy(s));
	disk_breaks_at(0, 0, false);
	/* The answer stays for a second. */
	assert_err(ERR_FULL, store_healthy(s));
	assert_non_null(strstr(err_last()->sentence, "full"));
	/* A write that reaches the disk is newer. */
	assert_ok(council_add(s, "c1"));
	assert_ok(store_healthy(s));
	store_close(s);
}

static void health_costs_one_commit_a_second_at_most(void **state)
{
	(void)state;
	char folder[FILE_PATH];
	test_folder(folder);
	struct store *s;
	assert_ok(store_open(folder, &s));
	int64_t from = time_mono_ms();
	for (int i = 0; i < 1000; i++) assert_ok(store_healthy(s));
	int64_t seconds = (time_mono_ms() - from) / 1000;
	assert_true(store_numbers(s).commits <= (uint64_t)seconds + 1);
	assert_true(store_numbers(s).commits >= 1);
	store_close(s);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "every")) stride = 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_full_disk_loses_nothing_acknowledged),
		cmocka_unit_test(a_disk_full_for_a_moment_loses_nothing_acknowledged),
		cmocka_unit_test(a_broken_disk_loses_nothing_acknowledged),
		cmocka_unit_test(one_io_error_loses_nothing_acknowledged),
		cmocka_unit_test(a_power_cut_loses_nothing_acknowledged),
		cmocka_unit_test(
			a_transaction_lost_in_the_middle_takes_its_whole_group_along),
		cmocka_unit_test(health_says_that_the_disk_is_full),
		cmocka_unit_test(health_costs_one_commit_a_second_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
