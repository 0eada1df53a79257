import { ActionIcon, Button, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { AttributeDefinition } from '#shared/schema/equipment-type.ts';
import { DateTextInput } from '../../components/date-text-input.tsx';
import { useFieldLabel } from '../../components/use-value-text.ts';
import { useDirectory } from '../../store/directory.tsx';
import { fr } from '../../text/fr.ts';
import { useText } from '../../text/use-text.ts';
import type { AssetForm } from './use-asset-form.ts';

type Form = AssetForm['form'];

/** The characteristics that the type defines, each as its kind; below them, those of any other name. */
export function AttributeFields({ form }: { readonly form: Form }) {
  const { contentOfType } = useDirectory();
  const definitions = form.values.typeCode ? contentOfType(form.values.typeCode).attributes : [];
  return (
    <Stack gap="md">
      {definitions.length > 0 && (
        <SimpleGrid cols={{ base: 1, md: 3 }} verticalSpacing="sm">
          {definitions.map((definition) => (
            <TypedAttribute key={definition.key} form={form} definition={definition} />
          ))}
        </SimpleGrid>
      )}
      <FreeAttributes form={form} defined={definitions.map(({ key }) => key)} />
    </Stack>
  );
}

export function attributeId(key: string): string {
  return `asset-attributes.${key}`;
}

function TypedAttribute({ form, definition }: { readonly form: Form; readonly definition: AttributeDefinition }) {
  const { t } = useText();
  const { key, label, kind, unit, choices = [], isRequired = false } = definition;
  const rows = form.values.attributes;
  const value = rows.find(({ name }) => name === key)?.value ?? '';
  const change = (next: string) => {
    const others = rows.some(({ name }) => name === key)
      ? rows.map((row) => (row.name === key ? { name: key, value: next } : row))
      : [...rows, { name: key, value: next }];
    form.setFieldValue('attributes', others);
    form.clearFieldError(`attributes.${key}`);
  };
  const common = {
    id: attributeId(key),
    label: unit ? `${label} (${unit})` : label,
    required: isRequired,
    error: form.errors[`attributes.${key}`],
  };
  const chosen = {
    ...common,
    placeholder: t('assetForm.choose'),
    clearable: !isRequired,
    value: value || null,
    onChange: (next: string | null) => change(next ?? ''),
  };
  switch (kind) {
    case 'choice': {
      // What a file wrote stays a choice of this record.
      const known = value && !choices.includes(value) ? [value, ...choices] : choices;
      return <Select {...chosen} searchable={known.length > 8} data={known} />;
    }
    case 'boolean':
      return (
        <Select
          {...chosen}
          data={[
            { value: 'true', label: t('common.yes') },
            { value: 'false', label: t('common.no') },
          ]}
        />
      );
    case 'number':
      if (value === '' || Number.isFinite(Number(value))) {
        return (
          <NumberInput
            {...common}
            thousandSeparator={'\u202f'}
            decimalSeparator=","
            hideControls
            value={value === '' ? '' : Number(value)}
            onChange={(next) => change(String(next))}
          />
        );
      }
      break;
    case 'date':
      return <DateTextInput {...common} description={t('assetForm.dateHint')} value={value} onChange={change} />;
    case 'text':
      break;
  }
  return (
    <TextInput
      {...common}
      maxLength={500}
      autoComplete="off"
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

const KNOWN_ATTRIBUTES = Object.keys(fr.domain.attribute);

function FreeAttributes({ form, defined }: { readonly form: Form; readonly defined: readonly string[] }) {
  const { t } = useText();
  const label = useFieldLabel();
  const rows = form.values.attributes;
  const nameOf = (name: string) => label(`attributes.${name}`);
  const names = [...new Set([...KNOWN_ATTRIBUTES, ...rows.map(({ name }) => name)])].filter(
    (name) => name && !defined.includes(name),
  );
  return (
    <Stack gap="sm">
      {rows.map(
        (row, index) =>
          !defined.includes(row.name) && (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity while their name is being chosen.
            <Group key={index} align="end" wrap="nowrap">
              <Select
                flex={1}
                label={t('assetForm.attributeName')}
                searchable
                data={names
                  .filter((name) => name === row.name || !rows.some((other) => other.name === name))
                  .map((name) => ({ value: name, label: nameOf(name) }))}
                value={row.name || null}
                onChange={(name) => form.setFieldValue(`attributes.${index}.name`, name ?? '')}
              />
              <TextInput
                flex={2}
                label={t('assetForm.attributeValue')}
                maxLength={500}
                {...form.getInputProps(`attributes.${index}.value`)}
              />
              <ActionIcon
                size="lg"
                aria-label={t('assetForm.removeAttribute', { name: nameOf(row.name) })}
                onClick={() => form.removeListItem('attributes', index)}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </Group>
          ),
      )}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={15} />}
          onClick={() => form.insertListItem('attributes', { name: '', value: '' })}
        >
          {t('assetForm.addAttribute')}
        </Button>
      </Group>
    </Stack>
  );
}
