import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '#shared/domain/roles.ts';
import type { Movement } from '#shared/schema/movement.ts';
import type { Review } from '#shared/schema/review.ts';
import { inputOf } from '../../support/act-input.ts';
import { startEndpoint, type TestEndpoint } from '../../support/endpoint.ts';
import { type Desktop, startEnrolled } from './desktop.ts';
import { expectEqualToEndpoint } from './facts.ts';

let endpoint: TestEndpoint;
let ministry: string;
beforeAll(async () => {
  endpoint = await startEndpoint();
});
afterAll(() => endpoint.stop());
beforeEach(async () => {
  ministry = (await endpoint.addMinistry()).id;
});

const start = (role: Role = 'gestionnaire') => startEnrolled(endpoint, { role, ministry });

function reviewsOf(desktop: Desktop): Review[] {
  return desktop.all('reviews') as unknown as Review[];
}

function onlyReview(desktop: Desktop): Review {
  const [review, ...others] = reviewsOf(desktop);
  if (!review || others.length > 0) throw new Error(`${others.length + (review ? 1 : 0)} reviews`);
  return review;
}

function entriesOf(desktop: Desktop, kind: Movement['kind']): Movement[] {
  return (desktop.all('movements') as unknown as Movement[]).filter((entry) => entry.kind === kind);
}

/** Two desktops that gave one field two values: the first one's is at the endpoint, the second one's lost. */
async function startConflict(): Promise<{ first: Desktop; second: Desktop; id: string }> {
  const [first, second] = [await start(), await start()];
  const id = first.create({ room: 'A1' });
  await first.sync();
  await second.sync();
  await second.goOffline();
  second.service.commands.updateAsset({ id, changes: { room: 'C3' } });
  first.service.commands.updateAsset({ id, changes: { room: 'B2' } });
  await first.sync();
  await second.goOnline();
  await first.sync();
  return { first, second, id };
}

async function expectAgreement(one: Desktop, two: Desktop): Promise<void> {
  await one.sync();
  await two.sync();
  await one.sync();
  const rows = await endpoint.documents(ministry);
  for (const desktop of [one, two]) expectEqualToEndpoint(desktop, rows);
}

describe('a conflict', () => {
  test('V3, M4: is asked of the author of the edit that lost, on every desktop', async () => {
    const { first, second, id } = await startConflict();
    const { person } = second.register.identity.require();
    for (const desktop of [first, second]) {
      expect(onlyReview(desktop)).toMatchObject({
        kind: 'same-field',
        state: 'open',
        documentId: id,
        fields: [{ field: 'room', base: 'A1', mine: 'C3', theirs: 'B2' }],
        owner: { personId: person.id, name: person.name },
      });
    }
  });

  test('V4: a decision changes the record, closes the review and leaves its entry; undone, all is as before', async () => {
    const { first, second, id } = await startConflict();
    const review = onlyReview(first);
    const { actId } = await first.service.commands.decideReviews({ ids: [review.id], answer: 'taken' });
    await expectAgreement(first, second);
    for (const desktop of [first, second]) {
      expect(desktop.asset(id)).toMatchObject({ room: 'C3' });
      expect(desktop.state.openReviews).toBe(0);
      expect(entriesOf(desktop, 'review')).toMatchObject([
        { reviewId: review.id, actId, assetId: id, changes: [{ field: 'room', from: 'B2', to: 'C3' }] },
      ]);
    }
    await second.service.commands.undoAct({ actId });
    await expectAgreement(first, second);
    expect(first.asset(id)).toMatchObject({ room: 'B2' });
    expect(onlyReview(first)).toMatchObject({ state: 'open' });
    expect(onlyReview(first).decision).toBeUndefined();
    expect(entriesOf(first, 'undo')).toMatchObject([{ reviewId: review.id }]);
  });

  test.each(['the one who takes the edit', 'the one who keeps the record'])(
    'V5: two desktops that decide otherwise agree on the first decision: %s is first',
    async (winner) => {
      const { first, second, id } = await startConflict();
      const review = onlyReview(first);
      await first.goOffline();
      await second.goOffline();
      await first.service.commands.decideReviews({ ids: [review.id], answer: 'taken' });
      await second.service.commands.decideReviews({ ids: [review.id], answer: 'kept' });
      const order = winner === 'the one who takes the edit' ? [first, second] : [second, first];
      for (const desktop of order) await desktop.goOnline();
      await expectAgreement(first, second);
      const isTaken = order[0] === first;
      expect(first.asset(id)).toMatchObject({ room: isTaken ? 'C3' : 'B2' });
      const decided = onlyReview(second);
      expect(decided).toMatchObject({
        state: 'resolved',
        decision: { outcome: isTaken ? 'taken' : 'kept' },
        overruled: [{ outcome: isTaken ? 'kept' : 'taken', deviceId: order[1]?.register.identity.require().device.id }],
      });
      // Both decisions stay in the journal, and where the record had to give way there is an entry that says so.
      expect(entriesOf(first, 'review')).toHaveLength(isTaken ? 2 : 3);
      expect(first.state.openReviews).toBe(0);
    },
  );

  test('V5: whoever decided too late is told until they have seen it, across restarts', async () => {
    const { first, second } = await startConflict();
    const review = onlyReview(first);
    await first.goOffline();
    await second.goOffline();
    await first.service.commands.decideReviews({ ids: [review.id], answer: 'taken' });
    const late = await second.service.commands.decideReviews({ ids: [review.id], answer: 'kept' });
    await first.goOnline();
    await second.goOnline();
    await expectAgreement(first, second);
    const { name: by } = first.register.identity.require().person;
    const told = (desktop: Desktop) => desktop.service.questions.getLateDecisions({});
    expect(told(first)).toEqual({ decisions: [] });
    await second.restart();
    expect(told(second)).toEqual({ decisions: [{ reviewId: review.id, actId: late.actId, by }] });
    await second.service.commands.noteLateDecisionsSeen({ actIds: [late.actId] });
    await second.restart();
    expect(told(second)).toEqual({ decisions: [] });
    // The review itself keeps saying it.
    expect(onlyReview(second).overruled).toHaveLength(1);
  });

  test('V5: two other values given at once are no new conflict: the first stands', async () => {
    const { first, second, id } = await startConflict();
    const { id: reviewId } = onlyReview(first);
    await first.goOffline();
    await second.goOffline();
    const give = (value: string) => ({ id: reviewId, values: [{ field: 'room', choice: 'other' as const, value }] });
    await first.service.commands.decideReview(give('D4'));
    await second.service.commands.decideReview(give('E5'));
    await second.goOnline();
    await first.goOnline();
    await expectAgreement(first, second);
    expect(first.asset(id)).toMatchObject({ room: 'E5' });
    expect(onlyReview(first)).toMatchObject({ state: 'resolved', overruled: [{ values: [{ value: 'D4' }] }] });
  });
});

describe('an edit of an asset that has left', () => {
  async function dispose(desktop: Desktop, id: string): Promise<void> {
    await desktop.service.commands.performAct(inputOf('disposal-proposal', [id]));
    await desktop.service.commands.performAct(inputOf('disposal', [id]));
  }

  test.each(['the edit', 'the leave'])(
    'V1: the leave stands, the edit waits, whichever came last: %s',
    async (last) => {
      const [editor, keeper] = [await start(), await start('dsi')];
      const id = editor.create({ room: 'A1' });
      await editor.sync();
      await keeper.sync();
      const late = last === 'the edit' ? editor : keeper;
      const early = late === editor ? keeper : editor;
      await late.goOffline();
      editor.service.commands.updateAsset({ id, changes: { room: 'B2', brand: 'Lenovo' } });
      await dispose(keeper, id);
      await early.sync();
      await late.goOnline();
      await expectAgreement(editor, keeper);
      expect(editor.asset(id)).toMatchObject({ status: 'disposed', room: 'A1' });
      const review = onlyReview(keeper);
      expect(review).toMatchObject({ kind: 'edit-after-exit', state: 'open', documentId: id });
      expect(review.fields.map(({ field, mine }) => [field, mine])).toEqual([
        ['brand', 'Lenovo'],
        ['room', 'B2'],
      ]);
      await keeper.service.commands.decideReviews({ ids: [review.id], answer: 'taken' });
      await expectAgreement(editor, keeper);
      expect(editor.asset(id)).toMatchObject({ status: 'disposed', room: 'B2', brand: 'Lenovo' });
    },
  );
});

describe('a refused row', () => {
  /** An edit past the commands, which the endpoint refuses for its ministry. */
  async function startRefused(): Promise<{ desktop: Desktop; id: string; review: Review }> {
    const desktop = await start();
    const id = desktop.create({ room: 'A1' });
    await desktop.sync();
    const broken = { ...desktop.asset(id), room: 'B2', ministryId: '00000000-0000-4000-8000-0000000000aa' };
    desktop.register.table('assets').put([broken], 'mistake');
    await desktop.sync();
    return { desktop, id, review: onlyReview(desktop) };
  }

  test('V7, V6: given up, the endpoint’s state comes back and the lost value stays in the journal', async () => {
    const { desktop, id, review } = await startRefused();
    expect(desktop.service.questions.getReviewFacts({ id: review.id })).toMatchObject({
      isHere: true,
      canGiveUp: true,
    });
    await desktop.service.commands.decideReviews({ ids: [review.id], answer: 'given-up' });
    expect(desktop.asset(id)).toMatchObject({ room: 'A1', ministryId: ministry });
    await desktop.sync();
    expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
    expect(entriesOf(desktop, 'review')).toMatchObject([{ changes: [{ field: 'room', from: 'B2', to: 'A1' }] }]);
  });

  test('V7: sent again as it is, it is refused again and asks again; mended, it asks nobody', async () => {
    const { desktop, id, review } = await startRefused();
    await desktop.service.commands.decideReviews({ ids: [review.id], answer: 'resent' });
    await desktop.sync();
    expect(onlyReview(desktop)).toMatchObject({ state: 'open' });
    desktop.register.table('assets').put([{ ...desktop.asset(id), ministryId: ministry }], 'mended');
    await desktop.sync();
    expect(onlyReview(desktop)).toMatchObject({ state: 'resolved', decision: { outcome: 'resent' } });
    expectEqualToEndpoint(desktop, await endpoint.documents(ministry));
  });

  test('V7: it is decided on the desktop that holds it', async () => {
    const { review } = await startRefused();
    const other = await start();
    const decide = () => other.service.commands.decideReviews({ ids: [review.id], answer: 'resent' });
    expect(decide).toThrowError(
      expect.objectContaining({ code: 'COMMAND_CONFLICT', details: { problem: 'other-device' } }),
    );
  });
});

describe('a conflict about a row that is no asset', () => {
  type Save = (desktop: Desktop, id: string | undefined, word: string) => unknown;
  const save = {
    'a holder’s position': (desktop, id, position) =>
      desktop.service.commands.saveAgent({ ...(id && { id }), name: 'Afiavi Dossou', position, active: true }),
    'a structure’s name': (desktop, id, name) =>
      desktop.service.commands.saveStructure({ ...(id && { id }), kind: 'ministry', name }),
    'a place’s name': (desktop, id, name) =>
      desktop.service.commands.saveSite({ ...(id && { id }), kind: 'departement', name, active: true }),
    'a supplier’s tax number': (desktop, id, taxNumber) =>
      desktop.service.commands.saveReference({
        ...(id && { id }),
        kind: 'supplier',
        label: 'Sèmè Informatique',
        active: true,
        content: { taxNumber },
      }),
    'a characteristic of a type': (desktop, id, label) =>
      desktop.service.commands.saveReference({
        ...(id && { id }),
        kind: 'equipment-type',
        code: 'ZZA',
        label: 'Appareil',
        active: true,
        content: { nature: 'hardware', attributes: [{ key: 'colour', label, kind: 'text' }] },
      }),
    'a saved view': (desktop, id, text) =>
      desktop.service.commands.saveView({ ...(id && { id }), label: 'Ma vue', settings: { filter: { text } } }),
  } as const satisfies Readonly<Record<string, Save>>;

  test.each(Object.keys(save) as (keyof typeof save)[])(
    'V3, R7: %s: who wrote each value, when and on which desktop',
    async (what) => {
      const [first, second] = [await start('dsi'), await start('dsi')];
      const write: Save = save[what];
      const { id } = (await write(first, undefined, 'ancien')) as { readonly id: string };
      // What each desktop makes bears its code.
      for (const desktop of [first, second]) {
        desktop.create();
        await desktop.sync();
      }
      await first.sync();
      await second.goOffline();
      await write(second, id, 'du second');
      await write(first, id, 'du premier');
      await first.sync();
      await second.goOnline();
      await first.sync();
      const author = (desktop: Desktop) => {
        const { person, device } = desktop.register.identity.require();
        return { name: person.name, deviceId: device.id, deviceCode: device.code, declaredAt: expect.any(String) };
      };
      for (const desktop of [first, second]) {
        const review = onlyReview(desktop);
        expect(review.owner).toMatchObject({ personId: second.register.identity.require().person.id });
        const { fields } = desktop.service.questions.getReviewFacts({ id: review.id });
        expect(fields).toMatchObject([{ mine: author(second), theirs: author(first) }]);
      }
    },
  );
});
