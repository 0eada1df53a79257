import { Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { PHYSICAL_STATES } from '#shared/schema/asset.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { MoneyInput } from '../../components/money-input.tsx';
import { useText } from '../../text/use-text.ts';
import { type ActFieldsProps, type AskedProps, Group, useField, valueId } from './act-field.tsx';
import { repairValues } from './act-values.ts';

export function RepairFields(props: ActFieldsProps) {
  const { t } = useText();
  const { act, values, onChange } = props;
  const { typed, written } = useField(props);
  const asked = repairValues(act);
  const [required] = asked.filter((name) => name === (act === 'repair-end' ? 'work' : 'fault'));
  return (
    <Group title={t('acts.dialog.repair')}>
      <Stack gap="sm">
        {(['fault', 'diagnosis', 'work'] as const)
          .filter((name) => asked.includes(name))
          .map((name) => (
            <Textarea
              key={name}
              {...typed(name)}
              label={t(`acts.dialog.${name}`)}
              required={name === required}
              autosize
              minRows={1}
              maxRows={6}
              maxLength={1000}
              data-autofocus={name === required || undefined}
            />
          ))}
        <SimpleGrid cols={2} spacing="md" verticalSpacing="sm">
          {asked.includes('parts') && (
            <TextInput {...typed('parts')} label={t('acts.dialog.parts')} maxLength={1000} autoComplete="off" />
          )}
          {asked.includes('cost') && (
            <MoneyInput
              id={valueId('cost')}
              label={t('acts.dialog.cost')}
              value={values.cost}
              onChange={(cost) => onChange({ cost })}
            />
          )}
          {asked.includes('provider') && (
            <TextInput {...typed('provider')} label={t('acts.dialog.provider')} maxLength={150} autoComplete="off" />
          )}
          {asked.includes('nextDate') && (
            <DateTextInput
              {...written('nextDate')}
              label={t('acts.dialog.nextDate')}
              placeholder={t('acts.dialog.dateHint')}
            />
          )}
        </SimpleGrid>
      </Stack>
    </Group>
  );
}

export function StateFound({ isRequired, ...props }: AskedProps) {
  const { t } = useText();
  const { chosen } = useField(props);
  const [first] = new Set(props.assets.map(({ physicalState }) => physicalState));
  const isSame = props.assets.every(({ physicalState }) => physicalState === first);
  const unchanged =
    first && isSame
      ? t('acts.dialog.unchangedIs', { value: t(`domain.physicalState.${first}`) })
      : t('acts.dialog.unchanged');
  return (
    <Select
      {...chosen('physicalState')}
      label={t('acts.dialog.stateNow')}
      required={isRequired}
      clearable={!isRequired}
      placeholder={isRequired ? t('assetForm.choose') : unchanged}
      data={PHYSICAL_STATES.map((value) => ({ value, label: t(`domain.physicalState.${value}`) }))}
    />
  );
}

export function WipingFields({ isMany, ...props }: ActFieldsProps & { readonly isMany: boolean }) {
  const { t } = useText();
  const { typed, written } = useField(props);
  const isRequired = props.asked.get('wiping') === 'required';
  const why = t(isMany ? 'acts.dialog.wipingTextMany' : 'acts.dialog.wipingText');
  return (
    <Group title={t('acts.dialog.wiping')}>
      <Text fz="sm" c="dimmed" mb="xs">
        {isRequired ? why : t('acts.dialog.wipingTextOptional')}
      </Text>
      <SimpleGrid cols={3} spacing="md">
        <TextInput
          {...typed('wipingMethod')}
          label={t('acts.dialog.wipingMethod')}
          required={isRequired}
          maxLength={200}
          autoComplete="off"
        />
        <DateTextInput {...written('wipingDate')} label={t('acts.dialog.wipingDate')} required={isRequired} />
        <TextInput {...typed('wipingBy')} label={t('acts.dialog.wipingBy')} maxLength={150} autoComplete="off" />
      </SimpleGrid>
    </Group>
  );
}
