/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that import can say, in three languages: what happened, and what to do. `{}`
 * is where the detail stands; `{:}` is ": detail", or nothing when there is none. A code is
 * for ever: it is stored with the package and known to the browser. */
#pragma once

/* clang-format off */
/*        name                     code                       level */
#define FINDINGS(X) \
	X(READ_AS,                 "read-as",                 FACT, \
	  "{} пакеті оқылды.", \
	  "Прочитан пакет {}.", \
	  "A {} package was read.") \
	X(MANIFEST_SEVERAL,        "manifest-several",        FACT, \
	  "Мұрағатта бірнеше imsmanifest.xml файлы бар. Курс мына файл бойынша оқылды: {}. Басқасы керек болса, оны жеке мұрағатқа салып импорттаңыз.", \
	  "В архиве несколько файлов imsmanifest.xml. Курс прочитан по файлу {}. Если нужен другой, упакуйте его в отдельный архив.", \
	  "The zip has several imsmanifest.xml files. The course was read by {}. If you need another one, pack it into a zip of its own.") \
	X(ORGANIZATION_SEVERAL,    "organization-several",    FACT, \
	  "Пакетте мазмұнның бірнеше нұсқасы бар. Мынау алынды: {}.", \
	  "В пакете несколько вариантов содержания. Взят этот: {}.", \
	  "The package has several tables of contents. This one was taken: {}.") \
	X(MANIFEST_FOLDER,         "manifest-one-folder-down", REPAIRED, \
	  "Курс файлдары мұрағаттың «{}» қалтасында жатыр. Курс дұрыс оқылды, ештеңе істеудің қажеті жоқ.", \
	  "Файлы курса лежат в папке «{}» внутри архива. Курс прочитан правильно, делать ничего не нужно.", \
	  "The course lies in the folder “{}” of the zip. It was read all right; there is nothing to do.") \
	X(MANIFEST_NAME,           "manifest-name",           REPAIRED, \
	  "Курс сипаттамасы imsmanifest.xml емес, {} деп аталған. Ол танылды, ештеңе істеудің қажеті жоқ.", \
	  "Описание курса названо {} вместо imsmanifest.xml. Оно распознано, делать ничего не нужно.", \
	  "The course description is called {} instead of imsmanifest.xml. It was recognised; there is nothing to do.") \
	X(MANIFEST_ENCODING,       "manifest-encoding",       REPAIRED, \
	  "Курс сипаттамасының кодтамасы дұрыс көрсетілмеген, ол {} кодтамасында оқылды. Атаулардағы әріптер дұрыс көрінетінін тексеріңіз.", \
	  "Кодировка описания курса указана неверно, оно прочитано как {}. Проверьте, правильно ли видны буквы в названиях.", \
	  "The course description names a wrong encoding; it was read as {}. Check that the letters in the titles look right.") \
	X(MANIFEST_SIGNS,          "manifest-signs",          REPAIRED, \
	  "Курс сипаттамасындағы қате жазылған «&» белгілері түзетілді. Ештеңе істеудің қажеті жоқ.", \
	  "В описании курса исправлены неверно записанные знаки «&». Делать ничего не нужно.", \
	  "“&” signs that were written wrongly in the course description were put right. There is nothing to do.") \
	X(STANDARD_GUESSED,        "standard-guessed",        REPAIRED, \
	  "Пакет өзінің қай стандартқа сай екенін анық айтпайды. Мазмұнына қарай {} деп оқылды. Курсты бір рет ашып, тексеріңіз.", \
	  "Пакет не говорит ясно, по какому стандарту он сделан. По содержимому он прочитан как {}. Откройте курс один раз и проверьте.", \
	  "The package does not say clearly which standard it follows. By its content it was read as {}. Open the course once and check.") \
	X(ORGANIZATION_DEFAULT,    "organization-default",    REPAIRED, \
	  "Негізгі деп көрсетілген мазмұн пакетте жоқ. Біріншісі алынды: {}.", \
	  "Содержания, которое названо основным, в пакете нет. Взято первое: {}.", \
	  "The table of contents that is named as the default is not there. The first one was taken: {}.") \
	X(ORGANIZATION_ABSENT,     "organization-absent",     REPAIRED, \
	  "Пакетте мазмұн жоқ. Курс бір бөлімнен құралды: {}.", \
	  "В пакете нет содержания. Курс составлен из одной части: {}.", \
	  "The package has no table of contents. The course was made of one part: {}.") \
	X(ITEM_ID,                 "item-id",                 REPAIRED, \
	  "Кейбір бөлімдердің белгісі жоқ немесе қайталанады: {}. Нәтижелер шатаспауы үшін оларға жаңа белгі берілді.", \
	  "У некоторых частей нет обозначения или оно повторяется: {}. Им даны новые, чтобы результаты не смешались.", \
	  "Some parts have no identifier or the same one: {}. They got new ones, so that results do not mix.") \
	X(KIND_GUESSED,            "kind-guessed",            REPAIRED, \
	  "Пакетте қай беттің нәтижесі сақталатыны айтылмаған. Барлық беттің нәтижесі сақталады деп есептелді. Курсты бір рет ашып, тексеріңіз.", \
	  "В пакете не сказано, результаты каких страниц сохраняются. Принято, что всех. Откройте курс один раз и проверьте.", \
	  "The package does not say which pages save results. All of them were taken to. Open the course once and check.") \
	X(HREF_CASE,               "href-case",               REPAIRED, \
	  "Бас әріптері мен кіші әріптері шатасқан файл атаулары танылды: {}.", \
	  "Распознаны имена файлов, в которых перепутаны заглавные и строчные буквы: {}.", \
	  "File names with capital and small letters mixed up were recognised: {}.") \
	X(HREF_BACKSLASH,          "href-backslash",          REPAIRED, \
	  "Файл жолдарындағы «\\» белгісі «/» деп оқылды: {}.", \
	  "Знак «\\» в путях к файлам прочитан как «/»: {}.", \
	  "“\\” in the paths of files was read as “/”: {}.") \
	X(HREF_ENCODING,           "href-encoding",           REPAIRED, \
	  "Ескі кодтамада жазылған файл атаулары танылды: {}.", \
	  "Распознаны имена файлов, записанные в старой кодировке: {}.", \
	  "File names written in an old encoding were recognised: {}.") \
	X(HREF_FOLDER,             "href-folder",             REPAIRED, \
	  "Файлдардың қалтасы дәл көрсетілмеген, бірақ файлдар табылды: {}.", \
	  "Папка файлов указана неточно, но файлы найдены: {}.", \
	  "The folder of some files is given wrongly, but they were found: {}.") \
	X(HREF_LETTERS,            "href-letters",            REPAIRED, \
	  "Мұрағаттағы атауларда қазақ әріптері бүлінген. Файлдар ұқсастығы бойынша табылды: {}. Беттердегі суреттер көрінбесе, курсты жаңа бағдарламамен қайта мұрағаттаңыз.", \
	  "В именах внутри архива испорчены казахские буквы. Файлы найдены по сходству: {}. Если картинок на страницах не видно, упакуйте курс заново современной программой.", \
	  "Kazakh letters in the names inside the zip are damaged. The files were found by likeness: {}. If pictures are missing on the pages, pack the course again with a newer program.") \
	X(NAMES_ENCODING,          "names-encoding",          REPAIRED, \
	  "Мұрағаттағы файл атаулары {} кодтамасында оқылды.", \
	  "Имена файлов в архиве прочитаны в кодировке {}.", \
	  "The names of the files in the zip were read as {}.") \
	X(NAMES_BACKSLASH,         "names-backslash",         REPAIRED, \
	  "Мұрағаттағы қалталар «\\» белгісімен жазылған. Олар дұрыс оқылды, ештеңе істеудің қажеті жоқ.", \
	  "Папки в архиве записаны через знак «\\». Они прочитаны правильно, делать ничего не нужно.", \
	  "The folders in the zip are written with “\\”. They were read all right; there is nothing to do.") \
	X(FILE_ABSENT,             "file-absent",             WARNING, \
	  "Сипаттамада аталған, бірақ мұрағатта жоқ файлдар: {}. Курс импортталды; бірдеңе көрінбесе, авторынан толық пакетті сұраңыз.", \
	  "Файлы названы в описании, но в архиве их нет: {}. Курс импортирован; если чего-то не видно, попросите у автора полный пакет.", \
	  "Files are named in the description but are not in the zip: {}. The course was imported; if something is missing, ask its author for the whole package.") \
	X(LAUNCH_ABSENT,           "launch-absent",           WARNING, \
	  "Мына бөлімдер ашылмайды, себебі олардың файлы мұрағатта жоқ: {}. Авторынан толық пакетті сұраңыз.", \
	  "Эти части не откроются, потому что их файлов нет в архиве: {}. Попросите у автора полный пакет.", \
	  "These parts will not open, because their files are not in the zip: {}. Ask the author for the whole package.") \
	X(LAUNCH_EXTERNAL,         "launch-external",         WARNING, \
	  "Мына бөлімдер интернеттегі бетті ашады: {}. Интернет жоқ залда олар ашылмайды.", \
	  "Эти части открывают страницу в интернете: {}. В зале без интернета они не откроются.", \
	  "These parts open a page on the internet: {}. In a hall without internet they will not open.") \
	X(LAUNCH_SCHEME,           "launch-scheme",           WARNING, \
	  "Мына мекенжайларды телефон аша алмайды: {}. Авторынан түзетуді сұраңыз.", \
	  "Эти адреса телефон открыть не может: {}. Попросите автора исправить их.", \
	  "A phone cannot open these addresses: {}. Ask the author to correct them.") \
	X(HREF_OUTSIDE,            "href-outside",            WARNING, \
	  "Мына жолдар пакеттің сыртына шығады, сондықтан ашылмайды: {}. Авторынан түзетуді сұраңыз.", \
	  "Эти пути ведут за пределы пакета и поэтому не откроются: {}. Попросите автора исправить их.", \
	  "These paths lead out of the package and will not open: {}. Ask the author to correct them.") \
	X(ITEM_DANGLING,           "item-dangling",           WARNING, \
	  "Мына бөлімдердің материалы пакетте жоқ: {}. Олар тек тақырып ретінде көрінеді.", \
	  "У этих частей нет материала в пакете: {}. Они видны только как заголовки.", \
	  "These parts have no material in the package: {}. They are shown as headings only.") \
	X(ITEM_BOTH,               "item-both",               WARNING, \
	  "Мына бөлімдердің өз беті де, ішкі бөлімдері де бар: {}. Стандарт бойынша тек ішкі бөлімдері ашылады.", \
	  "У этих частей есть и своя страница, и вложенные части: {}. По стандарту открываются только вложенные.", \
	  "These parts have both a page and parts inside: {}. By the standard only the parts inside open.") \
	X(SEQUENCING_DANGLING,     "sequencing-dangling",     WARNING, \
	  "Мына бөлімдерді өту ережесі пакетте жоқ: {}. Оларды кез келген ретпен ашуға болады.", \
	  "Правил прохождения этих частей в пакете нет: {}. Их можно открывать в любом порядке.", \
	  "The rules for going through these parts are not in the package: {}. They can be opened in any order.") \
	X(FILE_HEAVY,              "file-heavy",              WARNING, \
	  "Үлкен файлдар бар: {}. Залдағы телефондардың бәрі бірден ашса, күтуге тура келеді. Бейнені сығып, курсты қайта импорттаған жөн.", \
	  "Есть большие файлы: {}. Если все телефоны в зале откроют их сразу, придётся ждать. Лучше сжать видео и импортировать курс снова.", \
	  "There are large files: {}. If all phones in the hall open them at once, people will wait. Better compress the video and import the course again.") \
	X(FILE_FLASH,              "file-flash",              WARNING, \
	  "Flash файлдары бар: {}. Қазіргі телефондар оларды көрсетпейді. Авторынан курстың жаңа нұсқасын сұраңыз.", \
	  "Есть файлы Flash: {}. Современные телефоны их не показывают. Попросите у автора новую версию курса.", \
	  "There are Flash files: {}. Phones of today do not show them. Ask the author for a newer version of the course.") \
	X(FILE_CODEC,              "file-codec",              WARNING, \
	  "Телефондар ойната алмайтын бейне немесе дыбыс файлдары бар: {}. Оларды MP4 (H.264) немесе MP3 пішіміне ауыстырыңыз.", \
	  "Есть видео или звук, которые телефоны не воспроизводят: {}. Переведите их в MP4 (H.264) или MP3.", \
	  "There is video or sound that phones do not play: {}. Convert it to MP4 (H.264) or MP3.") \
	X(NOT_A_ZIP,               "not-a-zip",               REFUSED, \
	  "Бұл файл zip мұрағаты емес. Курсты zip пакеті ретінде сақтап, сол файлды таңдаңыз.", \
	  "Этот файл не является архивом zip. Сохраните курс как пакет zip и выберите его.", \
	  "This file is not a zip. Save the course as a zip package and choose that file.") \
	X(ZIP_DAMAGED,             "zip-damaged",             REFUSED, \
	  "Мұрағат бүлінген{:}. Файлды қайта көшіріп алыңыз немесе авторынан жаңасын сұраңыз.", \
	  "Архив повреждён{:}. Скопируйте файл заново или попросите у автора новый.", \
	  "The zip is damaged{:}. Copy the file again or ask its author for a new one.") \
	X(ZIP_TOO_MANY,            "zip-too-many",            REFUSED, \
	  "Мұрағатта файл тым көп: ең көбі 65 535. Курсты бірнеше пакетке бөліңіз.", \
	  "В архиве слишком много файлов: можно не больше 65 535. Разделите курс на несколько пакетов.", \
	  "The zip has too many files: at most 65,535. Divide the course into several packages.") \
	X(ZIP_TOO_LARGE,           "zip-too-large",           REFUSED, \
	  "Мұрағат ашылғанда тым үлкен{:}. Барлығы 4 ГБ-тан, бір файл 2 ГБ-тан аспауы керек. Бейнелерді сығыңыз.", \
	  "В распакованном виде архив слишком велик{:}. Всего можно не больше 4 ГБ, один файл не больше 2 ГБ. Сожмите видео.", \
	  "Unpacked, the zip is too large{:}. At most 4 GB in all and 2 GB for one file are taken. Compress the videos.") \
	X(ZIP_BOMB,                "zip-bomb",                REFUSED, \
	  "Мұрағат қауіпті: ол ашылғанда шамадан тыс үлкейеді{:}. Оны ашпаңыз, қайдан келгенін анықтаңыз.", \
	  "Архив опасен: при распаковке он становится чрезмерно большим{:}. Не открывайте его и выясните, откуда он.", \
	  "The zip is dangerous: unpacked it becomes excessively large{:}. Do not open it; find out where it comes from.") \
	X(ZIP_ENCRYPTED,           "zip-encrypted",           REFUSED, \
	  "Мұрағат құпиясөзбен жабылған{:}. Оны құпиясөзсіз қайта жасаңыз.", \
	  "Архив закрыт паролем{:}. Создайте его заново без пароля.", \
	  "The zip is locked with a password{:}. Make it again without one.") \
	X(ZIP_LINK,                "zip-link",                REFUSED, \
	  "Мұрағатта файлдың орнында сілтеме бар{:}. Сілтеменің орнына файлдың өзін салып, қайта мұрағаттаңыз.", \
	  "В архиве вместо файла лежит ссылка{:}. Замените её самим файлом и создайте архив заново.", \
	  "The zip has a link in place of a file{:}. Put the file itself there and make the zip again.") \
	X(ZIP_SLIP,                "zip-slip",                REFUSED, \
	  "Мұрағатта пакеттің сыртына шығатын файл атауы бар{:}. Бұл қауіпті, сондықтан пакет қабылданбады. Авторына хабарлаңыз.", \
	  "В архиве есть имя файла, которое ведёт за пределы пакета{:}. Это опасно, поэтому пакет не принят. Сообщите автору.", \
	  "The zip has a file name that leads out of the package{:}. That is dangerous, so the package was not taken. Tell its author.") \
	X(ZIP_DUPLICATE,           "zip-duplicate",           REFUSED, \
	  "Мұрағатта атауы бірдей екі файл бар{:}. Артығын алып тастап, қайта мұрағаттаңыз.", \
	  "В архиве два файла с одним именем{:}. Уберите лишний и создайте архив заново.", \
	  "The zip has two files of the same name{:}. Take one away and make the zip again.") \
	X(ZIP_METHOD,              "zip-method",              REFUSED, \
	  "Мұрағат мұнда оқылмайтын тәсілмен сығылған{:}. Оны кәдімгі zip (Deflate) түрінде қайта жасаңыз.", \
	  "Архив сжат способом, который здесь не читается{:}. Создайте его заново как обычный zip (Deflate).", \
	  "The zip is compressed in a way that is not read here{:}. Make it again as a plain zip (Deflate).") \
	X(MANIFEST_ABSENT,         "manifest-absent",         REFUSED, \
	  "Мұрағатта курс сипаттамасы (imsmanifest.xml) жоқ, яғни бұл SCORM курсы емес. Курсты жасаған бағдарламадан оны SCORM түрінде шығарып алыңыз.", \
	  "В архиве нет описания курса (imsmanifest.xml), значит, это не курс SCORM. Выгрузите курс из программы, в которой он сделан, в виде SCORM.", \
	  "The zip has no course description (imsmanifest.xml), so it is not a SCORM course. Export the course as SCORM from the program it was made with.") \
	X(ZIP_IN_ZIP,              "zip-in-zip",              REFUSED, \
	  "Мұрағаттың ішінде тағы бір мұрағат бар: {}. Сыртқысын ашып, ішіндегісін импорттаңыз.", \
	  "Внутри архива лежит другой архив: {}. Распакуйте внешний и импортируйте внутренний.", \
	  "Inside the zip there is another one: {}. Unpack the outer one and import the inner one.") \
	X(MANIFEST_OTHER,          "manifest-other-standard", REFUSED, \
	  "Бұл SCORM емес, {} пакеті. Қазір мұнда SCORM 1.2 және SCORM 2004 курстары оқылады. Курсты солардың бірі түрінде шығарып алыңыз.", \
	  "Это пакет {}, а не SCORM. Здесь сейчас читаются курсы SCORM 1.2 и SCORM 2004. Выгрузите курс в одном из этих видов.", \
	  "This is a {} package, not SCORM. SCORM 1.2 and SCORM 2004 courses are read here now. Export the course as one of these.") \
	X(MANIFEST_UNREADABLE,     "manifest-unreadable",     REFUSED, \
	  "Курс сипаттамасы қатемен жазылған және оқылмайды{:}. Авторынан пакетті қайта шығаруды сұраңыз.", \
	  "Описание курса записано с ошибкой и не читается{:}. Попросите автора выгрузить пакет заново.", \
	  "The course description is written wrongly and cannot be read{:}. Ask the author to export the package again.") \
	X(MANIFEST_TOO_LARGE,      "manifest-too-large",      REFUSED, \
	  "Курс тым үлкен: ең көбі 2 000 бөлім, 32 деңгей және 16 МБ сипаттама. Оны бірнеше курсқа бөліңіз.", \
	  "Курс слишком велик: можно не больше 2 000 частей, 32 уровней и 16 МБ описания. Разделите его на несколько курсов.", \
	  "The course is too large: at most 2,000 parts, 32 levels and 16 MB of description. Divide it into several courses.") \
	X(NOTHING_TO_LAUNCH,       "manifest-nothing-to-launch", REFUSED, \
	  "Пакетте ашылатын бірде-бір бет жоқ. Авторынан толық пакетті сұраңыз.", \
	  "В пакете нет ни одной страницы, которую можно открыть. Попросите у автора полный пакет.", \
	  "The package has no page that can be opened. Ask its author for the whole package.")
/* clang-format on */
