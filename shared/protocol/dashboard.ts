import { Type } from 'typebox';
import type { AssetStatus } from '../schema/asset.ts';
import type { AssetFilter, AssetGroup, AssetTotals, GroupField } from './asset-list.ts';

/** The part of the data port that is about the dashboard; `data-port.ts` takes it in. */

/** Of assets that the ministry still answers for: what was ceded, destroyed or handed over is no longer its own. */
export const PRESENT_STATUSES = [
  'in-stock',
  'in-service',
  'in-repair',
  'on-loan',
  'in-transit',
  'lost',
  'stolen',
  'proposed-for-disposal',
  'active',
  'to-renew',
] as const satisfies readonly AssetStatus[];

/** Of hardware that is used or may be: its warranty still matters. */
const USED_STATUSES = ['in-stock', 'in-service', 'in-repair', 'on-loan', 'in-transit'] as const;
const RUNNING_STATUSES = ['active', 'to-renew'] as const;

export const ALERT_SUBJECTS = ['warranty', 'licence', 'contract', 'loan'] as const;
export type AlertSubject = (typeof ALERT_SUBJECTS)[number];

/** How near an end is, in days from today; each begins where the one before ends. */
export const ALERT_SPANS = {
  past: { to: -1 },
  'within-30': { from: 0, to: 30 },
  'within-60': { from: 31, to: 60 },
  'within-90': { from: 61, to: 90 },
} as const satisfies Readonly<Record<string, { readonly from?: number; readonly to: number }>>;
export type AlertSpan = keyof typeof ALERT_SPANS;

/** The assets of a subject, whenever they end. */
export function filterOfSubject(subject: AlertSubject): AssetFilter {
  switch (subject) {
    case 'warranty':
      return { nature: ['hardware'], status: [...USED_STATUSES] };
    case 'licence':
      return { nature: ['licence'], status: [...RUNNING_STATUSES] };
    case 'contract':
      return { nature: ['contract'], status: [...RUNNING_STATUSES] };
    case 'loan':
      return { status: ['on-loan'] };
  }
}

/** The list behind an alert. */
export function filterOfAlert({ subject, span }: Pick<Alert, 'subject' | 'span'>): AssetFilter {
  const days = { ...ALERT_SPANS[span] };
  return { ...filterOfSubject(subject), ...(subject === 'loan' ? { returnsIn: days } : { endsIn: days }) };
}

/** Whether somebody has to do something now: it is counted beside the entry of the navigation. */
export function isUrgent({ subject, span }: Pick<Alert, 'subject' | 'span'>): boolean {
  if (subject === 'warranty') return span === 'within-30';
  return span === 'past' || (span === 'within-30' && subject !== 'loan');
}

export type Alert = { readonly subject: AlertSubject; readonly span: AlertSpan; readonly count: number };

export const DASHBOARD_QUESTIONS = {
  /** Everything on the dashboard, as of one revision. */
  getDashboard: Type.Object({}, { additionalProperties: false }),
  /** What ends or is late; spans without assets are left out. */
  getAlerts: Type.Object({}, { additionalProperties: false }),
} as const;

export type Dashboard = {
  readonly revision: number;
  readonly today: string;
  /** Every record, also of what has left. */
  readonly byStatus: readonly AssetGroup[];
  /** Of what the ministry answers for. */
  readonly present: AssetTotals & { readonly groups: Readonly<Partial<Record<GroupField, readonly AssetGroup[]>>> };
  readonly alerts: readonly Alert[];
};

export type DashboardQuestionOutput = {
  getDashboard: Dashboard;
  getAlerts: readonly Alert[];
};
