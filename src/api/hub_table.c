/* SPDX-License-Identifier: Apache-2.0 */
/* Lists for the screen and for spreadsheets, of the same rows. A table's columns are the
 * shape's plain fields. Whoever takes a table away is in the audit. */
#include "api/hub_api.h"
#include "paper/table.h"

#define ROWS_MOST 20000

/* clang-format off */
static const struct heading { const char *field, *kk, *ru, *en; } headings[] = {
	{ "scope", "Аумақ", "Территория", "Area" },
	{ "name", "Атауы", "Название", "Name" },
	{ "sites", "Пункттер", "Пункты", "Sites" },
	{ "have", "Алған пункттер", "Получили пунктов", "Sites that have it" },
	{ "amount", "Саны", "Количество", "Amount" },
	{ "not_before", "Алғашқы күн", "Первый день", "First day" },
	{ "not_after", "Соңғы күн", "Последний день", "Last day" },
	{ "made_by_name", "Жариялаған", "Опубликовал", "Published by" },
	{ "made_at", "Жарияланған уақыты", "Когда опубликовано", "Published at" },
	{ "ended_at", "Күші тоқтаған уақыты", "Когда прекращено", "Ended at" },
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
	{ "title", "Атауы", "Название", "Title" },
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

/* clang-format off */
/* Words that stand in cells. */
static const struct word { const char *word, *kk, *ru, *en; } words[] = {
	{ "valid", "жарамды", "действителен", "valid" },
	{ "superseded", "ауыстырылған", "заменён", "replaced" },
	{ "revoked", "күші жойылған", "отозван", "revoked" },
	{ "mistake", "қате берілген", "выдан по ошибке", "issued by mistake" },
	{ "not-earned", "оқу талаптары орындалмаған", "условия обучения не выполнены", "the training was not completed" },
	{ "request", "иесінің өтініші бойынша", "по просьбе владельца", "at the holder's request" },
	{ "other", "басқа себеп", "другая причина", "another reason" },
	{ "quarantine", "кейінге қалдырылған жазба", "отложенная запись", "record put aside" },
	{ "fork", "екі көшірме", "две копии", "two copies" },
	{ "dispute", "келіспеушілік", "несогласие", "dispute" },
	{ "clock", "сағат", "часы", "clock" },
};
/* clang-format on */

static const char *in_language(str language, const char *kk, const char *ru, const char *en)
{
	return str_is(language, S("kk")) ? kk : str_is(language, S("en")) ? en : ru;
}

static const struct heading *heading_of(const char *field)
{
	for (size_t i = 0; i < countof(headings); i++)
		if (!strcmp(headings[i].field, field)) return &headings[i];
	return NULL;
}

static str word_of(str language, str word)
{
	for (size_t i = 0; i < countof(words); i++)
		if (str_is(word, str_of(words[i].word)))
			return str_of(in_language(language, words[i].kk, words[i].ru,
			                          words[i].en));
	return word;
}

size_t hub_most(struct request *rq, size_t screen)
{
	return request_query(rq, "as").n ? ROWS_MOST : screen;
}

static enum table_kind kind_of(const struct json_field *f)
{
	str name = str_of(f->name);
	if (f->kind == JSON_KIND_INT)
		return str_ends(name, S("_at")) || str_is(name, S("at")) ? TABLE_TIME
		                                                         : TABLE_NUMBER;
	return str_is(name, S("held_on")) || str_is(name, S("valid_until")) ? TABLE_DATE
	                                                                    : TABLE_TEXT;
}

struct listing {
	const struct json_field *field[64];
	struct table_column column[64];
	size_t n;
	str language;
	const char *rows;
	size_t row_size;
};

static void choose_columns(struct listing *l, const struct shape *shape)
{
	for (size_t i = 0; i < shape->n && l->n < countof(l->column); i++) {
		const struct json_field *f = &shape->field[i];
		const struct heading *h = heading_of(f->name);
		bool plain = f->kind == JSON_KIND_TEXT || f->kind == JSON_KIND_INT;
		if (!h || !plain) continue; /* ids, lists */
		l->field[l->n] = f;
		str title = str_of(in_language(l->language, h->kk, h->ru, h->en));
		l->column[l->n++] = (struct table_column){ title, kind_of(f) };
	}
}

static void give_cell(void *context, size_t row, size_t column, struct table_cell *out)
{
	const struct listing *l = context;
	const struct json_field *f = l->field[column];
	const void *at = l->rows + row * l->row_size + f->offset;
	str name = str_of(f->name);
	if (f->kind == JSON_KIND_INT) {
		out->number = *(const int64_t *)at;
		return;
	}
	out->text = *(const str *)at;
	if (str_is(name, S("state")) || str_is(name, S("kind")) || str_is(name, S("why")))
		out->text = word_of(l->language, out->text);
}

struct taking {
	str who, name, detail;
};

static enum err note_taken(struct tx *tx, void *arg)
{
	const struct taking *t = arg;
	return hub_audit(tx, t->who, S("table.exported"), t->name, t->detail);
}

static fallible audit(struct request *rq, const char *name, str as, size_t rows)
{
	str scope = request_query(rq, "scope");
	if (!scope.n) scope = str_of(request_caller(rq)->scope);
	struct taking t = { hub_who(rq), str_of(name), STR_NONE };
	t.detail = arena_printf(request_arena(rq), "%.*s %.*s %zu", STR_ARG(scope),
	                        STR_ARG(as), rows);
	return store_write(hub_api_of(rq)->hub.store, note_taken, &t);
}

static fallible give_table(struct request *rq, struct reply *rs, const struct shape *shape,
                           struct json_list list, const char *name)
{
	struct arena *a = request_arena(rq);
	str as = request_query(rq, "as");
	bool xlsx = str_is(as, S("xlsx"));
	if (!xlsx && !str_is(as, S("csv")))
		return FAIL(ERR_INVALID, "a list is JSON, ?as=csv or ?as=xlsx");
	struct listing *l = arena_new(a, struct listing);
	l->language = request_query(rq, "language");
	l->rows = list.items;
	l->row_size = shape->size;
	choose_columns(l, shape);
	struct table_plan plan = { .name = str_of(name),
		                   .column = l->column,
		                   .columns = l->n,
		                   .rows = list.n,
		                   .cell = give_cell,
		                   .context = l };
	if (list.n == ROWS_MOST)
		plan.note = str_of(in_language(
			l->language, "Тек алғашқы 20 000 жол: кішірек аумақты таңдаңыз.",
			"Только первые 20 000 строк: выберите территорию поменьше.",
			"Only the first 20,000 rows: choose a smaller area."));
	TRY(audit(rq, name, as, list.n));
	rs->type = xlsx ? TABLE_XLSX_TYPE : TABLE_CSV_TYPE;
	reply_header(rq, "Content-Disposition",
	             arena_printf(a, "attachment; filename=\"kenes-%s.%.*s\"", name,
	                          STR_ARG(as)));
	return xlsx ? table_xlsx(&plan, &rs->body) : table_csv(&plan, &rs->body);
}

enum err hub_give_list(struct request *rq, struct reply *rs, const struct shape *shape,
                       struct json_list list, const char *name)
{
	if (request_query(rq, "as").n) return give_table(rq, rs, shape, list, name);
	json_write_list(&rs->body, shape, list);
	return ERR_OK;
}

enum err hub_give_found(struct request *rq, struct reply *rs, found_fn *find,
                        const struct shape *shape, size_t screen, const char *name)
{
	str scope;
	struct json_list list;
	TRY(hub_scope(rq, &scope));
	HUB_READ(db, rq);
	TRY(find(rq, db, scope, hub_most(rq, screen), &list));
	return hub_give_list(rq, rs, shape, list, name);
}
