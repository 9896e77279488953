/* SPDX-License-Identifier: Apache-2.0 */
/* The guard against slow clients. CivetWeb gives a thread to each connection, so whoever
 * holds connections and says nothing holds threads (docs/decisions/0003-slow-clients.md).
 *
 * Every worker has a seat, which knows its connection and what the thread waits for. Two
 * things end a wait: its own deadline, and need: when fewer than a sixteenth of the seats
 * are free, the worst waiters past a short grace are cut, no more than are needed. First go
 * kept-alive connections that ask nothing, then new ones that say nothing, then half a
 * head, then half a body, then replies that nobody takes. A handler at work is never cut.
 *
 * On Linux the guard stands in front of poll() for the threads that have a seat: that is
 * how it learns the sockets, which CivetWeb does not tell. Elsewhere nothing is cut and
 * CivetWeb's own time-outs have to do. */
#pragma once

#include "base/base.h"

struct slow;
struct slow_seat;

struct slow *slow_open(int seats); /* never NULL */
void slow_close(struct slow *);    /* after its threads have ended; takes NULL */

/* This thread is a worker from now on. NULL when there are more workers than seats. */
struct slow_seat *slow_sit(struct slow *);
/* This thread waits for new connections: slow_stop wakes it. */
void slow_watch(struct slow *);

/* What the worker does; a NULL seat does nothing. */
void slow_begin(struct slow_seat *); /* it has a new connection */
void slow_end(struct slow_seat *);   /* … and is about to close it */
void slow_busy(struct slow_seat *);  /* the head of a request has been read */
void slow_quiet(struct slow_seat *); /* it is answered; the next may come */
/* From now on waits for more of the body may take `ms` in all, until the next such call. */
void slow_deadline(struct slow_seat *, int64_t ms);
/* The socket of this thread's connection; -1: not known. */
int slow_socket(const struct slow_seat *);
/* Whether this connection was cut. */
bool slow_was_cut(const struct slow_seat *);

/* Cuts every connection that waits for a request and wakes who waits for connections. */
void slow_stop(struct slow *);

uint64_t slow_cuts(const struct slow *); /* connections cut so far */
int slow_occupied(const struct slow *);  /* seats with a connection */
