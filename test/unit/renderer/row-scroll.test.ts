import fc from 'fast-check';
import {
  type Extent,
  isAdrift,
  lastOffset,
  MAX_HEIGHT,
  offsetToShow,
  positionAt,
  rowsInSight,
  type ScrollPosition,
  scrolledTo,
  scrollHeight,
  settled,
} from '../../../renderer/features/asset-list/row-scroll.ts';

const ROW = 36;
const extent = (rows: number, viewport = 572): Extent => ({ rows, rowHeight: ROW, viewport });
const lastTop = (of: Extent) => scrollHeight(of) - of.viewport;

const anyExtent = fc
  .record({
    rows: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 20_000_000 })),
    viewport: fc.integer({ min: 100, max: 2000 }),
  })
  .map(({ rows, viewport }) => extent(rows, viewport));
const longExtent = fc
  .record({ rows: fc.integer({ min: 230_000, max: 20_000_000 }), viewport: fc.integer({ min: 300, max: 1400 }) })
  .map(({ rows, viewport }) => extent(rows, viewport));
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** What a browser makes of a position: whole pixels of a screen. */
const rounded = (scrollTop: number, ratio = 1.25) => Math.round(scrollTop * ratio) / ratio;

describe('a list of any length', () => {
  it('is never higher than what is drawn', () => {
    expect(scrollHeight(extent(2000))).toBe(72_000);
    expect(scrollHeight(extent(5_000_000))).toBe(MAX_HEIGHT);
    expect(MAX_HEIGHT * 4).toBeLessThan(2 ** 25);
  });

  it('shows every row', () => {
    fc.assert(
      fc.property(anyExtent, share, share, (of, from, to) => {
        const row = Math.round(to * (of.rows - 1));
        const { offset, scrollTop } = positionAt(of, offsetToShow(of, from * lastOffset(of), row));
        expect(offset).toBeLessThanOrEqual(row * ROW);
        expect(offset + of.viewport).toBeGreaterThanOrEqual(Math.min((row + 1) * ROW, row * ROW + of.viewport));
        const [first, last] = rowsInSight(of, offset);
        expect(first).toBeLessThanOrEqual(row);
        expect(last).toBeGreaterThanOrEqual(row);
        expect(scrollTop).toBeGreaterThanOrEqual(0);
        expect(scrollTop).toBeLessThanOrEqual(Math.max(0, lastTop(of)));
      }),
    );
  });

  it.each([2, 2000, 222_222, 222_223, 1_000_000, 5_000_000])(
    'of %d rows begins with the first and ends with the last',
    (rows) => {
      const of = extent(rows);
      expect(positionAt(of, 0)).toEqual({ offset: 0, scrollTop: 0 });
      const end = positionAt(of, Number.POSITIVE_INFINITY);
      expect(end.scrollTop).toBe(Math.max(0, lastTop(of)));
      expect(rowsInSight(of, end.offset)[1]).toBe(rows - 1);
      if (rows > 20) expect(end.offset + of.viewport).toBe(rows * ROW);
    },
  );

  it('stays where it is when the browser tells the position that the program set', () => {
    fc.assert(
      fc.property(anyExtent, share, (of, at) => {
        const { offset, scrollTop } = positionAt(of, Math.round(at * lastOffset(of)));
        const told = rounded(scrollTop, 1);
        const position = { offset, scrollTop: told };
        expect(Math.abs(scrolledTo(of, position, told).offset - offset)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives the same rows after it came to rest', () => {
    fc.assert(
      fc.property(longExtent, share, fc.integer({ min: -1000, max: 1000 }), (of, at, wheel) => {
        const begun = positionAt(of, at * lastOffset(of));
        const moved = scrolledTo(of, begun, begun.scrollTop + wheel);
        expect(settled(of, moved).offset).toBe(moved.offset);
      }),
    );
  });
});

describe('a wheel', () => {
  it('moves a short list exactly with its element', () => {
    fc.assert(
      fc.property(fc.integer({ min: 30, max: 222_000 }), share, (rows, at) => {
        const of = extent(rows);
        const scrollTop = rounded(at * lastTop(of));
        expect(scrolledTo(of, { offset: 0, scrollTop: 0 }, scrollTop)).toEqual({ offset: scrollTop, scrollTop });
      }),
    );
  });

  /** One turn: the browser moves the element, the list follows, and what drifts too far is put right. */
  function turn(of: Extent, position: ScrollPosition, step: number): ScrollPosition {
    const scrollTop = Math.min(Math.max(0, position.scrollTop + step), lastTop(of));
    const moved = scrolledTo(of, position, scrollTop);
    return isAdrift(of, moved) ? settled(of, moved) : moved;
  }

  it('moves a long list by real pixels, for as long as it turns', () => {
    const steps = fc.array(
      fc.integer({ min: -900, max: 900 }).filter((step) => step !== 0),
      { minLength: 1, maxLength: 300 },
    );
    fc.assert(
      fc.property(longExtent, share, steps, (of, at, turns) => {
        let position = positionAt(of, at * lastOffset(of));
        for (const step of turns) {
          const expected = Math.min(Math.max(0, position.offset + step), lastOffset(of));
          position = turn(of, position, step);
          // At the very ends the browser may stop one pixel short.
          expect(Math.abs(position.offset - expected)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it.each([1_000_000, 5_000_000])(
    'reaches both ends of %d rows by real pixels, however far it is turned without a rest',
    (rows) => {
      const of = extent(rows);
      for (const direction of [1, -1]) {
        const far = 3_000_000;
        let position = positionAt(of, direction > 0 ? lastOffset(of) - far : far);
        for (let done = 100; done <= far; done += 100) {
          const before = position.offset;
          position = turn(of, position, direction * 100);
          expect(Math.abs(position.offset - before - direction * 100)).toBeLessThanOrEqual(1);
        }
        expect(position.offset).toBe(direction > 0 ? lastOffset(of) : 0);
      }
    },
  );
});

describe('the thumb of the scroll bar', () => {
  it('goes to any place in proportion, and never backwards', () => {
    fc.assert(
      fc.property(longExtent, share, share, (of, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((at) => at * lastTop(of)) as [
          number,
          number,
        ];
        const far = { offset: 0, scrollTop: -MAX_HEIGHT };
        const [above, below] = [scrolledTo(of, far, low), scrolledTo(of, far, high)];
        expect(above.offset).toBeLessThanOrEqual(below.offset);
        expect(below.offset).toBeLessThanOrEqual(lastOffset(of));
      }),
    );
  });

  it('shows the first and the last row at its ends', () => {
    fc.assert(
      fc.property(longExtent, share, (of, at) => {
        const begun = positionAt(of, at * lastOffset(of));
        expect(scrolledTo(of, { ...begun, scrollTop: begun.scrollTop + 1 }, 0).offset).toBe(0);
        expect(scrolledTo(of, { ...begun, scrollTop: begun.scrollTop - 1 }, lastTop(of)).offset).toBe(lastOffset(of));
      }),
    );
  });

  it('is where its share of the list is', () => {
    for (const rows of [1_000_000, 5_000_000]) {
      const of = extent(rows);
      for (const at of [0.1, 0.25, 0.5, 0.9]) {
        const { offset } = scrolledTo(of, { offset: 0, scrollTop: 0 }, at * lastTop(of));
        expect(offset / lastOffset(of)).toBeCloseTo(at, 1);
      }
    }
  });

  it('is told from a wheel by its smallest step', () => {
    for (const viewport of [300, 572, 900, 1400]) {
      const of = extent(1_000_000, viewport);
      // The track is lower than what is in sight; a screen may have two pixels for one.
      const step = MAX_HEIGHT / viewport / 2;
      const { scrollTop } = positionAt(of, 20_000_000);
      const moved = scrolledTo(of, { offset: 20_000_000, scrollTop }, scrollTop + step);
      expect(moved.offset).toBeCloseTo(positionAt(of, moved.offset).offset, 0);
      expect(positionAt(of, moved.offset).scrollTop).toBeCloseTo(scrollTop + step, 0);
    }
  });
});
