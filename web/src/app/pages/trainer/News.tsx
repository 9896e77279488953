// SPDX-License-Identifier: Apache-2.0
// What the centre tells trainers, in their language, until they have read it.
import { call } from '../../../api/call';
import type { News as Item } from '../../../api/routes.gen';
import { errorText } from '../../state/errors';
import { day } from '../../state/format';
import { useLoad } from '../../state/load';
import { toast } from '../../state/toast';
import { language, t } from '../../state/words';
import { Icon } from '../../ui/Icon';

const textIn = (n: Item): string => (language.value === 'kk' ? n.kk : language.value === 'en' && n.en ? n.en : n.ru);

export function News() {
  const news = useLoad(() => call('GET /api/news'), []);
  const read = (n: Item): void => {
    call('POST /api/news/{id}/read', { params: { id: n.id } }).then(news.again, (e: unknown) => toast(errorText(e)));
  };
  return (
    <>
      {(news.data ?? []).map(n => (
        <section key={n.id} class="news" aria-label={t('news.title')}>
          <Icon name="info" />
          <div class="grow stack-s">
            <p class="small muted">{t('news.title')}{n.until && `, ${t('news.until', { date: day(n.until) })}`}</p>
            <p class="news-text">{textIn(n)}</p>
          </div>
          <button type="button" class="button plain tight" onClick={() => read(n)}>{t('news.read')}</button>
        </section>
      ))}
    </>
  );
}
