import fc from 'fast-check';
import { PAPER_KINDS } from '#shared/domain/lifecycle.ts';
import { composePaper } from '#shared/papers/compose.ts';
import { DEFAULT_TEMPLATES } from '#shared/papers/defaults/index.ts';
import { sampleFacts } from '#shared/papers/sample.ts';
import { isKeptWithNext, itemsOf } from '../../../renderer/features/papers/flow.ts';
import { type FlowItem, paginate } from '../../../renderer/features/papers/paginate.ts';

const ROOM = { first: 500, next: 540 };
const HEADING = 40;

const item: fc.Arbitrary<FlowItem> = fc
  .record({ height: fc.integer({ min: 1, max: 260 }), keepWithNext: fc.boolean(), table: fc.option(fc.nat(2)) })
  .map(({ height, keepWithNext, table }) => ({
    height,
    keepWithNext,
    ...(table !== null && { table: { id: table, headingHeight: HEADING } }),
  }));
const items = fc.array(item, { maxLength: 60 });

/** What a page is filled to: its items, and a heading wherever a table begins on it. */
function filled(all: readonly FlowItem[], page: readonly number[]): number {
  let table: number | undefined;
  return page.reduce((sum, index) => {
    const { height = 0, table: of } = all[index] ?? {};
    const heading = of && of.id !== table ? of.headingHeight : 0;
    table = of?.id;
    return sum + height + heading;
  }, 0);
}

describe('W2: a paper spread over pages', () => {
  it('leaves nothing out, repeats nothing, keeps the order, and never has an empty page', () => {
    fc.assert(
      fc.property(items, (all) => {
        const pages = paginate(all, ROOM);
        expect(pages.flat()).toEqual(all.map((_, index) => index));
        if (all.length > 0) expect(pages.every((page) => page.length > 0)).toBe(true);
      }),
    );
  });

  it('fills no page beyond its room, headings of tables included', () => {
    fc.assert(
      fc.property(items, (all) => {
        for (const [index, page] of paginate(all, ROOM).entries()) {
          const room = index === 0 ? ROOM.first : ROOM.next;
          expect(filled(all, page)).toBeLessThanOrEqual(room);
        }
      }),
    );
  });

  it('parts what is to stay together only where it is taller than a page', () => {
    fc.assert(
      fc.property(items, (all) => {
        const pages = paginate(all, ROOM);
        const pageOf = new Map(pages.flatMap((page, place) => page.map((index) => [index, place] as const)));
        for (const run of runs(all)) {
          // The first run cannot move to the next page: it would leave an empty one.
          if (filled(all, run) > (run[0] === 0 ? ROOM.first : ROOM.next)) continue;
          expect(new Set(run.map((index) => pageOf.get(index))).size).toBe(1);
        }
      }),
    );
  });

  it('an item taller than a page has one for itself', () => {
    const all = [{ height: 100 }, { height: 900 }, { height: 100 }];
    expect(paginate(all, ROOM)).toEqual([[0], [1], [2]]);
  });
});

function runs(all: readonly FlowItem[]): number[][] {
  const found: number[][] = [];
  for (const index of all.keys()) {
    if (all[index - 1]?.keepWithNext) found.at(-1)?.push(index);
    else found.push([index]);
  }
  return found;
}

describe('every kind of paper', () => {
  it.each(PAPER_KINDS)('%s: signatures stay with what is signed, totals with their last row', (kind) => {
    const flow = itemsOf(composePaper(DEFAULT_TEMPLATES[kind], sampleFacts(kind)));
    for (const [index, { kind: what }] of flow.entries()) {
      if (what === 'signatures') expect(isKeptWithNext(flow, index - 1)).toBe(true);
      const item = flow[index];
      if (item?.kind === 'row' && item.isTotal) expect(isKeptWithNext(flow, index - 1)).toBe(true);
    }
    expect(flow.filter(({ kind: what }) => what === 'heading')).toHaveLength(1);
  });
});
