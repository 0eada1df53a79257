import { useEffect, useRef } from 'react';
import { useNotify } from '../../components/use-notify.ts';
import { useSession } from '../../store/session.tsx';
import { readyValue } from '../../store/use-live-query.ts';
import { useText } from '../../text/use-text.ts';
import { useReviews } from './use-reviews.ts';

/** SPEC V5: whoever decided too late is told so at once, wherever they are; the decided reviews keep saying it. */
export function OverruledNotice() {
  const { t } = useText();
  const { identity } = useSession();
  const notify = useNotify();
  const reviews = readyValue(useReviews('resolved'));
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!reviews) return;
    const lost = reviews.flatMap(({ decision, overruled = [] }) =>
      overruled
        .filter(({ deviceId }) => deviceId === identity?.device.id)
        .map(({ actId }) => ({ actId, by: decision?.author.name ?? '' })),
    );
    const news = known.current ? lost.filter(({ actId }) => !known.current?.has(actId)) : [];
    for (const { by } of news) notify(t('reviews.overruled.notice', { by }));
    known.current = new Set(lost.map(({ actId }) => actId));
  }, [reviews, identity, notify, t]);
  return null;
}
