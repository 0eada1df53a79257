import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROGRAM_VERSION } from '#shared/program-version.ts';
import { Link } from '../../../electron/data/replication/link.ts';
import { Traffic } from '../../../electron/data/replication/traffic.ts';
import { openTestRegister } from '../../support/register.ts';

describe('what may travel', () => {
  function start(hour: number) {
    const clock = { at: new Date(2026, 10, 23, hour, 30).getTime() };
    const { meta } = openTestRegister();
    return { clock, meta, traffic: new Traffic({ meta, now: () => clock.at }) };
  }
  const night = { mode: 'night', nightFrom: 22, nightTo: 6 } as const;

  it('S16: at night only, over midnight, unless a person asks', () => {
    for (const [hour, isFree] of [
      [21, false],
      [22, true],
      [2, true],
      [6, false],
      [12, false],
    ] as const) {
      const { traffic } = start(hour);
      traffic.settings = night;
      expect([hour, traffic.mayTransfer('rows')]).toEqual([hour, isFree]);
      expect(traffic.mayTransfer('rows', 0, true)).toBe(true);
    }
    const { traffic, clock } = start(12);
    traffic.settings = night;
    clock.at += traffic.untilFree();
    expect(traffic.mayTransfer('rows')).toBe(true);
  });

  it('S16: in economy rows travel and files wait', () => {
    const { traffic } = start(12);
    traffic.settings = { ...night, mode: 'economy' };
    expect(['rows', 'snapshot', 'thumbnail', 'original'].map((kind) => traffic.mayTransfer(kind as 'rows'))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('S16: the bytes of a day are never passed by what nobody asked for, and a new day begins at nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 300 }), { maxLength: 12 }), (transfers) => {
        const { traffic, clock } = start(12);
        traffic.settings = { ...night, mode: 'normal', dailyBudget: 1000 };
        for (const bytes of transfers) if (traffic.mayTransfer('rows', bytes)) traffic.note(bytes, 0);
        expect(traffic.today.sent).toBeLessThanOrEqual(1000);
        clock.at += 24 * 3600 * 1000;
        expect(traffic.today).toEqual({ sent: 0, received: 0 });
        expect(traffic.total.sent).toBeLessThanOrEqual(1000);
      }),
      { numRuns: 10 },
    );
  });

  it('S16: counters and settings survive a restart', () => {
    const { traffic, meta, clock } = start(12);
    traffic.settings = night;
    traffic.note(10, 20);
    traffic.keep();
    const again = new Traffic({ meta, now: () => clock.at });
    expect([again.settings, again.today, again.total]).toEqual([
      night,
      { sent: 10, received: 20 },
      { sent: 10, received: 20 },
    ]);
  });
});

describe('the size of a batch', () => {
  it('S14: follows the line to about ten seconds, within its bounds, whatever the line does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 200_000 }), fc.nat({ max: 5 }), (bytesPerSecond, cuts) => {
        const link = new Link();
        for (let cut = 0; cut < cuts; cut += 1) link.cut();
        for (let round = 0; round < 30; round += 1) {
          const size = link.size('push');
          link.carried('push', size, (size / bytesPerSecond) * 1000);
        }
        const wanted = Math.min(256 * 1024, bytesPerSecond * 10);
        expect(link.size('push')).toBeLessThanOrEqual(Math.max(8 * 1024, wanted * 1.01));
        if (link.size('push') > 8 * 1024) expect(link.size('push')).toBeGreaterThan(wanted * 0.45);
      }),
    );
  });

  it('S14: a cut halves it, down to what one row may take', () => {
    const link = new Link();
    const before = link.size('push');
    link.cut();
    expect(link.size('push')).toBe(before / 2);
    for (let cut = 0; cut < 30; cut += 1) link.cut();
    expect(link.size('push')).toBe(256);
    expect(link.size('pull')).toBe(256);
  });
});

it('S14: on a line that was cut, several batches go through before a larger one is tried', () => {
  const link = new Link();
  for (let cut = 0; cut < 4; cut += 1) link.cut();
  const size = link.size('push');
  const tries = Array.from({ length: 9 }, () => {
    link.carried('push', size, 10);
    return link.size('push');
  });
  expect(tries.slice(0, 8)).toEqual(Array(8).fill(size));
  expect(tries[8]).toBe(size * 2);
});

it('the version that the program tells is that of its package', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(PROGRAM_VERSION);
});
