import type { FleetDevice } from '#shared/protocol/fleet.ts';
import { clockText, isSilent } from '../../../renderer/features/fleet/standing.ts';

const NOW = '2026-11-23T10:00:00.000Z';

function device(lastContact?: string, enrolledAt = '2026-01-01T00:00:00.000Z'): FleetDevice {
  return {
    ministry: 'MND',
    id: '0198a000-0000-7000-8000-000000000001',
    code: 'K7',
    name: 'Poste',
    person: { name: 'HOUNKPÈ Sènami', role: 'gestionnaire' },
    enrolledAt,
    ...(lastContact && { lastContact }),
  };
}

describe('how a desktop stands', () => {
  it('E5: it is silent after more than seven days, and not before', () => {
    expect(isSilent(device('2026-11-16T10:00:00.000Z'), NOW)).toBe(false);
    expect(isSilent(device('2026-11-16T09:59:59.999Z'), NOW)).toBe(true);
    expect(isSilent(device(NOW), NOW)).toBe(false);
  });

  it('E5: one that was never heard of counts from its enrolment: yesterday’s is not silent yet', () => {
    expect(isSilent(device(undefined, '2026-11-22T10:00:00.000Z'), NOW)).toBe(false);
    expect(isSilent(device(undefined, '2026-11-01T10:00:00.000Z'), NOW)).toBe(true);
  });

  it('S17: a clock shows when it is more than five minutes off, either way', () => {
    expect(clockText(undefined)).toEqual({ kind: 'unknown' });
    expect([clockText(300_000), clockText(-300_000)]).toEqual([{ kind: 'fine' }, { kind: 'fine' }]);
    expect(clockText(720_000)).toEqual({ kind: 'ahead', minutes: 12 });
    expect(clockText(-330_000)).toEqual({ kind: 'behind', minutes: 6 });
  });
});
