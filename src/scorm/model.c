/* SPDX-License-Identifier: Apache-2.0 */
/* Records are a head and the text, filled up to four bytes. */
#include "scorm/model.h"

#include "scorm/text.h"

/* Little-endian like every machine this runs on, as it lies in snapshots. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "snapshots are little-endian");

enum flag { FRESH = 1, HOLE = 2 };
struct head {
	uint16_t n, m;
	uint8_t element, flags;
	uint16_t zero;
	uint32_t length;
};

static size_t size_of(uint32_t length)
{
	return sizeof(struct head) + ((length + 3u) & ~(size_t)3);
}

static struct head *head_at(const struct model *m, size_t at)
{
	return (struct head *)(m->area + at);
}

static str text_at(const struct model *m, size_t at)
{
	return (str){ (const char *)m->area + at + sizeof(struct head),
		      head_at(m, at)->length };
}

/* ---- where values lie ---- */

static bool is_of(const struct head *h, struct place p)
{
	return h->element == p.element && h->n == p.n && h->m == p.m;
}

/* The slot of the value, or the free one where it belongs. */
static uint32_t slot_of(const struct model *m, struct place p)
{
	uint32_t hash =
		(uint32_t)p.element * 0x9E3779B1u + p.n * 0x85EBCA6Bu + p.m * 0xC2B2AE35u;
	hash ^= hash >> 15;
	hash *= 0x2C1B3C6Du;
	hash ^= hash >> 13;
	uint32_t i = hash & (m->n_slots - 1);
	while (m->slot[i] && !is_of(head_at(m, m->slot[i] - 1), p))
		i = (i + 1) & (m->n_slots - 1);
	return i;
}

enum { SLOTS_LEAST = 64 };

static bool is_full(const struct model *m)
{
	return m->used >= m->slots_most / 4 * 3;
}

static void index_all(struct model *m)
{
	memset(m->slot, 0, m->n_slots * sizeof *m->slot);
	m->used = 0;
	for (size_t at = 0; at < m->n; at += size_of(head_at(m, at)->length)) {
		const struct head *h = head_at(m, at);
		if (h->flags & HOLE) continue;
		struct place p = { .element = h->element, .n = h->n, .m = h->m };
		uint32_t slot = slot_of(m, p);
		m->used += !m->slot[slot];
		m->slot[slot] = (uint32_t)at + 1;
	}
}

/* Half of the slots stay free as long as there are more. */
static void widen(struct model *m, uint32_t values)
{
	uint32_t n = m->n_slots;
	while (n < m->slots_most && n / 2 < values) n *= 2;
	if (n == m->n_slots) return;
	m->n_slots = n;
	index_all(m);
}

static void close_holes(struct model *m)
{
	size_t to = 0;
	for (size_t at = 0, next; at < m->n; at = next) {
		size_t size = size_of(head_at(m, at)->length);
		next = at + size;
		if (head_at(m, at)->flags & HOLE) continue;
		if (to != at) memmove(m->area + to, m->area + at, size);
		to += size;
	}
	if (to == m->n) return;
	m->n = to;
	index_all(m);
}

/* ---- opening ---- */

bool model_open(struct model *m, struct scorm_memory *memory, size_t room)
{
	*m = (struct model){ .n_slots = SLOTS_LEAST, .slots_most = SLOTS_LEAST };
	while (m->slots_most * 64 < room) m->slots_most *= 2;
	size_t slots = m->slots_most * sizeof *m->slot;
	if (room < slots + 1024 || room > UINT32_MAX / 2) return false;
	m->room = (room - slots - 32) & ~(size_t)15;
	m->slot = scorm_take_raw(memory, slots);
	m->area = scorm_take_raw(memory, m->room);
	if (!m->slot || !m->area) return false;
	index_all(m);
	return true;
}

void model_clear(struct model *m, const struct element *element, uint32_t n_elements)
{
	m->element = element;
	m->n_elements = n_elements;
	m->n = 0;
	m->n_slots = SLOTS_LEAST;
	index_all(m);
}

/* ---- names ---- */

/* A whole number; INDEX_MOST for anything larger. */
static bool is_index(str s, uint32_t *out)
{
	uint32_t n = 0;
	if (!s.n) return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9') return false;
		if (n < INDEX_MOST) n = n * 10 + (uint32_t)(s.p[i] - '0');
	}
	*out = n < INDEX_MOST ? n : INDEX_MOST;
	return true;
}

/* Whether the name is this pattern, part by part; notes the indices. */
static bool fits(str name, str pattern, struct place *out)
{
	uint32_t index[MODEL_INDICES] = { 0 }, n = 0;
	str part, wanted;
	while (text_cut(&pattern, S("."), &wanted)) {
		if (!text_cut(&name, S("."), &part)) return false;
		if (str_is(wanted, S("n"))) {
			if (!is_index(part, &index[n++])) return false;
		} else if (!str_is(part, wanted)) {
			return false;
		}
	}
	out->n = index[0];
	out->m = index[1];
	return !name.p;
}

static enum keyword keyword_of(str *name)
{
	static const str words[] = { [CHILDREN] = { "._children", 10 },
		                     [COUNT] = { "._count", 7 },
		                     [VERSION] = { "._version", 9 } };
	for (int k = CHILDREN; k <= VERSION; k++)
		if (str_ends(*name, words[k])) {
			*name = str_part(*name, 0, name->n - words[k].n);
			return (enum keyword)k;
		}
	return NO_KEYWORD;
}

bool model_find(const struct model *m, str name, struct place *out)
{
	out->keyword = keyword_of(&name);
	for (uint32_t i = 0; i < m->n_elements; i++) {
		if (!fits(name, str_of(m->element[i].name), out)) continue;
		out->element = (int)i;
		return true;
	}
	return false;
}

/* ---- values ---- */

str model_get(const struct model *m, struct place p)
{
	uint32_t at = m->slot[slot_of(m, p)];
	return at ? text_at(m, at - 1) : STR_NONE;
}

bool model_is_fresh(const struct model *m, struct place p)
{
	uint32_t at = m->slot[slot_of(m, p)];
	return at && (head_at(m, at - 1)->flags & FRESH);
}

static bool make_room(struct model *m, size_t size, bool new)
{
	if (new &&is_full(m)) return false;
	if (new) widen(m, m->used + 1);
	if (size <= m->room - m->n) return true;
	close_holes(m);
	return size <= m->room - m->n;
}

bool model_put(struct model *m, struct place p, str value, bool fresh)
{
	uint32_t at = m->slot[slot_of(m, p)];
	uint8_t flags = fresh ? FRESH : 0;
	if (at && head_at(m, at - 1)->length == value.n) {
		if (value.n)
			memmove(m->area + at - 1 + sizeof(struct head), value.p, value.n);
		head_at(m, at - 1)->flags = flags;
		return true;
	}
	if (value.n > m->room) return false;
	size_t size = size_of((uint32_t)value.n);
	if (!make_room(m, size, !at)) return false;
	uint32_t slot = slot_of(m, p);
	if (m->slot[slot])
		head_at(m, m->slot[slot] - 1)->flags = HOLE;
	else
		m->used++;
	memset(m->area + m->n, 0, size);
	*head_at(m, m->n) = (struct head){ .n = (uint16_t)p.n,
		                           .m = (uint16_t)p.m,
		                           .element = (uint8_t)p.element,
		                           .flags = flags,
		                           .length = (uint32_t)value.n };
	if (value.n) memmove(m->area + m->n + sizeof(struct head), value.p, value.n);
	m->slot[slot] = (uint32_t)m->n + 1;
	m->n += size;
	return true;
}

uint32_t model_count(const struct model *m, struct place list)
{
	uint32_t count = 0;
	str s = model_get(m, list);
	if (s.n == sizeof count) memcpy(&count, s.p, sizeof count);
	return count;
}

bool model_count_put(struct model *m, struct place list, uint32_t count)
{
	return model_put(m, list, (str){ (const char *)&count, sizeof count }, false);
}

str model_peek(str bytes, int element)
{
	for (size_t at = 0; at + sizeof(struct head) <= bytes.n;) {
		struct head h;
		memcpy(&h, bytes.p + at, sizeof h);
		size_t text = at + sizeof h;
		if (h.length > bytes.n - text) break;
		if (h.element == element) return str_part(bytes, text, text + h.length);
		at += size_of(h.length);
	}
	return STR_NONE;
}

enum { NAME_ROOM = 160 };

/* The element's name with its indices for each `n`. */
static str name_of(const struct element *element, struct head h, char out[NAME_ROOM])
{
	str rest = str_of(element->name), part;
	const uint32_t index[MODEL_INDICES] = { h.n, h.m };
	uint32_t n = 0;
	size_t at = 0;
	char digits[TEXT_ROOM];
	while (text_cut(&rest, S("."), &part)) {
		if (str_is(part, S("n")) && n < MODEL_INDICES)
			part = text_of_whole(digits, index[n++]);
		if (at + part.n + 1 >= NAME_ROOM) break;
		if (at) out[at++] = '.';
		memcpy(out + at, part.p, part.n);
		at += part.n;
	}
	return (str){ out, at };
}

void model_each(const struct model *m, str bytes,
                void (*tell)(void *context, str name, str value), void *context)
{
	char name[NAME_ROOM];
	for (size_t at = 0; at + sizeof(struct head) <= bytes.n;) {
		struct head h;
		memcpy(&h, bytes.p + at, sizeof h);
		size_t text = at + sizeof h;
		if (h.length > bytes.n - text || h.element >= m->n_elements) break;
		const struct element *element = &m->element[h.element];
		if (!(h.flags & HOLE) && element->access != LIST &&
		    element->access != GROUP)
			tell(context, name_of(element, h, name),
			     str_part(bytes, text, text + h.length));
		at += size_of(h.length);
	}
}

/* ---- the whole ---- */

void model_settle(struct model *m)
{
	for (size_t at = 0; at < m->n; at += size_of(head_at(m, at)->length))
		head_at(m, at)->flags &= (uint8_t)~FRESH;
}

str model_bytes(struct model *m)
{
	close_holes(m);
	return (str){ (const char *)m->area, m->n };
}

static bool is_sound(const struct model *m, struct head h, const uint8_t *text)
{
	if (h.element >= m->n_elements || h.flags & ~FRESH || h.zero) return false;
	for (size_t i = h.length; i < size_of(h.length) - sizeof h; i++)
		if (text[i]) return false;
	uint32_t count;
	switch (m->element[h.element].access) {
	case GROUP: return false;
	case LIST:
		if (h.length != sizeof count) return false;
		memcpy(&count, text, sizeof count);
		return count && count <= INDEX_MOST;
	default: return true;
	}
}

bool model_load(struct model *m, str bytes)
{
	model_clear(m, m->element, m->n_elements);
	if (bytes.n > m->room) return false;
	uint32_t records = 0;
	for (size_t at = 0; at < bytes.n; records++) {
		struct head h;
		if (bytes.n - at < sizeof h) return false;
		memcpy(&h, bytes.p + at, sizeof h);
		if (h.length > bytes.n || size_of(h.length) > bytes.n - at) return false;
		if (!is_sound(m, h, (const uint8_t *)bytes.p + at + sizeof h)) return false;
		at += size_of(h.length);
	}
	if (records > m->slots_most / 4 * 3) return false;
	widen(m, records);
	if (bytes.n) memcpy(m->area, bytes.p, bytes.n);
	m->n = bytes.n;
	index_all(m);
	if (m->used == records) return true;
	model_clear(m, m->element, m->n_elements);
	return false;
}
