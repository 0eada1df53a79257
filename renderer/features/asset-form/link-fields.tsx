import { ActionIcon, Group, Input, NumberInput, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Asset } from '#shared/schema/asset.ts';
import { AssetSearch } from '../../components/asset-search.tsx';
import { useAssets } from '../../store/use-assets.ts';
import { useText } from '../../text/use-text.ts';
import classes from './asset-form.module.css';
import { type AssetForm, fieldId } from './use-asset-form.ts';

type LinkFieldsProps = {
  readonly form: AssetForm['form'];
  readonly names: readonly string[];
  /** The record itself, which is never attached to itself. */
  readonly ownId?: string | undefined;
};

/** What the record belongs to: the equipment it is a part of, the licences it uses, the contracts that cover it. */
export function LinkFields({ form, names, ownId }: LinkFieldsProps) {
  return (
    <Stack gap="md">
      {names.includes('parentId') && <ParentField form={form} ownId={ownId} />}
      {names.includes('licences') && <LicencesField form={form} />}
      {names.includes('contracts') && <ContractsField form={form} />}
    </Stack>
  );
}

function ParentField({ form, ownId }: Pick<LinkFieldsProps, 'form' | 'ownId'>) {
  const { t } = useText();
  const { parentId } = form.values;
  const chosen = parentId ? [parentId] : [];
  return (
    <div>
      <Chosen ids={chosen} label={t('natures.form.parent')} onRemove={() => form.setFieldValue('parentId', '')} />
      {!parentId && (
        <AssetSearch
          id={fieldId('parentId')}
          label={t('natures.form.parent')}
          error={form.errors.parentId}
          nature="hardware"
          without={ownId ? [ownId] : []}
          onChoose={({ id }) => form.setFieldValue('parentId', id)}
        />
      )}
    </div>
  );
}

function LicencesField({ form }: Pick<LinkFieldsProps, 'form'>) {
  const { t } = useText();
  const rows = form.values.licences;
  const ids = rows.map(({ id }) => id);
  return (
    <div>
      <Chosen
        ids={ids}
        label={t('domain.field.licences')}
        onRemove={(removed) =>
          form.setFieldValue(
            'licences',
            rows.filter(({ id }) => id !== removed),
          )
        }
      >
        {({ id, designation }) => (
          <NumberInput
            size="xs"
            w={110}
            aria-label={t('natures.form.seatsOf', { name: designation })}
            suffix={`\u00a0${t('natures.form.seatsShort')}`}
            min={1}
            max={100_000}
            allowDecimal={false}
            allowNegative={false}
            value={rows.find((row) => row.id === id)?.seats ?? 1}
            onChange={(seats) =>
              form.setFieldValue(
                'licences',
                rows.map((row) => (row.id === id ? { ...row, seats } : row)),
              )
            }
          />
        )}
      </Chosen>
      <AssetSearch
        id={fieldId('licences')}
        label={t('natures.form.addLicence')}
        error={form.errors.licences}
        nature="licence"
        without={ids}
        onChoose={({ id }) => form.setFieldValue('licences', [...rows, { id, seats: 1 }])}
      />
    </div>
  );
}

function ContractsField({ form }: Pick<LinkFieldsProps, 'form'>) {
  const { t } = useText();
  const ids = form.values.contracts;
  return (
    <div>
      <Chosen
        ids={ids}
        label={t('domain.field.contracts')}
        onRemove={(removed) =>
          form.setFieldValue(
            'contracts',
            ids.filter((id) => id !== removed),
          )
        }
      />
      <AssetSearch
        id={fieldId('contracts')}
        label={t('natures.form.addContract')}
        error={form.errors.contracts}
        nature="contract"
        without={ids}
        onChoose={({ id }) => form.setFieldValue('contracts', [...ids, id])}
      />
    </div>
  );
}

type ChosenProps = {
  readonly ids: readonly string[];
  readonly label: string;
  readonly onRemove: (id: string) => void;
  readonly children?: (asset: Pick<Asset, 'id' | 'designation'>) => ReactNode;
};

/** What is attached; a record that has not arrived on this desktop yet is named as such, and kept. */
function Chosen({ ids, label, onRemove, children }: ChosenProps) {
  const { t } = useText();
  const assets = new Map(useAssets(ids).map((asset) => [asset.id, asset]));
  if (ids.length === 0) return null;
  return (
    <>
      <Input.Label component="div">{label}</Input.Label>
      <ul className={classes.links} aria-label={label}>
        {ids.map((id) => {
          const asset = assets.get(id);
          const designation = asset?.designation ?? t('natures.notHere');
          return (
            <li key={id}>
              <div className={classes.linkName}>
                <Text fz="sm">{designation}</Text>
                <Text fz="xs" c="dimmed" className="tabular">
                  {asset?.reference}
                </Text>
              </div>
              <Group gap="xs" wrap="nowrap">
                {children?.({ id, designation })}
                <ActionIcon aria-label={t('natures.form.remove', { name: designation })} onClick={() => onRemove(id)}>
                  <IconX size={16} />
                </ActionIcon>
              </Group>
            </li>
          );
        })}
      </ul>
    </>
  );
}
