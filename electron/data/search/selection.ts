/** Slots of assets in rising order, with what a text says of each: more points fit better. */
export type Selection = { readonly slots: Uint32Array; readonly points: Uint16Array };

/** A column of codes. */
export type Codes = Uint32Array | Uint16Array | Uint8Array;

/** A column, and one more than its highest code. */
export type CountedColumn = { readonly codes: Codes; readonly size: number };

/** Which codes of a column a filter lets through: 1 in the table. */
export type CodeFilter = { readonly codes: Codes; readonly allowed: Uint8Array };

/** Which numbers of a column a filter lets through, both bounds included. */
export type RangeFilter = { readonly values: Float64Array; readonly from: number; readonly to: number };

export type SlotFilter = CodeFilter | RangeFilter;

/**
 * The loops below run over a million slots for every letter typed. They have no branch that depends on the data: matches
 * are scattered, and a wrong guess of the processor costs more than a needless write.
 */

/** Room to gather in, kept from letter to letter: taking fresh memory costs as much as the loop. Results are copied out. */
let room: Selection = { slots: new Uint32Array(0), points: new Uint16Array(0) };

function roomFor(length: number): Selection {
  if (room.slots.length < length) room = { slots: new Uint32Array(length), points: new Uint16Array(length) };
  return room;
}

/** Every slot with a code in this column. */
export function selectAll(codes: Uint8Array | Uint16Array, end: number): Selection {
  const { slots } = roomFor(end);
  let length = 0;
  for (let slot = 1; slot < end; slot += 1) {
    slots[length] = slot;
    length += isAny(codes[slot] as number);
  }
  return { slots: slots.slice(0, length), points: new Uint16Array(length) };
}

/** 1 for the slots that every filter lets through. */
export function maskAllowed(filters: readonly SlotFilter[], end: number): Uint8Array {
  const mask = new Uint8Array(end).fill(1, 1);
  filters.forEach((filter, place) => {
    if ('values' in filter) maskRange(mask, filter);
    else if (place === 0) maskFirst(mask, filter);
    else maskNext(mask, filter);
  });
  return mask;
}

/** An empty slot has code 0, which no table of a list's own filters allows. */
function maskFirst(mask: Uint8Array, { codes, allowed }: CodeFilter): void {
  for (let slot = 1; slot < mask.length; slot += 1) mask[slot] = allowed[codes[slot] as number] as number;
}

function maskNext(mask: Uint8Array, { codes, allowed }: CodeFilter): void {
  for (let slot = 1; slot < mask.length; slot += 1)
    mask[slot] = (mask[slot] as number) & (allowed[codes[slot] as number] as number);
}

function maskRange(mask: Uint8Array, { values, from, to }: RangeFilter): void {
  for (let slot = 1; slot < mask.length; slot += 1) {
    const value = values[slot] as number;
    mask[slot] = (mask[slot] as number) & (Number(value >= from) & Number(value <= to));
  }
}

export function countMask(mask: Uint8Array): number {
  let count = 0;
  for (let slot = 1; slot < mask.length; slot += 1) count += mask[slot] as number;
  return count;
}

/** Those that the filter lets through. */
export function selectAllowed(selection: Selection, filter: SlotFilter): Selection {
  if ('values' in filter) return selectRange(selection, filter);
  const { slots, points } = selection;
  const { codes, allowed } = filter;
  const { slots: kept, points: keptPoints } = roomFor(slots.length);
  let length = 0;
  for (let place = 0; place < slots.length; place += 1) {
    const slot = slots[place] as number;
    kept[length] = slot;
    keptPoints[length] = points[place] as number;
    length += allowed[codes[slot] as number] as number;
  }
  return { slots: kept.slice(0, length), points: keptPoints.slice(0, length) };
}

function selectRange({ slots, points }: Selection, { values, from, to }: RangeFilter): Selection {
  const { slots: kept, points: keptPoints } = roomFor(slots.length);
  let length = 0;
  for (let place = 0; place < slots.length; place += 1) {
    const slot = slots[place] as number;
    const value = values[slot] as number;
    kept[length] = slot;
    keptPoints[length] = points[place] as number;
    length += Number(value >= from) & Number(value <= to);
  }
  return { slots: kept.slice(0, length), points: keptPoints.slice(0, length) };
}

/** Adds to the marks of every slot those of its code. */
export function markByCode(marks: Uint8Array, slots: Uint32Array, codes: Uint32Array, table: Uint8Array): void {
  for (let place = 0; place < slots.length; place += 1) {
    marks[place] = (marks[place] as number) | (table[codes[slots[place] as number] as number] as number);
  }
}

/** Adds a mark where the value lies between two others, both included. */
export function markWithin(
  marks: Uint8Array,
  slots: Uint32Array,
  values: Uint32Array,
  [from, to]: readonly [number, number],
  mark: number,
): void {
  for (let place = 0; place < slots.length; place += 1) {
    const value = values[slots[place] as number] as number;
    if (value >= from && value <= to) marks[place] = (marks[place] as number) | mark;
  }
}

/** Adds a mark to the slots that are listed, in any order. */
export function markListed(
  marks: Uint8Array,
  slots: Uint32Array,
  listed: readonly number[],
  end: number,
  mark: number,
): void {
  const isListed = new Uint8Array(end);
  for (const slot of listed) isListed[slot] = mark;
  for (let place = 0; place < slots.length; place += 1) {
    marks[place] = (marks[place] as number) | (isListed[slots[place] as number] as number);
  }
}

/** Those with a mark, which counts as so many points. */
export function selectMarked({ slots, points }: Selection, marks: Uint8Array): Selection {
  const { slots: kept, points: keptPoints } = roomFor(slots.length);
  let length = 0;
  for (let place = 0; place < slots.length; place += 1) {
    const mark = marks[place] as number;
    kept[length] = slots[place] as number;
    keptPoints[length] = (points[place] as number) + mark;
    length += isAny(mark);
  }
  return { slots: kept.slice(0, length), points: keptPoints.slice(0, length) };
}

/** With some more slots, or with more points for those it has. The slots listed are few. */
export function addSlots(selection: Selection, listed: readonly number[], points: number): Selection {
  if (listed.length === 0) return selection;
  const all = new Map<number, number>();
  for (const slot of listed) all.set(slot, points);
  const raised = selection.points.slice();
  selection.slots.forEach((slot, place) => {
    if (!all.delete(slot)) return;
    raised[place] = Math.max(raised[place] ?? 0, points);
  });
  if (all.size === 0) return { slots: selection.slots, points: raised };
  return merge(
    { slots: selection.slots, points: raised },
    [...all].sort(([a], [b]) => a - b),
  );
}

/** The same for four columns at once: a slot is read once, and waits for memory once. */
export function countFourCodes(
  slots: Uint32Array,
  [first, second, third, fourth]: readonly [CountedColumn, CountedColumn, CountedColumn, CountedColumn],
): readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array] {
  const [a, b] = [new Uint32Array(first.size), new Uint32Array(second.size)];
  const [c, d] = [new Uint32Array(third.size), new Uint32Array(fourth.size)];
  const [codesA, codesB, codesC, codesD] = [first.codes, second.codes, third.codes, fourth.codes];
  for (const slot of slots) {
    const [codeA, codeB] = [codesA[slot] as number, codesB[slot] as number];
    const [codeC, codeD] = [codesC[slot] as number, codesD[slot] as number];
    a[codeA] = (a[codeA] as number) + 1;
    b[codeB] = (b[codeB] as number) + 1;
    c[codeC] = (c[codeC] as number) + 1;
    d[codeD] = (d[codeD] as number) + 1;
  }
  return [a, b, c, d];
}

/** How many of the slots have each code. */
export function countCodes(slots: Uint32Array, codes: Codes, size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const slot of slots) {
    const code = codes[slot] as number;
    counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}

/** By code: how many, the sum of their values, and how many values are unknown. */
export type CodeSums = {
  readonly counts: Uint32Array;
  readonly sums: Float64Array;
  readonly unknown: Uint32Array;
};

/** `values` holds one more than each value, 0 where it is unknown. */
export function sumByCode(slots: Uint32Array, codes: Codes, size: number, values: Float64Array): CodeSums {
  const [counts, sums, unknown] = [new Uint32Array(size), new Float64Array(size), new Uint32Array(size)];
  for (const slot of slots) {
    const code = codes[slot] as number;
    const held = values[slot] as number;
    const isKnown = Number(held > 0);
    counts[code] = (counts[code] as number) + 1;
    sums[code] = (sums[code] as number) + held - isKnown;
    unknown[code] = (unknown[code] as number) + 1 - isKnown;
  }
  return { counts, sums, unknown };
}

function merge({ slots, points }: Selection, added: readonly (readonly [number, number])[]): Selection {
  const length = slots.length + added.length;
  const [allSlots, allPoints] = [new Uint32Array(length), new Uint16Array(length)];
  let next = 0;
  for (let place = 0, taken = 0; place < length; place += 1) {
    const candidate = added[next];
    if (candidate && (taken >= slots.length || candidate[0] < (slots[taken] as number))) {
      [allSlots[place], allPoints[place]] = candidate;
      next += 1;
    } else {
      allSlots[place] = slots[taken] as number;
      allPoints[place] = points[taken] as number;
      taken += 1;
    }
  }
  return { slots: allSlots, points: allPoints };
}

/** 1 for every number from 1 to 65,535; 0 for 0. */
function isAny(code: number): number {
  return (code + 65_535) >> 16;
}
