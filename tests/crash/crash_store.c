/* SPDX-License-Identifier: Apache-2.0 */
/* kill -9 in the middle of 64 committing threads, again and again on one file:
 *
 *     crash_store [rounds]
 *
 * A child writes; each thread numbers its writes and notes in memory shared with the parent
 * what it began and what was acknowledged. The parent kills the child at a random moment,
 * opens the file and asks: is every acknowledged write there, once and whole? Is nothing
 * there that was never begun, or that its own job undid? */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/time.h"
#include "store/inside.h"

enum { THREADS = 64, MOST_MS = 300, UNDONE_EVERY = 7 };

SQL(add, "INSERT INTO council (id, name, folded, made_at) VALUES (:id, :name, :id, :at)");
SQL(count, "SELECT count(*) FROM council WHERE id >= :first AND id < :after");
SQL(last, "SELECT max(id) FROM council WHERE id >= :first AND id < :after");

/* Shared with the child. */
struct promise {
	_Atomic(int64_t) begun, acknowledged; /* numbers of writes, from 1 */
	int64_t saved_before;                 /* of the rounds before */
};
static struct promise *promise;
static const char *folder;
static int broken;

static void complain(const char *what, int thread, int64_t a, int64_t b)
{
	printf("not ok thread %d: %s (%lld, %lld)\n", thread, what, (long long)a,
	       (long long)b);
	broken++;
}

static enum err insist(enum err err)
{
	if (!err) return err;
	printf("not ok %s:%d: %s\n", err_last()->file, err_last()->line,
	       err_last()->sentence);
	fflush(stdout);
	_exit(1);
}

/* ---- the child ---- */

struct write {
	int thread;
	int64_t number;
	struct store *store;
};

/* "t07-000000123-a": in the order of threads and numbers. */
static void name_it(char out[32], int thread, int64_t number, char half)
{
	snprintf(out, 32, "t%02d-%09lld-%c", thread, (long long)number, half);
}

static bool is_undone(int64_t number)
{
	return number % UNDONE_EVERY == 0;
}

static enum err write_pair(struct tx *tx, void *arg)
{
	const struct write *w = arg;
	for (char half = 'a'; half <= 'b'; half++) {
		char id[32];
		name_it(id, w->thread, w->number, half);
		QUERY(q, tx_db(tx), add);
		bind_text(&q, ":id", str_of(id));
		bind_text(&q, ":name",
		          S("a name that takes some room on the page it lies on"));
		bind_int(&q, ":at", w->number);
		TRY(query_run(&q, NULL));
	}
	return is_undone(w->number) ? FAIL(ERR_REFUSED, "undone on purpose") : ERR_OK;
}

static void *write_for_ever(void *arg)
{
	struct write *w = arg;
	struct promise *p = &promise[w->thread];
	for (w->number = p->begun + 1;; w->number++) {
		p->begun = w->number;
		enum err err = store_write(w->store, write_pair, w);
		if (is_undone(w->number) ? err != ERR_REFUSED : err != ERR_OK) insist(err);
		p->acknowledged = w->number;
	}
	return NULL;
}

static void be_the_child(void)
{
	static struct write write[THREADS];
	struct store *s;
	insist(store_open(folder, &s));
	for (int i = 0; i < THREADS; i++) {
		pthread_t thread;
		write[i] = (struct write){ .thread = i, .store = s };
		if (pthread_create(&thread, NULL, write_for_ever, &write[i])) _exit(1);
	}
	for (;;) pause();
}

/* ---- the parent ---- */

static int64_t ask(struct db *db, const struct sql *sql, int thread, int64_t from,
                   int64_t to)
{
	char first[32], after[32];
	name_it(first, thread, from, 'a');
	name_it(after, thread, to + 1, 'a');
	QUERY(q, db, *sql);
	bind_text(&q, ":first", str_of(first));
	bind_text(&q, ":after", str_of(after));
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(1 << 12);
	int64_t n = 0;
	if (query_next(&q)) {
		if (sql == &count)
			n = column_int(&q, 0, 0);
		else
			str_to_int(str_part(column_text(&q, a, 0), 4, 13), 0, INT64_MAX,
			           &n);
	}
	insist(query_end(&q));
	return n;
}

/* How many of the first `n` writes must be there. */
static int64_t kept_of(int64_t n)
{
	return n - n / UNDONE_EVERY;
}

static void question(struct db *db, int thread)
{
	struct promise *p = &promise[thread];
	int64_t begun = p->begun, sure = p->acknowledged;
	/* One write may have been under way: it is there or not, but never by halves. */
	int64_t newest = ask(db, &last, thread, 0, 999999998);
	if (newest > begun) complain("a write that was never begun", thread, newest, begun);
	int64_t rows = ask(db, &count, thread, p->saved_before + 1, begun);
	int64_t wanted = 2 * (kept_of(sure) - kept_of(p->saved_before));
	int64_t most = 2 * (kept_of(begun) - kept_of(p->saved_before));
	if (rows != wanted && rows != most)
		complain("rows are there, not as promised", thread, rows, wanted);
	if (ask(db, &count, thread, 0, 999999998) != 2 * kept_of(p->saved_before) + rows)
		complain("rows of earlier rounds changed", thread, rows, wanted);
	/* What was under way and is not there: the next round writes it again. */
	p->acknowledged = rows == most ? begun : sure;
	p->begun = p->saved_before = p->acknowledged;
}

static int64_t one_round(unsigned moment)
{
	int64_t before = 0, after = 0;
	for (int i = 0; i < THREADS; i++) before += promise[i].acknowledged;
	fflush(stdout);
	pid_t child = fork();
	if (!child) be_the_child();
	/* Counted from its first acknowledged write on. */
	for (int64_t now = before; now == before && !waitpid(child, NULL, WNOHANG);) {
		sched_yield();
		now = 0;
		for (int i = 0; i < THREADS; i++) now += promise[i].acknowledged;
	}
	struct timespec pause = { 0, (long)(moment % (MOST_MS * 1000)) * 1000 };
	nanosleep(&pause, NULL);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	for (int i = 0; i < THREADS; i++) after += promise[i].acknowledged;

	struct store *s;
	struct db *db;
	insist(store_open(folder, &s));
	insist(store_check(s));
	insist(store_reader(s, &db));
	for (int i = 0; i < THREADS; i++) question(db, i);
	store_reader_done(s, db);
	store_close(s);
	return after - before;
}

static enum err drop_entry(void *context, const char *name)
{
	char path[FILE_PATH];
	TRY(file_path(path, context, name));
	return file_drop(path);
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 5, good = 0;
	char path[] = "crash-store-XXXXXX";
	if (!mkdtemp(path)) return 1;
	folder = path;
	promise = mmap(NULL, THREADS * sizeof *promise, PROT_READ | PROT_WRITE,
	               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (promise == MAP_FAILED) return 1;
	int64_t promises = 0;
	for (int i = 0; i < rounds; i++) {
		unsigned moment;
		if (getrandom(&moment, sizeof moment, 0) != sizeof moment) return 1;
		int before = broken;
		promises += one_round(moment);
		if (broken == before) good++;
	}
	printf("%lld promises in %d rounds of kill -9\n", (long long)promises, rounds);
	printf("%d passed, %d failed\n", good, rounds - good);
	insist(file_each(folder, drop_entry, path));
	rmdir(folder);
	return good == rounds ? 0 : 1;
}
