import fc from 'fast-check';
import {
  type ListAnswer,
  type RowSource,
  RowWindow,
  type Stretch,
} from '../../../renderer/features/asset-list/row-window.ts';

type Row = { readonly id: string; readonly text: string };

const FACETS = { status: { 'in-stock': 1 }, nature: {}, typeCode: {}, structureId: {}, siteId: {} };

/** Lets everything that is answered arrive. */
const settle = () => vi.advanceTimersByTimeAsync(0);

/** A register of which the test says what is in it and when it answers. */
class Register implements RowSource<Row> {
  ids: string[];
  revision = 1;
  terms: readonly string[] = [];
  readonly asked: Stretch[] = [];
  readonly readings: string[][] = [];
  isHeld = false;
  failure: unknown;
  isOvertaken = false;
  readonly #waiting: (() => void)[] = [];

  constructor(length: number) {
    this.ids = Array.from({ length }, (_, index) => `a${index}`);
  }

  async find({ offset, limit, facets }: Stretch): Promise<ListAnswer | undefined> {
    this.asked.push({ offset, limit, facets });
    await this.#turn();
    if (this.failure) throw this.failure;
    if (this.isOvertaken) return undefined;
    return {
      state: String(this.revision),
      total: this.ids.length,
      ids: this.ids.slice(offset, offset + limit),
      terms: [...this.terms],
      corrections: [],
      ...(facets && { facets: FACETS }),
    };
  }

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    this.readings.push([...ids]);
    const rows = new Map(ids.map((id) => [id, { id, text: `${id} of ${this.revision}` }]));
    await this.#turn();
    return rows;
  }

  /** Everything held back is answered; what it leads to as well. */
  async release(): Promise<void> {
    this.isHeld = false;
    for (const go of this.#waiting.splice(0)) go();
    await settle();
  }

  #turn(): Promise<void> {
    return this.isHeld ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  insertAbove(...ids: string[]): void {
    this.ids.unshift(...ids);
    this.revision += 1;
  }
}

function open(length: number, range: readonly [number, number] = [0, 19]) {
  const register = new Register(length);
  const listener = vi.fn();
  const window = new RowWindow<Row>(register, listener, range);
  const inSight = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, row) => window.rowAt(first + row)?.id);
  return { register, window, listener, inSight };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('RowWindow', () => {
  it('has facts once the rows in sight are there, with one question and one reading before', async () => {
    const { register, window, inSight } = open(10_000);
    register.isHeld = true;
    expect(window.facts).toBeUndefined();
    await register.release();
    expect(window.facts).toMatchObject({ total: 10_000, facets: FACETS });
    expect(inSight(0, 19)).toEqual(register.ids.slice(0, 20));
    expect(register.asked).toHaveLength(1);
    expect(register.readings[0]).toEqual(register.ids.slice(0, 20));
  });

  it('knows that there is nothing', async () => {
    const { window } = open(0);
    await settle();
    expect(window.facts?.total).toBe(0);
    expect(window.rowAt(0)).toBeUndefined();
  });

  it('has the next rows ready before they come into sight, and asks seldom', async () => {
    const { register, window, inSight } = open(10_000);
    await settle();
    for (let first = 0; first <= 300; first += 1) {
      expect(inSight(first, first + 19)).toEqual(register.ids.slice(first, first + 20));
      window.show(first, first + 19);
      await settle();
    }
    expect(register.asked.length).toBeLessThan(8);
    expect(register.asked.filter(({ facets }) => facets)).toHaveLength(1);
  });

  it('goes straight to a far place and to the last row, without what lies between', async () => {
    const { register, window, inSight } = open(1_000_000);
    await settle();
    window.show(999_980, 999_999);
    expect(inSight(999_980, 999_999)).toEqual(Array(20).fill(undefined));
    await settle();
    expect(inSight(999_980, 999_999)).toEqual(register.ids.slice(-20));
    expect(register.asked).toHaveLength(2);
  });

  it('asks for the place where one is, not for every one that was passed', async () => {
    const { register, window, inSight } = open(1_000_000);
    await settle();
    register.isHeld = true;
    for (let first = 10_000; first < 900_000; first += 10_000) window.show(first, first + 19);
    await register.release();
    expect(inSight(890_000, 890_019)).toEqual(register.ids.slice(890_000, 890_020));
    expect(register.asked).toHaveLength(3);
  });

  it('shows the last known rows at once when one scrolls back', async () => {
    const { window, inSight, register } = open(10_000);
    await settle();
    window.show(500, 519);
    await settle();
    window.show(0, 19);
    expect(inSight(0, 19)).toEqual(register.ids.slice(0, 20));
  });

  it('forgets far rows, so that scrolling through a long list does not fill the memory', async () => {
    const { register, window } = open(100_000);
    for (let first = 0; first < 100_000; first += 100) {
      window.show(first, first + 19);
      await settle();
    }
    expect(window.rowAt(0)).toBeUndefined();
    expect(window.rowAt(99_910)?.id).toBe(register.ids[99_910]);
  });
});

describe('RowWindow, when the register changes', () => {
  it('shows a changed row at once, and asks for the list after a rest', async () => {
    const { register, window, listener } = open(100);
    await settle();
    listener.mockClear();
    window.change(new Map([['a3', { id: 'a3', text: 'changed' }]]));
    expect(window.rowAt(3)?.text).toBe('changed');
    expect(listener).toHaveBeenCalledTimes(1);
    expect(register.asked).toHaveLength(1);
    register.insertAbove('new');
    await vi.advanceTimersByTimeAsync(300);
    expect(window.rowAt(0)?.id).toBe('new');
    expect(register.asked[1]).toMatchObject({ facets: true });
  });

  it('asks now and then while changes go on, not only when they end', async () => {
    const { register, window } = open(100);
    await settle();
    for (let time = 0; time < 10_000; time += 50) {
      register.insertAbove(`n${time}`);
      window.change(new Map());
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(register.asked.length).toBeGreaterThan(20);
    expect(register.asked.length).toBeLessThan(60);
  });

  it('leaves the data process to its other work when answers take long', async () => {
    const { register, window } = open(100);
    await settle();
    register.isHeld = true;
    window.refresh();
    await vi.advanceTimersByTimeAsync(500);
    await register.release();
    const before = register.asked.length;
    window.change(new Map());
    await vi.advanceTimersByTimeAsync(1900);
    expect(register.asked).toHaveLength(before);
    await vi.advanceTimersByTimeAsync(200);
    expect(register.asked).toHaveLength(before + 1);
  });

  it('keeps all former rows until those of the later state are read, then replaces them in one step', async () => {
    const { register, window, listener, inSight } = open(100);
    await settle();
    register.insertAbove('x', 'y');
    window.refresh();
    register.isHeld = true;
    await settle();
    expect(inSight(0, 2)).toEqual(['a0', 'a1', 'a2']);
    expect(window.replacements).toBe(1);
    listener.mockClear();
    await register.release();
    expect(inSight(0, 3)).toEqual(['x', 'y', 'a0', 'a1']);
    expect(window.replacements).toBe(2);
    expect(window.indexOf('a0')).toBe(2);
  });

  it('Q1: never mixes stretches of two states, so that no row is shown twice or missed', async () => {
    const { register, window } = open(10_000);
    await settle();
    register.insertAbove('x');
    window.show(400, 419);
    await settle();
    expect(window.rowAt(400)?.id).toBe(register.ids[400]);
    // What was known of the former state is gone.
    expect(window.idAt(0)).toBeUndefined();
    window.show(0, 19);
    await settle();
    expect(window.rowAt(0)?.id).toBe('x');
  });

  it('Q1: shows rows of one state, whatever is scrolled, changed and answered late', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('scroll' as const), to: fc.nat(900) }),
      fc.record({ kind: fc.constant('insert' as const), count: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ kind: fc.constant('remove' as const), count: fc.integer({ min: 1, max: 300 }) }),
      fc.constant({ kind: 'hold' as const }),
      fc.constant({ kind: 'release' as const }),
      fc.record({ kind: fc.constant('wait' as const), time: fc.nat(400) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { register, window } = open(1000);
        const states = new Map([[1, [...register.ids]]]);
        let first = 0;
        let made = 0;
        for (const action of steps) {
          if (action.kind === 'scroll') {
            first = action.to;
            window.show(first, first + 19);
          } else if (action.kind === 'insert') {
            register.insertAbove(...Array.from({ length: action.count }, () => `n${made++}`));
            window.change(new Map());
          } else if (action.kind === 'remove') {
            register.ids.splice(0, action.count);
            register.revision += 1;
            window.change(new Map());
          } else if (action.kind === 'hold') register.isHeld = true;
          else if (action.kind === 'release') await register.release();
          else await vi.advanceTimersByTimeAsync(action.time);
          states.set(register.revision, [...register.ids]);
          await settle();
          const shown = Array.from({ length: 20 }, (_, row) => [first + row, window.idAt(first + row)] as const);
          const known = shown.filter(([, id]) => id !== undefined);
          const isOfOneState = [...states.values()].some(
            (ids) => ids.length === window.facts?.total && known.every(([index, id]) => ids[index] === id),
          );
          expect(window.facts === undefined || isOfOneState).toBe(true);
        }
        await register.release();
        await vi.advanceTimersByTimeAsync(6000);
        window.show(first, first + 19);
        await settle();
        for (let index = first; index < Math.min(first + 20, register.ids.length); index += 1)
          expect(window.rowAt(index)?.id).toBe(register.ids[index]);
        window.close();
      }),
      { numRuns: 300 },
    );
  });

  it('prefers a change to an older reading that comes after it', async () => {
    const { register, window } = open(100);
    register.isHeld = true;
    await settle();
    register.isHeld = false;
    // The question is answered, the reading is held.
    const reading = register.release();
    register.isHeld = true;
    await reading;
    window.change(new Map([['a3', { id: 'a3', text: 'newer' }]]));
    await register.release();
    expect(window.rowAt(3)?.text).toBe('newer');
  });

  it('keeps the very same terms when they say the same, so that no row is drawn again', async () => {
    const { register, window } = open(100);
    register.terms = ['ecran'];
    await settle();
    const before = window.facts?.terms;
    register.insertAbove('x');
    window.refresh();
    await settle();
    expect(window.facts?.total).toBe(101);
    expect(window.facts?.terms).toBe(before);
  });
});

describe('RowWindow, when there is no answer', () => {
  it('tells of an error and goes on when told to', async () => {
    const { register, window, listener } = open(100);
    register.failure = new Error('gone');
    await settle();
    expect(window.error).toBe(register.failure);
    expect(listener).toHaveBeenCalled();
    register.failure = undefined;
    window.refresh();
    await settle();
    expect(window.error).toBeUndefined();
    expect(window.facts?.total).toBe(100);
  });

  it('waits, when overtaken or cut off, until it is told to go on', async () => {
    const { register, window } = open(100);
    register.isOvertaken = true;
    await settle();
    expect(register.asked).toHaveLength(1);
    expect(window.error).toBeUndefined();
    register.isOvertaken = false;
    window.resume();
    await settle();
    expect(register.asked[1]).toMatchObject({ facets: true });
    expect(window.facts?.total).toBe(100);
  });

  it('asks nothing while it is paused, and once for all that changed meanwhile', async () => {
    const { register, window } = open(100);
    await settle();
    window.pause();
    for (let change = 0; change < 5; change += 1) {
      register.insertAbove(`n${change}`);
      window.change(new Map());
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(register.asked).toHaveLength(1);
    expect(window.isOutdated).toBe(true);
    window.resume();
    await settle();
    expect(register.asked).toHaveLength(2);
    expect(window.rowAt(0)?.id).toBe('n4');
    expect(window.isOutdated).toBe(false);
  });

  it('asks at once for what changed just before it goes on', async () => {
    const { register, window } = open(100);
    await settle();
    window.pause();
    register.insertAbove('new');
    window.change(new Map());
    window.resume();
    await settle();
    expect(window.rowAt(0)?.id).toBe('new');
  });

  it('is silent once closed', async () => {
    const { register, window, listener } = open(100);
    await settle();
    listener.mockClear();
    window.refresh();
    window.close();
    window.change(new Map([['a0', { id: 'a0', text: 'late' }]]));
    await vi.advanceTimersByTimeAsync(6000);
    expect(listener).not.toHaveBeenCalled();
    expect(register.asked).toHaveLength(2);
  });
});
