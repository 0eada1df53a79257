import { MAX_ACT_ASSETS } from '#shared/domain/act.ts';
import { compact } from '#shared/domain/fold.ts';
import { isJunkSerial } from '#shared/domain/serial-number.ts';

/** One device of a series; without a serial where it cannot be read. */
export type SerialLine = {
  /** Tells lines apart while others are removed. */
  readonly key: number;
  readonly serial: string | null;
};

/** Why a serial was not taken: read twice, no serial at all, or no room left in the series. */
export type Rejection =
  | { readonly kind: 'repeated'; readonly serial: string; readonly line: number }
  | { readonly kind: 'junk'; readonly serial: string }
  | { readonly kind: 'full' };

export type SerialEntry = { readonly lines: readonly SerialLine[]; readonly rejections: readonly Rejection[] };

/** What a scanner or a paste brought: one serial, or many on lines of their own. Serials may hold spaces. */
export function splitSerials(text: string): string[] {
  return text
    .split(/[\r\n\t;]+/)
    .map((serial) => serial.trim())
    .filter(Boolean);
}

/** The lines with these serials after them; the same serial is never taken twice, however it is written. */
export function addSerials(lines: readonly SerialLine[], serials: readonly (string | null)[]): SerialEntry {
  const next = [...lines];
  const rejections: Rejection[] = [];
  for (const serial of serials) {
    const rejection = rejectionOf(next, serial);
    if (rejection) rejections.push(rejection);
    else next.push({ key: keyAfter(next), serial });
  }
  return { lines: next, rejections };
}

function rejectionOf(lines: readonly SerialLine[], serial: string | null): Rejection | undefined {
  if (lines.length >= MAX_ACT_ASSETS) return { kind: 'full' };
  if (serial === null) return undefined;
  if (isJunkSerial(serial)) return { kind: 'junk', serial };
  const number = compact(serial);
  const place = lines.findIndex((line) => line.serial !== null && compact(line.serial) === number);
  return place < 0 ? undefined : { kind: 'repeated', serial, line: place + 1 };
}

function keyAfter(lines: readonly SerialLine[]): number {
  return lines.reduce((last, { key }) => Math.max(last, key), 0) + 1;
}
