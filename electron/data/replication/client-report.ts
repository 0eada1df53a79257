import { PROGRAM_VERSION } from '#shared/program-version.ts';
import type { ClientReport } from '#shared/protocol/replication.ts';
import type { Register } from '../register.ts';

const REPORTED = 'sync.reported';
const CLOCK = 'sync.clock';

const MINUTE = 60_000;

/** How this desktop stands once the push under way is answered; nothing where the endpoint knows it already. */
export function reportToSend(register: Register, pushed: number): ClientReport | undefined {
  const clock = readClock(register);
  const report: ClientReport = {
    version: PROGRAM_VERSION,
    waiting: Math.max(0, register.waiting.count() - pushed),
    refused: register.waiting.countRefused(),
    // To the minute: a clock that drifts by milliseconds is no news.
    ...(clock !== undefined && { clock: Math.round(clock / MINUTE) * MINUTE }),
  };
  return JSON.stringify(report) === register.meta.get(REPORTED) ? undefined : report;
}

/** The endpoint has it. */
export function noteReported(register: Register, report: ClientReport | undefined): void {
  if (report) register.meta.set(REPORTED, JSON.stringify(report));
}

/** Milliseconds by which this desktop's clock is ahead of the endpoint's (SPEC S17); nothing before the first answer. */
export function readClock(register: Register): number | undefined {
  const clock = register.meta.get(CLOCK);
  return typeof clock === 'number' ? clock : undefined;
}

/** @param time the endpoint's, as the answer has it; @param milliseconds from the question to the answer */
export function noteClock(register: Register, time: string, milliseconds: number): void {
  const there = Date.parse(time);
  if (!Number.isFinite(there)) return;
  const ahead = Math.round(register.environment.now() - milliseconds / 2 - there);
  const before = readClock(register);
  // The endpoint tells whole seconds: less than that is chance.
  if (before === undefined || Math.abs(ahead - before) > 2000) register.meta.set(CLOCK, ahead);
}
