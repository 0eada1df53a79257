const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;
/** Enough for milliseconds until the year 10889. */
const PASSES = 3;
/** So many changes are moved one by one; more are merged in one pass. */
const MAX_MOVED = 8;

/**
 * Slots by their last change, the latest first; among equals the higher slot. Edits are merged into the order in one pass;
 * it is sorted anew only when too many came at once.
 */
export class Recency {
  #order: Uint32Array = new Uint32Array(0);
  #changed: Set<number> | undefined;

  /** Everything changed. */
  reset(): void {
    this.#changed = undefined;
  }

  note(slot: number): void {
    this.#changed?.add(slot);
  }

  /** The order now. `updatedAt` and `status` are columns; slots with status 0 are left out. */
  order(updatedAt: Float64Array, status: Uint8Array, end: number): Uint32Array {
    if (!this.#changed || this.#changed.size > end / 8) this.#order = sortAll(updatedAt, status, end);
    else if (this.#changed.size > MAX_MOVED) this.#order = this.#merge(updatedAt, status, end, this.#changed);
    else if (this.#changed.size > 0) this.#order = this.#move(updatedAt, status, this.#changed);
    this.#changed = new Set();
    return this.#order;
  }

  /** Takes the changed slots out and puts each where it belongs now. */
  #move(updatedAt: Float64Array, status: Uint8Array, changed: ReadonlySet<number>): Uint32Array {
    const order = new Uint32Array(this.#order.length + changed.size);
    order.set(this.#order);
    let length = this.#order.length;
    for (const slot of changed) {
      const place = this.#order.length === 0 ? -1 : order.subarray(0, length).indexOf(slot);
      if (place === -1) continue;
      order.copyWithin(place, place + 1, length);
      length -= 1;
    }
    for (const slot of changed) {
      if (status[slot] === 0) continue;
      const place = placeOf(order, length, updatedAt, slot);
      order.copyWithin(place + 1, place, length);
      order[place] = slot;
      length += 1;
    }
    return order.subarray(0, length);
  }

  #merge(updatedAt: Float64Array, status: Uint8Array, end: number, changed: ReadonlySet<number>): Uint32Array {
    const moved = [...changed].filter((slot) => status[slot] !== 0);
    moved.sort((a, b) => (updatedAt[b] ?? 0) - (updatedAt[a] ?? 0) || b - a);
    const isChanged = new Uint8Array(end);
    for (const slot of changed) isChanged[slot] = 1;
    const merged = new Uint32Array(this.#order.length + moved.length);
    let length = 0;
    let next = 0;
    for (const slot of this.#order) {
      if (isChanged[slot] === 1) continue;
      while (next < moved.length && isBefore(updatedAt, moved[next] ?? 0, slot)) merged[length++] = moved[next++] ?? 0;
      merged[length++] = slot;
    }
    while (next < moved.length) merged[length++] = moved[next++] ?? 0;
    return merged.subarray(0, length);
  }
}

/** Where a slot belongs among the first `length`: before the first one that it precedes. */
function placeOf(order: Uint32Array, length: number, updatedAt: Float64Array, slot: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(updatedAt, slot, order[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isBefore(updatedAt: Float64Array, slot: number, other: number): boolean {
  const difference = (updatedAt[slot] ?? 0) - (updatedAt[other] ?? 0);
  return difference > 0 || (difference === 0 && slot > other);
}

/** Radix sort over the milliseconds: a million slots in some 30 ms. */
function sortAll(updatedAt: Float64Array, status: Uint8Array, end: number): Uint32Array {
  let slots = new Uint32Array(end);
  let length = 0;
  for (let slot = end - 1; slot > 0; slot -= 1) if (status[slot] !== 0) slots[length++] = slot;
  slots = slots.subarray(0, length);
  let other = new Uint32Array(length);
  for (let pass = 0; pass < PASSES; pass += 1) {
    const unit = DIGITS ** pass;
    const digitOf = (slot: number): number => Math.floor((updatedAt[slot] ?? 0) / unit) % DIGITS;
    const starts = new Uint32Array(DIGITS + 1);
    for (const slot of slots) starts[DIGITS - 1 - digitOf(slot) + 1] = (starts[DIGITS - digitOf(slot)] ?? 0) + 1;
    for (let digit = 1; digit <= DIGITS; digit += 1) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
    for (const slot of slots) {
      const digit = DIGITS - 1 - digitOf(slot);
      const place = starts[digit] ?? 0;
      starts[digit] = place + 1;
      other[place] = slot;
    }
    [slots, other] = [other, slots];
  }
  return slots;
}
