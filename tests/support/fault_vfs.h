/* SPDX-License-Identifier: Apache-2.0 */
/* A SQLite VFS in front of the system's own, for a disk that misbehaves as it is told:
 *
 *     fault_vfs_register(false);
 *     for (int n = 1; run_once(n, SQLITE_FULL); n++) {}     run_once: disk_breaks_at(n,
 * code), …
 *
 * Operations are writes, syncs and truncations of any file, counted from 1. Any thread. */
#pragma once

#include <stdbool.h>

#define FAULT_VFS "fault"
/* Instead of an error code: the power fails. What was not synced is lost in parts, and
 * every operation from then on fails, until disk_power_back. */
#define FAULT_POWER (-1)

/* `as_default`: a store that is opened without naming a VFS gets this one. */
void fault_vfs_register(bool as_default);
/* The n-th operation from now on gives `code`; with `for_good` every later one too. n = 0:
 * nothing breaks. Watching for FAULT_POWER begins here: before the files are opened. */
void disk_breaks_at(int n, int code, bool for_good);
bool disk_broke(void); /* since disk_breaks_at */
/* Puts the files as the power cut left them; `seed` decides which unsynced sectors had been
 * written. All connections are closed. */
void disk_power_back(unsigned seed);
/* Every sync takes so much longer. -1: none is carried out (the file is only as safe as the
 * system's cache; faults and power cuts do not mind). */
void disk_slow_sync(int us);
long disk_syncs(void); /* since the start */
