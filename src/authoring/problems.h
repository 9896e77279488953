/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that can be wrong with a course's source, in three languages: what it is, and
 * what to do. `{}` is where the detail stands. A code is for ever. */
#pragma once

#include "authoring/authoring.h"
#include "authoring/tables.h"

/* clang-format off */
/*        name                     code                       what: kk, ru, en; what to do: kk, ru, en */
#define PROBLEMS(X) \
	X(COURSE_JSON,             "course-json",\
	  "course.json оқылмады: {}", \
	  "course.json не читается: {}", \
	  "course.json cannot be read: {}", \
	  "Аталған жолды docs/course-format.md үлгісі бойынша түзетіңіз.", \
	  "Исправьте названное по образцу в docs/course-format.md.", \
	  "Correct what is named, after the sample in docs/course-format.md.")	\
	X(COURSE_ID,               "course-id",\
	  "«id» өрісі қалтаның атымен бірдей емес немесе рұқсат етілмеген таңбалары бар: {}", \
	  "Поле «id» не совпадает с именем папки или содержит недопустимые знаки: {}", \
	  "“id” is not the folder's name, or has signs that are not allowed: {}", \
	  "Тек a-z, 0-9 және «-» таңбаларын қолданып, екеуін бірдей етіңіз.", \
	  "Используйте только a-z, 0-9 и «-» и сделайте их одинаковыми.", \
	  "Use only a-z, 0-9 and “-”, and make both the same.")	\
	X(COURSE_TEXT,             "course-text",\
	  "course.json ішінде мына тілде мәтін жоқ: {}", \
	  "В course.json нет текста на языке: {}", \
	  "course.json has no text in this language: {}", \
	  "Атауды, сипаттаманы және аудиторияны осы тілде де жазыңыз.", \
	  "Добавьте название, описание и аудиторию на этом языке.", \
	  "Write title, description and audience in this language too.")	\
	X(LANGUAGE,                "language",\
	  "Белгісіз тіл: {}", \
	  "Неизвестный язык: {}", \
	  "Unknown language: {}", \
	  "kk, ru, en тілдерін ғана көрсетіңіз.", \
	  "Укажите только kk, ru, en.", \
	  "Name only kk, ru, en.")	\
	X(FILE_NAME,               "file-name",\
	  "Бұл файлдың аты ешбір үлгіге келмейді.", \
	  "Имя этого файла не подходит ни под один образец.", \
	  "This file's name fits no pattern.", \
	  "Файлды NN-name.kk.md, annex-NN-name.kk.md немесе questions.kk.gift деп атаңыз, я болмаса media қалтасына салыңыз.", \
	  "Назовите файл NN-name.ru.md, annex-NN-name.ru.md или questions.ru.gift либо положите его в папку media.", \
	  "Call it NN-name.en.md, annex-NN-name.en.md or questions.en.gift, or put it into the folder media.")	\
	X(FILE_ABSENT,             "file-absent",\
	  "Мына тілдегі файл жоқ: {}", \
	  "Нет файла на языке: {}", \
	  "There is no file in this language: {}", \
	  "Файлды жазыңыз немесе тілді course.json тізімінен алып тастаңыз.", \
	  "Напишите файл или уберите язык из списка в course.json.", \
	  "Write the file, or take the language off the list in course.json.")	\
	X(NO_LESSONS,              "no-lessons",\
	  "Курста бірде-бір сабақ жоқ.", \
	  "В курсе нет ни одного урока.", \
	  "The course has no lesson.", \
	  "01-name.kk.md деген файл жасаңыз.", \
	  "Создайте файл 01-name.ru.md.", \
	  "Make a file 01-name.en.md.")	\
	X(NOT_UTF8,                "not-utf8",\
	  "Файл UTF-8 кодтамасында емес.", \
	  "Файл не в кодировке UTF-8.", \
	  "The file is not UTF-8.", \
	  "Файлды мәтін өңдегіште UTF-8 кодтамасымен қайта сақтаңыз.", \
	  "Сохраните файл заново в кодировке UTF-8.", \
	  "Save the file again as UTF-8.")	\
	X(TABLE_COLUMNS,           "table-columns",\
	  "Бұл жолдағы бағандар саны бірінші жолдағыдай емес: {}", \
	  "В этой строке не столько столбцов, сколько в первой: {}", \
	  "This row has not as many columns as the first: {}", \
	  "Бағандарды табуляциямен бөліңіз; бос ұяшыққа «-» қойыңыз.", \
	  "Разделите столбцы табуляцией; в пустой ячейке поставьте «-».", \
	  "Part the columns with tabs; put “-” into an empty cell.")	\
	X(TABLE_EMPTY,             "table-empty",\
	  "Міндетті ұяшық бос: {}", \
	  "Обязательная ячейка пуста: {}", \
	  "A cell that must be filled is empty: {}", \
	  "Ұяшықты толтырыңыз.", \
	  "Заполните ячейку.", \
	  "Fill the cell.")	\
	X(TABLE_TWICE,             "table-twice",\
	  "Белгі бос немесе қайталанады: {}", \
	  "Обозначение пусто или повторяется: {}", \
	  "The key is empty or there twice: {}", \
	  "Әр жолға өз белгісін беріңіз.", \
	  "Дайте каждой строке своё обозначение.", \
	  "Give each row a key of its own.")	\
	X(TABLE_ACT,               "table-act",\
	  "acts.tsv ішінде мұндай акт жоқ: {}", \
	  "В acts.tsv нет такого акта: {}", \
	  "acts.tsv has no such act: {}", \
	  "Актіні acts.tsv файлына қосыңыз немесе белгісін түзетіңіз.", \
	  "Добавьте акт в acts.tsv или исправьте обозначение.", \
	  "Add the act to acts.tsv, or correct the key.")	\
	X(TABLE_DATE,              "table-date",\
	  "Күн дұрыс жазылмаған: {}", \
	  "Дата записана неверно: {}", \
	  "The date is written wrongly: {}", \
	  "Күнді 2026-07-12 үлгісімен жазыңыз.", \
	  "Запишите дату по образцу 2026-07-12.", \
	  "Write the date like 2026-07-12.")	\
	X(LESSON_TITLE,            "lesson-title",\
	  "Сабақ «# Тақырып» жолынан басталмайды.", \
	  "Урок не начинается со строки «# Название».", \
	  "The lesson does not begin with a line “# Title”.", \
	  "Бірінші жолға «# » белгісінен кейін тақырыпты жазыңыз.", \
	  "Напишите в первой строке название после знака «# ».", \
	  "Write the title in the first line, after “# ”.")	\
	X(BLOCK_KIND,              "block-kind",\
	  "Белгісіз блок: {}", \
	  "Неизвестный блок: {}", \
	  "Unknown block: {}", \
	  "goals, case, checklist немесе note деп жазыңыз.", \
	  "Напишите goals, case, checklist или note.", \
	  "Write goals, case, checklist or note.")	\
	X(BLOCK_OPEN,              "block-open",\
	  "Блок жабылмаған: {}", \
	  "Блок не закрыт: {}", \
	  "The block is not closed: {}", \
	  "Блоктың соңына бөлек жолға «:::» қойыңыз.", \
	  "Поставьте «:::» на отдельной строке в конце блока.", \
	  "Put “:::” on a line of its own at the end of the block.")	\
	X(RAW_HTML,                "raw-html",\
	  "HTML тегі қолданылған: {}", \
	  "Использован тег HTML: {}", \
	  "There is an HTML tag: {}", \
	  "Тегті алып тастап, Markdown белгілерін қолданыңыз.", \
	  "Уберите тег и используйте знаки Markdown.", \
	  "Take the tag out and use Markdown.")	\
	X(LINK_EXTERNAL,           "link-external",\
	  "Курстан тыс сілтеме: {}", \
	  "Ссылка за пределы курса: {}", \
	  "A link out of the course: {}", \
	  "Сілтемені алып тастаңыз: оқушыда интернет болмауы мүмкін.", \
	  "Уберите ссылку: у слушателя может не быть интернета.", \
	  "Take the link out: the learner may have no internet.")	\
	X(PICTURE_ABSENT,          "picture-absent",\
	  "media қалтасында мұндай сурет жоқ: {}", \
	  "В папке media нет такого рисунка: {}", \
	  "The folder media has no such picture: {}", \
	  "Суретті media қалтасына салып, жолын media/name.png деп жазыңыз.", \
	  "Положите рисунок в media и запишите путь как media/name.png.", \
	  "Put the picture into media and write its path as media/name.png.")	\
	X(PICTURE_WORDS,           "picture-words",\
	  "Суреттің сипаттамасы жоқ: {}", \
	  "У рисунка нет описания: {}", \
	  "The picture has no description: {}", \
	  "Шаршы жақша ішіне суретте не бар екенін жазыңыз.", \
	  "Напишите в квадратных скобках, что на рисунке.", \
	  "Say in the square brackets what the picture shows.")	\
	X(MEDIA_KIND,              "media-kind",\
	  "Файлдың мұндай түрі пакетке салынбайды.", \
	  "Файл такого вида не попадёт в пакет.", \
	  "A file of this kind is not put into the package.", \
	  "PNG, JPEG, WebP, SVG, MP3 немесе MP4 файлын қолданыңыз.", \
	  "Используйте PNG, JPEG, WebP, SVG, MP3 или MP4.", \
	  "Use PNG, JPEG, WebP, SVG, MP3 or MP4.")	\
	X(MACRO,                   "macro",\
	  "Қос жақшадағы белгі танылмады: {}", \
	  "Не распознано обозначение в двойных скобках: {}", \
	  "Not understood, in double brackets: {}", \
	  "[[PC-31]], [[@code]], [[?question]] немесе [[annex:NN-name]] түрінде жазыңыз.", \
	  "Напишите [[PC-31]], [[@code]], [[?question]] или [[annex:NN-name]].", \
	  "Write [[PC-31]], [[@code]], [[?question]] or [[annex:NN-name]].")	\
	X(FACT_UNKNOWN,            "fact-unknown",\
	  "facts.tsv ішінде мұндай дерек жоқ: {}", \
	  "В facts.tsv нет такого факта: {}", \
	  "facts.tsv has no such fact: {}", \
	  "Белгіні түзетіңіз немесе деректі facts.tsv файлына қосыңыз.", \
	  "Исправьте обозначение или добавьте факт в facts.tsv.", \
	  "Correct the id, or add the fact to facts.tsv.")	\
	X(FACT_OPEN,               "fact-open",\
	  "Бұл дерек тексерілмеген, оған жауап кілтін негіздеуге болмайды: {}", \
	  "Этот факт не проверен, на нём нельзя строить ключ: {}", \
	  "This fact is open: no answer may stand on it: {}", \
	  "Басқа деректі таңдаңыз немесе сұрақты алып тастаңыз.", \
	  "Возьмите другой факт или уберите вопрос.", \
	  "Take another fact, or drop the question.")	\
	X(FACT_NO_ACT,             "fact-no-act",\
	  "Бұл дерек ешбір актіге жатпайды, оған сілтеме жасауға болмайды: {}", \
	  "За этим фактом нет акта, на него нельзя ссылаться: {}", \
	  "No act is behind this fact, so it cannot be cited: {}", \
	  "Сілтемені алып тастаңыз.", \
	  "Уберите ссылку.", \
	  "Take the citation out.")	\
	X(DEADLINE_UNKNOWN,        "deadline-unknown",\
	  "deadlines.tsv ішінде мұндай код жоқ: {}", \
	  "В deadlines.tsv нет такого кода: {}", \
	  "deadlines.tsv has no such code: {}", \
	  "Кодты түзетіңіз немесе кестеге жол қосыңыз.", \
	  "Исправьте код или добавьте строку в таблицу.", \
	  "Correct the code, or add a row to the table.")	\
	X(ANNEX_UNKNOWN,           "annex-unknown",\
	  "Мұндай қосымша жоқ: {}", \
	  "Такого приложения нет: {}", \
	  "There is no such annex: {}", \
	  "annex-NN-name.kk.md файлының атын тексеріңіз.", \
	  "Проверьте имя файла annex-NN-name.ru.md.", \
	  "Look at the name of the file annex-NN-name.en.md.")	\
	X(QUESTION_UNKNOWN,        "question-unknown",\
	  "Сұрақтар банкінде мұндай сұрақ жоқ: {}", \
	  "В банке нет такого вопроса: {}", \
	  "The bank has no such question: {}", \
	  "Белгіні түзетіңіз немесе сұрақты банкке қосыңыз.", \
	  "Исправьте обозначение или добавьте вопрос в банк.", \
	  "Correct the id, or add the question to the bank.")	\
	X(QUESTION_PLACED_TWICE,   "question-placed-twice",\
	  "Сұрақ сабақтарда екі рет тұр: {}", \
	  "Вопрос стоит в уроках дважды: {}", \
	  "The question stands in lessons twice: {}", \
	  "Бір орнын ғана қалдырыңыз.", \
	  "Оставьте одно место.", \
	  "Leave one place.")	\
	X(QUESTION_LESSON,         "question-lesson",\
	  "Сұрақтың $CATEGORY санаты басқа сабақты атайды: {}", \
	  "Раздел $CATEGORY вопроса называет другой урок: {}", \
	  "The question's $CATEGORY names another lesson: {}", \
	  "Сұрақты өз сабағына қойыңыз немесе санатын өзгертіңіз.", \
	  "Поставьте вопрос в его урок или измените раздел.", \
	  "Put the question into its lesson, or change the category.")	\
	X(LESSON_QUESTIONS,        "lesson-questions",\
	  "Сабақта сұрақ саны 2-ден 4-ке дейін болуы керек: {}", \
	  "В уроке должно быть от 2 до 4 вопросов: {}", \
	  "A lesson has 2 to 4 questions: {}", \
	  "Сұрақ қосыңыз немесе артығын [[?…]] жолымен бірге алып тастаңыз.", \
	  "Добавьте вопросы или уберите лишние строки [[?…]].", \
	  "Add questions, or take out lines [[?…]].")	\
	X(LESSON_PART,             "lesson-part",\
	  "Сабақта мына блок дәл бір рет болуы керек: {}", \
	  "В уроке должен быть ровно один блок: {}", \
	  "A lesson has exactly one block: {}", \
	  "Блокты қосыңыз немесе артығын алып тастаңыз.", \
	  "Добавьте блок или уберите лишний.", \
	  "Add the block, or take out what is too much.")	\
	X(STRUCTURE,               "structure",\
	  "Сабақтың құрылымы бірінші тілдегіден өзгеше: {}", \
	  "Строение урока не такое, как на первом языке: {}", \
	  "The lesson is not built as in the first language: {}", \
	  "Блоктар мен сұрақтарды барлық тілде бірдей ретпен қойыңыз.", \
	  "Поставьте блоки и вопросы в одном порядке на всех языках.", \
	  "Put blocks and questions in the same order in every language.")	\
	X(LESSON_LENGTH,           "lesson-length",\
	  "Сабақтың ұзындығы шектен тыс (сөз): {}", \
	  "Длина урока вне пределов (слов): {}", \
	  "The lesson's length is out of bounds (words): {}", \
	  "Сабақ 250–2000 сөзден тұрсын: 8–12 минут.", \
	  "Пусть в уроке будет 250–2000 слов: это 8–12 минут.", \
	  "Let it have 250–2000 words: 8–12 minutes.")	\
	X(SENTENCES,               "sentences",\
	  "Сөйлемдер орта есеппен тым ұзын (сөз): {}", \
	  "Предложения в среднем слишком длинные (слов): {}", \
	  "The sentences are too long on average (words): {}", \
	  "Ұзын сөйлемдерді бөліңіз: орташа ұзындығы 18 сөзден аспасын.", \
	  "Разделите длинные предложения: в среднем не больше 18 слов.", \
	  "Divide long ones: at most 18 words on average.")	\
	X(SENTENCE_LONG,           "sentence-long",\
	  "Тым ұзын сөйлем: {}", \
	  "Слишком длинное предложение: {}", \
	  "A sentence is too long: {}", \
	  "Оны екіге бөліңіз: 45 сөзден аспасын.", \
	  "Разделите его: не больше 45 слов.", \
	  "Divide it: at most 45 words.")	\
	X(GIFT_TAGS,               "gift-tags",\
	  "Бір сұрақта тег тым көп.", \
	  "У вопроса слишком много тегов.", \
	  "The question has too many tags.", \
	  "Керектісін ғана қалдырыңыз: ең көбі 16.", \
	  "Оставьте нужные: не больше 16.", \
	  "Keep those that are needed: at most 16.")	\
	X(GIFT_NAME,               "gift-name",\
	  "Сұрақтың қысқа аты «::» белгісімен аяқталмаған.", \
	  "Краткое имя вопроса не закончено знаком «::».", \
	  "The short name does not end with “::”.", \
	  "::аты:: деп жазыңыз.", \
	  "Напишите ::имя::.", \
	  "Write ::name::.")	\
	X(GIFT_BRACE,              "gift-brace",\
	  "{ және } жақшалары сәйкес емес.", \
	  "Скобки { и } не сходятся.", \
	  "The braces { and } do not match.", \
	  "Сұрақ ішінде бос жол болмасын; мәтіндегі жақшаның алдына «\\» қойыңыз.", \
	  "Уберите пустые строки внутри вопроса; перед скобкой в тексте поставьте «\\».", \
	  "Leave no empty line inside a question; put “\\” before a brace in a text.")	\
	X(GIFT_WEIGHT,             "gift-weight",\
	  "Жауаптың салмағы дұрыс жазылмаған.", \
	  "Вес ответа записан неверно.", \
	  "The weight of an answer is written wrongly.", \
	  "%50% немесе %-50% деп жазыңыз.", \
	  "Напишите %50% или %-50%.", \
	  "Write %50% or %-50%.")	\
	X(GIFT_NUMBER,             "gift-number",\
	  "Сандық жауап танылмады.", \
	  "Числовой ответ не распознан.", \
	  "The numerical answer is not understood.", \
	  "{#15}, {#15:1}, {#10..15} немесе {#[[@code]]} деп жазыңыз.", \
	  "Напишите {#15}, {#15:1}, {#10..15} или {#[[@code]]}.", \
	  "Write {#15}, {#15:1}, {#10..15} or {#[[@code]]}.")	\
	X(GIFT_PAIR,               "gift-pair",\
	  "Сәйкестендіру жұбында «->» белгісі жоқ.", \
	  "В паре нет знака «->».", \
	  "A pair has no “->”.", \
	  "=сол жағы -> оң жағы деп жазыңыз.", \
	  "Напишите =левая -> правая.", \
	  "Write =left -> right.")	\
	X(GIFT_SIGN,               "gift-sign",\
	  "Жауаптар = немесе ~ белгісінен басталмайды.", \
	  "Ответы не начинаются со знака = или ~.", \
	  "The answers do not begin with = or ~.", \
	  "Әр жауаптың алдына = (дұрыс) немесе ~ (бұрыс) қойыңыз.", \
	  "Поставьте перед каждым ответом = (верный) или ~ (неверный).", \
	  "Put = (right) or ~ (wrong) before every answer.")	\
	X(GIFT_ANSWERS,            "gift-answers",\
	  "Жауап нұсқалары тым көп.", \
	  "Слишком много ответов.", \
	  "There are too many answers.", \
	  "Ең көбі 40 жауап қалдырыңыз.", \
	  "Оставьте не больше 40.", \
	  "Keep at most 40.")	\
	X(GIFT_ANSWER_EMPTY,       "gift-answer-empty",\
	  "Жауаптың мәтіні бос.", \
	  "У ответа нет текста.", \
	  "An answer has no text.", \
	  "Мәтінін жазыңыз немесе жауапты алып тастаңыз.", \
	  "Напишите текст или уберите ответ.", \
	  "Write its text, or take it out.")	\
	X(GIFT_NO_KEY,             "gift-no-key",\
	  "Дұрыс жауап көрсетілмеген.", \
	  "Не указан верный ответ.", \
	  "No answer is marked as right.", \
	  "Дұрыс жауаптың алдына = қойыңыз.", \
	  "Поставьте = перед верным ответом.", \
	  "Put = before the right answer.")	\
	X(GIFT_SUM,                "gift-sum",\
	  "Дұрыс жауаптардың салмақтары 100 болмайды.", \
	  "Веса верных ответов не дают 100.", \
	  "The weights of the right answers do not make 100.", \
	  "Мысалы, екі дұрыс жауапқа %50%, үшеуіне %33.33333% қойыңыз.", \
	  "Например, двум верным поставьте %50%, трём %33.33333%.", \
	  "Give two right ones %50% each, three %33.33333%.")	\
	X(GIFT_NO_CHOICE,          "gift-no-choice",\
	  "Таңдау үшін кемінде екі нұсқа керек.", \
	  "Для выбора нужно хотя бы два варианта.", \
	  "A choice needs two answers at least.", \
	  "Нұсқа қосыңыз.", \
	  "Добавьте вариант.", \
	  "Add an answer.")	\
	X(GIFT_EMPTY,              "gift-empty",\
	  "Сұрақтың мәтіні жоқ.", \
	  "У вопроса нет текста.", \
	  "The question has no text.", \
	  "Сұрақ мәтінін жазыңыз.", \
	  "Напишите текст вопроса.", \
	  "Write the question's text.")	\
	X(QUESTION_ID,             "question-id",\
	  "Сұрақтың белгісі жоқ немесе дұрыс емес: {}", \
	  "У вопроса нет обозначения или оно неверно: {}", \
	  "The question has no id, or a wrong one: {}", \
	  "Сұрақтың үстіне // [id:cm-0101] деп жазыңыз: a-z, 0-9 және «-».", \
	  "Напишите над вопросом // [id:cm-0101]: a-z, 0-9 и «-».", \
	  "Write // [id:cm-0101] above it: a-z, 0-9 and “-”.")	\
	X(QUESTION_ID_TWICE,       "question-id-twice",\
	  "Екі сұрақтың белгісі бірдей: {}", \
	  "У двух вопросов одно обозначение: {}", \
	  "Two questions have the same id: {}", \
	  "Біреуінің белгісін өзгертіңіз.", \
	  "Измените одно из них.", \
	  "Change one of them.")	\
	X(CATEGORY,                "category",\
	  "$CATEGORY мұндай сабақты атамайды: {}", \
	  "$CATEGORY не называет урок этого курса: {}", \
	  "$CATEGORY names no lesson of the course: {}", \
	  "$CATEGORY: lesson-01 деп жазыңыз, мұнда 01 — сабақтың нөмірі.", \
	  "Напишите $CATEGORY: lesson-01, где 01 — номер урока.", \
	  "Write $CATEGORY: lesson-01, where 01 is the lesson's number.")	\
	X(ANSWER_TWICE,            "answer-twice",\
	  "Сұрақта бірдей екі жауап бар: {}", \
	  "У вопроса два одинаковых ответа: {}", \
	  "The question has the same answer twice: {}", \
	  "Біреуін өзгертіңіз.", \
	  "Измените один из них.", \
	  "Change one of them.")	\
	X(KEY_NO_FACT,             "key-no-fact",\
	  "Кілті бар сұрақ ешбір дерекке сүйенбейді: {}", \
	  "Вопрос с ключом не опирается ни на один факт: {}", \
	  "A keyed question stands on no fact: {}", \
	  "Комментарийге [tag:PC-13] деп дерек белгісін қосыңыз.", \
	  "Добавьте в комментарий обозначение факта [tag:PC-13].", \
	  "Add the fact's id to the comment: [tag:PC-13].")	\
	X(FEEDBACK_ABSENT,         "feedback-absent",\
	  "Сұрақтың түсіндірмесі жоқ: {}", \
	  "У вопроса нет пояснения: {}", \
	  "The question has no explanation: {}", \
	  "Соңғы жауаптан кейін ####түсіндірме жазыңыз.", \
	  "Напишите после ответов ####пояснение.", \
	  "Write ####explanation after the answers.")	\
	X(FEEDBACK_NO_FACT,        "feedback-no-fact",\
	  "Түсіндірме сұрақтың дерегіне сілтеме жасамайды: {}", \
	  "Пояснение не ссылается на факт вопроса: {}", \
	  "The explanation does not cite the question's fact: {}", \
	  "Түсіндірмеге [[PC-13]] сілтемесін қосыңыз.", \
	  "Добавьте в пояснение ссылку [[PC-13]].", \
	  "Add the citation [[PC-13]] to it.")	\
	X(NUMBER_NOT_CODE,         "number-not-code",\
	  "Кілттегі сан мерзімдер кестесінде бар, бірақ кодпен жазылмаған: {}", \
	  "Число в ключе есть в таблице сроков, но записано не кодом: {}", \
	  "The keyed number is in the table of deadlines but not written by its code: {}", \
	  "Санның орнына [[@code]] деп жазыңыз.", \
	  "Напишите вместо числа [[@code]].", \
	  "Write [[@code]] instead of the number.")	\
	X(NUMBER_KEY,              "number-key",\
	  "Кодтың мәні сан емес, оны сандық кілт ретінде қолдануға болмайды: {}", \
	  "Значение кода не число, ключом оно быть не может: {}", \
	  "The code's value is no number, so it cannot be a key: {}", \
	  "Басқа кодты алыңыз немесе таңдау сұрағын жасаңыз.", \
	  "Возьмите другой код или сделайте вопрос с выбором.", \
	  "Take another code, or make it a choice.")	\
	X(BANK_DIFFERS,            "bank-differs",\
	  "Сұрақ бірінші тілдегіден өзгеше: {}", \
	  "Вопрос не такой, как на первом языке: {}", \
	  "The question is not as in the first language: {}", \
	  "Түрін, жауаптардың санын, ретін және кілтін бірдей етіңіз.", \
	  "Сделайте одинаковыми вид, число и порядок ответов и ключ.", \
	  "Make kind, number and order of answers, and key the same.")	\
	X(BANK_LACKS,              "bank-lacks",\
	  "Бұл тілде сұрақ жоқ немесе артық: {}", \
	  "На этом языке вопроса нет или он лишний: {}", \
	  "The question is missing in this language, or only here: {}", \
	  "Барлық тілде бірдей сұрақтар болсын.", \
	  "Пусть на всех языках будут одни и те же вопросы.", \
	  "Let all languages have the same questions.")	\
	X(TEST_FEW,                "test-few",\
	  "Қорытынды тестке сұрақ жетпейді: {}", \
	  "Для итогового теста не хватает вопросов: {}", \
	  "There are not enough questions for the final test: {}", \
	  "Сұрақ қосыңыз немесе course.json ішіндегі санды азайтыңыз.", \
	  "Добавьте вопросы или уменьшите число в course.json.", \
	  "Add questions, or lower the number in course.json.")	\
	X(PRETEST_FEW,             "pretest-few",\
	  "Кіріспе тестке [tag:gain] сұрақтары жетпейді: {}", \
	  "Для входного теста не хватает вопросов с [tag:gain]: {}", \
	  "There are not enough questions with [tag:gain] for the pre-test: {}", \
	  "Сұрақтарға [tag:gain] қосыңыз немесе санды азайтыңыз.", \
	  "Добавьте [tag:gain] к вопросам или уменьшите число.", \
	  "Add [tag:gain] to questions, or lower the number.")	\
	X(GLOSSARY,                "glossary",\
	  "Терминдер тізімінде бұл басқаша: {}", \
	  "В словаре терминов это названо иначе: {}", \
	  "The glossary says this otherwise: {}", \
	  "Ұсынылған терминді қолданыңыз.", \
	  "Используйте предложенный термин.", \
	  "Use the term that is given.")
/* clang-format on */

enum problem_code {
#define X(name, ...) PROBLEM_##name,
	PROBLEMS(X)
#undef X
		PROBLEM_CODES
};

/* Gathers problems; at most some hundreds are kept, the rest only counted. */
struct problems {
	struct arena *arena;
	enum language language; /* that they are told in */
	struct authoring_problem *problem;
	size_t n, room;
};
void problem(struct problems *, enum problem_code, str file, int line, str detail);
/* By a code's word ("gift-brace"). */
void problem_named(struct problems *, const char *code, str file, int line, str detail);
/* By file and line. */
void problems_sort(struct problems *);
