import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActInput } from '#shared/domain/act.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { performAct, undoAct } from '../../../electron/data/commands/act-commands.ts';
import { verifyJournal } from '../../../electron/data/journal/check.ts';
import { findShortages } from '../../../electron/data/links/shortages.ts';
import type { Register } from '../../../electron/data/register.ts';
import { toWire } from '../../../electron/data/replication/wire-document.ts';
import { addConsumable } from '../../support/natures.ts';
import { refusalOf } from '../../support/refusal.ts';
import { openTestRegister } from '../../support/register.ts';

function move(register: Register, id: string, act: 'supply' | 'issue' | 'stock-count', quantity: number): string {
  const reason = act === 'supply' ? {} : { reason: 'Besoin du service' };
  return performAct(register, { act, assetIds: [id], quantity, ...reason } as ActInput).actId;
}

function entriesOf(register: Register, assetId: string): Movement[] {
  const { documents } = register.table('movements').changedSince(10_000);
  return documents.map((stored) => toWire(stored) as unknown as Movement).filter((entry) => entry.assetId === assetId);
}

describe('stock of a consumable', () => {
  test('A10: what comes in, goes out and is counted stands in the entries; taking back takes the quantity back', () => {
    const register = openTestRegister();
    const toner = addConsumable(register, { reorderThreshold: 3 });
    expect(findShortages(register, { limit: 10 }).stocks.rows).toEqual([{ id: toner, stock: 0, threshold: 3 }]);
    move(register, toner, 'supply', 10);
    move(register, toner, 'issue', 4);
    const count = move(register, toner, 'stock-count', 5);
    expect(entriesOf(register, toner).map(({ quantity }) => quantity)).toEqual([undefined, 10, -4, -1]);
    expect(register.stockIndex.of(toner)).toBe(5);
    undoAct(register, { actId: count });
    expect(register.stockIndex.of(toner)).toBe(6);
    expect(refusalOf(() => undoAct(register, { actId: count }))).toMatchObject({ code: 'COMMAND_CONFLICT' });
    expect(register.stockIndex.of(toner)).toBe(6);
    expect(findShortages(register, { limit: 10 }).stocks.total).toBe(0);
  });

  test('A10: no more goes out than there is here, and the refusal says how much that is', () => {
    const register = openTestRegister();
    const toner = addConsumable(register);
    const supply = move(register, toner, 'supply', 3);
    expect(refusalOf(() => move(register, toner, 'issue', 4))).toMatchObject({
      code: 'COMMAND_INVALID',
      field: 'quantity',
      problem: 'not-in-stock',
      available: 3,
    });
    move(register, toner, 'issue', 2);
    expect(refusalOf(() => undoAct(register, { actId: supply }))).toMatchObject({ code: 'COMMAND_CONFLICT' });
    expect(refusalOf(() => move(register, toner, 'supply', 0))).toMatchObject({
      field: 'quantity',
      problem: 'required',
    });
    expect(register.stockIndex.of(toner)).toBe(1);
    move(register, toner, 'stock-count', 0);
    expect(register.stockIndex.of(toner)).toBe(0);
  });

  test('A10, J5: the stock is the sum of the entries after any acts, and the journal stays proven', async () => {
    const act = fc.record({
      act: fc.constantFrom('supply', 'issue', 'stock-count', 'undo'),
      quantity: fc.integer({ min: 0, max: 50 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const register = openTestRegister();
        const toner = addConsumable(register);
        const done: string[] = [];
        for (const { act: name, quantity } of acts) {
          const act = () =>
            name === 'undo'
              ? void undoAct(register, { actId: done.pop() ?? '' })
              : done.push(move(register, toner, name, quantity));
          // What is refused changes nothing.
          refusalOf(act);
          const sum = entriesOf(register, toner).reduce((total, entry) => total + (entry.quantity ?? 0), 0);
          expect(register.stockIndex.of(toner)).toBe(sum);
          expect(sum).toBeGreaterThanOrEqual(0);
        }
        const { devices } = await verifyJournal(register, { isCancelled: () => false, publish: () => {} });
        expect(devices.every(({ firstBad }) => firstBad === undefined)).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  test('A10: the same entries give the same stock in whatever order they arrive, and however often', () => {
    const source = openTestRegister();
    const toner = addConsumable(source);
    for (const quantity of [10, 7, 5]) move(source, toner, 'supply', quantity);
    for (const quantity of [4, 6]) move(source, toner, 'issue', quantity);
    const rows = source
      .table('movements')
      .changedSince(100)
      .documents.map((stored) => toWire(stored));
    const order = fc.shuffledSubarray([...rows, ...rows], { minLength: rows.length * 2, maxLength: rows.length * 2 });
    fc.assert(
      fc.property(order, (arriving) => {
        const register = openTestRegister();
        for (const row of arriving) register.table('movements').put([row], 'endpoint');
        expect(register.stockIndex.ofAll([toner])).toEqual({ [toner]: 12 });
      }),
      { numRuns: 10 },
    );
  });

  test('A10: two desktops that gave out the same things leave a stock below 0, which asks to be counted', () => {
    const register = openTestRegister();
    const toner = addConsumable(register);
    move(register, toner, 'supply', 5);
    move(register, toner, 'issue', 4);
    const [, , issue] = entriesOf(register, toner);
    register.table('movements').put([{ ...issue, id: register.environment.newId(), deviceId: toner }], 'endpoint');
    expect(register.stockIndex.of(toner)).toBe(-3);
    expect(findShortages(register, { limit: 10 }).stocks.rows).toEqual([{ id: toner, stock: -3 }]);
    move(register, toner, 'stock-count', 1);
    expect(register.stockIndex.of(toner)).toBe(1);
  });
});
