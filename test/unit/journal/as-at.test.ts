import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffFields } from '#shared/domain/journal.ts';
import type { Act } from '#shared/domain/lifecycle.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { performAct } from '../../../electron/data/commands/act-commands.ts';
import { createAsset, updateAsset } from '../../../electron/data/commands/asset-commands.ts';
import { requireAsset } from '../../../electron/data/commands/assets.ts';
import { registerAt } from '../../../electron/data/journal/as-at.ts';
import { realEnvironment } from '../../../electron/data/register.ts';
import { inputOf } from '../../support/act-input.ts';
import { assetDraft, openTestRegister } from '../../support/register.ts';

const MINUTE = 60_000;

function openWithClock() {
  let now = Date.UTC(2026, 0, 1, 8);
  const register = openTestRegister({ environment: { ...realEnvironment, now: () => now } });
  return {
    register,
    instant: () => new Date(now).toISOString(),
    wait: () => {
      now += MINUTE;
    },
  };
}

const step = fc.oneof(
  fc.constant({ kind: 'create' as const }),
  fc.record({ kind: fc.constant('room' as const), asset: fc.nat(5), room: fc.constantFrom('1', '2', null) }),
  fc.record({ kind: fc.constant('attribute' as const), asset: fc.nat(5), size: fc.option(fc.nat(3), { nil: null }) }),
  fc.record({ kind: fc.constant('status' as const), asset: fc.nat(5) }),
);

test('J6: at every instant the register is what it was then', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 12 }), (steps) => {
      const { register, instant, wait } = openWithClock();
      const ids: string[] = [];
      const seen: { readonly at: string; readonly states: readonly unknown[] }[] = [];
      for (const one of steps) {
        wait();
        const id = ids[one.kind === 'create' ? -1 : one.asset % Math.max(1, ids.length)];
        if (one.kind === 'create' || id === undefined) {
          ids.push(
            createAsset(register, { draft: assetDraft({ serialNumber: `S${ids.length}` }), status: 'in-stock' }).id,
          );
        } else if (one.kind === 'room') updateAsset(register, { id, changes: { room: one.room } });
        else if (one.kind === 'attribute')
          updateAsset(register, { id, changes: { attributes: one.size === null ? null : { size: one.size } } });
        else performAct(register, inputOf(actAfter(requireAsset(register, id)), [id]));
        seen.push({ at: instant(), states: ids.map((known) => diffFields({}, requireAsset(register, known))) });
      }
      for (const { at, states } of seen) {
        const { total, assets } = registerAt(register, { at, offset: 0, limit: 100 });
        expect(total).toBe(states.length);
        const byReference = (state: unknown) => JSON.stringify(state);
        expect(
          assets
            .map((asset) => diffFields({}, asset))
            .map(byReference)
            .sort(),
        ).toEqual(states.map(byReference).sort());
      }
      expect(registerAt(register, { at: '2025-12-31T23:59:59.999Z', offset: 0, limit: 10 })).toEqual({
        total: 0,
        assets: [],
      });
    }),
    { numRuns: 25 },
  );
}, 30_000);

function actAfter({ status }: Asset): Act {
  return status === 'in-stock' ? 'loan' : 'return';
}

test('the history of a room and of a holder: everything that came and went', () => {
  const { register, wait } = openWithClock();
  const { id } = createAsset(register, {
    draft: assetDraft({ room: 'Bureau 12', holderKind: 'agent', holderName: 'Afi Sagbo' }),
    status: 'in-service',
  });
  wait();
  updateAsset(register, { id, changes: { room: 'Bureau 14' } });
  wait();
  updateAsset(register, { id, changes: { holderName: 'Koffi Ahouansou' } });
  const count = (field: 'room' | 'holderName', value: string) =>
    register.journalIndex.ofValue(field, value, { offset: 0, limit: 10 }).total;
  expect([count('room', 'Bureau 12'), count('room', 'Bureau 14'), count('holderName', 'Afi Sagbo')]).toEqual([2, 1, 2]);
  const { ids } = register.journalIndex.ofValue('room', 'Bureau 12', { offset: 0, limit: 1 });
  expect(register.table('movements').findByIds(ids)).toMatchObject([{ kind: 'update' }]);
});
