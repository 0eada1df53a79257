import { Badge, Checkbox, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { FleetAnswer, FleetDevice } from '#shared/protocol/fleet.ts';
import { DataTable, TableScroll } from '../../components/data-table.tsx';
import { useNow } from '../../components/use-now.ts';
import { formatInstant, formatInteger, formatRelative } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './fleet.module.css';
import { clockText, isSilent } from './standing.ts';

type FleetListProps = { readonly fleet: FleetAnswer; readonly showsMinistry: boolean };

/** The desktops that were silent for longest come first, as the endpoint gives them. */
export function FleetList({ fleet, showsMinistry }: FleetListProps) {
  const { t } = useText();
  const [silentOnly, setSilentOnly] = useState(false);
  // By the endpoint's clock: this desktop's may be the wrong one.
  const silent = fleet.devices.filter((device) => isSilent(device, fleet.time));
  const refusing = fleet.devices.filter(({ refused = 0 }) => refused > 0);
  const shown = silentOnly ? silent : fleet.devices;
  return (
    <>
      <Group justify="space-between" my="sm">
        <Text fz="sm" fw={550}>
          {[
            t('fleet.total', { count: fleet.devices.length }),
            ...(silent.length > 0 ? [t('fleet.silent', { count: silent.length })] : []),
            ...(refusing.length > 0 ? [t('fleet.refusing', { count: refusing.length })] : []),
          ].join(' · ')}
        </Text>
        <Checkbox
          label={t('fleet.silentOnly')}
          checked={silentOnly}
          onChange={({ currentTarget }) => setSilentOnly(currentTarget.checked)}
        />
      </Group>
      {shown.length === 0 ? (
        <Text fz="sm">{t('fleet.allHeard')}</Text>
      ) : (
        <TableScroll label={t('fleet.title')} kind="wide">
          <Table devices={shown} time={fleet.time} showsMinistry={showsMinistry} />
        </TableScroll>
      )}
    </>
  );
}

type TableProps = {
  readonly devices: readonly FleetDevice[];
  readonly time: string;
  readonly showsMinistry: boolean;
};

function Table({ devices, time, showsMinistry }: TableProps) {
  const { t } = useText();
  return (
    <DataTable>
      <thead>
        <tr>
          {showsMinistry && <th scope="col">{t('fleet.column.ministry')}</th>}
          <th scope="col">{t('fleet.column.device')}</th>
          <th scope="col">{t('fleet.column.person')}</th>
          <th scope="col">{t('fleet.column.lastContact')}</th>
          <th scope="col" data-kind="number">
            {t('fleet.column.waiting')}
          </th>
          <th scope="col" data-kind="number">
            {t('fleet.column.refused')}
          </th>
          <th scope="col">{t('fleet.column.version')}</th>
          <th scope="col">{t('fleet.column.clock')}</th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <Row key={device.id} device={device} time={time} showsMinistry={showsMinistry} />
        ))}
      </tbody>
    </DataTable>
  );
}

function Row({ device, time, showsMinistry }: { readonly device: FleetDevice } & Omit<TableProps, 'devices'>) {
  const { t } = useText();
  const { waiting, refused, version, person } = device;
  const count = (value: number | undefined) => (value === undefined ? '–' : formatInteger(value));
  return (
    <tr>
      {showsMinistry && <td>{device.ministry}</td>}
      <td>
        <span className={classes.name}>{device.name}</span> <span className={classes.code}>{device.code}</span>
      </td>
      <td>
        {person.name}
        <Text fz="xs" c="dimmed">
          {t(`domain.role.${person.role}`)}
        </Text>
      </td>
      <td>
        <LastContact device={device} time={time} />
      </td>
      <td data-kind="number">{count(waiting)}</td>
      <td data-kind="number">{refused ? <Badge color="red">{formatInteger(refused)}</Badge> : count(refused)}</td>
      <td>{version ?? '–'}</td>
      <td>
        <Clock device={device} />
      </td>
    </tr>
  );
}

function LastContact({ device, time }: { readonly device: FleetDevice; readonly time: string }) {
  const { t, language } = useText();
  const now = useNow();
  const { lastContact } = device;
  return (
    <>
      {lastContact ? formatRelative(lastContact, Math.max(now, Date.parse(lastContact)), language) : t('fleet.never')}{' '}
      {isSilent(device, time) && <Badge color="orange">{t('fleet.silentBadge')}</Badge>}
      {lastContact && (
        <Text fz="xs" c="dimmed">
          {formatInstant(lastContact, language)}
        </Text>
      )}
    </>
  );
}

function Clock({ device }: { readonly device: FleetDevice }) {
  const { t } = useText();
  const standing = clockText(device.clock);
  if (!('minutes' in standing)) return standing.kind === 'fine' ? t('fleet.clockFine') : '–';
  return <Badge color="orange">{t(`fleet.${standing.kind}`, { minutes: formatInteger(standing.minutes) })}</Badge>;
}
