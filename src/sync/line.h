/* SPDX-License-Identifier: Apache-2.0 */
/* The line to the hub: HTTP(S) through libcurl, with the system's trusted authorities and
 * the system's proxy settings. Whether it was the hub that answered is not the line's
 * business: the reply's signature says so. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct line;
/* ERR_INVALID ("bad-url") unless `url` is http:// or https:// and a host. */
fallible line_open(const char *url, struct line **out);
void line_close(struct line *); /* takes NULL */
/* Sends a request, gives the reply's bytes and its HTTP status. ERR_BUSY: "no-line" when
 * the other side cannot be reached or the connection breaks, "later" when it asks to wait
 * (429, 503; *wait_s_out: how long it says, 0: it does not say). */
fallible line_say(struct line *, str request, struct buf *reply, int *status_out,
                  int *wait_s_out);
/* Lets `ms` pass; false as soon as the line is given up. */
bool line_pause(struct line *, int64_t ms);
/* Another thread wants the line given up: line_say returns soon with "no-line". */
void line_hang_up(struct line *);
