import { Badge, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCloudCheck,
  IconDeviceDesktop,
  IconPackage,
  IconShieldCheck,
  IconShieldOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DeepReadonlyObject } from 'rxdb';
import type { EndpointState } from '#shared/protocol/data-port.ts';
import type { Movement } from '#shared/schema/movement.ts';
import { formatInstant, formatMoney, formatSigned } from '../text/format.ts';
import { printPartialDate } from '../text/partial-date.ts';
import { useText } from '../text/use-text.ts';
import { FieldChanges } from './field-changes.tsx';
import classes from './journal-entry.module.css';

export type Entry = DeepReadonlyObject<Movement>;

type JournalEntryProps = {
  readonly entry: Entry;
  readonly isUndone: boolean;
  /** Where the entry stands between this desktop and the endpoint; undefined until it is known. */
  readonly sync: EndpointState | undefined;
  /** What the entry is about, where the list is not that of one asset. */
  readonly subject?: ReactNode;
  readonly children?: ReactNode;
};

/** One entry of the journal as people read it: the act, who, when, from → to, on which paper, and how it is proven. */
export function JournalEntry({ entry, isUndone, sync, subject, children }: JournalEntryProps) {
  const { t, language } = useText();
  const { author, reason, documentNumber } = entry;
  return (
    <li className={classes.entry} data-undone={isUndone || undefined}>
      <div className={classes.line}>
        <Text fz="sm" fw={600}>
          <EntryName entry={entry} />
          {isUndone && (
            <Badge ml="xs" size="sm" color="gray">
              {t('journal.entry.undone')}
            </Badge>
          )}
        </Text>
        <Text fz="xs" c="dimmed" className="tabular" component="time" dateTime={entry.declaredAt}>
          {formatInstant(entry.declaredAt, language)}
        </Text>
      </div>
      {subject}
      <Text fz="xs" c="dimmed">
        {t('asset.history.byline', { name: author.name, role: t(`domain.role.${author.role}`) })}
      </Text>
      {entry.kind === 'creation' ? (
        <Text fz="sm" mt={4}>
          {t('asset.history.created', { count: entry.changes.length })}
          {entry.importId && ` · ${t('asset.history.imported')}`}
        </Text>
      ) : (
        <FieldChanges changes={entry.changes} />
      )}
      {entry.quantity !== undefined && (
        <Text fz="sm">{`${t('domain.field.quantity')} : ${formatSigned(entry.quantity)}`}</Text>
      )}
      {entry.repair && <RepairDetails repair={entry.repair} />}
      {reason && <Text fz="sm">{t('asset.history.reason', { reason })}</Text>}
      {documentNumber && <Text fz="sm">{t('asset.history.document', { number: documentNumber })}</Text>}
      <div className={classes.foot}>
        <Seal isSigned={entry.chain !== undefined} />
        {sync && <SyncMark state={sync} />}
        {children}
      </div>
    </li>
  );
}

function EntryName({ entry: { kind, act } }: { readonly entry: Entry }) {
  const { t } = useText();
  const name = act ? t(`domain.act.${act}`) : t(`domain.movementKind.${kind}`);
  if (kind === 'undo') return act ? t('journal.entry.undoOf', { act: name }) : t('journal.entry.undoOfEdit');
  return <span className={classes.name}>{name}</span>;
}

const REPAIR_TEXTS = ['fault', 'diagnosis', 'work', 'parts', 'provider'] as const;

function RepairDetails({ repair }: { readonly repair: NonNullable<Entry['repair']> }) {
  const { t } = useText();
  const rows = [
    ...REPAIR_TEXTS.map((name) => ({ label: t(`acts.dialog.${name}`), value: repair[name] })),
    { label: t('acts.dialog.cost'), value: repair.cost === undefined ? undefined : formatMoney(repair.cost) },
    { label: t('acts.dialog.nextDate'), value: repair.nextDate && printPartialDate(repair.nextDate) },
  ].filter(({ value }) => value);
  return (
    <dl className={classes.details}>
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const MARK = { size: 15, stroke: 1.7, 'aria-hidden': true } as const;

function Seal({ isSigned }: { readonly isSigned: boolean }) {
  const { t } = useText();
  return (
    <span className={classes.seal}>
      {isSigned ? <IconShieldCheck {...MARK} /> : <IconShieldOff {...MARK} />}
      {t(isSigned ? 'journal.entry.signed' : 'journal.entry.unsigned')}
    </span>
  );
}

const SYNC_ICONS = {
  local: IconDeviceDesktop,
  sent: IconPackage,
  refused: IconAlertTriangle,
  received: IconCloudCheck,
} as const;

function SyncMark({ state }: { readonly state: EndpointState }) {
  const { t } = useText();
  const Icon = SYNC_ICONS[state];
  return (
    <span className={classes.seal}>
      <Icon {...MARK} />
      {t(`journal.entry.sync.${state}`)}
    </span>
  );
}
