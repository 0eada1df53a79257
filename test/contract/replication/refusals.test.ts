import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#shared/domain/roles.ts';
import { inputOf } from '../../support/act-input.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint, wireOf } from './facts.ts';

describe('rows that the endpoint refuses', () => {
  let endpoint: TestEndpoint;
  let ministryId: string;
  beforeAll(async () => {
    endpoint = await startEndpoint();
  });
  afterAll(() => endpoint.stop());

  const start = (role: Role = 'gestionnaire') => startEnrolled(endpoint, { role, ministry: ministryId });
  const there = () => endpoint.documents(ministryId);
  beforeEach(async () => {
    ministryId = (await endpoint.addMinistry()).id;
  });

  /** Past the commands, as a mistake of the program would: the endpoint refuses the row for its ministry. */
  function breakAsset(desktop: Desktop, id: string): void {
    desktop.register.table('assets').put([{ ...desktop.asset(id), ministryId: randomUUID() }], 'mistake');
  }

  function mendAsset(desktop: Desktop, id: string): void {
    desktop.register.table('assets').put([{ ...desktop.asset(id), ministryId }], 'mended');
  }

  test('S4, S8: a refused row stays, becomes a review, and blocks no other', async () => {
    const desktop = await start();
    await desktop.goOffline();
    const [bad, good] = [desktop.create(), desktop.create()];
    breakAsset(desktop, bad);
    expect(await desktop.goOnline()).toMatchObject({ phase: 'idle', waiting: 0, openReviews: 1 });
    expect(wireOf(await there(), 'assets').map(({ id }) => id)).toEqual([good]);
    expect(desktop.asset(bad)).toBeDefined();
    expect(desktop.service.questions.getAssetSync({ id: bad })).toEqual({ state: 'refused' });
    expect(desktop.all('reviews')).toMatchObject([
      { kind: 'refused', documentId: bad, reason: 'belongs to another ministry', state: 'open' },
    ]);
    // The review itself is sent: the other desktops see it too.
    expect(wireOf(await there(), 'reviews')).toEqual(desktop.all('reviews'));
  });

  test('S8: a later edit sends a refused row again', async () => {
    const desktop = await start();
    const id = desktop.create();
    await desktop.sync();
    breakAsset(desktop, id);
    await desktop.sync();
    await desktop.restart();
    mendAsset(desktop, id);
    await desktop.sync();
    expectEqualToEndpoint(desktop, await there());
    expect(desktop.service.questions.getAssetSync({ id })).toMatchObject({ state: 'received' });
  });

  test('S8: an edit made while its refusal is under way is sent, not held back with it', async () => {
    const desktop = await start();
    await desktop.goOffline();
    const id = desktop.create();
    breakAsset(desktop, id);
    desktop.network.whileNextAnswerWaits(() => mendAsset(desktop, id));
    await desktop.goOnline();
    expect(wireOf(await there(), 'assets').map((asset) => asset.id)).toEqual([id]);
    expect(desktop.state).toMatchObject({ waiting: 0, openReviews: 0 });
  });

  test('S7, S8: a refused row meets a newer one of the endpoint: merged, and sent again', async () => {
    const [one, other] = [await start(), await start()];
    const id = one.create();
    await one.sync();
    await other.sync();
    breakAsset(one, id);
    await one.sync();
    mendAsset(one, id);
    await one.goOffline();
    other.service.commands.updateAsset({ id, changes: { room: 'B12' } });
    await other.sync();
    await one.goOnline();
    expect(one.asset(id)).toMatchObject({ room: 'B12', ministryId });
    expectEqualToEndpoint(one, await there());
  });

  test('S4: thousands of refused rows in a row are progress, not trouble', async () => {
    const desktop = await start();
    await desktop.goOffline();
    const notes = 'n'.repeat(4000);
    const ids = Array.from({ length: 500 }, () => desktop.create({ notes }));
    desktop.register.transaction(() => {
      for (const id of ids) breakAsset(desktop, id);
      // Behind them in the queue, so that they come once the refused ones have passed.
      for (const movement of desktop.all('movements')) desktop.register.table('movements').put([movement], 'later');
    });
    desktop.network.weather = 'up';
    const state = await desktop.service.commands.syncNow({});
    expect(state.lastError?.code).not.toBe('SYNC_BAD_ANSWER');
    await desktop.sync();
    expect(desktop.state).toMatchObject({ phase: 'idle', waiting: 0, openReviews: ids.length });
  });

  test('A7, S8: what a role may not write is refused row by row and named', async () => {
    const desktop = await start('consultation');
    // A technician's acts, on a desktop whose person has lost the right since.
    const identity = desktop.register.identity.require();
    desktop.register.table('assets').put([{ ...(await foreignAsset()), ministryId: identity.ministry.id }], 'command');
    await desktop.sync();
    expect(desktop.state).toMatchObject({ phase: 'idle', openReviews: 1 });
    expect(await there()).toHaveLength(2);
    expect(desktop.all('reviews')).toMatchObject([{ reason: 'role consultation may not write' }]);
  });

  async function foreignAsset() {
    const writer = await start();
    const asset = writer.asset(writer.create());
    await writer.sync();
    return { ...asset, id: randomUUID() };
  }

  test('S4: a row that the endpoint finds too large is refused alone', async () => {
    const small = await startEndpoint({ config: { maxBodyBytes: 40_000 } });
    const desktop = await startEnrolled(small);
    await desktop.goOffline();
    const ids = Array.from({ length: 12 }, () => desktop.create({ notes: 'n'.repeat(4000) }));
    const attributes = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`note${index}`, 'y'.repeat(500)]));
    const huge = desktop.create({ attributes });
    await desktop.goOnline();
    expect(new Set(wireOf(await small.documents(), 'assets').map(({ id }) => id))).toEqual(new Set(ids));
    expect(desktop.all('reviews').map(({ documentId }) => documentId)).toContain(huge);
    await small.stop();
  });

  test('S4: a text that no database takes is refused by the command, before it can be refused by the endpoint', async () => {
    const desktop = await start();
    for (const notes of ['a\u0000b', 'half \ud83d']) {
      expect(() => desktop.create({ notes })).toThrowError(
        expect.objectContaining({
          code: 'COMMAND_INVALID',
          details: { field: 'notes', problem: 'unstorable-character' },
        }),
      );
    }
    const id = desktop.create({ notes: 'whole 😀' });
    const reason = 'x\u0000';
    const acts = [
      () => desktop.service.commands.updateAsset({ id, changes: { attributes: { os: '\u0000' } } }),
      () => desktop.service.commands.updateAsset({ id, changes: { room: 'B' }, reason }),
      () => desktop.service.commands.performAct(inputOf('loss', [id], { reason })),
    ];
    for (const act of acts) expect(act).toThrowError(expect.objectContaining({ code: 'COMMAND_INVALID' }));
    expect(await desktop.sync()).toMatchObject({ openReviews: 0 });
  });
});
