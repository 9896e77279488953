// SPDX-License-Identifier: Apache-2.0
// Selection and randomization: SR.1, SR.2. When is the book's (and decision 6); which and in which order is the engine's own
// chance (src/scorm/select.c), done again here.
import { NEVER, defined, tracked } from './tree.mjs';
import { SEED } from './engine.mjs';

const low64 = n => BigInt.asUintN(64, n);

// splitmix64
function chanceFrom(state) {
  return () => {
    state = low64(state + 0x9E3779B97F4A7C15n);
    let z = state;
    z = low64((z ^ z >> 30n) * 0xBF58476D1CE4E5B9n);
    z = low64((z ^ z >> 27n) * 0x94D049BB133111EBn);
    return z ^ z >> 31n;
  };
}

function chanceOf(book, a) {
  const draw = chanceFrom(BigInt(SEED) ^ BigInt(a) << 32n ^ BigInt(tracked(book, a).shuffles++));
  draw();
  return below => Number(draw() % BigInt(below));
}

const isAtWork = own => own.active || own.suspended;

// SR.1: select children process
export function selectChildren(book, a) {
  const { children, selection, selectCount } = defined(book, a), own = tracked(book, a);
  if (!children.length || isAtWork(own) || selectCount === undefined || selection === NEVER) return;
  own.available = children;
  if (selectCount >= children.length) return;
  const chance = chanceOf(book, a);
  let wanted = selectCount;
  own.available = children.filter((_, i) => {
    const taken = chance(children.length - i) < wanted;
    if (taken) wanted--;
    return taken;
  });
}

// SR.2: randomize children process
export function randomizeChildren(book, a) {
  const { children, randomization, reorder } = defined(book, a), own = tracked(book, a);
  if (!children.length || isAtWork(own) || !reorder || randomization === NEVER) return;
  const chance = chanceOf(book, a), list = [...own.available];
  for (let i = list.length; i > 1; i--) {
    const k = chance(i);
    [list[i - 1], list[k]] = [list[k], list[i - 1]];
  }
  own.available = list;
}
