import { BehaviorSubject, Observable, Subject } from 'rxjs';
import { PAGE_SIZE, pagesFor, RowWindow } from '../../../renderer/features/asset-list/row-window.ts';

describe('pagesFor', () => {
  it('asks for nothing when there is nothing', () => {
    expect(pagesFor(0, 20, 0)).toEqual([]);
  });

  it('asks for the page in sight', () => {
    expect(pagesFor(45, 55, 10_000)).toEqual([0]);
  });

  it('asks ahead across the edge of a page', () => {
    expect(pagesFor(70, 90, 10_000)).toEqual([0, 1]);
    expect(pagesFor(110, 130, 10_000)).toEqual([0, 1]);
  });

  it('never asks past the end', () => {
    expect(pagesFor(240, 260, 250)).toEqual([2]);
    expect(pagesFor(5_000, 5_020, 250)).toEqual([]);
  });
});

function setUp(total: number) {
  const total$ = new BehaviorSubject(total);
  const pages = new Map<number, Subject<readonly string[]>>();
  const closed: number[] = [];
  let changes = 0;
  const window = new RowWindow<string>(
    {
      total$,
      openPage: (page) =>
        new Observable((observer) => {
          const rows$ = new Subject<readonly string[]>();
          pages.set(page, rows$);
          const subscription = rows$.subscribe(observer);
          return () => {
            closed.push(page);
            subscription.unsubscribe();
          };
        }),
    },
    () => {
      changes += 1;
    },
  );
  const answer = (page: number, mark = '') =>
    pages.get(page)?.next(Array.from({ length: PAGE_SIZE }, (_, row) => `${page * PAGE_SIZE + row}${mark}`));
  return { window, total$, pages, closed, answer, countChanges: () => changes };
}

describe('RowWindow', () => {
  it('is ready with the first rows, or with the certainty that there are none', () => {
    const filled = setUp(1000);
    expect(filled.window.isReady).toBe(false);
    filled.answer(0);
    expect(filled.window.isReady).toBe(true);
    expect(setUp(0).window.isReady).toBe(true);
  });

  it('keeps live queries for the pages in sight only', () => {
    const { window, answer, closed } = setUp(10_000);
    answer(0);
    window.show(5_010, 5_030);
    expect(window.openPages).toEqual([49, 50]);
    expect(closed).toEqual([0]);
  });

  it('shows the last known rows at once when one scrolls back, and follows them again', () => {
    const { window, answer } = setUp(10_000);
    answer(0);
    window.show(500, 520);
    window.show(0, 20);
    expect(window.rowAt(3)).toBe('3');
    answer(0, ' changed');
    expect(window.rowAt(3)).toBe('3 changed');
  });

  it('forgets far pages, so that scrolling through a long list does not fill the memory', () => {
    const { window, answer } = setUp(100_000);
    for (let page = 0; page < 200; page += 1) {
      window.show(page * PAGE_SIZE + 45, page * PAGE_SIZE + 55);
      answer(page);
    }
    expect(window.rowAt(0)).toBeUndefined();
    expect(window.rowAt(199 * PAGE_SIZE)).toBe(`${199 * PAGE_SIZE}`);
  });

  it('grows and shrinks with the list', () => {
    const { window, total$, answer } = setUp(90);
    answer(0);
    total$.next(150);
    window.show(60, 80);
    expect(window.openPages).toEqual([0, 1]);
    total$.next(90);
    expect(window.openPages).toEqual([0]);
    expect(window.total).toBe(90);
  });

  it('tells of an error', () => {
    const { window, pages } = setUp(10);
    pages.get(0)?.error(new Error('gone'));
    expect(window.error).toBeInstanceOf(Error);
  });

  it('is silent once closed, and leaves no query behind', () => {
    const { window, closed, total$, countChanges } = setUp(1000);
    const before = countChanges();
    window.close();
    total$.next(5);
    expect(countChanges()).toBe(before);
    expect(closed).toEqual([0]);
    expect(total$.observed).toBe(false);
  });
});
