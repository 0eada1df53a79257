import { type Static, Type } from 'typebox';
import { Word } from '../schema/collection.ts';

/** The part of the data port that is about when and how much this desktop exchanges; `data-port.ts` takes it in (SPEC S16). */

/** `economy`: rows travel, files wait. `night`: everything but an act of a person waits for the hours chosen. */
export const TRAFFIC_MODES = ['normal', 'economy', 'night'] as const;
export type TrafficMode = (typeof TRAFFIC_MODES)[number];

/** Hour of the day, by this desktop's clock. */
const Hour = Type.Integer({ minimum: 0, maximum: 23 });

export const TrafficSettings = Type.Object(
  {
    mode: Word(TRAFFIC_MODES),
    /** The hours of night mode: from the first until the second begins, over midnight where it is smaller. */
    nightFrom: Hour,
    nightTo: Hour,
    /** Bytes of a day, both ways, that nothing but an act of a person passes; no limit when absent. */
    dailyBudget: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type TrafficSettings = Static<typeof TrafficSettings>;

export const DEFAULT_TRAFFIC: TrafficSettings = { mode: 'normal', nightFrom: 22, nightTo: 6 };

/** Why what waits is not on its way. */
export type TrafficPause = 'night' | 'budget';

export type TrafficState = {
  readonly settings: TrafficSettings;
  /** Bytes of the day and since enrolment, HTTP headers counted. */
  readonly today: { readonly sent: number; readonly received: number };
  readonly total: { readonly sent: number; readonly received: number };
  /** What the rows that wait are expected to take on the wire, in bytes. */
  readonly estimate: number;
  /** Absent while exchanges are free to go. */
  readonly pausedBy?: TrafficPause;
  /** Instant at which the night begins that is waited for. */
  readonly until?: string;
};

export const TRAFFIC_COMMANDS = {
  setTraffic: TrafficSettings,
} as const;
export type TrafficCommandOutput = { setTraffic: TrafficState };

export const TRAFFIC_QUESTIONS = {
  getTraffic: Type.Object({}, { additionalProperties: false }),
} as const;
export type TrafficQuestionOutput = { getTraffic: TrafficState };
