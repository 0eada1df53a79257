/**
 * Equality of JSON values, whatever the order of keys: what `jsonb` gives back equals what was put in.
 * A field that is `undefined` is a field that is absent.
 */
export function isEqualJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => isEqualJson(item, right[index]));
  }
  const [leftEntries, rightEntries] = [definedEntries(left), new Map(definedEntries(right))];
  if (leftEntries.length !== rightEntries.size) return false;
  return leftEntries.every(([key, value]) => rightEntries.has(key) && isEqualJson(value, rightEntries.get(key)));
}

function definedEntries(object: object): [string, unknown][] {
  return Object.entries(object).filter(([, value]) => value !== undefined);
}
