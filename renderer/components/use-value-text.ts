import { useCallback } from 'react';
import { isPartialDate } from '#shared/domain/date.ts';
import { useDirectory, useDirectoryIfOpen } from '../store/directory.tsx';
import { formatInteger, formatMoney } from '../text/format.ts';
import { printPartialDate } from '../text/partial-date.ts';
import { useText } from '../text/use-text.ts';

/** Fields whose values are words of a list that `text` translates. */
const WORDS: ReadonlySet<string> = new Set([
  'nature',
  'status',
  'physicalState',
  'holderKind',
  'acquisitionMode',
  'serialAbsenceReason',
  'licenceKind',
  'licenceMetric',
]);
const AMOUNTS: ReadonlySet<string> = new Set(['acquisitionValue', 'annualCost']);
const DATES: ReadonlySet<string> = new Set([
  'acquisitionDate',
  'commissioningDate',
  'warrantyEnd',
  'returnDate',
  'startDate',
  'expiryDate',
]);

/** Names a field of an asset, as stored or as the journal quotes it (`attributes.processor`). */
export function useFieldLabel(): (field: string) => string {
  const { t } = useText();
  const attributeNames = useDirectoryIfOpen()?.attributeNames;
  return useCallback(
    (field) => {
      const linked = /^(licences|contracts)\./.exec(field)?.[1];
      if (linked) return named(linked);
      const attribute = /^attributes\.(.+)$/.exec(field)?.[1];
      const source = /^source([A-Z])(.*)$/.exec(attribute ?? '');
      if (source) return t('domain.sourceAttribute', { field: named(`${source[1]?.toLowerCase()}${source[2]}`) });
      if (attribute === undefined) return named(field);
      return t(`domain.attribute.${attribute}`, { defaultValue: attributeNames?.get(attribute) ?? attribute });

      function named(name: string): string {
        return t(`domain.field.${name}`, { defaultValue: name });
      }
    },
    [t, attributeNames],
  );
}

/** Writes a stored value the way people say it: labels for words, names for ids, local dates and amounts. */
export function useValueText(): (field: string, value: unknown) => string | undefined {
  const { t } = useText();
  const { nameStructure, nameSite, nameType } = useDirectory();
  return useCallback(
    (field, value) => {
      if (value === null || value === undefined || value === '') return undefined;
      if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
      if (AMOUNTS.has(field) && typeof value === 'number') return formatMoney(value);
      if (typeof value === 'number') return formatInteger(value);
      if (field === 'wiping') return wipingText(value);
      if (typeof value !== 'string') return JSON.stringify(value);
      if (field === 'typeCode') return nameType(value);
      if (field === 'structureId' || field === 'destinationStructureId') return nameStructure(value);
      if (field === 'siteId') return nameSite(value);
      if (DATES.has(field) && isPartialDate(value)) return printPartialDate(value);
      if (WORDS.has(field)) return t(`domain.${field}.${value}`, { defaultValue: value });
      return value;
    },
    [t, nameStructure, nameSite, nameType],
  );
}

/** A certificate of wiping, as the record holds it or as JSON from the journal: method, date, who. */
function wipingText(value: unknown): string {
  const certificate: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (typeof certificate !== 'object' || certificate === null) return String(certificate);
  const { method, date, by }: Readonly<Record<string, unknown>> = { ...certificate };
  return [method, typeof date === 'string' ? printPartialDate(date) : undefined, by].filter(Boolean).join(', ');
}
