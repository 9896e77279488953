// SPDX-License-Identifier: Apache-2.0
// Playing a packed course (kenes pack): its questions are answered as a person would, right or wrong, by the keys
// that the page itself carries.

export const dataOf = frame => frame.evaluate(() => JSON.parse(document.getElementById('data').textContent));

const card = id => `article:not([hidden]) [data-id="${id}"]`;

// What has to be chosen, or typed, for a right or a wrong answer.
function plan(question, language, right) {
  const { type, keys } = question, texts = question[language].answers;
  const good = keys.map((key, i) => (key.weight > 0 ? i : -1)).filter(i => i >= 0), bad = keys.map((_, i) => i).filter(i => !good.includes(i));
  if (type === 'single' || type === 'true-false') return [right ? keys.findIndex(key => key.weight === 1) : bad[0]];
  if (type === 'multiple') return right ? good : [bad[0] ?? good[0]];
  if (type === 'numerical') {
    const key = keys.find(each => each.weight === 1);
    return String(right ? key.least : key.most + 12345);
  }
  if (type === 'short') return right ? texts[keys.findIndex(key => key.weight === 1)].text.replace(/\*/g, '') : 'мүлде басқа';
  if (type === 'matching') {
    const sides = texts.map(each => texts.findIndex(other => other.match === each.match)), all = [...new Set(sides)];
    return right ? sides : sides.map(side => all[(all.indexOf(side) + 1) % all.length]);
  }
  return 'Өз сөзіммен: ' + question.id;
}

// How a button is pressed: by a finger, which waits until the button rests where it is drawn; or as the keyboard does it,
// for hundreds of questions where only the judgement counts.
const byFinger = (frame, at) => frame.click(at);
export const byKey = (frame, at) => frame.dispatchEvent(at, 'click');

// Fills in and sends; the card then shows what came of it.
export async function answer(frame, question, language, right, press = byFinger) {
  const at = card(question.id), what = plan(question, language, right);
  if (question.type === 'matching') {
    for (const [i, side] of what.entries()) await frame.selectOption(`${at} select[id$="-${i}"]`, String(side));
  } else if (Array.isArray(what)) {
    for (const i of what) await press(frame, `${at} label:has(input[value="${i}"])`);
  } else await frame.fill(`${at} input, ${at} textarea`, what);
  await press(frame, `${at} button[type=submit]`);
  await frame.waitForSelector(`${at} .said .word`);
  return frame.getAttribute(`${at} .said`, 'class');
}

export const isScored = question => !['essay', 'description'].includes(question.type);

// Every question of a lesson: wrong, then again and right.
export async function playLesson(frame, language, wrongFirst = true) {
  const { questions } = await dataOf(frame);
  for (const question of questions.filter(each => each.type !== 'description')) {
    if (wrongFirst && isScored(question)) {
      await answer(frame, question, language, false);
      await frame.click(`${card(question.id)} .again`);
    }
    await answer(frame, question, language, true);
  }
  await frame.waitForSelector('article:not([hidden]) .progress.done');
}

// A test from where it is to its result; `right(question, n)` decides. Resolves with the ids in their order.
export async function playTest(frame, language, right, press = byFinger) {
  const { questions } = await dataOf(frame), asked = [];
  const visible = 'article:not([hidden]) .test';
  for (;;) {
    const id = await frame.getAttribute(`${visible} .card`, 'data-id');
    asked.push(id);
    await answer(frame, questions.find(each => each.id === id), language, right(id, asked.length), press);
    const last = await frame.evaluate(place => {
      const progress = document.querySelector(`${place} progress`);
      return progress.value + 1 === progress.max;
    }, visible);
    await press(frame, `${visible} .next`);
    if (last) return asked;
  }
}

export const begin = frame => frame.click('article:not([hidden]) .test > .main');
