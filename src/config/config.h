/* SPDX-License-Identifier: Apache-2.0 */
/* How this program is started. One table makes the struct, the parser, `kenes config show`
 * and docs/config.md. What a *site* decides (its name, its courses) is data in the store,
 * not configuration. Defaults < file (DIR/kenes.conf) < environment (KENES_NAME) < command
 * line (--name value). */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum setting_flag { SETTING_PLAIN = 0, SETTING_SECRET = 1 };

/* clang-format off */
/*        name          kind    default      least  most   flags          what it is */
#define SETTINGS(X)                                                                                        \
	X(data,         TEXT,   "",          0,     900,   SETTING_PLAIN, "Data folder; empty: the user's own.")    \
	X(listen,       TEXT,   "0.0.0.0",   1,     100,   SETTING_PLAIN, "Address to listen on.")                  \
	X(port,         NUMBER, "8080",      0,     65535, SETTING_PLAIN, "Port of the app; 0 picks a free one.")   \
	X(content_port, NUMBER, "8081",      0,     65535, SETTING_PLAIN, "Port of courses and the player; 0 picks a free one.") \
	X(workers,      NUMBER, "600",       16,    4096,  SETTING_PLAIN, "Connections served at a time.")          \
	X(upload_mb,    NUMBER, "1024",      1,     2048,  SETTING_PLAIN, "Largest course, MB.")                    \
	X(names,        TEXT,   "",          0,     1000,  SETTING_PLAIN, "Host names that this site answers to, beside its IP addresses; separated by commas.") \
	X(tls_certificate, TEXT, "",         0,     900,   SETTING_PLAIN, "A hub speaks HTTPS with this certificate and those that lead to its root (PEM); read again when it changes. Empty: HTTP.") \
	X(tls_key,      TEXT,   "",          0,     900,   SETTING_PLAIN, "The certificate's key (PEM, without a password).") \
	X(proxies,      TEXT,   "",          0,     1000,  SETTING_PLAIN, "IP addresses of reverse proxies in front of a hub, whose X-Forwarded-For counts; separated by commas. Empty: this machine's own.") \
	X(log,          TEXT,   "info",      1,     10,    SETTING_PLAIN, "error, warn, info or debug.")            \
	X(web_dir,      TEXT,   "",          0,     900,   SETTING_PLAIN, "Serve the UI from this folder instead of the built-in one (for developers).")
/* clang-format on */

enum setting {
#define X(name, kind, fallback, least, most, flags, doc) SETTING_OF_##name,
	SETTINGS(X)
#undef X
		SETTINGS_N
};

#define SETTING_FIELD_TEXT(name) const char *name;
#define SETTING_FIELD_NUMBER(name) int64_t name;
struct config {
#define X(name, kind, fallback, least, most, flags, doc) SETTING_FIELD_##kind(name)
	SETTINGS(X)
#undef X
	/* Where each value came from: "default", "/…/kenes.conf:3", "KENES_PORT", "--port".
	 */
	const char *from[SETTINGS_N];
};

/* Fills `*out` from defaults, then the file (NULL or absent: none), the environment (an
 * empty variable counts as unset) and `arguments` ("--port", "0", "--listen=…";
 * NULL-terminated; names with '-' or '_'). What is not a setting's name or a fitting value
 * is ERR_INVALID with its place. `*out` is written only on success. Texts live in the
 * arena. The file has lines `name = value`; '#' begins a line that is a comment. */
fallible config_read(struct arena *, const char *file, char *const *arguments,
                     struct config *out);
/* name = value  # where it came from. Secrets are masked. */
void config_show(const struct config *, struct buf *out);
/* docs/config.md, or packaging/kenes.conf. */
void config_doc(struct buf *out);
void config_sample(struct buf *out);
