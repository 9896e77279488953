/* SPDX-License-Identifier: Apache-2.0 */
/* Why somebody gets no certificate, as a word and as a sentence in each language. */
#pragma once

/* clang-format off */
/*      word            Kazakh / Russian / English */
#define REASONS(X) \
	X("absent",       "Бұл күні қатыспады деп белгіленген.", \
	                  "Отмечено, что в этот день не присутствовал(а).", \
	                  "Marked as not present on this day.") \
	X("not-begun",    "Бірде-бір курсты бастаған жоқ.", \
	                  "Ни один курс ещё не начат.", \
	                  "No course has been begun yet.") \
	X("not-finished", "Курс әлі соңына дейін өтілген жоқ.", \
	                  "Курс ещё не пройден до конца.", \
	                  "The course is not finished yet.") \
	X("failed",       "Курстың тестінен өтпеді.", \
	                  "Тест курса не сдан.", \
	                  "The course's test was not passed.") \
	X("bad-letter",   "Атауларда басып шығаруға келмейтін таңба бар: оны түзетіңіз.", \
	                  "В имени или названиях есть знак, который нельзя напечатать: исправьте его.", \
	                  "A name has a sign that cannot be printed: correct it.") \
	X("revoked",      "Сертификаты кері қайтарылған. Жаңасын тек осы адамға жеке беруге болады.", \
	                  "Сертификат отозван. Новый можно выдать только этому человеку отдельно.", \
	                  "The certificate was revoked. A new one can be issued to this person alone.")
/* clang-format on */
