import { MAX_FRANCS } from '#shared/schema/collection.ts';

export type MoneyReading = {
  readonly francs?: number;
  readonly warning?: 'value-rounded' | 'foreign-currency' | 'bad-number';
};

const OWN_CURRENCY = /(?:f\.?\s*c\.?f\.?a\.?|xof|cfa|francs?(?:\s*cfa)?|\bf)\.?\s*$/i;
const OTHER_CURRENCY = /[€$£¥]|\b(?:eur|usd|gbp|ngn|euros?|dollars?)\b/i;
const THOUSANDS = /^\d{1,3}(?:([.,'’\u2019])\d{3})(?:\1\d{3})*$/;

function toNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  // F CFA have no cents: a separator before three digits counts thousands, whether it is a dot or a comma.
  if (THOUSANDS.test(text)) return Number(text.replace(/\D/g, ''));
  const match = /^([\d.,'’]*\d)[.,](\d{1,2}|\d{4,})$/.exec(text);
  if (!match?.[1] || !match[2]) return undefined;
  const whole = match[1];
  if (!/^\d+$/.test(whole) && !THOUSANDS.test(whole)) return undefined;
  return Number(`${whole.replace(/\D/g, '')}.${match[2]}`);
}

/**
 * Reads an amount as whole F CFA. Cents are rounded and said so; another currency is not converted, because nobody
 * knows the rate of that day: the amount stays unknown and the source text is kept beside it.
 */
export function readMoney(source: string): MoneyReading {
  const text = source.trim();
  if (OTHER_CURRENCY.test(text)) return { warning: 'foreign-currency' };
  const amount = toNumber(text.replace(OWN_CURRENCY, '').replace(/[\s\u00a0\u202f]/g, ''));
  if (amount === undefined || amount > MAX_FRANCS) return { warning: 'bad-number' };
  const francs = Math.round(amount);
  return francs === amount ? { francs } : { francs, warning: 'value-rounded' };
}
