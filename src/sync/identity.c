/* SPDX-License-Identifier: Apache-2.0 */
/* The key file: one JSON object {"v":1,"site":"sit_…","seed":"64 hex digits"}. */
#include "sync/identity.h"

#include <stdio.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "seal/seal.h"

#define FILE_MOST 1024

struct key_file {
	int64_t v;
	str site, seed;
};
static const struct json_field key_file_fields[] = {
	JSON_INT(struct key_file, v, true, 1, 1),
	JSON_TEXT(struct key_file, site, true, ID_TEXT - 1, ID_TEXT - 1),
	JSON_TEXT(struct key_file, seed, true, 2 * SEAL_SEED, 2 * SEAL_SEED),
};
static const struct shape key_file_shape =
	SHAPE("KeyFile", struct key_file, key_file_fields);

void key_id_of(const uint8_t public_key[SEAL_PUBLIC], uint8_t out[KEY_ID])
{
	uint8_t hash[SEAL_HASH];
	seal_sha256(public_key, SEAL_PUBLIC, hash);
	memcpy(out, hash, KEY_ID);
}

static void of_seed(struct identity *id, struct id site, const uint8_t seed[SEAL_SEED])
{
	id->site = site;
	seal_keys(seed, id->public_key, id->secret);
	key_id_of(id->public_key, id->key_id);
}

void identity_new(struct identity *out)
{
	uint8_t seed[SEAL_SEED];
	seal_random(seed, sizeof seed);
	of_seed(out, id_new("sit"), seed);
	seal_wipe(seed, sizeof seed);
}

void identity_wipe(struct identity *id)
{
	seal_wipe(id, sizeof *id);
}

void identity_sign(const struct identity *id, const char *purpose, const void *bytes,
                   size_t n, uint8_t out[SEAL_SIGNATURE])
{
	seal_sign(id->secret, purpose, bytes, n, out);
}

static fallible read_key(const char *path, struct identity *out)
{
	on_exit_of_scope(arena_close_at) struct arena *a = arena_open(16 << 10);
	str text;
	struct key_file file;
	uint8_t seed[SEAL_SEED];
	TRY(file_read(path, FILE_MOST, a, &text));
	if (json_read(text, &key_file_shape, JSON_STRICT, a, &file) ||
	    !id_is(file.site, "sit") || !text_unhex(file.seed, seed, sizeof seed))
		return FAIL(ERR_CORRUPT,
		            "%.150s is not a key of this program: put the right file back, "
		            "or move it away to begin as a new site",
		            path);
	struct id site;
	snprintf(site.text, sizeof site.text, "%.*s", STR_ARG(file.site));
	of_seed(out, site, seed);
	seal_wipe(seed, sizeof seed);
	seal_wipe((char *)(uintptr_t)file.seed.p, file.seed.n);
	seal_wipe((char *)(uintptr_t)text.p, text.n);
	return ERR_OK;
}

/* The seed is the first half of the secret key (RFC 8032 §5.1.5). */
static fallible make_key(const char *path)
{
	struct identity id;
	char seed[2 * SEAL_SEED + 1], text[FILE_MOST];
	identity_new(&id);
	text_hex(id.secret, SEAL_SEED, seed);
	int n = snprintf(text, sizeof text, "{\"v\":1,\"site\":\"%s\",\"seed\":\"%s\"}\n",
	                 id.site.text, seed);
	enum err e = file_write_new(path, (str){ text, (size_t)n }, 0600);
	seal_wipe(seed, sizeof seed);
	seal_wipe(text, sizeof text);
	identity_wipe(&id);
	return e == ERR_CONFLICT ? ERR_OK : e; /* another program was quicker */
}

enum err identity_find(const char *folder, const char *name, struct identity *out)
{
	char path[FILE_PATH];
	TRY(file_path(path, folder, name));
	return read_key(path, out);
}

enum err identity_open(const char *folder, const char *name, struct identity *out)
{
	char path[FILE_PATH];
	TRY(file_path(path, folder, name));
	if (!file_exists(path)) TRY(make_key(path));
	return read_key(path, out);
}
