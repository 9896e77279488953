/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate/token.h"

#include <stdio.h>

#include "base/text.h"
#include "base/time.h"
#include "certificate/base45.h"
#include "certificate/packing.h"

/* The first two bytes: a mark, so that every token's text begins with "VL9" or "WL9" and
 * never with a blank or a hyphen, and the version. */
#define MARK 0x4b
enum { BY_ID = 1, OWN_KEY = 2 };
#define HEAD 2
#define PURPOSE "kenes certificate 1"
#define DAY_MS 86400000
#define DAY_ZERO 1577836800000 /* 2020-01-01 */
#define DAYS_MOST 36500
#define SMALLEST (HEAD + KEY_ID + 7 + 8 + SEAL_SIGNATURE)

static const struct json_field facts_fields[] = {
	JSON_TEXT(struct facts, serial, true, 1, SERIAL_TEXT),
	JSON_TEXT(struct facts, issuer, true, 0, PACK_TEXT),
	JSON_TEXT(struct facts, issuer_key, true, 16, 16),
	JSON_TEXT(struct facts, surname, true, 0, PACK_TEXT),
	JSON_TEXT(struct facts, given, true, 0, PACK_TEXT),
	JSON_TEXT(struct facts, patronymic, false, 0, PACK_TEXT),
	JSON_TEXT(struct facts, council, false, 0, PACK_TEXT),
	JSON_TEXT(struct facts, course, true, 0, PACK_TEXT),
	JSON_INT(struct facts, revision, true, 0, INT32_MAX),
	JSON_INT(struct facts, score_percent, false, 0, 100),
	JSON_INT(struct facts, hours, false, 0, 10000),
	JSON_TEXT(struct facts, event, false, 0, PACK_TEXT),
	JSON_TEXT(struct facts, place, false, 0, PACK_TEXT),
	JSON_TEXT(struct facts, held_on, true, 10, 10),
	JSON_TEXT(struct facts, valid_until, false, 10, 10),
	JSON_TEXT(struct facts, supersedes, false, 1, SERIAL_TEXT),
};
const struct shape facts_shape = SHAPE("CertificateFacts", struct facts, facts_fields);

/* ---- numbers: seven bits a byte, the lowest first, the top bit says that more follow ----
 */
static void write_number(struct buf *out, uint64_t v)
{
	for (; v > 127; v >>= 7) buf_char(out, (char)(0x80 | (v & 127)));
	buf_char(out, (char)v);
}

/* False past the end, past 35 bits, and for a form that is longer than it need be. */
static bool read_number(str *rest, int64_t most, int64_t *out)
{
	uint64_t v = 0;
	for (size_t i = 0; i < rest->n && i < 5; i++) {
		uint8_t byte = (uint8_t)rest->p[i];
		v |= (uint64_t)(byte & 127) << (7 * i);
		if (byte & 0x80) continue;
		if ((i > 0 && byte == 0) || v > (uint64_t)most) return false;
		*rest = str_part(*rest, i + 1, rest->n);
		*out = (int64_t)v;
		return true;
	}
	return false;
}

/* ---- dates ---- */
static bool day_of(str date, int64_t *out)
{
	char text[TIME_TEXT];
	int64_t at;
	if (!time_is_date(date)) return false;
	snprintf(text, sizeof text, "%.10sT00:00:00.000Z", date.p);
	if (!time_read(str_of(text), &at)) return false;
	int64_t day = (at - DAY_ZERO) / DAY_MS;
	if (at < DAY_ZERO || day > DAYS_MOST) return false;
	*out = day;
	return true;
}

static str date_of(struct arena *a, int64_t day)
{
	char text[TIME_TEXT];
	time_write(DAY_ZERO + day * DAY_MS, text);
	return arena_copy(a, str_part(str_of(text), 0, 10));
}

/* ---- writing ---- */

/* The texts in the token's order, each with the fewest letters it is cut to while others
 * can still give: what the day was called goes first, a person's name last. */
enum { TEXTS = 8 };
struct texts {
	str text[TEXTS];
	struct buf packed[TEXTS];
};
static const struct {
	uint8_t which, least;
} cuts[] = {
	{ 5, 0 },  { 6, 16 }, { 7, 24 }, { 4, 48 }, { 3, 40 }, { 6, 0 },
	{ 7, 12 }, { 4, 24 }, { 3, 20 }, { 2, 16 }, { 1, 20 }, { 0, 24 },
	{ 2, 0 },  { 3, 8 },  { 4, 12 }, { 7, 8 },  { 1, 12 }, { 0, 12 },
};

static void texts_of(const struct facts *f, struct texts *t)
{
	const str all[TEXTS] = { f->surname, f->given, f->patronymic, f->council,
		                 f->course,  f->event, f->place,      f->issuer };
	for (int i = 0; i < TEXTS; i++) {
		t->text[i] = all[i];
		buf_init(&t->packed[i], 2 * PACK_TEXT);
		pack_text(&t->packed[i], all[i]);
	}
}

static void texts_free(struct texts *t)
{
	for (int i = 0; i < TEXTS; i++) buf_free(&t->packed[i]);
}

/* One letter less, and "…" in its place. */
static void cut(struct arena *a, struct texts *t, size_t which)
{
	str s = t->text[which], dots = S("…");
	if (str_ends(s, dots)) s = str_part(s, 0, s.n - dots.n);
	size_t end = s.n;
	while (end > 0 && ((uint8_t)s.p[end - 1] & 0xc0) == 0x80) end--;
	s = str_trim(str_part(s, 0, end ? end - 1 : 0));
	t->text[which] = s.n ? arena_printf(a, "%.*s…", STR_ARG(s)) : S("");
	buf_reset(&t->packed[which]);
	pack_text(&t->packed[which], t->text[which]);
}

/* Cuts where it hurts least; false when nothing is left to cut. */
static bool cut_one(struct arena *a, struct texts *t)
{
	for (size_t i = 0; i < countof(cuts); i++) {
		if (str_runes(t->text[cuts[i].which]) <= cuts[i].least) continue;
		cut(a, t, cuts[i].which);
		return true;
	}
	return false;
}

/* The numbers in front of the texts. */
static fallible write_numbers(struct buf *out, const struct token_new *new)
{
	const struct facts *f = &new->facts;
	int64_t held, until = 0;
	if (!day_of(f->held_on, &held) ||
	    (f->valid_until.n && (!day_of(f->valid_until, &until) || until <= held)))
		return FAIL_WHY(ERR_INVALID, "bad-date",
		                "a certificate of a day that is none");
	if (new->number < 1 || new->number > SERIAL_MOST || new->supersedes < 0 ||
	    new->supersedes > SERIAL_MOST || f->revision < 0 || f->revision > INT32_MAX)
		return FAIL(ERR_INVALID, "a certificate of a number that is none");
	write_number(out, (uint64_t) new->number);
	write_number(out, (uint64_t) new->supersedes);
	write_number(out, (uint64_t)held);
	write_number(out, until ? (uint64_t)(until - held) : 0);
	write_number(out, (uint64_t)f->revision);
	write_number(out, f->score_percent < 0 ? 0 : (uint64_t)f->score_percent + 1);
	write_number(out, f->hours < 0 ? 0 : (uint64_t)f->hours);
	return ERR_OK;
}

static void sign(struct buf *out, const struct identity *id, const struct token_new *new,
                 str numbers, const struct texts *t)
{
	buf_reset(out);
	buf_char(out, MARK);
	buf_char(out, new->own_key ? OWN_KEY : BY_ID);
	if (new->own_key)
		buf_add(out, id->public_key, SEAL_PUBLIC);
	else
		buf_add(out, id->key_id, KEY_ID);
	buf_str(out, numbers);
	for (int i = 0; i < TEXTS; i++) buf_str(out, buf_as_str(&t->packed[i]));
	uint8_t signature[SEAL_SIGNATURE];
	identity_sign(id, PURPOSE, out->p, out->n, signature);
	buf_add(out, signature, sizeof signature);
}

/* Signed, and so short that its link fits. */
static fallible sign_short(struct arena *a, const struct identity *id,
                           const struct token_new *new, str numbers, struct texts *t,
                           struct token *out)
{
	struct buf bytes;
	buf_init(&bytes, 10 * PACK_TEXT);
	enum err e = ERR_OK;
	for (;;) {
		/* The blanks among a signature's characters differ from try to try. */
		sign(&bytes, id, new, numbers, t);
		bool fits = bytes.n <= TOKEN_BYTES &&
		            token_read(a, (const uint8_t *)bytes.p, bytes.n, out) &&
		            token_link(a, out, new->hub).n <= TOKEN_LINK;
		if (fits) break;
		if (cut_one(a, t)) continue;
		e = FAIL(ERR_TOO_LARGE, "a certificate does not fit into a QR code");
		break;
	}
	if (!e) {
		str copy = arena_copy(a, buf_as_str(&bytes));
		if (!token_read(a, (const uint8_t *)copy.p, copy.n, out))
			e = FAIL(ERR_INVALID, "a certificate with letters that are none");
	}
	buf_free(&bytes);
	return e;
}

enum err token_make(struct arena *a, const struct identity *id, const struct token_new *new,
                    struct token *out)
{
	struct buf numbers;
	struct texts texts;
	buf_init(&numbers, 100);
	enum err e = write_numbers(&numbers, new);
	if (!e) {
		texts_of(&new->facts, &texts);
		e = sign_short(a, id, new, buf_as_str(&numbers), &texts, out);
		texts_free(&texts);
	}
	buf_free(&numbers);
	return e;
}

/* ---- reading ---- */
static bool read_numbers(struct arena *a, str *rest, const uint8_t key_id[KEY_ID],
                         struct facts *f)
{
	int64_t number, supersedes, held, valid, score, hours;
	if (!read_number(rest, SERIAL_MOST, &number) || number < 1 ||
	    !read_number(rest, SERIAL_MOST, &supersedes) ||
	    !read_number(rest, DAYS_MOST, &held) || !read_number(rest, DAYS_MOST, &valid) ||
	    !read_number(rest, INT32_MAX, &f->revision) ||
	    !read_number(rest, 101, &score) || !read_number(rest, 10000, &hours))
		return false;
	char serial[SERIAL_TEXT], older[SERIAL_TEXT], hex[2 * KEY_ID + 1];
	serial_make(key_id, number, serial);
	serial_make(key_id, supersedes, older);
	text_hex(key_id, KEY_ID, hex);
	f->serial = arena_copy(a, str_of(serial));
	f->issuer_key = arena_copy(a, str_of(hex));
	f->supersedes = supersedes ? arena_copy(a, str_of(older)) : STR_NONE;
	f->held_on = date_of(a, held);
	f->valid_until = valid ? date_of(a, held + valid) : STR_NONE;
	f->score_percent = score ? score - 1 : JSON_ABSENT;
	f->hours = hours ? hours : JSON_ABSENT;
	return true;
}

static bool has_controls(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((uint8_t)s.p[i] < ' ' || s.p[i] == 127) return true;
	return false;
}

static bool read_texts(struct arena *a, str *rest, struct facts *f)
{
	str *const all[TEXTS] = { &f->surname, &f->given, &f->patronymic, &f->council,
		                  &f->course,  &f->event, &f->place,      &f->issuer };
	for (int i = 0; i < TEXTS; i++) {
		*all[i] = unpack_text(a, rest);
		if (!all[i]->p || has_controls(*all[i])) return false;
	}
	str *const may_lack[] = { &f->patronymic, &f->council, &f->event, &f->place };
	for (size_t i = 0; i < countof(may_lack); i++)
		if (!may_lack[i]->n) *may_lack[i] = STR_NONE;
	return true;
}

bool token_read(struct arena *a, const uint8_t *bytes, size_t n, struct token *out)
{
	if (n < SMALLEST || n > TOKEN_BYTES) return false;
	struct token t = { .bytes = bytes, .n = n, .own_key = bytes[1] == OWN_KEY };
	if (bytes[0] != MARK || (!t.own_key && bytes[1] != BY_ID)) return false;
	size_t key = t.own_key ? SEAL_PUBLIC : KEY_ID;
	if (t.own_key) {
		memcpy(t.public_key, bytes + HEAD, SEAL_PUBLIC);
		key_id_of(t.public_key, t.key_id);
	} else {
		memcpy(t.key_id, bytes + HEAD, KEY_ID);
	}
	if (n < SMALLEST - KEY_ID + key) return false;
	str rest =
		str_part((str){ (const char *)bytes, n - SEAL_SIGNATURE }, HEAD + key, n);
	if (!read_numbers(a, &rest, t.key_id, &t.facts) ||
	    !read_texts(a, &rest, &t.facts) || rest.n)
		return false;
	*out = t;
	return true;
}

bool token_is_by(const struct token *t, const uint8_t public_key[SEAL_PUBLIC])
{
	size_t n = t->n - SEAL_SIGNATURE;
	return seal_signed(public_key, PURPOSE, t->bytes, n, t->bytes + n);
}

/* ---- as text ---- */
str token_text(struct arena *a, const struct token *t)
{
	struct buf text;
	buf_init(&text, BASE45_TEXT(TOKEN_BYTES));
	base45_write(&text, t->bytes, t->n);
	str out = arena_copy(a, buf_as_str(&text));
	buf_free(&text);
	return out;
}

/* Without a hub there is nowhere to lead: no address that could be somebody else's, just a
 * word that our readers know, and the camera of a phone shows as text. */
str token_link(struct arena *a, const struct token *t, str hub)
{
	struct buf link;
	buf_init(&link, 4 * TOKEN_BYTES);
	if (hub.n)
		buf_printf(&link, "https://%.*s/v#", STR_ARG(hub));
	else
		buf_str(&link, S("KENES/V#"));
	base45_escape(&link, token_text(a, t));
	str out = arena_copy(a, buf_as_str(&link));
	buf_free(&link);
	return out;
}

bool token_find(struct arena *a, str text, struct token *out)
{
	const uint8_t *bytes;
	size_t n, hash = str_index(text, '#');
	if (hash < text.n)
		text = base45_unescape(a, str_trim(str_part(text, hash + 1, text.n)));
	while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
		text.n--;
	if (text.n > BASE45_TEXT(TOKEN_BYTES)) return false;
	return base45_read(a, text, &bytes, &n) && token_read(a, bytes, n, out);
}
