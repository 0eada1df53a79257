import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { Asset } from '#shared/schema/asset.ts';
import { FieldList } from '../../components/field-list.tsx';
import { paths } from '../../components/paths.ts';
import { Section } from '../../components/section.tsx';
import { useFieldLabel, useValueText } from '../../components/use-value-text.ts';
import { useDirectory } from '../../store/directory.tsx';
import { printPath, type Tree } from '../../store/tree.ts';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';

const IDENTITY = ['typeCode', 'brand', 'model', 'serialNumber', 'inventoryNumber', 'physicalState'] as const;
const ACQUISITION = [
  'acquisitionMode',
  'acquisitionDate',
  'commissioningDate',
  'acquisitionValue',
  'supplier',
  'warrantyEnd',
] as const;

/** Only of an asset on its way, lent, or wiped. */
const WHERE_FILLED = ['destinationStructureId', 'returnDate', 'wiping'] as const;

/** Everything written down about an asset, by section. */
export function AssetFacts({ asset }: { readonly asset: Asset }) {
  const { t, language } = useText();
  const { structures, sites } = useDirectory();
  const label = useFieldLabel();
  const text = useValueText();
  const row = (field: keyof Asset) => ({ label: label(field), value: text(field, asset[field]) });
  const serial = asset.serialNumber ?? text('serialAbsenceReason', asset.serialAbsenceReason);
  const attributes = Object.entries(asset.attributes ?? {});
  return (
    <Stack gap="md">
      <Section title={t('asset.section.identity')}>
        <FieldList
          rows={[
            ...IDENTITY.map((field) =>
              field === 'serialNumber' ? { label: label(field), value: serial } : row(field),
            ),
            { label: label('createdAt'), value: formatInstant(asset.createdAt, language) },
            { label: label('updatedAt'), value: formatInstant(asset.updatedAt, language) },
          ]}
        />
      </Section>
      <Section title={t('asset.section.place')}>
        <FieldList
          rows={[
            { label: label('structureId'), value: pathOf(structures, asset.structureId) },
            { label: label('siteId'), value: asset.siteId && pathOf(sites, asset.siteId) },
            {
              label: label('room'),
              value: asset.room && <FollowLink name={asset.room} href={paths.room(asset.room)} />,
            },
            row('holderKind'),
            {
              label: label('holderName'),
              value: asset.holderName && <FollowLink name={asset.holderName} href={paths.holder(asset.holderName)} />,
            },
            ...WHERE_FILLED.filter((field) => asset[field] !== undefined).map(row),
          ]}
        />
      </Section>
      <Section title={t('asset.section.acquisition')}>
        <FieldList rows={ACQUISITION.map(row)} />
      </Section>
      {attributes.length > 0 && (
        <Section title={t('asset.section.attributes')}>
          <FieldList
            rows={attributes.map(([name, value]) => ({
              label: label(`attributes.${name}`),
              value: text(`attributes.${name}`, value),
            }))}
          />
        </Section>
      )}
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
