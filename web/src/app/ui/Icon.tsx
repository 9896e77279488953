// SPDX-License-Identifier: Apache-2.0
// Our few marks, drawn with one pen: 24 × 24, 2 wide, round.
const drawings = {
  ok: 'M5 12.5l4.5 4.5L19 7.5',
  done: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8 12.3l2.8 2.8L16 9.6',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z',
  seal: 'M12 3a6 6 0 100 12 6 6 0 000-12zM8.500 14l-1.500 7 5-2.500 5 2.500-1.500-7M9.600 9l1.700 1.700L14.500 7.500',
  play: 'M8 5.5v13l11-6.5z',
  again: 'M4.5 12a7.5 7.5 0 0113-5.1L20 9M20 4v5h-5M19.5 12a7.5 7.5 0 01-13 5.1L4 15M4 20v-5h5',
  cross: 'M12 3a9 9 0 100 18 9 9 0 000-18zM9 9l6 6M15 9l-6 6',
  close: 'M6 6l12 12M18 6L6 18',
  warn: 'M12 4L2.8 20h18.4zM12 10v4.5M12 17.3v.2',
  info: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5.5M12 7.6v.2',
  wait: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5.2l3.4 2',
  part: 'M12 3a9 9 0 100 18 9 9 0 000-18zM12 3v9l6.4 6.4',
  empty: 'M12 3a9 9 0 100 18 9 9 0 000-18z',
  phone: 'M8 2.8h8a1.5 1.5 0 011.5 1.5v15.4a1.5 1.5 0 01-1.5 1.5H8a1.5 1.5 0 01-1.5-1.5V4.3A1.5 1.5 0 018 2.8zM11 18h2',
  saved: 'M4 17h16M6.5 5h11A1.5 1.5 0 0119 6.5V14H5V6.5A1.5 1.5 0 016.5 5zM2.5 19.5h19',
  disk: 'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3v12c0 1.7-3.6 3-8 3s-8-1.3-8-3zM4 6c0 1.7 3.6 3 8 3s8-1.3 8-3M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  link: 'M2.5 9a14 14 0 0119 0M6 13a9 9 0 0112 0M9.4 16.6a4 4 0 015.2 0M12 20v.1',
  nolink: 'M2.5 9a14 14 0 014.6-2.9M11 5.2A14 14 0 0121.5 9M6 13a9 9 0 013.4-2.1M9.4 16.6a4 4 0 015.2 0M12 20v.1M4 3l16 18',
  people: 'M9 11.5a3.7 3.7 0 100-7.5 3.7 3.7 0 000 7.5zM2.5 20c.4-3.4 3-5.5 6.5-5.5s6.1 2.1 6.5 5.5M15.5 4.3a3.7 3.7 0 010 6.9M17.8 14.9c2.1.7 3.4 2.5 3.7 5.1',
  person: 'M12 11.5a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c.5-3.7 3.5-6 7.5-6s7 2.3 7.5 6',
  book: 'M12 6.5C10 5 7 4.5 3.5 4.8v13.7c3.5-.3 6.5.2 8.5 1.7 2-1.5 5-2 8.5-1.7V4.8C17 4.5 14 5 12 6.5zM12 6.5v13.7',
  upload: 'M12 15V4M7.5 8L12 3.5 16.5 8M4 14.5v4A1.5 1.5 0 005.5 20h13a1.5 1.5 0 001.5-1.5v-4',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 15.5v3A1.5 1.5 0 005.5 20h13a1.5 1.5 0 001.5-1.5v-3',
  next: 'M9 5l7 7-7 7',
  back: 'M15 5l-7 7 7 7',
  add: 'M12 4.5v15M4.5 12h15',
  print: 'M7 9V3.5h10V9M7 17.5H4.5v-7A1.5 1.5 0 016 9h12a1.5 1.5 0 011.5 1.5v7H17M7 14.5h10v6H7z',
  screen: 'M3 4.5h18v11H3zM12 15.5v4M8 20h8',
  eye: 'M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.500 6.500C19 16.500 15.800 18.500 12 18.500S5 16.500 2.500 12zM12 15a3 3 0 100-6 3 3 0 000 6z',
  noeye: 'M4 4l16 16M9.500 5.800A9.500 9.500 0 0112 5.500c3.800 0 7 2 9.500 6.500a15 15 0 01-3 3.800M14.200 14.200A3 3 0 019.800 9.800M6 7.700A14 14 0 002.500 12c2.500 4.500 5.700 6.500 9.500 6.500 1.400 0 2.700-.3 4-.8',
  search: 'M10.500 17a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM15.300 15.300L20.500 20.500',
  size: 'M3 18.500L7.500 7 12 18.500M4.600 14.500h5.800M13.500 18.500l3.200-8 3.300 8M14.700 15.500h4',
  pin: 'M12 21s7-6 7-11.500a7 7 0 10-14 0C5 15 12 21 12 21zM12 12a2.500 2.500 0 100-5 2.500 2.500 0 000 5z',
  calendar: 'M4 6h16v14H4zM4 10.500h16M8.500 3.500V8M15.500 3.500V8',
  copy: 'M8.500 8.500h11v11h-11zM15.500 8.500v-4h-11v11h4',
  out: 'M10 4H5v16h5M10 12h10M16 8l4 4-4 4',
  hand: 'M12 3a9 9 0 100 18 9 9 0 000-18zM9.500 9.700a2.600 2.600 0 115 .7c0 1.700-2.500 2-2.500 3.600M12 17v.1',
  shuffle: 'M4 7h3.500l8.500 10h4M17 14l3 3-3 3M4 17h3.500l2.200-2.600M13.600 9.600L16 7h4M17 4l3 3-3 3',
} as const;

export type IconName = keyof typeof drawings;

/** Decoration before a word, `after` it or `alone`; with a `label` it says something of its own. */
export function Icon({ name, label, at }: { name: IconName; label?: string; at?: 'after' | 'alone' }) {
  return (
    <svg class={at} viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
      stroke-linejoin="round" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : 'true'} focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}

/** The council: eight people in a circle, one of them the sun. */
export function Mark() {
  const dots = [];
  for (let i = 0; i < 8; i++) {
    const a = (i * Math.PI) / 4 - Math.PI / 2;
    dots.push(<circle key={i} cx={20 + 14 * Math.cos(a)} cy={20 + 14 * Math.sin(a)} r={i ? 3.8 : 4.6} class={i ? 'people' : 'sun'} />);
  }
  return <svg class="mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">{dots}</svg>;
}
