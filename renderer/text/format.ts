import { type Language, LOCALES } from './i18n.ts';

/** Benin has one time zone, UTC+1 without summer time; a laptop set elsewhere still shows the local papers' dates. */
const TIME_ZONE = 'Africa/Porto-Novo';
const NARROW_SPACE = '\u202f';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const KILOBYTE = 1000;

type DateStyle = 'day' | 'time';

const DATE_STYLES = {
  day: { day: '2-digit', month: '2-digit', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<DateStyle, Intl.DateTimeFormatOptions>;

/** Making one costs far more than using it, and a list has a date in every row. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(style: DateStyle, language: Language): Intl.DateTimeFormat {
  const key = `${style} ${language}`;
  const known = dateFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(LOCALES[language], { ...DATE_STYLES[style], timeZone: TIME_ZONE });
  dateFormats.set(key, made);
  return made;
}

/** An instant as day and minute: `23/11/2026 11:26`. */
export function formatInstant(instant: string, language: Language): string {
  return `${formatDay(instant, language)} ${formatTime(instant, language)}`;
}

/** `23/11/2026`. */
export function formatDay(instant: string, language: Language): string {
  return dateFormat('day', language).format(new Date(instant));
}

function formatTime(instant: string, language: Language): string {
  return dateFormat('time', language).format(new Date(instant));
}

/** How long ago (or ahead) in the largest fitting unit: `il y a 3 minutes`; days once a day has passed. */
export function formatRelative(instant: string, now: number, language: Language): string {
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' });
  const distance = new Date(instant).getTime() - now;
  const size = Math.abs(distance);
  if (size < MINUTE) return format.format(Math.round(distance / SECOND), 'second');
  if (size < HOUR) return format.format(Math.round(distance / MINUTE), 'minute');
  if (size < DAY) return format.format(Math.round(distance / HOUR), 'hour');
  return format.format(Math.round(distance / DAY), 'day');
}

/** A length of time in its largest unit: `7 minutes`, `3 heures`, `2 jours`. Milliseconds in. */
export function formatDuration(milliseconds: number, language: Language): string {
  const format = (size: number, unit: string) =>
    new Intl.NumberFormat(LOCALES[language], {
      style: 'unit',
      unit,
      unitDisplay: 'long',
      maximumFractionDigits: 0,
    }).format(milliseconds / size);
  if (milliseconds < HOUR) return format(MINUTE, 'minute');
  return milliseconds < 2 * DAY ? format(HOUR, 'hour') : format(DAY, 'day');
}

/** `12 345` with narrow no-break spaces, as F CFA are printed in both languages. */
export function formatInteger(value: number): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+(?!\d))/g, NARROW_SPACE);
}

/** `−12`, `0`, `12`: with a real minus sign. */
export function formatCount(value: number): string {
  return value < 0 ? `−${formatInteger(-value)}` : formatInteger(value);
}

/** `+12`, `−3`. */
export function formatSigned(value: number): string {
  return value > 0 ? `+${formatInteger(value)}` : formatCount(value);
}

/** Units that the forms propose, which take an s; another is printed as it was written. */
const COUNTED: ReadonlySet<string> = new Set(['pièce', 'ramette', 'boîte', 'carton', 'rouleau', 'mètre', 'lot']);

/** A unit as it follows a number. */
export function unitOf(count: number, unit: string): string {
  return Math.abs(count) > 1 && COUNTED.has(unit.toLowerCase()) ? `${unit}s` : unit;
}

/** `1 pièce`, `12 pièces`, `−3 kg`. */
export function formatQuantity(count: number, unit: string | undefined): string {
  return unit ? `${formatCount(count)}\u00a0${unitOf(count, unit)}` : formatCount(count);
}

/** Integer F CFA: `350 000 F CFA`. */
export function formatMoney(francs: number): string {
  return `${formatInteger(francs)}\u00a0F\u00a0CFA`;
}

/** Bytes in the nearest decimal unit: `850 o`, `12,4 ko`. */
export function formatBytes(bytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = bytes;
  let unit = 0;
  while (value >= KILOBYTE && unit < units.length - 1) {
    value /= KILOBYTE;
    unit += 1;
  }
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}
