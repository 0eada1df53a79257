import { RowFeed } from '../../../renderer/features/asset-list/row-feed.ts';
import type { ListAnswer, Stretch } from '../../../renderer/features/asset-list/row-window.ts';
import { QuestionLane } from '../../../renderer/store/question-lane.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A data process that answers one question after the other, when it is let to. */
function setUp(total = 100) {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const painted: string[] = [];
  const lane = new QuestionLane(async ({ text, offset, limit }: Stretch & { readonly text: string }) => {
    asked.push(text);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return {
      state: 'one',
      total,
      ids: Array.from({ length: Math.min(limit, total - offset) }, (_, row) => `${text}${offset + row}`),
      terms: [text],
      corrections: [],
      facets: { status: {}, nature: {}, typeCode: {}, structureId: {}, siteId: {} },
    } satisfies ListAnswer;
  });
  const feed = new RowFeed<string, string>((text) => ({
    find: (stretch) => lane.ask({ ...stretch, text }),
    read: async (ids) => new Map(ids.map((id) => [id, id])),
  }));
  feed.subscribe(() => {
    const row = feed.shown?.window.rowAt(0);
    if (row !== undefined && row !== painted.at(-1)) painted.push(row);
  });
  const answer = async () => {
    waiting.shift()?.();
    await tick();
  };
  const ask = (text: string) => feed.ask({ key: text, question: text });
  return { feed, ask, answer, asked, painted };
}

describe('RowFeed', () => {
  it('keeps the former rows until the new ones are there', async () => {
    const { feed, ask, answer, painted } = setUp();
    ask('e');
    expect([feed.shown, feed.isStale]).toEqual([undefined, true]);
    await answer();
    expect([feed.shown?.key, feed.isStale]).toEqual(['e', false]);
    ask('ec');
    expect([feed.shown?.key, feed.isStale]).toEqual(['e', true]);
    expect(feed.shown?.window.rowAt(5)).toBe('e5');
    await answer();
    expect([feed.shown?.key, feed.isStale]).toEqual(['ec', false]);
    expect(painted).toEqual(['e0', 'ec0']);
  });

  it('asks only the newest of the questions that came while one was answered, and paints no stale answer', async () => {
    const { ask, answer, asked, painted } = setUp();
    for (const text of ['o', 'or', 'ord', 'ordi', 'ordin']) ask(text);
    await answer();
    await answer();
    expect(asked).toEqual(['o', 'ordin']);
    expect(painted).toEqual(['ordin0']);
  });

  it('goes back to the rows that are shown without asking when what was typed is deleted again', async () => {
    const { feed, ask, answer, asked, painted } = setUp();
    ask('e');
    await answer();
    ask('ec');
    ask('e');
    expect([feed.shown?.key, feed.isStale]).toEqual(['e', false]);
    await answer();
    expect(asked).toEqual(['e', 'ec']);
    expect(painted).toEqual(['e0']);
  });

  it('lets the new question go before stretches of the former list', async () => {
    const { feed, ask, answer, asked } = setUp();
    ask('e');
    await answer();
    ask('ec');
    feed.show(80, 99);
    await answer();
    expect(asked).toEqual(['e', 'ec']);
  });

  it('asks nothing while nobody looks, and shows what it has at once when somebody is back', async () => {
    const { feed, ask, answer, asked } = setUp();
    ask('e');
    await answer();
    feed.pause();
    feed.refresh();
    feed.change(new Map([['e0', 'e0 changed']]));
    await tick();
    expect(asked).toEqual(['e']);
    ask('e');
    feed.resume();
    expect(feed.shown?.window.rowAt(0)).toBe('e0 changed');
    await tick();
    expect(asked).toEqual(['e', 'e']);
  });
});

describe('RowFeed, of an empty list', () => {
  it('does not show an emptiness that may have passed', async () => {
    const { feed, ask, answer } = setUp(0);
    ask('e');
    await answer();
    expect(feed.shown?.window.facts?.total).toBe(0);
    feed.pause();
    feed.change(new Map([['e0', 'e0']]));
    feed.resume();
    expect(feed.shown).toBeUndefined();
    await answer();
    expect(feed.shown?.key).toBe('e');
  });

  it('is shown at once when nothing changed', async () => {
    const { feed, ask, answer } = setUp(0);
    ask('e');
    await answer();
    feed.pause();
    feed.resume();
    expect(feed.shown?.key).toBe('e');
  });
});

describe('QuestionLane', () => {
  it('answers what it asked, and undefined for what was overtaken', async () => {
    const lane = new QuestionLane(async (question: number) => question * 2);
    const answers = [lane.ask(1), lane.ask(2), lane.ask(3)];
    expect(await Promise.all(answers)).toEqual([2, undefined, 6]);
  });

  it('goes on after an error', async () => {
    const lane = new QuestionLane(async (question: number) => {
      if (question === 1) throw new Error('no');
      return question;
    });
    const first = lane.ask(1);
    const second = lane.ask(2);
    await expect(first).rejects.toThrow('no');
    expect(await second).toBe(2);
  });
});
