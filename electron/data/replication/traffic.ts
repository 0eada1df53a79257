import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { DEFAULT_TRAFFIC, type TrafficPause, TrafficSettings, type TrafficState } from '#shared/protocol/traffic.ts';
import type { Meta } from '../meta.ts';

/** What is to be carried. Thumbnails and originals are files: they wait in economy. */
export type TransferKind = 'rows' | 'thumbnail' | 'original' | 'snapshot';

const SETTINGS = 'traffic.settings';
const COUNTS = 'traffic.counts';

const Ways = Type.Object({ sent: Type.Integer(), received: Type.Integer() });
const Counts = Type.Object({ day: Type.String(), today: Ways, total: Ways });
type Counts = Static<typeof Counts>;

const NOTHING = { sent: 0, received: 0 };

/** Milliseconds between two writings of the counters: a power cut loses a few seconds of them, never a row. */
const KEEP_INTERVAL = 5000;

type Options = {
  readonly meta: Meta;
  /** Milliseconds since 1970: the day and the night are those of this desktop's clock. */
  readonly now: () => number;
};

/**
 * Whether something may travel now, and how much did (SPEC S16). Whoever carries bytes asks `mayTransfer` before and calls
 * `note` after, with what the wire carried, headers included. What a person asked for is not held back.
 */
export class Traffic {
  readonly #meta: Meta;
  readonly #now: () => number;
  #counts: Counts;
  #keptAt = 0;

  constructor({ meta, now }: Options) {
    this.#meta = meta;
    this.#now = now;
    const stored = meta.get(COUNTS);
    this.#counts = Value.Check(Counts, stored) ? stored : { day: this.#day(), today: NOTHING, total: NOTHING };
  }

  get settings(): TrafficSettings {
    const stored = this.#meta.get(SETTINGS);
    return Value.Check(TrafficSettings, stored) ? stored : DEFAULT_TRAFFIC;
  }

  set settings(settings: TrafficSettings) {
    this.#meta.set(SETTINGS, settings);
  }

  /** @param bytes what it is expected to take; @param isAsked a person asked for it and waits */
  mayTransfer(kind: TransferKind, bytes = 0, isAsked = false): boolean {
    if (isAsked) return true;
    const isFile = kind === 'thumbnail' || kind === 'original';
    if (isFile && this.settings.mode === 'economy') return false;
    return this.pausedBy(bytes) === undefined;
  }

  /** What keeps the rows from travelling by themselves now, if anything does. */
  pausedBy(bytes = 0): TrafficPause | undefined {
    const { mode, dailyBudget } = this.settings;
    if (mode === 'night' && !this.#isNight()) return 'night';
    const { sent, received } = this.today;
    return dailyBudget !== undefined && sent + received + bytes > dailyBudget ? 'budget' : undefined;
  }

  /** Bytes that went over the wire, headers included. */
  note(sent: number, received: number): void {
    const { today } = this;
    const { total } = this.#counts;
    const add = (ways: typeof total) => ({ sent: ways.sent + sent, received: ways.received + received });
    this.#counts = { day: this.#day(), today: add(today), total: add(total) };
    if (this.#now() - this.#keptAt >= KEEP_INTERVAL) this.keep();
  }

  /** Writes the counters down; called before the file is closed. */
  keep(): void {
    this.#keptAt = this.#now();
    try {
      this.#meta.set(COUNTS, this.#counts);
    } catch {
      // A full or read-only disk, or a file that is closed: rows have their own way to say so, counters may be late.
    }
  }

  get today(): TrafficState['today'] {
    return this.#counts.day === this.#day() ? this.#counts.today : NOTHING;
  }

  get total(): TrafficState['total'] {
    return this.#counts.total;
  }

  /** Milliseconds until what pauses ends: the night, or the day of the budget. */
  untilFree(): number {
    const now = new Date(this.#now());
    const next = new Date(now);
    next.setHours(this.pausedBy() === 'night' ? this.settings.nightFrom : 24, 0, 0, 0);
    if (next <= now) next.setDate(next.getDate() + 1);
    return next.getTime() - now.getTime();
  }

  #isNight(): boolean {
    const { nightFrom, nightTo } = this.settings;
    const hour = new Date(this.#now()).getHours();
    if (nightFrom === nightTo) return true;
    return nightFrom < nightTo ? hour >= nightFrom && hour < nightTo : hour >= nightFrom || hour < nightTo;
  }

  #day(): string {
    const date = new Date(this.#now());
    return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
  }
}
