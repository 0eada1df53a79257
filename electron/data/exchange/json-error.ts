export type JsonErrorPlace = { readonly line: number; readonly column: number; readonly detail: string };

const WHITESPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

type Expected = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close' | 'end';

/**
 * Finds where a text stops being JSON. `JSON.parse` says so in words that differ between versions of Node, quote the
 * file's content and sometimes leave the place out. Call it only after `JSON.parse` has failed.
 */
export function locateJsonError(text: string): JsonErrorPlace {
  const at = findErrorOffset(text);
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return { line, column, detail: at >= text.length ? 'unexpected-end' : 'unexpected-character' };
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Walks with a stack of its own: a file may be nested deeper than the call stack. */
function findErrorOffset(text: string): number {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const afterValue = (): Expected => (open.length === 0 ? 'end' : 'comma-or-close');
  for (;;) {
    at = Math.max(at, skip(WHITESPACE, text, at));
    const character = text.charAt(at);
    if (character === '' || expected === 'end') return at;
    const isClose = character === (open.at(-1) === '{' ? '}' : ']');
    if (isClose && open.length > 0 && expected.endsWith('or-close')) {
      open.pop();
      expected = afterValue();
      at += 1;
    } else if (expected === 'comma-or-close') {
      if (character !== ',') return at;
      expected = open.at(-1) === '{' ? 'key' : 'value';
      at += 1;
    } else if (expected === 'colon') {
      if (character !== ':') return at;
      expected = 'value';
      at += 1;
    } else if (expected.startsWith('value') && (character === '{' || character === '[')) {
      open.push(character);
      expected = character === '{' ? 'key-or-close' : 'value-or-close';
      at += 1;
    } else {
      const isKey = expected.startsWith('key');
      const end = skip(isKey || character === '"' ? STRING : LITERAL, text, at);
      if (end === -1) return at;
      at = end;
      expected = isKey ? 'colon' : afterValue();
    }
  }
}
