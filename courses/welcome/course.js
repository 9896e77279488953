/* SPDX-License-Identifier: Apache-2.0 */
/* Five screens, three questions, and what they came to. The texts are in texts.js, made of kk.json, ru.json and
 * en.json. The place, the answers and the language are remembered. */
(function () {
  var RIGHT = [1, 0, 2];   // which answer is right, the same in each language
  var LIGHTS = ['saved', 'kept', 'unsaved'];
  var SCREENS = TEXTS.kk.screens.length, QUESTIONS = RIGHT.length, LAST = SCREENS + QUESTIONS;

  var PICTURES = {
    sun: '<circle cx="80" cy="64" r="30" fill="#ffc53d"/><g stroke="#eaa80f" stroke-width="6" stroke-linecap="round"><path d="M80 12v10M80 106v10M28 64h10M122 64h10M43 27l7 7M110 94l7 7M117 27l-7 7M50 94l-7 7"/></g>',
    pages: '<rect x="22" y="28" width="66" height="82" rx="8" fill="#e0efee" stroke="#a9cfcd" stroke-width="4"/><rect x="72" y="18" width="66" height="82" rx="8" fill="#fff" stroke="#0b565c" stroke-width="5"/><path d="M86 42h38M86 58h38M86 74h22" stroke="#a9cfcd" stroke-width="6" stroke-linecap="round"/><circle cx="126" cy="96" r="20" fill="#ffc53d"/><path d="M119 96h14m-6-7l7 7-7 7" fill="none" stroke="#14292d" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"/>',
    link: '<rect x="16" y="22" width="44" height="84" rx="9" fill="#fff" stroke="#0b565c" stroke-width="5"/><path d="M31 95h14" stroke="#0b565c" stroke-width="5" stroke-linecap="round"/><rect x="92" y="42" width="54" height="38" rx="5" fill="#e0efee" stroke="#0b565c" stroke-width="5"/><path d="M84 92h70" stroke="#0b565c" stroke-width="7" stroke-linecap="round"/><path d="M68 62h16" stroke="#eaa80f" stroke-width="6" stroke-linecap="round" stroke-dasharray="1 12"/><circle cx="38" cy="56" r="13" fill="#ffc53d"/><path d="M32 56l4.5 4.5 8-9" fill="none" stroke="#14292d" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>',
    people: '<circle cx="56" cy="46" r="20" fill="#ffc53d"/><path d="M20 112c0-24 16-36 36-36s36 12 36 36z" fill="#0b565c"/><circle cx="112" cy="54" r="16" fill="#f3d9a4"/><path d="M84 112c0-20 12-30 28-30s28 10 28 30z" fill="#12737b"/>',
    light: { saved: 'M5 13l4.5 4.5L19 7.5', kept: 'M8 3h8v18H8zM11 18h2', unsaved: 'M12 4L2.5 20.5h19zM12 10v5M12 17.5v.5' }
  };

  var state = remembered(), words;

  function remembered() {
    var kept = {};
    try { kept = JSON.parse(scorm.get('suspend_data')) || {}; } catch (e) { kept = {}; }
    var at = parseInt(scorm.get('core.lesson_location'), 10);
    return {
      language: TEXTS[kept.language] ? kept.language : around('lang', 'kk'),
      answers: Array.isArray(kept.answers) ? kept.answers.slice(0, QUESTIONS) : [],
      at: at >= 0 && at <= LAST ? at : 0
    };
  }

  // The player shows its own words in the learner's language, and letters of the chosen size.
  function around(attribute, otherwise) {
    try {
      var value = window.parent.document.documentElement.getAttribute(attribute);
      return attribute !== 'lang' || TEXTS[value] ? value : otherwise;
    } catch (e) {
      return otherwise;
    }
  }

  function remember() {
    scorm.set('core.lesson_location', state.at);
    scorm.set('suspend_data', JSON.stringify({ language: state.language, answers: state.answers }));
    if (state.at === LAST) {
      scorm.set('core.score.min', 0);
      scorm.set('core.score.max', QUESTIONS);
      scorm.set('core.score.raw', correct());
      scorm.set('core.lesson_status', 'completed');
    } else if (scorm.get('core.lesson_status') !== 'completed') scorm.set('core.lesson_status', 'incomplete');
    scorm.commit();
  }

  function correct() { return RIGHT.filter(function (right, i) { return state.answers[i] === right; }).length; }

  /* ---- drawing ---- */

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function fill(text, n, all) { return text.replace('{n}', n).replace('{all}', all); }

  function picture(markup, className, box) {
    var place = make('div', className);
    place.setAttribute('aria-hidden', 'true');
    place.innerHTML = '<svg viewBox="' + box + '">' + markup + '</svg>';
    return place;
  }

  function draw(moved) {
    words = TEXTS[state.language];
    document.documentElement.lang = state.language;
    document.title = words.title;
    var screen = document.getElementById('screen');
    screen.textContent = '';
    screen.className = state.at < SCREENS ? 'page' : state.at < LAST ? 'ask' : 'end';
    (state.at < SCREENS ? page : state.at < LAST ? question : end)(screen);
    frame();
    if (moved) {
      screen.focus();
      window.scrollTo(0, 0);
    }
  }

  function frame() {
    var dots = document.getElementById('dots');
    dots.textContent = '';
    for (var i = 0; i <= LAST; i++) dots.appendChild(make('i', i < state.at ? 'past' : i === state.at ? 'here' : ''));
    document.getElementById('step-words').textContent = fill(words.step, state.at + 1, LAST + 1);
    var back = document.getElementById('back'), next = document.getElementById('next');
    back.textContent = words.back;
    next.textContent = words.next;
    back.disabled = state.at === 0;
    next.hidden = state.at === LAST;
    next.disabled = state.at >= SCREENS && state.answers[state.at - SCREENS] === undefined;
    back.className = next.hidden ? 'alone' : '';
    next.className = state.at >= SCREENS && !next.disabled ? 'sun' : '';
    document.getElementById('languages').setAttribute('aria-label', words.language);
    Array.prototype.forEach.call(document.querySelectorAll('#languages button'), function (button) {
      button.setAttribute('aria-pressed', button.value === state.language);
    });
  }

  function page(screen) {
    var text = words.screens[state.at];
    if (text.picture) screen.appendChild(picture(PICTURES[text.picture], 'picture', '0 0 160 128'));
    screen.appendChild(make('h1', '', text.title));
    text.text.forEach(function (line) { screen.appendChild(make('p', '', line)); });
    if (!text.picture) screen.appendChild(lights());
    if (text.points.length) {
      var list = screen.appendChild(make('ul', 'points'));
      text.points.forEach(function (point) { list.appendChild(make('li', '', point)); });
    }
    if (text.note) screen.appendChild(make('p', 'note', text.note));
  }

  function lights() {
    var list = make('ul', 'lights');
    words.lights.forEach(function (light, i) {
      var row = list.appendChild(make('li', LIGHTS[i])), sign = row.appendChild(make('p', 'sign'));
      sign.appendChild(picture('<path d="' + PICTURES.light[LIGHTS[i]] + '"/>', 'mark', '0 0 24 24'));
      sign.appendChild(make('span', '', light.sign));
      row.appendChild(make('p', 'what', light.what));
    });
    return list;
  }

  function question(screen) {
    var n = state.at - SCREENS, text = words.questions[n], given = state.answers[n];
    screen.appendChild(make('p', 'kicker', fill(words.question, n + 1, QUESTIONS)));
    var title = screen.appendChild(make('h1', '', text.ask));
    title.id = 'ask';
    var list = screen.appendChild(make('div', 'answers'));
    list.setAttribute('role', 'group');
    list.setAttribute('aria-labelledby', 'ask');
    text.answers.forEach(function (answer, i) {
      var chosen = given === i, right = RIGHT[n] === i, button = make('button', given === undefined ? '' : right ? 'right' : chosen ? 'wrong' : 'other');
      button.type = 'button';
      button.appendChild(make('span', 'letter', ['A', 'B', 'C'][i]));
      button.appendChild(make('span', '', answer));
      if (given !== undefined && (chosen || right))
        button.appendChild(make('span', 'hide', ' (' + (chosen ? words['your-answer'] : words.correct) + ')'));
      button.disabled = given !== undefined;
      button.addEventListener('click', function () { choose(n, i); });
      list.appendChild(button);
    });
    var said = screen.appendChild(make('div', 'said'));
    said.setAttribute('role', 'status');
    if (given !== undefined) {
      var well = given === RIGHT[n];
      said.className = 'said ' + (well ? 'well' : 'not');
      said.textContent = well ? text.right : text.wrong;
    }
  }

  function choose(n, answer) {
    state.answers[n] = answer;
    var row = 'interactions.' + scorm.get('interactions._count') + '.';
    scorm.set(row + 'id', 'q' + (n + 1));
    scorm.set(row + 'type', 'choice');
    scorm.set(row + 'correct_responses.0.pattern', 'abc'.charAt(RIGHT[n]));
    scorm.set(row + 'student_response', 'abc'.charAt(answer));
    scorm.set(row + 'result', answer === RIGHT[n] ? 'correct' : 'wrong');
    remember();
    draw(false);
    var said = document.querySelector('.said');
    if (said.scrollIntoView) said.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
    document.getElementById('next').focus({ preventScroll: true });
  }

  function end(screen) {
    var n = correct();
    screen.appendChild(picture(PICTURES.sun, 'picture', '0 0 160 128'));
    screen.appendChild(make('h1', '', words.done));
    screen.appendChild(make('p', 'score', fill(words.score, n, QUESTIONS)));
    screen.appendChild(make('p', '', n === QUESTIONS ? words.well : words.nearly));
    if (n < QUESTIONS) {
      var again = screen.appendChild(make('button', 'plain', words.again));
      again.type = 'button';
      again.addEventListener('click', function () {
        state.answers = [];
        go(SCREENS);
      });
    }
    screen.appendChild(make('p', 'note', words.after));
  }

  /* ---- moving ---- */

  function go(at) {
    state.at = at;
    remember();
    draw(true);
  }

  Object.keys(TEXTS).forEach(function (language) {
    var button = make('button', '', { kk: 'Қаз', ru: 'Рус', en: 'Eng' }[language]);
    button.type = 'button';
    button.value = language;
    button.lang = language;
    button.addEventListener('click', function () {
      state.language = language;
      remember();
      draw(false);
    });
    document.getElementById('languages').appendChild(button);
  });
  document.getElementById('back').addEventListener('click', function () { go(state.at - 1); });
  document.getElementById('next').addEventListener('click', function () { go(state.at + 1); });
  document.documentElement.setAttribute('data-size', around('data-size', '1') || '1');
  remember();
  draw(false);
})();
