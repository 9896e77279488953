/* SPDX-License-Identifier: Apache-2.0 */
/* The token in a certificate's QR code: all facts and an Ed25519 signature in some 200
 * bytes, described byte by byte in docs/certificate-token.md. Who has the token can read
 * the facts, and with the issuer's key check them, without asking anybody.
 *
 * A site that a hub vouches for is named by its key's id, eight bytes; one that stands for
 * itself carries its whole key. Pure. */
#pragma once

#include "base/json.h"
#include "certificate/serial.h"

#define TOKEN_LINK 340  /* most characters of a link */
#define TOKEN_BYTES 400 /* room for a token: more is read by nobody */
#define TOKEN_DATE 11   /* "2026-11-23" and NUL */

/* What a certificate says. Texts may be shortened to fit; then they end with "…". */
struct facts {
	str serial;                     /* "K7QF2M-00042-X" */
	str issuer;                     /* what the site calls itself */
	str issuer_key;                 /* 16 hex digits: the key's id */
	str surname, given, patronymic; /* patronymic may be STR_NONE */
	str council;                    /* STR_NONE when not said */
	str course;
	int64_t revision;      /* of the course; 1 = first */
	int64_t score_percent; /* 0..100; JSON_ABSENT when the course gives none */
	int64_t hours;         /* JSON_ABSENT when not said */
	str event, place;      /* STR_NONE when not said */
	str held_on;           /* YYYY-MM-DD, as the trainer confirmed it */
	str valid_until;       /* YYYY-MM-DD; STR_NONE: without end */
	str supersedes;        /* the serial of the one that this one corrects; STR_NONE */
};
extern const struct shape facts_shape;

struct token {
	const uint8_t *bytes;
	size_t n;
	bool own_key; /* the whole key is in it */
	uint8_t key_id[KEY_ID];
	uint8_t public_key[SEAL_PUBLIC]; /* when own_key */
	struct facts facts;
};

/* Where a link leads: a hub's address such as "hub.kenes.kz"; STR_NONE before there is one.
 */
struct token_new {
	int64_t number, supersedes; /* supersedes: a number of the same site; 0 */
	struct facts facts; /* serial, issuer_key and supersedes are not looked at */
	bool own_key;
	str hub;
};

/* Signs and gives the token's bytes; `facts` in `out` are as they were shortened.
 * ERR_INVALID for a date or a number that no token can carry. */
fallible token_make(struct arena *, const struct identity *, const struct token_new *,
                    struct token *out);
/* Reads the bytes without believing them; false when they are no token. */
bool token_read(struct arena *, const uint8_t *bytes, size_t n, struct token *out);
/* Whether the signature is by this key. */
bool token_is_by(const struct token *, const uint8_t public_key[SEAL_PUBLIC]);

/* ---- as text ---- */
str token_text(struct arena *, const struct token *); /* Base45 */
str token_link(struct arena *, const struct token *, str hub);
/* The token in what was scanned or typed: a link, or the Base45 alone. False when there is
 * none that can be read. */
bool token_find(struct arena *, str text, struct token *out);
