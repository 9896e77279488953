/* SPDX-License-Identifier: Apache-2.0 */
/* A seat's state is a few atomics that its own thread writes and whoever needs room reads;
 * reading a stale one cuts somebody a little too early, no more. The socket is different:
 * its number may be another connection's a moment later, so it is set, cut and forgotten
 * under the guard's lock.
 *
 * Cutting is shutdown(): of the receiving side where a request is awaited, so that one that
 * has just arrived is still answered; of both where a reply is stuck. The thread's poll()
 * then returns and CivetWeb closes the connection as if the client had. */
#include "http/slow.h"

#include "base/time.h"
#include "http/tls.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#ifdef __linux__
#include <errno.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

enum waiting {
	EMPTY, /* no connection */
	KEPT,  /* between two requests */
	FRESH, /* a new connection that has sent nothing yet */
	HEAD,  /* part of a request's head has come */
	BUSY,  /* a handler runs, or CivetWeb */
	BODY,  /* for more of a request's body */
	SEND,  /* for the client to take more of the reply */
};

/* How long a wait may last: when there is room, and when its seat is needed. The first
 * leaves a phone at the edge of the Wi-Fi time for some lost packets. */
static const struct {
	int64_t most_ms, needed_ms;
} patience[] = {
	[KEPT] = { INT64_MAX / 2, 0 }, /* CivetWeb's keep_alive_timeout_ms ends it */
	[FRESH] = { 5 * 1000, 250 },   /* browsers open connections in advance */
	[HEAD] = { 5 * 1000, 250 },    /* a head is one or two packets */
	[BODY] = { 15 * 1000, 500 },   /* unless slow_deadline says otherwise */
	/* For a third of the socket's buffer, the least of which Linux tells. CivetWeb
	 * alone would allow 5 s: too little for 8 KB/s in a full hall. */
	[SEND] = { 20 * 1000, 5 * 1000 },
};

struct slow_seat {
	struct slow *slow;
	int fd; /* under the lock; -1: not known */
	_Atomic int waiting;
	_Atomic int64_t since_ms;    /* of this wait, or of the deed it belongs to */
	_Atomic int64_t deadline_ms; /* for BODY */
	_Atomic bool cut;
};

struct slow {
	pthread_mutex_t lock;
	int n, reserve;
	int wake;                      /* eventfd: readable once slow_stop was called */
	_Atomic int taken;             /* seats given to threads */
	_Atomic int occupied, leaving; /* with a connection; of these already cut */
	_Atomic uint64_t cuts;
	_Atomic bool stopped;
	struct slow_seat seat[];
};

static _Thread_local struct slow_seat *my_seat;
static _Thread_local struct slow *my_watch;

struct slow *slow_open(int seats)
{
	struct slow *s = calloc(1, sizeof *s + (size_t)seats * sizeof s->seat[0]);
	if (!s) abort();
	pthread_mutex_init(&s->lock, NULL);
	s->n = seats;
	s->reserve = seats / 16 ? seats / 16 : 1;
	s->wake = -1;
	for (int i = 0; i < seats; i++) {
		s->seat[i].slow = s;
		s->seat[i].fd = -1;
	}
#ifdef __linux__
	s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
#endif
	return s;
}

void slow_close(struct slow *s)
{
	if (!s) return;
#ifdef __linux__
	if (s->wake >= 0) close(s->wake);
#endif
	pthread_mutex_destroy(&s->lock);
	free(s);
}

struct slow_seat *slow_sit(struct slow *s)
{
	int i = atomic_fetch_add(&s->taken, 1);
	my_seat = i < s->n ? &s->seat[i] : NULL;
	return my_seat;
}

void slow_watch(struct slow *s)
{
	my_watch = s;
}

uint64_t slow_cuts(const struct slow *s)
{
	return atomic_load(&s->cuts);
}

int slow_occupied(const struct slow *s)
{
	return atomic_load(&s->occupied);
}

int slow_socket(const struct slow_seat *seat)
{
	return seat ? seat->fd : -1; /* only this thread changes it */
}

bool slow_was_cut(const struct slow_seat *seat)
{
	return seat && atomic_load(&seat->cut);
}

static void wait_for(struct slow_seat *seat, enum waiting what, int64_t since_ms)
{
	atomic_store_explicit(&seat->since_ms, since_ms, memory_order_relaxed);
	atomic_store_explicit(&seat->waiting, (int)what, memory_order_release);
}

/* Ends the seat's connection; with the lock held. */
static void cut(struct slow_seat *seat, enum waiting what)
{
#ifdef __linux__
	if (seat->fd < 0 || atomic_exchange(&seat->cut, true)) return;
	shutdown(seat->fd, what == SEND ? SHUT_RDWR : SHUT_RD);
	atomic_fetch_add(&seat->slow->leaving, 1);
	atomic_fetch_add(&seat->slow->cuts, 1);
#else
	(void)seat, (void)what;
#endif
}

static int lacking(const struct slow *s)
{
	int free = s->n - atomic_load(&s->occupied) + atomic_load(&s->leaving);
	return s->reserve - free;
}

/* How much a seat deserves to be cut, when one is needed: 0 not at all. A kind of wait goes
 * before the next kind, a long one before a short one. */
static int64_t guilt(struct slow_seat *seat, int64_t now, enum waiting *what_out)
{
	enum waiting what =
		(enum waiting)atomic_load_explicit(&seat->waiting, memory_order_acquire);
	*what_out = what;
	if (what == EMPTY || what == BUSY || atomic_load(&seat->cut)) return 0;
	int64_t for_ms = now - atomic_load_explicit(&seat->since_ms, memory_order_relaxed);
	if (for_ms < patience[what].needed_ms) return 0;
	return (int64_t)(SEND - what + 1) << 40 | (for_ms + 1);
}

/* Cuts as many as are lacking, the guiltiest first. */
static void make_room(struct slow *s)
{
	if (lacking(s) <= 0) return;
	int64_t now = time_mono_ms();
	pthread_mutex_lock(&s->lock);
	while (lacking(s) > 0) {
		struct slow_seat *worst = NULL;
		enum waiting worst_waits = EMPTY;
		int64_t most = 0;
		for (int i = 0; i < s->n; i++) {
			enum waiting what = EMPTY;
			int64_t g = s->seat[i].fd < 0 ? 0 : guilt(&s->seat[i], now, &what);
			if (g <= most) continue;
			most = g;
			worst = &s->seat[i];
			worst_waits = what;
		}
		if (!worst) break;
		cut(worst, worst_waits);
	}
	pthread_mutex_unlock(&s->lock);
}

void slow_begin(struct slow_seat *seat)
{
	if (!seat) return;
	atomic_store(&seat->cut, false);
	atomic_fetch_add(&seat->slow->occupied, 1);
	wait_for(seat, FRESH, time_mono_ms());
	make_room(seat->slow);
}

void slow_end(struct slow_seat *seat)
{
	if (!seat) return;
	struct slow *s = seat->slow;
	pthread_mutex_lock(&s->lock);
	seat->fd = -1;
	atomic_store(&seat->waiting, (int)EMPTY);
	atomic_fetch_sub(&s->occupied, 1);
	if (atomic_load(&seat->cut)) atomic_fetch_sub(&s->leaving, 1);
	pthread_mutex_unlock(&s->lock);
}

void slow_busy(struct slow_seat *seat)
{
	if (!seat) return;
	int64_t now = time_mono_ms();
	atomic_store_explicit(&seat->deadline_ms, now + patience[BODY].most_ms,
	                      memory_order_relaxed);
	wait_for(seat, BUSY, now);
}

void slow_deadline(struct slow_seat *seat, int64_t ms)
{
	if (!seat) return;
	int64_t now = time_mono_ms();
	atomic_store_explicit(&seat->deadline_ms, now + ms, memory_order_relaxed);
	atomic_store_explicit(&seat->since_ms, now, memory_order_relaxed);
}

void slow_quiet(struct slow_seat *seat)
{
	if (seat) wait_for(seat, KEPT, time_mono_ms());
}

void slow_stop(struct slow *s)
{
	atomic_store(&s->stopped, true);
	pthread_mutex_lock(&s->lock);
	for (int i = 0; i < s->n; i++) {
		int what = atomic_load(&s->seat[i].waiting);
		if (what != EMPTY && what != BUSY) cut(&s->seat[i], (enum waiting)what);
	}
	pthread_mutex_unlock(&s->lock);
#ifdef __linux__
	uint64_t one = 1;
	if (s->wake >= 0 && write(s->wake, &one, sizeof one) < 0) return;
#endif
}

#ifdef __linux__

/* What poll() does, by the neighbour of it in libc that nobody stands in front of. */
static int really_poll(struct pollfd *fds, nfds_t n, int64_t ms)
{
	struct timespec t = { .tv_sec = (time_t)(ms / 1000),
		              .tv_nsec = (long)(ms % 1000) * 1000 * 1000 };
	return ppoll(fds, n, ms < 0 ? NULL : &t, NULL);
}

/* The thread that takes connections also looks at the wake-up call. */
static int poll_watching(struct slow *s, struct pollfd *fds, nfds_t n, int ms)
{
	enum { MOST = 8 };
	if (n >= MOST || s->wake < 0) return really_poll(fds, n, ms);
	struct pollfd more[MOST];
	memcpy(more, fds, n * sizeof *fds);
	more[n] = (struct pollfd){ .fd = s->wake, .events = POLLIN };
	int ready = really_poll(more, n + 1, ms);
	memcpy(fds, more, n * sizeof *fds);
	return ready > 0 && more[n].revents ? ready - 1 : ready;
}

/* What a worker waits for that polls its connection. */
static enum waiting waits_for(enum waiting now, const struct pollfd *fd)
{
	if (now != BUSY) return now;
	return fd->events & POLLOUT ? SEND : BODY;
}

/* Until when the wait may last, at the latest. */
static int64_t last_moment(struct slow_seat *seat, enum waiting what)
{
	if (what == BODY)
		return atomic_load_explicit(&seat->deadline_ms, memory_order_relaxed);
	return atomic_load_explicit(&seat->since_ms, memory_order_relaxed) +
	       patience[what].most_ms;
}

/* Cuts this thread's own connection: its time is over. */
static int give_up(struct slow_seat *seat, enum waiting what)
{
	pthread_mutex_lock(&seat->slow->lock);
	cut(seat, what);
	pthread_mutex_unlock(&seat->slow->lock);
	errno = ETIMEDOUT;
	return -1;
}

/* Waits in two parts: up to the moment from which the seat may be taken away, and from
 * there, when nobody needs it, as long as there is patience. */
static int wait_seated(struct slow_seat *seat, struct pollfd *fd, enum waiting what, int ms)
{
	struct slow *s = seat->slow;
	if (fd->events & POLLIN && tls_pending(fd->fd)) {
		fd->revents = POLLIN;
		return 1;
	}
	int64_t now = time_mono_ms(), end = now + ms, last = last_moment(seat, what);
	int64_t grace = atomic_load_explicit(&seat->since_ms, memory_order_relaxed) +
	                patience[what].needed_ms;
	/* Half a head and half a reply wait for our deadline: CivetWeb's would be its
	 * keep-alive time for the one and 5 s for the other. */
	if (ms < 0 || end > last || what == HEAD || what == SEND) end = last;
	for (;;) {
		bool needed = (now >= grace && lacking(s) > 0) || atomic_load(&s->stopped);
		int64_t until = needed ? now : now < grace && grace < end ? grace : end;
		int ready = really_poll(fd, 1, until > now ? until - now : 0);
		if (ready) return ready;
		now = time_mono_ms();
		if (needed || now >= last) return give_up(seat, what);
		if (now >= end) return 0;
	}
}

static int poll_seated(struct slow_seat *seat, struct pollfd *fd, int ms)
{
	enum waiting before = (enum waiting)atomic_load(&seat->waiting);
	enum waiting what = waits_for(before, fd);
	if (what == before && seat->fd != fd->fd) {
		pthread_mutex_lock(&seat->slow->lock);
		seat->fd = fd->fd;
		pthread_mutex_unlock(&seat->slow->lock);
	}
	if (seat->fd != fd->fd) return really_poll(fd, 1, ms); /* a handler's own */

	if (what == SEND)
		wait_for(seat, SEND, time_mono_ms());
	else
		atomic_store_explicit(&seat->waiting, (int)what, memory_order_release);
	int ready = wait_seated(seat, fd, what, ms);
	if (what != before)
		atomic_store_explicit(&seat->waiting, (int)before, memory_order_release);
	else if (ready > 0 && what != HEAD)
		wait_for(seat, HEAD, time_mono_ms());
	return ready;
}

/* In front of libc's poll, for the whole program: the dynamic linker prefers the
 * executable's, and a static link the one that comes first. Threads without a seat get
 * what they asked for. The name is given to the linker only: libc's declaration tells the
 * compiler that poll does not read what it is given. */
int poll_guarded(struct pollfd *fds, nfds_t n, int ms) __asm__("poll");

int poll_guarded(struct pollfd *fds, nfds_t n, int ms)
{
	if (my_seat && n == 1 && atomic_load(&my_seat->waiting) != EMPTY)
		return poll_seated(my_seat, fds, ms);
	if (my_watch) return poll_watching(my_watch, fds, n, ms);
	return really_poll(fds, n, ms);
}

#endif
