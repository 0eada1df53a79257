import { Badge, Text } from '@mantine/core';
import { isPartialDate } from '#shared/domain/date.ts';
import type { ReferenceLine } from '#shared/protocol/reference-data.ts';
import { STRUCTURE_KINDS } from '#shared/schema/structure.ts';
import { DataTable, TableScroll } from '../../components/data-table.tsx';
import { printPartialDate } from '../../text/partial-date.ts';
import { useText } from '../../text/use-text.ts';
import classes from './reference-data.module.css';
import { useProblemWords } from './use-problem.ts';

const COLOURS = { created: 'forest', changed: 'yellow', unchanged: 'gray', refused: 'red' } as const;

/** The lines of a preview, those to look at first. */
export function ImportLines({ lines }: { readonly lines: readonly ReferenceLine[] }) {
  const { t } = useText();
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={4}>
        {t('references.importer.shown', { count: lines.length })}
      </Text>
      <TableScroll label={t('references.importer.result')}>
        <DataTable>
          <thead>
            <tr>
              <th scope="col" data-kind="number">
                {t('references.importer.line')}
              </th>
              <th scope="col">{t('references.importer.result')}</th>
              <th scope="col">{t('references.importer.what')}</th>
              <th scope="col">{t('references.importer.remark')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.line}>
                <td data-kind="number">{line.line}</td>
                <td>
                  <Badge color={COLOURS[line.outcome]}>{t(`references.importer.outcome.${line.outcome}`)}</Badge>
                </td>
                <td>
                  {line.label}
                  {line.parent && (
                    <div className={classes.dimmed}>{t('references.importer.under', { parent: line.parent })}</div>
                  )}
                </td>
                <td>
                  <Remarks line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </TableScroll>
    </div>
  );
}

function Remarks({ line }: { readonly line: ReferenceLine }) {
  const { t } = useText();
  const inWords = useProblemWords();
  const label = (field: string) => t(`references.field.${field}`, { defaultValue: field });
  const { problem } = line;
  return (
    <>
      {problem && (
        <div>
          {[problem.field && label(problem.field), inWords(problem.problem, problem.detail)]
            .filter(Boolean)
            .join(' : ')}
        </div>
      )}
      {(line.changes ?? []).map(({ field, from, to }) => (
        <div key={field}>
          {t('references.importer.change', { field: label(field), from: value(field, from), to: value(field, to) })}
        </div>
      ))}
    </>
  );

  function value(field: string, text: string | null): string {
    if (text === null) return t('references.importer.nothing');
    const kind = field === 'kind' ? STRUCTURE_KINDS.find((known) => known === text) : undefined;
    if (kind) return t(`references.structureKind.${kind}`);
    if (field === 'group' && (text === 'durable' || text === 'consumable')) return t(`references.group.${text}`);
    return (field === 'validFrom' || field === 'validTo') && isPartialDate(text) ? printPartialDate(text) : text;
  }
}
