import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { Register } from '../register.ts';

/** What asks for something to be done today. */
export function findShortages(
  register: Register,
  { limit }: QuestionInput<'findShortages'>,
): QuestionOutput['findShortages'] {
  const stocks = register.stockIndex
    .low()
    .map(({ id, stock, threshold }) => ({ id, stock, ...(threshold !== null && { threshold }) }));
  return {
    stocks: first(stocks, limit),
    licences: first(register.linkIndex.exceeded(), limit),
    interventions: first(register.interventionIndex.due(register.instant().slice(0, 10)), limit),
  };
}

function first<Row>(rows: readonly Row[], limit: number): { readonly total: number; readonly rows: readonly Row[] } {
  return { total: rows.length, rows: rows.slice(0, limit) };
}
