import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { hasField } from '#shared/domain/natures.ts';
import type { Asset, assetFields } from '#shared/schema/asset.ts';
import { FieldList, type FieldRow } from '../../components/field-list.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useDirectory } from '../../store/directory.tsx';
import { printPath, type Tree } from '../../store/tree.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { TermBadge } from './term-badge.tsx';

type Field = keyof typeof assetFields;

const IDENTITY = [
  'typeCode',
  'brand',
  'model',
  'serialNumber',
  'inventoryNumber',
  'physicalState',
  'licenceKind',
  'licenceMetric',
  'isShareable',
  'unit',
] as const satisfies readonly Field[];
const TERM = ['contractNumber', 'startDate', 'expiryDate', 'annualCost'] as const satisfies readonly Field[];
const ACQUISITION = [
  'acquisitionMode',
  'acquisitionDate',
  'commissioningDate',
  'acquisitionValue',
  'supplier',
  'warrantyEnd',
] as const satisfies readonly Field[];
/** Shown where they are filled in: most records have none. */
const PAPERS = [
  'fundingSource',
  'procurementReference',
  'invoiceReference',
  'receptionReference',
  'accountCode',
  'lifetimeMonths',
] as const satisfies readonly Field[];

/** Only of an asset on its way, lent, or wiped. */
const WHERE_FILLED = ['destinationStructureId', 'destinationMinistry', 'returnDate', 'wiping'] as const;

/** Everything written down about an asset, by section: what its nature has, and no more. */
export function AssetFacts({ asset }: { readonly asset: Asset }) {
  const { t, language } = useText();
  const label = useFieldLabel();
  const row = useRow(asset);
  const of = (fields: readonly Field[]) => fields.filter((field) => hasField(asset.nature, field)).map(row);
  const bought = ACQUISITION.some((field) => hasField(asset.nature, field) && asset[field] !== undefined);
  const papers = PAPERS.filter((field) => asset[field] !== undefined);
  return (
    <Stack gap="md">
      <Section title={t('asset.section.identity')}>
        <FieldList
          rows={[
            ...of(IDENTITY),
            { label: label('createdAt'), value: formatInstant(asset.createdAt, language) },
            { label: label('updatedAt'), value: formatInstant(asset.updatedAt, language) },
          ]}
        />
      </Section>
      {hasField(asset.nature, 'expiryDate') && (
        <Section title={t('natures.term.title')} aside={<TermBadge asset={asset} />}>
          <FieldList rows={of(TERM)} />
        </Section>
      )}
      <Section title={t('asset.section.place')}>
        <FieldList rows={[...usePlaceRows(asset), ...WHERE_FILLED.filter((field) => asset[field]).map(row)]} />
      </Section>
      {(asset.nature === 'hardware' || bought || papers.length > 0) && (
        <Section title={t('asset.section.acquisition')}>
          <FieldList rows={[...of(ACQUISITION), ...papers.map(row)]} />
        </Section>
      )}
      <AttributeSection asset={asset} />
      {asset.notes && (
        <Section title={t('asset.section.notes')}>
          <Text fz="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {asset.notes}
          </Text>
        </Section>
      )}
    </Stack>
  );
}

function useRow(asset: Asset): (field: keyof Asset) => FieldRow {
  const { t } = useText();
  const label = useFieldLabel();
  const text = useValueText();
  const { accounts } = useDirectory();
  const named = (field: keyof Asset) => {
    if (asset.nature === 'licence' && field === 'brand') return t('natures.field.publisher');
    if (asset.nature === 'licence' && field === 'model') return t('natures.field.version');
    return asset.nature !== 'hardware' && field === 'typeCode' ? t('natures.field.type') : label(field);
  };
  const value = (field: keyof Asset) => {
    if (field === 'serialNumber') {
      return asset.serialNumber ?? text('serialAbsenceReason', asset.serialAbsenceReason);
    }
    if (field !== 'accountCode' || !asset.accountCode) return text(field, asset[field]);
    const account = accounts.find(({ code }) => code === asset.accountCode);
    return account ? `${account.code} – ${account.label}` : asset.accountCode;
  };
  return (field) => ({ label: named(field), value: value(field) });
}

function usePlaceRows(asset: Asset): FieldRow[] {
  const { structures, sites } = useDirectory();
  const label = useFieldLabel();
  const text = useValueText();
  const { nature, siteId, room, holderKind, holderName } = asset;
  const rows = [
    ['structureId', pathOf(structures, asset.structureId)],
    ['siteId', siteId && pathOf(sites, siteId)],
    ['room', room && <FollowLink key="room" name={room} href={paths.room(room)} />],
    ['holderKind', text('holderKind', holderKind)],
    ['holderName', holderName && <FollowLink key="holder" name={holderName} href={paths.holder(holderName)} />],
  ] as const;
  return rows
    .filter(([field]) => hasField(nature, field))
    .map(([field, value]) => ({ label: label(field), value: value || undefined }));
}

/** Those of the type in its order and by its names, then the others. */
function AttributeSection({ asset: { typeCode, attributes = {} } }: { readonly asset: Asset }) {
  const { t } = useText();
  const { contentOfType } = useDirectory();
  const label = useFieldLabel();
  const text = useValueText();
  const definitions = contentOfType(typeCode).attributes.filter(({ key }) => attributes[key] !== undefined);
  const others = Object.keys(attributes).filter((name) => !definitions.some(({ key }) => key === name));
  if (definitions.length + others.length === 0) return null;
  const written = (name: string) => text(`attributes.${name}`, attributes[name]);
  return (
    <Section title={t('asset.section.attributes')}>
      <FieldList
        rows={[
          ...definitions.map(({ key, label: name, unit }) => ({
            label: name,
            value: [written(key), typeof attributes[key] === 'number' && unit].filter(Boolean).join('\u00a0'),
          })),
          ...others.map((name) => ({ label: label(`attributes.${name}`), value: written(name) })),
        ]}
      />
    </Section>
  );
}

/** The way down to a node, without the root, which is the same for all. */
function pathOf(tree: Tree, id: string): string | undefined {
  const entry = tree.byId.get(id);
  return entry && printPath(entry, tree.entries.filter(({ depth }) => depth === 0).length === 1 ? 1 : 0);
}

/** A holder or a room, leading to all that came and went there. */
function FollowLink({ name, href }: { readonly name: string; readonly href: string }) {
  const { t } = useText();
  return (
    <Anchor component={Link} href={href} inherit title={t('journal.follow.see', { name })}>
      {name}
    </Anchor>
  );
}
