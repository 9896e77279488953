/* SPDX-License-Identifier: Apache-2.0 */
/* Lists for the screen and for spreadsheets, of the same rows. A table's columns are the
 * shape's plain fields. CSV (RFC 4180) as a Kazakh or Russian Excel opens it with a double
 * click: BOM, semicolons. What begins like a formula becomes text. */
#include "api/hub_api.h"
#include "base/time.h"

#define TABLE_MOST 20000
#define ALMATY_MS (5 * 60 * 60 * 1000LL) /* UTC+5 in the whole country since March 2024 */

/* clang-format off */
static const struct heading { const char *field, *kk, *ru, *en; } headings[] = {
	{ "scope", "Аумақ", "Территория", "Area" },
	{ "name", "Атауы", "Название", "Name" },
	{ "sites", "Пункттер", "Пункты", "Sites" },
	{ "silent", "Үнсіз пункттер", "Молчащие пункты", "Silent sites" },
	{ "councils", "Кеңестер", "Советы", "Councils" },
	{ "members", "Мүшелер (тізілім)", "Членов (по реестру)", "Members (register)" },
	{ "learners", "Тыңдаушылар", "Слушатели", "Learners" },
	{ "trained", "Оқытылғаны", "Обучено", "Trained" },
	{ "completions", "Аяқталған курстар", "Пройдено курсов", "Courses completed" },
	{ "certificates", "Сертификаттар", "Сертификаты", "Certificates" },
	{ "events", "Оқу күндері", "Дни обучения", "Training days" },
	{ "heard_at", "Соңғы байланыс", "Последняя связь", "Last contact" },
	{ "contact", "Тренердің байланысы", "Контакт тренера", "Trainer's contact" },
	{ "enrolled_at", "Тіркелген", "Зарегистрирован", "Enrolled" },
	{ "expires_at", "Мерзімі", "Действует до", "Valid until" },
	{ "revoked_at", "Ажыратылған", "Отключён", "Cut off" },
	{ "forked_at", "Екі көшірме", "Две копии", "Two copies" },
	{ "records", "Жазбалар", "Записи", "Records" },
	{ "quarantined", "Карантинде", "В карантине", "Quarantined" },
	{ "surname", "Тегі", "Фамилия", "Surname" },
	{ "given", "Аты", "Имя", "Given name" },
	{ "patronymic", "Әкесінің аты", "Отчество", "Patronymic" },
	{ "council_name", "Кеңес", "Совет", "Council" },
	{ "site_name", "Пункт", "Пункт", "Site" },
	{ "serial", "Нөмірі", "Номер", "Number" },
	{ "holder", "Иесі", "Владелец", "Holder" },
	{ "title", "Курс", "Курс", "Course" },
	{ "held_on", "Күні", "Дата", "Date" },
	{ "valid_until", "Дейін жарамды", "Действителен до", "Valid until" },
	{ "state", "Күйі", "Состояние", "State" },
	{ "why", "Себебі", "Причина", "Reason" },
	{ "first_at", "Алынған", "Получено", "Received" },
	{ "kind", "Түрі", "Вид", "Kind" },
	{ "about", "Не туралы", "О чём", "About" },
	{ "detail", "Толығырақ", "Подробности", "Detail" },
	{ "at", "Уақыты", "Время", "Time" },
	{ "who_name", "Кім", "Кто", "Who" },
	{ "what", "Әрекет", "Действие", "Action" },
};
/* clang-format on */

static const struct heading *heading_of(const char *field)
{
	for (size_t i = 0; i < countof(headings); i++)
		if (!strcmp(headings[i].field, field)) return &headings[i];
	return NULL;
}

static str title_of(const struct heading *h, str language)
{
	return str_of(str_is(language, S("kk"))   ? h->kk
	              : str_is(language, S("en")) ? h->en
	                                          : h->ru);
}

size_t hub_most(struct request *rq, size_t screen)
{
	return request_query(rq, "as").n ? TABLE_MOST : screen;
}

/* A cell that a spreadsheet would run as a formula gets an apostrophe before it. */
static void add_text(struct buf *b, str text)
{
	bool quoted = false;
	for (size_t i = 0; i < text.n; i++)
		if (memchr(";\"\r\n", text.p[i], 4)) quoted = true;
	if (quoted) buf_char(b, '"');
	if (text.n && memchr("=+-@\t\r", text.p[0], 6)) buf_char(b, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"') buf_char(b, '"');
		buf_char(b, text.p[i]);
	}
	if (quoted) buf_char(b, '"');
}

static void add_int(struct buf *b, const struct json_field *f, int64_t n)
{
	char text[TIME_TEXT];
	if (n == JSON_ABSENT) return;
	if (!str_ends(str_of(f->name), S("_at")) && !str_is(str_of(f->name), S("at"))) {
		buf_printf(b, "%lld", (long long)n);
		return;
	}
	time_write(n + ALMATY_MS, text);
	buf_printf(b, "%.10s %.5s", text, text + 11);
}

static void add_cell(struct buf *b, const struct json_field *f, const char *row)
{
	if (f->kind == JSON_KIND_TEXT)
		add_text(b, *(const str *)(const void *)(row + f->offset));
	else if (f->kind == JSON_KIND_INT)
		add_int(b, f, *(const int64_t *)(const void *)(row + f->offset));
}

static void csv(struct buf *out, const struct shape *shape, struct json_list list,
                str language)
{
	const char *row = list.items;
	buf_str(out, S("\xEF\xBB\xBF"));
	for (size_t r = 0; r <= list.n; r++) {
		bool first = true;
		for (size_t i = 0; i < shape->n; i++) {
			const struct heading *h = heading_of(shape->field[i].name);
			if (!h) continue; /* ids and what is not plain */
			if (!first) buf_char(out, ';');
			first = false;
			if (r == 0)
				add_text(out, title_of(h, language));
			else
				add_cell(out, &shape->field[i],
				         row + (r - 1) * shape->size);
		}
		buf_str(out, S("\r\n"));
	}
}

enum err hub_give_list(struct request *rq, struct reply *rs, const struct shape *shape,
                       struct json_list list, const char *name)
{
	str as = request_query(rq, "as");
	if (!as.n) {
		json_write_list(&rs->body, shape, list);
		return ERR_OK;
	}
	if (!str_is(as, S("csv"))) return FAIL(ERR_INVALID, "a list is JSON or ?as=csv");
	csv(&rs->body, shape, list, request_query(rq, "language"));
	rs->type = "text/csv; charset=utf-8";
	reply_header(rq, "Content-Disposition",
	             arena_printf(request_arena(rq),
	                          "attachment; filename=\"kenes-%s.csv\"", name));
	return ERR_OK;
}
