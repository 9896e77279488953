/* SPDX-License-Identifier: Apache-2.0 */
/* Open Badges 3.0 (1EdTech): an OpenBadgeCredential, which is a Verifiable Credential 2.0,
 * with a Data Integrity proof of the cryptosuite eddsa-rdfc-2022 (W3C vc-di-eddsa, §3.2).
 *
 * What is signed is not the JSON but the RDF statements it stands for, in canonical order
 * (rdf-canon). Our JSON has always the same form, and every thing in it has a name of its
 * own but one (the holder's identity, which is therefore _:c14n0), so the statements are
 * written here and sorted; no JSON-LD is read. tests/certificates holds both against an
 * independent implementation. */
#include <stdlib.h>

#include "base/text.h"
#include "base/time.h"
#include "certificate/inside.h"
#include "seal/seal.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
#define XSD "http://www.w3.org/2001/XMLSchema#"
#define VC "https://www.w3.org/2018/credentials#"
#define OB "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
#define SECURITY "https://w3id.org/security#"
#define SCHEMA "https://schema.org/"
#define LINES 40

/* ---- names ---- */

/* Base58 of Bitcoin, big-endian; 60 characters at most here. */
static str base58(struct arena *a, const uint8_t *bytes, size_t n)
{
	static const char digit[] =
		"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	uint8_t value[128] = { 0 };
	char text[128];
	size_t length = 0, zeros = 0;
	while (zeros < n && !bytes[zeros]) zeros++;
	for (size_t i = zeros; i < n; i++) {
		unsigned carry = bytes[i];
		for (size_t k = 0; k < length || carry; k++) {
			if (k == length) value[length++] = 0;
			carry += 256u * value[k];
			value[k] = (uint8_t)(carry % 58);
			carry /= 58;
		}
	}
	size_t at = 0;
	for (; at < zeros; at++) text[at] = '1';
	for (size_t k = length; k-- > 0;) text[at++] = digit[value[k]];
	return arena_copy(a, (str){ text, at });
}

/* A public key as did:key says it: the multicodec 0xed01 in front, "z" for Base58. */
static str multikey(struct arena *a, const uint8_t key[SEAL_PUBLIC])
{
	uint8_t bytes[2 + SEAL_PUBLIC] = { 0xed, 0x01 };
	memcpy(bytes + 2, key, SEAL_PUBLIC);
	return arena_printf(a, "z%.*s", STR_ARG(base58(a, bytes, sizeof bytes)));
}

/* ---- what is said ---- */
struct badge {
	struct arena *a;
	str id, issuer, method, subject, achievement, criteria_id; /* names of things */
	str site, person, course, criteria, description;
	str from, until; /* xsd:dateTime; until may be STR_NONE */
};

static str moment(struct arena *a, int64_t at)
{
	char text[TIME_TEXT];
	time_write(at, text);
	return arena_printf(a, "%.19sZ", text);
}

static str urn(struct arena *a, str serial, const char *what)
{
	return arena_printf(a, "urn:kenes:%s:%.*s", what, STR_ARG(serial));
}

static str criteria_of(struct arena *a, const struct facts *f)
{
	str text = arena_printf(a, "Completed the course \"%.*s\" (revision %lld)",
	                        STR_ARG(f->course), (long long)f->revision);
	if (f->score_percent >= 0)
		text = arena_printf(a, "%.*s, result %lld %%", STR_ARG(text),
		                    (long long)f->score_percent);
	if (f->hours > 0)
		text = arena_printf(a, "%.*s, %lld academic hours", STR_ARG(text),
		                    (long long)f->hours);
	text = arena_printf(a, "%.*s, on %.*s", STR_ARG(text), STR_ARG(f->held_on));
	return f->place.n ? arena_printf(a, "%.*s, %.*s", STR_ARG(text), STR_ARG(f->place))
	                  : text;
}

static struct badge badge_of(struct arena *a, const struct identity *site,
                             const struct certificate *c)
{
	const struct facts *f = &c->facts;
	str key = multikey(a, site->public_key);
	str day = f->valid_until;
	return (struct badge){
		.a = a,
		.id = urn(a, c->serial, "certificate"),
		.issuer = arena_printf(a, "did:key:%.*s", STR_ARG(key)),
		.method = arena_printf(a, "did:key:%.*s#%.*s", STR_ARG(key), STR_ARG(key)),
		.subject = urn(a, c->serial, "holder"),
		.achievement = urn(a, c->serial, "achievement"),
		.criteria_id = urn(a, c->serial, "criteria"),
		.site = f->issuer,
		.person = arena_printf(a, "%.*s %.*s%s%.*s", STR_ARG(f->surname),
		                       STR_ARG(f->given), f->patronymic.n ? " " : "",
		                       STR_ARG(f->patronymic)),
		.course = f->course,
		.criteria = criteria_of(a, f),
		.description = f->council.n ? f->council : f->course,
		.from = moment(a, c->made_at),
		.until = day.n ? arena_printf(a, "%.*sT23:59:59Z", STR_ARG(day)) : STR_NONE,
	};
}

/* ---- statements ---- */
struct statements {
	struct arena *a;
	str line[LINES];
	size_t n;
};

/* A literal as canonical N-Quads have it (rdf-canon §5.2): these escapes and no other. */
static str literal(struct arena *a, str text)
{
	struct buf out;
	buf_init(&out, 64 << 10);
	for (size_t i = 0; i < text.n; i++) {
		uint8_t c = (uint8_t)text.p[i];
		if (c == '"' || c == '\\')
			buf_printf(&out, "\\%c", c);
		else if (c == '\n' || c == '\r' || c == '\t')
			buf_str(&out, c == '\n'   ? S("\\n")
			              : c == '\r' ? S("\\r")
			                          : S("\\t"));
		else if (c < 32 || c == 127)
			buf_printf(&out, "\\u%04X", c);
		else
			buf_char(&out, (char)c);
	}
	str copy = arena_copy(a, buf_as_str(&out));
	buf_free(&out);
	return copy;
}

static void add(struct statements *s, str line)
{
	assert(s->n < LINES);
	s->line[s->n++] = line;
}

static void say_is(struct statements *s, str subject, const char *verb, str object)
{
	add(s, arena_printf(s->a, "<%.*s> <%s> <%.*s> .\n", STR_ARG(subject), verb,
	                    STR_ARG(object)));
}

static void say_text(struct statements *s, str subject, const char *verb, str text)
{
	add(s, arena_printf(s->a, "<%.*s> <%s> \"%.*s\" .\n", STR_ARG(subject), verb,
	                    STR_ARG(literal(s->a, text))));
}

static void say_typed(struct statements *s, str subject, const char *verb, str text,
                      const char *type)
{
	add(s, arena_printf(s->a, "<%.*s> <%s> \"%.*s\"^^<%s> .\n", STR_ARG(subject), verb,
	                    STR_ARG(text), type));
}

static int by_bytes(const void *left, const void *right)
{
	str a = *(const str *)left, b = *(const str *)right;
	size_t n = a.n < b.n ? a.n : b.n;
	int order = memcmp(a.p, b.p, n);
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

static void hash_statements(struct statements *s, uint8_t out[SEAL_HASH])
{
	struct seal_sha256_state state;
	qsort(s->line, s->n, sizeof *s->line, by_bytes);
	seal_sha256_begin(&state);
	for (size_t i = 0; i < s->n; i++)
		seal_sha256_add(&state, s->line[i].p, s->line[i].n);
	seal_sha256_end(&state, out);
}

static void hash_credential(const struct badge *b, uint8_t out[SEAL_HASH])
{
	struct statements *s = arena_new(b->a, struct statements);
	s->a = b->a;
	say_is(s, b->id, RDF, S(VC "VerifiableCredential"));
	say_is(s, b->id, RDF, S(OB "OpenBadgeCredential"));
	say_text(s, b->id, SCHEMA "name", b->course);
	say_is(s, b->id, VC "issuer", b->issuer);
	say_is(s, b->id, VC "credentialSubject", b->subject);
	say_typed(s, b->id, VC "validFrom", b->from, XSD "dateTime");
	if (b->until.n) say_typed(s, b->id, VC "validUntil", b->until, XSD "dateTime");
	say_is(s, b->issuer, RDF, S(OB "Profile"));
	say_text(s, b->issuer, SCHEMA "name", b->site);
	say_is(s, b->subject, RDF, S(OB "AchievementSubject"));
	say_is(s, b->subject, OB "achievement", b->achievement);
	say_is(s, b->achievement, RDF, S(OB "Achievement"));
	say_text(s, b->achievement, SCHEMA "name", b->course);
	say_text(s, b->achievement, SCHEMA "description", b->description);
	say_is(s, b->achievement, OB "Criteria", b->criteria_id);
	say_text(s, b->criteria_id, OB "narrative", b->criteria);
	add(s, arena_printf(b->a, "<%.*s> <" OB "identifier> _:c14n0 .\n",
	                    STR_ARG(b->subject)));
	add(s, S("_:c14n0 <" RDF "> <" OB "IdentityObject> .\n"));
	add(s, S("_:c14n0 <" OB "hashed> \"false\"^^<https://www.w3.org/2001/"
	         "XMLSchema#boolean> .\n"));
	add(s, arena_printf(b->a, "_:c14n0 <" OB "identityHash> \"%.*s\" .\n",
	                    STR_ARG(literal(b->a, b->person))));
	add(s, S("_:c14n0 <" OB "identityType> \"name\" .\n"));
	hash_statements(s, out);
}

static void hash_proof(const struct badge *b, uint8_t out[SEAL_HASH])
{
	struct statements *s = arena_new(b->a, struct statements);
	s->a = b->a;
	add(s, arena_printf(b->a,
	                    "_:c14n0 <http://purl.org/dc/terms/created> \"%.*s\"^^<" XSD
	                    "dateTime> .\n",
	                    STR_ARG(b->from)));
	add(s, S("_:c14n0 <" RDF "> <" SECURITY "DataIntegrityProof> .\n"));
	add(s, S("_:c14n0 <" SECURITY "cryptosuite> \"eddsa-rdfc-2022\"^^<" SECURITY
	         "cryptosuiteString> .\n"));
	add(s, S("_:c14n0 <" SECURITY "proofPurpose> <" SECURITY "assertionMethod> .\n"));
	add(s, arena_printf(b->a, "_:c14n0 <" SECURITY "verificationMethod> <%.*s> .\n",
	                    STR_ARG(b->method)));
	hash_statements(s, out);
}

/* ---- the document ---- */
static void field(struct buf *out, const char *before, str text)
{
	buf_str(out, str_of(before));
	json_write_text(out, text);
}

static void write_credential(struct buf *out, const struct badge *b)
{
	buf_str(out,
	        S("{\n  \"@context\": [\n    \"https://www.w3.org/ns/credentials/v2\",\n"
	          "    \"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"\n"
	          "  ],\n"));
	field(out, "  \"id\": ", b->id);
	buf_str(out,
	        S(",\n  \"type\": [\"VerifiableCredential\", \"OpenBadgeCredential\"]"));
	field(out, ",\n  \"name\": ", b->course);
	field(out, ",\n  \"issuer\": {\n    \"id\": ", b->issuer);
	field(out, ",\n    \"type\": [\"Profile\"],\n    \"name\": ", b->site);
	field(out, "\n  },\n  \"validFrom\": ", b->from);
	if (b->until.n) field(out, ",\n  \"validUntil\": ", b->until);
	field(out, ",\n  \"credentialSubject\": {\n    \"id\": ", b->subject);
	buf_str(out, S(",\n    \"type\": [\"AchievementSubject\"]"));
	field(out,
	      ",\n    \"identifier\": [{\n      \"type\": \"IdentityObject\",\n"
	      "      \"hashed\": false,\n      \"identityType\": \"name\",\n"
	      "      \"identityHash\": ",
	      b->person);
	buf_str(out, S("\n    }]"));
	field(out, ",\n    \"achievement\": {\n      \"id\": ", b->achievement);
	field(out, ",\n      \"type\": [\"Achievement\"],\n      \"name\": ", b->course);
	field(out, ",\n      \"description\": ", b->description);
	field(out, ",\n      \"criteria\": {\n        \"id\": ", b->criteria_id);
	field(out, ",\n        \"narrative\": ", b->criteria);
	buf_str(out, S("\n      }\n    }\n  },\n"));
}

enum err certificate_badge(struct arena *a, const struct identity *site,
                           const struct certificate *c, struct buf *out)
{
	struct badge b = badge_of(a, site, c);
	uint8_t hashes[2 * SEAL_HASH], signature[SEAL_SIGNATURE];
	hash_proof(&b, hashes);
	hash_credential(&b, hashes + SEAL_HASH);
	seal_sign_plain(site->secret, hashes, sizeof hashes, signature);
	write_credential(out, &b);
	field(out,
	      "  \"proof\": {\n    \"type\": \"DataIntegrityProof\",\n    \"created\": ",
	      b.from);
	field(out, ",\n    \"verificationMethod\": ", b.method);
	buf_str(out,
	        S(",\n    \"cryptosuite\": \"eddsa-rdfc-2022\",\n"
	          "    \"proofPurpose\": \"assertionMethod\",\n    \"proofValue\": \"z"));
	buf_str(out, base58(a, signature, sizeof signature));
	buf_str(out, S("\"\n  }\n}\n"));
	return out->over ? FAIL(ERR_TOO_LARGE, "no room for a badge") : ERR_OK;
}
