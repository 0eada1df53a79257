import { suggest } from '#shared/domain/review-suggestion.ts';

test.each([
  ['one side is empty', 'room', undefined, 'B2', 'theirs', 'other-empty'],
  ['the other side is empty', 'room', 'B2', undefined, 'mine', 'other-empty'],
  ['a serial beside a placeholder', 'serialNumber', '5CG0482', 'Default string', 'mine', 'placeholder'],
  ['the same words', 'room', 'bureau-12', 'Bureau 12', 'theirs', 'same-words'],
  ['one says more', 'designation', 'Portable HP EliteBook 840', 'HP EliteBook', 'mine', 'more-complete'],
  ['the record says more', 'designation', 'EliteBook', 'HP EliteBook', 'theirs', 'more-complete'],
])('a suggestion has its reason: %s', (_, field, mine, theirs, choice, reason) => {
  expect(suggest({ field, ...(mine && { mine }), ...(theirs && { theirs }) })).toEqual({ choice, reason });
});

test('a later value is proposed only where it is clearly later: clocks of two desktops differ', () => {
  const values = { field: 'room', mine: 'B2', theirs: 'C3' };
  const at = (mine: string, theirs: string) => suggest(values, { mine, theirs });
  expect(at('2026-11-23T10:00:00.000Z', '2026-11-20T10:00:00.000Z')).toEqual({ choice: 'mine', reason: 'later' });
  expect(at('2026-11-20T10:00:00.000Z', '2026-11-23T10:00:00.000Z')).toEqual({ choice: 'theirs', reason: 'later' });
  expect(at('2026-11-23T10:00:00.000Z', '2026-11-23T09:00:00.000Z')).toBeUndefined();
  expect(suggest(values)).toBeUndefined();
});
