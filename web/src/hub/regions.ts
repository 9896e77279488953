// SPDX-License-Identifier: Apache-2.0
// The seventeen regions and three cities of the republic by ISO 3166-2; what lies deeper is shown as its code.
import { language, t } from '../app/state/words';

const names: Record<string, [kk: string, ru: string, en: string]> = {
  'KZ-10': ['Абай облысы', 'Область Абай', 'Abai Region'],
  'KZ-11': ['Ақмола облысы', 'Акмолинская область', 'Akmola Region'],
  'KZ-15': ['Ақтөбе облысы', 'Актюбинская область', 'Aktobe Region'],
  'KZ-19': ['Алматы облысы', 'Алматинская область', 'Almaty Region'],
  'KZ-23': ['Атырау облысы', 'Атырауская область', 'Atyrau Region'],
  'KZ-27': ['Батыс Қазақстан облысы', 'Западно-Казахстанская область', 'West Kazakhstan Region'],
  'KZ-31': ['Жамбыл облысы', 'Жамбылская область', 'Jambyl Region'],
  'KZ-33': ['Жетісу облысы', 'Область Жетісу', 'Jetisu Region'],
  'KZ-35': ['Қарағанды облысы', 'Карагандинская область', 'Karaganda Region'],
  'KZ-39': ['Қостанай облысы', 'Костанайская область', 'Kostanay Region'],
  'KZ-43': ['Қызылорда облысы', 'Кызылординская область', 'Kyzylorda Region'],
  'KZ-47': ['Маңғыстау облысы', 'Мангистауская область', 'Mangystau Region'],
  'KZ-55': ['Павлодар облысы', 'Павлодарская область', 'Pavlodar Region'],
  'KZ-59': ['Солтүстік Қазақстан облысы', 'Северо-Казахстанская область', 'North Kazakhstan Region'],
  'KZ-61': ['Түркістан облысы', 'Туркестанская область', 'Turkistan Region'],
  'KZ-62': ['Ұлытау облысы', 'Область Ұлытау', 'Ulytau Region'],
  'KZ-63': ['Шығыс Қазақстан облысы', 'Восточно-Казахстанская область', 'East Kazakhstan Region'],
  'KZ-71': ['Астана қаласы', 'Город Астана', 'Astana'],
  'KZ-75': ['Алматы қаласы', 'Город Алматы', 'Almaty'],
  'KZ-79': ['Шымкент қаласы', 'Город Шымкент', 'Shymkent'],
};
const at = { kk: 0, ru: 1, en: 2 } as const;

export const regions = Object.keys(names);

/** 'KZ-11' → 'Ақмола облысы'; 'KZ-11/1132' → '1132'. */
export function placeName(scope: string): string {
  if (scope === 'KZ') return t('hub.country');
  const slash = scope.lastIndexOf('/');
  return slash >= 0 ? scope.slice(slash + 1) : names[scope]?.[at[language.value]] ?? scope;
}

/** The same with what it lies in: 'Ақмола облысы · 1132'. */
export function placePath(scope: string): string {
  return scope === 'KZ' ? placeName(scope) : scope.split('/').map((part, i) => (i ? part : placeName(part))).join(' · ');
}

/** 'KZ-11/1132' → ['KZ', 'KZ-11', 'KZ-11/1132']. */
export function placesTo(scope: string): string[] {
  if (scope === 'KZ') return ['KZ'];
  const parts = scope.split('/');
  return ['KZ', ...parts.map((_, i) => parts.slice(0, i + 1).join('/'))];
}
