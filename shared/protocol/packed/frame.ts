/** A deflated text and the bytes lifted out of it, as one body: the length of the first, the first, the second. */
export function joinFrame(deflated: Uint8Array, tail: Uint8Array): Uint8Array {
  const length: number[] = [];
  for (let rest = deflated.length; ; rest = Math.floor(rest / 128)) {
    length.push((rest % 128) + (rest >= 128 ? 128 : 0));
    if (rest < 128) break;
  }
  const frame = new Uint8Array(length.length + deflated.length + tail.length);
  frame.set(length);
  frame.set(deflated, length.length);
  frame.set(tail, length.length + deflated.length);
  return frame;
}

/** @throws RangeError where it is cut */
export function splitFrame(frame: Uint8Array): { readonly deflated: Uint8Array; readonly tail: Uint8Array } {
  let length = 0;
  let at = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = frame[at];
    if (byte === undefined || at > 4) throw new RangeError('The body is cut');
    at += 1;
    length += (byte % 128) * factor;
    if (byte < 128) break;
  }
  if (at + length > frame.length) throw new RangeError('The body is cut');
  return { deflated: frame.subarray(at, at + length), tail: frame.subarray(at + length) };
}
