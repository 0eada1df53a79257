import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { map } from 'rxjs';
import type { FieldChange } from '#shared/domain/journal.ts';
import { Section } from '../../components/section.tsx';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './change-map.module.css';
import { type MappedEntry, mapChanges } from './change-map.ts';

/** Columns that fit beside the names of the fields. */
const SHOWN = 14;
/** Two acts are told by the history as quickly. */
const WORTH_IT = 2;

/** Which fields changed in which act, at a glance: what moves, what was corrected once, what never changed again. */
export function ChangeMapSection({ assetId }: { readonly assetId: string }) {
  const { t, language } = useText();
  const label = useFieldLabel();
  const live = useLiveQuery(assetId, (database) =>
    database.movements
      .find({
        selector: { assetId },
        sort: [{ assetId: 'desc' }, { declaredAt: 'desc' }, { id: 'desc' }],
        limit: SHOWN,
      })
      .$.pipe(map((documents) => documents.map((document) => document.toJSON()))),
  );
  const entries = readyValue(live);
  const { acts, rows } = useMemo(() => mapChanges(entries ?? []), [entries]);
  if (acts.length < WORTH_IT) return null;
  return (
    <Section title={t('asset.section.changes')}>
      <table className={classes.map}>
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{t('asset.history.field')}</span>
            </th>
            {acts.map((entry) => (
              <th key={entry.id} scope="col">
                <span className="visually-hidden">
                  <ActName entry={entry} /> {formatInstant(entry.declaredAt, language)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, cells }) => (
            <tr key={field}>
              <th scope="row">{label(field)}</th>
              {cells.map((change, place) => (
                // Cells stand for the acts above them.
                <Cell key={acts[place]?.id} change={change} entry={acts[place]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

type CellProps = { readonly change: FieldChange | undefined; readonly entry: MappedEntry | undefined };

function Cell({ change, entry }: CellProps) {
  const { t, language } = useText();
  const text = useValueText();
  if (!change || !entry) return <td />;
  const words = (value: unknown) => text(change.field, value) ?? t('common.notFilled');
  const said = `${words(change.from)} → ${words(change.to)}`;
  return (
    <td>
      <Tooltip
        multiline
        maw={320}
        label={
          <>
            <ActName entry={entry} />, {formatInstant(entry.declaredAt, language)}
            <br />
            {said}
          </>
        }
      >
        <span className={classes.dot} data-kind={entry.kind}>
          <span className="visually-hidden">{said}</span>
        </span>
      </Tooltip>
    </td>
  );
}

function ActName({ entry: { kind, act } }: { readonly entry: MappedEntry }) {
  const { t } = useText();
  return kind === 'act' && act ? t(`domain.act.${act}`) : t(`domain.movementKind.${kind}`);
}
