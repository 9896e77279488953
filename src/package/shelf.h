/* SPDX-License-Identifier: Apache-2.0 */
/* The shelf's inside, for import. */
#pragma once

#include "base/file.h"
#include "package/package.h"

struct store *shelf_store(struct shelf *);
/* `folder`/incoming/NAME and `folder`/packages/SHA256.zip. */
fallible shelf_incoming_path(struct shelf *, const char *name, char out[FILE_PATH]);
fallible shelf_package_path(struct shelf *, const char *sha256, char out[FILE_PATH]);
/* Puts a package that was just activated among those that tokens are known of. */
fallible shelf_add(struct shelf *, str sha256);

/* ---- hold.c: files of incoming/ that somebody is writing, in whatever process ---- */
/* Locks an open file; what it gives goes to incoming_let_go, whenever `file` is closed. */
int incoming_hold(int file);
void incoming_let_go(int held); /* takes -1 */
bool incoming_is_held(const char *path);
