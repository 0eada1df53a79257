const QUANTITY = /^([\d\s\u00a0\u202f]+(?:[.,]\d+)?)\s*([a-zA-Z]*)/;

function read(source: string): { readonly amount: number; readonly unit: string } | undefined {
  const match = QUANTITY.exec(source.trim());
  const amount = Number(match?.[1]?.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'));
  return match && Number.isFinite(amount) && amount > 0 ? { amount, unit: (match[2] ?? '').toLowerCase() } : undefined;
}

/** `8 Go`, `8GB`, `8192`, `8192 Mo` → megabytes. A bare number up to 512 can only be gigabytes. */
export function readMemoryMb(source: string): number | undefined {
  const quantity = read(source);
  if (!quantity) return undefined;
  const { amount, unit } = quantity;
  if (['to', 'tb'].includes(unit)) return Math.round(amount * 1024 * 1024);
  const isGigabytes = unit === '' ? amount <= 512 : ['go', 'gb', 'g'].includes(unit);
  return Math.round(isGigabytes ? amount * 1024 : amount);
}

/** `500 Go`, `1 To`, `512` → gigabytes. */
export function readDiskGb(source: string): number | undefined {
  const quantity = read(source);
  if (!quantity) return undefined;
  const { amount, unit } = quantity;
  if (['to', 'tb', 't'].includes(unit)) return Math.round(amount * 1000);
  return Math.round(['mo', 'mb'].includes(unit) ? amount / 1000 : amount);
}

/** `36`, `36 mois`, `3 ans` → months. */
export function readMonths(source: string): number | undefined {
  const quantity = read(source);
  if (!quantity) return undefined;
  const isYears = /^(ans?|annees?|years?|y)$/.test(quantity.unit.normalize('NFD').replace(/\p{Diacritic}/gu, ''));
  const months = Math.round(quantity.amount * (isYears ? 12 : 1));
  return months <= 240 ? months : undefined;
}
