import { Autocomplete, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { HOLDER_KINDS } from '#shared/schema/asset.ts';
import { HolderInput } from '../../components/holder-input.tsx';
import { TreeSelect } from '../../components/tree-select.tsx';
import { useDirectory } from '../../store/directory.tsx';
import { useText } from '../../text/use-text.ts';
import { type ActFieldsProps, type AskedProps, Group, useField } from './act-field.tsx';

export function Destination(props: ActFieldsProps) {
  const { t } = useText();
  const { structures } = useDirectory();
  const { chosen } = useField(props);
  return (
    <TreeSelect
      {...chosen('destinationStructureId')}
      label={t('acts.dialog.destination')}
      placeholder={t('assetForm.structurePlaceholder')}
      required
      tree={structures}
      data-autofocus
    />
  );
}

export function DestinationMinistry({ isRequired, ...props }: AskedProps) {
  const { t } = useText();
  const { written } = useField(props);
  const { institutions } = useDirectory();
  return (
    <Autocomplete
      {...written('destinationMinistry')}
      label={t('domain.field.destinationMinistry')}
      required={isRequired}
      data={[...institutions]}
      maxLength={200}
    />
  );
}

export function HolderFields(props: ActFieldsProps) {
  const { t } = useText();
  const { asked, values, onChange } = props;
  const { chosen, typed, written } = useField(props);
  const isRequired = asked.get('holder') === 'required';
  return (
    <SimpleGrid cols={2} spacing="md">
      <Select
        {...chosen('holderKind')}
        label={t('domain.field.holderKind')}
        required={isRequired}
        clearable={!isRequired}
        placeholder={isRequired ? t('assetForm.choose') : t('acts.dialog.unchanged')}
        data={HOLDER_KINDS.map((value) => ({ value, label: t(`domain.holderKind.${value}`) }))}
      />
      {values.holderKind === 'agent' ? (
        <HolderInput
          {...written('holderName')}
          onChange={(holderName, holderId) => onChange({ holderName, holderId: holderId ?? '' })}
          label={t('domain.field.holderName')}
          required
          mayAdd
          data-autofocus
          onKnown={({ structureId, siteId, room }) =>
            onChange(asked.has('place') ? { structureId, ...(siteId && { siteId, room: room ?? '' }) } : {})
          }
        />
      ) : (
        <TextInput
          {...typed('holderName')}
          label={t(values.holderKind === 'technical-room' ? 'acts.dialog.holderRoom' : 'acts.dialog.holderService')}
          disabled={values.holderKind === ''}
          maxLength={150}
          autoComplete="off"
        />
      )}
    </SimpleGrid>
  );
}

export function PlaceFields(props: ActFieldsProps) {
  const { t } = useText();
  const { structures, sites } = useDirectory();
  const { chosen, typed } = useField(props);
  const isRequired = props.asked.get('place') === 'required';
  const isMany = props.assets.length > 1;
  const title = isMany ? t('acts.dialog.placeMany') : t('acts.dialog.place');
  return (
    <Group title={isRequired ? title : t('acts.dialog.placeOptional')}>
      <Stack gap="sm">
        <TreeSelect
          {...chosen('structureId')}
          label={t('domain.field.structureId')}
          required={isRequired}
          clearable={!isRequired}
          placeholder={t(isRequired ? 'assetForm.structurePlaceholder' : 'acts.dialog.unchanged')}
          tree={structures}
        />
        <SimpleGrid cols={2} spacing="md">
          <TreeSelect
            {...chosen('siteId')}
            label={t('domain.field.siteId')}
            required={isRequired}
            clearable={!isRequired}
            placeholder={t(isRequired ? 'assetForm.sitePlaceholder' : 'acts.dialog.unchanged')}
            tree={sites}
          />
          <TextInput {...typed('room')} label={t('domain.field.room')} maxLength={100} autoComplete="off" />
        </SimpleGrid>
      </Stack>
    </Group>
  );
}
