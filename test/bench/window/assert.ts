/** The two functions of Node's `assert` that RxDB's suite calls, for a page. */
export function ok(value: unknown, message?: string): void {
  if (!value) throw new Error(message ?? 'The suite found something false');
}

export function strictEqual(actual: unknown, expected: unknown, message?: string): void {
  ok(actual === expected, `${message ?? 'The suite expected something else'}: ${actual} is not ${expected}`);
}

// biome-ignore lint/style/noDefaultExport: Node's module has one, and RxDB imports it.
export default { ok, strictEqual };
