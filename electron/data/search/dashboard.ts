import { firstDay } from '#shared/domain/day-number.ts';
import type { GroupField } from '#shared/protocol/asset-list.ts';
import {
  ALERT_SPANS,
  ALERT_SUBJECTS,
  type Alert,
  type AlertSpan,
  type Dashboard,
  filterOfSubject,
  PRESENT_STATUSES,
} from '#shared/protocol/dashboard.ts';
import type { AssetList } from './asset-list.ts';

const SHOWN = [
  'nature',
  'age',
  'physicalState',
  'structureId',
  'typeCode',
  'endYear',
  'missing',
] as const satisfies readonly GroupField[];

// The keys of the table.
const SPANS = Object.keys(ALERT_SPANS) as AlertSpan[];

export function getDashboard(list: AssetList): Dashboard {
  const { revision, today, groups } = list.summarise({ filter: {}, groupBy: ['status'] });
  const present = list.summarise({ filter: { status: [...PRESENT_STATUSES] }, groupBy: [...SHOWN] });
  return {
    revision,
    today,
    byStatus: groups.status ?? [],
    present: {
      count: present.count,
      value: present.value,
      withoutValue: present.withoutValue,
      groups: present.groups,
    },
    alerts: findAlerts(list),
  };
}

/** What ends soon or has ended, from the days of each subject's assets. */
export function findAlerts(list: AssetList): readonly Alert[] {
  const today = firstDay(list.today);
  return ALERT_SUBJECTS.flatMap((subject) => {
    const days = list.countDays(filterOfSubject(subject), subject === 'loan' ? 'returns' : 'end');
    return SPANS.flatMap((span) => {
      const { from, to }: { readonly from?: number; readonly to: number } = ALERT_SPANS[span];
      let count = 0;
      // Day 0 is an unknown one.
      for (let day = Math.max(1, from === undefined ? 1 : today + from); day <= today + to; day += 1) {
        count += days[day] ?? 0;
      }
      return count > 0 ? [{ subject, span, count }] : [];
    });
  });
}
